"""The drawings: every figure stands where its number belongs, inside the drawing."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kehoach_cli.core.check.points import CHANGE, RANK, Measured, Trend, YearPoint
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.notation.parse import parse_target
from kehoach_cli.core.notation.target import Target
from kehoach_cli.site.charts import BAR_WIDTH, BOTTOM, RIGHT, TOP, _ends, bars, lines

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
    drawn = lines(_trend(catalogue, values))
    assert drawn is not None
    assert len(drawn.results) == len(values)
    assert all(drawn.left <= one.x <= RIGHT and TOP <= one.y <= BOTTOM for one in drawn.results)
    by_year = [value for _, value in sorted(values.items())]
    for (one, value), (other, more) in zip(
        zip(drawn.results, by_year, strict=True), zip(drawn.results[1:], by_year[1:], strict=True), strict=False
    ):
        assert one.x < other.x
        assert (one.y >= other.y) if value <= more else (one.y <= other.y)
    # The last number is written, and no two that are written touch.
    written = [_ends(one) for one in drawn.results if one.text]
    assert drawn.results[-1].text
    assert all(one[1] < other[0] for one, other in pairwise(written))
    assert 2 <= len(drawn.levels) <= 8
    assert all(TOP <= tick.at <= BOTTOM for tick in drawn.levels)


def test_only_figures_that_measure_the_same_are_drawn(catalogue: Catalogue) -> None:
    def drawn(*figures: Measured) -> list[str] | None:
        points = (YearPoint(Period(2020 + at), figures={None: one}) for at, one in enumerate(figures))
        chart = lines(Trend(catalogue.plans[0], catalogue.plans[0].indicators[0], tuple(points)))
        return [one.text for one in chart.results] if chart else None

    level, area = Measured(Fraction(5), "%"), Measured(Fraction(2), "ha")
    fall = Measured(Fraction(7), "%", (CHANGE, "giảm", 2020, None, None))
    assert drawn(level, area) is None
    assert drawn(level, fall) is None
    assert drawn(level, area, level) == ["5", "5"]
    # A scale word is no other unit: two thousand hectares stand a thousand times as high as two.
    assert drawn(replace(area, unit="nghìn ha"), area) == ["2.000", "2"]
    rank = Measured(Fraction(3), None, (RANK, None))
    assert drawn(rank, rank) is None


def test_a_target_in_another_measure_than_the_results_is_not_drawn(catalogue: Catalogue) -> None:
    plan = catalogue.plans[0]
    row = replace(plan.indicators[0], unit="tấn")

    def drawn(text: str) -> list[str]:
        target = Target(2030, text, parse_target(text, unit="tấn", direction=row.direction, year=2030))
        results = (YearPoint(Period(year), figures={None: Measured(Fraction(year), "tấn")}) for year in (2024, 2025))
        chart = lines(Trend(plan, row, (*results, YearPoint(Period(2030), target, unit="tấn"))))
        assert chart is not None
        assert chart.unit == "tấn"
        return [one.text for one in chart.targets]

    assert drawn("1,5 nghìn tấn") == ["1.500"]
    assert drawn("giảm 10% so với năm 2020") == []
    assert drawn("từ 5 đến 8") == []


def test_a_number_of_any_length_can_be_drawn(catalogue: Catalogue) -> None:
    drawn = lines(_trend(catalogue, {2024: Fraction(1, 10**400), 2025: Fraction(10**400)}))
    assert drawn is not None
    assert [one.y for one in drawn.results] == [BOTTOM, TOP]


def test_one_year_is_no_line(catalogue: Catalogue) -> None:
    assert lines(_trend(catalogue, {2025: Fraction(5)})) is None


def test_bars_are_as_long_as_their_numbers() -> None:
    drawn = bars("Mẫu", [("a", 10, ""), ("không", 0, ""), ("b", 5, "bad"), ("c", 1_000, "")])
    assert drawn is not None
    assert [(one.label, one.number, one.width) for one in drawn.bars] == [
        ("a", "10", 3),
        ("b", "5", 2),
        ("c", "1.000", BAR_WIDTH),
    ]
    assert bars("Mẫu", [("a", 0, "")]) is None
