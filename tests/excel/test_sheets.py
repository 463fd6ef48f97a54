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
