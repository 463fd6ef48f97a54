"""The comparison table of two versions as a Word document: what is gone is struck through, what is new is bold."""

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from kehoach_cli.core.comparison.table import ComparedLine
from kehoach_cli.office.profile import STATE, load_profile

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

_HEADS = ("TT", "Nội dung", "Bản cũ", "Bản mới", "Cơ quan liên quan")
_WIDTHS_MM = (10, 42, 84, 84, 37)
_TITLE_POINTS, _TEXT_POINTS = 14, 11


def comparison_document(title: str, heads: Iterable[str], lines: Iterable[ComparedLine]) -> bytes:
    """Return the table on A4 pages on their side; `heads` stand below the title."""
    from docx import Document

    document = Document()
    _set_page(document)
    _paragraph(document, "BẢNG SO SÁNH", bold=True)
    _paragraph(document, title, bold=True)
    for head in heads:
        _paragraph(document, head)
    _table(document, list(lines))
    made = BytesIO()
    document.save(made)
    return made.getvalue()


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
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.bold = bold
    run.font.size = Pt(_TITLE_POINTS if bold else _TEXT_POINTS)


def _table(document: "Document", lines: list[ComparedLine]) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    table = document.add_table(rows=1, cols=len(_HEADS))
    table.style = "Table Grid"
    table.autofit = False
    for cell, head in zip(table.rows[0].cells, _HEADS, strict=True):
        _write(cell, ((head, True),), mark="head")
    repeated: Any = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001 - nothing public repeats a row
    for number, line in enumerate(lines, 1):
        cells = table.add_row().cells
        _write(cells[0], ((str(number), False),))
        _write(cells[1], ((line.what, False),))
        _write(cells[2], line.old, mark="gone")
        _write(cells[3], line.new, mark="new")
        _write(cells[4], ((line.agencies, False),))
    for column, width in zip(table.columns, _WIDTHS_MM, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS_MM, strict=True):
            cell.width = Mm(width)


def _write(cell: "_Cell", pieces: Iterable[tuple[str, bool]], *, mark: str = "") -> None:
    paragraph = cell.paragraphs[0]
    for at, (text, changed) in enumerate(pieces):
        run = paragraph.add_run(f" {text}" if at else text)
        if changed:
            run.bold = mark in {"head", "new"}
            run.underline = mark == "new"
            run.font.strike = mark == "gone"
