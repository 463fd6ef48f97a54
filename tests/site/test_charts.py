"""The drawings: every figure stands where its number belongs, inside the drawing."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kehoach_cli.core.check.points import Measured, Trend, YearPoint
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.period import Period
from kehoach_cli.site.charts import BAR_WIDTH, BOTTOM, LEFT, RIGHT, TOP, bars, lines

# What the reader of numbers takes: up to 15 digits.
LEVELS = st.fractions(min_value=-(10**15), max_value=10**15, max_denominator=10**6)


def _trend(catalogue: Catalogue, values: dict[int, Fraction], unit: str = "%") -> Trend:
    plan = catalogue.plans[0]
    points = (
        YearPoint(Period(year), text=str(value), figures={None: Measured(value, unit)})
        for year, value in sorted(values.items())
    )
    return Trend(plan, plan.indicators[0], tuple(points))


@pytest.mark.slow
@settings(max_examples=150)
@given(values=st.dictionaries(st.integers(1950, 2100), LEVELS, min_size=2, max_size=12))
def test_every_figure_stands_inside_and_in_order(catalogue: Catalogue, values: dict[int, Fraction]) -> None:
    drawn = lines("Mẫu", _trend(catalogue, values))
    assert drawn is not None
    assert len(drawn.results) == len(values)
    assert all(LEFT <= one.x <= RIGHT and TOP <= one.y <= BOTTOM for one in drawn.results)
    by_year = [value for _, value in sorted(values.items())]
    for (one, value), (other, more) in zip(
        zip(drawn.results, by_year, strict=True), zip(drawn.results[1:], by_year[1:], strict=True), strict=False
    ):
        assert one.x < other.x
        assert (one.y >= other.y) if value <= more else (one.y <= other.y)
    assert 2 <= len(drawn.levels) <= 8
    assert all(TOP <= tick.at <= BOTTOM for tick in drawn.levels)


def test_figures_in_another_unit_are_not_drawn_on_one_scale(catalogue: Catalogue) -> None:
    trend = _trend(catalogue, {2024: Fraction(5), 2025: Fraction(6)})
    mixed = Trend(
        trend.plan,
        trend.indicator,
        (trend.points[0], YearPoint(Period(2025), figures={None: Measured(Fraction(6), "ha")})),
    )
    assert lines("Mẫu", mixed) is None


def test_a_number_of_any_length_can_be_drawn(catalogue: Catalogue) -> None:
    drawn = lines("Mẫu", _trend(catalogue, {2024: Fraction(1, 10**400), 2025: Fraction(10**400)}))
    assert drawn is not None
    assert [one.y for one in drawn.results] == [BOTTOM, TOP]


def test_one_year_is_no_line(catalogue: Catalogue) -> None:
    assert lines("Mẫu", _trend(catalogue, {2025: Fraction(5)})) is None


def test_bars_are_as_long_as_their_numbers() -> None:
    drawn = bars("Mẫu", [("a", 10, ""), ("không", 0, ""), ("b", 5, "bad"), ("c", 1_000, "")])
    assert drawn is not None
    assert [(one.label, one.number, one.width) for one in drawn.bars] == [
        ("a", "10", 3),
        ("b", "5", 2),
        ("c", "1.000", BAR_WIDTH),
    ]
    assert bars("Mẫu", [("a", 0, "")]) is None
