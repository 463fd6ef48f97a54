"""Rows and the headings that they are under, in two versions of a plan."""

from collections.abc import Iterable
from typing import TypeAlias

from kehoach_cli.core.model.change import Change, ChangeKind, Part
from kehoach_cli.core.model.plan import Plan, enclosing_section

# The id of a row, and of the heading that it is under.
RowPlace: TypeAlias = tuple[str, str | None]


class Headings:
    """Which heading of a plan is which one of another version, and what follows from that for the rows below it."""

    def __init__(self, changes: Iterable[Change], old: Plan, new: Plan) -> None:
        """Read which headings came, went and have another number."""
        listed = [one for one in changes if one.part is Part.SECTION and not one.field]
        self._before, self._after = ({one.id for one in plan.sections} for plan in (old, new))
        self._numbers = {one.old: one.new for one in listed if one.kind is ChangeKind.RENUMBERED}
        self._dropped = {one.entry for one in listed if one.kind is ChangeKind.DROPPED}
        self._added = {one.entry for one in listed if one.kind is ChangeKind.ADDED}

    def by_number(self, old: RowPlace, new: RowPlace) -> bool:
        """Whether the number of a row says in both versions to which heading it belongs."""
        return (enclosing_section(old[0], self._before), enclosing_section(new[0], self._after)) == (old[1], new[1])

    def moved(self, old: RowPlace, new: RowPlace) -> bool:
        """Whether a row is under another heading by an edit of its own.

        It is not where its number says where it belongs, and one of the headings is not in both versions.
        """
        if self._numbers.get(old[1], old[1]) == new[1]:
            return False
        return not ((old[1] in self._dropped or new[1] in self._added) and self.by_number(old, new))
