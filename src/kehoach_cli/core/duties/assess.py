"""The state of a task on a day: its status in the submissions, and whether it is on time.

The classes are those of the official follow-up reports (done on time or late, open in time or overdue). One is our own: a task
without any submission is never called "chưa hoàn thành".
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import TypeAlias

from msgspec import Struct

from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.plan import ConditionKind, Plan, Task
from kehoach_cli.core.model.progress import Extension, Status, Submission, SubmittedTask


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


class State(Struct, frozen=True):
    """The state of a task. `deadline` includes an extension; `reported` of the `leads` bodies in charge have given a status."""

    status: Status | None
    timeliness: Timeliness
    deadline: date | None
    extension: Extension | None = None
    completed: date | None = None
    reported: int = 0
    leads: int = 0


class Finished(Struct, frozen=True):
    """What of a task is done: its milestones by number, and the periods of a recurring one ("2026-Q1", "2026")."""

    milestones: frozenset[int] = frozenset()
    periods: frozenset[str] = frozenset()


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
CLOSED = frozenset({Status.DONE, Status.CARRIED, Status.DROPPED})


_Sent: TypeAlias = tuple[Submission, SubmittedTask]


class TaskStates:
    """The states of tasks, from all submissions of a workspace."""

    def __init__(self, directory: Directory, submissions: Iterable[Submission]) -> None:
        """Sort the submissions by cutoff."""
        self._directory = directory
        self._sent: dict[tuple[str, str], list[_Sent]] = {}
        for submission in sorted(submissions, key=lambda item: (item.cutoff, item.file)):
            for task_id, entry in submission.tasks.items():
                self._sent.setdefault((submission.plan, task_id), []).append((submission, entry))

    def state(self, plan: Plan, task: Task, as_of: date) -> State:
        """Return the state of `task` on the day `as_of`, from submissions with a cutoff up to it."""
        if task.withdrawn and task.withdrawn.since <= as_of:
            return State(Status.DROPPED, Timeliness.NONE, task.deadline)
        sent = [one for one in self._sent.get((plan.id, task.id), ()) if one[0].cutoff <= as_of]
        leads = task.lead or tuple(body for clause in plan.clauses_for(task) for body in clause.agencies)
        if not sent:
            single = [lead for lead in leads if not self._is_group(plan, lead)]
            bearing = sum(len(task.now.get(lead, ())) or 1 for lead in single)
            timeliness = _timeliness(task, None, None, task.deadline, as_of, suspended=False)
            return State(None, timeliness, task.deadline, leads=bearing)
        bearers = [bearer for lead in leads if not self._is_group(plan, lead) for bearer in self._bearers(task, lead)]
        spoken = [_standing(self._spoken(plan, sent, bearer)) for bearer in bearers]
        statuses = [entry.status for entry in spoken if entry.status is not None]
        status = _joint_status(statuses, everybody=len(statuses) == len(bearers))
        if not bearers:
            spoken = self._group_entries(plan, sent, leads)
            status = spoken[0].status if spoken else None
        extension = _latest_extension(spoken)
        deadline = extension.to if extension else task.deadline
        completed = _completed(status, spoken)
        unmet = any(entry.condition_met is False for entry in spoken)
        timeliness = _timeliness(task, status, completed, deadline, as_of, suspended=unmet and _waits(task))
        reported = sum(entry.status is not None for entry in spoken)
        return State(status, timeliness, deadline, extension, completed, reported, len(bearers))

    def _bearers(self, task: Task, lead: str) -> list[tuple[str, str]]:
        """Return (named lead, body in charge) pairs: the lead itself, or each heir of a split lead."""
        return [(lead, heir.agency) for heir in task.now.get(lead, ())] or [(lead, lead)]

    def _spoken(self, plan: Plan, sent: list[_Sent], bearer: tuple[str, str]) -> list[SubmittedTask]:
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

    def _group_entries(self, plan: Plan, sent: list[_Sent], groups: tuple[str, ...]) -> list[SubmittedTask]:
        """Return the state of a task led by groups: a group's own entry, else those of members, who never make it done alone."""
        own = [entry for submission, entry in sent if submission.agency in groups]
        if own:
            return [_standing(own)]
        by_member: dict[str, list[SubmittedTask]] = {}
        for submission, entry in sent:
            sender = self._directory.get(plan.province, submission.agency)
            senders = (submission.agency, *(self._directory.predecessors(sender, plan.province) if sender else ()))
            if {group.id for group in self._directory.groups_of(plan.province, senders)}.intersection(groups):
                by_member.setdefault(submission.agency, []).append(entry)
        members = [_standing(found) for found in by_member.values()]
        statuses = [entry.status for entry in members if entry.status is not None]
        joint = _joint_status(statuses, everybody=False)
        unmet = [entry.condition_met for entry in members if entry.condition_met is not None]
        return [SubmittedTask(joint, extension=_latest_extension(members), condition_met=all(unmet) if unmet else None)]

    def finished(self, plan: Plan, task: Task, as_of: date) -> Finished:
        """Return what of a task is done by `as_of`: what every body in charge says is done.

        Where groups alone are in charge, only the group's own submission counts.
        """
        sent = [one for one in self._sent.get((plan.id, task.id), ()) if one[0].cutoff <= as_of]
        if not sent:
            return _NOTHING
        leads = task.lead or tuple(body for clause in plan.clauses_for(task) for body in clause.agencies)
        single = [lead for lead in leads if not self._is_group(plan, lead)]
        heard = [
            [one for one in sent if self._speaks_for(plan, one[0], bearer)]
            for lead in single
            for bearer in self._bearers(task, lead)
        ] or [[one for one in sent if one[0].agency in leads]]
        found = [_finished(said) for said in heard]
        return Finished(
            frozenset.intersection(*(one.milestones for one in found)),
            frozenset.intersection(*(one.periods for one in found)),
        )

    def _is_group(self, plan: Plan, agency_id: str) -> bool:
        agency = self._directory.get(plan.province, agency_id)
        return agency is not None and agency.group


