"""The form an officer gets: official wording in locked cells, answers in open ones, drop-down lists, a printable sheet."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from kehoach_cli.core.check.wording import STATUSES
from kehoach_cli.core.forms.fingerprint import fingerprint_in
from kehoach_cli.core.forms.request import all_forms
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.progress import Extension, Paper, Status, Submission, SubmittedIndicator, SubmittedTask
from kehoach_cli.errors import CannotRunError
from kehoach_cli.excel.form import form_workbook
from kehoach_cli.excel.layout import TABLES, FormTable
from kehoach_cli.excel.style import LINE, MOST_HEIGHT, PAGE_HEIGHT, PAGE_WIDTH, SCALE
from kehoach_cli.render.labels import match_text
from tests.excel.forms import Desk, form_of, task_question, workbook_of

Put = Callable[..., Desk]


def test_sheets_stand_in_order_and_the_hidden_sheet_cannot_be_shown(desk: Put) -> None:
    book = desk().book
    assert book.sheetnames == ["Hướng dẫn", "Chỉ tiêu", "Nhiệm vụ", "Kinh phí", "Thuyết minh", "_kehoach"]
    assert book["_kehoach"].sheet_state == "veryHidden"


def test_official_wording_is_whole_and_locked_and_answers_are_open(desk: Put, catalogue: Catalogue) -> None:
    form = desk()
    plan = catalogue.plan("kh-176")
    assert plan
    task = next(task for task in plan.tasks if task.id == "PL2.III.1")
    sheet = form.sheet("Nhiệm vụ")
    official = sheet[form.place("Nhiệm vụ", "kh-176/PL2.III.1", "Nhiệm vụ")]
    assert official.value == task.text
    assert official.protection.locked
    answer = sheet[form.place("Nhiệm vụ", "kh-176/PL2.III.1", "Kết quả")]
    assert not answer.protection.locked
    assert answer.number_format == "@"
    assert sheet.protection.sheet
    assert sheet.protection.password is None


@pytest.mark.slow
def test_condition_is_asked_only_where_the_plan_sets_one(catalogue: Catalogue, tmp_path: Path) -> None:
    form = form_of(catalogue, "Sở Y tế", "qd-3825")
    plan = form.plans[0].plan
    tasks = tuple(task_question(plan, task) for task in plan.tasks)
    everything = replace(form, plans=(replace(form.plans[0], tasks=tasks),))
    desk = Desk(workbook_of(catalogue, everything), tmp_path)
    sheet = desk.sheet("Nhiệm vụ")
    for row, locked in (("qd-3825/PL.II.2", False), ("qd-3825/PL.V.6", True)):
        assert sheet[desk.place("Nhiệm vụ", row, "Đã đủ điều kiện")].protection.locked is locked


def test_answers_are_chosen_from_lists_on_the_hidden_sheet(desk: Put) -> None:
    form = desk()
    machine = form.sheet("_kehoach")
    for title, header, words in (
        ("Nhiệm vụ", "Trạng thái", set(STATUSES.values())),
        ("Nhiệm vụ", "Đã làm trong năm", {"Có", "Không"}),
        ("Chỉ tiêu", "Là số ước", {"Có", "Không"}),
    ):
        row = "kh-176/PL1.17" if title == "Chỉ tiêu" else "kh-176/PL2.III.1"
        cell = form.place(title, row, header)
        lists = [
            one for one in form.sheet(title).data_validations.dataValidation if one.type == "list" and cell in one.sqref
        ]
        assert len(lists) == 1
        area = str(lists[0].formula1).partition("!")[2].replace("$", "")
        assert {line[0].value for line in machine[area]} == words


def test_every_table_prints_on_a4_with_its_header_repeated(desk: Put) -> None:
    form = desk()
    for table in TABLES:
        sheet = form.sheet(table.title)
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr
        # Excel leaves out page breaks where it fits a sheet to the page.
        assert not sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter is not None
        assert sheet.oddFooter.right is not None
        assert "&P" in str(sheet.oddFooter.right.text)
        if table.title != "Hướng dẫn":
            assert sheet.print_title_rows == "$3:$3"
            assert str(sheet.freeze_panes).endswith("4")


# The body font in points; the widths of a digit of it in LibreOffice and of A4 in landscape between our margins, in millimetres.
BODY, DIGIT, PAPER = 11, 1.94, 281.8


@pytest.fixture(scope="module")
def printed(catalogue: Catalogue) -> list[tuple[str, Worksheet]]:
    """Return the sheets that print, of forms for 2025 from the longest to the shortest, each with the unit's id."""
    found = all_forms(catalogue, Period(2025), frozenset(), "thanh-hoa", match_text)
    forms = sorted(found, key=lambda form: -sum(len(part.tasks) for part in form.plans))[::7]
    books = ((form.agency.id, load_workbook(BytesIO(form_workbook(form, catalogue.directory)))) for form in forms)
    return [(unit, sheet) for unit, book in books for sheet in book.worksheets if sheet.sheet_state == "visible"]


