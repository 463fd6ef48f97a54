"""The public pages: what locks have closed, and nothing else.

A public page knows results, verdicts and dates. It is made from the locks and from the plan without its notes, so that nothing
else can reach it: no text that an agency wrote, no name of a sender, no document, no money, and not who has said nothing.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from kehoach_cli.core.check.evaluation import Verdict
from kehoach_cli.core.check.points import Trend, YearPoint
from kehoach_cli.core.check.trend import trends
from kehoach_cli.core.check.wording import COLUMN_HEADERS, reported_text, verdict_text
from kehoach_cli.core.duties.assess import CountColumn
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.lock import LockedTask, LockedValue, PlanLock
from kehoach_cli.core.model.period import Period, parse_period
from kehoach_cli.core.model.plan import Indicator, Plan, Task
from kehoach_cli.core.report.site_model import (
    UNKNOWN,
    Account,
    IndicatorEntry,
    PlanEntry,
    SiteQuery,
    Standing,
    TaskEntry,
    target_text,
)
from kehoach_cli.viet.dates import format_date
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


def public_plan(catalogue: Catalogue, plan: Plan, query: SiteQuery) -> PlanEntry:
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
    known = trends(closed, shown, Period(period.year), last.as_of)
    values: dict[str, list[LockedValue]] = {}
    for value in last.assessment.indicators:
        values.setdefault(value.id, []).append(value)
    indicators = tuple(_public_indicator(shown, one, known[one.id], values.get(one.id, [])) for one in shown.indicators)
    return PlanEntry(shown, period, last.as_of, tasks, indicators)


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


def _public_task(plan: Plan, task: Task, told: list[tuple[PlanLock, LockedTask]], last: PlanLock) -> TaskEntry:
    history = tuple(
        Account(
            f"{capitalized(period.text)}, số liệu đến ngày {format_date(lock.as_of)}",
            (("Kết quả", standing.text), *_dates(standing)),
        )
        for lock, one in told
        if (period := parse_period(lock.period)) and (standing := _closed(one)).column
    )
    now = next((_closed(one) for lock, one in told if lock is last), Standing(None, UNKNOWN, task.deadline))
    return TaskEntry(plan, task, now, history)


def _dates(standing: Standing) -> Iterator[tuple[str, str]]:
    if standing.completed:
        yield "Ngày hoàn thành", format_date(standing.completed)


def _closed(one: LockedTask) -> Standing:
    """Return what may be told of a task: nothing where nobody has reported on it."""
    column = CountColumn(one.column)
    if column in _NOT_PUBLIC:
        return Standing(None, UNKNOWN, one.deadline)
    late = column is CountColumn.OVERDUE
    return Standing(column, COLUMN_HEADERS[column], one.deadline, one.completed, late=late)


def _public_indicator(plan: Plan, indicator: Indicator, trend: Trend, values: list[LockedValue]) -> IndicatorEntry:
    public = replace(trend, points=tuple(_public_point(point) for point in trend.points))
    counts = next((one for one in values if one.official), values[0] if values else None)
    verdict = Verdict(counts.verdict) if counts else None
    if counts is None or counts.reported is None or verdict is None or verdict is Verdict.NO_DATA:
        return IndicatorEntry(plan, indicator, public)
    return IndicatorEntry(
        plan,
        indicator,
        public,
        reported_text(counts.reported),
        target_text(counts.target, counts.target_year) if counts.target else "",
        verdict,
        verdict_text(verdict, estimate=counts.reported.estimate),
        official=counts.official,
    )


def _public_point(point: YearPoint) -> YearPoint:
    """Return a year without a value that could not be read: that is text somebody wrote, and no figure."""
    unread = point.text and not point.baseline and (not point.figures or point.verdict == Verdict.NO_DATA)
    if point.baseline or (point.closed and not unread):
        return replace(point, agency=None)
    return YearPoint(point.period, point.target, name=point.name)
