"""An indicator over the years: what was reported beside the targets, and the change from each year to the next.

Results of a closed period are those of its lock. A change is told only between figures that measure the same: where the unit,
the kind of target or the indicator itself became another one, the change is None and a remark says why.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.check.compare import NoValueError
from kehoach_cli.core.check.evaluation import Verdict
from kehoach_cli.core.check.figures import as_judged, figures_of, level
from kehoach_cli.core.check.locked import value_of
from kehoach_cli.core.check.points import CHANGE, MULTIPLE, RANK, Measured, Trend, YearChange, YearPoint
from kehoach_cli.core.check.submissions import Check, CheckRow, rows_of
from kehoach_cli.core.check.verdict import compared_in
from kehoach_cli.core.check.wording import reported_text, verdict_text
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.lock import LockedValue, PlanLock
from kehoach_cli.core.model.period import Period, parse_period
from kehoach_cli.core.model.plan import Indicator, Plan, Withdrawal
from kehoach_cli.core.model.progress import Submission, SubmittedIndicator
from kehoach_cli.core.notation.target import Direction
from kehoach_cli.viet.number import rounded

_WHOLE = 100
_POINTS = "điểm phần trăm"
_DISPUTED = "các cơ quan báo cáo số liệu khác nhau"
_SEVERAL_UNITS = 'đơn vị tính đã đổi từ "{0}" sang "{1}"'
_OTHER_TARGET = "loại mục tiêu của hai năm khác nhau"
_RENAMED = "tên chỉ tiêu đã đổi"


def trends(
    catalogue: Catalogue,
    plan: Plan,
    period: Period,
    as_of: date,
    *,
    only: Iterable[Indicator] | None = None,
    since: int | None = None,
) -> dict[str, Trend]:
    """Return the trend of indicators (all of the plan by default) up to a period, by id.

    Results come from the locks, else from submissions with a cutoff up to `as_of`; later targets are listed without a result.
    With `since` the years before it are left out.
    """
    heard: dict[str, list[Submission]] = {}
    for one in sorted(catalogue.submissions, key=lambda one: one.order):
        if one.plan == plan.id and one.cutoff <= as_of:
            for row_id in one.indicators:
                heard.setdefault(row_id, []).append(one)
    locks = {one.period: one for one in catalogue.locks if one.plan == plan.id and one.as_of <= as_of}
    wanted = plan.indicators if only is None else only
    sources = {one.id: _Source(plan, one, catalogue.directory, as_of, heard.get(one.id, []), locks) for one in wanted}
    return {key: Trend(plan, one.indicator, tuple(_points(one, period, since or 0))) for key, one in sources.items()}


def with_changes(catalogue: Catalogue, result: Check) -> Check:
    """Return a check in which each value that counts knows its change against the same period of the year before."""
    days = {count.plan.id: count.as_of for count in result.tasks}
    period = result.period
    reported: dict[str, dict[str, CheckRow]] = {}
    for row in result.rows:
        if row.entry:
            reported.setdefault(row.plan.id, {})[row.indicator.id] = row
    known: dict[str, dict[str, Trend]] = {}
    for plan_id, rows in reported.items():
        plan = next(iter(rows.values())).plan
        own = catalogue.by_plan[plan_id]
        day, only = days.get(plan_id, result.as_of), [row.indicator for row in rows.values()]
        known[plan_id] = trends(own, plan, period, day, only=only, since=period.year - 1)

    def told(row: CheckRow) -> CheckRow:
        trend = known.get(row.plan.id, {}).get(row.indicator.id)
        point = trend.at(period) if trend else None
        return replace(row, change=point) if point and point.words and point.agency == row.agency else row

    return replace(result, rows=tuple(map(told, result.rows)))


class _Source(Struct, frozen=True):
    """Where the results of one indicator come from: submissions that give it, oldest first, and the locks by period."""

    plan: Plan
    indicator: Indicator
    directory: Directory
    as_of: date
    heard: list[Submission]
    locks: dict[str, PlanLock]

    def values(self, period: Period) -> list[LockedValue]:
        """Return what each agency reported for a period: as closed, else as the check of the period finds it."""
        if lock := self.locks.get(period.key):
            return [one for one in lock.assessment.indicators if one.id == self.indicator.id]
        return [value_of(row) for row in rows_of(self.plan, self.indicator, period, self.heard, self.directory)]

    def withdrawal_in(self, period: Period) -> Withdrawal | None:
        """Return the withdrawal of the indicator that holds in a period; what was closed before it stands."""
        found, lock = self.indicator.withdrawn, self.locks.get(period.key)
        known_on = min(lock.as_of if lock else period.last_day, self.as_of)
        return found if found and found.since <= known_on else None


def _points(source: _Source, period: Period, since: int) -> Iterator[YearPoint]:
    before: YearPoint | None = None
    for one in _periods(source, period):
        if one.year < since:
            continue
        point = _target_only(source.indicator, one)
        if one.year <= period.year:
            point = _point(source.indicator, one, source.values(one), closed=one.key in source.locks)
        if withdrawn := source.withdrawal_in(one):
            if not point.text:
                continue
            remark = f"đã bãi bỏ: {withdrawn.document}"
            point = replace(point, target=None, verdict=None, official=False, remark=remark)
        if before and before.period == one.year_before:
            point = _compared(source.indicator, before, point)
        before = point
        yield point


def _periods(source: _Source, period: Period) -> list[Period]:
    """Return the same part of each year in which there is something to tell."""
    indicator = source.indicator
    known = {one.period for one in source.heard} | {found for key in source.locks if (found := parse_period(key))}
    years = {one.year for one in known if one.part == period.part and one.year <= period.year}
    years |= {period.year} if source.plan.period.covers(period.year) else set()
    years |= {target.year for target in indicator.targets if target.period == period.part}
    years |= set(indicator.baseline if period.part is None else ())
    return [Period(year, period.part) for year in sorted(years)]


def _target_only(indicator: Indicator, period: Period) -> YearPoint:
    target, official = compared_in(indicator, period)
    own = target if official and target and target.year == period.year else None
    return YearPoint(period, own, unit=indicator.unit, name=indicator.name)


def _point(indicator: Indicator, period: Period, values: list[LockedValue], *, closed: bool) -> YearPoint:
    bare = replace(_target_only(indicator, period), closed=closed)
    said = [_reported(indicator, bare, one) for one in values if reported_text(one.reported)]
    if not said:
        return _base_level(indicator, bare) or bare
    totals = [point for point, total in said if total]
    points = totals[:1] or [point for point, _ in said]
    if any((one.figures or one.text) != (points[0].figures or points[0].text) for one in points):
        return replace(bare, text="; ".join(dict.fromkeys(one.text for one in points)), remark=_DISPUTED)
    return points[0]


def _reported(indicator: Indicator, bare: YearPoint, one: LockedValue) -> tuple[YearPoint, bool]:
    """Return the point that one agency's value makes, and whether the value is the total of the province."""
    entry = one.reported or SubmittedIndicator()
    known, target = as_judged(indicator, compared_in(indicator, bare.period)[0], one.target, one.unit)
    point = replace(
        bare,
        target=target if bare.target else None,
        agency=one.agency,
        text=reported_text(entry),
        unit=known.unit,
        verdict=one.verdict,
        official=one.official,
        estimate=entry.estimate,
        name=one.name or indicator.name,
    )
    try:
        figures = figures_of(known, target, bare.period.year, entry)
    except NoValueError as error:
        return replace(point, remark=str(error)), entry.province_total
    return replace(point, figures=figures), entry.province_total


