"""A PDF with a text layer is read like the document it was made of."""

import random
import shutil
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace

from kehoach_cli.core.model.source_text import SourceParagraph, SourceTable
from kehoach_cli.core.model.word_document import TextLook
from kehoach_cli.errors import CannotRunError, ExitCode
from kehoach_cli.source import pdf
from kehoach_cli.source.blocks import Blocks
from kehoach_cli.source.pdf_flow import blocks_of
from kehoach_cli.source.pdf_pages import Box, Fragment, Page, PdfLine
from kehoach_cli.source.pieces import Run
from kehoach_cli.source.read import read_source
from tests.office.packages import archive, parts_of
from tests.source.word_files import cell, docx, grid, paragraph, row, run, table

LEFT, RIGHT, WIDTH, HEIGHT = 80.0, 540.0, 595.0, 842.0
LETTER = 6.0


def _line(text: str, top: float, x0: float = LEFT, size: float = 13, page: int = 1) -> PdfLine:
    look = TextLook(size=size)
    return PdfLine(
        [Run(text, look)], x0, x0 + LETTER * len(text), top, top + size, LETTER * len(text.split(maxsplit=1)[0]), page
    )


def _full(text: str, top: float, x0: float = LEFT, page: int = 1) -> PdfLine:
    """Return a line that reaches the right margin."""
    return replace(_line(text, top, x0, page=page), x1=RIGHT)


def _page(*items: PdfLine | Fragment, number: int = 1) -> Page:
    for count, item in enumerate(items, 1):
        item.page = number
        if isinstance(item, PdfLine):
            item.number = count
        else:
            for line in (line for box in item.boxes for line in box.lines):
                line.page = number
    return Page(list(items), number, WIDTH, HEIGHT, letters=100)


def _part(top: float, *rows: tuple[str, ...]) -> Fragment:
    """Return a part of a table with columns of 40, 300 and 120 points; each text stands on one line."""
    edges = (LEFT, LEFT + 40, LEFT + 340, RIGHT)
    boxes = []
    for number, texts in enumerate(rows):
        above = top + 20 * number
        for column, text in enumerate(texts):
            lines = [_line(text, above + 3, edges[column] + 5)] if text else []
            boxes.append(Box(edges[column], above, edges[column + 1], above + 20, lines))
    return Fragment(boxes, 1, top, top + 20 * len(rows))


def _texts(*pages: Page) -> list[str]:
    return [block.text for block in blocks_of(pages).blocks if isinstance(block, SourceParagraph)]


def _tables(*pages: Page) -> list[SourceTable]:
    return [block for block in blocks_of(pages).blocks if isinstance(block, SourceTable)]


def test_a_line_goes_on_where_the_next_word_did_not_fit() -> None:
    page = _page(_full("Đầu tư xây dựng", 100), _line("hệ thống", 115), _line("xử lý nước thải.", 130))
    assert _texts(page) == ["Đầu tư xây dựng hệ thống", "xử lý nước thải."]
    assert [one.place for one in blocks_of([page]).blocks] == ["trang 1, dòng 1", "trang 1, dòng 3"]


def test_lines_far_apart_are_one_paragraph_where_all_lines_are() -> None:
    lines = [_full("xử lý nước thải", top) for top in range(100, 400, 40)]
    page = _page(*lines, _line("tại đô thị", 420), _line("Ưu tiên ven biển", 500))
    assert len(_texts(page)) == 2


@pytest.mark.parametrize(
    ("first", "second", "paragraphs"),
    [
        ("Tham mưu giúp", "Chính phủ", 1),
        ("Các sở, ngành,", "Ủy ban nhân dân", 1),
        ("Lập danh mục (theo", "Nghị định 1)", 1),
        ("Lập danh mục kèm theo", "Nghị định", 2),
        ("Lưu: VT,", "CHỦ TỊCH", 2),
    ],
)
def test_a_short_line_that_ends_no_sentence_goes_on(first: str, second: str, paragraphs: int) -> None:
    assert len(_texts(_page(_line(first, 100), _line(second, 115)))) == paragraphs