def width_of(sheet: Worksheet) -> float:
    return sum(column.width for column in sheet.column_dimensions.values() if not column.hidden)


@pytest.mark.slow
def test_every_form_prints_in_nine_points_or_more_on_the_width_of_a_page(printed: list[tuple[str, Worksheet]]) -> None:
    assert len({unit for unit, _ in printed}) >= 5
    for unit, sheet in printed:
        scale = (sheet.page_setup.scale or 100) / 100
        fonts = {cell.font.size for row in sheet.iter_rows() for cell in row if cell.value}
        assert min(fonts) * scale >= 9, (unit, sheet.title)
        assert width_of(sheet) * DIGIT * scale <= PAPER, (unit, sheet.title)


@pytest.mark.parametrize("part", [None, "H1", "Q3", "07"])
@pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.title))
def test_all_columns_of_a_table_fit_a_page_in_nine_points(table: FormTable, part: str | None) -> None:
    widths = [column.width for column in table.of(Period(2026, part)).columns]
    assert BODY * SCALE / 100 >= 9
    assert sum(widths) <= PAGE_WIDTH


@pytest.mark.slow
def test_no_heading_stands_alone_at_the_end_of_a_page(printed: list[tuple[str, Worksheet]]) -> None:
    breaks = 0
    for unit, sheet in printed:
        begun = {one.id + 1 for one in sheet.row_breaks.brk}
        breaks += len(begun)
        assert all(sheet.cell(row, 1).font.bold for row in begun), (unit, sheet.title)
        used, room = 0.0, PAGE_HEIGHT * SCALE / (sheet.page_setup.scale or 100)
        for row in range(1, sheet.max_row + 1):
            height = sheet.row_dimensions[row].height or LINE
            if row in begun or used + height > room:
                assert not sheet.cell(row - 1, 1).font.bold, (unit, sheet.title, row)
                used = sheet.row_dimensions[3].height or LINE
            used += height
    assert breaks


def hidden_columns(sheet: Worksheet) -> set[str]:
    return {
        str(sheet.cell(3, column_index_from_string(letter)).value)
        for letter, column in sheet.column_dimensions.items()
        if column.hidden
    }


def test_columns_and_sheets_that_ask_nothing_are_not_printed(desk: Put) -> None:
    book = desk().book
    assert hidden_columns(book["Nhiệm vụ"]) == {"Trạng thái năm trước", "Đã đủ điều kiện", "Các kỳ đã làm"}
    assert hidden_columns(book["Chỉ tiêu"]) == {"Số chung toàn tỉnh"}
    assert book["Chỉ tiêu"].sheet_state == "visible"
    other = desk("Sở Nội vụ").book
    assert other["Chỉ tiêu"].sheet_state == "hidden"


def test_the_first_sheet_has_room_for_who_made_it_and_who_signs(desk: Put) -> None:
    words = {str(cell.value) for row in desk().sheet("Hướng dẫn").iter_rows() for cell in row if cell.value}
    assert {"Người lập biểu", "Điện thoại", "Ngày lập", "THỦ TRƯỞNG CƠ QUAN", "(Ký, ghi rõ họ tên, đóng dấu)"} <= words


def test_the_longest_row_of_any_plan_fits_the_height_of_a_row(catalogue: Catalogue) -> None:
    everything = form_of(catalogue, "Văn phòng Tỉnh ủy", "kh-kl-81")
    part = everything.plans[0]
    plan = part.plan
    tasks = tuple(task_question(plan, task) for task in plan.tasks)
    form = replace(everything, plans=(replace(part, tasks=tasks),))
    book = load_workbook(BytesIO(form_workbook(form, catalogue.directory)))
    heights = [dimension.height for dimension in book["Nhiệm vụ"].row_dimensions.values() if dimension.height]
    assert max(heights) < MOST_HEIGHT


def test_the_cover_says_to_whom_and_where_the_dissolved_went(desk: Put) -> None:
    form = desk("Sở Y tế", "kh-176", "qd-3825")
    cover = form.sheet("Hướng dẫn")
    assert cover[form.place("Hướng dẫn", "kh-176", "Nơi nhận báo cáo")].value == (
        "Sở Tài nguyên và Môi trường (nay: Sở Nông nghiệp và Môi trường)"
    )
    assert "định kỳ ngày 15/11 hằng năm" in str(cover[form.place("Hướng dẫn", "qd-3825", "Thời hạn gửi")].value)
    assert cover[form.place("Hướng dẫn", "kh-176", "Ngày chốt số liệu")].value == "14/12/2025"


