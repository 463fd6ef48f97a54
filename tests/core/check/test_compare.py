"""Verdicts on targets of every kind: what is compared, in any scale, and when it stays open."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach_cli.core.check.evaluation import Evaluation, Verdict
from kehoach_cli.core.check.verdict import evaluate
from kehoach_cli.core.model.plan import Indicator
from kehoach_cli.core.model.progress import SubmittedIndicator
from kehoach_cli.core.notation.parse import parse_target
from kehoach_cli.core.notation.target import Direction, Target
from kehoach_cli.viet.number import format_number

INCREASE, DECREASE, MAINTAIN, WITHIN = Direction.INCREASE, Direction.DECREASE, Direction.MAINTAIN, Direction.WITHIN


def indicator(  # noqa: PLR0913 - what a row of a plan has
    target: str,
    unit: str | None = "%",
    direction: Direction = INCREASE,
    *,
    name: str = "Kết quả",
    since: int | None = None,
    change: str | None = None,
    tolerance: str | None = None,
    share: bool | None = None,
    baseline: dict[int, str | None] | None = None,
) -> Indicator:
    parts = parse_target(target, unit=unit, direction=direction)
    milestone = Target(2025, target, parts, since, direction is MAINTAIN)
    return Indicator(
        "I-ct1",
        name,
        unit,
        None,
        direction,
        (milestone,),
        change=change,
        tolerance=tolerance,
        share=share,
        baseline=baseline or {},
    )


def evaluated(row: Indicator, value: str | None = None, **report: object) -> Evaluation:
    return evaluate(row, 2025, {2025: SubmittedIndicator(value, **report)})  # type: ignore[arg-type]


# target | unit | direction | value | verdict ("!" where the value is invalid)
CASES = """
5 - 6 triệu lượt khách   | lượt khách  | increase | 4.000.000           | missed
5 - 6 triệu lượt khách   | lượt khách  | increase | 5,5 triệu           | met
500 - 600 tỷ đồng        | tỷ đồng     | increase | 550                 | met
500 - 600 tỷ đồng        | tỷ đồng     | increase | 550 tỷ đồng         | met
500 - 600 tỷ đồng        | tỷ đồng     | increase | 550.000 triệu đồng  | met
500 - 600 tỷ đồng        | triệu đồng  | increase | 550.000             | met
500 - 600 tỷ đồng        | triệu đồng  | increase | 550                 | missed
5.000 tỷ đồng            | tỷ đồng     | increase | 5.100               | exceeded
5.000 tỷ đồng            | tỷ đồng     | increase | 5.000 tỷ đồng       | met
5.000 tỷ đồng            | tỷ đồng     | increase | 4.999               | missed
25 triệu đồng/người/năm  | triệu đồng/người/năm | increase | 26         | exceeded
5.000 tỷ đồng            | tỷ đồng     | increase | 5,100               | no_data!
5.000 tỷ đồng            | tỷ đồng     | increase | 5.100 ha            | no_data!
giảm 5%                  | %           | decrease | -6                  | exceeded
giảm 5%                  | %           | decrease | giảm 6              | exceeded
giảm 5%                  | %           | decrease | giảm 5%             | met
giảm 5%                  | %           | decrease | giảm 4,9%           | missed
giảm 5%                  | %           | decrease | tăng 6              | missed
giảm 5%                  | %           | decrease | +6                  | missed
giảm 5%                  | %           | decrease | 6                   | no_data
giảm từ 5-10%            | %           | decrease | giảm 7%             | met
giảm từ 5-10%            | %           | decrease | giảm 11%            | exceeded
giảm 3% trở lên          | %           | decrease | giảm 11%            | met
giảm 5 - 10 vụ           | vụ          | decrease | -4                  | missed
tăng 10% so với cùng kỳ  | %           | increase | tăng 10%            | met
tăng 10% so với cùng kỳ  | %           | increase | -3%                 | missed
Top 10                   | thứ hạng    | decrease | 9                   | met
Top 10                   | thứ hạng    | decrease | 10                  | met
Top 10                   | thứ hạng    | decrease | 11                  | missed
xếp thứ 15/34            | thứ hạng    | decrease | 12/34               | met
≤ 10                     | thứ bậc     | decrease | thứ 3               | met
15/15 xã                 | xã          | increase | 15                  | met
15/15 xã                 | xã          | increase | 14/15               | missed
15/15 xã                 | xã          | increase | 100%                | met
15/15 xã                 | xã          | increase | 16                  | no_data!
15/15 xã                 | xã          | increase | 14/14               | no_data!
trên 2/3                 | %           | increase | 66,66               | missed
trên 2/3                 | %           | increase | 66,67               | met
98/100                   | %           | increase | 98                  | met
≥ 7,5/10                 | điểm        | increase | 7,5                 | met
khoảng 85%               | %           | increase | 85                  | met
khoảng 85%               | %           | increase | 90                  | met
khoảng 85%               | %           | increase | 84,9                | no_data
ít nhất 3 - 5            | mô hình     | increase | 3                   | met
ít nhất 3 - 5            | mô hình     | increase | 7                   | met
ít nhất 3 - 5            | mô hình     | increase | 2                   | missed
tối đa 3 - 5%            | %           | decrease | 5                   | met
tối đa 3 - 5%            | %           | decrease | 5,1                 | missed
105 - 106                | trẻ trai/100 trẻ gái | within | 105,5         | met
105 - 106                | trẻ trai/100 trẻ gái | within | 106,1         | missed
2,1 con/phụ nữ           | con/phụ nữ  | within   | 2,1                 | met
2,1 con/phụ nữ           | con/phụ nữ  | within   | 2,2                 | missed
42 - 43                  | %           | maintain | 42,5                | met
42 - 43                  | %           | maintain | 43,5                | missed
42,0                     | %           | maintain | 44                  | met
gấp 2 lần                | lần         | increase | 2,1                 | exceeded
gấp 2 lần năm 2020       | tỷ đồng     | increase | gấp 1,9 lần         | missed
gấp 2 lần năm 2020       | tỷ đồng     | increase | 300                 | no_data
105%                     | %           | increase | 106                 | exceeded
100% kế hoạch            | %           | increase | 106                 | exceeded
95%                      | %           | increase | 106                 | no_data!
Không phát sinh          | vụ          | decrease | 0                   | met
Không phát sinh          | vụ          | decrease | 1                   | missed
Hoàn thành               |             | increase | Đạt                 | met
Hoàn thành               |             | increase | Chưa đạt            | missed
Hoàn thành               |             | increase | 80                  | no_data!
"""


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_a_value_gets_its_verdict(case: str) -> None:
    target, unit, direction, value, expected = (cell.strip() for cell in case.split("|"))
    found = evaluated(indicator(target, unit or None, Direction(direction)), value)
    assert found.verdict.value == expected.rstrip("!")
    assert found.invalid is expected.endswith("!")
    assert found.reason or found.verdict is not Verdict.NO_DATA


class TestChanges:
    def test_a_bare_number_may_be_the_level_that_is_left(self) -> None:
        found = evaluated(indicator("giảm 5%", direction=DECREASE), "6")
        assert found.reason == "cần làm rõ: mức giảm hay mức còn lại?"
        assert not found.invalid

    def test_the_change_itself_may_be_the_indicator(self) -> None:
        row = indicator("tăng 8,5%", name="Tốc độ tăng trưởng GRDP")
        assert evaluated(row, "8,5").verdict is Verdict.MET

    @pytest.mark.parametrize(
        ("target", "levels", "expected"),
        [
            ("giảm 10% so với năm 2020", {2020: "200", 2025: "180"}, Verdict.MET),
            ("giảm 10% so với năm 2020", {2020: "200", 2025: "181"}, Verdict.MISSED),
            ("giảm 5% so với năm trước", {2024: "100", 2025: "95"}, Verdict.MET),
            (
                "giảm 10% so với bình quân 3 năm 2022-2024",
                {2022: "90", 2023: "100", 2024: "110", 2025: "90"},
                Verdict.MET,
            ),
            ("giảm 5%", {2024: "100", 2025: "94"}, Verdict.EXCEEDED),
        ],
    )
    def test_levels_before_and_now(self, target: str, levels: dict[int, str], expected: Verdict) -> None:
        row = indicator(target, direction=DECREASE, name="Số vụ tai nạn")
        assert evaluated(row, levels=levels).verdict is expected

    def test_points_and_percent_of_a_share_are_two_things(self) -> None:
        levels = {2024: "3,0", 2025: "2,5"}
        name = "Tỷ lệ hộ nghèo"
        found = evaluated(indicator("giảm 0,5%", direction=DECREASE, name=name), levels=levels)
        assert found.verdict is Verdict.NO_DATA
        assert "0,5 điểm %" in found.reason
        assert "16,67%" in found.reason
        row = indicator("giảm 0,5%", direction=DECREASE, name=name, change="points")
        assert evaluated(row, levels=levels).verdict is Verdict.MET
        row = indicator("giảm 0,5%", direction=DECREASE, name=name, change="percent")
        assert evaluated(row, levels=levels).verdict is Verdict.EXCEEDED

    def test_ranks_gained_are_before_minus_after(self) -> None:
        row = indicator("tăng 3 bậc", "bậc")
        assert evaluated(row, levels={2024: "20", 2025: "17"}).verdict is Verdict.MET
        assert evaluated(row, levels={2024: "20", 2025: "23"}).verdict is Verdict.MISSED

    def test_a_multiple_from_levels(self) -> None:
        row = indicator("gấp 2 lần năm 2020", "tỷ đồng")
        assert evaluated(row, levels={2020: "100", 2025: "200"}).verdict is Verdict.MET
        assert evaluated(row, levels={2020: "100 tỷ đồng", 2025: "199.000 triệu đồng"}).verdict is Verdict.MISSED


class TestArithmetic:
    """What `--explain` prints can be redone by hand."""

    @pytest.mark.parametrize(
        ("target", "unit", "report", "steps"),
        [
            ("≥ 80%", "%", {"value": "14/15"}, ("14/15 = 93,3333…", "93,3333… so với ≥ 80")),
            (
                "500 - 600 tỷ đồng",
                "tỷ đồng",
                {"value": "550.000 triệu đồng"},
                ("550.000 triệu đồng = 550", "550 so với từ 500 đến 600, càng cao càng tốt"),
            ),
            ("≥ 50 ha", "ha", {"value": "50,5 ha"}, ("50,5 so với ≥ 50",)),
            (
                "giảm 10% so với năm 2020",
                "%",
                {"levels": {2020: "200", 2025: "150"}},
                ("(200 - 150) / 200 × 100 = 25", "giảm 25 so với 10, càng cao càng tốt"),
            ),
            (
                "tăng 10% so với bình quân 3 năm 2022-2024",
                "%",
                {"levels": {2022: "90", 2023: "100", 2024: "110", 2025: "120"}},
                (
                    "(90 + 100 + 110) / 3 = 100; (120 - 100) / 100 × 100 = 20",
                    "tăng 20 so với 10, càng cao càng tốt",
                ),
            ),
            (
                "gấp 2 lần năm 2020",
                "tỷ đồng",
                {"levels": {2020: "40", 2025: "100"}},
                ("100 / 40 = 2,5", "2,5 so với 2, càng cao càng tốt"),
            ),
            (
                "tăng 3 bậc",
                "bậc",
                {"levels": {2024: "20", 2025: "17"}},
                ("20 - 17 = 3", "tăng 3 so với 3, càng cao càng tốt"),
            ),
            ("Hoàn thành", None, {"met": True}, ("mục tiêu “Hoàn thành”: cơ quan báo cáo tự đánh giá, ghi “Đạt”",)),
        ],
    )
    def test_every_step(self, target: str, unit: str | None, report: dict[str, object], steps: tuple[str, ...]) -> None:
        assert evaluated(indicator(target, unit), **report).steps == steps  # type: ignore[arg-type]

    def test_a_tolerance_is_named(self) -> None:
        assert evaluated(indicator("khoảng 85%", tolerance="2"), "84").steps == ("84 so với khoảng 85, được lệch 2",)


class TestOpen:
    def test_about_is_for_the_coordinator_unless_a_tolerance_is_given(self) -> None:
        assert evaluated(indicator("khoảng 85%"), "84").reason == "mục tiêu ghi khoảng, cơ quan đầu mối quyết định"
        assert evaluated(indicator("khoảng 85%", tolerance="2"), "84").verdict is Verdict.MET
        assert evaluated(indicator("khoảng 85%", tolerance="2"), "82").verdict is Verdict.MISSED
        assert evaluated(indicator("khoảng 7.500 USD", "USD", tolerance="2%"), "7.400").verdict is Verdict.MET

    def test_a_state_says_whose_judgement_it_is(self) -> None:
        found = evaluated(indicator("Hoàn thành", None), met=True)
        assert (found.verdict, found.judged_by) == (Verdict.MET, "agency")
        assert found.reason == "cơ quan báo cáo tự đánh giá"
        assert evaluated(indicator("Hoàn thành", None)).verdict is Verdict.NO_DATA

    def test_a_state_and_a_figure_do_not_answer_each_other(self) -> None:
        assert evaluated(indicator("80%"), met=True).invalid
        both = evaluated(indicator("Hoàn thành", None), "Đạt", met=False)
        assert (both.verdict, both.invalid) == (Verdict.NO_DATA, True)

    def test_what_must_not_fall_is_compared_with_what_is_known(self) -> None:
        row = indicator("không giảm", direction=MAINTAIN, baseline={2024: "54,2"})
        assert evaluated(row, "54,2").verdict is Verdict.MET
        assert evaluated(row, "54,1").verdict is Verdict.MISSED
        assert evaluated(indicator("không giảm", direction=MAINTAIN), "54,1").verdict is Verdict.NO_DATA

    def test_a_share_may_be_declared_none(self) -> None:
        assert evaluated(indicator("95%", share=False), "106").verdict is Verdict.EXCEEDED

    def test_no_ratio_where_it_says_nothing(self) -> None:
        found = evaluated(indicator("5 triệu", "lượt"), "4.000.000.000.000")
        assert found.difference is None

    def test_clauses_for_another_year_do_not_count(self) -> None:
        found = evaluated(indicator("năm 2025 đạt 50%, năm 2030 đạt 80%"), "55")
        assert found.verdict is Verdict.EXCEEDED


class TestPeriods:
    def reports(self, *values: str) -> dict[int, SubmittedIndicator]:
        return {2023 + at: SubmittedIndicator(value) for at, value in enumerate(values)}

    def test_a_counted_amount_is_the_total_of_the_period(self) -> None:
        row = indicator("300 xã", "xã", since=2023)
        assert evaluate(row, 2025, self.reports("100", "100", "100")).verdict is Verdict.MET
        assert evaluate(row, 2025, self.reports("100", "100", "99")).verdict is Verdict.MISSED
        early = evaluate(row, 2023, self.reports("99"))
        assert (early.verdict, early.official) == (Verdict.BEHIND, False)
        assert evaluate(row, 2023, self.reports("100")).verdict is Verdict.ON_TRACK

    def test_a_share_of_a_period_belongs_to_its_last_year(self) -> None:
        row = indicator("80%", since=2023)
        assert evaluate(row, 2025, self.reports("10", "20", "80")).verdict is Verdict.MET

    def test_a_mean_of_amounts_is_arithmetic(self) -> None:
        row = indicator("bình quân 100 ha/năm", "ha", since=2023)
        assert evaluate(row, 2025, self.reports("90", "100", "110")).verdict is Verdict.MET

    def test_a_mean_of_rates_of_growth_is_geometric(self) -> None:
        row = indicator("bình quân 10%/năm", name="Tốc độ tăng trưởng", since=2023)
        assert evaluate(row, 2025, self.reports("10", "10", "10")).verdict is Verdict.MET
        # Their arithmetic mean is 10, their geometric one 9,81.
        assert evaluate(row, 2025, self.reports("0", "10", "20")).verdict is Verdict.MISSED


class TestProperties:
    @given(st.fractions(0, 1))
    def test_a_bound_of_a_fraction_is_exact(self, share: Fraction) -> None:
        row = indicator("trên 2/3")
        text = format_number(Decimal(share.numerator * 10**6 // share.denominator).scaleb(-4))
        value = Fraction(Decimal(text.replace(".", "").replace(",", ".")))
        assert (evaluated(row, text).verdict is Verdict.MET) is (value > Fraction(200, 3))
