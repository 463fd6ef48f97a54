"""A page of a law portal is read as a browser shows it."""

from pathlib import Path

import pytest

from kehoach_cli.core.model.source_text import SourceText
from kehoach_cli.errors import CannotRunError
from kehoach_cli.source.read import read_source
from tests.source.word_files import grid, printed, said, tables


def _read(body: str, encoding: str = "utf-8", head: str = "") -> SourceText:
    page = f"<html><head>{head}<title>Trang</title></head><body>{body}</body></html>"
    return read_source(Path("trang.html"), page.encode(encoding))


def test_blocks_breaks_and_entities() -> None:
    found = _read("<div>KẾ HOẠCH<br>năm&nbsp;2026</div><p>Tỷ lệ &ge; 90%\n  &amp; hơn</p>rời")
    assert printed(found) == ["KẾ HOẠCH\nnăm 2026", "Tỷ lệ ≥ 90% & hơn", "rời"]
    assert [one.place for one in found.paragraphs()] == ["đoạn 1", "đoạn 2", "đoạn 3"]


def test_a_raised_figure_behind_a_figure_is_no_part_of_it() -> None:
    found = _read("<p>Trồng 10<sup>3</sup> cây trên 5 km<sup>2</sup></p>")
    assert printed(found) == ["Trồng 10³ cây trên 5 km2"]
    assert "chữ số nhỏ in cao" in said(found)


def test_what_a_browser_does_not_show_is_left_out() -> None:
    found = _read("<script>x()</script><style>p{}</style><!-- y --><p>A</p><p style='display:none'>ẩn</p>")
    assert printed(found) == ["A"]
    assert "phần ẩn" in said(found)


def test_spans_fill_the_grid() -> None:
    body = (
        "<table><thead><tr><th rowspan=2>TT</th><th colspan=2>Cơ quan</th></tr><tr><th>Chủ trì</th><th>Phối hợp</th></tr></thead>"
        "<tr><td>1</td><td>Sở Y tế<td>Sở Tài chính</table>"
    )
    found = tables(_read(body))[0]
    assert grid(found) == [
        ["TT", "Cơ quan", "Cơ quan"],
        ["TT", "Chủ trì", "Phối hợp"],
        ["1", "Sở Y tế", "Sở Tài chính"],
    ]
    assert found.heads == 2
    assert found.cells[-1].place == "bảng 1 dòng 3 cột 3"


def test_a_cell_spans_no_row_that_is_not_there() -> None:
    found = tables(_read("<table><tr><td rowspan=9>a</td><td>b</td></tr><tr><td>c</td></tr></table>"))[0]
    assert grid(found) == [["a", "b"], ["a", "c"]]


def test_paragraphs_of_a_cell_and_nested_tables() -> None:
    nested_table = "<table><tr><td>x</td></tr></table>"
    body = f"<table><tr><td>a<br>b</td><td><p>c</p>{nested_table}d</td></tr><tr><td>1</td><td>2</td></tr></table>"
    outer, nested = tables(_read(body))
    assert grid(outer) == [["a\nb", "c\nd"], ["1", "2"]]
    assert (grid(nested), nested.inside) == ([["x"]], "bảng 1 dòng 1 cột 2")


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    found = _read("<table><tr><td><p>A</p><table><tr><td>x</td><td>y</td></tr></table></td></tr></table>")
    assert printed(found) == ["A"]
    assert [grid(one) for one in tables(found)] == [[["x", "y"]]]


def test_lists_have_the_numbers_of_a_browser() -> None:
    body = "<ol type='a' start='3'><li>Một<li value='5'><p>Hai</p></ol><ul><li>Ba<ul><li>Bốn</ul></ul>"
    found = _read(body)
    assert printed(found) == ["c. Một", "e. Hai", "• Ba", "• Bốn"]
    assert [one.level for one in found.paragraphs()] == [0, 0, 0, 1]


def test_looks() -> None:
    body = "<h2>A</h2><p align=center><b>B</b></p><p style='font-size:14pt'><i>C</i></p><p><b>D</b> d</p>"
    assert [
        (one.heading, one.level, one.bold, one.italic, one.centered, one.size) for one in _read(body).paragraphs()
    ] == [
        (True, 1, True, False, False, 0),
        (False, None, True, False, True, 0),
        (False, None, False, True, False, 14),
        (False, None, False, False, False, 0),
    ]


def test_old_fonts_are_decoded_and_said() -> None:
    found = _read("<font face='.VnTime'>Së Tµi chÝnh</font>", "windows-1252", "<meta charset='windows-1252'>")
    assert printed(found) == ["Sở Tài chính"]
    assert "phông cũ" in said(found)


@pytest.mark.parametrize(
    ("encoding", "head"),
    [("utf-8", ""), ("utf-8", "<meta charset='windows-1252'>"), ("utf-16", ""), ("utf-8-sig", "")],
)
def test_encodings(encoding: str, head: str) -> None:
    found = _read("<p>Sở Tài nguyên và Môi trường</p>", encoding, head)
    assert printed(found) == ["Sở Tài nguyên và Môi trường"]
    assert not found.remarks


def test_a_declared_encoding_is_used() -> None:
    page = "<meta http-equiv='Content-Type' content='text/html; charset=windows-1258'><p>Kế hoạch"
    data = page.replace("ế", "ê\u0301").replace("ạ", "a\u0323").encode("cp1258")
    found = read_source(Path("a.htm"), data)
    assert printed(found) == ["Kế hoạch"]
    assert not found.remarks


def test_a_guessed_encoding_is_said() -> None:
    found = read_source(Path("a.htm"), "<p>Kê\u0301 hoa\u0323ch".encode("cp1258"))
    assert printed(found) == ["Kế hoạch"]
    assert "Windows-1258" in said(found)


def test_a_page_saved_as_mail() -> None:
    data = (
        b'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="X"\r\n\r\n--X\r\n'
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<html><body><p>S=E1=BB=9F Y t=E1=BA=BF</p></body></html>\r\n--X--\r\n"
    )
    assert printed(read_source(Path("a.mht"), data)) == ["Sở Y tế"]


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(CannotRunError, match="không có chữ"):
        _read("<script>load()</script>")
