"""What changed between two versions of a plan, by row and cell as people read a plan, compared by meaning.

A printed cell and the ids or days that stand for it are one cell; how spaces, dashes and quotes are typed never counts.
"""

import re
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from kehoach_cli.core.changes.compare import entry_changes
from kehoach_cli.core.changes.entries import Entry, entry_of
from kehoach_cli.core.changes.headings import Headings
from kehoach_cli.core.changes.kinship import one_row_of_two_kinds, with_kin
from kehoach_cli.core.changes.match import Pair, moved
from kehoach_cli.core.changes.names import value_text
from kehoach_cli.core.changes.order import in_reading_order
from kehoach_cli.core.changes.row_change import Row, RowChange, Value
from kehoach_cli.core.changes.shapes import target_key
from kehoach_cli.core.model.change import Change, ChangeKind, Part
from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.plan import Indicator, Plan, Section, Task
from kehoach_cli.core.notation.schedule import Schedule
from kehoach_cli.core.notation.target import Target
from kehoach_cli.viet.text import folded

# What has no row of its own: the cells of the plan's head, and the lists inside a cell of a task.
_HEAD = {Part.PLAN: "", Part.DOCUMENT: "document."}
_INSIDE = {Part.CONDITION: "conditions", Part.COST: "cost", Part.STEP: "milestones"}
_OF_CONDITION = {"kind": "kiểu", "scope": "gạch đầu dòng", "awaits": "cơ quan"}
_SILENT = frozenset({"", "after"})
# Cells that stand for nothing else than what is printed: the head of the column, and the number of a row that keeps its id.
_PRINTED = ("role", "number")
_BODIES = frozenset({"lead", "support"})
_UNDER_HEADINGS = frozenset({Part.TASK, Part.INDICATOR})
_ISSUED = "as_issued."
_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")
_QUOTES = str.maketrans("“”„‘’", '"""\'\'')


def row_changes(old: Plan, new: Plan) -> tuple[RowChange, ...]:
    """Return what changed from one version of a plan to the other, in the order of the new one."""
    return in_reading_order(with_kin(one_row_of_two_kinds(_Rows(old, new).all())))