def test_lines_that_are_indented_alike_are_paragraphs_though_a_comma_ends_them() -> None:
    page = _page(_line("Mở đầu.", 85), _line("Trồng cây,", 100, LEFT + 30), _line("Tưới cây.", 115, LEFT + 30))
    assert _texts(page) == ["Mở đầu.", "Trồng cây,", "Tưới cây."]


@pytest.mark.parametrize(
    ("first", "second", "joined"), [("2021-", "2025", "2021-2025"), ("1658/QĐ-", "TTg", "1658/QĐ-TTg")]
)
def test_no_space_stands_behind_a_dash_at_the_end_of_a_line(first: str, second: str, joined: str) -> None:
    assert _texts(_page(_full(f"Số {first}", 100), _line(second, 115))) == [f"Số {joined}"]


@pytest.mark.parametrize(
    ("line", "count"),
    [
        *(
            ("- Cơ quan chủ trì", 2),
            ("1. Nhiệm vụ", 2),
            ("1.1 Nhiệm vụ", 2),
            ("a) Sở Y tế", 2),
            ("- xã hội", 1),
            ("- 2030", 1),
        ),
        *(("6.", 1), ("1.500 ha rừng", 1), ("12.000 cây", 1), ("2.5 triệu cây", 1)),
    ],
)
def test_marks_of_lists_begin_paragraphs(line: str, count: int) -> None:
    assert len(_texts(_page(_full("phát triển kinh tế", 100), _line(line, 115)))) == count


def test_a_first_line_begins_farther_right() -> None:
    lines = [_full("Một", 100, LEFT + 30), _full("hai", 115), _full("Ba", 130, LEFT + 30), _full("bốn", 145)]
    assert _texts(_page(*lines)) == ["Một hai", "Ba bốn"]


def test_a_paragraph_goes_on_over_a_page() -> None:
    pages = [_page(_full("Một", 700)), _page(_line("2", 30, 300), _line("hai.", 60), number=2)]
    assert _texts(*pages) == ["Một hai."]


def test_a_paragraph_that_begins_a_page_is_not_the_end_of_the_one_before() -> None:
    first = _page(_full("Một", 685, LEFT + 30), _full("hai.", 700))
    for begin, texts in ((LEFT + 30, ["Một hai.", "Ba bốn."]), (LEFT, ["Một hai. Ba bốn."])):
        second = _page(_full("Ba", 60, begin), _line("bốn.", 75), number=2)
        assert _texts(first, second) == texts


def _bold(line: PdfLine) -> PdfLine:
    return replace(line, runs=[replace(run, look=replace(run.look, bold=True)) for run in line.runs])


def test_a_title_in_bold_that_fills_its_line_is_not_the_begin_of_a_sentence() -> None:
    title, rest = _full("3. Nhiệm vụ", 100, LEFT + 30), _line("xong.", 130)
    alike, flush = _full("Thời gian tới", 115, LEFT + 30), _full("thời gian tới", 115)
    assert _texts(_page(_bold(title), alike, rest)) == ["3. Nhiệm vụ", "Thời gian tới xong."]
    assert len(_texts(_page(_bold(title), flush, rest))) == 1
    assert len(_texts(_page(_bold(title), _bold(alike), rest))) == 1


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [
        _page(_line("CÔNG BÁO", 30), _line(f"Văn bản {number}.", 200), _line(f"- {number} -", 800), number=number)
        for number in range(1, 5)
    ]
    found = blocks_of(pages)
    assert [block.text for block in found.blocks if isinstance(block, SourceParagraph)] == [
        f"Văn bản {number}." for number in range(1, 5)
    ]
    assert [one.message for one in found.remarks] == ['bỏ dòng lặp ở đầu hoặc cuối các trang: "CÔNG BÁO"']


def test_notes_at_the_foot_do_not_cut_a_paragraph() -> None:
    pages = [
        _page(_full("Một", 700), _line("1 Chú thích.", 780, size=9)),
        _page(_full("hai", 60), _line("ba.", 75), number=2),
    ]
    assert _texts(*pages) == ["Một hai ba.", "1 Chú thích."]


