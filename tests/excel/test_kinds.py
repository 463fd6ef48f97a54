"""A form asks each kind of target in cells of its own, and reads the answers back."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.plan import Indicator, Task, TaskKind
from kehoach_cli.core.notation.parse import parse_target
from kehoach_cli.core.notation.schedule import Milestone, Recurrence, Schedule, ScheduleKind
from kehoach_cli.core.notation.target import Direction, Target
from tests.excel.forms import Desk, form_asking, said, workbook_of

ROW, TASK = "kh-176/PL1.17", "kh-176/I.1"
QUARTERLY = Schedule("Hằng quý", ScheduleKind.RECURRING, recurrence=Recurrence("quarter"))
STEPS = Schedule(
    "Khởi công quý II, hoàn thành quý IV",
    ScheduleKind.MILESTONES,
    milestones=(Milestone("Khởi công", date(2025, 6, 30)), Milestone("Hoàn thành", date(2025, 12, 31))),
)


def asking(target: str, unit: str | None) -> Indicator:
    parts = parse_target(target, unit=unit, direction=Direction.INCREASE)
    return Indicator("PL1.17", "Kết quả", unit, None, Direction.INCREASE, (Target(2025, target, parts),))


@pytest.fixture
def desk(catalogue: Catalogue, tmp_path: Path) -> Any:
    def put(target: str = "80", unit: str | None = "%", schedule: Schedule = QUARTERLY) -> Desk:
        task = Task("I.1", TaskKind.TASK, "Kiểm tra", None, schedule=schedule)
        return Desk(workbook_of(catalogue, form_asking(catalogue, (asking(target, unit),), (task,))), tmp_path)

    return put


def rows(form: Desk, title: str, *headers: str) -> list[tuple[Any, ...]]:
    """Return the cells under these headers, of every row with an id."""
    sheet = form.sheet(title)
    names = [cell.value for cell in sheet[3]]
    listed = [line for line in sheet.iter_rows(min_row=4, values_only=True) if str(line[0]).startswith("kh-176/")]
    return [tuple(line[names.index(header)] for header in headers) for line in listed]


def answered(form: Desk) -> Any:
    filled = form.sent()
    assert filled.findings == ()
    return filled.documents[0]


@pytest.mark.parametrize(
    ("target", "unit", "asked"),
    [
        ("80", "%", [(None, "%")]),
        ("Hoàn thành", None, [(None, "Đạt/Chưa đạt")]),
        ("giảm 5%", "vụ", [("Mức giảm", "%"), ("Mức năm 2024", "vụ"), ("Mức năm 2025", "vụ")]),
        ("giảm 10% so với năm 2020", "vụ", [("Mức giảm", "%"), ("Mức năm 2020", "vụ"), ("Mức năm 2025", "vụ")]),
        (
            "gấp 2 lần năm 2020",
            "tỷ đồng",
            [("Số lần", "lần"), ("Mức năm 2020", "tỷ đồng"), ("Mức năm 2025", "tỷ đồng")],
        ),
        ("Đô thị: 95%; nông thôn: 80%", "%", [("Đô thị", "%"), ("nông thôn", "%")]),
    ],
)
def test_each_number_has_a_cell_with_its_unit_beside_it(desk: Any, target: str, unit: str, asked: list[Any]) -> None:
    form = desk(target, unit)
    assert rows(form, "Chỉ tiêu", "Đối tượng, phần", "Đơn vị tính") == asked
    header = [cell.value for cell in form.sheet("Chỉ tiêu")[3]]
    assert header.index("Giá trị") - header.index("Đơn vị tính") == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("target", "unit", "part", "typed", "entry"),
    [
        ("80", "tỷ đồng", None, "5.100", {"value": "5.100"}),
        ("Hoàn thành", None, None, "Đạt", {"met": True}),
        ("Hoàn thành", None, None, "chưa đạt", {"met": False}),
        ("giảm 5%", "vụ", "Mức giảm", 6, {"value": "giảm 6"}),
        ("giảm 5%", "vụ", "Mức giảm", "6%", {"value": "giảm 6%"}),
        ("giảm 5%", "vụ", "Mức giảm", "-6", {"value": "-6"}),
        ("giảm 5%", "vụ", "Mức giảm", "tăng 6", {"value": "tăng 6"}),
        ("gấp 2 lần năm 2020", "tỷ đồng", "Số lần", 2.5, {"value": "gấp 2,5 lần"}),
        ("gấp 2 lần năm 2020", "tỷ đồng", "Số lần", "2,5 lần", {"value": "2,5 lần"}),
        ("giảm 10% so với năm 2020", "vụ", "Mức năm 2020", "28,1", {"levels": {"2020": "28,1"}}),
        ("giảm 10% so với năm 2020", "vụ", "Mức năm 2025", 25, {"levels": {"2025": "25"}}),
    ],
)
def test_an_answer_says_what_its_cell_asks(
    desk: Any, target: str, unit: str | None, part: str | None, typed: object, entry: dict[str, Any]
) -> None:
    form = desk(target, unit)
    form.fill("Chỉ tiêu", ROW, {"Giá trị": typed}, part=part)
    assert answered(form)["indicators"] == {"PL1.17": entry}


def test_another_word_than_the_two_is_refused(desk: Any) -> None:
    form = desk("Hoàn thành", None)
    form.fill("Chỉ tiêu", ROW, {"Giá trị": "gần xong"})
    assert said(form.sent()) == [("error", "Chỉ tiêu!G5", '"gần xong" không phải “Đạt” hay “Chưa đạt”')]


def test_a_state_is_chosen_from_a_list_and_a_number_names_its_unit_when_selected(desk: Any) -> None:
    def offers(form: Desk) -> dict[str, Any]:
        place = form.place("Chỉ tiêu", ROW, "Giá trị")
        found = form.sheet("Chỉ tiêu").data_validations.dataValidation
        (one,) = [validation for validation in found if place in validation.sqref]
        return {"type": one.type, "area": one.formula1, "prompt": one.prompt}

    state = offers(desk("Hoàn thành", None))
    assert (state["type"], state["area"]) == ("list", "'_kehoach'!$I$1:$I$2")
    assert "Đơn vị tính: tỷ đồng." in offers(desk("80", "tỷ đồng"))["prompt"]


def test_each_milestone_has_a_row(desk: Any) -> None:
    form = desk(schedule=STEPS)
    assert rows(form, "Nhiệm vụ", "Mã", "Nhiệm vụ") == [
        (TASK, "Kiểm tra"),
        (f"{TASK}/mốc 1", "Khởi công"),
        (f"{TASK}/mốc 2", "Hoàn thành"),
    ]
    form.fill("Nhiệm vụ", TASK, {"Trạng thái": "đang thực hiện"})
    form.fill("Nhiệm vụ", f"{TASK}/mốc 1", {"Trạng thái": "đã hoàn thành", "Ngày hoàn thành": "20/6/2025"})
    assert answered(form)["tasks"] == {
        "I.1": {"status": "in_progress", "milestones": {"1": {"status": "done", "completed": "2025-06-20"}}}
    }


@pytest.mark.parametrize(
    ("typed", "periods"),
    [
        ("Quý I; Quý II", ["2025-Q1", "2025-Q2"]),
        ("quý 3, Q.IV", ["2025-Q3", "2025-Q4"]),
        ("Tháng 1; T12/2024", ["2025-01", "2024-12"]),
        ("6 tháng đầu năm", ["2025-H1"]),
        ("2025-Q1; 2025-H2; 2025-03", ["2025-Q1", "2025-H2", "2025-03"]),
    ],
)
def test_periods_are_read_as_people_write_them(desk: Any, typed: str, periods: list[str]) -> None:
    form = desk()
    form.fill("Nhiệm vụ", TASK, {"Các kỳ đã làm": typed})
    assert answered(form)["tasks"] == {"I.1": {"done_for": periods}}


@pytest.mark.parametrize("typed", ["đã làm", "Quý 5", "13", "I"])
def test_a_period_that_is_none_is_refused(desk: Any, typed: str) -> None:
    form = desk()
    form.fill("Nhiệm vụ", TASK, {"Các kỳ đã làm": typed})
    assert [severity for severity, _, _ in said(form.sent())] == ["error"]
