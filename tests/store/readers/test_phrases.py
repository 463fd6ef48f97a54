"""What the rest of a plan file says about its phrases: the year of a schedule, the unit and the direction of a target."""

import re
from datetime import date
from decimal import Decimal

import pytest

from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.finding import Finding
from kehoach_cli.core.model.plan import Plan, Step
from kehoach_cli.core.notation.schedule import Milestone, Schedule, ScheduleKind
from kehoach_cli.core.notation.target import Operator
from kehoach_cli.store.readers.file_reading import FileReading
from kehoach_cli.store.readers.plan import read_plan
from kehoach_cli.store.readers.registry import read_registry
from tests.rules.workspaces import PLAN, REGISTRY

ONE_YEAR = PLAN.replace("period: {from: 2022, to: 2030}", "period: {from: 2025, to: 2025}").replace(
    "date: 2022-01-10", "date: 2025-01-15"
)
TASK = "    schedule: 2022 - 2025\n"
TARGETS = '{2025: "95"}'


def read(text: str) -> tuple[Plan, list[Finding]]:
    registry = read_registry(FileReading("mau.yaml", text=REGISTRY))
    assert registry
    reading = FileReading("kh-mau.yaml", text=text)
    plan = read_plan(reading, Directory({"mau": registry}), strict_before=True)
    assert plan, reading.findings
    return plan, reading.findings


def schedule(phrase: str, base: str = ONE_YEAR) -> tuple[Schedule, list[Finding]]:
    plan, findings = read(base.replace(TASK, f'    schedule: "{phrase}"\n'))
    return plan.tasks[0].schedule, findings


def told(finding: Finding) -> str:
    return f"{finding.code} {finding.message} ({finding.hint})"


class TestSchedules:
    def test_a_plan_of_one_year_completes_a_day(self) -> None:
        found, findings = schedule("Trước ngày 10/6")
        assert (found.deadline, findings) == (date(2025, 6, 9), [])

    def test_a_plan_of_many_years_asks_for_the_year(self) -> None:
        found, (finding,) = schedule("Trước ngày 10/6", PLAN)
        assert (found.kind, found.deadline) == (ScheduleKind.UNKNOWN, None)
        assert finding.code == "K401"
        assert "thiếu năm" in finding.message
        assert "tiêu đề mục" in (finding.hint or "")

    def test_a_day_before_the_document_is_asked_for(self) -> None:
        late = ONE_YEAR.replace("date: 2025-01-15", "date: 2025-09-01")
        _, (finding,) = schedule("Trước ngày 10/6", late)
        assert "trước ngày ban hành 01/9/2025" in finding.message

    def test_days_are_counted_from_the_document(self) -> None:
        found, _ = schedule("Trong vòng 15 ngày kể từ ngày ký ban hành")
        assert (found.deadline, found.counted) == (date(2025, 1, 30), True)

    @pytest.mark.parametrize(
        ("heading", "deadline"), [("Năm 2026", date(2026, 6, 9)), ("đến hết năm 2026", None), ("2026 - 2027", None)]
    )
    def test_the_nearest_heading_of_one_year_completes_it(self, heading: str, deadline: date | None) -> None:
        base = PLAN.replace("{id: I, title: NHIỆM VỤ}", f"{{id: I, title: NHIỆM VỤ, schedule: {heading}}}")
        found, findings = schedule("Trước ngày 10/6", base)
        assert found.deadline == deadline
        assert [finding.code for finding in findings] == ([] if deadline else ["K401"])

    def test_a_heading_of_several_years_hides_the_year_above_it(self) -> None:
        headings = "{id: I, title: A, schedule: Năm 2026}\n  - {id: I.1, title: B, schedule: 2026 - 2027}"
        base = PLAN.replace("{id: I, title: NHIỆM VỤ}", headings).replace("  - id: I.1\n", "  - id: I.1.1\n")
        _, (finding,) = schedule("Trước ngày 10/6", base)
        assert (finding.code, finding.path) == ("K401", ("tasks", 0, "schedule"))

    @pytest.mark.parametrize("base", [PLAN, ONE_YEAR])
    def test_a_reporting_date_without_a_year_is_that_of_every_year(self, base: str) -> None:
        plan, findings = read(base.replace("trước ngày 15/12 hằng năm", "trước ngày 15/12"))
        assert (plan.reporting[0].due.yearly, plan.reporting[0].due.text) == ((14, 12), "trước ngày 15/12")
        assert findings == []

    @pytest.mark.parametrize(
        ("phrase", "code", "words"),
        [
            ("2023 - 20266", "K401", ("không hiểu được", 'gần nhất hiểu được: "2023"', "as_issued.schedule")),
            ("2025 hoặc 2026", "K401", ("có hai thời điểm", '"2025" hay "2026"')),
            ("đến ngày 31/6/2025", "K401", ("31/6/2025", "đối chiếu với văn bản")),
            ("2030 - 2022", "K404", ("trước khi bắt đầu", "errata")),
            ("quý II/2025 xong bước một rồi, quý IV/2025 xong hẳn bước hai", "K401", ("milestones",)),
            ("tùy tình hình khi nguồn vốn về sẽ làm", "K401", ("conditions",)),
        ],
    )
    def test_a_refusal_names_what_to_write(self, phrase: str, code: str, words: tuple[str, ...]) -> None:
        _, (finding,) = schedule(phrase, PLAN)
        assert finding.code == code
        assert all(word in told(finding) for word in words), told(finding)

    def test_a_heading_is_told_of_no_keys_that_only_rows_have(self) -> None:
        text = PLAN.replace("{id: I, title: NHIỆM VỤ}", "{id: I, title: NHIỆM VỤ, schedule: xong trước 2023 nhé}")
        _, (finding,) = read(text)
        assert finding.path == ("sections", 0, "schedule")
        assert "as_issued" not in told(finding)

    def test_refusals_beside_a_broken_file_are_still_told(self) -> None:
        reading = FileReading("x.yaml", text=PLAN.replace(TASK, "    schedule: x\n").replace("kind: task", "kind: y"))
        registry = read_registry(FileReading("mau.yaml", text=REGISTRY))
        assert registry
        assert read_plan(reading, Directory({"mau": registry}), strict_before=True) is None
        assert {finding.code for finding in reading.findings} == {"K401", "K103"}


