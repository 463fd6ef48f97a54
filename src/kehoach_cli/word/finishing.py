"""Finishes a filled document: highlights gaps, fits drawn rules to the text above, lets tables break where they must."""

from copy import deepcopy
from typing import TYPE_CHECKING

from kehoach_cli.office.profile import STATE, load_profile
from kehoach_cli.office.reading import Styles, W, paragraph_text
from kehoach_cli.word.marks import BLANK
from kehoach_cli.word.rooms import room_mm
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
_OPTIONAL = "KH Tên cột, bỏ cột khi không có nội dung"
_NOTHING = {"", "-"}
# In twentieths of a point: what is shared out at once (5 mm), and from where on (20 mm) a column gives some of its width.
_PIECE, _WIDE, _SURE = 284, 1134, 0.75
_MM_PER_POINT = 25.4 / 72
# The mean width of a letter and the height of a line as shares of the size, for a guess at the height of a row.
_LETTER, _LINE = 0.46, 1.17
# A row higher than this share of the page may break: kept whole it would leave that much of a page empty.
_TALL = 1 / 3


def highlight_blanks(body: "_Element") -> None:
    """Take the marks of blanks away and highlight what stands between them: somebody fills it in by hand."""
    for node in [node for node in body.iter(f"{W}t") if BLANK in (node.text or "")]:
        run = node.getparent()
        for index, piece in enumerate((node.text or "").split(BLANK)):
            if piece:
                part = run_with(run, piece)
                if index % 2:
                    _mark(part)
                run.addprevious(part)
        run.remove(node)
        if not any(child.tag != f"{W}rPr" for child in run):
            run.getparent().remove(run)


def run_with(run: "_Element", text: str) -> "_Element":
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
    return room_mm(paragraph, document)[0]


def fit_columns(body: "_Element", styles: Styles) -> None:
    """In tables with optional columns, leave out those in which no row says anything, and give width to those that say most.

    Tables of one caption are parts of one: they have the same columns.
    """
    alike: dict[object, list[_Element]] = {}
    for table in body.iterchildren(f"{W}tbl"):
        caption = table.find(f"{W}tblPr/{W}tblCaption")
        alike.setdefault(table if caption is None else caption.get(f"{W}val"), []).append(table)
    for tables in alike.values():
        _fit_alike(tables, styles)


def _fit_alike(tables: list["_Element"], styles: Styles) -> None:
    head, *_ = (row.findall(f"{W}tc") for row in tables[0].findall(f"{W}tr"))
    rows = [[row.findall(f"{W}tc") for row in table.findall(f"{W}tr")[1:]] for table in tables]
    lines = [[cells for cells in some if len(cells) == len(head)] for some in rows]
    every = [cells for some in lines for cells in some]
    optional = {number for number, cell in enumerate(head) if styles.name(cell.find(f"{W}p")) == _OPTIONAL}
    if not (optional and every):
        return
    said = [[_said(cells[number]) for cells in every] for number in range(len(head))]
    kept = [number for number, texts in enumerate(said) if number not in optional or not _NOTHING.issuperset(texts)]
    letters = list(zip(*([len(text) for text in said[number]] for number in kept), strict=True))
    for table, some in zip(tables, lines, strict=True):
        _set_widths(table, kept, letters)
        for cells in (table.find(f"{W}tr").findall(f"{W}tc"), *some):
            _keep(cells, kept)


def _said(cell: "_Element") -> str:
    return "".join(paragraph_text(paragraph) for paragraph in cell.iter(f"{W}p")).strip()


def _keep(nodes: list["_Element"], kept: list[int]) -> None:
    for number, node in enumerate(nodes):
        if number not in kept:
            node.getparent().remove(node)


def _set_widths(table: "_Element", kept: list[int], letters: list[tuple[int, ...]]) -> None:
    """Set the widths of the columns that are kept, in grid and cells; before, the others are still there."""
    grid = table.findall(f"{W}tblGrid/{W}gridCol")
    widths = [round(float(column.get(f"{W}w", "0"))) for column in grid]
    shared = _shared([widths[number] for number in kept], letters, sum(widths))
    for cells in table.findall(f"{W}tr"):
        found = cells.findall(f"{W}tc")
        if len(found) != len(grid):
            found[0].find(f"{W}tcPr/{W}gridSpan").set(f"{W}val", str(len(kept)))
            continue
        for number, width in zip(kept, shared, strict=True):
            found[number].find(f"{W}tcPr/{W}tcW").set(f"{W}w", str(width))
    for number, width in zip(kept, shared, strict=True):
        grid[number].set(f"{W}w", str(width))
    _keep(grid, kept)


def _shared(widths: list[int], letters: list[tuple[int, ...]], total: int) -> list[int]:
    """Return widths of this total; `letters` has the lengths of the texts of each row.

    Each column keeps at least three quarters of its width, and a narrow one all of it. What is left goes, in pieces, to the
    column where it saves most of the height of the table, counting the highest cell of each row.
    """
    found = [min(width, max(_WIDE, round(width * _SURE))) for width in widths]
    while (rest := total - sum(found)) > 0:
        heights = [0.0] * len(found)
        for row in letters:
            most = max(range(len(found)), key=lambda number: row[number] / found[number])
            heights[most] += row[most] / found[most]
        # Where height times width is as much as there is to say, the next piece saves height by the width.
        gains = [height / width for height, width in zip(heights, found, strict=True)]
        found[gains.index(max(gains))] += min(_PIECE, rest)
    return found


def free_tall_rows(document: "Document", styles: Styles) -> None:
    """Let rows of data tables break across pages that are much higher than others; the rest stay whole."""
    for table in document.element.body.iterchildren(f"{W}tbl"):
        head, *rows = table.findall(f"{W}tr") or [None]
        # Head and foot of the document are tables without a repeated row, and never break.
        if head is None or head.find(f"{W}trPr/{W}tblHeader") is None:
            continue
        points = styles.of_paragraph(next(head.iter(f"{W}p"))).size * _MM_PER_POINT
        columns = table.iterfind(f"{W}tblGrid/{W}gridCol")
        widths = [max(1.0, float(column.get(f"{W}w", "0")) / _TWIPS_PER_MM) for column in columns]
        limit = room_mm(table, document)[1] * _TALL
        for row in rows:
            whole = row.find(f"{W}trPr/{W}cantSplit")
            if whole is not None and _height(row, widths, points) > limit:
                whole.getparent().remove(whole)


def _height(row: "_Element", widths: list[float], points: float) -> float:
    """Return about how high a row is, in millimetres; a row of fewer cells than columns is a heading, and low."""
    cells = row.findall(f"{W}tc")
    if len(cells) != len(widths):
        return 0
    lines = 1.0
    for cell, width in zip(cells, widths, strict=True):
        letters, breaks = 0, 0
        for node in cell.iter(f"{W}t", f"{W}br", f"{W}p"):
            if node.tag == f"{W}t":
                letters += len(node.text or "")
            else:
                breaks += 1
        lines = max(lines, letters * points * _LETTER / width + breaks)
    return lines * points * _LINE


def keep_remarks(body: "_Element", styles: Styles) -> None:
    """Keep the last row of a table on one page with the row of its remark."""
    for table in body.iterchildren(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        remark = rows[-1].find(f"{W}tc/{W}p") if len(rows) > 1 else None
        if remark is None or styles.name(remark) != _REMARK or rows[-2].find(f"{W}trPr/{W}cantSplit") is None:
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
