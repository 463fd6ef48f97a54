"""The comparison table of two versions, line by line: what stood there and what stands there now."""

from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct

from kehoach_cli.core.changes.names import PART_NAMES
from kehoach_cli.core.changes.row_change import RowChange
from kehoach_cli.core.changes.words import marked
from kehoach_cli.core.comparison.plans import Comparison
from kehoach_cli.core.comparison.sentences import KINDS, Sentences, old_id, own_id, row_title, words_of
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.change import ChangeKind, Part
from kehoach_cli.viet.text import capitalized

# The cells in which a row has its own words.
_WORDS = frozenset({"text", "title", "name"})
Pieces: TypeAlias = tuple[tuple[str, bool], ...]


class ComparedLine(Struct, frozen=True):
    """A line of the table. The texts are pieces, each with whether only that version has it.

    With `heading` it is the name of a plan, and nothing else.
    """

    what: str
    old: Pieces = ()
    new: Pieces = ()
    agencies: str = ""
    heading: bool = False


def compared_lines(comparison: Comparison, directory: Directory) -> Iterator[ComparedLine]:
    """Yield the lines of the comparison table for Word; the new numbers of a plan are one line."""
    pairs = [pair for pair in comparison.pairs if pair.changes]
    for pair in pairs:
        told = Sentences(directory, pair.plan.province)
        if len(pairs) > 1:
            yield ComparedLine(pair.plan.document.cite, heading=True)
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
    origin = told.origin(change)
    named = f"{_where(change)}: {_what(change, told)}" + (f". {origin}" if origin else "")
    return ComparedLine(named, *_both(change, told), told.concerned(change))


def _what(change: RowChange, told: Sentences) -> str:
    """Return the name of the cell, or what became of the whole row."""
    if change.field:
        return told.cell(change)
    if change.was_part:
        return f"{PART_NAMES[change.was_part]} thành {PART_NAMES[change.part]}"
    kin = (
        f" (nội dung này {'nay' if change.kind is ChangeKind.DROPPED else 'trước'} ở {own_id(change.kin)})"
        if change.kin
        else ""
    )
    return f"{KINDS[change.kind]} {PART_NAMES[change.part]}{kin}"


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
    shown = [told.shown(change, value) for value in (change.old, change.new)]
    if change.wording_only and any(change.printed):
        return marked(*(cell or "" for cell in change.printed))
    printed = change.printed if all(change.printed) else (None, None)
    old, new = (cell or text for cell, text in zip(printed, shown, strict=True))
    return marked(*shown) if old == new else marked(old, new)


def _where(change: RowChange) -> str:
    """Return the id of the row with the one it had, and its first words beside a cell that has others; or "Phần chung"."""
    own = own_id(change.ref)
    if own == change.ref:
        return own if change.part is Part.PLAN and not change.field else "Phần chung"
    was = f" (trước là {old_id(change)})" if old_id(change) else ""
    title = f" “{row_title(change)}”" if change.field and change.field not in _WORDS and change.title else ""
    return f"{own}{was}{title}"
