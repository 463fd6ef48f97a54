"""Result tables as sheets."""

from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from kehoach_cli.excel.sheets import listing_workbook

HEADERS = ("Mã", "Nhiệm vụ", "Số", "Thời hạn")
ROWS = [("kh-176/III.1.1", "=1+1", 86.5, date(2025, 12, 31)), ("kh-176/III.1.2", "Bình thường", None, None)]


def test_a_listing_is_a_table_with_filter_and_frozen_header() -> None:
    book = load_workbook(BytesIO(listing_workbook([("Nhiệm vụ", HEADERS, ROWS)])))
    sheet = book["Nhiệm vụ"]
    assert [cell.value for cell in sheet[1]] == list(HEADERS)
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:D3"
    assert sheet["C2"].value == 86.5
    assert sheet["D2"].number_format == "dd/mm/yyyy"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)


def test_rows_are_as_high_as_their_texts_and_wide_tables_are_printed_on_a3() -> None:
    """Programs that open the file do not all fit heights by themselves: lines then lie on each other."""
    long = "Tăng cường kiểm tra, giám sát các cơ sở sản xuất. " * 6
    wide = load_workbook(BytesIO(listing_workbook([("x", ("Nhiệm vụ",) * 12, [(long,) * 12, ("ngắn",) * 12])])))["x"]
    heights = [wide.row_dimensions[row].height for row in (2, 3)]
    assert heights[0] > 5 * heights[1]
    assert wide.page_setup.paperSize == 8
    assert sum(one.width for one in wide.column_dimensions.values()) <= 305
    narrow = load_workbook(BytesIO(listing_workbook([("x", ("Nhiệm vụ", "Thời hạn"), [(long, "2025")])])))["x"]
    assert narrow.page_setup.paperSize == 9
    assert [round(one.width) for one in narrow.column_dimensions.values()] == [60, 8]


def test_text_is_never_a_formula_and_controls_are_shown() -> None:
    data = listing_workbook([("x", ("a",), [("=1+1",), ("a\x07b",)])])
    sheet = load_workbook(BytesIO(data))["x"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert sheet["A3"].value == "a\ufffdb"


def test_names_excel_refuses_are_mended_and_kept_apart() -> None:
    book = load_workbook(
        BytesIO(listing_workbook([("Kế hoạch 1/2: [a]" * 3, (), []), ("Kế hoạch 1/2: [a]" * 3, (), [])]))
    )
    assert len(set(book.sheetnames)) == 2
    assert all(len(name) <= 31 and not set("[]:*?/\\") & set(name) for name in book.sheetnames)


def test_text_too_long_for_a_cell_is_cut_visibly() -> None:
    sheet = load_workbook(BytesIO(listing_workbook([("x", ("a",), [("dài " * 9000,)])])))["x"]
    assert str(sheet["A2"].value).endswith("không vừa một ô)")


def test_equal_tables_give_equal_bytes() -> None:
    assert listing_workbook([("x", HEADERS, ROWS)]) == listing_workbook([("x", HEADERS, ROWS)])
