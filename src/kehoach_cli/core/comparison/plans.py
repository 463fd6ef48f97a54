"""Two versions of plans side by side: what changed, whom it concerns, and what it means in days and targets."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from kehoach_cli.core.changes.row_change import OriginKind, Row, RowChange
from kehoach_cli.core.changes.rows import row_changes, target_of
from kehoach_cli.core.check.compare import near_end
from kehoach_cli.core.duties.match import Matcher
from kehoach_cli.core.model.agency import Agency, Directory
from kehoach_cli.core.model.change import ChangeKind, Part
from kehoach_cli.core.model.plan import Clause, Indicator, Plan, ReportingRule, Task

# The cells of a plan's head that hold bodies.
HEAD_BODIES = frozenset({"coordinator", "document.issuer"})


class PlanPair(Struct, frozen=True):
    """A plan in both versions, and what changed in it; None where a version does not have it."""

    old: Plan | None
    new: Plan | None
    changes: tuple[RowChange, ...]

    @property
    def plan(self) -> Plan:
        """The plan in its newer version.

        Raises:
            ValueError: there is none at all.
        """
        if found := self.new or self.old:
            return found
        raise ValueError("a pair without a plan")


class UnreadPlan(Struct, frozen=True):
    """A plan file that one version (`was`: the old one) cannot be read from, and why; `plan` is empty where its id is unknown."""

    plan: str
    file: str
    why: str
    was: bool


class Comparison(Struct, frozen=True):
    """What was compared, in words, and the plans of both sides. `left_out` changes do not concern the agencies `asked`.

    `unread` was not compared. `source` is the document that the changes were held against; empty where nobody asked.
    """

    old: str
    new: str
    pairs: tuple[PlanPair, ...]
    asked: tuple[Agency, ...] = ()
    left_out: int = 0
    source: str = ""
    unread: tuple[UnreadPlan, ...] = ()

    @property
    def changes(self) -> tuple[RowChange, ...]:
        """All changes, plan by plan."""
        return tuple(change for pair in self.pairs for change in pair.changes)

    @property
    def errors(self) -> int:
        """How many changes are errors of the copy: the document has other words."""
        return self._from(OriginKind.ERROR)

    @property
    def amended(self) -> int:
        """How many changes an amendment explains."""
        return self._from(OriginKind.AMENDMENT)

    def _from(self, kind: OriginKind) -> int:
        return sum(one.origin is not None and one.origin.kind is kind for one in self.changes)


def one_pair(old: Plan, new: Plan) -> PlanPair:
    """Return two plans that are one, whatever their ids."""
    return PlanPair(old, new, row_changes(old, new))


def compare_plans(
    old: tuple[Plan, ...], new: tuple[Plan, ...], unread: Iterable[UnreadPlan] = ()
) -> tuple[PlanPair, ...]:
    """Return the plans of two versions in pairs of equal ids, without those that one version cannot be read from.

    Where nobody knows which plan a file is, it may be any that only the other version has.
    """
    before, after = ({plan.id: plan for plan in plans} for plans in (old, new))
    left_out = {one.plan for one in unread}
    for one in unread:
        if not one.plan:
            left_out |= (after.keys() - before.keys()) if one.was else (before.keys() - after.keys())
    return tuple(
        _pair(before.get(one), after.get(one)) for one in dict.fromkeys((*after, *before)) if one not in left_out
    )


def _pair(old: Plan | None, new: Plan | None) -> PlanPair:
    if old and new:
        return one_pair(old, new)
    kind, plan = (ChangeKind.ADDED, new) if new else (ChangeKind.DROPPED, old)
    title, ref = (plan.document.cite, plan.id) if plan else ("", "")
    change = RowChange(kind, Part.PLAN, ref, old=title if old else None, new=title if new else None)
    return PlanPair(old, new, (change,))


def concerning(pairs: Iterable[PlanPair], directory: Directory, agencies: tuple[Agency, ...]) -> Iterator[PlanPair]:
    """Yield the pairs with the changes of rows that concern one of the agencies in either version."""
    for pair in pairs:
        mine = [agency for agency in agencies if directory.concerns(agency, pair.plan.province)]
        matchers = [Matcher(directory, pair.plan.province, agency) for agency in mine]
        kept = [one for one in pair.changes if any(_is_of(pair, one, matcher) for matcher in matchers)]
        yield PlanPair(pair.old, pair.new, tuple(kept))


def _is_of(pair: PlanPair, change: RowChange, matcher: Matcher) -> bool:
    rows = any(_concerns(plan, row, matcher) for plan, row in ((pair.old, change.before), (pair.new, change.after)))
    return rows or not matcher.bodies.isdisjoint(bodies_of(change))


def _concerns(plan: Plan | None, row: Row | None, matcher: Matcher) -> bool:
    if isinstance(row, Indicator):
        return bool(matcher.indicator(row))
    return bool(plan and isinstance(row, Task) and matcher.task(plan, row))


def bodies_of(change: RowChange) -> tuple[str, ...]:
    """Return the ids of the bodies that the row names in either version; in the plan's head, those of the cell."""
    if change.field in HEAD_BODIES:
        return tuple(body for body in (change.new, change.old) if body)
    rows = (change.after, change.before)
    return tuple(dict.fromkeys(body for row in rows if row for body in _bodies(row)))