STEPS = """    schedule: 2025 - 2027
    milestones:
      - {text: Khởi công, schedule: quý II/2025, outputs: [Quyết định]}
      - {text: Hoàn thành, schedule: trước ngày 01/7/2027}
"""


class TestMilestones:
    def test_they_win_over_the_phrase(self) -> None:
        plan, findings = read(PLAN.replace(TASK, STEPS))
        task = plan.tasks[0]
        assert task.schedule.milestones == (
            Milestone("Khởi công", date(2025, 6, 30)),
            Milestone("Hoàn thành", date(2027, 6, 30)),
        )
        assert (task.schedule.kind, task.deadline) == (ScheduleKind.MILESTONES, date(2027, 6, 30))
        assert task.steps[0] == Step("Khởi công", "quý II/2025", ("Quyết định",))
        assert task.phrase
        assert (task.phrase.deadline, findings) == (date(2027, 12, 31), [])

    def test_they_stand_without_a_phrase(self) -> None:
        plan, _ = read(PLAN.replace(TASK, STEPS.replace("    schedule: 2025 - 2027\n", "")))
        assert plan.tasks[0].schedule.text == "Khởi công: quý II/2025; Hoàn thành: trước ngày 01/7/2027"

    @pytest.mark.parametrize("written", ["Thường xuyên", "lúc nào xong"])
    def test_each_must_have_a_deadline(self, written: str) -> None:
        plan, (finding,) = read(PLAN.replace(TASK, STEPS.replace("quý II/2025", written)))
        assert (finding.code, finding.path[-3:]) == ("K401", ("milestones", 0, "schedule"))
        assert plan.tasks[0].schedule.kind is ScheduleKind.UNKNOWN


def with_indicator(targets: str, more: str = "", direction: str = "increase", unit: str = "%") -> str:
    changed = PLAN.replace(
        f"direction: increase, targets: {TARGETS}", f"direction: {direction}, targets: {targets}{more}"
    )
    return changed.replace('unit: "%"', f'unit: "{unit}"')


