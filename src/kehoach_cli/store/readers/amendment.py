"""Amendment files into values of the core."""

from collections.abc import Iterable

from kehoach_cli.core.amend.apply import DATES, UNKNOWN, WRONG, AmendmentFault
from kehoach_cli.core.model.amendment import Amendment, AmendmentChange, AmendmentOp
from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.store.readers.file_reading import FileReading
from kehoach_cli.store.readers.validated import validated
from kehoach_cli.store.schema.amendment import AmendmentFile, ChangeEntry

# What each kind of change needs besides its place, and what else it may have; `row` is for whole rows.
_NEEDS: dict[str, tuple[str, ...]] = {
    "replace": ("to",),
    "replace_phrase": ("from", "to"),
    "renumber": ("to",),
}
# Where a whole amendment is at fault.
_AT_FAULT: dict[str, KeyPath] = {DATES: ("effective",), UNKNOWN: ("amends",)}
_ALLOWS: dict[str, tuple[str, ...]] = {
    "replace": ("from", "to"),
    "replace_phrase": ("from", "to"),
    "renumber": ("from", "to"),
    "repeal": ("from",),
}


def read_amendment(reading: FileReading) -> Amendment | None:
    """Return the amendment in a file, None where it cannot be used."""
    if reading.tree is None:
        return None
    if not reading.file.lower().endswith((".yaml", ".yml")):
        reading.refuse("K001", 'tên tệp phải kết thúc bằng ".yaml", nên tệp này chưa được đọc', hint="đổi tên tệp")
        return None
    model = validated(reading, AmendmentFile, reading.tree)
    if model is None or reading.fatal:
        return None
    for index, entry in enumerate(model.changes):
        _report_keys(reading, index, entry)
    if reading.fatal:
        return None
    changes = tuple(_change(index, entry) for index, entry in enumerate(model.changes))
    document = model.document
    return Amendment(
        model.amends,
        document.cite,
        document.date,
        model.effective,
        changes,
        reading.file,
        document.number,
        document.title,
        tuple(document.basis),
        tuple(document.provisions),
    )


def report_faults(reading: FileReading, faults: Iterable[AmendmentFault]) -> None:
    """Report what of the amendment in a file cannot be applied, at its place."""
    for fault in faults:
        if fault.amendment.file == reading.file:
            path = fault.change.path if fault.change else _AT_FAULT.get(fault.code, ("document", "number"))
            reading.report(fault.code, path, fault.message, hint=fault.hint)


def _report_keys(reading: FileReading, index: int, entry: ChangeEntry) -> None:
    """Report the keys that a change lacks, and those that say nothing in a change of its kind."""
    texts = {"from": entry.from_, "to": entry.to, "row": entry.row, "after": entry.after}
    given = [key for key, value in texts.items() if value]
    allowed = _ALLOWS.get(entry.op, ("from", "to") if "/" in entry.at else ("row", "after"))
    needed = _NEEDS.get(entry.op, ("to",) if "/" in entry.at else ("row",)) if entry.op != "repeal" else ()
    for key in (key for key in needed if key not in given):
        hint = None
        if entry.op == "add":
            hint = "thêm cả dòng: ghi mã dòng mới và row; thêm vào một ô: ghi mã/ô và to"
        reading.report(WRONG, ("changes", index, "op"), f'op: {entry.op} cần khóa "{key}"', soft=False, hint=hint)
    for key in (key for key in given if key not in allowed):
        message = f'khóa "{key}" không có tác dụng với op: {entry.op} ở "{entry.at}"'
        hint = "xóa khóa này, hoặc sửa op"
        reading.report(WRONG, ("changes", index, key), message, soft=False, hint=hint, key=True)


def _change(index: int, entry: ChangeEntry) -> AmendmentChange:
    row = entry.row.model_dump() if entry.row else None
    path = ("changes", index, "from" if entry.from_ is not None else "at")
    op = AmendmentOp(entry.op)
    return AmendmentChange(op, entry.at, path, entry.from_, entry.to, entry.clause, row, entry.after)
