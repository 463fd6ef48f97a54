"""The assessment of a plan in a period as a lock keeps it."""

from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from kehoach_cli.core.check.submissions import CheckRow, check
from kehoach_cli.core.duties.assess import State
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.lock import Assessment, LockedTask, LockedValue
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Plan, Task

RowT = TypeVar("RowT", LockedValue, LockedTask)


def assessed(catalogue: Catalogue, plan: Plan, period: Period, as_of: date) -> Assessment:
    """Return the verdicts and states of a plan, the same that reports and `check` print."""
    result = check(catalogue, period, as_of, frozenset({plan.id}), whole=False)
    states = [pair for count in result.tasks for pair in count.states]
    return Assessment(tuple(map(_value, result.rows)), tuple(_task(*pair) for pair in states))


def with_row(assessment: Assessment, new: Assessment, row_id: str) -> Assessment:
    """Return an assessment in which one row stands as in `new`, and all others as they were."""
    return Assessment(
        tuple(_replaced(assessment.indicators, new.indicators, row_id)),
        tuple(_replaced(assessment.tasks, new.tasks, row_id)),
    )


def _replaced(old: tuple[RowT, ...], new: tuple[RowT, ...], row_id: str) -> Iterator[RowT]:
    places = [index for index, row in enumerate(old) if row.id == row_id]
    for index, row in enumerate(old):
        if index in places[:1]:
            yield from (one for one in new if one.id == row_id)
        if index not in places:
            yield row


def _value(row: CheckRow) -> LockedValue:
    evaluation = row.evaluation
    return LockedValue(
        row.indicator.id,
        evaluation.verdict.value,
        evaluation.official,
        row.agency,
        row.entry,
        evaluation.target.text if evaluation.target else None,
        evaluation.target.year if evaluation.target else None,
    )


def _task(task: Task, state: State) -> LockedTask:
    status = state.status.value if state.status else None
    return LockedTask(task.id, state.column.value, state.timeliness.value, status, state.deadline, state.completed)
