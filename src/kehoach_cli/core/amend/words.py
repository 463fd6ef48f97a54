"""What amendments change, in words."""

from collections.abc import Iterable, Iterator, Sequence

from kehoach_cli.core.model.amendment import AmendmentOp, AppliedChange
from kehoach_cli.core.notation.keys import key_in_words
from kehoach_cli.core.notation.schedule import Schedule
from kehoach_cli.core.notation.target import Target
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.text import capitalized

CELLS = {
    "text": "nội dung",
    "lead": "cơ quan chủ trì",
    "support": "cơ quan phối hợp",
    "outputs": "sản phẩm",
    "schedule": "thời gian",
    "name": "tên chỉ tiêu",
    "unit": "đơn vị tính",
    "title": "tiêu đề",
}


def cell_text(cell: str) -> str:
    """Return what a cell holds, in words: `mục tiêu năm 2025` for `targets/2025`; a cell that nothing has by its name."""
    name, _, key = cell.partition("/")
    if name == "targets" and key:
        return f"mục tiêu {key_in_words(key)}"
    return "mục tiêu" if name == "targets" else CELLS.get(name, f'ô "{cell}"')


def place_text(row: str, cell: str) -> str:
    """Return a place of a plan in words: `mục tiêu năm 2025 của PL1.17`."""
    return f"{cell_text(cell)} của {row}" if cell else row


def source_text(change: AppliedChange) -> str:
    """Return which document and clause say so, and since when."""
    clause = f"{change.clause} " if change.clause else ""
    return f"{clause}{change.cite}, hiệu lực từ ngày {format_date(change.effective)}"


def change_text(change: AppliedChange) -> str:
    """Return a change as one line: what it was, what it is now, and by which document."""
    match change.op:
        case AmendmentOp.REPEAL if not change.cell:
            said = "Bãi bỏ"
        case AmendmentOp.RENUMBER:
            said = f"Đổi số in: {change.old} → {change.new}"
        case AmendmentOp.ADD if not change.cell:
            said = "Thêm mới"
        case _:
            old, new = (f"“{text}”" if text else "để trống" for text in (change.old, change.new))
            said = f"Sửa {cell_text(change.cell)}: {old} → {new}"
    return f"{said} ({source_text(change)})"


def moved_text(schedule: Schedule) -> str:
    """Return in brackets which deadlines amendments have moved: ` (trước sửa đổi: 30/6/2026)`; nothing where they moved none."""
    return _before([format_date(day) for day in schedule.earlier])


def phrase_moved_text(schedule: Schedule) -> str:
    """Return the same behind a printed schedule: ` (thời hạn trước sửa đổi: 30/6/2026)`."""
    return moved_text(schedule).replace("(", "(thời hạn ", 1)


def target_text(target: Target) -> str:
    """Return a target as printed, and in brackets what it was before it was amended."""
    return f"{target.text}{_before(target.earlier)}"


def _before(texts: Sequence[str]) -> str:
    """Return what stood in a place before, the first first."""
    if not texts:
        return ""
    return f" ({'trước sửa đổi' if len(texts) == 1 else 'trước các lần sửa đổi'}: {'; '.join(texts)})"


def of_row(changes: Iterable[AppliedChange], plan: str, row: str) -> tuple[AppliedChange, ...]:
    """Return the changes of a row, in the order in which they took effect."""
    return tuple(one for one in changes if (one.plan, one.row) == (plan, row))


def notes_of(changes: Iterable[AppliedChange], plan: str) -> Iterator[str]:
    """Yield for the drafter which documents have amended a plan, each with the rows it changed."""
    by_document: dict[str, list[str]] = {}
    for one in changes:
        if one.plan == plan:
            by_document.setdefault(f"{one.cite} (hiệu lực từ ngày {format_date(one.effective)})", []).append(one.row)
    for cite, rows in by_document.items():
        yield f"Nội dung kế hoạch đã theo {cite}: {', '.join(dict.fromkeys(rows))}."


_OF_ROWS = {
    "text": "Nội dung",
    "lead": "Cơ quan chủ trì",
    "support": "Cơ quan phối hợp",
    "outputs": "Sản phẩm",
    "schedule": "Thời gian thực hiện",
    "name": "Tên",
    "unit": "Đơn vị tính",
    "title": "Tiêu đề",
}


def row_note(change: AppliedChange, kind: str) -> str:
    """Return the note of a consolidated text on a whole row; `kind` names it: Nhiệm vụ, Chỉ tiêu, Mục, Đoạn."""
    if change.op is AmendmentOp.RENUMBER:
        return f"Số thứ tự của {kind.lower()} này được sửa đổi{_by_law(change)}."
    return f"{kind} này được {'bãi bỏ' if change.op is AmendmentOp.REPEAL else 'bổ sung'}{_by_law(change)}."


def cell_note(changes: Sequence[AppliedChange], kind: str) -> str:
    """Return the note of a consolidated text on a cell, with each document that changed it."""
    cell = changes[0].cell
    if cell == "text":
        what = f"{kind} này"
    elif cell.startswith("targets"):
        what = f"{capitalized(cell_text(cell))} của {kind.lower()} này"
    elif cell == "lead" and kind == "Chỉ tiêu":
        what = "Cơ quan chịu trách nhiệm thực hiện chỉ tiêu này"
    else:
        what = f"{_OF_ROWS.get(cell, cell)} của {kind.lower()} này"
    told = []
    for at, one in enumerate(changes):
        verb = _VERBS.get(one.op, "sửa đổi") if one.new else "bãi bỏ"
        told.append(f"{'tiếp tục ' if at else ''}được {verb}{_by_law(one)}")
    return f"{what} {'; '.join(told)}."


_VERBS = {AmendmentOp.ADD: "bổ sung", AmendmentOp.REPEAL: "bãi bỏ"}


def phrase_note(change: AppliedChange) -> str:
    """Return the note of a consolidated text behind a phrase that was replaced."""
    old, new = change.phrase or ("", "")
    return f"Cụm từ “{old}” được thay thế bằng cụm từ “{new}”{_by_law(change)}."


def _by_law(change: AppliedChange) -> str:
    clause = f"{change.clause} của " if change.clause else ""
    return f" theo quy định tại {clause}{change.cite}, có hiệu lực kể từ ngày {format_date(change.effective)}"
