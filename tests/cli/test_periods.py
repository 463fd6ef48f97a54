"""Four quarters and the year of one plan, from the forms to the reports."""

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from openpyxl.worksheet.worksheet import Worksheet

from tests.conftest import REPOSITORY, Ran
from tests.rules.workspaces import REGISTRY

pytestmark = pytest.mark.slow

Kehoach = Callable[..., Ran]

PLAN = """\
kehoach: plan/1
id: kh-mau
province: mau
document:
  type: KH
  number: 1/KH-UBND
  date: 2025-12-10
  issuer: ubnd-tinh
  title: Bảo vệ môi trường
  cite: Kế hoạch số 1/KH-UBND ngày 10/12/2025 của UBND tỉnh
period: {from: 2026, to: 2030}
coordinator: so-a
reporting:
  - {level: unit, from: [so-b], to: [so-a], due: trước ngày 15/12 hằng năm, source: III.1}
  - {level: unit, from: [so-b], to: [so-a], due: ngày 20 tháng cuối quý, periods: [quarter], source: III.2}
sections:
  - {id: I, title: NHIỆM VỤ}
  - {id: II, title: CHỈ TIÊU}
tasks:
  - {id: I.1, kind: task, text: Xây dựng trạm xử lý nước thải., section: I, lead: [so-b], schedule: Năm 2026}
  - {id: I.2, kind: task, text: Kiểm tra nguồn nước., section: I, lead: [so-b], schedule: Hằng quý}
  - {id: I.3, kind: task, text: Phổ biến quy định., section: I, lead: [nhom-so], schedule: 2026 - 2027}
  - {id: I.4, kind: task, text: Tổng kết phong trào., section: I, lead: [so-b], schedule: Quý IV/2026 - Quý II/2027}
indicators:
  - id: II-ct1
    name: Số cây xanh trồng mới
    unit: nghìn cây
    section: II
    lead: [so-b]
    direction: increase
    targets: {2026-Q3: "700", 2026: "1.000"}
  - id: II-ct2
    name: Tỷ lệ hộ được dùng nước sạch
    unit: "%"
    section: II
    lead: [so-b]
    direction: increase
    targets: {2026: "95"}
  - id: II-ct3
    name: Số mẫu nước đạt
    unit: mẫu
    section: II
    lead: [so-b]
    direction: increase
    targets: {2026-06-30: "40", 2026: "90"}
"""
TREES = {"2026-Q1": "150", "2026-Q2": "400", "2026-Q3": "720", "2026-Q4": "990", "2026": "1.020"}
SHARES = {"2026-Q1": "91", "2026-Q2": "92", "2026-Q3": "93", "2026-Q4": "94", "2026": "95,5"}
SAMPLES = {"2026-Q1": "18", "2026-Q2": "41", "2026-Q3": "66", "2026-Q4": "88", "2026": "92"}
RESULTS = {
    "2026-Q1": "Đã lập dự án.",
    "2026-Q2": "Đã khởi công.",
    "2026-Q3": "Đã xây 60% khối lượng.",
    "2026-Q4": "Đã nghiệm thu.",
    "2026": "Trạm đã vận hành.",
}
CUTOFFS = {"2026-Q1": "14/03", "2026-Q2": "14/06", "2026-Q3": "14/09", "2026-Q4": "14/12", "2026": "14/12"}
SENT = {"2026-Q1": "18/03", "2026-Q2": "18/06", "2026-Q3": "18/09", "2026-Q4": "15/12", "2026": "15/12"}
TODAY = {"2026-Q1": "2026-03-31", "2026-Q2": "2026-06-30", "2026-Q3": "2026-09-30", "2026-Q4": "2026-12-31"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kehoach: Kehoach) -> Path:  # noqa: ARG001 - chdir comes after its
    """A workspace of one plan, which is the current folder."""
    (tmp_path / "plans/agencies").mkdir(parents=True)
    (tmp_path / "plans/kh-mau.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "plans/agencies/mau.yaml").write_text(REGISTRY, encoding="utf-8")
    shutil.copytree(REPOSITORY / "templates", tmp_path / "templates")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KEHOACH_TODAY", "2026-12-31")
    return tmp_path


def rows(sheet: Worksheet) -> list[list[str]]:
    return [[str(cell.value or "") for cell in line] for line in sheet.iter_rows()]


def fill(path: Path, answers: Mapping[str, Mapping[str, Mapping[str, str]]]) -> None:
    """Answer rows of a form, by sheet, row and column as people see them."""
    book = openpyxl.load_workbook(path)
    for title, by_row in answers.items():
        sheet = book[title]
        cells = [cell for line in sheet.iter_rows() for cell in line]
        for row, by_column in by_row.items():
            number = next(cell.row for cell in cells if cell.value == row)
            for header, text in by_column.items():
                column = next(cell.column_letter for cell in cells if cell.value == header)
                sheet[f"{column}{number}"] = text
    book.save(path)


def answer(path: Path, period: str) -> None:
    status = "đã hoàn thành" if period in {"2026-Q4", "2026"} else "đang thực hiện"
    done = {"Ngày hoàn thành": "01/12/2026", "Văn bản": "5/QĐ-SB ngày 01/12/2026"} if status != "đang thực hiện" else {}
    word = "năm" if period == "2026" else "kỳ"
    year = period[:4]
    fill(
        path,
        {
            "Hướng dẫn": {
                "kh-mau": {
                    "Ngày chốt số liệu": f"{CUTOFFS[period]}/{year}",
                    "Ngày gửi báo cáo": f"{SENT[period]}/{year}",
                }
            },
            "Chỉ tiêu": {
                "kh-mau/II-ct1": {"Giá trị": TREES[period]},
                "kh-mau/II-ct2": {"Giá trị": SHARES[period]},
                "kh-mau/II-ct3": {"Giá trị": SAMPLES[period]},
            },
            "Nhiệm vụ": {
                "kh-mau/I.1": {"Trạng thái": status, "Kết quả": RESULTS[period], **done},
                "kh-mau/I.2": {"Trạng thái": "thực hiện thường xuyên", f"Đã làm trong {word}": "Có"},
            },
            "Thuyết minh": {"kh-mau/TM3": {"Báo cáo của cơ quan": f"Hạn chế của kỳ {period}."}},
        },
    )


def collected(kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch, *periods: str) -> None:
    for period in periods:
        monkeypatch.setenv("KEHOACH_TODAY", TODAY.get(period, "2026-12-31"))
        form = Path(f"bieu/so-b-{period}.xlsx")
        form.parent.mkdir(exist_ok=True)
        assert kehoach("form", "-a", "so-b", "--period", period, "-o", str(form)).code == 0
        answer(form, period)
        ran = kehoach("collect", str(form), "-o", f"progress/{period}")
        assert ran.code == 0, ran.out + ran.err
        assert Path(f"progress/{period}/kh-mau--so-b.yaml").is_file()
    monkeypatch.setenv("KEHOACH_TODAY", "2026-12-31")


def judged(kehoach: Kehoach, period: str) -> tuple[dict[str, Any], dict[str, Any]]:
    found = json.loads(kehoach("check", "--period", period, "-f", "json").out)
    return {row["id"]: row for row in found["items"]}, found["summary"]


def text_of(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *dict.fromkeys(cells)])


