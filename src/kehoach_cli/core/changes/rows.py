"""What changed between two versions of a plan, by row and cell as people read a plan, compared by meaning.

A printed cell and the ids or days that stand for it are one cell; how spaces, dashes and quotes are typed never counts.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.changes.compare import compare
from kehoach_cli.core.changes.shapes import target_key
from kehoach_cli.core.model.change import Change, ChangeKind, Part
from kehoach_cli.core.model.plan import Indicator, Plan, Section, Task
from kehoach_cli.core.notation.schedule import Schedule
from kehoach_cli.core.notation.target import Target
from kehoach_cli.viet.text import folded

Row: TypeAlias = Task | Indicator | Section
Value: TypeAlias = str | tuple[str, ...] | None

# What stands in a row of its own, and what is a part of the plan's head or of a list without ids.
_ROWS = frozenset({Part.TASK, Part.INDICATOR, Part.SECTION})
_INSIDE = {Part.CONDITION: "conditions", Part.COST: "cost", Part.STEP: "milestones"}
_LISTS = {
    Part.BASIS: "document.basis",
    Part.OBJECTIVE: "objectives",
    Part.FUNDING: "funding",
    Part.REPORTING: "reporting",
    Part.CLAUSE: "clauses",
}
_BODIES = frozenset({"lead", "support"})
_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")


class RowChange(Struct, frozen=True):
    """One change of a row, of one of its cells, or of the plan's head.

    `ref` is `kh-176/III.1.1`, or the plan's id for what stands outside of rows; a row that was dropped has its old id. `field`
    names the cell, empty where the whole row came, went, moved or got a new number. `old` and `new` are the cell (a list for
    agencies and outputs), the cells of a whole row by name, the ids of a renumbered row, or the row before a moved one.
    `printed` has the printed cell in both versions where the file keeps it; with `wording_only` it says the same in other words.
    `before` and `after` are the row in both versions; `place` is where a row that came or moved stands now among the rows of its
    kind, from 1.
    """

    kind: ChangeKind
    part: Part
    ref: str
    field: str = ""
    old: Any = None
    new: Any = None
    printed: tuple[str | None, str | None] = (None, None)
    wording_only: bool = False
    before: Row | None = None
    after: Row | None = None
    place: int | None = None


def row_changes(old: Plan, new: Plan) -> tuple[RowChange, ...]:
    """Return what changed from one version of a plan to the other, in the order of the new one."""
    return tuple(_Rows(old, new).all())


class _Rows:
    """The two versions with their rows by id."""

    def __init__(self, old: Plan, new: Plan) -> None:
        self._old, self._new = old, new
        self._before, self._after = _by_id(old), _by_id(new)
        self._changes = compare(old, new)
        self._old_ids = {
            (one.part, one.new): one.old for one in self._changes if one.kind is ChangeKind.RENUMBERED and not one.field
        }

    def all(self) -> Iterator[RowChange]:
        """Yield the changes; each cell once."""
        seen: set[tuple[Part, str, str]] = set()
        for change in self._changes:
            part, cell = _cell(change)
            key = (part, change.entry, cell)
            if not cell and part in _ROWS:
                yield self._whole(change)
            elif part not in _ROWS:
                yield from self._outside(change)
            elif key not in seen:
                seen.add(key)
                yield from self._of_cell(part, change.entry, cell)

    def _pair(self, part: Part, entry: str) -> tuple[Row | None, Row | None]:
        was = self._old_ids.get((part, entry)) or entry
        return self._before.get((part, was)), self._after.get((part, entry))

    def _ref(self, entry: str) -> str:
        return f"{self._new.id}/{entry}"

    def _whole(self, change: Change) -> RowChange:
        """Return a row that came, went, moved or got a new number."""
        before, after = self._pair(change.part, change.entry)
        made = RowChange(change.kind, change.part, self._ref(change.entry), "", change.old, change.new)
        at = change.path[-1]
        if isinstance(at, int) and change.kind in {ChangeKind.ADDED, ChangeKind.MOVED}:
            made = replace(made, place=at + 1)
        match change.kind:
            case ChangeKind.ADDED:
                return replace(made, old=None, new=cells(after), after=after)
            case ChangeKind.DROPPED:
                row = self._before.get((change.part, change.entry))
                return replace(made, old=cells(row), new=None, before=row)
            case _:
                return replace(made, before=before, after=after)

    def _of_cell(self, part: Part, entry: str, cell: str) -> Iterator[RowChange]:
        before, after = self._pair(part, entry)
        if before is None or after is None:
            return
        old, new = value_of(before, cell), value_of(after, cell)
        printed = printed_of(before, cell), printed_of(after, cell)
        same = _means_the_same(before, after, cell, old, new)
        typed = printed if cell in _BODIES else (old, new)
        if same and _plain(typed[0]) == _plain(typed[1]) and _plain(printed[0]) == _plain(printed[1]):
            return
        yield RowChange(
            ChangeKind.CHANGED, part, self._ref(entry), cell, old, new, printed, same, before=before, after=after
        )

    def _outside(self, change: Change) -> Iterator[RowChange]:
        """Yield a change of the plan's head, or of a list without ids, as the file writes it."""
        if change.kind is ChangeKind.CHANGED and _plain(change.old) == _plain(change.new):
            return
        name = _LISTS.get(change.part, "document" if change.part is Part.DOCUMENT else "")
        field = ".".join(filter(None, (name, change.field)))
        yield RowChange(change.kind, change.part, self._new.id, field, change.old, change.new)


