"""Targets of every kind through the program: what is printed, what JSON says, the form's answer, the report's table."""

import json
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from tests.cli.test_form_excel import write
from tests.conftest import Ran
from tests.rules.workspaces import FILES, PLAN, REGISTRY

Kehoach = Callable[..., Ran]

# Unit, direction, target, value as typed, and what the program says of it.
ROWS = {
    "range in tỷ": ("tỷ đồng", "increase", "500 - 600 tỷ đồng", "550", "Đạt", "bằng 110% mục tiêu"),
    "range in triệu": (
        "lượt khách",
        "increase",
        "5 - 6 triệu lượt khách",
        "4.000.000",
        "Không đạt",
        "bằng 80% mục tiêu",
    ),
    "narrow range": ("triệu đồng", "increase", "70-75 triệu đồng", "72", "Đạt", "bằng 102,86% mục tiêu"),
    "range in nghìn": ("nghìn tấn", "increase", "200 - 300 nghìn tấn", "150", "Không đạt", "bằng 75% mục tiêu"),
    "own unit": ("tỷ đồng", "increase", "5.000 tỷ đồng", "5.100", "Vượt", "bằng 102% mục tiêu"),
    "millions": ("triệu đồng", "increase", "900 triệu đồng", "899", "Không đạt", "bằng 99,89% mục tiêu"),
    "per head": ("triệu đồng/người/năm", "increase", "90 triệu đồng/người/năm", "95", "Vượt", "bằng 105,56% mục tiêu"),
    "visitors": ("triệu lượt khách", "increase", "12 triệu lượt khách", "12,5", "Vượt", "bằng 104,17% mục tiêu"),
    "fall": ("%", "decrease", "giảm 5%", "-6", "Vượt", "+1 điểm %"),
    "fall in words": ("%", "decrease", "giảm 5%", "giảm 6", "Vượt", "+1 điểm %"),
    "rise instead": ("%", "decrease", "giảm 5%", "tăng 6", "Không đạt", "-11 điểm %"),
    "nearly": ("ha", "increase", "100.000 ha", "99.999", "Không đạt", "bằng 99,9990% mục tiêu"),
    "far above": ("ha", "increase", "5 ha", "65", "Vượt", ""),
}
IDS = {name: f"I-ct{number}" for number, name in enumerate(ROWS, 1)}


def plan(rows: Mapping[str, tuple[str | None, str, str]], tasks: str = "") -> str:
    """Return a plan with these indicators: unit, direction and target by id."""
    head = PLAN.partition("indicators:")[0].lstrip("\n") + tasks
    lines = [
        f"  - {{id: {row}, name: Kết quả {row}, unit: {json.dumps(unit, ensure_ascii=False)}, lead: [so-a], "
        f"direction: {direction}, targets: {{2025: {json.dumps(target, ensure_ascii=False)}}}}}"
        for row, (unit, direction, target) in rows.items()
    ]
    return head + "indicators:\n" + "\n".join(lines) + "\n"


def progress(entries: Mapping[str, str], agency: str = "so-a") -> str:
    """Return a submission with these indicators, each as it stands in the file."""
    head = f"kehoach: progress/1\nplan: kh-mau\nagency: {agency}\nyear: 2025\ncutoff: 2025-12-14\nindicators:\n"
    return head + "".join(f"  {row}: {entry}\n" for row, entry in entries.items())


@pytest.fixture
def laid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kehoach: Kehoach) -> Callable[..., Kehoach]:
    """Return a function that writes a workspace, makes it the current folder, and returns the program."""
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.chdir(tmp_path)

    def put(plan_text: str, *submissions: str) -> Kehoach:
        texts = {FILES["plan"]: plan_text, FILES["registry"]: REGISTRY.lstrip("\n")}
        texts |= {f"progress/2025/{number}.yaml": text for number, text in enumerate(submissions)}
        for name, text in texts.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return kehoach

    return put


@pytest.fixture
def every(laid: Callable[..., Kehoach]) -> Kehoach:
    """The program in a workspace of all rows, with what was reported on them."""
    entries = {IDS[name]: json.dumps({"value": row[3]}, ensure_ascii=False) for name, row in ROWS.items()}
    return laid(plan({IDS[name]: row[:3] for name, row in ROWS.items()}), progress(entries))


def items(ran: Ran) -> dict[str, Any]:
    return {item["id"]: item for item in json.loads(ran.out)["items"]}


