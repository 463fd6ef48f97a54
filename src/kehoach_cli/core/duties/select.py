"""Select tasks and indicators by filters; the answer is given by province."""

from collections.abc import Iterable
from datetime import date
from functools import cache, cached_property, partial
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.duties.assess import State, TaskStates, Timeliness
from kehoach_cli.core.duties.due_dates import DueDates, due_dates
from kehoach_cli.core.duties.match import Match, Matcher, Via
from kehoach_cli.core.duties.owed import is_current
from kehoach_cli.core.model.agency import Agency
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.lock import Adjustment
from kehoach_cli.core.model.plan import Indicator, Plan, Task, TaskKind
from kehoach_cli.core.model.progress import Submission, SubmittedIndicator
from kehoach_cli.core.notation.schedule import ScheduleKind
from kehoach_cli.viet.text import search_words

_LATE = frozenset({Timeliness.OVERDUE, Timeliness.UNREPORTED})


class TaskQuery(Struct, frozen=True, dict=True):
    """The filters of `tasks`; all given filters must hold. `agencies` holds the agency in each province (empty: all rows)."""

    as_of: date
    agencies: tuple[Agency, ...] = ()
    role: str | None = None
    direct: bool = False
    plans: frozenset[str] = frozenset()
    province: str | None = None
    kind: TaskKind | None = None
    year: int | None = None
    due_by: date | None = None
    due_from: date | None = None
    overdue: bool = False
    search: str = ""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words without accents that the text must contain."""
        return search_words(self.search)


class TaskRow(Struct, frozen=True):
    """A selected task with its matches for the agency, if one is asked, its state, and what of it is due.

    `adjusted` are the answers on it that were changed after their period had been closed.
    """

    plan: Plan
    task: Task
    matches: tuple[Match, ...]
    state: State
    due: DueDates
    adjusted: tuple[Adjustment, ...] = ()

    @property
    def ref(self) -> str:
        """The reference people write: `kh-176/PL2.III.1`."""
        return f"{self.plan.id}/{self.task.id}"

    @property
    def via(self) -> Via | None:
        """The strongest reason why the row was selected; that the agency is named comes before what reaches it through others."""
        return next((match.via for match in self.matches if match.own), self.matches[0].via if self.matches else None)

    @property
    def own(self) -> bool:
        """Whether the row names the agency asked about, or a body whose duties it took over."""
        return any(match.own for match in self.matches)

    @property
    def overdue(self) -> bool:
        """Whether the task, or a milestone of it, is past its day, reported or not."""
        return self.state.timeliness in _LATE or bool(self.due.overdue)


class IndicatorRow(Struct, frozen=True):
    """A selected indicator with its matches for the agency, if one is asked."""

    plan: Plan
    indicator: Indicator
    matches: tuple[Match, ...]

    @property
    def ref(self) -> str:
        """The reference people write: `kh-176/PL1.8`."""
        return f"{self.plan.id}/{self.indicator.id}"


# A submission, and the value that it gives for an indicator.
SaidValue: TypeAlias = tuple[Submission, SubmittedIndicator]


def reported_values(
    plan: Plan, indicator: Indicator, submissions: Iterable[Submission], as_of: date
) -> tuple[SaidValue, ...]:
    """Return what submissions with a cutoff up to `as_of` say of an indicator, oldest first."""
    said = [
        one for one in submissions if one.plan == plan.id and indicator.id in one.indicators and one.cutoff <= as_of
    ]
    return tuple((one, one.indicators[indicator.id]) for one in sorted(said, key=lambda one: (one.cutoff, one.file)))


class Answer(Struct, frozen=True):
    """The tasks of one province for the agency; without an agency, one answer holds all rows."""

    province: str | None
    agency: Agency | None
    rows: tuple[TaskRow, ...]
    indicators: int = 0


_ROW_ORDER = {Via.DIRECT: 0, Via.SUCCESSOR: 1, Via.GROUP: 2, Via.CLAUSE: 3, Via.BODY: 4}


def task_row(plan: Plan, task: Task, matches: tuple[Match, ...], states: TaskStates, as_of: date) -> TaskRow:
    """Return a task with its state, and with what of it is due, on the day `as_of`."""
    state = states.state(plan, task, as_of)
    return TaskRow(plan, task, matches, state, due_dates(plan, task, state, states.finished(plan, task, as_of), as_of))


def marked(row: TaskRow, changed: Iterable[Adjustment]) -> TaskRow:
    """Return a row with what of `changed` are answers on it."""
    said = tuple(one for one in changed if one.plan == row.plan.id and one.path[:2] == ("tasks", row.task.id))
    return replace(row, adjusted=said) if said else row


def select_tasks(catalogue: Catalogue, query: TaskQuery) -> tuple[Answer, ...]:
    """Return the tasks that pass all filters: one answer for each province that has the agency."""
    states = TaskStates(catalogue.directory, catalogue.submissions)
    provinces = _provinces(catalogue, query.province)
    plans = [plan for plan in catalogue.plans if _wanted(plan, query.plans, provinces)]
    if not query.agencies:
        rows = [row for plan in plans for row in _rows(plan, query, states, None)]
        return (Answer(None, None, _ordered((marked(row, catalogue.adjustments) for row in rows), query)),)
    answers = []
    for agency in query.agencies:
        rows, indicators = [], 0
        matcher_in = cache(partial(Matcher, catalogue.directory, agency=agency))
        for plan in plans:
            if catalogue.directory.concerns(agency, plan.province):
                matcher = matcher_in(plan.province)
                rows += (marked(row, catalogue.adjustments) for row in _rows(plan, query, states, matcher))
                indicators += plan.indicators_led(matcher.leading)
        answers.append(Answer(agency.province, agency, _ordered(rows, query), indicators))
    # If the plan filter leaves nothing of a province, the province is not part of the answer.
    asked = [
        answer
        for answer in answers
        if answer.agency and any(catalogue.directory.concerns(answer.agency, plan.province) for plan in plans)
    ] or answers
    # A province that names the body comes before one in which only a group or a clause concerns it.
    return tuple(
        sorted(asked, key=lambda answer: min((_ROW_ORDER[row.via] for row in answer.rows if row.via), default=len(Via)))
    )


class IndicatorAnswer(Struct, frozen=True):
    """The indicators of one province for the agency; without an agency, one answer holds all rows."""

    province: str | None
    agency: Agency | None
    rows: tuple[IndicatorRow, ...]


def select_indicators(
    catalogue: Catalogue, agencies: tuple[Agency, ...], plans: frozenset[str], province: str | None, year: int | None
) -> tuple[IndicatorAnswer, ...]:
    """Return the indicators that an agency reports on (all without one), by province.

    With `year`, only those of plans in force in it that have a target for that year or a later one.
    """
    provinces = _provinces(catalogue, province)
    wanted = [plan for plan in catalogue.plans if _wanted(plan, plans, provinces)]
    if not agencies:
        return (IndicatorAnswer(None, None, tuple(_indicator_rows(wanted, year, None))),)
    answers = []
    for agency in agencies:
        own = [plan for plan in wanted if catalogue.directory.concerns(agency, plan.province)]
        rows = [
            row
            for plan in own
            for row in _indicator_rows([plan], year, Matcher(catalogue.directory, plan.province, agency))
        ]
        answers.append(IndicatorAnswer(agency.province, agency, tuple(rows)))
    return tuple(sorted(answers, key=lambda answer: not answer.rows))


def _indicator_rows(plans: list[Plan], year: int | None, matcher: Matcher | None) -> Iterable[IndicatorRow]:
    for plan in plans:
        for indicator in plan.indicators_naming(matcher.bodies) if matcher else plan.indicators:
            counts = year is None or (plan.period.covers(year) and any(year <= t.year for t in indicator.targets))
            matches = matcher.indicator(indicator) if matcher else ()
            if counts and (matches or matcher is None):
                yield IndicatorRow(plan, indicator, matches)


def _provinces(catalogue: Catalogue, province: str | None) -> frozenset[str] | None:
    """Return the province asked with those merged into it; None where none is asked."""
    return None if province is None else catalogue.directory.lineage(province)


def _wanted(plan: Plan, plans: frozenset[str], provinces: frozenset[str] | None) -> bool:
    return (not plans or plan.id in plans) and (provinces is None or plan.province in provinces)


def _rows(plan: Plan, query: TaskQuery, states: TaskStates, matcher: Matcher | None) -> Iterable[TaskRow]:
    named = frozenset({matcher.agency_id}) if matcher and query.direct else matcher.bodies if matcher else None
    for task in plan.tasks if named is None else plan.tasks_naming(named):
        if not _passes(plan, task, query):
            continue
        matches = matcher.task(plan, task) if matcher else ()
        if query.role:
            matches = tuple(match for match in matches if match.role == query.role)
        if matcher and (not matches or (query.direct and matches[0].via is not Via.DIRECT)):
            continue
        row = task_row(plan, task, matches, states, query.as_of)
        if _in_time_frame(row, query):
            yield row


def _passes(plan: Plan, task: Task, query: TaskQuery) -> bool:
    if query.kind and task.kind is not query.kind:
        return False
    if query.year is not None and not (plan.period.covers(query.year) and is_current(plan, task, query.year)):
        return False
    if query.words:
        words = set(search_words(" ".join((task.text, *task.outputs))))
        return words.issuperset(query.words)
    return True


def is_due(row: TaskRow, first: date | None, last: date | None) -> bool:
    """Whether something of a task is due from `first` to `last`."""
    day = row.due.next_due
    return day is not None and (first or date.min) <= day <= (last or date.max)


def _in_time_frame(row: TaskRow, query: TaskQuery) -> bool:
    if query.overdue and not row.overdue:
        return False
    return (query.due_by is None and query.due_from is None) or is_due(row, query.due_from, query.due_by)


def _ordered(rows: Iterable[TaskRow], query: TaskQuery) -> tuple[TaskRow, ...]:
    """Sort rows by their strongest match, those that name the agency first; under `--year`, rows without a schedule come last.

    Otherwise they keep the document's order.
    """

    def rank(row: TaskRow) -> tuple[bool, bool, int]:
        undated = query.year is not None and row.task.schedule.kind in {ScheduleKind.NONE, ScheduleKind.UNKNOWN}
        return undated, not row.own, _ROW_ORDER[row.via] if row.via else 0

    return tuple(sorted(rows, key=rank))