def test_columns_without_borders_are_not_joined() -> None:
    left, right = replace(_line("UBND TỈNH", 60), alone=True), replace(_line("CỘNG HÒA", 60, 300), alone=True)
    assert _texts(_page(left, right, _full("Văn bản", 100))) == ["UBND TỈNH", "CỘNG HÒA", "Văn bản"]


HEAD = ("TT", "Nhiệm vụ", "Chủ trì")


def test_a_table_over_pages_is_one_with_its_heads_once() -> None:
    pages = [_page(_part(600, HEAD, ("1", "Một.", "A"))), _page(_part(60, HEAD, ("2", "Hai.", "B")), number=2)]
    (found,) = _tables(*pages)
    assert grid(found) == [list(HEAD), ["1", "Một.", "A"], ["2", "Hai.", "B"]]
    assert found.heads == 1
    assert [one.place for one in found.cells][-1] == "trang 2, bảng 1 dòng 3 cột 3"


def test_a_row_that_a_page_cuts_is_joined_and_said() -> None:
    pages = [
        _page(_part(600, HEAD, ("1", "Một", "Sở"))),
        _page(_part(60, ("", "hai.", ""), ("2", "Ba.", "B")), number=2),
    ]
    assert grid(_tables(*pages)[0]) == [list(HEAD), ["1", "Một\nhai.", "Sở"], ["2", "Ba.", "B"]]
    assert [one.place for one in blocks_of(pages).remarks] == ["trang 1, bảng 1 dòng 2"]


def test_a_number_that_a_page_cuts_is_one() -> None:
    pages = [
        _page(_part(600, HEAD, ("VII", "Du lịch", ""))),
        _page(_part(60, ("I.11", "", ""), ("1", "Ba.", "B")), number=2),
    ]
    assert grid(_tables(*pages)[0])[1:] == [["VII\nI.11", "Du lịch", ""], ["1", "Ba.", "B"]]


@pytest.mark.parametrize(
    ("indent", "texts", "said"),
    [(0, ["Một hai.", "Ba."], ["trang 1, dòng 1", "trang 1, dòng 3"]), (20, ["Một hai. Ba."], [])],
)
def test_a_sentence_that_ends_with_its_full_line_may_end_a_paragraph(
    indent: float, texts: list[str], said: list[str]
) -> None:
    lines = [_full("Một", 100, LEFT + indent), _full("hai.", 115), _line("Ba.", 130)]
    found = blocks_of([_page(*lines)])
    assert _texts(_page(*lines)) == texts
    assert [one.place for one in found.remarks] == said


def test_a_row_without_a_number_is_a_row() -> None:
    pages = [_page(_part(600, HEAD, ("1", "Một.", "A."))), _page(_part(60, ("", "Hai.", "B.")), number=2)]
    assert grid(_tables(*pages)[0])[1:] == [["1", "Một.", "A."], ["", "Hai.", "B."]]


def _boxes(page: int, top: float, rows: int, *cells: tuple[int, int, int, str]) -> Fragment:
    """Return a part of a table with three columns; each cell is its first row, its height, its column and its text."""
    edges = (LEFT, LEFT + 40, LEFT + 340, RIGHT)
    boxes = []
    for row_, height, column, text in cells:
        above = top + 20 * row_
        lines = [
            _line(one, above + 3 + 15 * at, edges[column] + 5, page=page)
            for at, one in enumerate(text.split("\n"))
            if one
        ]
        boxes.append(Box(edges[column], above, edges[column + 1], above + 20 * height, lines))
    return Fragment(boxes, page, top, top + 20 * rows)


def _grid(found: Blocks) -> list[list[str | None]]:
    (table,) = found.blocks
    assert isinstance(table, SourceTable)
    return grid(table)


def _rows(*numbers: int) -> list[tuple[int, int, int, str]]:
    return [
        (at, 1, column, text)
        for at, number in enumerate(numbers)
        for column, text in ((0, str(number)), (1, f"Việc {number}."))
    ]


