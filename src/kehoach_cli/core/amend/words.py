"""What amendments change, in words."""

from collections.abc import Iterable, Iterator

from kehoach_cli.core.model.amendment import AmendmentOp, AppliedChange
from kehoach_cli.core.notation.keys import parse_target_key, time_text
from kehoach_cli.core.notation.refusal import PhraseError
from kehoach_cli.viet.dates import format_date

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
        try:
            found = parse_target_key(key)
        except PhraseError:
            return f"mục tiêu {key}"
        kind = "giai đoạn " if found.since is not None else "năm " if found.period is None else ""
        return f"mục tiêu {kind}{time_text(found.year, found.since, found.period)}"
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