def cells(ran: Ran) -> dict[str, list[str]]:
    """Return the rows of a Markdown table by their first cell."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in ran.out.splitlines() if "|" in line]
    return {row[0]: row for row in rows}


class TestEveryKind:
    def test_check_prints_the_verdict_and_a_rounded_difference(self, every: Kehoach) -> None:
        printed = cells(every("check", "--format", "md"))
        for name, (*_, value, word, difference) in ROWS.items():
            row = printed[IDS[name]]
            assert row[3].replace("\\", "") == value, name
            assert row[4].endswith(difference), name
            assert word in row[4], name
        assert "mục tiêu" not in printed[IDS["far above"]][4]

    def test_json_keeps_the_figures_exact(self, every: Kehoach) -> None:
        found = items(every("check", "--format", "json"))
        assert found[IDS["narrow range"]]["difference"] == {"value": 7200 / 70, "unit": "%"}
        assert found[IDS["nearly"]]["difference"] == {"value": 99.999, "unit": "%"}
        assert found[IDS["fall"]]["value"] == 6
        assert found[IDS["far above"]]["difference"] is None
        assert {item["judged_by"] for item in found.values()} == {None}

    @pytest.mark.slow
    def test_the_form_answers_the_same(self, every: Kehoach, tmp_path: Path) -> None:
        assert every("form", "--agency", "so-a", "--year", "2025", "-o", "f.xlsx").code == 0
        for path in (tmp_path / "progress").rglob("*.yaml"):
            path.unlink()
        for name, row in ROWS.items():
            write(tmp_path / "f.xlsx", f"kh-mau/{IDS[name]}", {"Giá trị": row[3]})
        printed = cells(every("check", "f.xlsx", "--format", "md"))
        for name, (*_, word, difference) in ROWS.items():
            assert word in printed[IDS[name]][4], name
            assert printed[IDS[name]][4].endswith(difference), name

    def test_the_report_prints_the_same(self, every: Kehoach, tmp_path: Path) -> None:
        assert every("report", "--year", "2025", "-o", "bc").code == 0
        (path,) = (tmp_path / "bc").glob("*.docx")
        document = Document(BytesIO(path.read_bytes()))
        table = [[cell.text.strip() for cell in row.cells] for one in document.tables for row in one.rows]
        for name, (*_, word, difference) in ROWS.items():
            (row,) = [row for row in table if f"Kết quả {IDS[name]}\n({IDS[name]})" in row]
            assert word in row, name
            assert (difference.removeprefix("bằng ").removesuffix(" mục tiêu") or "-") in row, name


MIRRORED = [
    ("hộ", "1,250", '"1,25" hay "1.250"'),
    ("hộ", "2,000", '"2" hay "2.000"'),
    ("ha", "10,000 ha", '"10" hay "10.000"'),
    ("%", "85,000", '"85" hay "85.000"'),
]


class TestTwoReadings:
    @pytest.mark.parametrize(("unit", "text", "readings"), MIRRORED)
    def test_a_submission_is_asked_which_it_means(
        self, laid: Callable[..., Kehoach], unit: str, text: str, readings: str
    ) -> None:
        entry = json.dumps({"value": text}, ensure_ascii=False)
        program = laid(plan({"I-ct1": (unit, "increase", "80")}), progress({"I-ct1": entry}))
        ran = program("lint", "progress")
        assert ran.code == 1
        assert "K604" in ran.out
        item = items(program("check", "--format", "json"))["I-ct1"]
        assert (item["verdict"], item["invalid"]) == ("no_data", True)
        for reading in readings.split(" hay "):
            assert reading.strip('"') in item["reason"]

    @pytest.mark.parametrize(("unit", "text", "readings"), MIRRORED)
    def test_a_plan_is_asked_which_it_means(
        self, laid: Callable[..., Kehoach], unit: str, text: str, readings: str
    ) -> None:
        ran = laid(plan({"I-ct1": (unit, "increase", text)}))("lint", "plans")
        assert ran.code == 1
        assert "K302" in ran.out
        for reading in readings.split(" hay "):
            assert reading.strip('"') in ran.out

    def test_figures_beside_the_value_are_asked_too(self, laid: Callable[..., Kehoach]) -> None:
        text = progress({"I-ct1": '{value: "80", to_date: "1,250"}'})
        text += 'funding:\n  - {source: Ngân sách tỉnh, planned: "12,500", spent: "9.870,5", unit: triệu đồng}\n'
        ran = laid(plan({"I-ct1": ("hộ", "increase", "80")}), text)("lint", "progress")
        assert ran.out.count("K604") == 2
        assert '"1,250" không rõ' in ran.out
        assert '"12,500" không rõ' in ran.out


class TestStates:
    PLAN = plan({"I-ct1": (None, "increase", "Hoàn thành"), "I-ct2": (None, "increase", "Hoàn thành")})

    def test_the_verdict_says_who_judged(self, laid: Callable[..., Kehoach]) -> None:
        text = progress({"I-ct1": "{met: true}", "I-ct2": "{met: false}"}, "so-b")
        program = laid(self.PLAN, text)
        ran = program("check", "--format", "json")
        found = items(ran)
        assert [found[row]["verdict"] for row in ("I-ct1", "I-ct2")] == ["met", "missed"]
        assert [found[row]["text"] for row in ("I-ct1", "I-ct2")] == ["Đạt", "Chưa đạt"]
        assert found["I-ct1"]["judged_by"] == "agency"
        assert json.loads(ran.out)["summary"]["self_judged"] == 2
        printed = program("check", "--explain", "--format", "md").out
        assert "cơ quan báo cáo tự đánh giá" in printed
        assert "Chính thức năm 2025: 2 chỉ tiêu; 1 đạt, 1 chưa đạt; 2 do cơ quan báo cáo tự đánh giá." in printed

    def test_agencies_that_differ_must_agree_unless_the_coordinator_has_said(
        self, laid: Callable[..., Kehoach]
    ) -> None:
        led_by_b = self.PLAN.replace("lead: [so-a], direction", "lead: [so-b], direction")
        yes, no = progress({"I-ct1": "{met: true}"}, "so-b"), progress({"I-ct1": "{met: false}"}, "so-mat")
        program = laid(led_by_b, yes, no)
        disputed = json.loads(program("check", "--format", "json").out)["items"]
        assert {item["invalid"] for item in disputed if item["id"] == "I-ct1"} == {True}
        program = laid(led_by_b, yes, no, progress({"I-ct1": "{met: false}"}, "so-a"))
        found = [
            item for item in json.loads(program("check", "--format", "json").out)["items"] if item["id"] == "I-ct1"
        ]
        (official,) = [item for item in found if item["official"]]
        assert (official["agency"], official["verdict"], official["judged_by"]) == ("so-a", "missed", "coordinator")
        assert "cơ quan đầu mối đã kết luận" in [item["reason"] for item in found]

    @pytest.mark.parametrize("entry", ["{met: có}", '{met: "true"}', "{met: true, value: Chưa đạt}"])
    def test_an_answer_that_is_none_is_refused(self, laid: Callable[..., Kehoach], entry: str) -> None:
        assert laid(self.PLAN, progress({"I-ct1": entry}))("lint", "progress").code == 1


class TestForms:
    TASKS = (
        "  - {id: I.2, kind: task, text: Xây trạm., lead: [so-a], "
        "schedule: 'Khởi công quý II/2025, hoàn thành quý IV/2025'}\n"
        "  - {id: I.3, kind: task, text: Kiểm tra., lead: [so-a], schedule: Hằng quý}\n"
    )
    PLAN = plan(
        {
            "I-ct1": (None, "increase", "Hoàn thành"),
            "I-ct2": ("vụ", "decrease", "giảm 10% so với năm 2020"),
            "I-ct3": ("%", "increase", "80"),
        },
        TASKS,
    )
    COLLECTED = (
        "  I-ct1:\n    met: false\n",
        '  I-ct2:\n    levels:\n      2020: "200"\n      2025: "150"\n',
        "    milestones:\n      1:\n        status: done\n        completed: 2025-06-20\n",
        "    done_for: [2025-Q1, 2025-Q2]\n",
    )

    def test_a_yaml_form_asks_and_is_collected(self, laid: Callable[..., Kehoach], tmp_path: Path) -> None:
        program = laid(self.PLAN)
        assert program("form", "--agency", "so-a", "--year", "2025", "-o", "f.yaml").code == 0
        text = (tmp_path / "f.yaml").read_text(encoding="utf-8")
        for asked in (
            "met ghi true nếu đã đạt",
            'ghi cả chữ: "giảm 6". Hoặc điền mức của từng năm vào levels (đơn vị: vụ).',
            "# Mốc 1: Khởi công",
            "# Các kỳ đã làm (done_for) viết: [2025-Q1, 2025-Q2].",
        ):
            assert asked in text
        assert program("lint", "f.yaml").code == 0
        for blank, filled in (
            ("met: null", "met: false"),
            ("2020: null\n      2025: null", '2020: "200"\n      2025: "150"'),
            (
                "1:\n        status: null\n        completed: null",
                "1:\n        status: done\n        completed: 2025-06-20",
            ),
            ("done_for: []", "done_for: [2025-Q1, 2025-Q2]"),
        ):
            assert blank in text
            text = text.replace(blank, filled, 1)
        (tmp_path / "f.yaml").write_text(text, encoding="utf-8")
        self.collected(program, tmp_path, "f.yaml")

    @pytest.mark.slow
    def test_an_excel_form_gives_the_same_file(self, laid: Callable[..., Kehoach], tmp_path: Path) -> None:
        program = laid(self.PLAN)
        assert program("form", "--agency", "so-a", "--year", "2025", "-o", "f.xlsx").code == 0
        form = tmp_path / "f.xlsx"
        write(form, "kh-mau/I-ct1", {"Giá trị": "Chưa đạt"})
        for part, level in (("Mức năm 2020", 200), ("Mức năm 2025", "150")):
            write(form, "kh-mau/I-ct2", {"Giá trị": level}, part)
        write(form, "kh-mau/I.2/mốc 1", {"Trạng thái": "đã hoàn thành", "Ngày hoàn thành": "20/6/2025"})
        write(form, "kh-mau/I.3", {"Các kỳ đã làm": "Quý I; Quý II"})
        self.collected(program, tmp_path, "f.xlsx")

    def collected(self, program: Kehoach, folder: Path, form: str) -> None:
        """Collect a form twice: the second time nothing changes, and an answer taken back is taken out."""
        assert program("collect", form).code == 0
        path = folder / "progress" / "2025" / "kh-mau--so-a.yaml"
        text = path.read_text(encoding="utf-8")
        for part in self.COLLECTED:
            assert part in text, part
        assert "Không có gì thay đổi" in program("collect", form).out
        assert path.read_text(encoding="utf-8") == text
        found = items(program("check", "progress", "--explain", "--format", "json"))
        assert found["I-ct1"]["verdict"] == "missed"
        assert found["I-ct2"]["verdict"] == "exceeded"
        assert found["I-ct2"]["steps"][0] == "(200 - 150) / 200 × 100 = 25"
        by_hand = text.replace("met: false", "met: true").replace("2025-Q2", "2025-Q4")
        path.write_text(by_hand, encoding="utf-8")
        assert program("collect", form).code == 0
        assert path.read_text(encoding="utf-8") == by_hand
        assert program("collect", form, "--force").code == 0
        assert "met: false" in path.read_text(encoding="utf-8")
        assert "2025-Q2" in path.read_text(encoding="utf-8")

    def test_a_milestone_that_is_none_and_a_period_that_is_none_are_refused(self, laid: Callable[..., Kehoach]) -> None:
        text = (
            progress({"I-ct3": '{value: "80"}'})
            + "tasks:\n  I.2: {milestones: {3: {status: done, completed: 2025-06-20}}}\n"
        )
        ran = laid(self.PLAN, text)("lint", "progress")
        assert "K603" in ran.out
        assert "không có mốc 3" in ran.out
        text = progress({"I-ct3": '{value: "80"}'}) + "tasks:\n  I.3: {done_for: [Quý I]}\n"
        assert "2026-Q1" in laid(self.PLAN, text)("lint", "progress").out


def test_the_heir_that_a_row_names_answers_for_it(laid: Callable[..., Kehoach], tmp_path: Path) -> None:
    text = plan({"I-ct1": ("%", "increase", "80")}).replace(
        "lead: [so-a], direction", "lead: [so-tach], now: {so-tach: [{agency: so-b}]}, direction"
    )
    program = laid(text)
    assert "K210" not in program("lint", "plans").out
    assert items(program("check", "--year", "2025", "--format", "json"))["I-ct1"]["agency"] == "so-b"
    for agency, asks in (("so-a", False), ("so-b", True)):
        program("form", "--agency", agency, "--year", "2025", "-o", f"{agency}.yaml")
        assert ("I-ct1:" in (tmp_path / f"{agency}.yaml").read_text(encoding="utf-8")) is asks