def _bodies(row: Row) -> tuple[str, ...]:
    if isinstance(row, Indicator):
        return row.bodies
    if isinstance(row, Task):
        return (*row.lead, *row.support)
    if isinstance(row, Clause):
        return row.agencies
    if isinstance(row, ReportingRule):
        return (*row.senders, *row.recipients, *row.via, *filter(None, (row.drafter,)))
    return ()


class Concerned(Struct, frozen=True):
    """A body that changes concern: its name for people, its id and province, and the rows by reference."""

    name: str
    agency: str
    province: str
    refs: tuple[str, ...]


def concerned(comparison: Comparison, directory: Directory) -> tuple[Concerned, ...]:
    """Return whom the changes concern, those of most rows first; new numbers and other places of rows concern nobody.

    Bodies of several provinces that have one name are told apart by the province.
    """
    refs: dict[tuple[str, str], dict[str, None]] = {}
    for pair in comparison.pairs:
        for change in pair.changes:
            if change.kind not in {ChangeKind.MOVED, ChangeKind.RENUMBERED}:
                for body in bodies_of(change):
                    refs.setdefault(_home(directory, pair.plan.province, body), {})[change.ref] = None
    names = {key: directory.name(*key) for key in refs}
    shared = Counter(names.values())
    found = (
        Concerned(in_province(directory, name, key[0]) if shared[name] > 1 else name, key[1], key[0], tuple(refs[key]))
        for key, name in names.items()
    )
    return tuple(sorted(found, key=lambda one: -len(one.refs)))


def in_province(directory: Directory, name: str, province: str) -> str:
    """Return the name of a body with its province behind it."""
    registry = directory.registries.get(province)
    return f"{name} ({registry.name})" if registry and registry.name not in name else name


def _home(directory: Directory, province: str, body: str) -> tuple[str, str]:
    """Return the province whose registry has a body, and its id there; an unknown one stays."""
    agency = directory.get(province, body)
    return (agency.province, agency.id) if agency else (province, body)


def deadlines(change: RowChange) -> tuple[date | None, date | None]:
    """Return the deadline of a task before and after a change of its schedule."""
    if change.field not in {"schedule", "milestones"}:
        return None, None
    before, after = (row.deadline if isinstance(row, Task) else None for row in (change.before, change.after))
    return before, after


def raised(change: RowChange) -> bool | None:
    """Return whether a target asks for more now; None where that cannot be told."""
    name, _, key = change.field.partition(".")
    before, after = change.before, change.after
    if name != "targets" or not isinstance(before, Indicator) or not isinstance(after, Indicator):
        return None
    one, other = target_of(before, key), target_of(after, key)
    if not one or not other or len(one.parts) != 1 or len(other.parts) != 1 or before.direction != after.direction:
        return None
    old, new = near_end(one.parts[0], before.direction), near_end(other.parts[0], after.direction)
    if old == new or before.direction not in {"increase", "decrease"}:
        return None
    return (new > old) == (before.direction == "increase")