class TestCellsOverPages:
    def test_a_blank_cell_over_several_rows_goes_on_with_the_merged_cell_above(self) -> None:
        above = _boxes(1, 600, 2, *_rows(1, 2), (0, 2, 2, "Sở Y tế"))
        below = _boxes(2, 60, 2, *_rows(3, 4), (0, 2, 2, ""))
        found = blocks_of([_page(above), _page(below, number=2)])
        assert [row_[2] for row_ in _grid(found)] == ["Sở Y tế"] * 4
        assert [(one.place, one.message[:12]) for one in found.remarks] == [("trang 1, bảng 1 dòng 2", "ô gộp ở cột ")]

    def test_a_merged_cell_goes_on_in_its_text(self) -> None:
        above = _boxes(1, 600, 2, *_rows(1, 2), (0, 2, 2, "Các sở,\nban, ngành,"))
        below = _boxes(2, 60, 2, *_rows(3, 4), (0, 2, 2, "UBND\ncác xã"))
        assert [row_[2] for row_ in grid(_tables(_page(above), _page(below, number=2))[0])] == [
            "Các sở, ban, ngành,\nUBND\ncác xã"
        ] * 4

    def test_a_row_that_a_page_cuts_leaves_a_merged_cell_open(self) -> None:
        above = _boxes(1, 600, 1, (0, 1, 0, "1"), (0, 1, 1, "Việc"), (0, 1, 2, "Sở Y tế"))
        below = _boxes(2, 60, 2, (0, 1, 0, ""), (0, 1, 1, "một."), (1, 1, 0, "2"), (1, 1, 1, "Hai."), (0, 2, 2, ""))
        (found,) = _tables(_page(above), _page(below, number=2))
        assert grid(found) == [["1", "Việc\nmột.", "Sở Y tế"], ["2", "Hai.", "Sở Y tế"]]

    def test_a_text_below_a_full_merged_cell_is_left_as_it_is_and_said(self) -> None:
        above = _boxes(1, 600, 2, *_rows(1, 2), (0, 2, 2, "Ban\nQuản lý"))
        below = _boxes(2, 60, 1, *_rows(3), (0, 1, 2, "Sở Y tế"))
        found = blocks_of([_page(above), _page(below, number=2)])
        assert [row_[2] for row_ in _grid(found)] == ["Ban\nQuản lý"] * 2 + ["Sở Y tế"]
        assert [one.place for one in found.remarks] == ["trang 2, bảng 1 dòng 3 cột 3"]

    def test_a_blank_cell_at_the_top_belongs_to_the_one_above_where_its_column_is_never_blank(self) -> None:
        above = _boxes(1, 600, 2, *_rows(1, 2), (0, 1, 2, "Sở Xây dựng"), (1, 1, 2, "Sở Y tế"))
        below = _boxes(2, 60, 2, *_rows(3, 4), (0, 1, 2, ""), (1, 1, 2, "Sở Nội vụ"))
        found = blocks_of([_page(above), _page(below, number=2)])
        assert [row_[2] for row_ in _grid(found)] == ["Sở Xây dựng", "Sở Y tế", "Sở Y tế", "Sở Nội vụ"]
        assert [one.place for one in found.remarks] == ["trang 1, bảng 1 dòng 2 cột 3"]

    def test_a_blank_cell_at_the_top_stays_blank_where_others_are(self) -> None:
        above = _boxes(1, 600, 2, *_rows(1, 2), (0, 2, 2, "Sở Y tế"))
        below = _boxes(2, 60, 2, *_rows(3, 4), (0, 1, 2, ""), (1, 1, 2, ""))
        found = blocks_of([_page(above), _page(below, number=2)])
        assert [row_[2] for row_ in _grid(found)] == ["Sở Y tế", "Sở Y tế", "", ""]
        assert [one.place for one in found.remarks] == ["trang 2, bảng 1 dòng 3 cột 3"]

    def test_a_blank_row_at_the_top_of_a_page_is_no_part_of_the_row_above(self) -> None:
        pages = [
            _page(_part(600, HEAD, ("1", "Một.", "A."))),
            _page(_part(60, ("", "", ""), ("2", "Hai.", "B.")), number=2),
        ]
        assert grid(_tables(*pages)[0])[1:] == [["1", "Một.", "A."], ["", "", ""], ["2", "Hai.", "B."]]

    def test_a_merged_cell_with_room_left_has_ended(self) -> None:
        above = _boxes(1, 600, 4, *_rows(1, 2, 3, 4), (0, 4, 2, "Sở Y tế"))
        below = _boxes(2, 60, 1, *_rows(5), (0, 1, 2, "các xã"))
        found = blocks_of([_page(above), _page(below, number=2)])
        assert _grid(found)[4][2] == "các xã"
        assert not found.remarks

    def test_rows_with_numbers_are_never_one_row(self) -> None:
        pages = [_page(_part(600, HEAD, ("1", "một", "A"))), _page(_part(60, ("2", "hai", "b")), number=2)]
        assert grid(_tables(*pages)[0])[1:] == [["1", "một", "A"], ["2", "hai", "b"]]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [("thon/ ", "xom", "thon/ xom"), ("2021-", "2025", "2021-2025"), ("quan/", "huyen", "quan/huyen")],
)
def test_a_space_typed_at_the_end_of_a_line_stays(first: str, second: str, joined: str) -> None:
    words = "chu " * 17
    found = read_source(Path("k.pdf"), pdf_of(f"BT /F 12 Tf 14 TL 80 700 Td ({words}{first}) Tj T* ({second}) Tj ET"))
    assert [paragraph.text for paragraph in found.paragraphs()] == [f"{words}{joined}"]


