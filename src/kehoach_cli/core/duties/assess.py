"""The one assessment of tasks: the state of a task on a day, and the column in which every count and table puts it.

The classes are those of the official follow-up reports (done on time or late, open in time or overdue). One is our own: a task
without any submission is never called "chưa hoàn thành".
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from kehoach_cli.core.duties.living import living_members
from kehoach_cli.core.model.agency import Agency, Directory
from kehoach_cli.core.model.plan import ConditionKind, Plan, Task
from kehoach_cli.core.model.progress import Extension, Paper, Status, Submission, SubmittedMilestone, SubmittedTask


class Timeliness(StrEnum):
    """Whether a task is on time, as far as the submissions tell."""

    ON_TIME = "on_time"
    LATE = "late"
    UNDATED = "undated"
    IN_TIME = "in_time"
    OVERDUE = "overdue"
    UNREPORTED = "unreported"
    NOT_YET = "not_yet"
    SUSPENDED = "suspended"
    NONE = "none"


class CountColumn(StrEnum):
    """The eleven columns in which tasks are counted. Every task is in exactly one, so they add up to the total."""

    ON_TIME = "on_time"
    LATE = "late"
    UNDATED = "undated"
    IN_TIME = "in_time"
    OVERDUE = "overdue"
    NOT_YET = "not_yet"
    ONGOING = "ongoing"
    WAITING = "waiting"
    CARRIED = "carried"
    DROPPED = "dropped"
    UNREPORTED = "unreported"


DONE = frozenset({CountColumn.ON_TIME, CountColumn.LATE, CountColumn.UNDATED})


class State(Struct, frozen=True):
    """The state of a task.

    `deadline` includes an extension. Of the `leads` bodies in charge `reported` have given a status. Groups of bodies, and the
    bodies that only the main text of a decision names, never hold a task up: of them `others` have given a status, of `members`
    that there are (0: not known). `answered` is False if no lead has sent an entry; `aside` are the other bodies that did.
    `days` is how late the task is. With `undecided` it was reported as carried over or dropped, without the document for it;
    `requested` is an extension that was reported without one, and moves nothing.
    """

    status: Status | None
    timeliness: Timeliness
    deadline: date | None
    extension: Extension | None = None
    completed: date | None = None
    reported: int = 0
    leads: int = 0
    others: int = 0
    members: int = 0
    answered: bool = False
    aside: int = 0
    days: int = 0
    undecided: bool = False
    requested: Extension | None = None

    @property
    def column(self) -> CountColumn:
        """The column in which the task is counted, the first that fits: dropped, carried, done, not begun and so on."""
        if self.status is Status.DONE:
            return self._done_column()
        timeliness = self.timeliness
        fits = (
            (self.closed, CountColumn.CARRIED if self.status is Status.CARRIED else CountColumn.DROPPED),
            (timeliness is Timeliness.NOT_YET, CountColumn.NOT_YET),
            (not self.answered, CountColumn.UNREPORTED),
            (timeliness is Timeliness.OVERDUE, CountColumn.OVERDUE),
            (timeliness is Timeliness.SUSPENDED or self.status in _HALTED, CountColumn.WAITING),
            (self.status is Status.ONGOING, CountColumn.ONGOING),
        )
        return next((column for fit, column in fits if fit), CountColumn.IN_TIME)

    @property
    def closed(self) -> bool:
        """Whether nothing is left to do: the task is done, carried over or dropped."""
        return self.status in _CLOSED and not self.undecided

    def _done_column(self) -> CountColumn:
        # A task without a deadline cannot be late; only its day of completion may be missing.
        if self.timeliness is Timeliness.NONE:
            return CountColumn.ON_TIME if self.completed else CountColumn.UNDATED
        return CountColumn(self.timeliness.value)


class Finished(Struct, frozen=True):
    """What of a task is done: the periods of a recurring one ("2026-Q1", "2026"), and the joint state of milestones by number."""

    periods: frozenset[str] = frozenset()
    steps: dict[int, SubmittedMilestone] = field(default_factory=dict)

    @property
    def milestones(self) -> frozenset[int]:
        """The milestones that every body in charge says are done."""
        return frozenset(number for number, step in self.steps.items() if step.status is Status.DONE)


_NOTHING = Finished()


# From the least to the most advanced; with several leads the least advanced one decides.
_ADVANCE = {
    status: rank
    for rank, status in enumerate(
        (
            Status.NOT_STARTED,
            Status.WAITING,
            Status.PAUSED,
            Status.IN_PROGRESS,
            Status.ONGOING,
            Status.CARRIED,
            Status.DROPPED,
            Status.DONE,
        )
    )
}
_CLOSED = frozenset({Status.DONE, Status.CARRIED, Status.DROPPED})
_DECIDED = frozenset({Status.CARRIED, Status.DROPPED})
_HALTED = frozenset({Status.WAITING, Status.PAUSED})
_PARTS_OF_YEAR = frozenset({"half", "quarter", "month"})


# A submission, and what it says of a task.
Said: TypeAlias = tuple[Submission, SubmittedTask]


class TaskStates:
    """The states of tasks, from all submissions of a workspace."""

    def __init__(self, directory: Directory, submissions: Iterable[Submission]) -> None:
        """Sort the submissions by cutoff."""
        self._directory = directory
        self._sent: dict[tuple[str, str], list[Said]] = {}
        self._living: dict[tuple[str, str, date], frozenset[str]] = {}
        for submission in sorted(submissions, key=lambda item: item.order):
            for task_id, entry in submission.tasks.items():
                self._sent.setdefault((submission.plan, task_id), []).append((submission, entry))

    def state(self, plan: Plan, task: Task, as_of: date) -> State:
        """Return the state of `task` on the day `as_of`, from submissions with a cutoff up to it."""
        if task.withdrawn and task.withdrawn.since <= as_of:
            return State(Status.DROPPED, Timeliness.NONE, task.deadline, answered=True)
        sent = self.said(plan, task, as_of)
        leads = task.lead or tuple(body for clause in plan.clauses_for(task) for body in clause.agencies)
        named = [lead for lead in leads if not self._is_group(plan, lead)]
        bearers = [bearer for lead in named for bearer in self._bearers(task, lead)]
        if leads and not named and (word := self._settlement(plan, sent)):
            members = self._members(plan, leads, task, as_of)
            return _state(task, [word], as_of, _Voices(members=members, answered=True, whole=True))
        if not sent:
            members = self._members(plan, leads, task, as_of)
            return _state(task, [], as_of, _Voices(leads=len(bearers), members=members))
        heard = [self._spoken(plan, sent, bearer) for bearer in bearers]
        spoken = [_standing(entries) for entries in heard]
        others = [_standing(entries) for entries in self._others(plan, task, sent, leads)]
        members = self._members(plan, leads, task, as_of)
        answered = any(heard) or bool(others)
        voices = _Voices(
            reported=_statuses(spoken),
            leads=len(bearers),
            others=_statuses(others),
            members=members,
            answered=answered,
            whole=any(one.agency in leads and self._is_group(plan, one.agency) for one, _ in sent),
            aside=0 if answered else len({one.agency for one, _ in sent}),
        )
        return _state(task, spoken if voices.reported else [*spoken, *others], as_of, voices)

    def may_settle(self, plan: Plan, submission: Submission) -> bool:
        """Whether the sender coordinates the plan, itself or as the heir of the body that the plan names."""
        sender, coordinator = submission.agency, plan.coordinator
        return coordinator in self._names_of(plan, sender) or sender in self._names_of(plan, coordinator)

    def led_by_groups(self, plan: Plan, task: Task) -> bool:
        """Whether groups alone lead a task."""
        leads = task.lead or tuple(body for clause in plan.clauses_for(task) for body in clause.agencies)
        return bool(leads) and all(self._is_group(plan, lead) for lead in leads)

    def _settlement(self, plan: Plan, sent: Iterable[Said]) -> SubmittedTask | None:
        """Return the coordinator's last word on a task that groups lead."""
        words = [entry for one, entry in sent if entry.settled and entry.status and self.may_settle(plan, one)]
        return words[-1] if words else None

    def own_state(self, plan: Plan, task: Task, unit: Agency, as_of: date) -> State:
        """Return the state of a unit's own work on a task, whoever else leads it."""
        return self.state(
            plan, replace(task, lead=(self._directory.ref(plan.province, unit),), now={}, body=None), as_of
        )

    def _others(
        self, plan: Plan, task: Task, sent: tuple[Said, ...], leads: tuple[str, ...]
    ) -> list[list[SubmittedTask]]:
        """Return the entries, by sender, of those who lead a task but never hold it up.

        They are the members of groups, the bodies that only the main text of a decision names, and whoever answers a task that
        names no lead, or an open group of leads. A group's own entry stands for its members.
        """
        groups = frozenset(lead for lead in leads if self._is_group(plan, lead))
        own = [entry for submission, entry in sent if submission.agency in groups]
        if own:
            return [own]
        added = frozenset(task.body.lead if task.body else ())
        anybody = not leads or any(self._is_open(plan, group) for group in groups)
        by_sender: dict[str, list[SubmittedTask]] = {}
        for submission, entry in sent:
            names = self._names_of(plan, submission.agency)
            if names.intersection(leads):
                continue
            within = {group.id for group in self._directory.groups_of(plan.province, names)}
            if (anybody and not names.intersection(task.support)) or added & names or within & (groups | added):
                by_sender.setdefault(submission.agency, []).append(entry)
        return list(by_sender.values())

    def _names_of(self, plan: Plan, agency_id: str) -> frozenset[str]:
        """Return the ids of a body and of those whose duties it took over."""
        agency = self._directory.get(plan.province, agency_id)
        return frozenset((agency_id, *(self._directory.predecessors(agency, plan.province) if agency else ())))

    def _members(self, plan: Plan, leads: tuple[str, ...], task: Task, as_of: date) -> int:
        """Return how many bodies stand behind the groups that lead a task; 0 if that is not known."""
        groups = (*(lead for lead in leads if self._is_group(plan, lead)), *(task.body.lead if task.body else ()))
        found: set[str] = set()
        for group in groups:
            key = (plan.province, group, as_of)
            if key not in self._living:
                self._living[key] = living_members(self._directory, plan.province, group, as_of)
            if not self._living[key]:
                return 0
            found |= self._living[key]
        return len(found.difference(leads))

    def _bearers(self, task: Task, lead: str) -> list[tuple[str, str]]:
        """Return (named lead, body in charge) pairs: the lead itself, or each heir of a split lead."""
        return [(lead, heir.agency) for heir in task.now.get(lead, ())] or [(lead, lead)]

    def _spoken(self, plan: Plan, sent: tuple[Said, ...], bearer: tuple[str, str]) -> list[SubmittedTask]:
        """Return the entries that count for a bearer, oldest first; of one cutoff the entry of the named body comes last."""
        heard = [one for one in sent if self._speaks_for(plan, one[0], bearer)]
        return [entry for _, entry in sorted(heard, key=lambda one: (one[0].cutoff, one[0].agency == bearer[0]))]

    def _speaks_for(self, plan: Plan, submission: Submission, bearer: tuple[str, str]) -> bool:
        """Whether a submission counts for a bearer: it is from the named body, or from an heir after it took over."""
        lead, borne_by = bearer
        if submission.agency == lead:
            return True
        if submission.agency == borne_by:
            return self._since(plan, submission, lead, borne_by)
        return self._took_over(plan, submission, borne_by) or (
            lead == borne_by and self._precedes(plan, submission.agency, lead)
        )

    def _took_over(self, plan: Plan, submission: Submission, old: str) -> bool:
        """Whether the sender has all duties of `old` at the submission's cutoff."""
        sender = self._directory.get(plan.province, submission.agency)
        chain = self._directory.predecessors(sender, plan.province).get(old) if sender else None
        if sender is None or chain is None:
            return False
        return all(self._since(plan, submission, old, new) for old, new in pairwise((*chain, submission.agency)))

    def _since(self, plan: Plan, submission: Submission, old: str, new: str) -> bool:
        """Whether `new` had taken over from `old` at the submission's cutoff; an unknown day counts as earlier."""
        succession = self._directory.succession(plan.province, old, new)
        return succession is None or succession.since is None or submission.cutoff >= succession.since

    def _precedes(self, plan: Plan, old: str, lead: str) -> bool:
        agency = self._directory.get(plan.province, lead)
        return agency is not None and old in self._directory.predecessors(agency, plan.province)

    def finished(self, plan: Plan, task: Task, as_of: date) -> Finished:
        """Return what of a task is done by `as_of`: what every body in charge says is done.

        Where groups alone are in charge, only the group's own submission counts, and what the coordinator settles.
        """
        sent = self.said(plan, task, as_of)
        if not sent:
            return _NOTHING
        leads = task.lead or tuple(body for clause in plan.clauses_for(task) for body in clause.agencies)
        single = [lead for lead in leads if not self._is_group(plan, lead)]
        heard = [
            [one for one in sent if self._speaks_for(plan, one[0], bearer)]
            for lead in single
            for bearer in self._bearers(task, lead)
        ] or [[one for one in sent if one[0].agency in leads or (one[1].settled and self.may_settle(plan, one[0]))]]
        part = task.schedule.recurrence is not None and task.schedule.recurrence.every in _PARTS_OF_YEAR
        periods = frozenset.intersection(*(_periods(said, part=part) for said in heard))
        return Finished(periods, _joint_steps([_steps(said) for said in heard]))

    def said(self, plan: Plan, task: Task, as_of: date) -> tuple[Said, ...]:
        """Return what submissions with a cutoff up to `as_of` say of a task, oldest first."""
        return tuple(one for one in self._sent.get((plan.id, task.id), ()) if one[0].cutoff <= as_of)

    def _is_group(self, plan: Plan, agency_id: str) -> bool:
        agency = self._directory.get(plan.province, agency_id)
        return agency is not None and agency.group

    def _is_open(self, plan: Plan, agency_id: str) -> bool:
        agency = self._directory.get(plan.province, agency_id)
        return agency is not None and agency.open