class TestTargets:
    def test_quantities_are_in_the_unit_of_the_indicator(self) -> None:
        plan, _ = read(with_indicator('{2025: "500 - 600 tỷ đồng"}', unit="triệu đồng"))
        (part,) = plan.indicators[0].targets[0].parts
        assert (part.low, part.high) == (Decimal(500_000), Decimal(600_000))

    @pytest.mark.parametrize(("direction", "code"), [("increase", None), ("decrease", "K301")])
    def test_the_direction_settles_what_the_words_leave_open(self, direction: str, code: str | None) -> None:
        plan, findings = read(with_indicator('{2025: "từ 65%"}', direction=direction))
        parts = plan.indicators[0].targets[0].parts
        assert [finding.code for finding in findings] == ([code] if code else [])
        assert [part.operator for part in parts] == ([] if code else [Operator.AT_LEAST])

    def test_the_year_of_the_key_is_that_of_the_words(self) -> None:
        _, (finding,) = read(with_indicator('{2030: "80% vào năm 2025"}'))
        assert (finding.code, finding.path[-1]) == ("K301", "2030")

    def test_a_part_that_is_not_understood_is_named(self) -> None:
        _, (finding,) = read(with_indicator('{2030: {đô thị: "95", nông thôn: "x"}}'))
        assert finding.path[-2:] == ("2030", "nông thôn")

    @pytest.mark.parametrize(
        ("written", "code", "words"),
        [
            ("tối thểu 80", "K301", ('phần hiểu được: "80"', "as_issued.targets")),
            ("1,250", "K302", ('"1,25" hay "1.250"', "đối chiếu với văn bản")),
            ("giảm 2 lần", "K302", ("còn 1/2",)),
        ],
    )
    def test_a_refusal_names_what_to_write(self, written: str, code: str, words: tuple[str, ...]) -> None:
        _, (finding,) = read(with_indicator(f'{{2030: "{written}"}}', direction="decrease"))
        assert finding.code == code
        assert all(word in told(finding) for word in words), told(finding)

    def test_targets_stand_in_the_order_of_their_days(self) -> None:
        keys = '{2026: "60", "2026-Q3": "45", "2026-06-30": "30", "2026-02": "1", "2023-2030": "9", "2026-H2": "5"}'
        plan, findings = read(with_indicator(keys))
        found = [(target.year, target.since, target.period) for target in plan.indicators[0].targets]
        assert found == [
            (2026, None, "02"),
            (2026, None, "06-30"),
            (2026, None, "Q3"),
            (2026, None, "H2"),
            (2026, None, None),
            (2030, 2023, None),
        ]
        assert findings == []

    def test_a_level_with_two_readings_is_refused(self) -> None:
        _, (finding,) = read(with_indicator(TARGETS, ', baseline: {2020: "1,250", 2021: chưa rõ}', unit="hộ"))
        assert (finding.code, finding.path[-1]) == ("K302", "2020")

    def test_a_tolerance_must_be_a_number(self) -> None:
        plan, findings = read(with_indicator(TARGETS, ', tolerance: "5%", share: false, change: points'))
        indicator = plan.indicators[0]
        assert (indicator.tolerance, indicator.share, indicator.change, findings) == ("5%", False, "points", [])
        _, (finding,) = read(with_indicator(TARGETS, ', tolerance: "ít thôi"'))
        assert (finding.code, finding.path[-1]) == ("K301", "tolerance")


class TestKeys:
    @pytest.mark.parametrize(
        ("key", "words"),
        [
            ("0230", ("1900 - 2199", "đối chiếu với văn bản")),
            ("năm 2030", ('viết "2030"',)),
            ("Quý III/2026", ('viết "2026-Q3"',)),
            ("tháng 6/2026", ('viết "2026-06"',)),
            ("30/6/2026", ('viết "2026-06-30"',)),
            ("2026-02-30", ("không có trong lịch",)),
            ("2030-2023", ("viết ngược",)),
        ],
    )
    def test_a_key_that_is_none_is_told_what_to_write(self, key: str, words: tuple[str, ...]) -> None:
        text = PLAN.replace(TARGETS, f'{{"{key}": "95"}}')
        reading = FileReading("x.yaml", text=text)
        registry = read_registry(FileReading("mau.yaml", text=REGISTRY))
        assert registry
        read_plan(reading, Directory({"mau": registry}), strict_before=True)
        (finding,) = (one for one in reading.findings if one.code == "K303")
        assert all(word in told(finding) for word in words), told(finding)
        assert "dấu nháy" not in told(finding)

    def test_a_decimal_cut_by_a_comma_is_told_of_quotes(self) -> None:
        reading = FileReading("x.yaml", text=PLAN.replace(TARGETS, "{2025: 54,2}"))
        registry = read_registry(FileReading("mau.yaml", text=REGISTRY))
        assert registry
        read_plan(reading, Directory({"mau": registry}), strict_before=True)
        (finding,) = (one for one in reading.findings if one.code == "K303")
        assert re.search(r'dấu nháy kép: 2025: "54,2"', told(finding))


def test_cost_and_heirs_of_a_row_are_kept() -> None:
    cost = '    cost: [{amount: "15,2 tỷ đồng", source: Ngân sách tỉnh}]\n'
    now = ", lead: [so-tach], now: {so-tach: [{agency: so-b, scope: khám bệnh}]}"
    text = PLAN.replace(TASK, TASK + cost).replace(", lead: [so-a], direction", f"{now}, direction")
    plan, findings = read(text)
    assert (plan.tasks[0].cost[0].amount, plan.tasks[0].cost[0].source) == ("15,2 tỷ đồng", "Ngân sách tỉnh")
    assert [heir.agency for heir in plan.indicators[0].now["so-tach"]] == ["so-b"]
    assert findings == []
