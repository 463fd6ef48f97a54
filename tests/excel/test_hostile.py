"""Files that are no form, damaged files and hostile files: one clear sentence each, no traceback, bounded memory."""

import warnings
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.excel.answers import MOST_FINDINGS
from kehoach_cli.excel.form import form_workbook
from kehoach_cli.excel.read import read_form
from kehoach_cli.office.xlsx_package import MOST_BYTES
from tests.excel.forms import form_of
from tests.excel.hostile import (
    INDICATORS,
    MAIN,
    OLE,
    STRINGS,
    TYPES,
    laughs,
    lying,
    patched,
    sheet,
    with_rows,
    with_strings,
)


def doubled(form: bytes) -> bytes:
    result = BytesIO(form)
    with warnings.catch_warnings(), zipfile.ZipFile(result, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("xl/styles.xml", b"<x/>")
    return result.getvalue()


def listed_often(form: bytes) -> bytes:
    space = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    many = b"".join(b'<sheet name="s" sheetId="%d" xmlns:q="%s" q:id="rId2"/>' % (one, space) for one in range(50, 60))
    return patched(form, {"xl/workbook.xml": lambda data: data.replace(b"<sheets>", b"<sheets>" + many)})


BLANKS = b" " * (2 * 2**20)
REFUSED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda _: b"", "tệp rỗng"),
    "text": (lambda _: b"Ma,Ten\n1,2\n", "không phải là bảng tính Excel (.xlsx): tệp văn bản"),
    "pdf": (lambda _: b"%PDF-1.7", "tệp PDF"),
    "xls": (lambda _: OLE + bytes(600), "kiểu cũ (.xls)"),
    "password": (lambda _: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "đặt mật khẩu"),
    "docx": (lambda form: patched(form, {"xl/workbook.xml": None, "word/document.xml": b"<x/>"}), "tài liệu Word"),
    "ods": (lambda form: patched(form, {"xl/workbook.xml": None, "content.xml": b"<x/>"}), "OpenDocument"),
    "xlsb": (lambda form: patched(form, {"xl/workbook.xml": None, "xl/workbook.bin": b"x"}), ".xlsb"),
    "truncated": (lambda form: form[: len(form) // 2], "hỏng hoặc bị cắt cụt"),
    "garbage": (lambda _: b"PK\x03\x04" + b"\xff" * 500, "hỏng hoặc bị cắt cụt"),
    "flipped": (lambda form: form[:3000] + bytes(40) + form[3040:], "hỏng hoặc bị cắt cụt"),
    "too large": (lambda form: form + bytes(MOST_BYTES), "lớn hơn 5 MB"),
    "no types": (lambda form: patched(form, {TYPES: None}), "thiếu phần [Content_Types].xml"),
    "no styles": (lambda form: patched(form, {"xl/styles.xml": None}), "cấu trúc bảng tính bị hỏng"),
    "macro": (lambda form: patched(form, {"xl/vbaProject.bin": b"x"}), "macro"),
    "links": (
        lambda form: patched(form, {"xl/externalLinks/externalLink1.xml": b"<x/>"}),
        "liên kết tới bảng tính khác",
    ),
    "bomb": (lambda form: patched(form, {"xl/media/a.png": b" " * (51 * 2**20)}), "giải nén quá lớn"),
    "ratio": (lambda form: patched(form, {INDICATORS: sheet("", behind=" " * (8 * 2**20))}), "giải nén quá lớn"),
    "laughs": (lambda form: with_strings(form, laughs()), "DOCTYPE"),
    "laughs in UTF-16": (lambda form: with_strings(form, laughs("utf-16")), "DOCTYPE"),
    "nesting": (lambda form: patched(form, {INDICATORS: sheet("<a>" * 99 + "</a>" * 99)}), "quá sâu"),
    "rows": (lambda form: patched(form, {INDICATORS: sheet("<row/>" * 300_001)}), "quá lớn"),
    "backwards": (lambda form: patched(form, {INDICATORS: with_rows('<row r="2"/>')}), "không theo thứ tự"),
    "twice in the archive": (doubled, "mục lục bên trong không hợp lệ"),
    "one sheet often": (listed_often, "trang lặp lại"),
    "very many types": (
        lambda form: patched(
            form, {TYPES: lambda data: data.replace(b"</Types>", b"<Default/>" * 30_000 + b"</Types>")}
        ),
        "quá lớn",
    ),
    "no XML": (lambda form: patched(form, {INDICATORS: b"xin chao"}), f"phần {INDICATORS} không đọc được"),
    "text that is not there": (
        lambda form: patched(form, {INDICATORS: with_rows('<row r="400"><c r="G400" t="s"><v>999999</v></c></row>')}),
        "cấu trúc bảng tính bị hỏng",
    ),
}


@pytest.fixture(scope="session")
def form(catalogue: Catalogue) -> bytes:
    return form_workbook(form_of(catalogue, "Sở Y tế", "kh-176"), catalogue.directory)


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_one_clear_sentence(name: str, form: bytes, tmp_path: Path) -> None:
    change, words = REFUSED[name]
    path = tmp_path / "bieu-mau.xlsx"
    path.write_bytes(change(form))
    filled = read_form(path, "bieu-mau.xlsx")
    assert filled.documents == ()
    assert [(finding.code, finding.severity) for finding in filled.findings] == [("K011", Severity.ERROR)]
    assert words in filled.findings[0].message
    assert filled.findings[0].hint


def test_a_path_that_is_no_file_is_said(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "khong-co.xlsx"):
        assert [finding.severity for finding in read_form(path, "x").findings] == [Severity.ERROR]


@pytest.mark.slow
def test_a_part_with_a_false_size_unpacks_to_no_more_than_it_states(form: bytes, tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "x.xlsx"
    path.write_bytes(lying(form))
    read_form(path, "x.xlsx")
    tracemalloc.start()
    read_form(path, "x.xlsx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50 * 2**20  # what it unpacks to is 400 MB


def test_a_wrong_dimension_hides_nothing(form: bytes, tmp_path: Path) -> None:
    wrong = b'<dimension ref="A1:B2"/><sheetData>'
    answer = '<row r="4999"><c r="G4999" t="inlineStr"><is><t>86,5</t></is></c></row>'
    data = patched(form, {INDICATORS: lambda data: with_rows(answer)(data.replace(b"<sheetData>", wrong))})
    path = tmp_path / "x.xlsx"
    path.write_bytes(data)
    assert [finding.cell for finding in read_form(path, "x.xlsx").findings] == ["Chỉ tiêu!G4999"]


@pytest.mark.slow
def test_a_long_text_in_very_many_cells_stays_one_text(form: bytes, tmp_path: Path) -> None:
    strings = f"<sst {MAIN}><si><t>{'a b ' * 8000}</t></si></sst>".encode()
    cells = '<c t="s"><v>0</v></c>' * 60
    rows = "".join(f'<row r="{row}">{cells}</row>' for row in range(1000, 1500))
    path = tmp_path / "x.xlsx"
    path.write_bytes(patched(with_strings(form, strings), {INDICATORS: with_rows(rows)}))
    filled = read_form(path, "x.xlsx")
    assert filled.findings
    assert all(len(finding.message) < 400 for finding in filled.findings)


def test_a_formula_shared_by_very_many_cells_is_never_translated(form: bytes, tmp_path: Path) -> None:
    """Openpyxl takes the long formula apart for each cell, which takes minutes."""
    first = f'<row r="400"><c r="G400"><f t="shared" si="0" ref="G400:G4999">{"A1+" * 20_000}A1</f></c></row>'
    others = "".join(f'<row r="{row}"><c r="G{row}"><f t="shared" si="0"/></c></row>' for row in range(401, 5000))
    path = tmp_path / "x.xlsx"
    path.write_bytes(patched(form, {INDICATORS: with_rows(first + others)}))
    found = read_form(path, "x.xlsx").findings
    assert len(found) == MOST_FINDINGS + 1
    assert (found[-1].severity, found[-1].cell) == (Severity.ERROR, None)


def test_strings_are_shared_in_one_table(form: bytes, tmp_path: Path) -> None:
    """Excel writes a table of strings; forms written by openpyxl hold their text in the cells."""
    place = '<row r="400"><c r="G400" t="s"><v>0</v></c></row>'
    data = patched(
        with_strings(form, f"<sst {MAIN}><si><t>lạc</t></si></sst>".encode()), {INDICATORS: with_rows(place)}
    )
    path = tmp_path / "x.xlsx"
    path.write_bytes(data)
    assert STRINGS in zipfile.ZipFile(path).namelist()
    assert [f.message for f in read_form(path, "x.xlsx").findings] == [
        '"lạc" nằm ở dòng không có mã nên không được đọc'
    ]
