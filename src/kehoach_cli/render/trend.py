"""An indicator over the years, and what last year's report said of this year, for people and for programs."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from kehoach_cli.core.check.points import Trend, YearPoint
from kehoach_cli.core.check.promise import Promise, PromisedTask
from kehoach_cli.core.check.trend import verdict_of
from kehoach_cli.render.listing import Block, Column

_COLUMNS = (
    Column("Năm", fixed=True),
    Column("Mục tiêu", weight=2),
    Column("Số liệu", weight=2),
    Column("So với năm trước", weight=3),
    Column("Kết quả", weight=2),
)


def trend_block(trend: Trend) -> Block | None:
    """Return the years as a table; None where nothing was reported and no base level is known."""
    if not any(point.text for point in trend.points):
        return None
    return Block("Qua các năm", 2, columns=_COLUMNS, rows=tuple(_cells(trend, point) for point in trend.points))


def _cells(trend: Trend, point: YearPoint) -> tuple[str, ...]:
    return (
        point.period.key,
        point.target.text if point.target else "-",
        "\n".join([point.text or "-", *_marks(point)]),
        point.words or point.remark or "-",
        verdict_of(trend, point) or "-",
    )


def _marks(point: YearPoint) -> Iterator[str]:
    marks = ((point.estimate, "ước tính"), (point.baseline, "năm gốc"), (point.closed and point.text, "đã chốt"))
    if told := ", ".join(word for holds, word in marks if holds):
        yield f"({told})"


def change_record(point: YearPoint | None) -> dict[str, Any] | None:
    """Return how a value changed against the year before; None where nothing can be told."""
    if point is None or not point.words:
        return None
    return {
        "period": point.period.year_before.key,
        "before": point.before,
        "closed": point.before_closed,
        "text": point.words,
        "parts": [
            {
                "scope": one.scope,
                "value": json_number(one.value),
                "unit": one.unit,
                "percent": json_number(one.percent),
                "better": one.better,
            }
            for one in point.steps
        ],
    }


def trend_records(trend: Trend) -> list[dict[str, Any]]:
    """Return the years as JSON records."""
    return [
        {
            "period": point.period.key,
            "target": point.target.text if point.target else None,
            "text": point.text or None,
            "value": json_number(point.value),
            "unit": point.measured.unit if point.measured else None,
            "agency": point.agency,
            "verdict": point.verdict,
            "official": point.official,
            "estimate": point.estimate,
            "closed": point.closed,
            "baseline": point.baseline,
            "change": change_record(point),
        }
        for point in trend.points
    ]


def promise_record(promise: Promise | None, task_id: str) -> dict[str, Any] | None:
    """Return the same as a JSON record."""
    found = next((one for one in promise.tasks if one.task.id == task_id), None) if promise else None
    if promise is None or found is None:
        return None
    return {"period": promise.made_in.key, "closed": promise.closed, **_then(found)}


def _then(found: PromisedTask) -> dict[str, Any]:
    then = found.then
    return {"column": then.column, "timeliness": then.timeliness, "status": then.status, "deadline": then.deadline}


def json_number(value: Fraction | None) -> int | float | None:
    """Return an exact quantity as JSON has it."""
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)
