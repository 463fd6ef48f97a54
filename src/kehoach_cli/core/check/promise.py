"""What last year's report said had to be done this year, beside what was done.

Last year's state is that of the lock where the year is closed, else what the submissions gave on the last cutoff of that year.
"""

from datetime import date

from msgspec import Struct

from kehoach_cli.core.check.locked import assessed
from kehoach_cli.core.check.submissions import last_cutoff
from kehoach_cli.core.check.wording import COLUMN_HEADERS, state_text
from kehoach_cli.core.duties.assess import DONE, CountColumn, State, TaskStates
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.lock import Assessment, LockedTask, PlanLock, lock_of
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Plan, Task
from kehoach_cli.viet.dates import format_date

_OVER = frozenset({*DONE, CountColumn.CARRIED, CountColumn.DROPPED})


class PromisedTask(Struct, frozen=True):
    """A task that had to be finished by the end of the period: what was said of it in the year before, and its state now."""

    task: Task
    then: LockedTask
    state: State


class Promise(Struct, frozen=True):
    """What the report on `made_in` set for the same period of the next year; `closed` if a lock gives it."""

    made_in: Period
    closed: bool
    tasks: tuple[PromisedTask, ...]


def promised(catalogue: Catalogue, plan: Plan, period: Period, as_of: date) -> Promise | None:
    """Return what was set for a period by the report on the year before; None where nobody reported for that year."""
    before = period.year_before
    known = results_of(catalogue, plan, before, as_of)
    if known is None:
        return None
    states, tasks = TaskStates(catalogue.directory, catalogue.submissions), {task.id: task for task in plan.tasks}
    due = [one for one in known.tasks if one.id in tasks and is_promised(one, period)]
    return Promise(
        before,
        _closed(catalogue, plan, before, as_of) is not None,
        tuple(PromisedTask(tasks[one.id], one, states.state(plan, tasks[one.id], as_of)) for one in due),
    )


def results_of(catalogue: Catalogue, plan: Plan, period: Period, as_of: date) -> Assessment | None:
    """Return the results of a plan in an earlier period: as they were closed, else as the submissions up to `as_of` give them.

    None where the period is open and nobody has sent anything for it.
    """
    if lock := _closed(catalogue, plan, period, as_of):
        return lock.assessment
    sent = [one for one in catalogue.submissions if (one.plan, one.period) == (plan.id, period) and one.cutoff <= as_of]
    return assessed(catalogue, plan, period, last_cutoff(sent, period)) if sent else None


def _closed(catalogue: Catalogue, plan: Plan, period: Period, as_of: date) -> PlanLock | None:
    """Return the lock of a period; one with figures of a later day was not known then."""
    return lock_of((one for one in catalogue.locks if one.as_of <= as_of), plan.id, period.key)


def is_promised(then: LockedTask, period: Period) -> bool:
    """Whether a task was open, and its deadline lies before the end of the period."""
    return then.column not in _OVER and then.deadline is not None and then.deadline <= period.last_day


def promise_lines(promise: Promise | None, task_id: str) -> tuple[str, ...]:
    """Return what last year's report said of a task that is due by the end of this year, and where it stands now."""
    found = next((one for one in promise.tasks if one.task.id == task_id), None) if promise else None
    if promise is None or found is None:
        return ()
    closed = " (đã chốt)" if promise.closed else ""
    then = COLUMN_HEADERS[CountColumn(found.then.column)].lower()
    due = format_date(found.then.deadline) if found.then.deadline else "-"
    return (
        f"Báo cáo {promise.made_in.text}{closed}: {then}; thời hạn {due}",
        f"Hiện nay: {state_text(found.state)}",
    )
