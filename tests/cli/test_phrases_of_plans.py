"""Schedules and targets of a plan as the program answers them: what is due, missed, overdue, and how it is printed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Ran
from tests.rules.workspaces import PLAN, REGISTRY

Kehoach = Callable[..., Ran]

ROWS = """
tasks:
  - {id: I.1, kind: task, text: Rà soát., lead: [so-a], schedule: Trước ngày 10/6}
  - {id: I.2, kind: task, text: Duy trì., lead: [so-a], schedule: Năm 2025 và các năm tiếp theo}
  - {id: I.3, kind: task, text: Báo cáo., lead: [so-a], schedule: hằng quý}
  - {id: I.4, kind: task, text: Xây trạm., lead: [so-a], schedule: "Khởi công quý I/2025, hoàn thành quý IV/2025"}
  - {id: I.5, kind: task, text: Ban hành., lead: [so-a], schedule: Trong vòng 15 ngày kể từ ngày ký ban hành}
  - {id: I.6, kind: task, text: Họp., lead: [so-a], schedule: Đầu năm 2025}
  - {id: I.7, kind: task, text: Xử lý., lead: [so-a], schedule: sau khi có hướng dẫn của Bộ}
"""
STEPS = """
tasks:
  - id: I.1
    kind: task
    text: Xây trạm xử lý.
    lead: [so-a]
    schedule: 2025 - 2027
    cost: [{amount: "15,2 tỷ đồng", source: Ngân sách tỉnh}]
    milestones:
      - {text: Khởi công, schedule: quý II/2025, outputs: [Quyết định]}
      - {text: Hoàn thành, schedule: quý IV/2027}
"""
INDICATORS = """
indicators:
  - {id: I-ct1, name: Thu ngân sách, unit: triệu đồng, lead: [so-a], direction: increase, targets: TARGETS}
