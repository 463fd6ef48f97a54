"""Tables: their heads, numbers and rows, and what is left out of them with a doubt."""

from pathlib import Path

import pytest

from kehoach_cli.core.model.source_record import DoubtKind
from tests.imports.made import BODY, HEAD, doubted, made, table_of


def test_a_table_that_has_only_a_head_has_no_rows(tmp_path: Path) -> None:
    table = "PHỤ LỤC\nBIỂU MẪU\n| TT | Nhiệm vụ | Cơ quan chủ trì |\n|---|---|---|\n"
    found = made(tmp_path, f"{HEAD}{BODY}Nơi nhận:\n- Như trên.\n{table}", "kh.md")
    assert [one["id"] for one in found.plan["tasks"]] == ["II.1", "II.2"]


def test_a_column_of_indicators_names_the_rows_not_the_work_beside_it(tmp_path: Path) -> None:
    head = "| TT | Nhiệm vụ | Chỉ tiêu | Đơn vị tính | Năm 2026 | Năm 2030 |\n|---|---|---|---|---|---|\n"
    rows = "| 1 | Trồng cây | Tỷ lệ cây sống | % | 80 | 90 |\n| 2 | Làm hồ | Số hồ có cây | hồ | 3 | 9 |\n"
    found = made(tmp_path, f"{HEAD}{BODY}PHỤ LỤC\nCHỈ TIÊU\n{head}{rows}", "kh.md")
    assert [one["name"] for one in found.plan["indicators"]] == ["Tỷ lệ cây sống", "Số hồ có cây"]
    assert [one.text for one in found.doubts if one.kind is DoubtKind.COLUMN] == ["Nhiệm vụ"]


@pytest.mark.parametrize("numbers", ["|  | (1) | (2) | (3) | (4) |", "| (1) | (2) | (3) | (4) |  |"])
def test_a_row_that_numbers_the_columns_but_one_is_no_task(tmp_path: Path, numbers: str) -> None:
    table = (
        "PHỤ LỤC\nNHIỆM VỤ\n| TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian thực hiện | Ghi chú |\n|---|---|---|---|---|\n"
        f"{numbers}\n| 1 | Trồng 20 cây gạo | Sở Xây dựng | Năm 2026 |  |\n"
    )
    found = made(tmp_path, f"{HEAD}{BODY}Nơi nhận:\n- Như trên.\n{table}", "kh.md")
    assert [one["text"] for one in found.plan["tasks"] if one["id"].startswith("PL")] == ["Trồng 20 cây gạo"]


def test_a_document_that_is_only_an_appendix_is_read(tmp_path: Path) -> None:
    table = "| TT | Nhiệm vụ | Cơ quan chủ trì |\n|---|---|---|\n| 1 | Trồng 20 cây gạo | Sở Xây dựng |\n"
    found = made(tmp_path, f"PHỤ LỤC II\nDANH MỤC NHIỆM VỤ\n{table}", "kh.md")
    assert [(one["id"], one["lead"]) for one in found.plan["tasks"]] == [("PL2.1", ["so-xay-dung"])]


def test_a_table_before_the_first_part_is_a_doubt(tmp_path: Path) -> None:
    table = "| Năm | Số cây |\n|---|---|\n| 2024 | 20 |\n| 2025 | 40 |\n"
    found = made(tmp_path, f"{HEAD}\n{table}\n{BODY}", "kh.md")
    assert doubted(found, "bảng đứng trước mục đầu tiên") == [""]
    assert len(found.plan["tasks"]) == 2


def test_a_part_of_a_table_with_a_stray_cell_is_a_doubt(tmp_path: Path) -> None:
    text = table_of(
        "| I | Trồng |  |  |",
        "| 1 | Trồng gạo | Sở Xây dựng | Năm 2026 |",
        "| II | Chăm sóc |  | Năm 2026 |",
        "| 2 | Tưới gạo | Sở Xây dựng | Năm 2026 |",
    )
    found = made(tmp_path, text, "kh.md")
    assert doubted(found, "đánh số La Mã như tên phần") == ["tasks/PL.I.II"]


