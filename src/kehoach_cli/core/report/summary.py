"""How many tasks were due in a period and how many were done on time: by agency, by plan or by section of the plans.

The rating of agencies asks for these counts, with dates and documents (Nghị định 335/2025/NĐ-CP); points are not computed here.
The table by agency judges each body by its own answers; all other tables, and every total, take the joint state of a task.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from kehoach_cli.core.duties.assess import State, TaskStates, Timeliness
from kehoach_cli.core.duties.bodies import bearer_at
from kehoach_cli.core.duties.coverage import speaks_for, voice
from kehoach_cli.core.duties.led_parts import LedPart, bearer_name, led_parts, part_state
from kehoach_cli.core.duties.living import living_members
from kehoach_cli.core.duties.match import LEAD
from kehoach_cli.core.model.agency import CENTRAL, Agency, Directory
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Plan, Task, TaskKind
from kehoach_cli.core.model.progress import Paper, Status, Submission, SubmittedTask
from kehoach_cli.core.report.places import heading_place


class By(StrEnum):
    """What a line of the summary stands for."""

    AGENCY = "agency"
    PLAN = "plan"
    SECTION = "section"


class Class(StrEnum):
    """Where a task is counted in a period. The first seven are due in it and add up to `due`; the others stand apart."""

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    DONE_UNDATED = "done_undated"
    OVERDUE = "overdue"
    UNREPORTED = "unreported"
    IN_TIME = "in_time"
    SUSPENDED = "suspended"
    CARRIED_IN = "carried_in"
    CARRIED = "carried"
    DROPPED = "dropped"


DUE = (
    Class.DONE_ON_TIME,
    Class.DONE_LATE,
    Class.DONE_UNDATED,
    Class.OVERDUE,
    Class.UNREPORTED,
    Class.IN_TIME,
    Class.SUSPENDED,
)
_BY_TIMELINESS = {
    Timeliness.ON_TIME: Class.DONE_ON_TIME,
    Timeliness.LATE: Class.DONE_LATE,
    Timeliness.UNDATED: Class.DONE_UNDATED,
    Timeliness.OVERDUE: Class.OVERDUE,
    Timeliness.UNREPORTED: Class.UNREPORTED,
    Timeliness.IN_TIME: Class.IN_TIME,
    # A task whose time has not begun is not late either.
    Timeliness.NOT_YET: Class.IN_TIME,
    Timeliness.SUSPENDED: Class.SUSPENDED,
}


class SummaryQuery(Struct, frozen=True):
    """What is asked: the tasks of `plans` in a period, as known on the day `as_of`; with `agencies`, only what these lead.

    `agencies` holds one body for each province that has a body of the name asked.
    """

    by: By
    period: Period
    as_of: date
    plans: tuple[Plan, ...]
    agencies: tuple[Agency, ...] = ()


class Counts(Struct, frozen=True):
    """The counts of a line; each task is counted once in it. `assigned` are all its tasks, due in the period or not."""

    assigned: int
    done_on_time: int
    done_late: int
    done_undated: int
    overdue: int
    unreported: int
    in_time: int
    suspended: int
    carried_in: int
    carried: int
    dropped: int

    def of(self, one: Class) -> int:
        """Return the count of a class."""
        number: int = getattr(self, one.value)
        return number

    @property
    def due(self) -> int:
        """The tasks with a deadline in the period, without those that a document carried over or dropped."""
        return self.judged + self.in_time + self.suspended

    @property
    def done(self) -> int:
        """The tasks due in the period that are done."""
        return self.done_on_time + self.done_late + self.done_undated

    @property
    def on_time_rate(self) -> float | None:
        """The share, 0 to 1, of tasks done on time among those done or past their deadline; None where there are none."""
        return self.done_on_time / self.judged if self.judged else None

    @property
    def completion_rate(self) -> float | None:
        """The share, 0 to 1, of tasks done among those done or past their deadline; None where there are none."""
        return self.done / self.judged if self.judged else None

    @property
    def judged(self) -> int:
        """The tasks due in the period that are done or past their deadline."""
        return self.done + self.overdue + self.unreported


class SentAnswer(Struct, frozen=True):
    """A submission that says something of a task: from whom, its cutoff and the day it was sent."""

    agency: str
    cutoff: date
    submitted: date | None


class SummaryRow(Struct, frozen=True):
    """A task on a line, its state, and where it is counted (None: nothing of it belongs to the period).

    `lead` names who leads it; `papers` are the documents that the submissions `sent` on it name.
    """

    plan: Plan
    task: Task
    state: State
    counted: Class | None
    lead: str = ""
    papers: tuple[Paper, ...] = ()
    sent: tuple[SentAnswer, ...] = ()

    @property
    def ref(self) -> str:
        """The reference people write: `kh-176/PL2.III.1`."""
        return f"{self.plan.id}/{self.task.id}"


class SummaryLine(Struct, frozen=True, dict=True):
    """One agency, plan or section. `key` is its id, None for tasks without a lead or heading.

    `body` is the agency itself: its id alone may stand for one in each province. Of a group's `members` (0: not known)
    `answered` have said something of these tasks; both are None for all others.
    """

    key: str | None
    name: str
    rows: tuple[SummaryRow, ...]
    answered: int | None = None
    members: int | None = None
    body: Agency | None = None

    @cached_property
    def counts(self) -> Counts:
        """The counts of the line."""
        return count(self.rows)

    @property
    def evidence(self) -> tuple[SummaryRow, ...]:
        """The tasks that belong to the period: those due in it, then the others, by deadline."""
        rows = [row for row in self.rows if row.counted]
        return tuple(sorted(rows, key=lambda row: (row.counted not in DUE, row.state.deadline or date.max)))


class Summary(Struct, frozen=True):
    """The answer: lines, and the total, in which each task is counted once."""

    query: SummaryQuery
    lines: tuple[SummaryLine, ...]
    total: SummaryLine


def count(rows: Iterable[SummaryRow]) -> Counts:
    """Return the counts of rows."""
    classes = [row.counted for row in rows]
    return Counts(len(classes), **{one.value: classes.count(one) for one in Class})


def summarize(catalogue: Catalogue, query: SummaryQuery) -> Summary:
    """Return the summary of the tasks of the plans; duties of the part "Tổ chức thực hiện" are not counted."""
    writer = _Counter(catalogue, query)
    rows = [(plan, task) for plan in query.plans for task in plan.tasks if task.kind is not TaskKind.ORGANISATION]
    if query.agencies:
        return writer.of_agencies(rows)
    total = [writer.row(plan, task) for plan, task in rows]
    if query.by is By.AGENCY:
        return Summary(query, tuple(writer.by_body(rows)), _total(total))
    return Summary(query, tuple(_by_place(query, total)), _total(total))


def asked_units(directory: Directory, query: SummaryQuery) -> Iterator[tuple[Plan, Agency]]:
    """Yield for each plan the body asked for: the one that has its duties on the day, in the plan's province."""
    for plan in query.plans:
        if agency := next((one for one in query.agencies if directory.concerns(one, plan.province)), None):
            bearer = bearer_at(directory, agency.province, agency.id, query.as_of)
            yield plan, bearer.agency if bearer else agency


