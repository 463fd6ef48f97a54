"""An indicator over the years, and what last year's report said had to be done this year."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kehoach_cli.core.check.locked import assessed
from kehoach_cli.core.check.points import Trend, YearPoint
from kehoach_cli.core.check.promise import promised
from kehoach_cli.core.check.submissions import check
from kehoach_cli.core.check.trend import trends, with_changes
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.lock import PlanLock
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Indicator, Plan, Withdrawal
from kehoach_cli.core.model.progress import Status, Submission, SubmittedIndicator, SubmittedTask
from kehoach_cli.core.notation.parse import parse_target
from kehoach_cli.core.notation.target import Direction, Target
from kehoach_cli.viet.number import exact
from tests.core.check.test_periods import PLAN

YEARS = range(2023, 2027)


def indicator(targets: dict[int, str], unit: str | None = "%", **more: Any) -> Indicator:
    direction = more.pop("direction", Direction.INCREASE)
    found = tuple(
        Target(year, text, parse_target(text, unit=unit, direction=direction, year=year))
        for year, text in targets.items()
    )
    name = more.pop("name", "Tỷ lệ hộ dùng nước sạch")
    return Indicator("ct1", name, unit, None, direction, found, lead=("so-y-te",), **more)


def said(year: int, value: str | SubmittedIndicator, agency: str = "so-y-te", part: str | None = None) -> Submission:
    entry = value if isinstance(value, SubmittedIndicator) else SubmittedIndicator(value)
    period = Period(year, part)
    cutoff = period.last_day.replace(day=14)
    file = f"progress/{period.key}/kh-176--{agency}.yaml"
    return Submission("kh-176", agency, year, cutoff, file, indicators={"ct1": entry}, part=part)


def plan_with(row: Indicator) -> Plan:
    return replace(PLAN, indicators=(row,))


def trend(catalogue: Catalogue, row: Indicator, *sent: Submission, locks: tuple[PlanLock, ...] = ()) -> Trend:
    filled = replace(catalogue, submissions=sent, locks=locks, plans=(plan_with(row),))
    return trends(filled, plan_with(row), Period(2026), date(2026, 12, 31))["ct1"]


def point(found: Trend, year: int) -> YearPoint:
    got = found.at(Period(year))
    assert got is not None
    return got


def words(catalogue: Catalogue, row: Indicator, before: str | SubmittedIndicator, now: str | SubmittedIndicator) -> str:
    return point(trend(catalogue, row, said(2025, before), said(2026, now)), 2026).words


@pytest.mark.parametrize(
    ("row", "before", "now", "expected"),
    [
        (indicator({2030: "95"}), "80", "82,5", "tăng 2,5 điểm phần trăm so với năm 2025"),
        (indicator({2030: "95"}), "82,5%", "80", "giảm 2,5 điểm phần trăm so với năm 2025"),
        (indicator({2030: "95"}), "80", "80,0", "không đổi so với năm 2025"),
        (
            indicator({2030: "95"}), "80", SubmittedIndicator("81", estimate=True),
            "tăng 1 điểm phần trăm (số ước) so với năm 2025",
        ),
        (indicator({2030: "5.000"}, "ha", name="Diện tích"), "1.200", "1.500", "tăng 300 ha (25%) so với năm 2025"),
        (indicator({2030: "5.000"}, "ha", name="Diện tích"), "1.200", "1,5 nghìn ha", "tăng 300 ha (25%) so với năm 2025"),
        (indicator({2030: "5.000"}, "ha", name="Diện tích"), "0", "300", "tăng 300 ha so với năm 2025"),
        (indicator({2030: "500 tỷ đồng"}, "tỷ đồng", name="Vốn"), "100", "120 tỷ đồng", "tăng 20 tỷ đồng (20%) so với năm 2025"),
        (indicator({2030: "Top 10"}, None, name="Thứ hạng PCI"), "15", "12", "lên 3 bậc so với năm 2025"),
        (indicator({2030: "Top 10"}, None, name="Thứ hạng PCI"), "12", "15", "xuống 3 bậc so với năm 2025"),
        (
            indicator({2030: "giảm 10% so với năm 2020"}, "%", name="Nồng độ bụi"), "giảm 5%", "giảm 6%",
            "mức giảm tăng 1 điểm phần trăm so với năm 2025",
        ),
    ],
)  # fmt: skip
def test_the_change_is_told_in_the_indicators_unit(
    catalogue: Catalogue, row: Indicator, before: str, now: str | SubmittedIndicator, expected: str
) -> None:
    assert words(catalogue, row, before, now) == expected


@pytest.mark.parametrize(
    ("row", "before", "now", "why"),
    [
        # What was reported is the level in one year and the change in the other one.
        (
            indicator({2030: "giảm 10% so với năm 2020"}, "%", name="Nồng độ bụi"),
            SubmittedIndicator(levels={2020: "40", 2025: "38"}),
            "giảm 6%",
            "loại mục tiêu của hai năm khác nhau",
        ),
        (indicator({2025: "đạt 80%", 2030: "giảm 10% so với năm 2020"}, "%"), "80", "giảm 1%", "loại mục tiêu của hai năm"),
        (indicator({2030: "Hoàn thành"}, None, name="Đề án"), SubmittedIndicator(met=False), SubmittedIndicator(met=True), "lời"),
        (indicator({2030: "95"}), "80", "khoảng tám mươi", "phải là một số"),
        (indicator({2030: "95"}), "tám mươi", "80", "phải là một số"),
        (indicator({2030: "5 km"}, None, name="Đường"), "3 km", "4 ha", "không theo đơn vị tính"),
    ],
)  # fmt: skip
def test_what_does_not_measure_the_same_has_no_change_and_a_reason(
    catalogue: Catalogue, row: Indicator, before: str, now: str, why: str
) -> None:
    found = point(trend(catalogue, row, said(2025, before), said(2026, now)), 2026)
    assert (found.steps, found.before != "") == ((), True)
    assert why in found.remark
    assert found.words.startswith("không so được với năm 2025: ")


def test_a_year_without_a_result_breaks_the_line(catalogue: Catalogue) -> None:
    found = trend(catalogue, indicator({2030: "95"}), said(2024, "80"), said(2026, "85"))
    assert [one.period.key for one in found.points] == ["2024", "2026", "2030"]
    assert [one.words for one in found.points] == ["", "", ""]


def test_the_level_of_a_base_year_begins_the_line(catalogue: Catalogue) -> None:
    found = trend(catalogue, indicator({2030: "95"}, baseline={2025: "78", 2020: None}), said(2026, "80"))
    assert point(found, 2025).baseline
    assert point(found, 2026).words == "tăng 2 điểm phần trăm so với năm 2025"


def test_scopes_are_compared_one_by_one(catalogue: Catalogue) -> None:
    row = indicator({2030: "Đô thị: 95%; nông thôn: 80%"})
    before = SubmittedIndicator(parts={"Đô thị": "90", "nông thôn": "70"})
    now = SubmittedIndicator(parts={"Đô thị": "91", "nông thôn": "69,5"})
    assert words(catalogue, row, before, now) == (
        "Đô thị: tăng 1 điểm phần trăm; nông thôn: giảm 0,5 điểm phần trăm so với năm 2025"
    )


def test_lower_is_better_where_the_plan_says_so(catalogue: Catalogue) -> None:
    row = indicator({2030: "5"}, direction=Direction.DECREASE, name="Tỷ lệ hộ nghèo")
    (step,) = point(trend(catalogue, row, said(2025, "8"), said(2026, "7")), 2026).steps
    assert (step.value, step.better) == (Fraction(-1), True)


def test_bodies_that_disagree_give_no_figure_and_the_provinces_total_does(catalogue: Catalogue) -> None:
    row = indicator({2030: "95"})
    apart = [said(2025, "80"), said(2026, "81"), said(2026, "85", "so-nnmt")]
    assert "các cơ quan báo cáo số liệu khác nhau" in point(trend(catalogue, row, *apart), 2026).words
    total = said(2026, SubmittedIndicator("85", province_total=True), "so-nnmt")
    assert point(trend(catalogue, row, *apart[:2], total), 2026).words == "tăng 5 điểm phần trăm so với năm 2025"
    same = [said(2025, "80"), said(2026, "85"), said(2026, "85,0", "so-nnmt")]
    assert point(trend(catalogue, row, *same), 2026).words == "tăng 5 điểm phần trăm so với năm 2025"


def test_a_part_of_a_year_is_compared_with_the_same_part(catalogue: Catalogue) -> None:
    row = indicator({2030: "95"})
    sent = (said(2025, "60", part="Q3"), said(2025, "80"), said(2026, "65", part="Q3"))
    filled = replace(catalogue, submissions=sent, plans=(plan_with(row),))
    found = trends(filled, plan_with(row), Period(2026, "Q3"), date(2026, 12, 31))["ct1"]
    assert [one.period.key for one in found.points] == ["2025-Q3", "2026-Q3"]
    assert found.points[-1].words == "tăng 5 điểm phần trăm so với quý III/2025"


# -- what was closed -----------------------------------------------------------------------------------------------------------


def locked(catalogue: Catalogue, row: Indicator, *sent: Submission, year: int = 2025) -> PlanLock:
    filled = replace(catalogue, submissions=sent, plans=(plan_with(row),))
    day = date(year, 12, 14)
    made = assessed(filled, plan_with(row), Period(year), day)
    return PlanLock("kh-176", str(year), day, f"{year}-12-20T08:00:00", "r1", assessment=made)


def test_a_closed_year_speaks_through_its_lock(catalogue: Catalogue) -> None:
    row = indicator({2030: "95"})
    lock = locked(catalogue, row, said(2025, "80"))
    found = trend(catalogue, row, said(2025, "70"), said(2026, "82"), locks=(lock,))
    assert (point(found, 2025).text, point(found, 2025).closed) == ("80", True)
    assert point(found, 2026).words == "tăng 2 điểm phần trăm so với năm 2025"
    assert point(found, 2026).before_closed


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (indicator({2030: "500"}, "km2", name="Diện tích"), 'đơn vị tính đã đổi từ "ha" sang "km2"'),
        (indicator({2030: "500"}, "ha", name="Diện tích rừng"), "tên chỉ tiêu đã đổi"),
        (indicator({2030: "giảm 5% so với năm 2020"}, "ha", name="Diện tích"), "loại mục tiêu của hai năm khác nhau"),
    ],
)
def test_what_was_closed_under_another_definition_is_not_compared(
    catalogue: Catalogue, row: Indicator, why: str
) -> None:
    lock = locked(catalogue, indicator({2030: "500"}, "ha", name="Diện tích"), said(2025, "300"))
    now = "giảm 2%" if "giảm" in row.targets[0].text else "320"
    found = point(trend(catalogue, row, said(2026, now), locks=(lock,)), 2026)
    assert (found.steps, found.before) == ((), "300")
    assert why in found.words


def test_a_scale_word_more_in_the_unit_is_the_same_measure(catalogue: Catalogue) -> None:
    lock = locked(catalogue, indicator({2030: "500"}, "triệu đồng", name="Vốn"), said(2025, "300.000"))
    row = indicator({2030: "1"}, "tỷ đồng", name="Vốn")
    found = point(trend(catalogue, row, said(2026, "330"), locks=(lock,)), 2026)
    assert found.words == "tăng 30 tỷ đồng (10%) so với năm 2025"


@given(st.dictionaries(st.sampled_from(YEARS), st.integers(0, 1000), min_size=1))
def test_changes_add_up_from_the_first_year_to_the_last(catalogue: Catalogue, figures: dict[int, int]) -> None:
    row = indicator({2030: "5.000"}, "ha", name="Diện tích")
    sent = [said(year, exact(Fraction(value, 10))) for year, value in figures.items()]
    for one in trend(catalogue, row, *sent).points:
        if one.steps:
            year = one.period.year
            assert one.steps[0].value == Fraction(figures[year] - figures[year - 1], 10)
        else:
            assert not {one.period.year, one.period.year - 1} <= figures.keys()


def test_the_check_of_a_year_tells_the_change_on_the_value_that_counts(catalogue: Catalogue) -> None:
    sent = (said(2025, "80"), said(2026, "82"))
    filled = replace(catalogue, submissions=sent, plans=(plan_with(indicator({2030: "95"})),))
    (row,) = with_changes(filled, check(filled, Period(2026), None, frozenset())).rows
    assert row.change is not None
    assert row.change.words == "tăng 2 điểm phần trăm so với năm 2025"


# -- what was promised ---------------------------------------------------------------------------------------------------------


def task_said(year: int, **tasks: SubmittedTask) -> Submission:
    entries = {key.replace("_", "."): entry for key, entry in tasks.items()}
    file = f"progress/{year}/kh-176--so-y-te.yaml"
    return Submission("kh-176", "so-y-te", year, date(year, 12, 14), file, tasks=entries)


def test_last_years_open_tasks_stand_beside_what_was_done(catalogue: Catalogue) -> None:
    plan = next(one for one in catalogue.plans if one.id == "kh-176")
    open_, done = SubmittedTask(Status.IN_PROGRESS), SubmittedTask(Status.DONE, completed=date(2025, 10, 1))
    sent = (task_said(2024, PL2_III_1=open_, PL2_III_2=done), task_said(2025, PL2_III_1=done))
    filled = replace(catalogue, submissions=sent)
    made = promised(filled, plan, Period(2025), date(2025, 12, 14))
    assert made is not None
    found = {one.task.id: (one.then.column, one.state.column.value) for one in made.tasks}
    assert found["PL2.III.1"] == ("in_time", "on_time")
    assert "PL2.III.2" not in found
    assert all(one.then.deadline and one.then.deadline.year <= 2025 for one in made.tasks)


def test_nothing_was_promised_where_nobody_reported(catalogue: Catalogue) -> None:
    plan = next(one for one in catalogue.plans if one.id == "kh-176")
    filled = replace(catalogue, submissions=(), locks=())
    assert promised(filled, plan, Period(2025), date(2025, 12, 14)) is None


def test_a_withdrawn_indicator_has_no_target_and_no_verdict_any_more(catalogue: Catalogue) -> None:
    plain = indicator({2025: "70", 2026: "80", 2030: "95"})
    gone = replace(plain, withdrawn=Withdrawal(date(2026, 5, 1), "Quyết định 9/QĐ-UBND"))
    sent = (said(2025, "75"), said(2026, "85"))
    told = trend(catalogue, gone, *sent)
    assert [(one.period.year, one.target.text if one.target else None, one.verdict) for one in told.points] == [
        (2025, "70", "exceeded"),
        (2026, None, None),
    ]
    assert point(told, 2026).remark == "đã bãi bỏ: Quyết định 9/QĐ-UBND"
    assert not point(told, 2026).official
    # Before that day nobody knew.
    filled = replace(catalogue, submissions=sent[:1], plans=(plan_with(gone),))
    before = trends(filled, plan_with(gone), Period(2026), date(2026, 4, 30))["ct1"]
    assert [one.period.year for one in before.points if one.target] == [2025, 2026, 2030]


def test_a_lock_of_a_later_day_was_not_known(catalogue: Catalogue) -> None:
    row = indicator({2026: "80"})
    lock = locked(catalogue, row, said(2025, "70"))
    filled = replace(catalogue, submissions=(), locks=(lock,), plans=(plan_with(row),))
    assert promised(filled, plan_with(row), Period(2026), date(2025, 12, 13)) is None
    found = trends(filled, plan_with(row), Period(2025), date(2025, 12, 13))["ct1"]
    assert not any(one.text for one in found.points)
