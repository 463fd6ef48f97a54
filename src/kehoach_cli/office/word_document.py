"""Reads any .docx into plain values: the lines a reader sees, pages, tables, and the elements recognised in them."""

import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.model.word_document import (
    DocumentElements,
    Highlight,
    PageNumbers,
    PageSetup,
    TextLook,
    WordDocument,
    WordLine,
    WordTable,
)  # fmt: skip
from kehoach_cli.office.docx_package import PackageError, open_package, parse_part
from kehoach_cli.office.elements import recognised
from kehoach_cli.office.reading import Styles, W, flag, paragraph_text, shown_runs

if TYPE_CHECKING:
    from lxml.etree import _Element

_BREAKS = frozenset({f"{W}br", f"{W}cr", f"{W}tab"})
_SEEN = _BREAKS | {f"{W}t", f"{W}noBreakHyphen"}
_TABLE, _CELL = f"{W}tbl", f"{W}tc"
_SIDES = ("top", "bottom", "left", "right")
_SHAPES = tuple(f"{W}{name}" for name in ("drawing", "pict", "object"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FIELD = re.compile(r"\bPAGE\b")
_COUNTS = "docProps/app.xml"
# A text this many times longer or shorter than what was counted was written by a program that does not count.
_CHANGED = 2
_LONGEST_COUNT = 9
_LONGEST_HEAD_LINE = 400
_Span: TypeAlias = tuple[int, int, TextLook]
"""Where in the text of a line a run begins and ends, and its look."""
# Spaces that keep two elements of the head side by side in one line.
_SIDE_BY_SIDE = re.compile(r"(?<=\S)\s{2,}(?=CỘNG\s+H|Độc\s+lập|ĐẢNG\s+CỘNG|[^\W\d_][^,:()]{1,40},\s*ngày\b)")
_TWIPS_PER_MM = 1440 / 25.4


def read_word_document(data: bytes) -> WordDocument:
    """Return a .docx as plain values.

    Raises:
        PackageError: the file is no usable .docx.
    """
    return _Reader(open_package(data)).document()


class _Surroundings(Struct, frozen=True):
    """Tables and cell as in `WordLine`; what stands in a fallback repeats a text box for older programs."""

    tables: tuple[int, ...] = ()
    cell: int | None = None
    in_fallback: bool = False


class _Reader:
    """The parts of one document and what all steps of reading need of them."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self._parts = parts
        root = parse_part(parts, "word/document.xml")
        styles = parse_part(parts, "word/styles.xml") if "word/styles.xml" in parts else None
        self._styles = Styles(styles, _theme(parts))
        body = root.find(f"{W}body")
        self._body = root if body is None else body
        self._paragraphs = list(self._body.iter(f"{W}p"))
        self._numbers = {paragraph: number for number, paragraph in enumerate(self._paragraphs, 1)}
        self._tables = {table: number for number, table in enumerate(self._body.iter(_TABLE), 1)}
        self._known: dict[_Element, _Surroundings] = {}

    def document(self) -> WordDocument:
        """Return the document."""
        lines = tuple(self._lines())
        texts = tuple(map(paragraph_text, self._paragraphs))
        elements = recognised(lines)
        sections = list(self._body.iter(f"{W}sectPr"))
        return WordDocument(
            paragraphs=texts,
            lines=lines,
            sections=tuple(_page_setup(section, self._last_paragraph(section)) for section in sections),
            pages=self._pages(sum(len("".join(text.split())) for text in texts)),
            page_numbers=self._page_numbers(sections[0]) if sections else None,
            tables=tuple(self._outer_tables(elements)),
            elements=elements,
            motto_ruled=self._is_ruled(elements.mottos),
            party_title_ruled=self._is_ruled(elements.party_titles),
            highlights=tuple(self._highlights()),
        )

    def _last_paragraph(self, section: "_Element") -> int:
        """Return the number of the paragraph that ends a section; the last section belongs to no paragraph."""
        ends = next(section.iterancestors(f"{W}p"), None)
        return len(self._paragraphs) if ends is None else self._numbers[ends]

    def _lines(self) -> Iterator[WordLine]:
        index = 0
        for number, paragraph in enumerate(self._paragraphs, 1):
            around = self._surroundings(paragraph.getparent())
            if around.in_fallback:
                continue
            for text, looks in _pieces(paragraph, self._styles):
                yield WordLine(index, number, text, looks, around.tables, around.cell)
                index += 1

    def _highlights(self) -> Iterator[Highlight]:
        for mark in self._body.iter(f"{W}highlight"):
            run = mark.getparent().getparent()
            text = "".join(node.text or "" for node in run.iterchildren(f"{W}t"))
            around = next(run.iterancestors(f"{W}p", f"{W}moveFrom", f"{W}del"), None)
            if text and around in self._numbers and mark.get(f"{W}val") != "none":
                yield Highlight(self._numbers[around], " ".join(text.split()))

    def _surroundings(self, element: "_Element | None") -> "_Surroundings":
        """Return what stands around the contents of an element; rows and cells are asked again and again."""
        if element is None:
            return _Surroundings()
        if (known := self._known.get(element)) is None:
            known = self._surroundings(element.getparent())
            if element.tag == _TABLE:
                known = replace(known, tables=(self._tables[element], *known.tables))
            elif element.tag == _CELL:
                known = replace(known, cell=len(self._known))
            elif element.tag == _FALLBACK:
                known = replace(known, in_fallback=True)
            self._known[element] = known
        return known

    def _outer_tables(self, elements: DocumentElements) -> Iterator[WordTable]:
        marks = [*elements.titles, *elements.party_titles, *filter(None, [elements.recipients])]
        frames = {number for line in marks for number in line.tables}
        for table, number in self._tables.items():
            if next(table.iterancestors(_TABLE), None) is None:
                rows = table.findall(f"{W}tr")
                properties = rows[0].find(f"{W}trPr") if rows else None
                repeats = properties is not None and flag(properties, "tblHeader") is True
                yield WordTable(len(rows), repeats, self._has_borders(table), number in frames)

    def _has_borders(self, table: "_Element") -> bool:
        """Whether a table draws a line: a cell decides for its sides, then its row, the table, and the style of the table."""
        named = table.find(f"{W}tblPr/{W}tblStyle")
        own = table.find(f"{W}tblPr/{W}tblBorders")
        styled = self._styles.table_borders(named.get(f"{W}val", "") if named is not None else "")
        shared = styled if own is None else [own]
        rows = table.findall(f"{W}tr")
        for place, row in enumerate(rows):
            exceptions = row.findall(f"{W}tblPrEx/{W}tblBorders")
            cells = row.findall(_CELL)
            ends = (place == 0, place == len(rows) - 1)
            for at, cell in enumerate(cells):
                around = (*ends, at == 0, at == len(cells) - 1)
                holders = [*cell.findall(f"{W}tcPr/{W}tcBorders"), *exceptions, *shared]
                if any(_draws(holders, side, outer=outer) for side, outer in zip(_SIDES, around, strict=True)):
                    return True
        return False

    def _is_ruled(self, lines: tuple[WordLine, ...]) -> bool:
        """Whether a line is drawn below the first line: a border of its paragraph or one close to it, or a shape near it."""
        if not lines:
            return False
        paragraph = self._paragraphs[lines[0].number - 1]
        near = [paragraph, *paragraph.itersiblings(f"{W}p")][:3]
        if (before := paragraph.getprevious()) is not None:
            near.append(before)
        if any(self._is_bordered(one) for one in near if one.tag == f"{W}p"):
            return True
        table = next(paragraph.iterancestors(_TABLE), None)
        return any(next(one.iter(*_SHAPES), None) is not None for one in (near if table is None else [table]))

    def _is_bordered(self, paragraph: "_Element") -> bool:
        holders = (paragraph, *self._styles.chain(paragraph))
        return any(holder.find(f"{W}pPr/{W}pBdr") is not None for holder in holders)

    def _pages(self, present: int) -> int | None:
        """Return the number of pages as last counted, None where nobody counted or the text, of so many letters, has changed."""
        if _COUNTS not in self._parts:
            return None
        try:
            root = parse_part(self._parts, _COUNTS)
        except PackageError:
            return None
        pages, letters = (_count(root, name) for name in ("Pages", "Characters"))
        if not letters or not letters / _CHANGED <= present <= letters * _CHANGED:
            return None
        return None if pages == 1 and self._has_page_break() else pages

    def _has_page_break(self) -> bool:
        breaks = self._body.iter(f"{W}br", f"{W}lastRenderedPageBreak")
        return any(one.tag != f"{W}br" or one.get(f"{W}type") == "page" for one in breaks)

    def _page_numbers(self, section: "_Element") -> PageNumbers | None:
        header = self._header(section, "default")
        if header is None or not _has_page_field(header):
            return None
        numbered = [one for one in header.iter(f"{W}p") if _has_page_field(one)]
        own_first_page = flag(section, "titlePg") is True
        first = self._header(section, "first") if own_first_page else None
        return PageNumbers(
            centered=any(_is_centered(one, self._styles) for one in numbered),
            own_first_page=own_first_page,
            on_first_page=first is not None and _has_page_field(first),
        )

    def _header(self, section: "_Element", kind: str) -> "_Element | None":
        """Return the page header of a kind (`default`, `first`) of the first section."""
        for reference in section.findall(f"{W}headerReference"):
            if reference.get(f"{W}type") == kind:
                name = self._relations().get(reference.get(_R_ID, ""), "")
                return parse_part(self._parts, name) if name in self._parts else None
        return None

    def _relations(self) -> dict[str, str]:
        name = "word/_rels/document.xml.rels"
        if name not in self._parts:
            return {}
        root = parse_part(self._parts, name)
        return {one.get("Id", ""): f"word/{one.get('Target', '').removeprefix('/word/')}" for one in root}


def _draws(holders: "list[_Element]", side: str, *, outer: bool) -> bool:
    """Whether the first of some borders that says something about one side of a cell draws a line there."""
    inside = "insideH" if side in {"top", "bottom"} else "insideV"
    for holder in holders:
        name = side if outer or holder.tag == f"{W}tcBorders" else inside
        if (line := holder.find(f"{W}{name}")) is not None:
            return line.get(f"{W}val", "nil") not in {"nil", "none"}
    return False


def _page_setup(section: "_Element", last: int) -> PageSetup:
    size, margins, count = (section.find(f"{W}{name}") for name in ("pgSz", "pgMar", "pgNumType"))
    return PageSetup(
        width=_mm(size, "w"),
        height=_mm(size, "h"),
        top=_mm(margins, "top"),
        bottom=_mm(margins, "bottom"),
        left=_mm(margins, "left"),
        right=_mm(margins, "right"),
        first_number=None if count is None else count.get(f"{W}start"),
        last=last,
    )


def _mm(element: "_Element | None", name: str) -> float:
    try:
        return float(element.get(f"{W}{name}", "0")) / _TWIPS_PER_MM if element is not None else 0
    except ValueError:
        return 0


def _count(root: "_Element", name: str) -> int | None:
    """Return a number from the statistics of a document."""
    found = next((one.text or "" for one in root if isinstance(one.tag, str) and one.tag.endswith(f"}}{name}")), "")
    return int(found) if found.isdecimal() and len(found) <= _LONGEST_COUNT else None


def _has_page_field(part: "_Element") -> bool:
    """Whether a page header prints the page number."""
    words = [node.text or "" for node in part.iter(f"{W}instrText")]
    words += [node.get(f"{W}instr", "") for node in part.iter(f"{W}fldSimple")]
    return any(_FIELD.search(text) for text in words)


def _is_centered(paragraph: "_Element", styles: Styles) -> bool:
    """Whether a paragraph stands in the middle: by its alignment, in a centred frame, or behind a tab to a stop in the middle."""
    holders = [one for holder in (paragraph, *styles.chain(paragraph)) if (one := holder.find(f"{W}pPr")) is not None]
    aligned = next((one.get(f"{W}val") for holder in holders for one in holder.iterchildren(f"{W}jc")), "left")
    framed = any(one.get(f"{W}xAlign") == "center" for holder in holders for one in holder.iterchildren(f"{W}framePr"))
    stops = [stop.get(f"{W}val") for holder in holders for stop in holder.iterfind(f"{W}tabs/{W}tab")]
    tabbed = "center" in stops and next(paragraph.iterfind(f"{W}r/{W}tab"), None) is not None
    placed = any(tab.get(f"{W}alignment") == "center" for tab in paragraph.iter(f"{W}ptab"))
    return aligned == "center" or framed or tabbed or placed


def _pieces(paragraph: "_Element", styles: Styles) -> Iterator[tuple[str, tuple[TextLook, ...]]]:
    """Yield the lines of a paragraph that have text, with the looks of their runs in order."""
    text = ""
    looks: list[_Span] = []
    for node, look in _nodes(paragraph, styles):
        if node.tag in _BREAKS:
            yield from _side_by_side(text, looks)
            text, looks = "", []
            continue
        added = (node.text or "") if node.tag == f"{W}t" else "-"
        looks += [(len(text), len(text) + len(added), look)] if added.strip() else []
        text += added
    yield from _side_by_side(text, looks)


def _side_by_side(text: str, looks: list[_Span]) -> Iterator[tuple[str, tuple[TextLook, ...]]]:
    """Yield one line with its looks, or the elements that spaces keep apart on it, each with its own.

    Nobody sees whether a dash or a comma is bold, so the looks of letters and digits count where there are any.
    """
    start, end = 0, len(text)
    found = _SIDE_BY_SIDE.search(text) if end < _LONGEST_HEAD_LINE else None
    for first, last in ((start, found.start()), (found.end(), end)) if found else ((start, end),):
        if text[first:last].strip():
            own = [span for span in looks if span[0] < last and span[1] > first]
            seen = [span for span in own if any(map(str.isalnum, text[span[0] : span[1]]))]
            yield _tidy(text[first:last]), tuple(look for _, _, look in seen or own)


def _nodes(paragraph: "_Element", styles: Styles) -> "Iterator[tuple[_Element, TextLook]]":
    """Yield the visible texts and breaks of a paragraph, each with the look of its run."""
    base = styles.of_paragraph(paragraph)
    for run in shown_runs(paragraph):
        look = styles.of_run(run, base)
        if not look.hidden:
            yield from ((node, look) for node in run if node.tag in _SEEN)


def _tidy(text: str) -> str:
    """Return text in composed letters with its spaces folded; `WordDocument.paragraphs` keep the letters as stored."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _theme(parts: dict[str, bytes]) -> dict[str, str]:
    """Return the typefaces of the theme: `major` and `minor`."""
    if "word/theme/theme1.xml" not in parts:
        return {}
    root = parse_part(parts, "word/theme/theme1.xml")
    drawing = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    found = {}
    for name in ("major", "minor"):
        latin = root.find(f".//{drawing}{name}Font/{drawing}latin")
        if latin is not None:
            found[name] = latin.get("typeface", "")
    return found
