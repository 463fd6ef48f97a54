"""A .docx is read as a reader sees it."""

from pathlib import Path

import pytest

from kehoach_cli.errors import CannotRunError
from kehoach_cli.source.read import read_source
from tests.office.packages import archive, as_strict, parts_of
from tests.source.word_files import (
    abstract,
    cell,
    docx,
    grid,
    level,
    listed,
    num,
    paragraph,
    printed,
    read,
    row,
    run,
    said,
    style,
    table,
    tables,
)


def _field(instruction: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _box(inside: str) -> str:
    """Return a text box as Word writes it: a drawing, and the same for old programs."""
    content = f"<w:txbxContent>{inside}</w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def _added(inside: str) -> str:
    return f'<w:ins w:author="A">{inside}</w:ins>'


def _deleted(text: str) -> str:
    return f'<w:del w:author="A"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


# Text


def test_places_count_the_paragraphs_of_the_body() -> None:
    found = read(paragraph("Một") + paragraph("") + table(row("a", "b")) + paragraph("Hai"))
    assert [one.place for one in found.paragraphs()] == [
        "đoạn 1",
        "bảng 1 dòng 1 cột 1",
        "bảng 1 dòng 1 cột 2",
        "đoạn 3",
    ]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Hóa đơn", "Hóa đơn"),
        ("Thanh\u00a0Hóa  là", "Thanh Hóa là"),
        ("môi\u00ad trường", "môi trường"),
        ("Sở\u200b Y\ufeff tế\u2060", "Sở Y tế"),
        ("Ho\u0301a", "Hóa"),
    ],
)
def test_letters_are_composed_and_nothing_unseen_stays(written: str, shown: str) -> None:
    found = read(paragraph(written))
    assert printed(found) == [shown]
    assert not found.remarks


def test_breaks_and_tabs() -> None:
    inside = (
        "<w:r><w:t>Nơi nhận:</w:t><w:br/><w:t>- Sở</w:t><w:tab/><w:t>Y tế</w:t><w:noBreakHyphen/><w:t>a</w:t></w:r>"
    )
    assert printed(read(paragraph(inside))) == ["Nơi nhận:\n- Sở Y tế-a"]


def test_links_and_content_controls_are_text() -> None:
    inside = (
        f"<w:hyperlink>{run('Sở ')}</w:hyperlink><w:sdt><w:sdtPr/><w:sdtContent>{run('Y tế')}</w:sdtContent></w:sdt>"
    )
    body = f"<w:sdt><w:sdtContent>{paragraph('Trong khung')}</w:sdtContent></w:sdt>"
    assert printed(read(paragraph(inside) + body)) == ["Sở Y tế", "Trong khung"]


def test_of_fields_the_result_is_shown() -> None:
    nested = _field(f"IF {_field('PAGE', run('7'))} = 7", run("31/12/2025"))
    simple = f'<w:fldSimple w:instr="REF x">{run("Kế hoạch")}</w:fldSimple>'
    assert printed(read(paragraph(simple + run(" đến ") + nested))) == ["Kế hoạch đến 31/12/2025"]


