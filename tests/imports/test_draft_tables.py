"""What the heads of a table say of its cells: starts, units, values that were reached, headings, sums."""

from pathlib import Path

import pytest

from kehoach_cli.core.draft.notes import Draft
from tests.imports.made import BODY, HEAD, doubted, made


def appended(folder: Path, *rows: str) -> Draft:
    """Return the draft of a document with an appendix that is one table, each row given as the cells of a line in HTML."""
    lines = "".join(f"<p>{line}</p>" for line in f"{HEAD}{BODY}Nơi nhận:\n- Lưu: VT.\nPHỤ LỤC\nPHÂN CÔNG".split("\n"))
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    return made(folder, f"<html><body>{lines}<table>{table}</table></body></html>", "kh.html")


def row(*cells: str) -> str:
    """Return the cells of a row."""
    return "".join(f"<td>{cell}</td>" for cell in cells)


def test_when_work_begins_is_not_when_it_is_due(tmp_path: Path) -> None:
    over = (
        '<td rowspan="2">TT</td><td rowspan="2">Nhiệm vụ</td><td rowspan="2">Chủ trì</td><td colspan="2">Thời gian</td>'
    )
    found = appended(
        tmp_path, over, row("Bắt đầu", "Kết thúc"), row("1", "Ươm cây.", "Sở Y tế", "Tháng 01/2026", "Tháng 7/2026")
    )
    assert found.plan["tasks"][-1]["schedule"] == "Tháng 7/2026"
    assert doubted(found, 'cột "Bắt đầu"') == [""]


def test_a_value_that_was_reached_beside_planned_ones_is_a_baseline(tmp_path: Path) -> None:
    head = row("TT", "Chỉ tiêu", "Đơn vị", "Thực hiện 2024", "Kế hoạch 2025", "Kế hoạch 2026")
    found = appended(tmp_path, head, row("1", "Số cây trồng", "cây", "10", "20", "40"))
    assert found.plan["indicators"][0]["targets"] == {"2025": "20", "2026": "40"}
    assert found.plan["indicators"][0]["baseline"] == {"2024": "10"}
    assert found.plan["indicators"][0]["unit"] == "cây"


def test_a_column_of_bodies_beside_targets_is_no_column_of_units(tmp_path: Path) -> None:
    head = row("TT", "Chỉ tiêu", "Đơn vị", "Năm 2025", "Năm 2026")
    found = appended(tmp_path, head, row("1", "Số cây trồng", "Sở Y tế", "20", "40"))
    assert found.plan["indicators"][0]["unit"] is None


def test_what_a_column_of_targets_counts_is_doubted_where_no_unit_says_it(tmp_path: Path) -> None:
    head = row("TT", "Chỉ tiêu", "Số xã đạt năm 2025", "Số xã đạt năm 2026")
    found = appended(tmp_path, head, row("1", "Điện", "20", "40"))
    assert doubted(found, "nói tính bằng gì") == ["indicators/PL.1/unit"]


def test_a_row_whose_lead_covers_the_rows_below_is_a_heading(tmp_path: Path) -> None:
    found = appended(
        tmp_path,
        row("TT", "Nhiệm vụ", "Chủ trì", "Thời gian"),
        '<td>1</td><td>Cây xanh</td><td rowspan="3">Sở Y tế</td><td></td>',
        row("1.1", "Ươm cây.", "Năm 2026"),
        row("1.2", "Tưới cây.", "Năm 2026"),
    )
    assert [one["id"] for one in found.plan["tasks"][2:]] == ["PL.1.1", "PL.1.2"]
    assert [one["lead"] for one in found.plan["tasks"][2:]] == [["so-y-te"], ["so-y-te"]]
    assert [one["title"] for one in found.plan["sections"] if one["id"] == "PL.1"] == ["Cây xanh"]


def test_a_row_with_cells_of_its_own_over_numbered_rows_is_a_task(tmp_path: Path) -> None:
    found = appended(
        tmp_path,
        row("TT", "Nhiệm vụ", "Chủ trì", "Thời gian"),
        row("1", "Trồng cây.", "Sở Y tế", "Năm 2026"),
        row("1.1", "Ươm cây.", "Sở Y tế", "Năm 2026"),
    )
    assert [one["id"] for one in found.plan["tasks"][2:]] == ["PL.1", "PL.1.1"]


@pytest.mark.parametrize("words", ["Tổng cộng", "Cộng A + B"])
def test_a_sum_is_no_task_and_a_bare_cost_needs_its_unit(tmp_path: Path, words: str) -> None:
    head = row("TT", "Nhiệm vụ", "Chủ trì", "Kinh phí (triệu đồng)")
    found = appended(tmp_path, head, row("1", "Ươm cây.", "Sở Y tế", "1.750"), row("", words, "", "1.750"))
    assert [one["id"] for one in found.plan["tasks"][2:]] == ["PL.1"]
    assert doubted(found, "dòng cộng") == [""]
    assert doubted(found, 'đơn vị "triệu đồng"') == ["tasks/PL.1/cost"]