def test_tables_with_text_between_them_are_two() -> None:
    pages = [_page(_part(600, HEAD), _line("Phụ lục", 700)), _page(_part(60, HEAD), number=2)]
    assert [grid(one) for one in _tables(*pages)] == [[list(HEAD)], [list(HEAD)]]


def test_frames_around_running_text_are_said() -> None:
    page = replace(_page(_line("Sở Y tế tập huấn.", 100)), frames=1)
    (remark,) = blocks_of([page]).remarks
    assert "khung kẻ quanh chữ" in remark.message


def test_pages_without_letters_are_said() -> None:
    pages = [_page(_line("Một.", 100)), Page([], 2, WIDTH, HEIGHT, letters=0, pictures=1)]
    assert [(one.place, one.message[:11]) for one in blocks_of(pages).remarks] == [("trang 2", "trang là ản")]


def _file(*objects: str, trailer: str = "") -> bytes:
    """Return a PDF of objects numbered from 1; the first is the catalogue."""
    data, starts = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        starts.append(len(data))
        data += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    table_of_objects = "".join(f"{start:010} 00000 n \n" for start in starts)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table_of_objects}"
    return (
        data + f"{end}trailer\n<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{len(data)}\n%%EOF".encode()
    )


def pdf_of(content: str, trailer: str = "", resources: str = "") -> bytes:
    """Return a PDF of one page with a content."""
    return _file(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>{resources}>>>>",
        f"<</Length {len(content)}>>\nstream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        trailer=trailer,
    )


@pytest.mark.slow
def test_a_page_is_read_in_a_process_of_its_own() -> None:
    found = read_source(Path("k.pdf"), pdf_of("BT /F 12 Tf 80 700 Td (Nghi quyet so 12) Tj ET"))
    assert [(block.place, block.text) for block in found.paragraphs()] == [("trang 1, dòng 1", "Nghi quyet so 12")]


def _stamped(note: str, look: str = "/BBox[0 0 20 10]/Resources<</Font<</F 5 0 R>>>>") -> bytes:
    """Return a PDF of one page with "Quyet dinh so:  /KH-UBND" and a note whose appearance says 193."""
    page, stamp = "BT /F 12 Tf 80 700 Td (Quyet dinh so:       /KH-UBND) Tj ET", "BT /F 10 Tf 1 1 Td (193) Tj ET"
    return _file(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>/Annots[6 0 R]>>",
        f"<</Length {len(page)}>>\nstream\n{page}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        f"<</Type/Annot{note}/AP<</N 7 0 R>>>>",
        f"<</Type/XObject/Subtype/Form{look}/Length {len(stamp)}>>\nstream\n{stamp}\nendstream",
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("note", "number"),
    [
        ("/Subtype/Widget/FT/Sig/Rect[162 699 182 711]", "193"),
        ("/Subtype/FreeText/Rect[162 699 182 711]/F 4", "193"),
        ("/Subtype/Widget/Rect[162 699 182 711]/F 2", ""),
        ("/Subtype/Widget/Rect[162 600 182 711]", ""),
        ("/Subtype/Link/Rect[162 699 182 711]", ""),
        ("/Subtype/Widget/Rect[162 (x) 182 711]", ""),
        ("/Subtype/Widget/Rect 9", ""),
    ],
)
def test_a_number_that_is_stamped_on_a_page_is_read_where_it_is_seen(note: str, number: str) -> None:
    found = read_source(Path("k.pdf"), _stamped(note))
    assert [block.text for block in found.paragraphs()] == [f"Quyet dinh so: {number}/KH-UBND"]