class _Voices(Struct, frozen=True):
    """Who was asked and who answered: the counts of `State`. `whole`: a group has answered as such, for all its members."""

    reported: int = 0
    leads: int = 0
    others: int = 0
    members: int = 0
    answered: bool = False
    aside: int = 0
    whole: bool = False

    @property
    def complete(self) -> bool:
        """Whether everybody has given a status: the named leads, or all members of a group that leads alone."""
        if self.leads:
            return self.reported == self.leads
        return self.whole or 0 < self.members == self.others


def _statuses(entries: Iterable[SubmittedTask]) -> int:
    return sum(entry.status is not None for entry in entries)


def _state(task: Task, entries: list[SubmittedTask], as_of: date, voices: _Voices) -> State:
    """Return the joint state of the entries that count, one for each body."""
    statuses = [entry.status for entry in entries if entry.status is not None]
    status = _joint_status(statuses, everybody=voices.complete)
    extension = _latest_extension(entries, granted=True)
    deadline = extension.to if extension else task.deadline
    completed = _completed(status, entries)
    undecided = status in _DECIDED and not any(_is_decided(entry) for entry in entries if entry.status is status)
    suspended = _waits(task) and any(entry.condition_met is False for entry in entries)
    closed = status in _CLOSED and not undecided
    timeliness = _timeliness(_Course(task, status, completed, deadline, closed, suspended, voices.answered), as_of)
    return State(
        status,
        timeliness,
        deadline,
        extension,
        completed,
        voices.reported,
        voices.leads,
        voices.others,
        voices.members,
        voices.answered,
        voices.aside,
        _days_late(timeliness, deadline, completed or as_of),
        undecided,
        _latest_extension(entries, granted=False) if not extension and status is not Status.DONE else None,
    )