def _standing(entries: Iterable[SubmittedTask]) -> SubmittedTask:
    """Return the sum of these entries, oldest first: a later one replaces only the fields that it gives."""
    standing = SubmittedTask()
    for entry in entries:
        standing = SubmittedTask(
            status=entry.status or standing.status,
            completed=entry.completed or (standing.completed if entry.status in {None, standing.status} else None),
            extension=entry.extension or standing.extension,
            condition_met=standing.condition_met if entry.condition_met is None else entry.condition_met,
        )
    return standing


def _finished(said: Iterable[_Sent]) -> Finished:
    """Return what one body says is done; of a milestone its last word counts."""
    steps: dict[int, bool] = {}
    periods: set[str] = set()
    for submission, entry in said:
        steps |= {number: one.status is Status.DONE for number, one in entry.milestones.items() if one.status}
        periods |= {*entry.done_for, *([str(submission.year)] if entry.done_this_year else ())}
    return Finished(frozenset(number for number, done in steps.items() if done), frozenset(periods))


def _joint_status(statuses: list[Status], *, everybody: bool) -> Status | None:
    least = min(statuses, key=_ADVANCE.__getitem__, default=None)
    return Status.IN_PROGRESS if least is Status.DONE and not everybody else least


def _latest_extension(entries: Iterable[SubmittedTask]) -> Extension | None:
    extensions = [entry.extension for entry in entries if entry.extension]
    return max(extensions, key=lambda extension: extension.to, default=None)


def _completed(status: Status | None, entries: Iterable[SubmittedTask]) -> date | None:
    days = [entry.completed for entry in entries]
    if status is not Status.DONE or any(day is None for day in days):
        return None
    return max((day for day in days if day), default=None)


def _waits(task: Task) -> bool:
    return any(condition.kind is ConditionKind.AFTER and condition.dash is None for condition in task.conditions)


def _timeliness(
    task: Task, status: Status | None, completed: date | None, deadline: date | None, as_of: date, *, suspended: bool
) -> Timeliness:
    start = task.schedule.start
    if status is Status.DONE and deadline:
        return (
            Timeliness.UNDATED
            if completed is None
            else Timeliness.ON_TIME
            if completed <= deadline
            else Timeliness.LATE
        )
    if status in CLOSED:
        return Timeliness.NONE
    if suspended:
        return Timeliness.SUSPENDED
    if start is not None and as_of < date(start, 1, 1) and status in {None, Status.NOT_STARTED}:
        return Timeliness.NOT_YET
    if deadline is None:
        return Timeliness.NONE
    if as_of <= deadline:
        return Timeliness.IN_TIME
    return Timeliness.UNREPORTED if status is None else Timeliness.OVERDUE