@pytest.mark.slow
@pytest.mark.parametrize("look", ["/BBox[0 0 0 0]", "/BBox[0 0 20]", "/BBox[0 0 20 10]/Matrix[1 0]", "/BBox 3"])
def test_a_stamp_that_is_damaged_does_not_hide_the_page(look: str) -> None:
    found = read_source(Path("k.pdf"), _stamped("/Subtype/Widget/Rect[162 699 182 711]", look))
    assert [block.text for block in found.paragraphs()] == ["Quyet dinh so: /KH-UBND"]


@pytest.mark.slow
def test_a_raised_figure_behind_a_figure_is_no_part_of_it() -> None:
    found = read_source(
        Path("k.pdf"), pdf_of("BT /F 12 Tf 80 700 Td (Trong 80) Tj /F 7 Tf 5 Ts (1) Tj /F 12 Tf 0 Ts ( cay) Tj ET")
    )
    assert [block.text for block in found.paragraphs()] == ["Trong 80¹ cay"]
    assert [remark.place for remark in found.remarks] == ["trang 1, dòng 1"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cells", "tables"),
    [(["Cong", "tac", "kiem", "tra."], 0), (["TT", "Cay", "2026", "2030"], 1)],
)
def test_the_ground_behind_the_words_of_a_sentence_is_no_table(cells: list[str], tables: int) -> None:
    grounds = " ".join(f"{80 + 36 * at} 695 36 20 re" for at in range(len(cells)))
    words = " ".join(f"BT /F 12 Tf {82 + 36 * at} 700 Td ({cell}) Tj ET" for at, cell in enumerate(cells))
    found = read_source(Path("k.pdf"), pdf_of(f"{grounds} f {words}"))
    assert sum(isinstance(block, SourceTable) for block in found.blocks) == tables
    assert next(paragraph.text for paragraph in found.paragraphs()) == (" ".join(cells) if not tables else "TT")


@pytest.mark.slow
def test_the_white_ground_behind_the_lines_of_a_cell_is_no_rule() -> None:
    rules = " ".join(f"80 {y} 300 0.5 re f" for y in (716, 680, 644)) + " "
    rules += " ".join(f"{x} 644 0.5 72 re f" for x in (80, 120, 380))
    lines = [(82, 704, "1"), (122, 704, "Trong cay o"), (122, 688, "bo song"), (82, 668, "2"), (122, 668, "Tuoi cay")]
    grounds = " ".join(f"{left} {base - 4} {36 if left == 82 else 256} 15 re f" for left, base, _ in lines)
    words = " ".join(f"BT /F 12 Tf {left} {base} Td ({text}) Tj ET" for left, base, text in lines)
    found = read_source(Path("k.pdf"), pdf_of(f"1 g {grounds} 0 g {rules} {words}"))
    (table,) = found.blocks
    assert isinstance(table, SourceTable)
    assert grid(table) == [["1", "Trong cay o\nbo song"], ["2", "Tuoi cay"]]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lines", "tables"),
    [
        (
            [
                ("1. So Y te kiem tra cac xa va", ""),
                ("cac phuong, bao cao truoc", ""),
                ("ngay 10", "thang 5."),
                ("2. Xong.", ""),
            ],
            0,
        ),
        ([("TT", "Viec"), ("1", "Trong"), ("2", "Tuoi"), ("I. Phan mot", "")], 1),
    ],
)
def test_the_ground_behind_the_lines_of_a_text_is_no_table(lines: list[tuple[str, str]], tables: int) -> None:
    content = []
    for number, (first, second) in enumerate(lines):
        base = 700 - 16 * number
        widths = ((80, 60), (140, 240)) if second else ((80, 300),)
        content += [f"{left} {base - 4} {width} 16 re f" for left, width in widths]
        content += [
            f"BT /F 12 Tf {left + 2} {base} Td ({text}) Tj ET" for left, text in ((80, first), (140, second)) if text
        ]
    found = read_source(Path("k.pdf"), pdf_of(f"0.9 g {' '.join(content)} 0 g"))
    assert sum(isinstance(block, SourceTable) for block in found.blocks) == tables
    assert any("khung kẻ quanh chữ" in one.message for one in found.remarks) == (not tables)


