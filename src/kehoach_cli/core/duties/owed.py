"""What an agency owes for a plan and a period: entries for the rows it leads, and the submission itself."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from msgspec import Struct

from kehoach_cli.core.duties.assess import TaskStates
from kehoach_cli.core.duties.living import counts_as_one, has_ended
from kehoach_cli.core.duties.match import LEAD, Match, Matcher, bodies_in
from kehoach_cli.core.model.agency import CENTRAL, Agency, Directory
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.period import Period, PeriodKind
from kehoach_cli.core.model.plan import ClauseRole, Indicator, Plan, ReportingRule, Task, TaskKind
from kehoach_cli.core.notation.schedule import Schedule, ScheduleKind

_SATURDAY = 5
# Work of these kinds may begin with the plan and ends with the last day named, if there is one.
_ENDING = frozenset({ScheduleKind.UNTIL, ScheduleKind.MILESTONES, ScheduleKind.EVENT})
_UNSURE = "báo cáo thay cơ quan đã kết thúc hoạt động, cần xác nhận"
_LEADING = frozenset({LEAD, ClauseRole.IMPLEMENT.value})


class Owed(Struct, frozen=True):
    """The indicators and tasks of a plan that an agency must report on, each task with its matches as lead."""

    indicators: tuple[Indicator, ...]
    tasks: tuple[tuple[Task, tuple[Match, ...]], ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The rows it must report on. With "có liên quan" the agency itself decides whether a row concerns it."""
        firm = [task.id for task, ways in self.tasks if not all(way.limited for way in ways)]
        return (*(row.id for row in self.indicators), *firm)


class Sender(Struct, frozen=True):
    """A body, or a group that counts as one, that may send a submission; it must if it is `required`.

    It is `addressed` where the plan asks it for reports, of this period or of others.
    """

    agency: Agency
    required: bool
    owed: Owed
    note: str = ""
    addressed: bool = False


class Asked(Struct, frozen=True):
    """The rows of a plan that somebody must report on in a period, each with the ids of its possible leads."""

    plan: Plan
    indicators: tuple[tuple[Indicator, frozenset[str]], ...]
    tasks: tuple[tuple[Task, frozenset[str]], ...]


def asked(plan: Plan, period: Period, settled: frozenset[str] = frozenset()) -> Asked:
    """Return what a plan asks for a period: all indicators, and the tasks that have begun.

    Tasks that earlier submissions closed are not asked again.
    Duties of the part "Tổ chức thực hiện" are not reported row by row.
    """
    if not plan.period.covers(period.year):
        return Asked(plan, (), ())
    indicators = [row for row in plan.indicators if _stands(row, period)]
    tasks = [
        task
        for task in plan.tasks
        if task.kind is not TaskKind.ORGANISATION and task.id not in settled and _is_due(plan, task, period)
    ]
    return Asked(
        plan,
        tuple((row, bodies_in(row)) for row in indicators),
        tuple((task, bodies_in(task, leading=True)) for task in tasks),
    )


def owed(asked: Asked, matcher: Matcher) -> Owed:
    """Return the asked rows that the agency of `matcher` must report on."""
    ours = matcher.bodies
    tasks = []
    for task, bodies in asked.tasks:
        if not bodies.isdisjoint(ours):
            ways = tuple(way for way in matcher.task(asked.plan, task) if way.role in _LEADING)
            tasks += [(task, ways)] if ways else []
    found = (row for row, bodies in asked.indicators if not bodies.isdisjoint(ours) and matcher.indicator(row))
    return Owed(tuple(found), tuple(tasks))


def _is_due(plan: Plan, task: Task, period: Period) -> bool:
    begins = task.schedule.starts
    if not _stands(task, period) or (begins is not None and begins > period.last_day):
        return False
    overdue = task.deadline is not None and task.deadline < period.first_day
    return overdue or is_current(plan, task, period.year)


def settled(plan: Plan, catalogue: Catalogue, period: Period) -> frozenset[str]:
    """Return the tasks that are done, carried over or dropped according to submissions for periods before this one."""
    earlier = [one for one in catalogue.submissions if one.plan == plan.id and one.period.last_day < period.first_day]
    if not earlier:
        return frozenset()
    states = TaskStates(catalogue.directory, earlier)
    as_of = max(one.cutoff for one in earlier)
    return frozenset(task.id for task in plan.tasks if states.state(plan, task, as_of).closed)


def _stands(row: Task | Indicator, period: Period) -> bool:
    return row.withdrawn is None or row.withdrawn.since > period.last_day


