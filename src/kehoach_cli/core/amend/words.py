"""What amendments changed, in words."""

from collections.abc import Iterable, Iterator

from kehoach_cli.core.model.amendment import AmendmentOp, AppliedChange
from kehoach_cli.viet.dates import format_date

_CELLS = {
    "text": "nội dung",
    "lead": "cơ quan chủ trì",
    "support": "cơ quan phối hợp",
    "outputs": "sản phẩm",
    "schedule": "thời gian",
    "name": "tên chỉ tiêu",
    "unit": "đơn vị tính",
    "title": "tiêu đề",
}


def source_text(change: AppliedChange) -> str:
    """Return which document and clause say so, and since when."""
    clause = f"{change.clause} " if change.clause else ""
    return f"{clause}{change.cite}, hiệu lực từ ngày {format_date(change.effective)}"


def change_text(change: AppliedChange) -> str:
    """Return a change as one line: what it was, what it is now, and by which document."""
    name, _, key = change.cell.partition("/")
    what = f"mục tiêu năm {key}" if name == "targets" else _CELLS.get(name, "")
    match change.op:
        case AmendmentOp.REPEAL if not change.cell:
            said = "Bãi bỏ"
        case AmendmentOp.RENUMBER:
            said = f"Đổi số in: {change.old} → {change.new}"
        case AmendmentOp.ADD if not change.cell:
            said = "Thêm mới"
        case _:
            old, new = (f"“{text}”" if text else "để trống" for text in (change.old, change.new))
            said = f"Sửa {what}: {old} → {new}"
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
