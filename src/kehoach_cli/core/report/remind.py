"""What each agency is to be reminded of on a day: what falls due, what is late, and what is missing in its submission.

Nobody is reminded of rows without a day, of rows that wait for an event, or of what the log says was said already. Bodies that no
longer exist are reminded through their heirs, and the coordinator never reminds itself.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.check.wording import plain_state_text
from kehoach_cli.core.duties.assess import State, TaskStates, Timeliness
from kehoach_cli.core.duties.coverage import Coverage, Sent, coverage
from kehoach_cli.core.duties.due_dates import DueDates, due_dates
from kehoach_cli.core.duties.led_parts import led_parts
from kehoach_cli.core.duties.living import has_ended, living_members
from kehoach_cli.core.duties.match import Matcher
from kehoach_cli.core.duties.owed import Asked, Owed, asked, owed, settled
from kehoach_cli.core.model.agency import Agency, Directory
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Indicator, Plan, Task
from kehoach_cli.core.model.reminder_log import Reminded, ReminderLog, ReminderStep, step_of
from kehoach_cli.core.notation.schedule import ScheduleKind
from kehoach_cli.core.report.bodies import body_at
from kehoach_cli.core.report.compile import is_coordinator
from kehoach_cli.core.report.model import Body

# Who waits for guidance, or has not begun, is not hurried.
_WAITING = frozenset({Timeliness.SUSPENDED, Timeliness.NOT_YET})
_REPORT = "report"


class DueItem(Struct, frozen=True):
    """A task, or one milestone of it (`step_text`), that is due in `days` (negative: so many days late)."""

    task: Task
    day: date
    days: int
    step: ReminderStep
    word: str
    step_text: str = ""

    @property
    def key(self) -> str:
        """How the log names it: a task whose deadline is moved begins its ladder anew."""
        return f"{self.task.id}@{self.day.isoformat()}"


class ReportItem(Struct, frozen=True):
    """The submission of the period itself: awaited, missing, or sent and refused for `reasons`.

    `due` is the plan's last day for it (None: the plan names none), `asked_by` the document that asks for it where the plan does
    not.
    """

    state: Sent
    due: date | None
    days: int | None
    step: ReminderStep
    indicators: int
    tasks: int
    reasons: tuple[str, ...] = ()
    asked_by: str | None = None


class Reminder(Struct, frozen=True):
    """What one body is reminded of, for one plan. `agency` is its id as the plan's province knows it.

    A body that has sent a submission is reminded of the `values` and the `stale` tasks that it left out. `reports` is False if
    no report of the period is asked of it and it has sent none.
    """

    unit: Agency
    agency: str
    whom: Body
    sender: Body
    plan: Plan
    period: Period
    upcoming: tuple[DueItem, ...] = ()
    late: tuple[DueItem, ...] = ()
    report: ReportItem | None = None
    values: tuple[Indicator, ...] = ()
    stale: tuple[Task, ...] = ()
    reports: bool = True

    @property
    def said(self) -> tuple[tuple[ReminderStep, str], ...]:
        """The steps and the rows, as the log keeps them."""
        found = [(item.step, item.key) for item in (*self.upcoming, *self.late)]
        if self.report:
            found.append((self.report.step, self.row_key(_REPORT)))
        missing = [*(row.id for row in self.values), *(task.id for task in self.stale)]
        return (*found, *((ReminderStep.LATE, self.row_key(row)) for row in missing))

    def logged(self, time: str, day: date) -> tuple[Reminded, ...]:
        """Return the lines of the log that say that it was sent, one for each step."""
        rows: dict[ReminderStep, list[str]] = {}
        for step, row in self.said:
            rows.setdefault(step, []).append(row)
        return tuple(
            Reminded(time, day, self.agency, self.plan.id, self.period.key, step, tuple(some))
            for step, some in rows.items()
        )

    def row_key(self, row: str) -> str:
        """How the log names what belongs to the submission of the period."""
        return f"{row}@{self.period.key}"


class RemindQuery(Struct, frozen=True):
    """What is asked: the plans, the period of the submissions, the day, and the bodies (none: all)."""

    plans: tuple[Plan, ...]
    period: Period
    as_of: date
    agencies: tuple[Agency, ...] = ()


class Reminders(Struct, frozen=True):
    """The reminders, by body; `before` counts what the log holds back, `notes` say whom nobody can remind."""

    items: tuple[Reminder, ...]
    before: int
    notes: tuple[str, ...]


def reminders(catalogue: Catalogue, query: RemindQuery, log: ReminderLog) -> Reminders:
    """Return what every body is to be reminded of, of what the log does not hold back."""
    found: dict[tuple[str, str], list[Reminder]] = {}
    notes: list[str] = []
    before = 0
    for plan in query.plans:
        for whole in _PlanReminders(catalogue, query, plan, notes).all():
            left = _not_yet_said(whole, log, query.as_of)
            before += len(whole.said) - len(left.said)
            if left.said:
                found.setdefault((left.unit.province, left.unit.id), []).append(left)
    return Reminders(tuple(one for some in found.values() for one in some), before, tuple(dict.fromkeys(notes)))


def _not_yet_said(whole: Reminder, log: ReminderLog, day: date) -> Reminder:
    def new(step: ReminderStep, key: str) -> bool:
        return log.due(whole.agency, whole.plan.id, step, key, day)

    return replace(
        whole,
        upcoming=tuple(item for item in whole.upcoming if new(item.step, item.key)),
        late=tuple(item for item in whole.late if new(item.step, item.key)),
        report=whole.report if whole.report and new(whole.report.step, whole.row_key(_REPORT)) else None,
        values=tuple(row for row in whole.values if new(ReminderStep.LATE, whole.row_key(row.id))),
        stale=tuple(row for row in whole.stale if new(ReminderStep.LATE, whole.row_key(row.id))),
    )


class _PlanReminders:
    """The reminders of one plan."""

    def __init__(self, catalogue: Catalogue, query: RemindQuery, plan: Plan, notes: list[str]) -> None:
        self._directory: Directory = catalogue.directory
        self._plan, self._period, self._day = plan, query.period, query.as_of
        self._agencies = query.agencies
        self._notes = notes
        self._states = TaskStates(catalogue.directory, catalogue.submissions)
        self._asked: Asked = asked(plan, query.period, settled(plan, catalogue, query.period))
        self._covered = next(iter(coverage(catalogue, query.period, query.as_of, frozenset({plan.id}))), None)

    def all(self) -> Iterator[Reminder]:
        """Yield a reminder for each body that has something to be reminded of, but the coordinator."""
        sender = body_at(self._directory, self._plan.province, self._plan.coordinator, self._day)
        for unit, covered in self._units():
            if self._is_wanted(unit) and not is_coordinator(self._directory, self._plan, unit, self._day):
                reminder = self._reminder(unit, sender, covered)
                if reminder.said:
                    yield reminder

    def _units(self) -> Iterator[tuple[Agency, Coverage | None]]:
        """Yield who may be reminded: the senders of submissions, then the other bodies that lead a task today."""
        rows = {row.sender.agency: row for row in self._covered.rows} if self._covered else {}
        yield from rows.items()
        leading = dict.fromkeys(body for task, _ in self._asked.tasks for body in self._bodies(task))
        for agency in leading:
            if agency not in rows:
                yield agency, None

    def _bodies(self, task: Task) -> Iterator[Agency]:
        """Yield the bodies that lead a task today: of a group its members, as far as they are known."""
        province = self._plan.province
        for part in led_parts(self._directory, self._plan, task, self._day):
            agency = self._directory.get(province, part.bearer) if part.bearer else None
            if agency is None or agency.open:
                continue
            if members := living_members(self._directory, province, part.bearer, self._day):
                yield from (one for member in sorted(members) if (one := self._directory.get(province, member)))
            elif agency.group:
                yield agency
            elif task.deadline:
                self._notes.append(
                    f"{self._plan.id}: {agency.name} không còn hoạt động, chưa rõ cơ quan tiếp nhận; không nhắc được."
                )

    def _is_wanted(self, unit: Agency) -> bool:
        if has_ended(unit, self._day):
            return False
        return not self._agencies or any((one.province, one.id) == (unit.province, unit.id) for one in self._agencies)

    def _reminder(self, unit: Agency, sender: Body, covered: Coverage | None) -> Reminder:
        province = self._plan.province
        duties = covered.sender.owed if covered else owed(self._asked, Matcher(self._directory, province, unit))
        items = tuple(self._items(unit, duties))
        open_rows = frozenset(covered.unanswered) if covered and covered.submissions else frozenset()
        return Reminder(
            unit=unit,
            agency=self._directory.ref(province, unit),
            whom=body_at(self._directory, province, self._directory.ref(province, unit), self._day),
            sender=sender,
            plan=self._plan,
            period=self._period,
            upcoming=tuple(sorted((one for one in items if one.days >= 0), key=lambda one: one.days)),
            late=tuple(sorted((one for one in items if one.days < 0), key=lambda one: one.days)),
            report=self._report(covered) if covered else None,
            values=tuple(row for row in duties.indicators if row.id in open_rows),
            stale=tuple(task for task, _ in duties.tasks if task.id in open_rows),
            reports=bool(covered and (covered.sender.required or covered.submissions)),
        )

    def _items(self, unit: Agency, duties: Owed) -> Iterator[DueItem]:
        """Yield the tasks of a unit that fall due soon or are late, by its own answers."""
        firm = frozenset(duties.ids)
        ref = self._directory.ref(self._plan.province, unit)
        for task, _ in duties.tasks:
            if task.id not in firm or task.schedule.kind is ScheduleKind.EVENT:
                continue
            own = replace(task, lead=(ref,), now={}, body=None)
            state = self._states.state(self._plan, own, self._day)
            if state.closed or state.timeliness in _WAITING:
                continue
            finished = self._states.finished(self._plan, own, self._day)
            yield from self._due(task, state, due_dates(self._plan, task, state, finished, self._day))

    def _due(self, task: Task, state: State, due: DueDates) -> Iterator[DueItem]:
        word = plain_state_text(state)
        milestones = {step.deadline: step.text for step in task.schedule.milestones}
        days = [step.deadline for step in due.overdue]
        if state.days and state.deadline not in days and state.deadline:
            days.append(state.deadline)
        if due.next_due and due.next_due >= self._day and self._is_dated(task, state):
            days.append(due.next_due)
        for day in dict.fromkeys(days):
            left = (day - self._day).days
            if step := step_of(left):
                yield DueItem(task, day, left, step, word, milestones.get(day, ""))

    def _is_dated(self, task: Task, state: State) -> bool:
        """Whether the plan gives a day: what comes back "hằng năm" without one is no deadline."""
        recurrence = task.schedule.recurrence
        return bool(state.deadline or task.schedule.milestones or (recurrence and recurrence.due))

    def _report(self, covered: Coverage) -> ReportItem | None:
        """Return the submission of the period where it is asked for and not there, or was refused."""
        due = self._covered.due if self._covered else None
        days = (due - self._day).days if due else None
        if covered.state is Sent.REFUSED:
            step: ReminderStep | None = ReminderStep.LATE
        elif covered.state is Sent.AWAITED and days is not None:
            step = step_of(days)
        else:
            over = due is not None or self._day > self._period.last_day
            step = ReminderStep.LATE if covered.state is Sent.MISSING and over else None
        if step is None:
            return None
        duties = covered.sender.owed
        rule = self._covered.rule if self._covered else None
        return ReportItem(
            state=covered.state,
            due=due,
            days=days,
            step=step,
            indicators=len(duties.indicators),
            tasks=len(duties.ids) - len(duties.indicators),
            reasons=tuple(dict.fromkeys(one.reason for one in covered.refused)),
            asked_by=rule.document_asking(self._period.kind) if rule else None,
        )


def by_body(found: Iterable[Reminder]) -> Iterator[tuple[Agency, tuple[Reminder, ...]]]:
    """Yield each body with its reminders, one for each plan."""
    bodies: dict[Agency, list[Reminder]] = {}
    for one in found:
        bodies.setdefault(one.unit, []).append(one)
    for unit, some in bodies.items():
        yield unit, tuple(some)