def test_a_row_with_a_cell_in_a_column_that_is_not_read_is_no_heading(tmp_path: Path) -> None:
    head = row("Ngày", "Nội dung", "Chủ trì", "Kết quả")
    found = appended(
        tmp_path, head, row("28", "Chủ nhật", "", ""), row("29", "Ươm cây.", "Sở Y tế", "Cây"), row("30", "", "", "")
    )
    assert [one["text"] for one in found.plan["tasks"][2:]] == ["Chủ nhật", "Ươm cây."]
    assert "Chủ nhật" not in [one["title"] for one in found.plan["sections"]]


def test_rows_and_headings_of_a_table_in_the_body_stand_in_the_order_of_the_document(tmp_path: Path) -> None:
    lines = [*f"{HEAD}{BODY}".split("\n"), "3. Các việc khác:"]
    table = "".join(
        f"<tr>{one}</tr>"
        for one in (row("TT", "Nhiệm vụ", "Chủ trì"), row("I", "Cây xanh", ""), row("1", "Ươm cây.", "Sở Y tế"))
    )
    end = "<p>III. TỔ CHỨC THỰC HIỆN</p><p>1. Sở Nội vụ theo dõi.</p><p>2. Sở Y tế báo cáo.</p>"
    text = "".join(f"<p>{line}</p>" for line in lines)
    plan = made(tmp_path, f"<html><body>{text}<table>{table}</table>{end}</body></html>", "kh.html").plan
    assert [one["id"] for one in plan["sections"]] == ["I", "II", "II.3", "II.3.I", "III"]
    assert [one["id"] for one in plan["tasks"]] == ["II.1", "II.2", "II.3.I.1", "III.1", "III.2"]


def test_a_row_of_a_part_with_its_sum_is_a_heading(tmp_path: Path) -> None:
    found = appended(
        tmp_path,
        row("TT", "Nhiệm vụ", "Chủ trì", "Kinh phí"),
        row("A", "NHIỆM VỤ", "", "24.700"),
        row("1", "Ươm cây.", "Sở Y tế", "2.500"),
    )
    assert [one["title"] for one in found.plan["sections"] if one["id"] == "PL.I"] == ["NHIỆM VỤ"]
    assert doubted(found, "số ở dòng tiêu đề PL.I") == [""]
    assert doubted(found, "kinh phí chỉ là con số") == ["tasks/PL.I.1/cost"]


def test_the_year_of_a_value_may_stand_in_the_upper_of_two_heads(tmp_path: Path) -> None:
    found = appended(
        tmp_path,
        '<td rowspan="2">TT</td><td rowspan="2">Chỉ tiêu</td><td>Hiện trạng (năm 2024)</td><td>Mục tiêu năm 2026</td>',
        row("Điểm", "Điểm"),
        row("1", "Gia nhập thị trường", "6,89", "7,50"),
    )
    assert found.plan["indicators"][0]["baseline"] == {"2024": "6,89"}
    assert found.plan["indicators"][0]["targets"] == {"2026": "7,50"}
    assert doubted(found, 'tiêu đề cột "Điểm"') == ["indicators/PL.1/unit"]


def test_rows_of_a_sum_over_the_whole_width_and_of_recipients_are_left_out(tmp_path: Path) -> None:
    found = appended(
        tmp_path,
        row("TT", "Nhiệm vụ", "Chủ trì", "Hạn xử lý"),
        row("1", "Ươm cây.", "Sở Y tế", "30/9/2026"),
        row("2", "Tưới cây.", "Sở Y tế", "30/9/2026"),
        '<td colspan="4">Tổng cộng: 15 nhiệm vụ</td>',
        '<td colspan="4">Nơi nhận: - Như trên; - Lưu: VT.</td>',
    )
    assert [one["schedule"] for one in found.plan["tasks"][2:]] == ["30/9/2026", "30/9/2026"]
    assert [one["id"] for one in found.plan["sections"] if one["id"].startswith("PL")] == ["PL"]
    assert doubted(found, "dòng cộng") == [""]


