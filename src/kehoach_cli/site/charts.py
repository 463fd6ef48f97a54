"""The drawings of the pages: numbers become places in a drawing of fixed size; the browser scales it."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

from msgspec.structs import replace

from kehoach_cli.core.check.figures import aim_of
from kehoach_cli.core.check.points import CHANGE, MULTIPLE, RANK, Measured, Trend, YearPoint
from kehoach_cli.core.model.plan import Indicator
from kehoach_cli.site.page import Bar, Bars, ChartPoint, Lines, Tick
from kehoach_cli.viet.number import rounded

# The drawing of a line is 480 by 296: its letters can be read on a phone. Between these edges stand the years and the levels;
# the left one leaves room for the longest level.
RIGHT, TOP, BOTTOM = 460, 44, 234
_LETTER, _GAP, _WIDEST, _EDGE = 10, 8, 240, 480
BAR_HEIGHT, BAR_WIDTH = 50, 350
_MOST_TICKS = 5


def bars(title: str, counted: Iterable[tuple[str, int, str]]) -> Bars | None:
    """Return a chart of (label, number, tone); without any number there is nothing to draw."""
    shown = [one for one in counted if one[1]]
    most = max((number for _, number, _ in shown), default=0)
    drawn = tuple(
        Bar(label, rounded(number), tone, place * BAR_HEIGHT, max(2, number * BAR_WIDTH // most))
        for place, (label, number, tone) in enumerate(shown)
    )
    return Bars(title, drawn, len(drawn) * BAR_HEIGHT) if drawn else None


def lines(trend: Trend) -> Lines | None:
    """Return the chart of an indicator: the results of its years beside the targets.

    Only what measures the same as the last result, in a unit that can be converted into its own, is drawn. None where that
    are fewer than two figures.
    """
    aims = [(one, _aim(trend.indicator, one)) for one in trend.points]
    found = [(one, one.measured) for one in trend.points]
    scale_of = next((known for _, known in (*found[::-1], *aims[::-1]) if known), None)
    if scale_of is None or scale_of.kind == RANK:
        return None
    results = list(_on_scale(found, scale_of))
    targets = list(_on_scale(aims, scale_of))
    years = sorted({one.period.year for one, _ in (*results, *targets)})
    if len(years) < _FEWEST_YEARS:
        return None
    levels = [value for _, value in (*results, *targets)]
    scale = _Scale(years, levels)
    result_marks, target_marks = (scale.marks(some) for some in (results, targets))
    unit = _axis_title(scale_of)
    return Lines(
        f"{trend.indicator.name}{f' ({unit})' if unit else ''}: kết quả và mục tiêu qua các năm",
        unit,
        scale.left,
        result_marks,
        target_marks,
        _path(result_marks),
        _path(target_marks),
        scale.years,
        scale.levels,
    )


_FEWEST_YEARS = 2


def _axis_title(measured: Measured) -> str:
    """Return what the levels are: their unit, and of a change in which direction."""
    if measured.kind == MULTIPLE:
        return "lần"
    unit = measured.unit or ""
    return f"{measured.measure[1]}, {unit}" if measured.kind == CHANGE else unit


def _aim(indicator: Indicator, point: YearPoint) -> Measured | None:
    parts = point.target.parts if point.target else ()
    if len(parts) != 1 or parts[0].scope is not None:
        return None
    return aim_of(replace(indicator, unit=point.unit), parts[0])


def _on_scale(
    found: Iterable[tuple[YearPoint, Measured | None]], scale_of: Measured
) -> Iterator[tuple[YearPoint, Fraction]]:
    return ((point, known.in_unit_of(scale_of)) for point, known in found if known and known.fits(scale_of))


def _path(marks: Sequence[ChartPoint]) -> str:
    return " ".join(f"{mark.x},{mark.y}" for mark in marks)


class _Scale:
    """Where years and levels stand; the axis of levels begins at a round number, at 0 where that is near."""

    def __init__(self, years: Sequence[int], levels: Sequence[Fraction]) -> None:
        self._first, self._last = years[0], max(years[-1], years[0] + 1)
        low, high = min(levels), max(levels)
        if low >= 0 and (low < high / 2 or low == high):
            low = Fraction(0)
        step = _round_step((high - low or abs(high) or Fraction(1)) / _MOST_TICKS)
        self._low = Fraction(floor(low / step)) * step
        count = -(-(high - self._low) // step) or 1
        self._high = self._low + count * step
        ticks = [self._low + number * step for number in range(int(count) + 1)]
        self.levels = tuple(Tick(self.y(level), rounded(level)) for level in ticks)
        self.left = min(_GAP + _width(tick.text for tick in self.levels), _WIDEST)
        names = [(self.x(year), str(year)) for year in years]
        places = _shown([(x - _width([name]) // 2, x + _width([name]) // 2) for x, name in names])
        self.years = tuple(Tick(*names[place]) for place in places)

    def x(self, year: int) -> int:
        return self.left + (RIGHT - self.left) * (year - self._first) // (self._last - self._first)

    def y(self, level: Fraction) -> int:
        return BOTTOM - round((BOTTOM - TOP) * (level - self._low) / (self._high - self._low))

    def marks(self, found: Sequence[tuple[YearPoint, Fraction]]) -> tuple[ChartPoint, ...]:
        """Return the figures, without the numbers that have no room."""
        marks = [self._mark(self.x(point.period.year), self.y(value), rounded(value)) for point, value in found]
        shown = _shown([_ends(mark) for mark in marks])
        return tuple(mark if at in shown else replace(mark, text="") for at, mark in enumerate(marks))

    def _mark(self, x: int, y: int, text: str) -> ChartPoint:
        half = _width([text]) // 2
        anchor = "start" if x - half < self.left else "end" if x + half > _EDGE else "middle"
        return ChartPoint(x, y, text, anchor)


def _width(texts: Iterable[str]) -> int:
    return _LETTER * max(map(len, texts), default=0)


def _ends(mark: ChartPoint) -> tuple[int, int]:
    width = _width([mark.text])
    left = mark.x - {"start": 0, "middle": width // 2, "end": width}[mark.anchor]
    return left, left + width


def _shown(ends: Sequence[tuple[int, int]]) -> list[int]:
    """Return which of these words, each with its left and right end, have room beside each other; the last one has."""
    shown: list[int] = []
    for at in range(len(ends) - 1, -1, -1):
        if not shown or ends[at][1] + _GAP <= ends[shown[0]][0]:
            shown.insert(0, at)
    return shown


def _round_step(least: Fraction) -> Fraction:
    """Return the smallest of 1, 2, 2.5, 5 times a power of ten that is not less."""
    # Exact: a float has no room for a number of 400 digits.
    power = Fraction(10) ** (Decimal(least.numerator) / Decimal(least.denominator)).adjusted()
    return next(factor * power for factor in map(Fraction, ("1", "2", "2.5", "5", "10")) if factor * power >= least)
