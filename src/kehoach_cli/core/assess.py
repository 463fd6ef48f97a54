"""The state of a task at a day: what was reported, and whether that is on time.

The counting follows the two levels of the official follow-up reports (done on time / late, open in time / overdue), with the
tool's own addition that a task nobody reported is never called "chưa hoàn thành".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kehoach_cli.core.agency import Directory
from kehoach_cli.core.plan import ConditionKind, Plan, Task
from kehoach_cli.core.progress import Extension, Status, Submission, TaskReport


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


@dataclass(frozen=True, slots=True)
class State:
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
_CLOSED = frozenset({Status.DONE, Status.CARRIED, Status.DROPPED})


class Reports:
    """All submissions of a workspace, asked task by task."""

    def __init__(self, directory: Directory, submissions: Iterable[Submission]) -> None:
        """Order the submissions so that the latest cutoff comes last."""
        self._directory = directory
        self._entries: dict[tuple[str, str], list[tuple[Submission, TaskReport]]] = {}
        for submission in sorted(submissions, key=lambda item: (item.cutoff, item.file)):
            for task_id, report in submission.tasks.items():
                self._entries.setdefault((submission.plan, task_id), []).append((submission, report))

    def state(self, plan: Plan, task: Task, as_of: date) -> State:
        """Return the state of `task` on the day `as_of`, from reports whose cutoff is not later."""
        entries = [
            (submission.agency, report)
            for submission, report in self._entries.get((plan.id, task.id), ())
            if submission.cutoff <= as_of
        ]
        bearers = self._bearers(plan, task)
        # Without a lead of its own (a group, a general clause) a task stands where those who reported stand.
        spoken = [
            [report for agency, report in entries if self._speaks_for(plan, agency, bearer)] for bearer in bearers
        ] or [
            [report for agency, report in entries if agency == reporter]
            for reporter in dict.fromkeys(agency for agency, _ in entries)
        ]
        reports = [_standing(found) for found in spoken]
        statuses = [report.status for report in reports if report.status is not None]
        status = _joint_status(statuses, everybody=len(statuses) == len(reports))
        extension = _standing([report for _, report in entries]).extension
        deadline = extension.to if extension else task.deadline
        completed = _completed(status, reports)
        unmet = any(report.condition_met is False for report in reports)
        timeliness = _timeliness(task, status, completed, deadline, as_of, suspended=unmet and _waits(task))
        return State(status, timeliness, deadline, extension, completed, len(statuses), len(bearers))

    def _bearers(self, plan: Plan, task: Task) -> list[tuple[str, str]]:
        """Return (named lead, who bears it): the lead itself, or each of today's heirs of a split one; groups never block."""
        named = [lead for lead in task.lead if not self._is_group(plan, lead)]
        return [
            (lead, bearer) for lead in named for bearer in ([heir.agency for heir in task.now.get(lead, ())] or [lead])
        ]

    def _speaks_for(self, plan: Plan, agency_id: str, bearer: tuple[str, str]) -> bool:
        """Whether an agency's report counts for a bearer: it is the body named or its bearer, before or after a merger."""
        if agency_id in bearer:
            return True
        return any(
            found is not None and other in self._directory.predecessors(found)
            for one, other in ((agency_id, bearer[1]), (bearer[1], agency_id))
            for found in [self._directory.get(plan.province, one)]
        )

    def _is_group(self, plan: Plan, agency_id: str) -> bool:
        agency = self._directory.get(plan.province, agency_id)
        return agency is not None and agency.group


def _standing(reports: Iterable[TaskReport]) -> TaskReport:
    """Return what holds after these entries, oldest first: each later one replaces what it says anew, and nothing else."""
    standing = TaskReport()
    for report in reports:
        standing = TaskReport(
            status=report.status or standing.status,
            completed=report.completed if report.status else standing.completed,
            extension=report.extension or standing.extension,
            condition_met=standing.condition_met if report.condition_met is None else report.condition_met,
        )
    return standing


def _joint_status(statuses: list[Status], *, everybody: bool) -> Status | None:
    least = min(statuses, key=_ADVANCE.__getitem__, default=None)
    return Status.IN_PROGRESS if least is Status.DONE and not everybody else least


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
    if status in _CLOSED:
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