@pytest.mark.usefixtures("folder")
class TestForms:
    """What the form of a quarter asks and says."""

    def test_it_names_its_period_and_says_what_a_figure_counts(self, kehoach: Kehoach) -> None:
        assert kehoach("form", "-a", "so-b", "--period", "2026-Q3").code == 0
        book = openpyxl.load_workbook("so-b-2026-Q3.xlsx")
        assert book["Hướng dẫn"]["A1"].value == "BIỂU MẪU BÁO CÁO QUÝ III NĂM 2026"
        assert "ngày 20 tháng cuối quý" in str(rows(book["Hướng dẫn"]))
        told = {line[0]: line for line in rows(book["Chỉ tiêu"])}
        header = told["Mã"]
        counted, before, target = (
            header.index(name) for name in ("Số liệu tính thế nào", "Số liệu cùng kỳ năm trước", "Mục tiêu")
        )
        assert told["kh-mau/II-ct1"][counted] == "số của riêng quý III"
        assert told["kh-mau/II-ct1"][target] == "700\n(quý III/2026)"
        assert told["kh-mau/II-ct2"][counted] == "tính đến hết quý III"
        assert told["kh-mau/II-ct3"][counted].startswith("số phát sinh: lũy kế từ 01/01 đến hết quý III")
        assert told["kh-mau/II-ct2"][before] == ""
        assert "ghi thêm cột “Đã làm trong kỳ”" in str(rows(book["Hướng dẫn"]))
        assert "trọng tâm kỳ sau" in str(rows(book["Thuyết minh"]))
        assert "đã giải ngân: lũy kế từ 01/01/2026 đến hết kỳ" in str(rows(book["Kinh phí"])[1])

    def test_it_asks_no_task_that_begins_later(self, kehoach: Kehoach) -> None:
        for period, asked in (("2026-Q3", False), ("2026-Q4", True), ("2026", True)):
            path = Path(f"{period}.yaml")
            assert kehoach("form", "-a", "so-b", "--period", period, "-o", str(path)).code == 0
            assert ("I.4:" in path.read_text(encoding="utf-8")) is asked

    def test_a_year_given_as_a_period_is_the_form_of_the_year(self, kehoach: Kehoach) -> None:
        assert kehoach("form", "-a", "so-b", "--period", "2026", "-o", "a.yaml").code == 0
        assert kehoach("form", "-a", "so-b", "--year", "2026", "-o", "b.yaml").code == 0
        assert Path("a.yaml").read_bytes() == Path("b.yaml").read_bytes()

    def test_it_shows_the_last_state_of_a_task(self, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> None:
        collected(kehoach, monkeypatch, "2026-Q1")
        assert kehoach("form", "-a", "so-b", "--period", "2026-Q2", "-o", "q2.xlsx").code == 0
        told = {line[0]: line for line in rows(openpyxl.load_workbook("q2.xlsx")["Nhiệm vụ"])}
        assert told["kh-mau/I.1"][told["Mã"].index("Trạng thái kỳ trước")] == "đang thực hiện"
        # The figure of another period is not shown as if it were of this one.
        values = {line[0]: line for line in rows(openpyxl.load_workbook("q2.xlsx")["Chỉ tiêu"])}
        assert "150" not in values["kh-mau/II-ct1"]

    def test_forms_for_all_name_the_period(self, kehoach: Kehoach) -> None:
        assert kehoach("form", "--all", "--period", "2026-H1").code == 0
        assert [path.name for path in Path("forms").iterdir()] == ["so-b-2026-H1.xlsx"]
        told = str(rows(openpyxl.load_workbook("forms/so-b-2026-H1.xlsx")["Hướng dẫn"]))
        assert "Văn bản không quy định báo cáo 6 tháng" in told


@pytest.mark.usefixtures("folder")
class TestCollect:
    """Which forms belong to the period that is collected."""

    def test_a_quarter_never_becomes_the_year(self, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> None:
        collected(kehoach, monkeypatch, "2026-Q4", "2026")
        quarter = Path("progress/2026-Q4/kh-mau--so-b.yaml").read_text(encoding="utf-8")
        year = Path("progress/2026/kh-mau--so-b.yaml").read_text(encoding="utf-8")
        assert "period: 2026-Q4" in quarter
        assert '"990"' in quarter
        assert "period:" not in year
        assert '"1.020"' in year
        periods = {
            json.loads(line)["period"] for line in Path("progress/journal.jsonl").read_text("utf-8").splitlines()
        }
        assert periods == {"2026-Q4", "2026"}

    def test_forms_of_several_periods_are_refused_by_name(
        self, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        collected(kehoach, monkeypatch, "2026-Q1", "2026-Q2")
        shutil.rmtree("progress")
        ran = kehoach("collect", "bieu")
        told = " ".join(ran.err.split())
        assert ran.code == 2
        assert "nhiều kỳ (quý I/2026: bieu/so-b-2026-Q1.xlsx; quý II/2026: bieu/so-b-2026-Q2.xlsx)" in told
        ran = kehoach("collect", "bieu", "--period", "2026-Q2")
        assert ran.code == 1
        assert "biểu của quý I/2026, đang thu quý II/2026" in " ".join(ran.out.split())
        assert [path.name for path in sorted(Path("progress").glob("2026*"))] == ["2026-Q2"]

    @pytest.mark.parametrize(("today", "code"), [("2026-06-29", 0), ("2026-06-30", 1)])
    def test_ninety_days_after_its_end_a_form_is_taken_only_if_asked_for(
        self, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch, today: str, code: int
    ) -> None:
        monkeypatch.setenv("KEHOACH_TODAY", today)
        form = "kehoach: progress/1\nplan: kh-mau\nagency: so-b\nyear: 2026\nperiod: 2026-Q1\ncutoff: 2026-03-14\n"
        Path("q1.yaml").write_text(form + "tasks:\n  I.1: {status: in_progress}\n", encoding="utf-8")
        ran = kehoach("collect", "q1.yaml")
        assert ran.code == code
        if code:
            assert "đúng là số liệu quý I/2026 thì thêm --period 2026-Q1" in " ".join(ran.out.split())
            assert kehoach("collect", "q1.yaml", "--period", "2026-Q1").code == 0

    def test_history_tells_the_periods_in_order(self, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> None:
        collected(kehoach, monkeypatch, "2026-Q4", "2026", "2026-Q3")
        found = json.loads(kehoach("history", "kh-mau/II-ct1", "-f", "json").out)["items"]
        assert [(one["period"], one["new"]) for one in found] == [
            ("2026-Q3", "720"),
            ("2026-Q4", "990"),
            ("2026", "1.020"),
        ]

    def test_period_and_folder_may_not_differ(self, kehoach: Kehoach) -> None:
        Path("q1.yaml").write_text("", encoding="utf-8")
        ran = kehoach("collect", "q1.yaml", "--period", "2026-Q1", "-o", "progress/2026-Q2")
        assert ran.code == 2
        assert "--period 2026-Q1 khác kỳ của thư mục" in ran.err


@pytest.mark.usefixtures("folder")
class TestCheck:
    """Verdicts, states and coverage of a period."""

    def test_a_value_is_judged_in_its_own_period_only(self, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> None:
        collected(kehoach, monkeypatch, "2026-Q1", "2026-Q2", "2026-Q3")
        rows_q3, summary = judged(kehoach, "2026-Q3")
        assert (summary["year"], summary["period"], summary["as_of"]) == (2026, "2026-Q3", "2026-09-14")
        trees = rows_q3["II-ct1"]
        assert (trees["verdict"], trees["official"], trees["text"]) == ("exceeded", True, "720")
        assert trees["target"] == {"year": 2026, "period": "2026-Q3", "text": "700"}
        samples = rows_q3["II-ct3"]
        # 66 of the 90 that the year asks for.
        assert (samples["verdict"], samples["official"]) == ("not_due", False)
        assert round(samples["difference"]["value"], 1) == 73.3
        rows_q2, _ = judged(kehoach, "2026-Q2")
        assert (rows_q2["II-ct3"]["verdict"], rows_q2["II-ct3"]["official"]) == ("exceeded", True)
        assert rows_q2["II-ct1"]["verdict"] == "not_due"
        rows_year, _ = judged(kehoach, "2026")
        assert {row["verdict"] for row in rows_year.values()} == {"no_data"}

    def test_states_carry_forward(self, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> None:
        collected(kehoach, monkeypatch, "2026-Q1")
        _, summary = judged(kehoach, "2026-Q2")
        (tasks,) = summary["tasks"]
        assert tasks["columns"]["ongoing"] == 1
        assert (tasks["columns"]["in_time"], tasks["columns"]["not_yet"], tasks["columns"]["unreported"]) == (1, 1, 1)

    def test_only_who_is_asked_for_the_period_is_missing(
        self, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("KEHOACH_TODAY", "2026-12-14")
        states = {}
        for period in ("2026-Q1", "2026-H1", "2026-05", "2026"):
            _, summary = judged(kehoach, period)
            (covered,) = summary["coverage"]
            (unit,) = covered["units"]
            states[period] = (covered["source"], covered["due"], unit["required"], unit["state"])
        assert states == {
            "2026-Q1": ("III.2", "2026-03-20", True, "missing"),
            "2026-H1": (None, None, False, "optional"),
            "2026-05": (None, None, False, "optional"),
            "2026": ("III.1", "2026-12-14", True, "awaited"),
        }
        for day, state in (("2026-03-20", "awaited"), ("2026-03-31", "missing")):
            late = json.loads(kehoach("check", "--period", "2026-Q1", "--as-of", day, "-f", "json").out)
            assert late["summary"]["coverage"][0]["units"][0]["state"] == state
        letter = kehoach("report", "--period", "2026-Q1", "--as-of", "2026-03-31", "--template", "cong-van-don-doc")
        assert letter.code == 0
        told = text_of(Path("reports/2026-Q1/cong-van-don-doc-kh-mau-2026-Q1-so-b.docx"))
        assert "chưa nhận được báo cáo quý I năm 2026 của Sở Y tế" in told
        none = kehoach("report", "--period", "2026-H1", "--as-of", "2026-06-30", "--template", "cong-van-don-doc")
        assert none.code == 2

    def test_what_was_done_in_a_quarter_is_not_open_in_the_year(
        self, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        collected(kehoach, monkeypatch, "2026-Q4", "2026")
        path = Path("progress/2026/kh-mau--so-b.yaml")
        path.write_text(path.read_text("utf-8").replace("  I.1:\n", "  I.9:\n"), encoding="utf-8")
        _, summary = judged(kehoach, "2026")
        (unit,) = summary["coverage"][0]["units"]
        assert (unit["state"], unit["unanswered"]) == ("late", ["I.3", "I.4"])
        Path("progress/2026-Q4/kh-mau--so-b.yaml").unlink()
        _, summary = judged(kehoach, "2026")
        assert summary["coverage"][0]["units"][0]["unanswered"] == ["I.1", "I.3", "I.4"]

    def test_the_plan_says_of_which_periods_it_asks_reports(self, kehoach: Kehoach) -> None:
        (record,) = json.loads(kehoach("plans", "-f", "json").out)["items"]
        assert [rule.get("periods") for rule in record["reporting"]] == [None, ["quarter"]]
        assert "(III.2; kỳ: quý)" in " ".join(kehoach("plans").out.split())

    def test_the_officers_own_check_is_of_the_forms_period(
        self, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        collected(kehoach, monkeypatch, "2026-Q2", "2026-Q3")
        told = " ".join(kehoach("check", "bieu/so-b-2026-Q3.xlsx").out.split())
        assert "Sở Y tế: kết quả quý III/2026" in told
        assert "kehoach check --plan kh-mau --period 2026-Q3" in told
        told = " ".join(kehoach("check", *map(str, sorted(Path("bieu").iterdir()))).err.split())
        assert "là báo cáo quý II/2026, không đối chiếu với quý III/2026; xem bằng --period 2026-Q2." in told

    def test_without_a_period_the_latest_one_is_checked(
        self, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        collected(kehoach, monkeypatch, "2026-Q1", "2026-Q2")
        assert json.loads(kehoach("check", "-f", "json").out)["summary"]["period"] == "2026-Q2"


@pytest.mark.usefixtures("folder")
class TestReport:
    """The report of a quarter, and that of the year above its quarters."""

    def test_the_report_of_a_quarter(self, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> None:
        collected(kehoach, monkeypatch, "2026-Q1", "2026-Q2", "2026-Q3")
        assert kehoach("report", "--period", "2026-Q3").code == 0
        told = text_of(Path("reports/2026-Q3/bao-cao-kh-mau-2026-Q3.docx"))
        for words in (
            "Kết quả quý III năm 2026 thực hiện Kế hoạch số\xa01/KH-UBND ngày\xa010/12/2025 của UBND tỉnh",
            "(số liệu tính đến ngày 14/9/2026)",
            "TRỌNG TÂM QUÝ IV NĂM 2026",
            "Kết quả quý III năm 2026",
            "Đã xây 60% khối lượng",
            "Đã thực hiện trong kỳ",
            "Hạn chế của kỳ 2026-Q3.",
            "Số phát sinh là số lũy kế từ 01/01/2026 đến hết kỳ; chỉ tiêu có mục tiêu riêng của quý III năm 2026 thì",
            "Theo Kế hoạch, quý IV năm 2026 có 1 nhiệm vụ đến hạn, 1 nhiệm vụ bắt đầu thực hiện, 2 nhiệm vụ khác tiếp tục",
            "BIỂU TỔNG HỢP TIẾN ĐỘ THỰC HIỆN NHIỆM VỤ QUÝ III NĂM 2026",
        ):
            assert words in told
        for words in ("Hạn chế của kỳ 2026-Q2", "Đã khởi công", "năm sau", "NĂM 2027", "400"):
            assert words not in told

    def test_the_report_of_the_year_tells_the_periods_in_order(
        self, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        collected(kehoach, monkeypatch, *TREES)
        found = json.loads(kehoach("report", "--year", "2026", "-f", "json").out)
        (made,) = found["items"]
        assert "period" not in made
        lines = {line["id"]: line for group in made["tasks"]["groups"] for line in group["lines"]}
        assert lines["I.1"]["result"] == (
            "Quý I/2026: Đã lập dự án\nQuý II/2026: Đã khởi công\nQuý III/2026: Đã xây 60% khối lượng\n"
            "Quý IV/2026: Đã nghiệm thu; văn bản số 5/QĐ-SB ngày 01/12/2026; hoàn thành ngày 01/12/2026\n"
            "Cả năm: Trạm đã vận hành; văn bản số 5/QĐ-SB ngày 01/12/2026; hoàn thành ngày 01/12/2026"
        )
        assert lines["I.1"]["status"] == "done"
        values = {line["id"]: line for group in made["indicators"]["groups"] for line in group["lines"]}
        assert values["II-ct1"]["result"] == "1.020"
        assert values["II-ct1"]["note"] == ("Quý I/2026: 150; quý II/2026: 400; quý III/2026: 720; quý IV/2026: 990")
        assert made["indicators"]["counts"]["met"] + made["indicators"]["counts"]["exceeded"] == 3

    def test_the_year_without_a_report_of_its_own_has_states_and_no_figures(
        self, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        collected(kehoach, monkeypatch, "2026-Q1", "2026-Q4")
        (made,) = json.loads(kehoach("report", "--year", "2026", "-f", "json").out)["items"]
        lines = {line["id"]: line for group in made["tasks"]["groups"] for line in group["lines"]}
        assert lines["I.1"]["status"] == "done"
        assert lines["I.1"]["result"].endswith(
            "Quý IV/2026: Đã nghiệm thu; văn bản số 5/QĐ-SB ngày 01/12/2026; hoàn thành ngày 01/12/2026"
        )
        values = {line["id"]: line for group in made["indicators"]["groups"] for line in group["lines"]}
        assert values["II-ct1"]["result"] == "chưa có số liệu"
        assert made["as_of"] == "2026-12-14"
        assert "quý IV/2026: 990" in values["II-ct1"]["note"]

    def test_a_quarter_stands_beside_the_same_quarter_of_the_year_before(
        self, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        collected(kehoach, monkeypatch, "2026-Q3", "2026-Q4", "2026")
        text = Path("progress/2026-Q3/kh-mau--so-b.yaml").read_text("utf-8")
        path = Path("progress/2027-Q3/kh-mau--so-b.yaml")
        path.parent.mkdir()
        path.write_text(
            text.replace("2026-", "2027-").replace("year: 2026", "year: 2027").replace("720", "800"), "utf-8"
        )
        assert kehoach("report", "--period", "2027-Q3").code == 0
        assert "Kết quả cùng kỳ năm trước" in text_of(Path("reports/2027-Q3/bao-cao-kh-mau-2027-Q3.docx"))
        (made,) = json.loads(kehoach("report", "--period", "2027-Q3", "-f", "json").out)["items"]
        assert (made["year"], made["period"]) == (2027, "2027-Q3")
        values = {line["id"]: line for group in made["indicators"]["groups"] for line in group["lines"]}
        assert (values["II-ct1"]["result"], values["II-ct1"]["previous"]) == ("800", "720")

    def test_the_report_of_a_unit(self, kehoach: Kehoach, monkeypatch: pytest.MonkeyPatch) -> None:
        collected(kehoach, monkeypatch, "2026-Q3")
        assert kehoach("report", "--period", "2026-Q3", "-a", "so-b").code == 0
        assert "quý III năm 2026" in text_of(Path("reports/2026-Q3/bao-cao-kh-mau-2026-Q3-so-b.docx"))


@pytest.mark.usefixtures("folder")
def test_the_coordinator_settles_what_groups_lead(kehoach: Kehoach) -> None:
    head = "kehoach: progress/1\nplan: kh-mau\nagency: {}\nyear: 2026\nperiod: 2026-Q3\ncutoff: 2026-09-14\ntasks:\n"
    entry = "  I.3: {status: done, completed: 2026-09-10, settled: {document: Thông báo 120/TB-UBND ngày 12/9/2026}}\n"
    path = Path("progress/2026-Q3/kh-mau--x.yaml")
    path.parent.mkdir(parents=True)
    for agency, done, warned in (("so-a", 1, False), ("so-b", 0, True)):
        path.write_text(head.format(agency) + entry, encoding="utf-8")
        _, summary = judged(kehoach, "2026-Q3")
        assert summary["tasks"][0]["done"] == done
        assert ("K621" in kehoach("lint").out) is warned