def _by_id(plan: Plan) -> dict[tuple[Part, str], Row]:
    tables: tuple[tuple[Part, Iterable[Row]], ...] = (
        (Part.TASK, plan.tasks),
        (Part.INDICATOR, plan.indicators),
        (Part.SECTION, plan.sections),
    )
    return {(part, row.id): row for part, rows in tables for row in rows}


def _cell(change: Change) -> tuple[Part, str]:
    """Return the kind of row and the cell that a change belongs to."""
    if change.part in _INSIDE:
        return Part.TASK, _INSIDE[change.part]
    name, _, rest = change.field.partition(".")
    if name == "as_issued":
        own, _, key = rest.partition(".")
        return change.part, f"targets.{key}" if own == "targets" else own
    return change.part, change.field if name in {"targets", "baseline"} else name


def cells(row: Row | None) -> dict[str, Any]:
    """Return the cells of a row by name, without empty ones."""
    if row is None:
        return {}
    if isinstance(row, Section):
        names: tuple[str, ...] = ("title", "printed", "schedule")
    elif isinstance(row, Indicator):
        keys = (f"targets.{target_key(target)}" for target in row.targets)
        names = ("name", "unit", "section", "lead", "direction", *keys, *(f"baseline.{year}" for year in row.baseline))
    else:
        names = (
            "kind",
            "text",
            "section",
            "lead",
            "support",
            "schedule",
            "outputs",
            "conditions",
            "cost",
            "milestones",
        )
    found = {name: value_of(row, name) for name in names}
    return {name: value for name, value in found.items() if value}


def value_of(row: Row, cell: str) -> Value:
    """Return a cell of a row: a text, or a list of texts or ids."""
    name, _, key = cell.partition(".")
    if name == "schedule":
        own = _schedule_of(row)
        return own.text or None if own else None
    if name == "targets" and isinstance(row, Indicator):
        return next((target.text for target in row.targets if target_key(target) == key), None)
    value = getattr(row, {"milestones": "steps"}.get(name, name), None)
    if name == "baseline" and isinstance(value, Mapping):
        return value.get(int(key))
    return _written(value)


def _written(value: Any) -> Value:
    if isinstance(value, Mapping):
        return tuple(f"{key}: {'; '.join(map(_one, some))}" for key, some in value.items())
    if isinstance(value, tuple):
        return tuple(map(_one, value))
    return None if value is None else _one(value)


def _one(value: Any) -> str:
    """Return one value as text: of a step, a condition or a heir, its words."""
    if not isinstance(value, Struct):
        return str(value)
    words = (
        getattr(value, name, None) for name in ("text", "agency", "amount", "source", "schedule", "since", "document")
    )
    return ", ".join(one.text if isinstance(one, Schedule) else str(one) for one in words if one)


def printed_of(row: Row, cell: str) -> str | None:
    """Return the printed cell that a file keeps beside what it means."""
    if isinstance(row, Section):
        return None
    name, _, key = cell.partition(".")
    if name == "targets" and isinstance(row, Indicator):
        return row.printed_targets.get(key)
    return row.as_issued.get(name)


def _schedule_of(row: Row) -> Schedule | None:
    """Return the schedule that a row states itself."""
    if isinstance(row, Indicator):
        return None
    found = row.phrase if isinstance(row, Task) and row.steps else row.schedule
    return found if found and found.source is None else None


def _means_the_same(before: Row, after: Row, cell: str, old: Value, new: Value) -> bool:
    name, _, key = cell.partition(".")
    if name in _BODIES:
        return set(old or ()) == set(new or ())
    if name == "schedule":
        return bool(_meaning(_schedule_of(before)) == _meaning(_schedule_of(after)))
    if name == "targets" and isinstance(before, Indicator) and isinstance(after, Indicator):
        one, other = target_of(before, key), target_of(after, key)
        return bool(one and other and one.parts and one.parts == other.parts and one.maintained == other.maintained)
    return bool(_plain(old) == _plain(new))


def target_of(row: Indicator, key: str) -> Target | None:
    """Return the target with a key of the file."""
    return next((target for target in row.targets if target_key(target) == key), None)


def _meaning(schedule: Schedule | None) -> Any:
    """Return a schedule without its words; one that was not understood is its words."""
    if schedule is None or not schedule.text:
        return None
    bare = replace(schedule, text="", milestones=tuple(replace(one, text="") for one in schedule.milestones))
    return bare if schedule.deadline or schedule.recurrence or schedule.yearly else (bare, _plain(schedule.text))


def _plain(value: Value) -> Any:
    """Return a value in which the ways of typing spaces and dashes do not differ."""
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    return None if value is None else _DASHES.sub("-", folded(value)).rstrip(". ")