def test_equal_forms_give_equal_bytes(catalogue: Catalogue) -> None:
    form = form_of(catalogue, "Sở Xây dựng", "kh-176")
    assert form_workbook(form, catalogue.directory) == form_workbook(form, catalogue.directory)


def submission(**reports: SubmittedTask) -> Submission:
    tasks = {key.replace("_", "."): report for key, report in reports.items()}
    return Submission("kh-176", "so-y-te", 2025, date(2025, 12, 14), "x.yaml", tasks=tasks)


def test_text_is_never_a_formula_and_controls_never_reach_the_file(catalogue: Catalogue) -> None:
    given = submission(PL2_III_1=SubmittedTask(Status.DONE, result='=HYPERLINK("http://x")', difficulty="a\x1bb\x00c"))
    form = form_of(catalogue, "Sở Y tế", "kh-176", answered=given)
    book = load_workbook(BytesIO(form_workbook(form, catalogue.directory)))
    cells = [cell for line in book["Nhiệm vụ"].iter_rows() for cell in line]
    assert all(cell.data_type != "f" for cell in cells)
    assert any(cell.value == '=HYPERLINK("http://x")' for cell in cells)
    assert any(cell.value == "a\ufffdb\ufffdc" for cell in cells)


def test_answers_given_before_come_back_unchanged(
    catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory
) -> None:
    given = Submission(
        "kh-176",
        "so-y-te",
        2025,
        date(2025, 12, 14),
        "x.yaml",
        submitted=date(2025, 12, 16),
        indicators={
            "PL1.17": SubmittedIndicator("86,5", estimate=True, to_date="90", source="Báo cáo 12/BC-SYT", note="x")
        },
        tasks={
            "PL2.III.1": SubmittedTask(
                Status.DONE,
                "Đã xong.",
                (Paper("12/BC-SYT", date(2025, 12, 10)), Paper("45/KH-SYT")),
                date(2025, 10, 20),
                Extension(date(2026, 6, 30), "345/UBND"),
                condition_met=False,
                done_this_year=True,
                difficulty="Thiếu vốn",
            )
        },
        funding=({"source": "Ngân sách tỉnh", "planned": "12.500", "spent": "9.870,5", "unit": "triệu đồng"},),
        narrative={"limits": "Chậm.", "causes": {"objective": "Mưa lũ."}, "proposals": {"others": "Thẩm định sớm."}},
    )
    form = form_of(catalogue, "Sở Y tế", "kh-176", answered=given)
    filled = Desk(workbook_of(catalogue, form), tmp_path_factory.mktemp("desk")).sent()
    assert not filled.findings
    (document,) = filled.documents
    plan = catalogue.plan("kh-176")
    assert plan is not None
    assert document == {
        "answers": {row: fingerprint_in(plan, row) for row in ("PL1.17", "PL2.III.1")},
        "kehoach": "progress/1",
        "plan": "kh-176",
        "agency": "so-y-te",
        "year": "2025",
        "cutoff": "2025-12-14",
        "submitted": "2025-12-16",
        "indicators": {
            "PL1.17": {
                "value": "86,5",
                "estimate": True,
                "to_date": "90",
                "source": "Báo cáo 12/BC-SYT",
                "note": "x",
            }
        },
        "tasks": {
            "PL2.III.1": {
                "status": "done",
                "result": "Đã xong.",
                "documents": [{"number": "12/BC-SYT", "date": "2025-12-10"}, {"number": "45/KH-SYT"}],
                "completed": "2025-10-20",
                "extension": {"to": "2026-06-30", "document": "345/UBND"},
                "condition_met": False,
                "done_this_year": True,
                "difficulty": "Thiếu vốn",
            }
        },
        "funding": [{"source": "Ngân sách tỉnh", "planned": "12.500", "spent": "9.870,5", "unit": "triệu đồng"}],
        "narrative": {
            "limits": "Chậm.",
            "causes": {"objective": "Mưa lũ."},
            "proposals": {"others": "Thẩm định sớm."},
        },
    }


def test_an_answer_longer_than_a_cell_is_refused_not_cut(catalogue: Catalogue) -> None:
    form = form_of(catalogue, "Sở Y tế", "kh-176", answered=submission(PL2_III_1=SubmittedTask(result="dài " * 9000)))
    with pytest.raises(CannotRunError, match="Nhiệm vụ!G"):
        form_workbook(form, catalogue.directory)
