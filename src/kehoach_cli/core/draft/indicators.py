"""Indicators from the rows of a table with columns of years."""

import re
from decimal import Decimal
from typing import Any

from kehoach_cli.core.draft.agencies import AgencyReader
from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.draft.numbering import Numbered
from kehoach_cli.core.draft.roles import Role, target_key
from kehoach_cli.core.draft.rows import Cell
from kehoach_cli.core.draft.tables import TableContent
from kehoach_cli.core.model.source_record import DoubtKind
from kehoach_cli.core.notation.parse import parse_target
from kehoach_cli.core.notation.target import Operator, TargetError, TargetPart
from kehoach_cli.viet.text import folded

_UNIT = re.compile(
    r"\s*\((?:đơn vị(?: tính)?:? )?(?P<unit>[%‰]|(?:(?:nghìn|triệu|tỷ) )?(?:%|ha|km2?|m[23²³]?|tấn|tạ|kg|lít|người|hộ|xã|huyện"
    r"|thôn|đồng|usd|con|cây|giường|trường|doanh nghiệp|cơ sở|dự án|mô hình|điểm|lượt|năm|tuổi|kwh|mw|gwh)\b[^()]{0,25})\)\s*$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\b(?:số(?! liệu| hóa)|tỷ lệ|diện tích|sản lượng)\s+\w|\([^()\d]+\)", re.IGNORECASE)
# The lower of two heads: "Năm 2024" over "Điểm".
_UNIT_ALONE = re.compile(
    r"(?!(?:mục tiêu|chỉ tiêu|kế hoạch|giá trị|cả năm|năm)\b)(?:[^\W\d_]+ ){0,2}(?:[^\W\d_]+|%)", re.IGNORECASE
)
_BLANK = re.compile(r"[\s\-–—_./…]*")
_SCOPED = re.compile(r"(?P<value>[<>≤≥]?\s*\d[\d.,]*\s*%?)\s*(?:đối với|ở|tại|cho)\s+(?P<scope>[^;]+)")
_AGAINST = re.compile(r"so với (?:mức (?:trung bình )?)?năm (?P<year>\d{4})")


def indicator_of(row: Numbered, content: TableContent, agencies: AgencyReader) -> dict[str, Any]:
    """Return one indicator; its direction is our reading, sure only where its targets rise, fall or stay."""
    notes, at = agencies.notes, f"indicators/{row.id}"
    printed = folded(row.text.text)
    name, unit = _name_and_unit(printed, _cell(row, content, Role.UNIT))
    entry: dict[str, Any] = {"id": row.id, "name": name, "unit": unit}
    issued: dict[str, Any] = {"name": printed} if name != printed else {}
    notes.found(f"{at}/name", row.text.place)
    if unit is None and (head := _head_with_unit(content)):
        why = f'tiêu đề cột "{head}" nói tính bằng gì; chưa ghi vào unit'
        notes.doubt(DoubtKind.TARGET, (f"{at}/unit", row.text.place), printed, why, "ghi đơn vị vào unit nếu đúng")
    _lead(entry, issued, _cell(row, content, Role.LEAD), agencies, at)
    targets, cells = _targets(row, content, unit, notes, at)
    entry |= _direction(name, targets, unit, notes, (at, row.text.place))
    entry["targets"] = targets
    if base := _baseline(row, content, name):
        entry["baseline"] = base
    if cut := {key: cell for key, cell in cells.items() if not isinstance(targets[key], str)}:
        issued["targets"] = cut
    if issued:
        entry["as_issued"] = issued
    if row.section and not row.id.startswith(f"{row.section}."):
        entry["section"] = row.section
    return entry


def _cell(row: Numbered, content: TableContent, role: Role) -> Cell | None:
    at = content.column(role)
    cell = row.row.cells.get(at) if at is not None else None
    return cell if cell and not _BLANK.fullmatch(cell.text) else None


def _head_with_unit(content: TableContent) -> str | None:
    """Return the head of a column of targets that says what is counted: "Số xã đạt năm 2023", "Năm 2025 (%)"."""
    heads = (one.words for one in content.columns.values() if one.role is Role.TARGET)
    return next((words for words in heads if _COUNTED.search(words) or _UNIT_ALONE.fullmatch(words)), None)


def _name_and_unit(printed: str, cell: Cell | None) -> tuple[str, str | None]:
    if cell:
        return printed, folded(cell.text)
    found = _UNIT.search(printed)
    if found:
        return printed[: found.start()], found["unit"].strip()
    return printed, None


