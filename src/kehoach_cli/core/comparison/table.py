"""The comparison table of two versions, line by line: what stood there and what stands there now."""

from collections.abc import Iterator

from msgspec import Struct

from kehoach_cli.core.changes.names import PART_NAMES
from kehoach_cli.core.changes.rows import RowChange
from kehoach_cli.core.changes.words import marked
from kehoach_cli.core.comparison.plans import Comparison
from kehoach_cli.core.comparison.sentences import KINDS, Sentences
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.change import ChangeKind


class ComparedLine(Struct, frozen=True):
    """A line of the table. The texts are pieces, each with whether only that version has it."""

    what: str
    old: tuple[tuple[str, bool], ...]
    new: tuple[tuple[str, bool], ...]
    agencies: str = ""


def compared_lines(comparison: Comparison, directory: Directory) -> Iterator[ComparedLine]:
    """Yield the lines of the comparison table for Word."""
    for pair in comparison.pairs:
        told = Sentences(directory, pair.plan.province)
        for one in pair.changes:
            yield _compared_line(one, told)


def _compared_line(change: RowChange, told: Sentences) -> ComparedLine:
    where, concerned = change.ref.partition("/")[2] or change.ref, told.concerned(change)
    if not change.field:
        what = f"{where}: {KINDS[change.kind]} {PART_NAMES[change.part]}"
        old, new = (told.whole(one) for one in (change.old, change.new))
        if change.kind is ChangeKind.MOVED:
            old, new = (f"Đứng sau {one}" if one else "Đứng đầu" for one in (change.old, change.new))
        return ComparedLine(what, ((old, False),), ((new, False),), concerned)
    printed = change.printed if all(change.printed) else (None, None)
    old, new = (
        cell or told.shown(change, value) for cell, value in zip(printed, (change.old, change.new), strict=True)
    )
    if old == new:
        old, new = told.shown(change, change.old), told.shown(change, change.new)
    return ComparedLine(f"{where}: {told.cell(change)}", *marked(old, new), concerned)
