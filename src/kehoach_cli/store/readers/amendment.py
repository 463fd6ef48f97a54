"""Amendment files into values of the core."""

from collections.abc import Iterable

from kehoach_cli.core.amend.apply import WRONG, AmendmentFault
from kehoach_cli.core.model.amendment import Amendment, AmendmentChange, AmendmentOp
from kehoach_cli.store.readers.file_reading import FileReading
from kehoach_cli.store.readers.validated import validated
from kehoach_cli.store.schema.amendment import AmendmentFile, ChangeEntry

# What each kind of change needs besides its place.
_NEEDS: dict[str, tuple[str, ...]] = {
    "replace": ("to",),
    "replace_phrase": ("from", "to"),
    "renumber": ("to",),
}


def read_amendment(reading: FileReading, faults: Iterable[AmendmentFault] = ()) -> Amendment | None:
    """Return the amendment in a file, None where it cannot be used; `faults` of its changes are reported at their places."""
    if reading.tree is None:
        return None
    model = validated(reading, AmendmentFile, reading.tree)
    if model is None or reading.fatal:
        return None
    for index, entry in enumerate(model.changes):
        _report_missing_keys(reading, index, entry)
    if reading.fatal:
        return None
    for fault in faults:
        if fault.amendment.file == reading.file:
            path = fault.change.path if fault.change else ("effective",)
            reading.report(fault.code, path, fault.message, hint=fault.hint)
    changes = tuple(_change(index, entry) for index, entry in enumerate(model.changes))
    document = model.document
    return Amendment(model.amends, document.cite, document.date, model.effective, changes, reading.file)


def _report_missing_keys(reading: FileReading, index: int, entry: ChangeEntry) -> None:
    given = {"to": entry.to, "from": entry.from_}
    needed = _NEEDS.get(entry.op, ("row hoặc to",) if entry.op == "add" and not (entry.row or entry.to) else ())
    for key in (key for key in needed if not given.get(key)):
        reading.report(WRONG, ("changes", index, "op"), f'op: {entry.op} cần khóa "{key}"', soft=False)


def _change(index: int, entry: ChangeEntry) -> AmendmentChange:
    row = entry.row.model_dump() if entry.row else None
    path = ("changes", index, "from" if entry.from_ is not None else "at")
    op = AmendmentOp(entry.op)
    return AmendmentChange(op, entry.at, path, entry.from_, entry.to, entry.clause, row, entry.after)