def _typed(*rows: tuple[str, ...], at: tuple[int, ...] = (80, 110, 300, 400)) -> str:
    """Return the content of a page with rows of texts at fixed distances from the left, without borders."""
    return " ".join(
        f"BT /F 12 Tf {left} {700 - 16 * number} Td ({text}) Tj ET"
        for number, row_ in enumerate(rows)
        for left, text in zip(at, row_, strict=False)
        if text
    )


HEADS = ("TT", "Viec", "Chu tri", "Nam")


@pytest.mark.slow
def test_a_table_without_borders_is_read_by_its_blank_bands_and_said() -> None:
    rows = [HEADS, ("1", "Trong cay", "So A", "2026"), ("", "ven song", "", ""), ("2", "Tuoi cay", "So B", "2027")]
    found = read_source(Path("k.pdf"), pdf_of(_typed(*rows)))
    assert _grid(Blocks(found.blocks, ())) == [
        list(HEADS),
        ["1", "Trong cay\nven song", "So A", "2026"],
        ["2", "Tuoi cay", "So B", "2027"],
    ]
    assert [one.message[:19] for one in found.remarks] == ["bảng không kẻ đường"]


@pytest.mark.slow
def test_a_table_without_borders_and_numbers_is_one_row() -> None:
    rows = [HEADS[1:], ("Trong cay", "So A", "2026"), ("ven song", "", ""), ("Tuoi cay", "So B", "2027")]
    found = read_source(Path("k.pdf"), pdf_of(_typed(*rows, at=(80, 300, 400))))
    assert len(_grid(Blocks(found.blocks, ()))) == 1


def test_a_line_across_the_columns_ends_a_table_without_borders() -> None:
    rows = [HEADS, ("1", "Trong", "So A", "2026"), ("2", "Tuoi", "So B", "2026"), ("3", "Cat", "So C", "2027")]
    found = read_source(Path("k.pdf"), pdf_of(_typed(*rows, ("III. TO CHUC THUC HIEN cua ke hoach nay", "", "", ""))))
    assert [type(block) for block in found.blocks] == [SourceTable, SourceParagraph]


def test_a_letterhead_and_lines_of_text_are_no_table_without_borders() -> None:
    letterhead = [("UBND TINH", "CONG HOA"), ("So 1", "Doc lap"), ("KH", "Tu do"), ("", "ngay 1"), ("x", "y")]
    words = [(f"Cau so {number} cua doan van nay dai bang nhau.",) for number in range(5)]
    found = read_source(Path("k.pdf"), pdf_of(_typed(*letterhead, *words, at=(80, 350))))
    assert not any(isinstance(block, SourceTable) for block in found.blocks)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (pdf_of("0 0 100 100 re f"), "không có lớp chữ .*xin tệp Word"),
        (
            pdf_of("BT /F 12 Tf 80 700 Td (Ban chi d6o trong c6y nhi6n vg nhiQm vu tlugc giao) Tj ET"),
            "nhận dạng sai nhiều",
        ),
        (b"%PDF-1.7\nkhong phai", "PDF hỏng"),
        (
            pdf_of(
                "BT /F 12 Tf 80 700 Td (a) Tj ET",
                "/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + "00" * 32 + ">/U<" + "01" * 32 + ">>>",
            ),
            "có mật khẩu; xin bản không đặt mật khẩu",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_ask_for(data: bytes, words: str) -> None:
    with pytest.raises(CannotRunError, match=words):
        read_source(Path("k.pdf"), data)


def test_a_missing_extra_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "find_spec", lambda _: None)
    with pytest.raises(CannotRunError, match=r'pip install "kehoach-cli\[pdf\]"') as caught:
        read_source(Path("k.pdf"), pdf_of(""))
    assert caught.value.exit_code is ExitCode.CANNOT_RUN