def _is_decided(entry: SubmittedTask) -> bool:
    """Whether an entry that gives a task up names the dated document that allows it, or is the coordinator's word."""
    return bool(entry.settled) or any(paper.dated is not None for paper in entry.documents)


def _days_late(timeliness: Timeliness, deadline: date | None, until: date) -> int:
    late = timeliness in {Timeliness.LATE, Timeliness.OVERDUE, Timeliness.UNREPORTED}
    return (until - deadline).days if late and deadline else 0


def _standing(entries: Iterable[SubmittedTask]) -> SubmittedTask:
    """Return the sum of these entries, oldest first: a later one replaces only the fields that it gives."""
    standing = SubmittedTask()
    for entry in entries:
        standing = SubmittedTask(
            status=entry.status or standing.status,
            documents=_latest_documents(entry, standing),
            completed=entry.completed or (standing.completed if entry.status in {None, standing.status} else None),
            extension=_standing_extension(entry.extension, standing.extension),
            condition_met=standing.condition_met if entry.condition_met is None else entry.condition_met,
        )
    return standing


def _standing_extension(new: Extension | None, standing: Extension | None) -> Extension | None:
    """Return the extension that stands: one that has no document does not take the place of one that has."""
    if new is None or (standing and standing.granted and not new.granted):
        return standing
    return new


