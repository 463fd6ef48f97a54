"""The bodies of a day with the rows that name them, or a body they took over: what each body's page says."""

from collections.abc import Iterator, Sequence
from datetime import date

from kehoach_cli.core.duties.bodies import bearer_at
from kehoach_cli.core.duties.match import Matcher, bodies_in
from kehoach_cli.core.model.agency import Agency, Directory
from kehoach_cli.core.model.plan import Indicator, Plan, Task
from kehoach_cli.core.report.site_model import BodyRole, ShownBody, ShownPlan
from kehoach_cli.core.report.summary import Summary


def page_bodies(
    directory: Directory, plans: Sequence[ShownPlan], day: date, summary: Summary | None
) -> tuple[ShownBody, ...]:
    """Return the bodies of a day that rows of the plans name, in the order of their first row."""
    found = _Bodies(directory, day)
    for entry in plans:
        for task in entry.tasks:
            for body, matcher in found.of(entry.plan, task.task):
                body.tasks += [BodyRole(task, way) for way in matcher.task(entry.plan, task.task) if way.own][:1]
        for indicator in entry.indicators:
            for body, matcher in found.of(entry.plan, indicator.indicator):
                if any(way.own for way in matcher.indicator(indicator.indicator)):
                    body.indicators.append(indicator)
    lines = {(line.body.province, line.body.id): line for line in (summary.lines if summary else ()) if line.body}
    for body in found.entries:
        body.line = lines.get((body.province, body.agency.id))
    return tuple(body for body in found.entries if body.tasks or body.indicators)


class _Bodies:
    """Finds the bodies that may have a row; the matcher of each one decides."""

    def __init__(self, directory: Directory, day: date) -> None:
        self._directory, self._day = directory, day
        self._found: dict[tuple[str, str], ShownBody] = {}
        self._matchers: dict[tuple[str, str, str], Matcher] = {}
        self._bearers: dict[tuple[str, str], tuple[Agency, ...]] = {}

    @property
    def entries(self) -> list[ShownBody]:
        """All bodies found so far."""
        return list(self._found.values())

    def of(self, plan: Plan, row: Task | Indicator) -> Iterator[tuple[ShownBody, Matcher]]:
        """Yield the bodies of the day that a row names, or that took over from one that it names."""
        named = dict.fromkeys(
            agency for one in sorted(filter(None, bodies_in(row))) for agency in self._bearing(plan.province, one)
        )
        for agency in named:
            key = (plan.province, agency.province, agency.id)
            if key not in self._matchers:
                self._matchers[key] = Matcher(self._directory, plan.province, agency)
            yield self._entry(plan.province, agency), self._matchers[key]

    def _bearing(self, province: str, named: str) -> tuple[Agency, ...]:
        """Return who has the duties of a body: of a split one also its heirs, since a row may name its own heir."""
        key = (province, named)
        if key not in self._bearers:
            bearer = bearer_at(self._directory, province, named, self._day)
            agency = bearer.agency if bearer else None
            heirs = (self._directory.get(agency.province, one.id) for one in agency.successors) if agency else ()
            split = tuple(filter(None, heirs)) if bearer and bearer.split else ()
            self._bearers[key] = (agency, *split) if agency else ()
        return self._bearers[key]

    def _entry(self, province: str, agency: Agency) -> ShownBody:
        key = (agency.province, agency.id)
        if key not in self._found:
            directory = self._directory
            before = directory.predecessors(agency, province)
            old = tuple(known for name in before if (known := directory.get(province, name)))
            groups = directory.groups_of(province, (directory.ref(province, agency),))
            self._found[key] = ShownBody(agency, agency.province, old, groups=groups)
        return self._found[key]