def test_a_field_goes_on_over_paragraphs() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    first = paragraph(begin + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("I. A"))
    last = paragraph(run("II. B") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    assert printed(read(first + last + paragraph("C"))) == ["I. A", "II. B", "C"]


def test_a_field_without_an_end_hides_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert printed(read(paragraph(begin + run("A")) + paragraph("B"))) == ["A", "B"]


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    inner = paragraph(run("Ngoài") + _box(paragraph("Trong cùng")))
    found = read(paragraph(run("Đoạn") + _box(inner)) + paragraph("Sau"))
    assert printed(found) == ["Đoạn", "Ngoài", "Trong cùng", "Sau"]
    assert "đoạn 1: có chữ trong ô văn bản" in said(found)
    assert [one.place for one in found.paragraphs()][-1] == "đoạn 2"


def test_symbols_are_characters() -> None:
    symbols = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
    private = run(" \uf0a3 ", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>')
    extended = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='w16se'><w16se:symEx w16se:font='Segoe UI' w16se:char='2713'/>"
        "</mc:Choice><mc:Fallback><w:t>?</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )
    found = read(paragraph(symbols + run("90%") + private + extended))
    assert printed(found) == ["≥90% ≤ ✓"]
    assert not found.remarks


def test_an_unknown_symbol_is_said() -> None:
    found = read(paragraph('<w:r><w:sym w:font="Wingdings" w:char="F001"/></w:r>' + run(" a")))
    assert printed(found) == ["\N{REPLACEMENT CHARACTER} a"]
    assert "ký hiệu" in said(found)


def test_a_document_of_more_paragraphs_than_any_plan_is_refused() -> None:
    with pytest.raises(CannotRunError, match="dài hơn mọi kế hoạch"):
        read(paragraph("a") * 60_001)


def test_a_raised_figure_behind_a_figure_is_no_part_of_it() -> None:
    raised = run("1", '<w:vertAlign w:val="superscript"/>')
    found = read(paragraph(run("1. Trồng 80") + raised + run(" cây trên 5 km") + raised.replace(">1<", ">2<")))
    assert printed(found) == ["1. Trồng 80¹ cây trên 5 km2"]
    assert "chữ số nhỏ in cao" in said(found)


def test_a_raised_figure_behind_a_word_is_a_mark_and_behind_a_unit_part_of_it() -> None:
    raised = run("2", '<w:vertAlign w:val="superscript"/>')
    found = read(paragraph(run("Trồng cây") + raised + run(" trên 5 km") + raised))
    assert printed(found) == ["Trồng cây² trên 5 km2"]
    assert "chữ số nhỏ in cao" in said(found)


def test_footnotes_belong_to_their_paragraph() -> None:
    note = f'<w:footnote w:id="2">{paragraph(run("Quyết định số ") + run("10", "<w:b/>"))}{paragraph("năm 2025.")}</w:footnote>'
    found = read(paragraph(run("Số liệu") + '<w:r><w:footnoteReference w:id="2"/></w:r>'), footnotes=note)
    assert [(one.text, one.footnotes) for one in found.paragraphs()] == [("Số liệu", ("Quyết định số 10 năm 2025.",))]


def test_a_note_that_refers_to_itself_ends() -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    note = f'<w:footnote w:id="2">{paragraph(run("a") + reference)}</w:footnote>'
    found = read(paragraph(run("b") + reference), footnotes=note)
    assert [one.footnotes for one in found.paragraphs()] == [("a",)]


def test_hidden_text_is_left_out_and_said() -> None:
    found = read(paragraph(run("Thấy ") + run("ẩn", "<w:vanish/>")))
    assert printed(found) == ["Thấy"]
    assert "chữ ẩn" in said(found)


def test_formulas_and_pictures_are_said() -> None:
    picture = '<w:r><w:pict><v:shape><v:imagedata r:id="rId9"/></v:shape></w:pict></w:r>'
    found = read(paragraph(picture) + paragraph(f"<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>{run(' = 2')}"))
    assert printed(found) == ["x+1 = 2"]
    assert "đoạn 1: có hình" in said(found)
    assert "đoạn 2: có công thức" in said(found)


def test_looks_come_from_styles_and_runs() -> None:
    styles = style("T", '<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:sz w:val="28"/><w:caps/></w:rPr>')
    own = paragraph(run("nghiêng", "<w:i/>"), '<w:jc w:val="both"/>')
    found = list(read(paragraph("tên", '<w:pStyle w:val="T"/>') + own, styles=styles).paragraphs())
    assert [(one.text, one.bold, one.italic, one.centered, one.size) for one in found] == [
        ("TÊN", True, False, True, 14),
        ("nghiêng", False, True, False, 10),
    ]


def test_styles_based_on_each_other_end() -> None:
    styles = style("A", based="B") + style("B", "<w:rPr><w:b/></w:rPr>", based="A")
    assert [one.bold for one in read(paragraph("a", '<w:pStyle w:val="A"/>'), styles=styles).paragraphs()] == [True]


# Change tracking


def test_added_text_is_read_and_deleted_text_is_not() -> None:
    found = read(
        paragraph(_deleted("50 ") + _added(run("100 ")) + run("trường") + f"<w:moveFrom>{run('x')}</w:moveFrom>")
    )
    assert printed(found) == ["100 trường"]
    assert "chữ thêm vào" in said(found)
    assert "chữ đã xóa" in said(found)


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    first = paragraph("Hoàn thành ", "<w:rPr><w:del/></w:rPr>")
    found = read(first + listed("quý II"), numbering=abstract(0, level(0, "%1.")) + num(1, 0))
    assert printed(found) == ["1. Hoàn thành quý II"]
    assert "đoạn 2: dấu xuống đoạn đã bị xóa" in said(found)


def test_a_deleted_mark_at_the_end_loses_no_text() -> None:
    found = read(table(row(cell(paragraph("Cuối ô", "<w:rPr><w:del/></w:rPr>")), "b")) + paragraph("Sau"))
    assert grid(tables(found)[0]) == [["Cuối ô", "b"]]
    assert printed(found) == ["Sau"]


def test_deleted_and_hidden_rows_and_cells_are_said() -> None:
    gone, unseen = row("x", "y", properties="<w:del/>"), row("z", "w", properties="<w:hidden/>")
    deleted_cell = cell("v", "<w:cellDel/>")
    found = read(table(row("a", "b"), gone, unseen, row("c", deleted_cell, "d")))
    assert grid(tables(found)[0]) == [["a", "b"], ["c", "d"]]
    assert [word in said(found) for word in ("dòng đã xóa", "dòng ẩn", "ô đã xóa")] == [True, True, True]


# Tables


def test_cells_are_merged_both_ways() -> None:
    found = read(
        table(
            row(cell("TT", '<w:vMerge w:val="restart"/>'), cell("Cơ quan", '<w:gridSpan w:val="2"/>')),
            row(cell("", "<w:vMerge/>"), "Chủ trì", "Phối hợp"),
            row("1", "Sở Y tế", "Sở Tài chính"),
        )
    )
    assert grid(tables(found)[0]) == [
        ["TT", "Cơ quan", "Cơ quan"],
        ["TT", "Chủ trì", "Phối hợp"],
        ["1", "Sở Y tế", "Sở Tài chính"],
    ]
    assert [(one.place, one.height, one.width) for one in tables(found)[0].cells[:2]] == [
        ("bảng 1 dòng 1 cột 1", 2, 1),
        ("bảng 1 dòng 1 cột 2", 1, 2),
    ]


def test_cells_merged_by_old_programs() -> None:
    found = read(table(row(cell("a", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), "b"), row("1", "2", "3")))
    assert grid(tables(found)[0]) == [["a", "a", "b"], ["1", "2", "3"]]


def test_a_merged_cell_begins_anew_below_another() -> None:
    merged = '<w:vMerge w:val="restart"/>'
    found = read(table(row(cell("a", merged), "1"), row(cell("b", merged), "2"), row(cell("", "<w:vMerge/>"), "3")))
    assert grid(tables(found)[0]) == [["a", "1"], ["b", "2"], ["b", "3"]]


def test_a_row_that_begins_later_leaves_its_columns_empty() -> None:
    found = read(table(row("a", "b", "c"), row("x", properties='<w:gridBefore w:val="2"/>')))
    assert grid(tables(found)[0]) == [["a", "b", "c"], [None, None, "x"]]


def test_rows_that_pages_repeat_are_heads() -> None:
    head = "<w:tblHeader/>"
    found = read(table(row("TT", properties=head), row("(1)", properties=head), row("1"), row("2", properties=head)))
    assert tables(found)[0].heads == 2


def test_a_nested_table_stands_behind_its_table() -> None:
    inner = table(row("x", "y"))
    found = read(table(row("a", cell(paragraph("b") + inner + paragraph("c")))))
    outer, nested = tables(found)
    assert grid(outer) == [["a", "b\nc"]]
    assert grid(nested) == [["x", "y"]]
    assert nested.inside == "bảng 1 dòng 1 cột 2"


def test_rows_and_cells_in_content_controls() -> None:
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    controlled = control.format(row("1", control.format(cell("x"))))
    assert grid(tables(read(table(row("a", "b"), controlled)))[0]) == [["a", "b"], ["1", "x"]]


# Old fonts


def _font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


@pytest.mark.parametrize(
    ("font", "written", "shown"),
    [
        (".VnTime", "Së Tµi nguyªn vµ M«i tr\u00adêng", "Sở Tài nguyên và Môi trường"),
        (".VnTimeH", "kÕ ho¹ch", "KẾ HOẠCH"),
        ("VNI-Times", "Sôû Taøi nguyeân vaø Moâi tröôøng", "Sở Tài nguyên và Môi trường"),
        ("VNI-Times", "UÛy ban nhaân daân", "Ủy ban nhân dân"),
    ],
)
def test_old_fonts_are_decoded_and_said(font: str, written: str, shown: str) -> None:
    found = read(paragraph(run(written, _font(font))))
    assert printed(found) == [shown]
    assert "phông cũ" in said(found)


def test_a_letter_of_an_old_font_may_stand_in_two_runs() -> None:
    found = read(paragraph(run("Thanh Ho", _font("VNI-Times")) + run("ùa", _font("VNI-Times") + "<w:b/>")))
    assert printed(found) == ["Thanh Hóa"]


def test_capitals_are_made_of_decoded_letters() -> None:
    assert printed(read(paragraph(run("kÕ ho¹ch", _font(".VnTime") + "<w:caps/>")))) == ["KẾ HOẠCH"]


def test_a_soft_hyphen_of_an_old_font_is_a_letter() -> None:
    inside = f"<w:r><w:rPr>{_font('.VnTime')}</w:rPr><w:t>tr</w:t><w:softHyphen/><w:t>êng</w:t></w:r>"
    assert printed(read(paragraph(inside))) == ["trường"]
    assert printed(read(paragraph("<w:r><w:t>môi</w:t><w:softHyphen/><w:t> trường</w:t></w:r>"))) == ["môi trường"]


@pytest.mark.parametrize("pieces", [("Sở Tài nguyên",), ("Thanh ", "Hóa", " ở đây")])
def test_unicode_that_names_an_old_font_stays(pieces: tuple[str, ...]) -> None:
    found = read(paragraph("".join(run(piece, _font(".VnTime")) for piece in pieces)))
    assert printed(found) == ["".join(pieces)]
    assert not found.remarks


def test_old_letters_beside_unicode_of_the_same_font() -> None:
    found = read(paragraph(run("Sở ", _font(".VnTime")) + run("Tµi chÝnh", _font(".VnTime"))))
    assert printed(found) == ["Sở Tài chính"]


# Packages


def test_strict_documents_are_read() -> None:
    data = docx(listed("a") + table(row("b", "c")), numbering=abstract(0, level(0, "%1.")) + num(1, 0))
    assert read_source(Path("k.docx"), as_strict(data)).blocks == read_source(Path("k.docx"), data).blocks


def test_macros_are_said_and_not_run() -> None:
    data = archive({**parts_of(docx(paragraph("a"))), "word/vbaProject.bin": b"x"})
    found = read_source(Path("k.docx"), data)
    assert printed(found) == ["a"]
    assert "macro" in said(found)


def test_a_file_inside_the_document_is_said() -> None:
    found = read(paragraph("a") + '<w:altChunk r:id="rId5"/>')
    assert "sau đoạn 1: một tệp khác được nhúng" in said(found)


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "trống"), (b"PK\x03\x04", "hỏng"), (archive({"a.xml": b"<a/>"}), "không phải văn bản Word")],
)
def test_what_is_no_document_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(CannotRunError, match=words):
        read_source(Path("k.docx"), data)
