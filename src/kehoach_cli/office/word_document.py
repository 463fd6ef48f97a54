"""Reads any .docx into plain values: the lines a reader sees, pages, tables, and the elements recognised in them."""

import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.model.word_document import (
    DocumentElements,
    PageNumbers,
    PageSetup,
    TextLook,
    WordDocument,
    WordLine,
    WordTable,
)  # fmt: skip
from kehoach_cli.office.docx_package import open_package, parse_part
from kehoach_cli.office.elements import recognised
from kehoach_cli.office.reading import Styles, W, flag, paragraph_text, runs

if TYPE_CHECKING:
    from lxml.etree import _Element

_BREAKS = frozenset({f"{W}br", f"{W}cr", f"{W}tab"})
_SEEN = _BREAKS | {f"{W}t", f"{W}noBreakHyphen"}
_TABLE, _CELL = f"{W}tbl", f"{W}tc"
_SHAPES = tuple(f"{W}{name}" for name in ("drawing", "pict", "object"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FIELD = re.compile(r"\bPAGE\b")
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
        self._tables = {table: number for number, table in enumerate(self._body.iter(_TABLE), 1)}
        self._known: dict[_Element, _Surroundings] = {}

    def document(self) -> WordDocument:
        """Return the document."""
        lines = tuple(self._lines())
        elements = recognised(lines)
        sections = list(self._body.iter(f"{W}sectPr"))
        return WordDocument(
            paragraphs=tuple(map(paragraph_text, self._paragraphs)),
            lines=lines,
            sections=tuple(map(_page_setup, sections)),
            page_numbers=self._page_numbers(sections[0]) if sections else None,
            tables=tuple(self._outer_tables(elements)),
            elements=elements,
            motto_ruled=self._is_ruled(elements.mottos),
            party_title_ruled=self._is_ruled(elements.party_titles),
        )

    def _lines(self) -> Iterator[WordLine]:
        index = 0
        for number, paragraph in enumerate(self._paragraphs, 1):
            around = self._surroundings(paragraph.getparent())
            if around.in_fallback:
                continue
            for text, looks in _pieces(paragraph, self._styles):
                yield WordLine(index, number, text, looks, around.tables, around.cell)
                index += 1

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
        """Whether a table, its style or one of its cells draws a line."""
        named = table.find(f"{W}tblPr/{W}tblStyle")
        own = table.find(f"{W}tblPr/{W}tblBorders")
        styled = self._styles.table_borders(named.get(f"{W}val", "") if named is not None else "")
        sets = [*(styled if own is None else [own]), *table.iter(f"{W}tcBorders")]
        return any(line.get(f"{W}val", "nil") not in {"nil", "none"} for borders in sets for line in borders)

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

    def _page_numbers(self, section: "_Element") -> PageNumbers | None:
        header = self._header(section, "default")
        if header is None or not _has_page_field(header):
            return None
        numbered = [one for one in header.iter(f"{W}p") if _has_page_field(one)]
        own_first_page = flag(section, "titlePg") is True
        first = self._header(section, "first") if own_first_page else None
        return PageNumbers(
            centered=any(_alignment(one, self._styles) == "center" for one in numbered),
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


def _page_setup(section: "_Element") -> PageSetup:
    size, margins, count = (section.find(f"{W}{name}") for name in ("pgSz", "pgMar", "pgNumType"))
    return PageSetup(
        width=_mm(size, "w"),
        height=_mm(size, "h"),
        top=_mm(margins, "top"),
        bottom=_mm(margins, "bottom"),
        left=_mm(margins, "left"),
        right=_mm(margins, "right"),
        first_number=None if count is None else count.get(f"{W}start"),
    )


def _mm(element: "_Element | None", name: str) -> float:
    try:
        return float(element.get(f"{W}{name}", "0")) / _TWIPS_PER_MM if element is not None else 0
    except ValueError:
        return 0


def _has_page_field(part: "_Element") -> bool:
    """Whether a page header prints the page number."""
    words = [node.text or "" for node in part.iter(f"{W}instrText")]
    words += [node.get(f"{W}instr", "") for node in part.iter(f"{W}fldSimple")]
    return any(_FIELD.search(text) for text in words)


def _alignment(paragraph: "_Element", styles: Styles) -> str:
    """Return how a paragraph is aligned, by itself or its style."""
    for holder in (paragraph, *styles.chain(paragraph)):
        if (found := holder.find(f"{W}pPr/{W}jc")) is not None:
            return str(found.get(f"{W}val", "left"))
    return "left"


def _pieces(paragraph: "_Element", styles: Styles) -> Iterator[tuple[str, tuple[TextLook, ...]]]:
    """Yield the lines of a paragraph that have text, with the looks of their runs in order."""
    text = ""
    looks: list[TextLook] = []
    for node, look in _nodes(paragraph, styles):
        if node.tag in _BREAKS:
            if text.strip():
                yield _tidy(text), tuple(looks)
            text, looks = "", []
            continue
        added = (node.text or "") if node.tag == f"{W}t" else "-"
        text += added
        looks += [look] if added.strip() else []
    if text.strip():
        yield _tidy(text), tuple(looks)


def _nodes(paragraph: "_Element", styles: Styles) -> "Iterator[tuple[_Element, TextLook]]":
    """Yield the visible texts and breaks of a paragraph, each with the look of its run."""
    base = styles.of_paragraph(paragraph)
    for run in runs(paragraph):
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