def _latest_documents(entry: SubmittedTask, standing: SubmittedTask) -> tuple[Paper, ...]:
    """Return the documents behind a status: an entry without a new status adds its own."""
    same = entry.status in {None, standing.status}
    return (*standing.documents, *entry.documents) if same else entry.documents


def _periods(said: Iterable[Said], *, part: bool) -> frozenset[str]:
    """Return the periods for which one body says that a recurring duty is done.

    A duty that comes back within the year (`part`) is done for the period reported on, another one for the year.
    """
    found: set[str] = set()
    for submission, entry in said:
        own = submission.period.key if part else str(submission.year)
        found |= {*entry.done_for, *([own] if entry.done_this_year else ())}
    return frozenset(found)


def _steps(said: Iterable[Said]) -> dict[int, SubmittedMilestone]:
    """Return the last word of one body on each milestone."""
    return {number: step for _, entry in said for number, step in entry.milestones.items() if step.status}


def _joint_steps(heard: list[dict[int, SubmittedMilestone]]) -> dict[int, SubmittedMilestone]:
    """Return the joint state of each milestone: done when every body says so, on the latest of their days."""
    joint = {}
    for number in sorted({number for steps in heard for number in steps}):
        spoken = [steps[number] for steps in heard if number in steps]
        statuses = [step.status for step in spoken if step.status]
        status = _joint_status(statuses, everybody=len(statuses) == len(heard))
        days = [step.completed for step in spoken if step.completed]
        whole = status is Status.DONE and len(days) == len(spoken)
        joint[number] = SubmittedMilestone(status, max(days) if whole else None)
    return joint


