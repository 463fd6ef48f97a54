"""A workbook is read as it is printed."""

import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kehoach_cli.core.model.source_text import SourceText
from kehoach_cli.errors import CannotRunError
from kehoach_cli.source.cell_format import date_text, figure_text
from kehoach_cli.source.read import read_source
from tests.office.packages import archive, as_strict, parts_of
from tests.source.word_files import grid, printed, said, tables

HEAD = ["TT", "Nhiệm vụ", "Chủ trì"]


def _book(*rows: list[Any]) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Phụ lục 1"
    for row in rows:
        sheet.append(row)
    return book, sheet


def _saved(book: Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _read(book: Workbook) -> SourceText:
    return read_source(Path("phu-luc.xlsx"), _saved(book))


def test_a_sheet_is_a_table_below_its_title() -> None:
    found = _read(_book(["PHỤ LỤC"], [None, "Kèm theo Kế hoạch"], HEAD, [1, "Xây dựng\ntrạm", "Sở Y tế"])[0])
    assert printed(found) == ["PHỤ LỤC", "Kèm theo Kế hoạch"]
    assert grid(tables(found)[0]) == [HEAD, ["1", "Xây dựng\ntrạm", "Sở Y tế"]]
    assert [one.place for one in tables(found)[0].cells][-1] == "Phụ lục 1!C4"
    assert tables(found)[0].place == 'trang "Phụ lục 1"'
    assert not found.remarks


def _with_shared(data: bytes, text: str, rich: str) -> bytes:
    """Return a workbook in which a text is a shared one with several looks, as Excel keeps it."""
    parts = parts_of(data)
    sheet, types, links = "xl/worksheets/sheet1.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
    inline = f't="inlineStr"><is><t>{text}</t></is>'.encode()
    assert parts[sheet].count(inline) == 1
    parts[sheet] = parts[sheet].replace(inline, b't="s"><v>0</v>')
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}" count="1" uniqueCount="1"><si>{rich}</si></sst>'.encode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    entry = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    parts[types] = parts[types].replace(b"</Types>", entry.encode())
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    link = f'<Relationship Id="rId99" Type="{relation}" Target="sharedStrings.xml"/></Relationships>'
    parts[links] = parts[links].replace(b"</Relationships>", link.encode())
    return archive(parts)


def test_a_raised_figure_behind_a_figure_is_no_part_of_it() -> None:
    high = '<r><rPr><vertAlign val="superscript"/></rPr><t>{}</t></r>'
    space = '<r><t xml:space="preserve"> cây trên 5 km</t></r>'
    rich = f"<r><t>Trồng 80</t></r>{high.format(1)}{space}{high.format(2)}"
    data = _with_shared(_saved(_book(HEAD, [1, "CAY", "Sở Y tế"])[0]), "CAY", rich)
    found = read_source(Path("phu-luc.xlsx"), data)
    assert grid(tables(found)[0])[1] == ["1", "Trồng 80¹ cây trên 5 km2", "Sở Y tế"]
    assert "chữ số nhỏ in cao" in said(found)


def test_several_sheets_are_several_tables() -> None:
    book, _ = _book(HEAD, [1, "a", "b"])
    book.create_sheet("Phụ lục 2").append(["x", "y", "z"])
    book.create_sheet("Trống")
    assert [one.place for one in tables(_read(book))] == ['trang "Phụ lục 1"', 'trang "Phụ lục 2"']


def test_merged_cells() -> None:
    book, sheet = _book(["TT", "Cơ quan", None], [None, "Chủ trì", "Phối hợp"], [1, "a", "b"])
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:C1")
    found = tables(_read(book))[0]
    assert grid(found)[:2] == [["TT", "Cơ quan", "Cơ quan"], ["TT", "Chủ trì", "Phối hợp"]]


def test_hidden_rows_are_read_and_hidden_sheets_are_not_and_both_are_said() -> None:
    book, sheet = _book(HEAD, [1, "a", "b"], [2, "c", "d"])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    book.create_sheet("Nháp").append(["x", "y", "z"])
    book["Nháp"].sheet_state = "hidden"
    found = _read(book)
    assert [len(one.grid) for one in tables(found)] == [3]
    assert said(found).split("\n") == [
        'trang "Phụ lục 1": có dòng ẩn (3); đã đọc như thường',
        'trang "Phụ lục 1": có cột ẩn (3); đã đọc như thường',
        *(f"Phụ lục 1!{cell}: ô ở dòng hoặc cột ẩn; đã đọc như thường" for cell in ("A3", "C1", "C2", "C3")),
        'trang "Nháp": trang tính ẩn; không đọc',
    ]