def test_a_list_of_outputs_has_several_and_a_ditto_none(tmp_path: Path) -> None:
    found = appended(
        tmp_path,
        row("TT", "Nhiệm vụ", "Chủ trì", "Sản phẩm"),
        row("1", "Ươm cây.", "Sở Y tế", "<p>- Kế hoạch</p><p>- Thông báo</p>"),
        row("2", "Tưới cây.", "Sở Y tế", "nt"),
    )
    assert found.plan["tasks"][2]["outputs"] == ["Kế hoạch", "Thông báo"]
    assert "outputs" not in found.plan["tasks"][3]
    assert doubted(found, "ghi như dòng trên; chưa ghi sản phẩm") == ["tasks/PL.2/outputs"]


def test_a_role_in_brackets_of_a_cell_is_doubted(tmp_path: Path) -> None:
    found = appended(
        tmp_path,
        row("TT", "Nhiệm vụ", "Cơ quan thực hiện", "Thời gian"),
        row("1", "Ươm cây.", "Sở Y tế (chủ trì), Sở Nội vụ", "Năm 2026"),
    )
    assert doubted(found, "vai trò khác") == ["tasks/PL.1/lead"]


def test_marks_below_years_are_no_targets(tmp_path: Path) -> None:
    found = appended(
        tmp_path,
        row("TT", "Tên dự án", "Cơ quan chủ trì", "2021 - 2025", "2026 - 2030"),
        row("1", "Đường ven sông", "Sở Xây dựng", "x", ""),
        row("2", "Cầu ven sông", "Sở Xây dựng", "", "x"),
    )
    assert "indicators" not in found.plan
    assert [one["kind"] for one in found.plan["tasks"][2:]] == ["programme", "programme"]
    assert doubted(found, 'không rõ cột "2021 - 2025"') == [""]


def test_a_roman_row_with_nothing_but_sums_is_a_heading(tmp_path: Path) -> None:
    found = appended(
        tmp_path,
        row("TT", "Lớp", "Nội dung", "Đơn vị chủ trì", "Kinh phí"),
        row("I", "3", "Lý luận chính trị", "", "870"),
        row("1", "1", "Lớp trung cấp", "Sở Nội vụ", "410"),
    )
    assert [one["title"] for one in found.plan["sections"] if one["id"] == "PL.I"] == ["Lý luận chính trị"]


def test_a_list_inside_brackets_is_one_output_and_a_cost_with_brackets_needs_its_unit(tmp_path: Path) -> None:
    found = appended(
        tmp_path,
        row("TT", "Nhiệm vụ", "Chủ trì", "Sản phẩm", "Kinh phí (triệu đồng)"),
        row("1", "Ươm cây.", "Sở Y tế", "Vườn ươm (cây gạo; cây đa); báo cáo", "300.000 (đầu tư công)"),
    )
    assert found.plan["tasks"][-1]["outputs"] == ["Vườn ươm (cây gạo; cây đa)", "báo cáo"]
    assert doubted(found, 'đơn vị "triệu đồng"') == ["tasks/PL.1/cost"]


def test_a_column_of_related_tasks_is_no_wording(tmp_path: Path) -> None:
    found = appended(
        tmp_path,
        row("Thời điểm", "Nhiệm vụ", "Nhiệm vụ liên quan", "Cơ quan chủ trì"),
        row("Quý I", "Ươm cây.", "1, 2, 4", "Sở Y tế"),
    )
    assert [one["text"] for one in found.plan["tasks"][2:]] == ["Ươm cây."]


def test_marks_below_years_beside_headings_are_no_targets(tmp_path: Path) -> None:
    found = appended(
        tmp_path,
        row("TT", "Nhiệm vụ", "Cơ quan chủ trì", "2026", "2027"),
        '<td>I</td><td colspan="4">Trồng cây</td>',
        row("1", "Ươm cây.", "Sở Y tế", "x", ""),
        row("2", "Tưới cây.", "Sở Nội vụ", "x", "x"),
    )
    assert "indicators" not in found.plan
    assert [one["lead"] for one in found.plan["tasks"][2:]] == [["so-y-te"], ["so-noi-vu"]]


def test_the_beginning_of_a_title_is_no_label_of_an_appendix(tmp_path: Path) -> None:
    rows = "<tr><td>TT</td><td>Công việc</td><td>Chủ trì</td></tr><tr><td>1</td><td>Ươm cây.</td><td>Sở Y tế</td></tr>"
    lines = f"{HEAD}{BODY}Nơi nhận:\n- Lưu: VT.\nBIỂU CHI TIẾT NHIỆM VỤ THỰC HIỆN ĐỀ ÁN".split("\n")
    text = "".join(f"<p>{line}</p>" for line in lines)
    found = made(tmp_path, f"<html><body>{text}<table>{rows}</table></body></html>", "kh.html")
    assert found.plan["sections"][-1]["title"] == "BIỂU CHI TIẾT NHIỆM VỤ THỰC HIỆN ĐỀ ÁN"
    assert found.plan["tasks"][-1]["kind"] == "task"
