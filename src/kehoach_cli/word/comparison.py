"""The comparison table of two versions as a Word document: what is gone is struck through, what is new is bold."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kehoach_cli.core.comparison.table import ComparedLine, Pieces
from kehoach_cli.office.profile import STATE, load_profile
from kehoach_cli.word.saving import saved

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Row
    from docx.text.paragraph import Paragraph

_HEADS = ("TT", "Nội dung", "Bản cũ", "Bản mới", "Cơ quan liên quan")
_LEGEND = "Chữ bị bỏ: gạch ngang; chữ mới: in đậm, gạch chân."
_WIDTHS_MM = (10, 50, 74, 74, 49)
_TITLE_POINTS, _TEXT_POINTS = 14, 11
# The last column is so many times narrower than those of the texts; a row of fewer letters than this does not break.
_NARROW, _WHOLE = 1.6, 1200


def comparison_document(title: str, heads: Iterable[str], lines: Iterable[ComparedLine]) -> bytes:
    """Return the table on A4 pages on their side; `heads` stand below the title."""
    from docx import Document

    document = Document()
    document.core_properties.author, document.core_properties.title = "", f"Bảng so sánh: {title}"
    _set_page(document)
    _paragraph(document, "BẢNG SO SÁNH", bold=True)
    _paragraph(document, title, bold=True)
    for head in (*heads, _LEGEND):
        _paragraph(document, head)
    _table(document, list(lines))
    return saved(document)


def _set_page(document: "Document") -> None:
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)
    style: Any = document.styles["Normal"]
    font = load_profile(STATE).font
    style.font.name, style.font.size = font, Pt(_TEXT_POINTS)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    style.paragraph_format.space_after = Pt(2)


def _paragraph(document: "Document", text: str, *, bold: bool = False) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    _center(paragraph)
    run = paragraph.add_run(text)
    run.bold = bold
    run.font.size = Pt(_TITLE_POINTS if bold else _TEXT_POINTS)


def _center(paragraph: "Paragraph") -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _table(document: "Document", lines: list[ComparedLine]) -> None:
    from docx.shared import Mm

    table = document.add_table(rows=len(lines) + 1, cols=len(_HEADS))
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS_MM, strict=True):
        column.width = Mm(width)
    head, *rows = table.rows
    _flag(head, "w:tblHeader")
    _fill(head, [(((text, True),), "head") for text in _HEADS])
    number = 0
    for row, line in zip(rows, lines, strict=True):
        # A row of a few lines stands on one page.
        if _letters(line) < _WHOLE:
            _flag(row, "w:cantSplit")
        if line.heading:
            _write(row.cells[0].merge(row.cells[-1]).paragraphs[0], ((line.what, True),), "head")
            continue
        number += 1
        texts = (((str(number), False),), ((line.what, False),), line.old, line.new, ((line.agencies, False),))
        _fill(row, list(zip(texts, ("", "", "gone", "new", ""), strict=True)))


def _letters(line: ComparedLine) -> float:
    old, new = (sum(len(text) for text, _ in pieces) for pieces in (line.old, line.new))
    return max(old, new, _NARROW * len(line.agencies), _NARROW * len(line.what))


def _flag(row: "_Row", name: str) -> None:
    from docx.oxml import OxmlElement

    flag: Any = OxmlElement(name)
    row._tr.get_or_add_trPr().append(flag)  # noqa: SLF001 - nothing public does it


def _fill(row: "_Row", texts: list[tuple[Pieces, str]]) -> None:
    from docx.shared import Mm

    for cell, width, (pieces, mark) in zip(row.cells, _WIDTHS_MM, texts, strict=True):
        cell.width = Mm(width)
        _write(cell.paragraphs[0], pieces, mark)


def _write(paragraph: "Paragraph", pieces: Pieces, mark: str) -> None:
    if mark == "head":
        _center(paragraph)
    for text, changed in pieces:
        run = paragraph.add_run(text)
        if changed:
            run.bold = mark in {"head", "new"}
            run.underline = mark == "new"
            run.font.strike = mark == "gone"