def _base_level(indicator: Indicator, bare: YearPoint) -> YearPoint | None:
    text = indicator.baseline.get(bare.period.year) if bare.period.part is None else None
    if not text:
        return None
    try:
        return replace(bare, text=text, figures={None: level(indicator, text)}, baseline=True)
    except NoValueError:
        return replace(bare, text=text, baseline=True)


def verdict_of(trend: Trend, point: YearPoint) -> str:
    """Return the verdict of a year in words; empty where nothing was reported."""
    if point.verdict is None or not point.text:
        return ""
    targets = trend.indicator.targets
    # After the plan's last milestone that one holds.
    last = point.official and bool(targets) and point.period.year >= targets[-1].year
    return verdict_text(Verdict(point.verdict), estimate=point.estimate, last=last)


# -- the change --------------------------------------------------------------------------------------------------------------


def _compared(indicator: Indicator, before: YearPoint, now: YearPoint) -> YearPoint:
    """Return a point with its change against the year before, or with the reason why there is none."""
    if not now.text or not before.text:
        return now
    now = replace(now, before=before.text, before_closed=before.closed)
    if now.remark:
        return now
    if before.remark or before.name != now.name:
        return replace(now, remark=before.remark or _RENAMED)
    shared = [(scope, before.figures[scope], found) for scope, found in now.figures.items() if scope in before.figures]
    if unlike := next((_why_unlike(then, found) for _, then, found in shared if not found.fits(then)), None):
        return replace(now, remark=unlike)
    if not shared:
        return replace(now, remark=_OTHER_TARGET)
    mark = " (số ước)" if before.estimate or now.estimate else ""
    return replace(now, steps=tuple(_step(indicator, *one, mark) for one in shared))


def _why_unlike(then: Measured, now: Measured) -> str:
    if then.measure != now.measure:
        return _OTHER_TARGET
    return _SEVERAL_UNITS.format(then.unit or "không ghi", now.unit or "không ghi")


def _step(indicator: Indicator, scope: str | None, then: Measured, now: Measured, mark: str) -> YearChange:
    earlier = then.in_unit_of(now)
    value = now.value - earlier
    unit = _unit_of_change(now)
    percent = value * _WHOLE / earlier if unit == now.unit and now.kind not in {RANK, CHANGE} and earlier > 0 else None
    text = f"{f'{scope}: ' if scope else ''}{_change_text(now, value, unit, percent)}{mark}"
    return YearChange(scope, value, unit, text, percent, _better(indicator, now, value))


def _unit_of_change(now: Measured) -> str | None:
    if now.kind == RANK:
        return "bậc"
    if now.kind == MULTIPLE:
        return "lần"
    return _POINTS if (now.unit or "").startswith("%") else now.unit


def _change_text(now: Measured, value: Fraction, unit: str | None, percent: Fraction | None) -> str:
    what = f"mức {now.measure[1]} " if now.kind == CHANGE else ""
    if not value:
        return f"{what}không đổi"
    verb = _RANK_VERBS[value < 0] if now.kind == RANK else ("giảm" if value < 0 else "tăng")
    part = f" ({rounded(abs(percent), 0)}%)" if percent is not None else ""
    return f"{what}{verb} {rounded(abs(value), 0)}{f' {unit}' if unit else ''}{part}"


# Of ranks, the smaller number is the better place.
_RANK_VERBS = {True: "lên", False: "xuống"}


def _better(indicator: Indicator, now: Measured, value: Fraction) -> bool | None:
    if not value or indicator.direction in {Direction.MAINTAIN, Direction.WITHIN}:
        return None
    lower = indicator.direction is Direction.DECREASE and now.kind not in {CHANGE, MULTIPLE}
    return (value < 0) is (lower or now.kind == RANK)