def _joint_status(statuses: list[Status], *, everybody: bool) -> Status | None:
    least = min(statuses, key=_ADVANCE.__getitem__, default=None)
    return Status.IN_PROGRESS if least is Status.DONE and not everybody else least


def _latest_extension(entries: Iterable[SubmittedTask], *, granted: bool) -> Extension | None:
    # A deadline that nobody with the power to do so has moved stays where it is.
    extensions = [entry.extension for entry in entries if entry.extension and entry.extension.granted is granted]
    return max(extensions, key=lambda extension: extension.to, default=None)


def _completed(status: Status | None, entries: Iterable[SubmittedTask]) -> date | None:
    days = [entry.completed for entry in entries]
    if status is not Status.DONE or any(day is None for day in days):
        return None
    return max((day for day in days if day), default=None)


def _waits(task: Task) -> bool:
    return any(condition.kind is ConditionKind.AFTER and condition.dash is None for condition in task.conditions)


class _Course(Struct, frozen=True):
    """What decides whether a task is on time."""

    task: Task
    status: Status | None
    completed: date | None
    deadline: date | None
    closed: bool
    suspended: bool
    answered: bool


def _timeliness(course: _Course, as_of: date) -> Timeliness:
    schedule, deadline = course.task.schedule, course.deadline
    begins = schedule.starts or (date(schedule.start, 1, 1) if schedule.start else date.min)
    if course.status is Status.DONE and deadline:
        return done_timeliness(course.completed, deadline)
    if course.closed:
        return Timeliness.NONE
    if course.suspended:
        return Timeliness.SUSPENDED
    if as_of < begins and course.status in {None, Status.NOT_STARTED}:
        return Timeliness.NOT_YET
    if deadline is None:
        return Timeliness.NONE
    if as_of <= deadline:
        return Timeliness.IN_TIME
    return Timeliness.OVERDUE if course.answered else Timeliness.UNREPORTED


def done_timeliness(completed: date | None, deadline: date) -> Timeliness:
    """Return whether what was completed on a day (None: not known) was on time."""
    if completed is None:
        return Timeliness.UNDATED
    return Timeliness.ON_TIME if completed <= deadline else Timeliness.LATE