def _lead(entry: dict[str, Any], issued: dict[str, Any], cell: Cell | None, agencies: AgencyReader, at: str) -> None:
    if cell is None:
        return
    printed = folded(cell.text)
    agencies.notes.found(f"{at}/lead", cell.place)
    if ids := agencies.ids(printed, f"{at}/lead", cell.place):
        entry["lead"] = ids
    issued["lead"] = printed
    issued["role"] = cell.head


def _targets(
    row: Numbered, content: TableContent, unit: str | None, notes: DraftNotes, at: str
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the targets as the plan has them, and the cells as printed."""
    targets: dict[str, Any] = {}
    printed: dict[str, str] = {}
    for column, one in content.columns.items():
        cell = row.row.cells.get(column)
        if one.role is not Role.TARGET or cell is None or _BLANK.fullmatch(cell.text):
            continue
        text = folded(cell.text)
        key = one.key or row.row.band
        if not key:
            why = "giá trị không có năm, thời kỳ; chưa lấy thành mục tiêu"
            notes.doubt(DoubtKind.TARGET, (f"{at}/targets", cell.place), text, why, "ghi mục tiêu theo năm vào targets")
            continue
        printed[key] = text
        targets[key] = _scoped(text) or text
        notes.found(f"{at}/targets/{key}", cell.place)
        _understood(text, unit, notes, (f"{at}/targets/{key}", cell.place))
    return targets, printed


def _scoped(text: str) -> dict[str, str] | None:
    """Return the parts of a target that names several ("95 đối với đô thị; 80 đối với nông thôn")."""
    pieces = [_SCOPED.fullmatch(piece.strip()) for piece in text.split(";")]
    if len(pieces) < 2 or not all(pieces):  # noqa: PLR2004 - one part is a remark, not a scope
        return None
    return {found["scope"].strip(): found["value"].strip() for found in pieces if found}


def _understood(text: str, unit: str | None, notes: DraftNotes, where: tuple[str, str]) -> tuple[TargetPart, ...]:
    try:
        return parse_target(text, unit=unit)
    except TargetError as error:
        notes.doubt(DoubtKind.TARGET, where, text, str(error), "viết lại mục tiêu theo một trong các cách hiểu")
        return ()


def _direction(
    name: str, targets: dict[str, Any], unit: str | None, notes: DraftNotes, where: tuple[str, str]
) -> dict[str, Any]:
    """Return direction and its reason: from the milestones or the operators; else a doubt."""
    parts = [_first(text, unit) for text in targets.values()]
    lows = [part.low for part in parts if part and part.low is not None]
    values = list(dict.fromkeys(lows))
    first, last = (targets[key] for key in (next(iter(targets)), list(targets)[-1])) if targets else ("", "")
    if len(lows) > 1 and isinstance(first, str) and isinstance(last, str):
        if len(values) == 1 and not _is_full(values[0], unit):
            return {
                "direction": "maintain",
                "direction_note": f"Các mốc cùng một số {first}: giữ ít nhất bằng mức này.",
            }
        if values == sorted(values) and len(values) > 1:
            return {"direction": "increase", "direction_note": f"Mục tiêu tăng từ {first} lên {last}."}
        if values == sorted(values, reverse=True) and len(values) > 1:
            return {"direction": "decrease", "direction_note": f"Mục tiêu giảm từ {first} xuống {last}."}
    operators = {part.operator for part in parts if part}
    if operators & {Operator.AT_LEAST, Operator.ABOVE} or any(_is_full(value, unit) for value in values):
        return {"direction": "increase", "direction_note": "Mục tiêu là mức tối thiểu hoặc toàn bộ."}
    if operators & {Operator.AT_MOST, Operator.BELOW}:
        return {"direction": "decrease", "direction_note": "Mục tiêu là mức tối đa."}
    why = f'văn bản không nói "{name}" càng cao hay càng thấp càng tốt; tạm ghi increase'
    notes.doubt(
        DoubtKind.READING, (f"{where[0]}/direction", where[1]), name, why, "sửa direction và ghi direction_note"
    )
    return {"direction": "increase"}


def _first(text: Any, unit: str | None) -> TargetPart | None:
    text = next(iter(text.values())) if isinstance(text, dict) else text
    try:
        return next(iter(parse_target(text, unit=unit)), None)
    except TargetError:
        return None


def _is_full(value: Decimal, unit: str | None) -> bool:
    return unit == "%" and value == 100  # noqa: PLR2004 - the whole


def _baseline(row: Numbered, content: TableContent, name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for column, one in content.columns.items():
        if (
            one.role is Role.BASELINE
            and (key := one.key or target_key(one.words))
            and (cell := row.row.cells.get(column))
        ):
            found[key] = folded(cell.text) or None
    against = _AGAINST.search(name)
    if against:
        found.setdefault(against["year"], None)
    return found
