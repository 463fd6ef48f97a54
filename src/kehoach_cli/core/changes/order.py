"""Changes in the order in which people read a plan."""

from bisect import bisect_left
from collections.abc import Iterable

from kehoach_cli.core.changes.row_change import RowChange
from kehoach_cli.core.model.change import ChangeKind, Part

_PARTS = (
    Part.PLAN,
    Part.DOCUMENT,
    Part.BASIS,
    Part.OBJECTIVE,
    Part.FUNDING,
    Part.REPORTING,
    Part.CLAUSE,
    Part.SECTION,
    Part.TASK,
    Part.INDICATOR,
)

_CELLS = (
    "number",
    *("text", "name", "title", "lead", "support", "agencies", "schedule", "milestones", "outputs", "conditions"),
    *("unit", "direction", "targets", "baseline"),
)


def in_reading_order(changes: Iterable[RowChange]) -> tuple[RowChange, ...]:
    """Return changes part by part, by the places of their rows in the new version; a dropped row is where it would stand."""
    listed = list(changes)
    places = {part: _Places(part, listed) for part in _PARTS}
    return tuple(sorted(listed, key=lambda one: (_PARTS.index(one.part), *places[one.part].of(one), _cell_rank(one))))


def _cell_rank(change: RowChange) -> int:
    """Return the place of a cell in its row: what became of the whole row comes first; the cells of a head keep their order."""
    if not change.field or change.part in {Part.PLAN, Part.DOCUMENT}:
        return -1
    name = change.field.partition(".")[0]
    return _CELLS.index(name) if name in _CELLS else len(_CELLS)


class _Places:
    """Where the rows of one kind stand in the new version. Those that neither came, went nor moved are in the same order."""

    def __init__(self, part: Part, changes: Iterable[RowChange]) -> None:
        whole = [one for one in changes if not one.field and one.kind is not ChangeKind.RENUMBERED]
        self._gone = sorted(one.places[0] or 0 for one in whole if (one.was_part or one.part) is part and one.places[0])
        self._came = sorted(one.places[1] or 0 for one in whole if one.part is part and one.places[1])

    def of(self, change: RowChange) -> tuple[int, int, int]:
        """Return the place of a change: after which place of the new version, whether right at it, and its old one."""
        old, new = change.places
        if new is not None or old is None:
            return new or 0, 0, 0
        stayed = old - 1 - bisect_left(self._gone, old)
        return self._place_of(stayed), 1, old

    def _place_of(self, count: int) -> int:
        """Return the place of the last one of the first `count` rows that stayed, 0 for none."""
        if count < 1:
            return 0
        place = count
        for came in self._came:
            place += came <= place
        return place
