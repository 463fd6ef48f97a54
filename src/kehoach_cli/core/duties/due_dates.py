"""What of a task is due next: its earliest unfinished milestone, its deadline, or the next time it comes back."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from kehoach_cli.core.duties.assess import Finished, State, Timeliness, done_timeliness
from kehoach_cli.core.model.plan import Plan, Task
from kehoach_cli.core.model.progress import Status, SubmittedMilestone
from kehoach_cli.core.notation.keys import last_day, parse_target_key
from kehoach_cli.core.notation.refusal import PhraseError
from kehoach_cli.core.notation.schedule import Milestone, Recurrence

_OVERDUE = frozenset({Timeliness.OVERDUE, Timeliness.UNREPORTED})
_HALTED = frozenset({Timeliness.SUSPENDED, Timeliness.NOT_YET})
_MONTHS = {"half": 6, "quarter": 3, "month": 1}
_MONTHS_OF_YEAR = 12
_DAYS_OF_WEEK = 7
# A day so early in its quarter, month or year closes the one before: "trước ngày 05 của tháng đầu quý sau".
_EARLY_DAYS = 15


class MilestoneState(Struct, frozen=True):
    """A milestone with what the submissions say of it.

    `number` is its place in the schedule (the first is 1). `timeliness` is that of the milestone alone: done on time, late or on
    an unknown day, open in time, overdue, or unreported past its day; `none` where the task was closed or waits. `days` is how
    late it is.
    """

    number: int
    milestone: Milestone
    status: Status | None
    completed: date | None
    timeliness: Timeliness
    days: int = 0

    @property
    def overdue(self) -> bool:
        """Whether its day has passed and nobody says that it is done."""
        return self.timeliness in _OVERDUE


class DueDates(Struct, frozen=True):
    """The next day on which something of a task is due, what was missed this year, and the state of each milestone."""

    next_due: date | None = None
    missed: tuple[date, ...] = ()
    steps: tuple[MilestoneState, ...] = ()

    @property
    def overdue(self) -> tuple[Milestone, ...]:
        """The milestones that are overdue, reported or not."""
        return tuple(step.milestone for step in self.steps if step.overdue)


_NOTHING = DueDates()


def due_dates(plan: Plan, task: Task, state: State, finished: Finished, as_of: date) -> DueDates:
    """Return what is due of a task on the day `as_of`; nothing once it is closed.

    A deadline comes before what goes on after it, and a missed occurrence is never overdue.
    """
    schedule = task.schedule
    steps = tuple(_step_states(task, state, finished, as_of))
    if state.closed:
        return DueDates(steps=steps)
    if not schedule.milestones and schedule.recurrence is None:
        return DueDates(state.deadline) if state.deadline else _NOTHING
    left = [step.milestone.deadline for step in steps if step.status is not Status.DONE]
    if left:
        return DueDates(min(left), steps=steps)
    if schedule.recurrence is None or state.deadline:
        return DueDates(state.deadline, steps=steps)
    turns = _Turns(plan, task, schedule.recurrence, finished)
    return DueDates(turns.next(as_of), tuple(turns.missed(as_of)), steps)


def _step_states(task: Task, state: State, finished: Finished, as_of: date) -> Iterator[MilestoneState]:
    halted = state.closed or state.timeliness in _HALTED
    for number, step in enumerate(_milestones(task, state), 1):
        said = finished.steps.get(number, SubmittedMilestone())
        timeliness = _timeliness(step, said, as_of, halted=halted)
        late = timeliness in {Timeliness.LATE, *_OVERDUE}
        days = ((said.completed or as_of) - step.deadline).days if late else 0
        yield MilestoneState(number, step, said.status, said.completed, timeliness, days)


def _timeliness(step: Milestone, said: SubmittedMilestone, as_of: date, *, halted: bool) -> Timeliness:
    if said.status is Status.DONE:
        return done_timeliness(said.completed, step.deadline)
    if halted:
        return Timeliness.NONE
    if as_of <= step.deadline:
        return Timeliness.IN_TIME
    return Timeliness.OVERDUE if said.status else Timeliness.UNREPORTED


def _milestones(task: Task, state: State) -> Iterator[Milestone]:
    """Yield the milestones; an extension moves the last one."""
    for step in task.schedule.milestones:
        moved = state.extension is not None and step.deadline == task.schedule.deadline
        yield Milestone(step.text, state.deadline) if moved and state.deadline else step


class _Turns:
    """The days on which a recurring duty is due, from the plan's first day to its last."""

    def __init__(self, plan: Plan, task: Task, recurrence: Recurrence, finished: Finished) -> None:
        schedule = task.schedule
        self._recurrence = recurrence
        self._done = finished.periods
        issued = plan.document.date.first if plan.document.date else date.min
        begun = schedule.starts or date(schedule.start or plan.period.start, 1, 1)
        self._first = max(issued, begun, date(plan.period.start, 1, 1))
        ends = [year for year in (schedule.end, plan.period.end) if year is not None]
        self._last = date(min(ends), _MONTHS_OF_YEAR, 31) if ends else date.max
        self._span = int(number) if (number := recurrence.every.partition(" ")[0]).isdecimal() else 1
        self._anchor = schedule.start or plan.period.start

    def next(self, day: date) -> date | None:
        """Return the first day from `day` on that is not done yet."""
        start = max(day, self._first)
        years = range(start.year, min(start.year + self._span, self._last.year) + 1)
        return next(
            (one for year in years for one in self._in_year(year, start) if one >= start and self._open(one)), None
        )

    def missed(self, day: date) -> Iterator[date]:
        """Yield the days of the year of `day` that have passed and are not done; of weeks and days nobody keeps count."""
        if self._recurrence.every not in {"week", "day"}:
            yield from (one for one in self._in_year(day.year, day) if one < day and self._open(one))

    def _open(self, day: date) -> bool:
        return self._first <= day <= self._last and not self._is_done(day)

    def _in_year(self, year: int, day: date) -> Iterator[date]:
        every, due = self._recurrence.every, self._recurrence.due
        if every in {"week", "day"}:
            left = -(day.weekday() + 1) % _DAYS_OF_WEEK if every == "week" else 0
            yield date.fromordinal(min(day.toordinal() + left, date.max.toordinal()))
        elif self._span > 1:
            if (year - self._anchor + 1) % self._span == 0:
                yield date(year, _MONTHS_OF_YEAR, 31)
        elif every == "month":
            yield from (_day(year, month, int(one)) for month in range(1, 13) for one in due or ("31",))
        elif due:
            yield from (_day(year, int(one[:2]), int(one[3:])) for one in due)
        else:
            step = _MONTHS.get(every, _MONTHS_OF_YEAR)
            yield from (_day(year, month, 31) for month in range(step, 13, step))

    def _is_done(self, day: date) -> bool:
        """Whether a period that was reported done holds the day, or ends just before it."""
        if not self._done:
            return False
        unit = _MONTHS.get(self._recurrence.every, _MONTHS_OF_YEAR)
        first_month = (day.month - 1) % unit == 0
        meant = day - timedelta(days=_EARLY_DAYS) if first_month and day.day <= _EARLY_DAYS else day
        return any(_holds(period, meant) for period in self._done)


def _day(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def _holds(period: str, day: date) -> bool:
    try:
        key = parse_target_key(period)
    except PhraseError:
        return False
    name = key.period or ""
    months = {"Q": 3, "H": 6, "9": 9}.get(name[:1], 1) if name and not name.isdecimal() else 1 if name else 12
    end = last_day(key.year, key.period)
    return day.year == key.year and end.month - months < day.month <= end.month
