"""What a lock keeps of a plan in a period, what was reported according to it, and what was changed afterwards."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from kehoach_cli.core.check.submissions import CheckRow, check
from kehoach_cli.core.check.words import field_name, said_text
from kehoach_cli.core.duties.assess import State
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.lock import Adjustment, Assessment, LockedTask, LockedValue, PlanLock, lock_of
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Plan, Task
from kehoach_cli.core.model.progress import Submission, SubmittedIndicator

RowT = TypeVar("RowT", LockedValue, LockedTask)


def assessed(catalogue: Catalogue, plan: Plan, period: Period, as_of: date) -> Assessment:
    """Return the verdicts and states of a plan, the same that reports and `check` print."""
    result = check(catalogue, period, as_of, frozenset({plan.id}), whole=False)
    states = [pair for count in result.tasks for pair in count.states]
    return Assessment(tuple(map(value_of, result.rows)), tuple(_task(*pair) for pair in states))


def with_row(assessment: Assessment, new: Assessment, row_id: str) -> Assessment:
    """Return an assessment in which one row stands as in `new`, and all others as they were."""
    return Assessment(
        tuple(_replaced(assessment.indicators, new.indicators, row_id)),
        tuple(_replaced(assessment.tasks, new.tasks, row_id)),
    )


def reported_in(
    locks: Iterable[PlanLock], submissions: Iterable[Submission], plan_id: str, indicator: str, period: Period
) -> list[tuple[str, SubmittedIndicator]]:
    """Return what each agency reported of an indicator for a period: as closed, else as submissions say, in their order."""
    if lock := lock_of(locks, plan_id, period.key):
        kept = (one for one in lock.assessment.indicators if one.id == indicator)
        return [(one.agency, one.reported) for one in kept if one.agency and one.reported]
    return [
        (one.agency, one.indicators[indicator])
        for one in submissions
        if (one.plan, one.period) == (plan_id, period) and indicator in one.indicators
    ]


def adjusted_text(one: Adjustment) -> str:
    """Return in words what was changed after its period had been closed, with the value that was closed."""
    field, old = field_name(one.path[2:]), said_text(one.path, one.old)
    if one.path[0] != "indicators":
        return f"điều chỉnh sau khi chốt ({field.lower()}, đã chốt: {old})"
    # Below the field may stand a name, as of a part of a target.
    words = "" if one.path[2:] == ("value",) else f"{field[:1].lower()}{field[1:]}, "
    return f"điều chỉnh sau khi chốt ({words}số đã chốt: {old})"


def _replaced(old: tuple[RowT, ...], new: tuple[RowT, ...], row_id: str) -> Iterator[RowT]:
    places = [index for index, row in enumerate(old) if row.id == row_id]
    for index, row in enumerate(old):
        if index in places[:1]:
            yield from (one for one in new if one.id == row_id)
        if index not in places:
            yield row


def value_of(row: CheckRow) -> LockedValue:
    """Return what a lock keeps of a row of the check."""
    evaluation = row.evaluation
    return LockedValue(
        row.indicator.id,
        evaluation.verdict.value,
        evaluation.official,
        row.agency,
        row.entry,
        evaluation.target.text if evaluation.target else None,
        evaluation.target.year if evaluation.target else None,
        row.indicator.unit,
        row.indicator.name,
    )


def _task(task: Task, state: State) -> LockedTask:
    status = state.status.value if state.status else None
    return LockedTask(task.id, state.column.value, state.timeliness.value, status, state.deadline, state.completed)