class _Counter:
    """Counts tasks: the state of each part of a task, where it belongs in the period, and what proves it."""

    def __init__(self, catalogue: Catalogue, query: SummaryQuery) -> None:
        self._directory = catalogue.directory
        self._query = query
        self._states = TaskStates(catalogue.directory, catalogue.submissions)
        # What was known when the period began; of a period to come nothing more than today.
        self._before = min(date.fromordinal(query.period.first_day.toordinal() - 1), query.as_of)
        self._entries: dict[tuple[str, str], list[tuple[Submission, SubmittedTask]]] = {}
        for one in sorted(catalogue.submissions, key=lambda one: one.order):
            if one.cutoff <= query.as_of:
                for task_id, entry in one.tasks.items():
                    self._entries.setdefault((one.plan, task_id), []).append((one, entry))

    def row(self, plan: Plan, task: Task, part: LedPart | None = None) -> SummaryRow:
        """Return a task with its joint state, or with the state of one body's part."""
        state = self._state(plan, task, part, self._query.as_of)
        counted = self._counted(plan, task, part, state)
        if counted is None:
            return SummaryRow(plan, task, state, None)
        entries = self._heard(plan, task, part)
        papers = dict.fromkeys(paper for _, entry in entries for paper in (*entry.documents, *_settled_by(entry)))
        sent = {
            one.agency: SentAnswer(self._directory.name(plan.province, one.agency), one.cutoff, one.submitted)
            for one, _ in entries
        }
        return SummaryRow(plan, task, state, counted, self._lead(plan, task), tuple(papers), tuple(sent.values()))

    def by_body(self, rows: Iterable[tuple[Plan, Task]]) -> Iterator[SummaryLine]:
        """Yield a line for each body that leads a task on the day, in the order of its first task."""
        led: dict[Agency | str, list[tuple[Plan, LedPart, SummaryRow]]] = {}
        for plan, task in rows:
            for part in led_parts(self._directory, plan, task, self._query.as_of):
                agency = self._directory.get(plan.province, part.bearer) if part.bearer else None
                led.setdefault(agency or part.bearer, []).append((plan, part, self.row(plan, task, part)))
        several = _several_provinces(body for body in led if isinstance(body, Agency))
        for body, some in led.items():
            yield self._line(body, some, several=several)

    def of_agencies(self, rows: Iterable[tuple[Plan, Task]]) -> Summary:
        """Return the summary of what the bodies asked for lead, by name or as members of a group, from their own answers."""
        units = {plan.id: unit for plan, unit in asked_units(self._directory, self._query)}
        found: dict[Agency, list[tuple[Plan, LedPart, SummaryRow]]] = {}
        for plan, task in rows:
            unit = units.get(plan.id)
            reached = self._own_part(plan, task, unit) if unit else None
            if reached is None:
                continue
            body, part, asked = reached
            row = self.row(plan, task, asked)
            if body is unit or row.state.answered or not self._is_limited(plan, task, part):
                found.setdefault(body, []).append((plan, part, row))
        total = [row for some in found.values() for _, _, row in some]
        if self._query.by is not By.AGENCY:
            return Summary(self._query, tuple(_by_place(self._query, total)), _total(total))
        several = _several_provinces(found)
        own = set(units.values())
        lines = [self._line(body, some, several=several, shared=body not in own) for body, some in found.items()]
        return Summary(self._query, tuple(lines), _total(total))

    def _own_part(self, plan: Plan, task: Task, unit: Agency) -> tuple[Agency, LedPart, LedPart] | None:
        """Return through which body a task is the unit's, that body's part, and the part whose state counts; None: not its."""
        parts = led_parts(self._directory, plan, task, self._query.as_of)
        ref = self._directory.ref(plan.province, unit)
        own = next((part for part in parts if part.bearer == ref), None)
        if own:
            return unit, own, own
        names = (ref, *self._directory.predecessors(unit, plan.province))
        groups = {group.id: group for group in self._directory.groups_of(plan.province, names)}
        part = next((part for part in parts if part.bearer in groups), None)
        return (groups[part.bearer], part, LedPart(ref, (ref,))) if part else None

    def _is_limited(self, plan: Plan, task: Task, part: LedPart) -> bool:
        """Whether "có liên quan" leaves it to the members of a group whether a task concerns them."""
        group = self._directory.get(plan.province, part.bearer)
        return (group is not None and group.limited) or any((LEAD, one) in task.limited for one in part.named)

    def _line(
        self,
        body: Agency | str,
        found: list[tuple[Plan, LedPart, SummaryRow]],
        *,
        several: bool,
        shared: bool = False,
    ) -> SummaryLine:
        """Return the line of a body; `several`: its province is needed; `shared`: the part of one member in a group's tasks."""
        plan, first, _ = found[0]
        named = tuple(dict.fromkeys(one for _, part, _ in found for one in part.named))
        name = bearer_name(self._directory, plan.province, LedPart(first.bearer, named), self._query.as_of)
        rows = tuple(row for _, _, row in found)
        if not isinstance(body, Agency):
            return SummaryLine(body or None, name, rows)
        key = body.id
        if several and body.province != CENTRAL:
            key, name = f"{body.province}/{body.id}", f"{self._directory.registries[body.province].name}: {name}"
        if not body.group:
            return SummaryLine(key, name, rows, body=body)
        if shared:
            return SummaryLine(key, f"Giao chung: {name}", rows, body=body)
        members = living_members(self._directory, plan.province, first.bearer, self._query.as_of)
        return SummaryLine(key, name, rows, self._answered(found, body), len(members), body)

    def _answered(self, found: list[tuple[Plan, LedPart, SummaryRow]], group: Agency) -> int:
        """Return how many members of a group have given a status for one of its tasks."""
        return len(
            {
                voice(self._directory, plan.province, one.agency)
                for plan, _, row in found
                for one, entry in self._entries.get((plan.id, row.task.id), ())
                if entry.status and speaks_for(self._directory, plan.province, one.agency, group)
            }
        )

    def _lead(self, plan: Plan, task: Task) -> str:
        day = self._query.as_of
        parts = led_parts(self._directory, plan, task, day)
        return "; ".join(bearer_name(self._directory, plan.province, part, day) for part in parts)

    def _state(self, plan: Plan, task: Task, part: LedPart | None, day: date) -> State:
        return part_state(self._states, plan, task, part, day) if part else self._states.state(plan, task, day)

    def _counted(self, plan: Plan, task: Task, part: LedPart | None, state: State) -> Class | None:
        """Return where a task is counted."""
        period, deadline = self._query.period, state.deadline
        if deadline is None or deadline > period.last_day:
            return None
        if deadline < period.first_day:
            return Class.CARRIED_IN if self._was_open(plan, task, part, state) else None
        if state.closed and state.status is not Status.DONE:
            return Class.CARRIED if state.status is Status.CARRIED else Class.DROPPED
        return _BY_TIMELINESS[state.timeliness]

    def _was_open(self, plan: Plan, task: Task, part: LedPart | None, state: State) -> bool:
        """Whether a task was open when the period began, as is known now: a day of completion counts, whenever it was told."""
        if not state.closed:
            return True
        if state.status is Status.DONE and state.completed:
            return state.completed >= self._query.period.first_day
        return not self._state(plan, task, part, self._before).closed

    def _heard(self, plan: Plan, task: Task, part: LedPart | None) -> list[tuple[Submission, SubmittedTask]]:
        """Return the entries on a task, oldest first; for a part those of its body."""
        entries = self._entries.get((plan.id, task.id), [])
        unit = self._directory.get(plan.province, part.bearer) if part and part.bearer else None
        if unit is None:
            return entries
        return [
            (one, entry)
            for one, entry in entries
            if speaks_for(self._directory, plan.province, one.agency, unit) or (unit.group and entry.settled)
        ]


