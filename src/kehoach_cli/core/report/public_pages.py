"""The public pages: what locks have closed, and nothing else.

A public page knows results, verdicts and dates. It is made from the locks and from the plan without its notes, so that nothing
else can reach it: no text that an agency wrote, no name of a sender, no document, no money, and not who has said nothing.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from msgspec.structs import replace

from kehoach_cli.core.check.evaluation import NOT_REACHED, REACHED, Verdict
from kehoach_cli.core.check.points import CHANGE, Trend, YearPoint
from kehoach_cli.core.check.trend import trends, verdict_of
from kehoach_cli.core.check.verdict import compared_in
from kehoach_cli.core.check.wording import COLUMN_HEADERS
from kehoach_cli.core.duties.assess import CountColumn
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.lock import LockedTask, PlanLock
from kehoach_cli.core.model.period import Period, parse_period
from kehoach_cli.core.model.plan import Indicator, Plan, Task
from kehoach_cli.core.report.site_model import (
    UNKNOWN,
    Account,
    ShownIndicator,
    ShownPlan,
    ShownStanding,
    ShownTask,
    SiteQuery,
    target_text,
)
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.number import rounded
from kehoach_cli.viet.text import capitalized

# What a public page does not tell apart: who has not reported, and what nobody has looked at yet.
_NOT_PUBLIC = frozenset({CountColumn.UNREPORTED, CountColumn.NOT_YET})


def closed_plans(catalogue: Catalogue, plans: Iterable[Plan], period: Period | None, as_of: date) -> list[PlanLock]:
    """Return the last lock of each plan up to a period and a day: what a public site may show."""
    found = []
    for plan in plans:
        own = [lock for lock in _locks(catalogue, plan, as_of) if period is None or _order(lock) <= period.order]
        found += own[-1:]
    return found


def _locks(catalogue: Catalogue, plan: Plan, as_of: date) -> list[PlanLock]:
    """Return the locks on a plan up to a day, in the order of their periods."""
    own = (lock for lock in catalogue.locks if lock.plan == plan.id and lock.as_of <= as_of)
    return sorted((lock for lock in own if parse_period(lock.period)), key=_order)


def _order(lock: PlanLock) -> tuple[date, int]:
    period = parse_period(lock.period)
    return period.order if period else (date.min, 0)


def public_plan(catalogue: Catalogue, plan: Plan, query: SiteQuery) -> ShownPlan:
    """Return what may be told of a plan, from its locks up to the period and the day asked; there is at least one."""
    locks = [one for one in _locks(catalogue, plan, query.as_of) if _order(one) <= query.period.order]
    last, shown = locks[-1], _bare(plan)
    period = parse_period(last.period) or query.period
    told: dict[str, list[tuple[PlanLock, LockedTask]]] = {}
    for lock in locks:
        for one in lock.assessment.tasks:
            told.setdefault(one.id, []).append((lock, one))
    tasks = tuple(_public_task(shown, task, told.get(task.id, []), last) for task in shown.tasks)
    closed = replace(catalogue, submissions=(), adjustments=(), locks=tuple(locks), plans=(shown,))
    years = trends(closed, shown, Period(period.year), query.as_of)
    known = trends(closed, shown, period, query.as_of)
    indicators = tuple(
        _public_indicator(shown, one, years[one.id], known[one.id].at(period)) for one in shown.indicators
    )
    return ShownPlan(shown, period, last.as_of, tasks, indicators)


def _bare(plan: Plan) -> Plan:
    """Return a plan without what a public page never shows: notes, money, and who signed."""
    tasks = tuple(
        replace(
            one, note=None, errata=None, cost=(), body=replace(one.body, note=None) if one.body else None, conditions=()
        )
        for one in plan.tasks
    )
    indicators = tuple(replace(one, note=None, errata=None, direction_note=None) for one in plan.indicators)
    document = replace(plan.document, signer=None, recipients=())
    return replace(plan, tasks=tasks, indicators=indicators, document=document, funding=(), objectives=())


def _public_task(plan: Plan, task: Task, told: list[tuple[PlanLock, LockedTask]], last: PlanLock) -> ShownTask:
    history = tuple(
        Account(
            f"{capitalized(period.text)}, số liệu đến ngày {format_date(lock.as_of)}",
            (("Kết quả", standing.text), *_dates(standing)),
        )
        for lock, one in told
        if (period := parse_period(lock.period)) and (standing := _closed(one)).column
    )
    now = next((_closed(one) for lock, one in told if lock is last), ShownStanding(None, UNKNOWN, task.deadline))
    return ShownTask(plan, task, now, history)


def _dates(standing: ShownStanding) -> Iterator[tuple[str, str]]:
    if standing.completed:
        yield "Ngày hoàn thành", format_date(standing.completed)


def _closed(one: LockedTask) -> ShownStanding:
    """Return what may be told of a task: nothing where nobody has reported on it."""
    column = CountColumn(one.column)
    if column in _NOT_PUBLIC:
        return ShownStanding(None, UNKNOWN, one.deadline)
    late = column is CountColumn.OVERDUE
    return ShownStanding(column, COLUMN_HEADERS[column], one.deadline, one.completed, late=late)


def _public_indicator(plan: Plan, indicator: Indicator, trend: Trend, found: YearPoint | None) -> ShownIndicator:
    years = replace(trend, points=tuple(_public_point(indicator, point) for point in trend.points))
    point = _public_point(indicator, found) if found else None
    if point is None or not point.text or point.verdict is None:
        return ShownIndicator(plan, indicator, years)
    target = compared_in(indicator, point.period)[0]
    return ShownIndicator(
        plan,
        indicator,
        years,
        point.text,
        target_text(target.text, target.year) if target else "",
        Verdict(point.verdict),
        verdict_of(trend, point),
        official=point.official,
    )


def _public_point(indicator: Indicator, point: YearPoint) -> YearPoint:
    """Return a year with its figures only: what an agency typed beside a figure is its own text."""
    if point.baseline:
        return point
    text = _figures_text(indicator, point) if point.closed and point.verdict != Verdict.NO_DATA else ""
    if not text:
        return YearPoint(point.period, point.target, unit=point.unit, name=point.name)
    scopes = _scopes(indicator)
    return replace(
        point,
        agency=None,
        text=text,
        unit=indicator.unit,
        figures={scope: found for scope, found in point.figures.items() if scope in scopes},
        before="",
        remark="",
        steps=tuple(one for one in point.steps if one.scope in scopes),
    )


def _scopes(indicator: Indicator) -> frozenset[str | None]:
    """Return the words by which the targets themselves divide an indicator, and None for the whole."""
    return frozenset({None, *(part.scope for target in indicator.targets for part in target.parts)})


def _figures_text(indicator: Indicator, point: YearPoint) -> str:
    """Return the figures of a year in the indicator's own unit; nothing where one of them has another unit."""
    if point.text in {REACHED, NOT_REACHED}:
        return point.text
    told, scopes = [], _scopes(indicator)
    levels = [Fraction(part.low) for target in indicator.targets for part in target.parts if part.low is not None]
    for scope, found in point.figures.items():
        own = replace(found, unit=indicator.unit)
        if scope not in scopes or not (found.unit is None or found.fits(own)):
            return ""
        value = rounded(found.in_unit_of(own) if found.unit else found.value, *levels)
        verb = f"{found.measure[1]} " if found.kind == CHANGE else ""
        told.append(f"{scope}: {verb}{value}" if scope else f"{verb}{value}")
    return "; ".join(told)