class _Rows:
    """The two versions with their entries by path."""

    def __init__(self, old: Plan, new: Plan) -> None:
        self._old, self._new = old, new
        before, after = entry_of(old, ()), entry_of(new, ())
        self._changes = entry_changes(before, after)
        self._headings = Headings(self._changes, old, new)
        self._before, self._after = _by_path(before), _by_path(after)

    def all(self) -> Iterator[RowChange]:
        """Yield the changes; each cell once."""
        moves = self._moves()
        seen: set[tuple[KeyPath, str]] = set()
        for change in self._changes:
            if change.field == "section" or _is_move(change):
                continue
            cell = _cell(change)
            before, after = _longest(change.was, self._before), _longest(change.path, self._after)
            if move := moves.pop(after.path, None):
                yield move
            if not cell and change.kind is not ChangeKind.MOVED:
                yield self._whole(change, before, after)
            elif (after.path, cell) not in seen:
                seen.add((after.path, cell))
                yield from self._of_cell(before, after, cell) if cell else (self._moved(before, after),)
        yield from moves.values()

    def _moves(self) -> dict[KeyPath, RowChange]:
        """Return the tasks and indicators that moved, by their places: under another heading, else among those of the same."""
        whole = [one for one in self._changes if one.part in _UNDER_HEADINGS and not one.field]
        ids = {one.new: one.old for one in whole if one.kind is ChangeKind.RENUMBERED}
        added = {one.path for one in whole if one.kind is ChangeKind.ADDED}
        old = {entry.id: entry for entry in self._before.values() if entry.part in _UNDER_HEADINGS}
        found: list[Pair] = []
        for part in _UNDER_HEADINGS:
            staying: list[Pair] = []
            for path, after in self._after.items():
                before = old.get(ids.get(after.id) or after.id) if after.part is part and path not in added else None
                if before:
                    (found if self._is_elsewhere(before, after) else staying).append((before, after))
            found += [staying[place] for place in moved(staying)]
        return {after.path: self._moved(before, after) for before, after in found}

    def _is_elsewhere(self, before: Entry, after: Entry) -> bool:
        one, other = (entry.values.get("section") for entry in (before, after))
        places = ((entry.id, value.items[0] if value else None) for entry, value in ((before, one), (after, other)))
        return self._headings.moved(*places)

    def _whole(self, change: Change, before: Entry, after: Entry) -> RowChange:
        """Return a row that came, went or got a new number."""
        match change.kind:
            case ChangeKind.ADDED:
                made = self._of_row(change.kind, self._new, after)
                return replace(made, new=cells(after), after=_row_at(self._new, after), places=(None, _place(after)))
            case ChangeKind.DROPPED:
                made = self._of_row(change.kind, self._old, before)
                return replace(
                    made, old=cells(before), before=_row_at(self._old, before), places=(_place(before), None)
                )
            case _:
                return replace(self._of_pair(change.kind, before, after), old=change.old, new=change.new)

    def _moved(self, before: Entry, after: Entry) -> RowChange:
        """Return a row that stands elsewhere among the rows of its kind, or under another heading."""
        made = self._of_pair(ChangeKind.MOVED, before, after)
        one, other = (getattr(row, "section", None) for row in (made.before, made.after))
        elsewhere = after.part in _UNDER_HEADINGS and self._is_elsewhere(before, after)
        headings = (_section(self._old, one), _section(self._new, other)) if elsewhere else None
        old, new = _preceding(before, self._before), _preceding(after, self._after)
        return replace(made, old=old, new=new, sections=headings)

    @staticmethod
    def _of_row(kind: ChangeKind, plan: Plan, entry: Entry) -> RowChange:
        ref = f"{plan.id}/{entry.id}" if entry.id else plan.id
        title = "" if entry.part in _HEAD else entry.title
        return RowChange(kind, entry.part, ref, title=title)

    def _of_pair(self, kind: ChangeKind, before: Entry, after: Entry) -> RowChange:
        rows = _row_at(self._old, before), _row_at(self._new, after)
        places = _place(before), _place(after)
        return replace(self._of_row(kind, self._new, after), before=rows[0], after=rows[1], places=places)

    def _of_cell(self, before: Entry, after: Entry, cell: str) -> Iterator[RowChange]:
        made = self._of_pair(ChangeKind.CHANGED, before, after)
        old, new = value_of(before, cell), value_of(after, cell)
        printed = (None, None) if cell in _PRINTED else (printed_of(before, cell), printed_of(after, cell))
        same = _means_the_same(made, cell, old, new)
        typed = printed if cell in _BODIES else (old, new)
        if same and _typed(typed[0]) == _typed(typed[1]) and _typed(printed[0]) == _typed(printed[1]):
            return
        field = _HEAD.get(made.part, "") + cell
        yield replace(made, field=field, old=old, new=new, printed=printed, wording_only=same)


def _by_path(entry: Entry) -> dict[KeyPath, Entry]:
    """Return the rows of a plan, and its head, by their places; what stands inside a row is not listed."""
    inner = (_by_path(child) for child in entry.children if child.part not in _INSIDE)
    return {entry.path: entry} | {path: one for some in inner for path, one in some.items()}


def _longest(path: KeyPath, entries: dict[KeyPath, Entry]) -> Entry:
    """Return the entry that a place belongs to."""
    return next(found for end in range(len(path), -1, -1) if (found := entries.get(path[:end])))


def _row_at(plan: Plan, entry: Entry) -> Row | None:
    if entry.part in _HEAD:
        return None
    *keys, index = entry.path
    value: Any = plan
    for key in keys:
        value = getattr(value, str(key))
    row: Row = value[index]
    return row


def _is_move(change: Change) -> bool:
    return change.kind is ChangeKind.MOVED and change.part in _UNDER_HEADINGS and not change.field


def _section(plan: Plan, section_id: str | None) -> Section | None:
    """Return the heading that a row names; one that the plan does not have has no title."""
    if section_id is None:
        return None
    return next((one for one in plan.sections if one.id == section_id), Section(section_id, ""))


