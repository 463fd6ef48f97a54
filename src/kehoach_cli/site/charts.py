"""The drawings of the pages: numbers become places in a drawing of fixed size; the browser scales it."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

from kehoach_cli.core.check.points import RANK, Trend, YearPoint
from kehoach_cli.core.notation.target import TargetKind
from kehoach_cli.site.page import Bar, Bars, Lines, Mark, Tick
from kehoach_cli.viet.number import rounded

# The drawing of a line is 480 by 276: its letters can be read on a phone. Between these edges stand the years and the levels.
LEFT, RIGHT, TOP, BOTTOM = 60, 460, 24, 214
BAR_HEIGHT, BAR_WIDTH = 50, 350
_MOST_TICKS = 5
_SINGLE = frozenset({TargetKind.POINT, TargetKind.BOUND, TargetKind.MAINTAIN})


def bars(title: str, counted: Iterable[tuple[str, int, str]]) -> Bars | None:
    """Return a chart of (label, number, tone); without any number there is nothing to draw."""
    shown = [one for one in counted if one[1]]
    most = max((number for _, number, _ in shown), default=0)
    drawn = tuple(
        Bar(label, rounded(number), tone, place * BAR_HEIGHT, max(2, number * BAR_WIDTH // most))
        for place, (label, number, tone) in enumerate(shown)
    )
    return Bars(title, drawn, len(drawn) * BAR_HEIGHT) if drawn else None


def lines(title: str, trend: Trend) -> Lines | None:
    """Return the chart of an indicator: the results of its years beside the targets.

    None where fewer than two figures can be drawn on one scale.
    """
    unit = next((found.unit for point in trend.points for found in point.figures.values()), None)
    results = [(one, value) for one in trend.points if (value := _result(one, unit)) is not None]
    targets = [(one, value) for one in trend.points if (value := _target(one, trend.indicator.unit)) is not None]
    if len({one.period for one, _ in (*results, *targets)}) < len(_PAIR):
        return None
    years = sorted({one.period.year for one, _ in (*results, *targets)})
    levels = [value for _, value in (*results, *targets)]
    scale = _Scale(years, levels)
    result_marks, target_marks = (tuple(scale.mark(*one) for one in some) for some in (results, targets))
    return Lines(
        title,
        result_marks,
        target_marks,
        _path(result_marks),
        _path(target_marks),
        tuple(Tick(scale.x(year), str(year)) for year in scale.shown_years),
        tuple(Tick(scale.y(level), rounded(level)) for level in scale.ticks),
    )


_PAIR = (0, 1)


def _result(point: YearPoint, unit: str | None) -> Fraction | None:
    figure = point.figures.get(None)
    return figure.value if figure and figure.unit == unit and figure.kind != RANK else None


def _target(point: YearPoint, unit: str | None) -> Fraction | None:
    """Return the level that a target sets, where it sets one in the indicator's own unit."""
    parts = point.target.parts if point.target else ()
    if len(parts) != 1 or parts[0].kind not in _SINGLE or parts[0].low is None or parts[0].unit not in {None, unit}:
        return None
    return Fraction(parts[0].low)


def _path(marks: Sequence[Mark]) -> str:
    return " ".join(f"{mark.x},{mark.y}" for mark in marks)


class _Scale:
    """Where years and levels stand; the axis of levels begins at a round number, at 0 where that is near."""

    def __init__(self, years: Sequence[int], levels: Sequence[Fraction]) -> None:
        self._first, self._last = years[0], max(years[-1], years[0] + 1)
        low, high = min(levels), max(levels)
        if low >= 0 and low < high / 2:
            low = Fraction(0)
        step = _round_step((high - low or abs(high) or Fraction(1)) / _MOST_TICKS)
        self._low = Fraction(floor(low / step)) * step
        count = -(-(high - self._low) // step) or 1
        self._high = self._low + count * step
        self.ticks = [self._low + number * step for number in range(int(count) + 1)]
        every = -(-(len(years)) // _MOST_YEARS)
        self.shown_years = years[::-1][::every][::-1]

    def x(self, year: int) -> int:
        return LEFT + (RIGHT - LEFT) * (year - self._first) // (self._last - self._first)

    def y(self, level: Fraction) -> int:
        return BOTTOM - round((BOTTOM - TOP) * (level - self._low) / (self._high - self._low))

    def mark(self, point: YearPoint, value: Fraction) -> Mark:
        return Mark(self.x(point.period.year), self.y(value), rounded(value))


_MOST_YEARS = 8


def _round_step(least: Fraction) -> Fraction:
    """Return the smallest of 1, 2, 2.5, 5 times a power of ten that is not less."""
    # Exact: a float has no room for a number of 400 digits.
    power = Fraction(10) ** (Decimal(least.numerator) / Decimal(least.denominator)).adjusted()
    return next(factor * power for factor in map(Fraction, ("1", "2", "2.5", "5", "10")) if factor * power >= least)