def _several_provinces(bodies: Iterable[Agency]) -> bool:
    return len({body.province for body in bodies} - {CENTRAL}) > 1


def _settled_by(entry: SubmittedTask) -> tuple[Paper, ...]:
    """Return the document by which the coordinator settles a task of a group."""
    return (Paper(entry.settled),) if entry.settled else ()


def _total(rows: Iterable[SummaryRow]) -> SummaryLine:
    return SummaryLine(None, "Tổng", tuple(rows))


def _by_place(query: SummaryQuery, rows: Iterable[SummaryRow]) -> Iterator[SummaryLine]:
    """Yield a line for each plan, or for each of its headings with tasks, in the order of the plans."""
    found: dict[tuple[str, str | None], list[SummaryRow]] = {}
    for row in rows:
        found.setdefault((row.plan.id, row.task.section if query.by is By.SECTION else None), []).append(row)
    for (plan_id, section_id), some in found.items():
        if query.by is By.PLAN:
            yield SummaryLine(plan_id, some[0].plan.document.cite, tuple(some))
        else:
            key = f"{plan_id}/{section_id}" if section_id else None
            yield SummaryLine(key, _heading(some[0].plan, section_id, plans=len(query.plans)), tuple(some))


def _heading(plan: Plan, section_id: str | None, *, plans: int) -> str:
    """Return a heading of a plan; of several plans each with its id."""
    section = plan.section(section_id)
    place = heading_place(section_id).removesuffix(" của Kế hoạch") or "Không thuộc mục nào"
    text = f"{place}: {section.title}" if section and section.title else place
    return f"{plan.id}, {text[:1].lower()}{text[1:]}" if plans > 1 else text
