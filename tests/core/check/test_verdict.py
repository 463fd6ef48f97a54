"""Verdicts: every kind of target in the plans, with its boundaries, as a table for readers of the field."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach_cli.core.check.compare import meets
from kehoach_cli.core.check.evaluation import Verdict
from kehoach_cli.core.check.verdict import evaluate
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.plan import Indicator
from kehoach_cli.core.model.progress import SubmittedIndicator
from kehoach_cli.core.notation.target import Direction, Operator, TargetPart
from kehoach_cli.viet.number import exact

# Plan, indicator, year, value as typed, verdict ("~" marks one that is not official).
CASES = """
kh-176 PL1.1  2025 1,4        missed
kh-176 PL1.1  2025 1,5        met
kh-176 PL1.1  2025 1,75       met
kh-176 PL1.1  2025 2          met
kh-176 PL1.1  2025 2,0        met
kh-176 PL1.1  2025 2,01       exceeded
kh-176 PL1.1  2030 2,4        missed
kh-176 PL1.1  2030 3          met
kh-176 PL1.1  2031 3,1        exceeded
kh-176 PL1.2  2025 79,9       missed
kh-176 PL1.2  2025 80         met
kh-176 PL1.2  2025 80,0       met
kh-176 PL1.2  2025 99         met
kh-176 PL1.2  2030 100        met
kh-176 PL1.2  2030 99,99      missed
kh-176 PL1.2  2030 100,1      no_data!
kh-176 PL1.3  2025 4,9        missed
kh-176 PL1.3  2025 5          met
kh-176 PL1.3  2025 8          met
kh-176 PL1.3  2025 8,1        exceeded
kh-176 PL1.6  2025 94,9       missed
kh-176 PL1.6  2025 95         met
kh-176 PL1.6  2025 95%        met
kh-176 PL1.6  2025 95,1       exceeded
kh-176 PL1.6  2025 0,95       missed
kh-176 PL1.6  2025 950        no_data!
kh-176 PL1.6  2025 -1         no_data!
kh-176 PL1.6  2025 95.5       no_data!
kh-176 PL1.6  2025 khoảng_95  no_data!
kh-176 PL1.6  2025 >95        no_data!
kh-176 PL1.6  2025 94_-_96    no_data!
kh-176 PL1.6  2025 95_ha      no_data!
kh-176 PL1.6  2025 chưa_rõ    no_data!
kh-176 PL1.6  2024 90         not_due~
kh-176 PL1.6  2026 95,6       on_track~
kh-176 PL1.6  2026 95,5       behind~
kh-176 PL1.6  2028 96,8       on_track~
kh-176 PL1.6  2028 96,79      behind~
kh-176 PL1.6  2030 98         met
kh-176 PL1.8  2025 31         missed
kh-176 PL1.8  2025 30         met
kh-176 PL1.8  2025 29,9       exceeded
kh-176 PL1.8  2025 0          exceeded
kh-176 PL1.8  2026 26         on_track~
kh-176 PL1.8  2026 26,1       behind~
kh-176 PL1.8  2030 10         met
kh-176 PL1.8  2030 10,1       missed
kh-176 PL1.11 2027 76         on_track~
kh-176 PL1.11 2027 75,9       behind~
kh-176 PL1.17 2025 85         met
kh-176 PL1.17 2025 86,5       exceeded
kh-176 PL1.17 2025 84,99      missed
kh-176 PL1.18 2025 88.823,44  met
kh-176 PL1.18 2025 88.823,43  missed
kh-176 PL1.18 2025 90.000     met
kh-176 PL1.18 2025 88.823,44_ha met
kh-176 PL1.18 2027 88.823,44  on_track~
kh-176 PL1.18 2027 88.000     behind~
kh-176 PL1.19 2025 54,2       met
kh-176 PL1.19 2025 54,19      missed
kh-176 PL1.19 2030 60         met
qd-3825 PL.VIII.5.3-ct2 2022 10.000    not_due~
qd-3825 PL.VIII.5.3-ct2 2023 10.000    on_track~
qd-3825 PL.VIII.5.3-ct2 2023 10.000_ha on_track~
qd-3825 PL.VIII.5.3-ct2 2023 9.999     behind~
qd-3825 PL.VIII.5.3-ct1 2023 6,0_triệu on_track~
qd-3825 PL.VIII.5.3-ct1 2023 5.999.999 behind~
"""


def indicator(catalogue: Catalogue, plan: str, row: str) -> Indicator:
    found = catalogue.items[f"{plan}/{row}"].row
    assert isinstance(found, Indicator)
    return found


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_a_value_gets_its_verdict(catalogue: Catalogue, case: str) -> None:
    plan, row, year, value, expected = case.split()
    report = SubmittedIndicator(value.replace("_", " "))
    evaluated = evaluate(indicator(catalogue, plan, row), int(year), {int(year): report})
    assert evaluated.verdict.value == expected.rstrip("~!")
    assert evaluated.official is not expected.endswith("~")
    assert evaluated.invalid is expected.endswith("!")
    assert bool(evaluated.reason) or not evaluated.invalid


@pytest.mark.parametrize(
    ("large", "rest", "expected"),
    [
        ("30,1", "10,1", Verdict.MET),
        ("30", "10", Verdict.PARTLY),
        ("30", "9", Verdict.MISSED),
        ("31", "9", Verdict.PARTLY),
        ("31", "10", Verdict.MET),
        ("31", None, Verdict.NO_DATA),
    ],
)
def test_two_classes_of_towns(catalogue: Catalogue, large: str, rest: str | None, expected: Verdict) -> None:
    parts = {"đô thị loại II trở lên": large} | ({"đô thị còn lại": rest} if rest else {})
    evaluated = evaluate(indicator(catalogue, "kh-176", "PL1.10"), 2025, {2025: SubmittedIndicator(parts=parts)})
    assert evaluated.verdict is expected
    assert [part.scope for part in evaluated.parts] == ["đô thị loại II trở lên", "đô thị còn lại"]


@pytest.mark.parametrize("report", [SubmittedIndicator("31"), SubmittedIndicator(parts={"đô thị loại I": "31"})])
def test_a_scoped_target_wants_its_own_parts(catalogue: Catalogue, report: SubmittedIndicator) -> None:
    evaluated = evaluate(indicator(catalogue, "kh-176", "PL1.10"), 2025, {2025: report})
    assert (evaluated.verdict, evaluated.invalid) == (Verdict.NO_DATA, True)


@pytest.mark.parametrize(
    ("report", "expected", "reason"),
    [
        (SubmittedIndicator("10"), Verdict.MET, ""),
        (SubmittedIndicator("9,9"), Verdict.MISSED, ""),
        (SubmittedIndicator("giảm 12%"), Verdict.MET, ""),
        (SubmittedIndicator("tăng 12%"), Verdict.MISSED, ""),
        (SubmittedIndicator(levels={2024: "28,0", 2030: "25,2"}), Verdict.MET, ""),
        (SubmittedIndicator(levels={2024: "28,0", 2030: "25,21"}), Verdict.MISSED, ""),
        (SubmittedIndicator(levels={2024: "27", 2030: "24,3"}), Verdict.MET, ""),
        (SubmittedIndicator(levels={2030: "25"}), Verdict.NO_DATA, "thiếu số liệu năm 2024"),
        (SubmittedIndicator(levels={2024: "28"}), Verdict.NO_DATA, "thiếu số liệu năm 2030"),
    ],
)
def test_relative_to_a_year(catalogue: Catalogue, report: SubmittedIndicator, expected: Verdict, reason: str) -> None:
    (dust,) = [
        row for plan in catalogue.plans for row in plan.indicators for part in row.targets[-1].parts if part.change
    ]
    evaluated = evaluate(dust, 2030, {2030: report})
    assert (evaluated.verdict, evaluated.reason) == (expected, reason)


def test_a_mean_is_official_in_its_last_year_with_every_year_reported(catalogue: Catalogue) -> None:
    trees = indicator(catalogue, "qd-3825", "PL.VIII.5.3-ct1")
    reports = {year: SubmittedIndicator("5,9 triệu" if year % 2 else "6,1 triệu") for year in range(2023, 2031)}
    evaluated = evaluate(trees, 2030, reports)
    assert (evaluated.verdict, evaluated.official) == (Verdict.MET, True)
    del reports[2026]
    evaluated = evaluate(trees, 2030, reports)
    assert (evaluated.verdict, evaluated.official) == (Verdict.BEHIND, False)
    assert "2026" in evaluated.reason
    assert evaluate(trees, 2030, {}).verdict is Verdict.NO_DATA


def test_nothing_reported_is_no_failure(catalogue: Catalogue) -> None:
    for plan in catalogue.plans:
        for row in plan.indicators:
            assert evaluate(row, 2030, {}).verdict is Verdict.NO_DATA


def test_the_arithmetic_can_be_redone(catalogue: Catalogue) -> None:
    evaluated = evaluate(indicator(catalogue, "kh-176", "PL1.8"), 2026, {2026: SubmittedIndicator("26,1")})
    assert evaluated.steps == ("30 (năm 2025) đến 10 (năm 2030): năm 2026 theo đường thẳng là 26; số liệu 26,1",)
    assert evaluated.difference is not None
    assert (exact(evaluated.difference.value), evaluated.difference.unit) == ("16,1", "điểm %")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(1, 3), "0,3333…"),
        (Fraction(100), "100"),
        (Fraction(173, 2), "86,5"),
        (Fraction(8882344, 100), "88.823,44"),
    ],
)
def test_quantities_are_written_the_vietnamese_way(value: Fraction, text: str) -> None:
    assert exact(value) == text


RANK = {Verdict.MISSED: 0, Verdict.MET: 1, Verdict.EXCEEDED: 2}
numbers = st.decimals(0, 1000, places=2)


@given(
    low=numbers,
    width=numbers,
    one=numbers,
    other=numbers,
    direction=st.sampled_from([Direction.INCREASE, Direction.DECREASE]),
)
def test_moving_a_value_in_the_better_direction_never_worsens_its_verdict(
    low: Decimal, width: Decimal, one: Decimal, other: Decimal, direction: Direction
) -> None:
    worse, better = sorted((Fraction(one), Fraction(other)), reverse=direction is Direction.DECREASE)
    bounds = (
        (Operator.AT_LEAST, Operator.ABOVE) if direction is Direction.INCREASE else (Operator.AT_MOST, Operator.BELOW)
    )
    for part in (
        TargetPart(low),
        TargetPart(low, low + width),
        *(TargetPart(low, operator=operator) for operator in bounds),
    ):
        assert RANK[meets(part, direction, better)] >= RANK[meets(part, direction, worse)]
