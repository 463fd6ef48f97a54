"""The days that one agency has to keep: deadlines and milestones of its tasks, and the days of its reports.

Open and recurring tasks have no day and give nothing. A task is told by the agency's own answer, as everywhere where one agency
asks. An item keeps its id when its day moves; what was dropped says so as long as its day has not passed.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from msgspec import Struct

from kehoach_cli.core.amend.words import moved_text
from kehoach_cli.core.check.wording import plain_state_text, state_text
from kehoach_cli.core.duties.assess import State, TaskStates
from kehoach_cli.core.duties.coverage import speaks_for
from kehoach_cli.core.duties.due_dates import MilestoneState
from kehoach_cli.core.duties.led_parts import led_parts, part_state
from kehoach_cli.core.duties.match import LEAD, Match, Matcher
from kehoach_cli.core.duties.owed import report_due, senders
from kehoach_cli.core.duties.select import TaskRow, task_row
from kehoach_cli.core.model.agency import Agency, Directory
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.period import Period, periods_in
from kehoach_cli.core.model.plan import Plan, Task
from kehoach_cli.core.model.progress import Status
from kehoach_cli.core.report.bodies import body_at
from kehoach_cli.core.report.letterhead import coordinator_routing, unit_routing
from kehoach_cli.core.report.model import Routing
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.number import rounded

_LONGEST_TITLE = 90
_OWN_REPORT, _JOINT_REPORT = "bao-cao", "bao-cao-tong-hop"


class AgendaItem(Struct, frozen=True):
    """One day. `uid` names the duty and never its day; `lines` say what to do and how many days are left.

    `warned` is False for what is done: nobody needs an alarm. `cancelled`: the duty was dropped. `moved` is how often a document
    has moved the day.
    """

    uid: str
    day: date
    title: str
    lines: tuple[str, ...]
    category: str
    warned: bool = True
    cancelled: bool = False
    moved: int = 0


class AgendaQuery(Struct, frozen=True):
    """What is asked: the agency in each province that has it, the plans, and the day on which it is asked.

    With `whole`, rows that a group or a general clause gives to the agency are there too; `role` keeps one role.
    """

    agencies: tuple[Agency, ...]
    plans: tuple[Plan, ...]
    as_of: date
    role: str | None = None
    whole: bool = False


def agenda(catalogue: Catalogue, query: AgendaQuery, match_text: Callable[[Match], str]) -> tuple[AgendaItem, ...]:
    """Return the days of an agency in order; `match_text` words why a row concerns it."""
    found = [
        item
        for agency in query.agencies
        for plan in query.plans
        if catalogue.directory.concerns(agency, plan.province)
        for item in _PlanAgenda(catalogue, query, plan, agency, match_text).items()
    ]
    return tuple(sorted(found, key=lambda item: (item.day, item.uid)))


def placed_name(directory: Directory, agency: Agency) -> str:
    """Return the name of an agency with its province."""
    registry = directory.registries.get(agency.province)
    return f"{agency.name} ({registry.name})" if registry else agency.name


class _PlanAgenda(Struct, frozen=True):
    """The days of one agency in one plan."""

    catalogue: Catalogue
    query: AgendaQuery
    plan: Plan
    agency: Agency
    match_text: Callable[[Match], str]

    def items(self) -> Iterator[AgendaItem]:
        """Yield the days of tasks, then those of reports."""
        directory, plan = self.catalogue.directory, self.plan
        states = TaskStates(directory, self.catalogue.submissions)
        matcher = Matcher(directory, plan.province, self.agency)
        for task in plan.tasks:
            matches = matcher.task(plan, task)
            kept = tuple(match for match in matches if self.query.role in {None, match.role})
            if any(match.own or self.query.whole for match in kept):
                yield from self._task(task_row(plan, task, kept, states, self.query.as_of), states)
        if self.query.role in {None, LEAD}:
            yield from self._reports()

    def _task(self, row: TaskRow, states: TaskStates) -> Iterator[AgendaItem]:
        own = self._own_state(row.task, states) or row.state
        steps = row.due.steps
        dropped = own.closed and own.status in {Status.DROPPED, Status.CARRIED}
        for step in steps:
            done = step.status is Status.DONE or own.closed
            if not done or step.milestone.deadline >= self.query.as_of:
                yield self._step(row, step, done=done, dropped=dropped)
        over = own.closed and own.deadline is not None and own.deadline < self.query.as_of
        if own.deadline is None or over or own.deadline in {step.milestone.deadline for step in steps}:
            return
        said = states.said(self.plan, row.task, self.query.as_of)
        moves = {moved.to for _, entry in said if (moved := entry.extension) and moved.granted}
        yield AgendaItem(
            self._uid(row.task.id),
            own.deadline,
            self._title("Hạn", row.task.text, row.task.id),
            (*self._about(row), _deadline_text(row.task, own), self._standing(own, own.deadline)),
            self.plan.id,
            warned=not own.closed,
            cancelled=dropped,
            moved=len(moves),
        )

    def _own_state(self, task: Task, states: TaskStates) -> State | None:
        """Return the state of the agency's own part of a task; None where it leads none."""
        me = self.catalogue.directory.ref(self.plan.province, self.agency)
        parts = led_parts(self.catalogue.directory, self.plan, task, self.query.as_of)
        part = next((one for one in parts if one.bearer == me), None)
        return part_state(states, self.plan, task, part, self.query.as_of) if part else None

    def _step(self, row: TaskRow, step: MilestoneState, *, done: bool, dropped: bool) -> AgendaItem:
        state = "đã xong" if done else f"chưa xong, {self._left(step.milestone.deadline)}"
        return AgendaItem(
            self._uid(f"{row.task.id}.moc-{step.number}"),
            step.milestone.deadline,
            self._title("Mốc", step.milestone.text, row.task.id),
            (*self._about(row), f"Mốc {step.number}: {step.milestone.text}", self._told(state)),
            self.plan.id,
            warned=not done,
            cancelled=dropped,
        )

    def _reports(self) -> Iterator[AgendaItem]:
        for year in (self.query.as_of.year, self.query.as_of.year + 1):
            for period in periods_in(year) if self.plan.period.covers(year) else ():
                yield from filter(None, map(partial(self._report, period), (self._as_unit, self._as_coordinator)))

    def _report(self, period: Period, asked: Callable[[Period], tuple[date, Routing, str] | None]) -> AgendaItem | None:
        found = asked(period)
        if found is None:
            return None
        day, routing, key = found
        # Whether the coordinator's report went out nobody tells kehoach.
        sent = key == _OWN_REPORT and self._has_sent(period)
        if sent and day < self.query.as_of:
            return None
        whom = "; ".join(one.name for one in routing.recipients)
        lines = (
            f"Gửi báo cáo {period.full_text} thực hiện {self.plan.document.cite}",
            *self._whose(),
            *((f"Nơi nhận: {whom}",) if whom else ()),
            *((f"Quy định của kế hoạch: {routing.due_text} (mục {routing.source})",) if routing.due_text else ()),
            self._told("đã gửi" if sent else self._left(day)),
        )
        title = f"Hạn gửi báo cáo {period.full_text} ({self.plan.id})"
        return AgendaItem(self._uid(f"{key}-{period.key}"), day, title, lines, self.plan.id, warned=not sent)

    def _has_sent(self, period: Period) -> bool:
        """Whether the agency has sent a submission for the period."""
        return any(
            (one.plan, one.period) == (self.plan.id, period)
            and not one.silent
            and speaks_for(self.catalogue.directory, self.plan.province, one.agency, self.agency)
            for one in self.catalogue.submissions
        )

    def _as_unit(self, period: Period) -> tuple[date, Routing, str] | None:
        day = report_due(self.plan, period)
        if day is None:
            return None
        found = senders(self.plan, self.catalogue, period, self.query.as_of, self.agency)
        if not any(one.required and one.agency == self.agency for one in found):
            return None
        return (
            day,
            unit_routing(self.plan, self.catalogue.directory, self.agency, period, self.query.as_of),
            _OWN_REPORT,
        )

    def _as_coordinator(self, period: Period) -> tuple[date, Routing, str] | None:
        directory = self.catalogue.directory
        routing = coordinator_routing(self.plan, directory, period, self.query.as_of)
        writer = routing.drafter or routing.sender
        me = body_at(directory, self.plan.province, directory.ref(self.plan.province, self.agency), self.query.as_of)
        if routing.due is None or writer.id != me.id:
            return None
        return routing.due, routing, _JOINT_REPORT

    # -- words ---------------------------------------------------------------------------------------------------------------

    def _uid(self, row_id: str) -> str:
        return f"{self.plan.id}.{row_id}.{self.plan.province}.{self.agency.id}@kehoach"

    def _title(self, word: str, text: str, row_id: str) -> str:
        text = text.removeprefix("- ")
        short = text if len(text) <= _LONGEST_TITLE else f"{text[:_LONGEST_TITLE].rsplit(' ', 1)[0]}…"
        return f"{word}: {short} ({self.plan.id}/{row_id})"

    def _about(self, row: TaskRow) -> tuple[str, ...]:
        why = "; ".join(dict.fromkeys(map(self.match_text, row.matches)))
        return (
            row.task.text,
            *self._whose(),
            f"Vai trò: {why}",
            f"Kế hoạch: {self.plan.document.cite}",
            f"Mã: {row.ref}",
        )

    def _whose(self) -> Iterator[str]:
        """Yield of which province the agency is, where the name asked stands for one in each of several."""
        if len({one.province for one in self.query.agencies}) > 1:
            yield f"Cơ quan: {placed_name(self.catalogue.directory, self.agency)}"

    def _standing(self, state: State, day: date) -> str:
        if state.closed:
            return self._told(plain_state_text(state))
        # How late it is stands behind the state already.
        return self._told(state_text(state) if state.days else f"{plain_state_text(state)}; {self._left(day)}")

    def _told(self, text: str) -> str:
        return f"Ngày {format_date(self.query.as_of)}: {text}"

    def _left(self, day: date) -> str:
        days = (day - self.query.as_of).days
        if days == 0:
            return "đến hạn hôm nay"
        return f"còn {rounded(days)} ngày" if days > 0 else f"đã qua {rounded(-days)} ngày"


def _deadline_text(task: Task, state: State) -> str:
    moved = state.extension
    was = moved_text(task.schedule)
    if state.deadline is None:
        return f"Thời hạn: {task.schedule.text}{was}"
    if moved is None:
        return f"Thời hạn: {format_date(state.deadline)}{was} (kế hoạch ghi: {task.schedule.text})"
    before = f"; thời hạn theo Kế hoạch: {format_date(task.deadline)}" if task.deadline else ""
    return f"Thời hạn: {format_date(state.deadline)} (gia hạn theo {moved.document}{before})"