"""


@pytest.fixture
def program(kehoach: Kehoach, tmp_path: Path) -> Callable[..., Any]:
    """Run a command on a workspace of one plan: `program(text, "tasks", "--overdue")` gives the items, or the print."""

    def call(text: str, *arguments: str) -> Any:
        (tmp_path / "plans" / "agencies").mkdir(parents=True, exist_ok=True)
        (tmp_path / "plans" / "kh-mau.yaml").write_text(text.lstrip(), encoding="utf-8")
        (tmp_path / "plans" / "agencies" / "mau.yaml").write_text(REGISTRY.lstrip(), encoding="utf-8")
        ran = kehoach("--root", str(tmp_path), *arguments)
        return json.loads(ran.out) if "json" in arguments else " ".join((ran.out + ran.err).split())

    return call


def plan(rows: str, period: str = "{from: 2025, to: 2025}", indicators: str = "") -> str:
    head = PLAN[: PLAN.index("tasks:\n")].replace("{from: 2022, to: 2030}", period)
    return head.replace("date: 2022-01-10", "date: 2025-01-15") + rows.lstrip() + indicators.lstrip()


def tasks(program: Callable[..., Any], text: str, *arguments: str) -> dict[str, dict[str, Any]]:
    found = program(text, "tasks", *arguments, "-f", "json")["items"]
    return {row["id"]: row for row in found}


class TestSchedules:
    def test_a_day_without_a_year_has_its_deadline_in_a_plan_of_one_year(self, program: Callable[..., Any]) -> None:
        rows = tasks(program, plan(ROWS), "--as-of", "2025-06-10")
        assert (rows["I.1"]["schedule"]["deadline"], rows["I.1"]["timeliness"]) == ("2025-06-09", "unreported")
        assert "I.1" in tasks(program, plan(ROWS), "--overdue", "--as-of", "2025-06-10")
        assert "K401" in program(plan(ROWS, "{from: 2025, to: 2026}"), "lint")

    def test_what_goes_on_from_a_year_is_not_listed_before_it(self, program: Callable[..., Any]) -> None:
        text = plan(ROWS.replace("Trước ngày 10/6", "2024"), "{from: 2024, to: 2030}")
        assert "I.2" not in tasks(program, text, "--year", "2024")
        assert "I.2" in tasks(program, text, "--year", "2025")
        assert "I.2" in tasks(program, text, "--year", "2030")

    def test_the_record_says_what_was_understood(self, program: Callable[..., Any]) -> None:
        rows = tasks(program, plan(ROWS), "--as-of", "2025-07-01")
        schedules = {row_id: row["schedule"] for row_id, row in rows.items()}
        assert schedules["I.2"]["starts"] == "2025-01-01"
        assert schedules["I.3"]["recurrence"] == {"every": "quarter", "due": []}
        assert schedules["I.4"]["milestones"] == [
            {"text": "Khởi công", "deadline": "2025-03-31"},
            {"text": "hoàn thành", "deadline": "2025-12-31"},
        ]
        assert (schedules["I.5"]["deadline"], schedules["I.7"]["event"]) == (
            "2025-01-30",
            "sau khi có hướng dẫn của Bộ",
        )
        assert (schedules["I.6"]["kind"], rows["I.6"]["next_due"]) == ("vague", None)

    def test_missed_occurrences_are_listed_and_never_overdue(self, program: Callable[..., Any]) -> None:
        row = tasks(program, plan(ROWS), "--as-of", "2025-07-01")["I.3"]
        assert (row["next_due"], row["missed"]) == ("2025-09-30", ["2025-03-31", "2025-06-30"])
        assert "I.3" not in tasks(program, plan(ROWS), "--overdue", "--as-of", "2025-07-01")
        assert "kỳ đã qua chưa có kết quả: 31/3/2025, 30/6/2025" in program(
            plan(ROWS), "show", "I.3", "--as-of", "2025-07-01"
        ).replace("Kỳ đã", "kỳ đã")

    def test_an_overdue_milestone_is_listed_and_named(self, program: Callable[..., Any]) -> None:
        rows = tasks(program, plan(ROWS), "--overdue", "--as-of", "2025-05-01")
        assert rows["I.4"]["timeliness"] == "in_time"
        assert rows["I.4"]["overdue_milestones"] == [{"text": "Khởi công", "deadline": "2025-03-31"}]
        table = program(plan(ROWS), "tasks", "--overdue", "--as-of", "2025-05-01", "-f", "md")
        assert "mốc quá hạn: Khởi công (31/3/2025, 31 ngày)" in table

    def test_days_asked_for_are_those_of_what_is_due_next(self, program: Callable[..., Any]) -> None:
        assert list(tasks(program, plan(ROWS), "--due-from", "2025-09-01", "--due-by", "2025-09-30", "--as-of",
                          "2025-07-01")) == ["I.3"]  # fmt: skip

    @pytest.mark.parametrize(
        ("row", "words"),
        [
            ("I.5", "thời hạn: 30/01/2025; tính theo ngày lịch kể từ ngày văn bản"),
            ("I.6", "Hiểu là: không có ngày cụ thể; thời hạn: không có"),
            (
                "I.4",
                (
                    "Mốc 1: Khởi công, đến 31/3/2025 (chưa có báo cáo, trong hạn) "
                    "Mốc 2: hoàn thành, đến 31/12/2025 (chưa có báo cáo, trong hạn)"
                ),
            ),
            ("I.3", "Hiểu là: thường xuyên, định kỳ; hằng quý; thời hạn: không có"),
        ],
    )
    def test_what_is_understood_is_printed(self, program: Callable[..., Any], row: str, words: str) -> None:
        assert words in program(plan(ROWS), "show", row, "--as-of", "2025-01-20")

    def test_a_vague_schedule_is_a_warning(self, program: Callable[..., Any]) -> None:
        found = program(plan(ROWS), "lint")
        assert 'cảnh báo K408 (vague-schedule): I.6: thời gian "Đầu năm 2025" không có ngày cụ thể' in found


class TestMilestonesKey:
    def test_it_wins_and_is_shown(self, program: Callable[..., Any]) -> None:
        text = plan(STEPS, "{from: 2025, to: 2030}")
        row = tasks(program, text, "--as-of", "2025-09-01")["I.1"]
        assert (row["schedule"]["kind"], row["schedule"]["deadline"]) == ("milestones", "2027-12-31")
        shown = program(text, "show", "I.1", "--as-of", "2025-09-01")
        assert "Mốc 1: Khởi công, đến 30/6/2025; sản phẩm: Quyết định" in shown
        assert "Mốc quá hạn: Khởi công (30/6/2025, 63 ngày)" in shown
        assert "15,2 tỷ đồng; nguồn: Ngân sách tỉnh" in shown
        assert program(text, "show", "I.1", "-f", "json")["items"][0]["cost"][0]["amount"] == "15,2 tỷ đồng"

    def test_a_difference_is_a_finding(self, program: Callable[..., Any]) -> None:
        text = plan(STEPS, "{from: 2025, to: 2030}")
        assert "K409" not in program(text, "lint")
        assert "K409" in program(text.replace("quý IV/2027", "quý III/2027"), "lint")
        printed = text.replace("schedule: 2025 - 2027", 'schedule: "Khởi công quý I/2025, hoàn thành quý IV/2027"')
        assert "có 2 mốc (31/3/2025, 31/12/2027), khác với khóa milestones" in program(printed, "lint")


class TestTargets:
    def test_quantities_are_in_the_unit_of_the_indicator(self, program: Callable[..., Any]) -> None:
        text = plan(ROWS, indicators=INDICATORS.replace("TARGETS", '{"2025-Q3": "3 - 4 tỷ đồng", 2025: "5 tỷ đồng"}'))
        first, second = program(text, "indicators", "-f", "json")["items"][0]["targets"]
        assert (first["period"], first["low"], first["high"]) == ("Q3", 3000, 4000)
        assert (second["period"], second["low"], second["parts"][0]["low"]) == (None, 5000, 5000)
        assert "quý III/2025: 3 - 4 tỷ đồng" in program(text, "indicators", "-f", "md")

    def test_an_unusual_phrase_says_how_it_is_read(self, program: Callable[..., Any]) -> None:
        text = plan(ROWS, indicators=INDICATORS.replace("TARGETS", '{2025: "tăng 2 lần so với năm 2020"}'))
        assert "hiểu là gấp 2 lần" in program(text, "show", "I-ct1")
        assert "hiểu là gấp 2 lần" in program(text, "indicators", "-f", "md")

    @pytest.mark.parametrize(
        ("direction", "target", "code"),
        [
            ("increase", "dưới 3%", "K304"),
            ("decrease", "trên 3%", "K304"),
            ("increase", "giảm 5%", "K304"),
            ("within", "2,1", None),
            ("decrease", "dưới 3%", None),
        ],
    )
    def test_words_against_the_direction_are_a_finding(
        self, program: Callable[..., Any], direction: str, target: str, code: str | None
    ) -> None:
        rows = INDICATORS.replace("TARGETS", f'{{2025: "{target}"}}').replace("increase", direction)
        found = program(plan(ROWS, indicators=rows.replace("triệu đồng", '"%"')), "lint")
        assert ("K304" in found) == (code == "K304")

    def test_an_indicator_of_a_split_body_reaches_its_heir(self, program: Callable[..., Any]) -> None:
        rows = INDICATORS.replace("TARGETS", '{2025: "5"}').replace(
            "lead: [so-a]", "lead: [so-tach], now: {so-tach: [{agency: so-b, scope: khám bệnh}]}"
        )
        text = plan(ROWS, indicators=rows)
        assert [row["id"] for row in program(text, "indicators", "-a", "so-b", "-f", "json")["items"]] == ["I-ct1"]
        assert program(text, "indicators", "-a", "so-a", "-f", "json")["items"] == []
        assert "hiện nay: Sở Chia tách: Sở Y tế (phần khám bệnh), cần xác nhận" in program(text, "show", "I-ct1")
