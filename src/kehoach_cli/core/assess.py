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
    """A task's state: `deadline` is the moved one where an extension was reported; `reported` of `leads` named leads reported."""

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
        latest = self._latest(plan, task, as_of)
        named = [lead for lead in task.lead if not self._is_group(plan, lead)]
        counted = {lead: report for lead, report in latest.items() if lead in named} if named else latest
        status = _joint_status(counted, named)
        extension = _latest_extension(latest.values())
        deadline = extension.to if extension else task.deadline
        completed = _completed(status, counted.values())
        unmet = any(report.condition_met is False for report in counted.values())
        timeliness = _timeliness(task, status, completed, deadline, as_of, suspended=unmet and _waits(task))
        return State(status, timeliness, deadline, extension, completed, len(counted), len(named))

    def _latest(self, plan: Plan, task: Task, as_of: date) -> dict[str, TaskReport]:
        """Return the last entry with a status of every agency, keyed by the lead it speaks for."""
        latest: dict[str, TaskReport] = {}
        for submission, report in self._entries.get((plan.id, task.id), ()):
            if submission.cutoff <= as_of and report.status is not None:
                latest[self._speaks_for(plan, task, submission.agency)] = report
        return latest

    def _speaks_for(self, plan: Plan, task: Task, agency_id: str) -> str:
        """Return the lead an agency answers for: itself, a body it took over from, or one it bears `now`."""
        if agency_id in task.lead:
            return agency_id
        for old, heirs in task.now.items():
            if any(heir.agency == agency_id for heir in heirs):
                return old
        agency = self._directory.get(plan.province, agency_id)
        before = self._directory.predecessors(agency) if agency else {}
        return next((lead for lead in task.lead if lead in before), agency_id)

    def _is_group(self, plan: Plan, agency_id: str) -> bool:
        agency = self._directory.get(plan.province, agency_id)
        return agency is not None and agency.group


def _joint_status(counted: dict[str, TaskReport], named: list[str]) -> Status | None:
    reported = [report.status for report in counted.values() if report.status is not None]
    if not reported:
        return None
    least = min(reported, key=_ADVANCE.__getitem__)
    if least is Status.DONE and len(reported) < len(named):
        return Status.IN_PROGRESS
    return least


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
