"""Finishes a filled document: highlights gaps, fits drawn rules to the text above, keeps tables together."""

from copy import deepcopy
from typing import TYPE_CHECKING

from kehoach_cli.office.profile import STATE, load_profile
from kehoach_cli.office.reading import Styles, W, paragraph_text
from kehoach_cli.word.marks import BLANK
from kehoach_cli.word.text_width import width_mm

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TWIPS_PER_MM = 1440 / 25.4
# Styles of our templates, by the names Word shows.
_RULES = {
    "KH Đường kẻ dưới tiêu ngữ": "title",
    "KH Đường kẻ dưới cơ quan": "issuer",
    "KH Đường kẻ dưới trích yếu": "summary",
    "KH Đường kẻ dưới phụ lục": "summary",
}
_REMARK = "KH Ghi chú dưới bảng"


def highlight_blanks(body: "_Element") -> None:
    """Take the marks of blanks away and highlight what stands between them: somebody fills it in by hand."""
    for node in [node for node in body.iter(f"{W}t") if BLANK in (node.text or "")]:
        run = node.getparent()
        for index, piece in enumerate((node.text or "").split(BLANK)):
            if piece:
                part = _run_with(run, piece)
                if index % 2:
                    _mark(part)
                run.addprevious(part)
        run.remove(node)
        if not any(child.tag != f"{W}rPr" for child in run):
            run.getparent().remove(run)


def _run_with(run: "_Element", text: str) -> "_Element":
    """Return a run of the same properties that holds a text only."""
    part = deepcopy(run)
    for other in [child for child in part if child.tag != f"{W}rPr"]:
        part.remove(other)
    own = part.makeelement(f"{W}t", {_XML_SPACE: "preserve"})
    own.text = text
    part.append(own)
    return part


def _mark(run: "_Element") -> None:
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = run.makeelement(f"{W}rPr", {})
        run.insert(0, properties)
    mark = properties.makeelement(f"{W}highlight", {f"{W}val": "yellow"})
    # The schema requires an order: underline, effect and language come after the highlight.
    after = next((child for child in properties if child.tag in {f"{W}u", f"{W}effect", f"{W}lang"}), None)
    if after is None:
        properties.append(mark)
    else:
        after.addprevious(mark)


def fit_rules(document: "Document", styles: Styles) -> None:
    """Make each drawn rule as long as its share of the text above it; rules in other styles stay as they are."""
    shares = load_profile(STATE).rules
    for paragraph in document.element.body.iter(f"{W}p"):
        key = _RULES.get(styles.name(paragraph))
        above = paragraph.getprevious() if key else None
        if key is None or above is None or above.tag != f"{W}p":
            continue
        room = _room(paragraph, document)
        look = styles.of_paragraph(above)
        text = min(room, width_mm(paragraph_text(above).strip(), look.size, bold=look.bold))
        _indent(paragraph, (room - text * getattr(shares, key)) / 2)


def _indent(paragraph: "_Element", millimetres: float) -> None:
    """Indent a paragraph on both sides."""
    indent = str(round(millimetres * _TWIPS_PER_MM))
    properties = paragraph.find(f"{W}pPr")
    for old in properties.findall(f"{W}ind"):
        properties.remove(old)
    spacing = properties.find(f"{W}spacing")
    fitted = properties.makeelement(f"{W}ind", {f"{W}left": indent, f"{W}right": indent})
    (properties.insert(1, fitted) if spacing is None else spacing.addnext(fitted))


def _room(paragraph: "_Element", document: "Document") -> float:
    """Return the width of the cell of a paragraph in millimetres, or of the page between its margins."""
    cell = next(paragraph.iterancestors(f"{W}tc"), None)
    if cell is not None and (width := cell.find(f"{W}tcPr/{W}tcW")) is not None:
        return float(width.get(f"{W}w", "0")) / _TWIPS_PER_MM
    following = paragraph.itersiblings(f"{W}p")
    own = next((found for other in following if (found := other.find(f"{W}pPr/{W}sectPr")) is not None), None)
    properties = document.element.body.find(f"{W}sectPr") if own is None else own
    size, margins = properties.find(f"{W}pgSz"), properties.find(f"{W}pgMar")
    width = float(size.get(f"{W}w")) - float(margins.get(f"{W}left")) - float(margins.get(f"{W}right"))
    return width / _TWIPS_PER_MM


def keep_remarks(body: "_Element", styles: Styles) -> None:
    """Keep the last row of a table on one page with the row of its remark."""
    for table in body.iterchildren(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        remark = rows[-1].find(f"{W}tc/{W}p") if len(rows) > 1 else None
        if remark is None or styles.name(remark) != _REMARK:
            continue
        for paragraph in rows[-2].iter(f"{W}p"):
            properties = paragraph.find(f"{W}pPr")
            if properties is not None and properties.find(f"{W}keepNext") is None:
                properties.insert(1, properties.makeelement(f"{W}keepNext", {}))


def drop_empty_section(body: "_Element") -> None:
    """Remove an empty last section: it would print an empty page."""
    last = body.find(f"{W}sectPr")
    if last is None:
        return
    before = last.getprevious()
    carried = before.find(f"{W}pPr/{W}sectPr") if before is not None else None
    if carried is not None:
        body.replace(last, carried)