def _preceding(entry: Entry, entries: dict[KeyPath, Entry]) -> str | None:
    """Return the id, or the first words, of the row before a row; None for the first one."""
    *keys, index = entry.path
    found = entries.get((*keys, index - 1)) if isinstance(index, int) else None
    return (found.id or found.title) if found else None


def _place(entry: Entry) -> int | None:
    at = entry.path[-1] if entry.path else None
    return at + 1 if isinstance(at, int) else None


def _cell(change: Change) -> str:
    """Return the cell that a change belongs to, empty for a whole row."""
    if change.part in _INSIDE:
        return _INSIDE[change.part]
    if not change.field.startswith(_ISSUED):
        return change.field
    return change.field.removeprefix(_ISSUED)


def cells(entry: Entry) -> dict[str, Any]:
    """Return the cells of a row by name, without empty ones."""
    own = (name for name in entry.values if not name.startswith(_ISSUED))
    found = {name: value_of(entry, name) for name in dict.fromkeys((*own, *_INSIDE.values(), *_PRINTED))}
    return {name: value for name, value in found.items() if value}


def value_of(entry: Entry, cell: str) -> Value:
    """Return a cell of a row: a text, or a list of texts or ids."""
    if cell in _PRINTED and cell not in entry.values:
        return printed_of(entry, cell)
    if cell in _INSIDE.values():
        return tuple(_words(child) for child in entry.children if child.path[len(entry.path)] == cell) or None
    value = entry.values.get(cell)
    if value is None or not value.items:
        return None
    return value.items if value.many else value.items[0]


def _words(entry: Entry) -> str:
    """Return a condition, a sum of money or a step as one text; a condition that waits says so in its own words."""
    values = {name: "; ".join(value.items) for name, value in entry.values.items() if value.items}
    more = [
        f"{word} {value_text(name, text)}"
        for name, word in _OF_CONDITION.items()
        if (text := values.pop(name, "")) not in _SILENT
    ]
    said = ", ".join(values.values())
    return f"{said} ({', '.join(more)})" if more else said


def printed_of(entry: Entry, cell: str) -> str | None:
    """Return the printed cell that a file keeps beside what it means."""
    value = entry.values.get(_ISSUED + cell)
    return value.items[0] if value and value.items else None


def _means_the_same(change: RowChange, cell: str, old: Value, new: Value) -> bool:
    before, after = change.before, change.after
    if cell in _BODIES:
        return set(old or ()) == set(new or ())
    if cell == "schedule":
        return bool(_meaning(_schedule_of(before)) == _meaning(_schedule_of(after)))
    if cell.startswith("targets.") and isinstance(before, Indicator) and isinstance(after, Indicator):
        one, other = (target_of(row, cell.partition(".")[2]) for row in (before, after))
        if one and other and one.parts and one.parts == other.parts:
            return one.maintained == other.maintained
    return bool(_plain(old) == _plain(new))


def _schedule_of(row: Row | None) -> Schedule | None:
    """Return the schedule that a row states itself."""
    if not isinstance(row, Task | Section):
        return None
    found = row.phrase if isinstance(row, Task) and row.steps else row.schedule
    return found if found and found.source is None else None


def target_of(row: Indicator, key: str) -> Target | None:
    """Return the target with a key of the file."""
    return next((target for target in row.targets if target_key(target) == key), None)


def _meaning(schedule: Schedule | None) -> Any:
    """Return a schedule without its words; one that was not understood is its words."""
    if schedule is None or not schedule.text:
        return None
    bare = replace(
        schedule, text="", earlier=(), milestones=tuple(replace(one, text="") for one in schedule.milestones)
    )
    return bare if schedule.deadline or schedule.recurrence or schedule.yearly else (bare, _typed(schedule.text))


def _plain(value: Value) -> Any:
    """Return a value in which the ways of typing spaces, dashes and quotes do not differ."""
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    return None if value is None else _DASHES.sub("-", folded(value)).translate(_QUOTES)


def _typed(value: Value) -> Any:
    """Return a cell that is compared by meaning in which the way of typing does not differ; a final mark does not count."""
    found = _plain(value)
    return found.rstrip(". ") if isinstance(found, str) else found
