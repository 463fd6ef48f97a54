"""The comparison table of two versions, line by line: what stood there and what stands there now."""

from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct

from kehoach_cli.core.changes.names import PART_NAMES
from kehoach_cli.core.changes.row_change import RowChange
from kehoach_cli.core.changes.words import marked
from kehoach_cli.core.comparison.plans import Comparison
from kehoach_cli.core.comparison.sentences import KINDS, Sentences, old_id, words_of
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.change import ChangeKind, Part
from kehoach_cli.viet.text import capitalized

Pieces: TypeAlias = tuple[tuple[str, bool], ...]


class ComparedLine(Struct, frozen=True):
    """A line of the table. The texts are pieces, each with whether only that version has it."""

    what: str
    old: Pieces
    new: Pieces
    agencies: str = ""


def compared_lines(comparison: Comparison, directory: Directory) -> Iterator[ComparedLine]:
    """Yield the lines of the comparison table for Word; the new numbers of a plan are one line."""
    for pair in comparison.pairs:
        told = Sentences(directory, pair.plan.province)
        numbers = [one for one in pair.changes if one.kind is ChangeKind.RENUMBERED]
        for one in pair.changes:
            if one.kind is not ChangeKind.RENUMBERED:
                yield _compared_line(one, told)
        if numbers:
            old, new = (
                "; ".join(str(one) for one in some) for some in zip(*((n.old, n.new) for n in numbers), strict=True)
            )
            yield ComparedLine(f"Đổi số {len(numbers)} dòng", ((old, False),), ((new, False),))


def _compared_line(change: RowChange, told: Sentences) -> ComparedLine:
    what = told.cell(change) if change.field else f"{KINDS[change.kind]} {PART_NAMES[change.was_part or change.part]}"
    origin = told.origin(change)
    named = f"{_where(change)}: {what}" + (f". {origin}" if origin else "")
    return ComparedLine(named, *_both(change, told), told.concerned(change))


def _both(change: RowChange, told: Sentences) -> tuple[Pieces, Pieces]:
    """Return the texts of both versions."""
    if change.kind is ChangeKind.MOVED:
        old, new = told.stood(change)
        if change.was_part:
            old, new = f"{old}: {words_of(change.old)}", f"{new}: {words_of(change.new)}"
        return ((capitalized(old), False),), ((capitalized(new), False),)
    if not change.field:
        old, new = (told.whole(one) for one in (change.old, change.new))
        return ((old, True),) if old else (), ((new, True),) if new else ()
    printed = change.printed if all(change.printed) else (None, None)
    shown = [told.shown(change, value) for value in (change.old, change.new)]
    old, new = (cell or text for cell, text in zip(printed, shown, strict=True))
    return marked(*shown) if old == new else marked(old, new)


def _where(change: RowChange) -> str:
    """Return the id of the row with the one it had; the plan's head is "Phần chung"."""
    _, _, own = change.ref.partition("/")
    if not own:
        return change.ref if change.part is Part.PLAN and not change.field else "Phần chung"
    was = old_id(change)
    return f"{own} (trước là {was})" if was else own