def test_indicators_without_a_year_are_left_out_with_a_doubt(tmp_path: Path) -> None:
    table = (
        "| TT | Chỉ tiêu | Kết quả | Cơ quan chủ trì theo dõi |\n|---|---|---|---|\n| 1 | Số cây | 20 | Sở Xây dựng |\n"
    )
    found = made(tmp_path, f"{HEAD}{BODY}Nơi nhận:\n- Như trên.\nPHỤ LỤC\nCHỈ TIÊU\n{table}", "kh.md")
    assert [one["id"] for one in found.plan["tasks"]] == ["II.1", "II.2"]
    assert doubted(found, "bảng chỉ tiêu không có cột năm") == [""]


def test_the_year_of_indicators_stands_in_the_row_over_them(tmp_path: Path) -> None:
    table = (
        "PHỤ LỤC\nCHỈ TIÊU\n| TT | Chỉ tiêu | Đơn vị | Kết quả | Cơ quan theo dõi |\n|---|---|---|---|---|\n"
        "| I | Đến năm 2026 |  |  |  |\n| 1 | Số cây gạo | cây | ≥ 20 | Sở Xây dựng |\n"
        "| II | Đến năm 2030 |  |  |  |\n| 2 | Tỷ lệ cây sống | % | 90 | Sở Xây dựng |\n"
    )
    found = made(tmp_path, f"{HEAD}{BODY}Nơi nhận:\n- Lưu: VT.\n{table}", "kh.md")
    assert [(one["name"], one["unit"], one["targets"]) for one in found.plan["indicators"]] == [
        ("Số cây gạo", "cây", {"2026": "≥ 20"}),
        ("Tỷ lệ cây sống", "%", {"2030": "90"}),
    ]


def test_numbers_typed_before_the_text_of_rows_are_their_numbers(tmp_path: Path) -> None:
    table = (
        "PHỤ LỤC\nNHIỆM VỤ\n| Nội dung | Phân công nhiệm vụ | Tiến độ |\n|---|---|---|\n"
        "| 1. Trồng gạo | Chủ trì: Sở Xây dựng. Phối hợp: Sở Y tế. | Năm 2026 |\n| 3. Trồng tre | Sở Y tế | Năm 2026 |\n"
    )
    found = made(tmp_path, f"{HEAD}{BODY}Nơi nhận:\n- Lưu: VT.\n{table}", "kh.md")
    assert [(one["id"], one["text"]) for one in found.plan["tasks"][2:]] == [
        ("PL.1", "Trồng gạo"),
        ("PL.3", "Trồng tre"),
    ]


def test_a_table_with_a_head_of_its_own_does_not_go_on_with_another(tmp_path: Path) -> None:
    rows = "| TT | Nhiệm vụ | Cơ quan chủ trì |\n| 1 | Tưới cây | Sở Xây dựng |\n"
    other = "| STT | Loài cây | Nơi trồng |\n| 1 | Cây sao | Ven sông |\n"
    found = made(tmp_path, f"{HEAD}{BODY}3. Việc\n{rows}\n4. Cây\n{other}", "kh.md")
    assert [one["text"] for one in found.plan["tasks"][2:]] == ["Tưới cây"]
    assert len(doubted(found, "bảng không có cột nhiệm vụ")) == 1


def test_a_page_in_a_table_is_read_line_by_line(tmp_path: Path) -> None:
    lines = HEAD.split("\n")[3:6]
    rows = [
        "| UBND TỈNH THANH HÓA Số: 21/KH-UBND | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |",
        *(f"| {one} | |" for one in lines),
    ]
    table = "\n".join([rows[0], "|---|---|", *rows[1:], "| Căn cứ Kế hoạch số 3/KH-UBND ngày 01/02/2026; | |"])
    found = made(tmp_path, f"{table}\n\n{BODY}", "kh.md")
    document = found.plan["document"]
    assert (document["type"], document["number"], document["date"]) == ("KH", "21/KH-UBND", "2026-02-03")
    assert document["title"] == "Trồng cây ven sông năm 2026"


def test_a_table_behind_the_signature_that_says_nothing_is_no_appendix(tmp_path: Path) -> None:
    lines = "".join(f"<p>{line}</p>" for line in f"{HEAD}{BODY}Nơi nhận:\n- Lưu: VT.".split("\n"))
    rows = "".join(f"<tr><td>{words}</td><td>{number}</td></tr>" for number, words in enumerate("abcdef"))
    found = made(tmp_path, f"<html><body>{lines}<table>{rows}</table></body></html>", "kh.html")
    assert [one["id"] for one in found.plan["sections"]] == ["I", "II"]
    assert doubted(found, "bảng sau chữ ký") == [""]