def is_current(plan: Plan, task: Task, year: int) -> bool:
    """Whether `year` belongs to a task's schedule; one that is blank, not understood or names no year excludes no year."""
    schedule = task.schedule
    vague = schedule.kind is ScheduleKind.VAGUE and schedule.end is None
    if vague or schedule.kind in {ScheduleKind.NONE, ScheduleKind.UNKNOWN}:
        return True
    if schedule.kind in _ENDING and not schedule.goes_on:
        return (schedule.start or plan.period.start) <= year <= (schedule.end or year)
    return schedule.covers(year)


def unit_rule(plan: Plan, kind: PeriodKind = PeriodKind.YEAR) -> ReportingRule | None:
    """Return the plan's rule on the reports of units for periods of this kind, None if it asks for none."""
    return next((rule for rule in plan.reporting if rule.level == "unit" and rule.asks(kind)), None)


def report_due(plan: Plan, period: Period) -> date | None:
    """Return the last day on time for a unit's submission for a period, None if the plan names no day.

    A day at a weekend moves to the next working day; public holidays are not considered.
    """
    rule = unit_rule(plan, period.kind)
    last = _day_in(rule.due, period) if rule else None
    while last and last.weekday() >= _SATURDAY:
        last += timedelta(days=1)
    return last


def _day_in(due: Schedule, period: Period) -> date | None:
    year = period.year
    if period.part is not None:
        return day_of_part(due, period)
    if due.yearly is not None:
        day, month = due.yearly
        return date(year, month, min(day, monthrange(year, month)[1]))
    return due.deadline if due.deadline and due.deadline.year == year else None


def day_of_part(due: Schedule, period: Period) -> date | None:
    """Return the day of the phrase that lies in the period; only a phrase that comes back as often names it."""
    if due.recurrence is None or due.recurrence.every != period.kind:
        return None
    month = period.last_day.month
    named = [(int(one[:2]), int(one[3:])) if "-" in one else (month, int(one)) for one in due.recurrence.due]
    days = [date(period.year, at, min(day, monthrange(period.year, at)[1])) for at, day in named]
    return max((day for day in days if period.contains(day)), default=None)


def senders(
    plan: Plan, catalogue: Catalogue, period: Period, as_of: date, only: Agency | None = None
) -> tuple[Sender, ...]:
    """Return the senders of a plan for a period, as the bodies are on the day `as_of`; with `only`, that body if it is one.

    If the rule asks only bodies with a lead, the others are optional. A group of people's committees counts as one sender.
    The one heir of a dissolved body sends in its place, also from the province into which the plan's own was merged. Of a period
    for which the plan asks no reports nobody must send one.
    """
    own_rule = unit_rule(plan, period.kind)
    rule = own_rule or next((one for one in plan.reporting if one.level == "unit"), None)
    if rule is None or not plan.period.covers(period.year):
        return ()
    directory, rows = catalogue.directory, asked(plan, period, settled(plan, catalogue, period))
    named = dict.fromkeys(body for sender in rule.senders for body in _bodies(directory, plan.province, sender))
    if rule.leads_only:
        named |= dict.fromkeys(_all_bodies(directory, plan.province))
    found = []
    for agency, certain in _living(directory, plan.province, named, as_of).items():
        if only not in {None, agency} or (agency.valid_from and agency.valid_from > as_of):
            continue
        ended = has_ended(agency, as_of)
        if ended and not agency.group:
            continue
        due = owed(rows, Matcher(directory, plan.province, agency))
        note = "đã kết thúc hoạt động, cơ quan báo cáo thay cần xác nhận" if ended else "" if certain else _UNSURE
        addressed = not ended and (bool(due.ids) or not rule.leads_only)
        found.append(Sender(agency, addressed and own_rule is not None, due, note, addressed))
    return tuple(found)


def _living(directory: Directory, province: str, named: Iterable[str], day: date) -> dict[Agency, bool]:
    """Return who has the duties of the bodies named on a day, and whether that is certain."""
    found: dict[Agency, bool] = {}
    for agency in (agency for one in named if (agency := directory.get(province, one))):
        heir = directory.heir_at(agency, day)
        found[heir] = found.get(heir, False) or heir is agency or directory.heirs_certain(agency)
    return found


def _bodies(directory: Directory, province: str, sender: str) -> Iterator[str]:
    agency = directory.get(province, sender)
    if agency is None or agency.open:
        return
    if not agency.group or counts_as_one(directory, agency):
        yield directory.ref(province, agency)
        return
    for member in agency.members:
        yield from _bodies(directory, province, member)


def _all_bodies(directory: Directory, province: str) -> Iterator[str]:
    for agency in directory.all_in(province):
        if agency.province != CENTRAL and (not agency.group or (not agency.open and counts_as_one(directory, agency))):
            yield agency.id