SENTENCE = (
    "Đầu tư xây dựng hệ thống thu gom, xử lý nước thải sinh hoạt tập trung tại các đô thị giai đoạn 2021-2025; ưu tiên khu"
    " vực ven biển và phát triển kinh tế - xã hội. "
)
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def _document(seed: int) -> bytes:
    """Return a plan whose table goes over several pages, with merged heads and a page number."""
    chance = random.Random(seed)
    widths = (800, 4200, 2000, 2000)
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in SIDES)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    properties = f"<w:tblPr><w:tblW w:w='9000' w:type='dxa'/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>"
    head, down, below = "<w:tblHeader/>", '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [
        row(cell("TT", down), cell("Nhiệm vụ", down), cell("Cơ quan", '<w:gridSpan w:val="2"/>'), properties=head),
        row(cell("", below), cell("", below), "Chủ trì", "Phối hợp", properties=head),
    ]
    for number in range(1, 30):
        text = SENTENCE * chance.randint(1, 3) + f"Mục {number}."
        rows.append(
            row(str(number), text, "Sở Xây dựng", chance.choice(("Sở Y tế", "Sở Tài chính; UBND các xã, phường")))
        )
    just = '<w:ind w:firstLine="567"/><w:jc w:val="both"/>'
    body = [
        paragraph(run("KẾ HOẠCH", "<w:b/>"), '<w:jc w:val="center"/>'),
        *(paragraph((SENTENCE * chance.randint(1, 4)).strip(), just) for _ in range(12)),
        *(paragraph(f"- Cơ quan chủ trì: Sở {name}", just) for name in ("Y tế", "Tài chính")),
        table(properties + f"<w:tblGrid>{columns}</w:tblGrid>", *rows),
        paragraph("Nơi nhận:"),
        (
            '<w:sectPr><w:headerReference w:type="default" r:id="rId90"/><w:pgSz w:w="11906" w:h="16838"/>'
            '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701" w:header="567" w:footer="567"/></w:sectPr>'
        ),
    ]
    parts = parts_of(docx("".join(body)))
    names = parts["word/document.xml"].partition(b">")[0].replace(b"<w:document", b"<w:hdr")
    header = b'><w:p><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:hdr>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
    relation = f'<Relationship Id="rId90" Type="{kind}" Target="header1.xml"/></Relationships>'.encode()
    content = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
    named = f'<Override PartName="/word/header1.xml" ContentType="{content}"/></Types>'.encode()
    relations = "word/_rels/document.xml.rels"
    return archive(
        parts
        | {
            "word/header1.xml": names + header,
            relations: parts[relations].replace(b"</Relationships>", relation),
            "[Content_Types].xml": parts["[Content_Types].xml"].replace(b"</Types>", named),
        }
    )


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_pdf_is_read_like_the_document_it_was_made_of(tmp_path: Path) -> None:
    names = [f"{seed}.docx" for seed in range(4)]
    for seed, name in enumerate(names):
        (tmp_path / name).write_bytes(_document(seed))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", *names]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=300)
    for name in names:
        source = tmp_path / name
        found, wanted = (read_source(path, path.read_bytes()) for path in (source.with_suffix(".pdf"), source))
        assert [one.printed for one in found.blocks if isinstance(one, SourceParagraph)] == [
            one.printed for one in wanted.blocks if isinstance(one, SourceParagraph)
        ]
        (one,), (other,) = (
            [block for block in text.blocks if isinstance(block, SourceTable)] for text in (found, wanted)
        )
        assert grid(one) == grid(other)
        assert (one.heads, one.rows, one.columns) == (other.heads, other.rows, other.columns)
