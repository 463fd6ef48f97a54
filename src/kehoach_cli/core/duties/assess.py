"""The state of a task at a day: what was reported, and whether that is on time.

The counting follows the two levels of the official follow-up reports (done on time / late, open in time / overdue), with the
tool's own addition that a task nobody reported is never called "chưa hoàn thành".
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import TypeAlias

from msgspec import Struct

from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.plan import ConditionKind, Plan, Task
from kehoach_cli.core.model.progress import Extension, Status, Submission, TaskReport


class Timeliness(StrEnum):
    """Whether a task is on time, as far as anybody reported."""

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
    """A task's state; `deadline` is the moved one where an extension was reported, `reported` of `leads` named leads reported."""

    status: Status | None
    timeliness: Timeliness
    deadline: date | None
    extension: Extension | None = None
    completed: date | None = None
    reported: int = 0
    leads: int = 0


# From the least to the most advanced; a task of several leads stands where its last one stands.
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


_Entry: TypeAlias = tuple[Submission, TaskReport]


class Reports:
    """All submissions of a workspace, asked task by task."""

    def __init__(self, directory: Directory, submissions: Iterable[Submission]) -> None:
        """Order the submissions so that the latest cutoff comes last."""
        self._directory = directory
        self._entries: dict[tuple[str, str], list[_Entry]] = {}
        for submission in sorted(submissions, key=lambda item: (item.cutoff, item.file)):
            for task_id, report in submission.tasks.items():
                self._entries.setdefault((submission.plan, task_id), []).append((submission, report))

    def state(self, plan: Plan, task: Task, as_of: date) -> State:
        """Return the state of `task` on the day `as_of`, from reports whose cutoff is not later."""
        if task.withdrawn and task.withdrawn.since <= as_of:
            return State(Status.DROPPED, Timeliness.NONE, task.deadline)
        entries = [entry for entry in self._entries.get((plan.id, task.id), ()) if entry[0].cutoff <= as_of]
        leads = task.lead or tuple(body for clause in plan.clauses_for(task) for body in clause.agencies)
        if not entries:
            single = [lead for lead in leads if not self._is_group(plan, lead)]
            bearing = sum(len(task.now.get(lead, ())) or 1 for lead in single)
            timeliness = _timeliness(task, None, None, task.deadline, as_of, suspended=False)
            return State(None, timeliness, task.deadline, leads=bearing)
        bearers = [bearer for lead in leads if not self._is_group(plan, lead) for bearer in self._bearers(task, lead)]
        spoken = [_standing(self._spoken(plan, entries, bearer)) for bearer in bearers]
        statuses = [report.status for report in spoken if report.status is not None]
        status = _joint_status(statuses, everybody=len(statuses) == len(bearers))
        if not bearers:
            spoken = self._group_reports(plan, entries, leads)
            status = spoken[0].status if spoken else None
        extension = _latest_extension(spoken)
        deadline = extension.to if extension else task.deadline
        completed = _completed(status, spoken)
        unmet = any(report.condition_met is False for report in spoken)
        timeliness = _timeliness(task, status, completed, deadline, as_of, suspended=unmet and _waits(task))
        reported = sum(report.status is not None for report in spoken)
        return State(status, timeliness, deadline, extension, completed, reported, len(bearers))

    def _bearers(self, task: Task, lead: str) -> list[tuple[str, str]]:
        """Return (named lead, who bears it): the lead itself, or each of today's heirs of a split one."""
        return [(lead, heir.agency) for heir in task.now.get(lead, ())] or [(lead, lead)]

    def _spoken(self, plan: Plan, entries: list[_Entry], bearer: tuple[str, str]) -> list[TaskReport]:
        """Return the reports that count for a bearer, oldest first; at one cutoff the body named has the last word."""
        heard = [entry for entry in entries if self._speaks_for(plan, entry[0], bearer)]
        return [
            report for _, report in sorted(heard, key=lambda entry: (entry[0].cutoff, entry[0].agency == bearer[0]))
        ]

    def _speaks_for(self, plan: Plan, submission: Submission, bearer: tuple[str, str]) -> bool:
        """Whether a submission counts for a bearer: from the body named, or from an heir since it took over."""
        lead, borne_by = bearer
        if submission.agency == lead:
            return True
        if submission.agency == borne_by:
            return self._since(plan, submission, lead, borne_by)
        return self._took_over(plan, submission, borne_by) or (
            lead == borne_by and self._precedes(plan, submission.agency, lead)
        )

    def _took_over(self, plan: Plan, submission: Submission, old: str) -> bool:
        """Whether the sender has the undivided duties of `old` at its cutoff."""
        sender = self._directory.get(plan.province, submission.agency)
        chain = self._directory.predecessors(sender).get(old) if sender else None
        if sender is None or chain is None:
            return False
        return all(self._since(plan, submission, old, new) for old, new in pairwise((*chain, sender.id)))

    def _since(self, plan: Plan, submission: Submission, old: str, new: str) -> bool:
        """Whether `new` had taken over from `old` at the submission's cutoff; an unknown day counts as past."""
        succession = self._directory.succession(plan.province, old, new)
        return succession is None or succession.since is None or submission.cutoff >= succession.since

    def _precedes(self, plan: Plan, old: str, lead: str) -> bool:
        agency = self._directory.get(plan.province, lead)
        return agency is not None and old in self._directory.predecessors(agency)

    def _group_reports(self, plan: Plan, entries: list[_Entry], groups: tuple[str, ...]) -> list[TaskReport]:
        """Return where a task led by groups stands: what a group itself reports; else what its members do, never done by one."""
        own = [report for submission, report in entries if submission.agency in groups]
        if own:
            return [_standing(own)]
        by_member: dict[str, list[TaskReport]] = {}
        for submission, report in entries:
            sender = self._directory.get(plan.province, submission.agency)
            senders = (submission.agency, *(self._directory.predecessors(sender) if sender else ()))
            if {group.id for group in self._directory.groups_of(plan.province, senders)}.intersection(groups):
                by_member.setdefault(submission.agency, []).append(report)
        members = [_standing(found) for found in by_member.values()]
        statuses = [report.status for report in members if report.status is not None]
        joint = _joint_status(statuses, everybody=False)
        unmet = [report.condition_met for report in members if report.condition_met is not None]
        return [TaskReport(joint, extension=_latest_extension(members), condition_met=all(unmet) if unmet else None)]

    def _is_group(self, plan: Plan, agency_id: str) -> bool:
        agency = self._directory.get(plan.province, agency_id)
        return agency is not None and agency.group


def _standing(reports: Iterable[TaskReport]) -> TaskReport:
    """Return what holds after these entries, oldest first: each later one replaces what it says anew, and nothing else."""
    standing = TaskReport()
    for report in reports:
        standing = TaskReport(
            status=report.status or standing.status,
            completed=report.completed or (standing.completed if report.status in {None, standing.status} else None),
            extension=report.extension or standing.extension,
            condition_met=standing.condition_met if report.condition_met is None else report.condition_met,
        )
    return standing


def _joint_status(statuses: list[Status], *, everybody: bool) -> Status | None:
    least = min(statuses, key=_ADVANCE.__getitem__, default=None)
    return Status.IN_PROGRESS if least is Status.DONE and not everybody else least


def _latest_extension(reports: Iterable[TaskReport]) -> Extension | None:
    extensions = [report.extension for report in reports if report.extension]
    return max(extensions, key=lambda extension: extension.to, default=None)


def _completed(status: Status | None, reports: Iterable[TaskReport]) -> date | None:
    days = [report.completed for report in reports]
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
