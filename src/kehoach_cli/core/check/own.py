"""What one agency was asked for a year and what it answered: the check that an agency makes of its own form."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.check.evaluation import Verdict
from kehoach_cli.core.check.submissions import Check, CheckRow, TaskCount, reports_on
from kehoach_cli.core.duties.assess import State, TaskStates, Timeliness
from kehoach_cli.core.duties.coverage import answered_rows, speaks_for, voice
from kehoach_cli.core.duties.match import Matcher
from kehoach_cli.core.duties.owed import asked, owed, settled
from kehoach_cli.core.model.agency import Agency
from kehoach_cli.core.model.catalogue import Catalogue, Item
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Plan, Task, TaskKind
from kehoach_cli.core.model.progress import Submission

_LATE = frozenset({Timeliness.OVERDUE, Timeliness.UNREPORTED, Timeliness.LATE})


class OwnPart(Struct, frozen=True):
    """What one agency was asked for one plan, with the state of each task by its own answer alone.

    `blanks` are the rows that it was asked for and did not answer; `rest` counts the indicators and the tasks of others.
    """

    plan: Plan
    agency: Agency
    as_of: date
    tasks: tuple[tuple[Task, State], ...]
    blanks: tuple[Item, ...]
    submissions: tuple[Submission, ...]
    rest: tuple[int, int] = (0, 0)

    @property
    def answered(self) -> int:
        """The number of rows that the agency answered, of those it was asked for and others."""
        return len(answered_rows(self.submissions))


class Own(Struct, frozen=True):
    """What of a check concerns the agencies asked: `check` holds the values reported for their indicators and their tasks."""

    agencies: tuple[Agency, ...]
    check: Check
    parts: tuple[OwnPart, ...]

    @property
    def blanks(self) -> tuple[Item, ...]:
        """The rows left blank in all plans."""
        return tuple(blank for part in self.parts for blank in part.blanks)

    @property
    def files(self) -> frozenset[str]:
        """The files of the agencies' submissions."""
        return frozenset(one.file for part in self.parts for one in part.submissions)


def own_check(
    catalogue: Catalogue, whole: Check, agencies: tuple[Agency, ...], only: frozenset[str] = frozenset()
) -> Own:
    """Return what of the check `whole` concerns `agencies`; `only` limits it to the plans that a form asks about."""
    directory = catalogue.directory
    states = TaskStates(directory, catalogue.submissions)
    rows: list[CheckRow] = []
    parts: list[OwnPart] = []
    for count in whole.tasks:
        plan = count.plan
        bodies = [body for body in agencies if directory.concerns(body, plan.province)]
        if not bodies or (only and plan.id not in only):
            continue
        of_plan = [row for row in whole.rows if row.plan.id == plan.id]
        mine = list(filter(reports_on(plan, tuple(bodies), directory), of_plan))
        rows += (row for row in mine if row.entry or row.evaluation.verdict is not Verdict.NO_DATA)
        for body in bodies:
            part = _part(catalogue.by_plan[plan.id], whole.period, count, body, states)
            others = len(plan.indicators) - len({row.ref for row in mine})
            parts.append(replace(part, rest=(others, count.total - len(part.tasks))))
    parts = [part for part in parts if part.tasks or part.blanks or part.submissions]
    plans = {part.plan.id for part in parts}
    check = replace(
        whole,
        rows=tuple(row for row in rows if row.plan.id in plans),
        tasks=tuple(TaskCount(part.plan, part.tasks, part.as_of) for part in parts),
        coverage=tuple(
            replace(covered, rows=own)
            for covered in whole.coverage
            if (own := tuple(row for row in covered.rows if row.sender.agency in agencies))
        ),
    )
    return Own(agencies, check, tuple(parts))


def form_senders(catalogue: Catalogue) -> tuple[Agency, ...]:
    """Return the bodies that sent the submissions given, those that dissolved ones became not counted apart."""
    directory = catalogue.directory
    found: dict[tuple[str, str], Agency] = {}
    for one in catalogue.submissions:
        plan = catalogue.plan(one.plan)
        agency = directory.get(plan.province, one.agency) if plan else None
        if plan and agency:
            found.setdefault((agency.province, voice(directory, plan.province, one.agency)), agency)
    return tuple(found.values())


def late_first(tasks: tuple[tuple[Task, State], ...]) -> list[tuple[Task, State]]:
    """Return the tasks that are late or were done late, those that are most days late first."""
    late = [(task, state) for task, state in tasks if state.timeliness in _LATE]
    return sorted(late, key=lambda one: (one[1].timeliness is Timeliness.LATE, -one[1].days))


def _part(catalogue: Catalogue, period: Period, count: TaskCount, body: Agency, states: TaskStates) -> OwnPart:
    directory, plan, day = catalogue.directory, count.plan, count.as_of
    sent = tuple(
        one
        for one in catalogue.submissions
        if one.plan == plan.id
        and one.period == period
        and one.cutoff <= day
        and speaks_for(directory, plan.province, one.agency, body)
    )
    answered = answered_rows(sent)
    due = owed(asked(plan, period, settled(plan, catalogue, period)), Matcher(directory, plan.province, body))
    wanted = {*due.ids, *answered}
    tasks = tuple(
        (task, states.own_state(plan, task, body, day))
        for task in plan.tasks
        if task.id in wanted and task.kind is not TaskKind.ORGANISATION
    )
    return OwnPart(plan, body, day, tasks, tuple(_blanks(plan, set(due.ids) - answered)), sent)


def _blanks(plan: Plan, ids: set[str]) -> Iterator[Item]:
    yield from (Item(plan, row) for rows in (plan.indicators, plan.tasks) for row in rows if row.id in ids)