def test_codes_that_became_numbers() -> None:
    codes = [1.8, 1.9, 1.1, 1.11, 2, 2.1, 2.1]
    found = _read(_book(HEAD, *([code, "a", "b"] for code in codes))[0])
    assert [line[0] for line in grid(tables(found)[0])][1:] == ["1.8", "1.9", "1.1", "1.11", "2", "2.1", "2.1"]
    assert [one.place for one in found.remarks] == ["Phụ lục 1!A4", "Phụ lục 1!A8"]
    assert '"1.1" có lẽ là "1.10"' in said(found)


def test_a_code_that_became_a_date_is_said() -> None:
    found = _read(_book(HEAD, [date(2026, 5, 1), "a", "b"])[0])
    assert "Phụ lục 1!A2: số thứ tự bị Excel đổi thành ngày" in said(found)


def test_formulas_have_the_value_that_excel_computed() -> None:
    data = _saved(_book(HEAD, [1, "=1+1", "=2+2"], [2, "=1/0", "x"])[0])
    parts = parts_of(data)
    sheet = re.sub(rb"(<f>1\+1</f>)<v ?/?>(</v>)?", rb"\1<v>2</v>", parts["xl/worksheets/sheet1.xml"])
    sheet = re.sub(
        rb'<c r="B3"( t="\w+")?><f>1/0</f><v ?/?>(</v>)?', b'<c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v>', sheet
    )
    found = read_source(Path("a.xlsx"), archive(parts | {"xl/worksheets/sheet1.xml": sheet}))
    assert grid(tables(found)[0])[1:] == [["1", "2", ""], ["2", "#DIV/0!", "x"]]
    assert said(found).split("\n") == [
        "Phụ lục 1!C2: công thức chưa có kết quả",
        "Phụ lục 1!B3: công thức báo lỗi #DIV/0!",
    ]


def test_strict_workbooks_are_read() -> None:
    data = _saved(_book(HEAD, [1, "a", "b"])[0])
    assert read_source(Path("a.xlsx"), as_strict(data)).blocks == read_source(Path("a.xlsx"), data).blocks


def test_shown_formats_reach_the_table() -> None:
    book, sheet = _book(HEAD, [1, 0.7, date(2026, 6, 30)])
    sheet["B2"].number_format = "0%"
    sheet["C2"].number_format = "d/m/yyyy"
    assert grid(tables(_read(book))[0])[1] == ["1", "70%", "30/6/2026"]


@pytest.mark.parametrize(
    ("value", "pattern", "shown"),
    [
        (0.7, "0%", "70%"), (0.705, "0.0%", "70,5%"), (0.7, "0.00%", "70,00%"), (1500, "#,##0", "1.500"),
        (1500, "General", "1500"), (86.5, "General", "86,5"), (88823.44, "#,##0.00", "88.823,44"), (0.1 + 0.2, "General", "0,3"),
        (15, '0" xã"', "15 xã"), (5, "00", "05"), (-5, "0", "-5"), (-5, "0;(0)", "(5)"), (2.5, "0.##", "2,5"), (2, "0.##", "2"),
        (1234567, '#,##0,"k"', "1.235k"), (3, "[Red]0", "3"), (1500, r"#,##0\ _₫", "1.500"), (12, "@", "12"),
        (0.5, "# ?/?", "0,5"),
    ],
)  # fmt: skip
def test_numbers_as_they_are_printed(value: float, pattern: str, shown: str) -> None:
    assert figure_text(value, pattern) == shown


@pytest.mark.parametrize(
    ("pattern", "shown"),
    [
        ("dd/mm/yyyy", "05/06/2026"), ("d/m/yy", "5/6/26"), ("mm/yyyy", "06/2026"), ("yyyy", "2026"),
        ("mm-dd-yy", "05/06/2026"), ('"ngày" dd "tháng" mm "năm" yyyy', "ngày 05 tháng 06 năm 2026"),
        ("[$-42A]d/m/yyyy;@", "5/6/2026"), ("d.m", "5.6"),
    ],
)  # fmt: skip
def test_dates_as_they_are_printed(pattern: str, shown: str) -> None:
    assert date_text(date(2026, 6, 5), pattern) == shown


def test_a_workbook_without_text_is_refused() -> None:
    with pytest.raises(CannotRunError, match="không có ô nào có chữ"):
        _read(Workbook())


def test_rows_beyond_the_bounds_are_refused() -> None:
    book, sheet = _book(HEAD)
    sheet["A5001"] = "x"
    with pytest.raises(CannotRunError, match="ngoài 5000 dòng, 100 cột"):
        _read(book)
