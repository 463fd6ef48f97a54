"""Reads a .docx as a reader sees it: with the numbers that Word counts, without what change tracking has deleted."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from kehoach_cli.core.model.source_text import SourceCell, SourceParagraph, SourceRemark, SourceTable
from kehoach_cli.core.model.word_document import TextLook
from kehoach_cli.office.docx_package import open_package, parse_part
from kehoach_cli.office.reading import Styles, W, flag
from kehoach_cli.source.fonts import Encoding, decoded, encoding_of
from kehoach_cli.source.numbering import ListNumber, Numbering
from kehoach_cli.source.symbols import UNKNOWN, symbol
from kehoach_cli.viet.text import folded

if TYPE_CHECKING:
    from lxml.etree import _Element

_TABLE, _ROW, _CELL, _PARAGRAPH = f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}p"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
# What change tracking has deleted or moved away.
_GONE = frozenset({f"{W}del", f"{W}moveFrom", _FALLBACK, f"{W}rPr", f"{W}pPr"})
_ADDED = frozenset({f"{W}ins", f"{W}moveTo"})
_BREAKS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": " ", f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}
_HEADINGS = ("heading ", "tiêu đề ")
_LONGEST_STYLE = 9
_LONGEST_NUMBER = 4
_MOST_COLUMNS = 200


class Blocks(Struct, frozen=True):
    """The paragraphs and tables of a document in order, and what reading remarks."""

    blocks: tuple[SourceParagraph | SourceTable, ...]
    remarks: tuple[SourceRemark, ...]


def read_word(data: bytes) -> Blocks:
    """Return what a .docx shows.

    Raises:
        PackageError: the file is no usable .docx.
    """
    return _Reader(open_package(data)).read()


class _Run(Struct, frozen=True):
    """A piece of text of one look; `added` says that change tracking marks it as an insertion."""

    text: str
    look: TextLook
    encoding: Encoding | None
    added: bool = False


class _Shown(Struct):
    """What a paragraph shows: its runs, the text boxes anchored in it, and the texts of its notes."""

    runs: list[_Run] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class _Reader:
    """One document while it is read from its beginning to its end."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self._parts = parts
        body = parse_part(parts, "word/document.xml").find(f"{W}body")
        self._body = body
        self._styles = Styles(self._part("word/styles.xml"))
        self._numbering = Numbering(self._part("word/numbering.xml"), self._styles)
        self._notes = {kind: self._texts_of_notes(kind) for kind in ("footnote", "endnote")}
        self._remarks: dict[tuple[str, str], SourceRemark] = {}
        self._paragraphs = self._tables = self._cells = 0
        # A field is an instruction and a result, each of any length: only the result is shown.
        self._fields: list[bool] = []

    def read(self) -> Blocks:
        """Return the blocks of the body."""
        blocks = tuple(self._blocks(self._body, "")) if self._body is not None else ()
        return Blocks(blocks, tuple(self._remarks.values()))

    def _part(self, name: str) -> "_Element | None":
        return parse_part(self._parts, name) if name in self._parts else None

    def _texts_of_notes(self, kind: str) -> dict[str, str]:
        root = self._part(f"word/{kind}s.xml")
        return {
            note.get(f"{W}id", ""): folded(" ".join(text.text or "" for text in note.iter(f"{W}t")))
            for note in (root.iter(f"{W}{kind}") if root is not None else ())
        }

    def _remark(self, place: str, message: str, hint: str = "") -> None:
        self._remarks.setdefault((place, message), SourceRemark(place, message, hint))

    def _blocks(self, parent: "_Element", inside: str) -> Iterator[SourceParagraph | SourceTable]:
        """Yield the paragraphs and tables in an element, also those in content controls and in tracked insertions."""
        for child in parent:
            if child.tag == _PARAGRAPH:
                yield from self._paragraph(child, inside)
            elif child.tag == _TABLE:
                yield from self._table(child, inside)
            elif child.tag == f"{W}altChunk":
                self._remark(
                    inside or f"sau đoạn {self._paragraphs}", "một tệp khác được nhúng vào đây, không đọc được"
                )
            elif child.tag not in _GONE:
                yield from self._blocks(child, inside)

    def _paragraph(self, element: "_Element", inside: str) -> Iterator[SourceParagraph | SourceTable]:
        self._paragraphs += 1
        place = inside or f"đoạn {self._paragraphs}"
        mark = element.find(f"{W}pPr/{W}rPr")
        if mark is not None and mark.find(f"{W}del") is not None:
            self._remark(place, "dấu xuống đoạn đã bị xóa theo chế độ theo dõi thay đổi", "đối chiếu chỗ nối hai đoạn")
        shown = _Shown()
        shown.runs += [one for one in self._runs(element, self._styles.of_paragraph(element), place, shown) if one.text]
        text = self._text(shown.runs, place)
        hidden = mark is not None and flag(mark, "vanish") is True and not text
        number = None if hidden else self._numbering.next(element)
        if text or number:
            yield self._dressed(element, place, text, shown, number or ListNumber("", None))
        for box in shown.boxes:
            self._remark(place, "có chữ trong ô văn bản (text box); đọc ngay sau đoạn này", "đối chiếu thứ tự đọc")
            yield from self._blocks(box, inside)

    def _dressed(
        self, element: "_Element", place: str, text: str, shown: "_Shown", number: ListNumber
    ) -> SourceParagraph:
        if UNKNOWN in number.text or UNKNOWN in text:
            self._remark(place, "có ký hiệu của phông ký hiệu không nhận ra", "mở văn bản xem ký hiệu đó là gì")
        heading = self._heading(element)
        letters = [run for run in shown.runs if any(map(str.isalnum, run.text))]
        return SourceParagraph(
            text=text,
            place=place,
            number=folded(number.text),
            level=heading if number.level is None else number.level,
            heading=heading is not None,
            bold=bool(letters) and all(run.look.bold for run in letters),
            italic=bool(letters) and all(run.look.italic for run in letters),
            centered=self._centered(element),
            size=letters[0].look.size if letters else 0,
            footnotes=tuple(shown.notes),
        )

    def _heading(self, element: "_Element") -> int | None:
        """Return the depth of a heading (0 is the outermost), from its style or the outline level of the paragraph."""
        for holder in (element, *self._styles.chain(element)):
            outline = holder.find(f"{W}pPr/{W}outlineLvl")
            value = outline.get(f"{W}val", "9") if outline is not None else ""
            if value.isdecimal() and int(value) < _LONGEST_STYLE:
                return int(value)
        name = self._styles.name(element).casefold()
        rest = next((name[len(head) :] for head in _HEADINGS if name.startswith(head)), "")
        return int(rest) - 1 if rest.isdecimal() and rest != "0" and len(rest) == 1 else None

    def _centered(self, element: "_Element") -> bool:
        found = (holder.find(f"{W}pPr/{W}jc") for holder in (element, *self._styles.chain(element)))
        aligned = next((one.get(f"{W}val") for one in found if one is not None), "")
        return aligned == "center"

    def _text(self, runs: list[_Run], place: str) -> str:
        """Return the text of the runs in composed letters; old Vietnamese fonts are decoded, which is said."""
        pieces = [decoded(run.text, run.encoding) if run.encoding else run.text for run in runs]
        if any(run.encoding for run in runs):
            self._remark(place, "chữ gõ bằng phông cũ (TCVN3 hoặc VNI), đã chuyển sang Unicode", "đọc lại đoạn này")
        if any(run.added for run in runs):
            self._remark(
                place, "có chữ thêm vào theo chế độ theo dõi thay đổi; đã đọc như chữ thường", "đối chiếu bản đã ký"
            )
        return "\n".join(filter(None, map(folded, "".join(pieces).split("\n"))))

    def _runs(
        self, element: "_Element", base: TextLook, place: str, shown: "_Shown", *, added: bool = False
    ) -> Iterator[_Run]:
        """Yield what the runs of a paragraph show. Its text boxes and notes are put into `shown`."""
        for child in element:
            if child.tag == f"{W}r":
                yield from self._run(child, base, place, shown, added=added)
            elif child.tag in _GONE:
                if child.tag in {f"{W}del", f"{W}moveFrom"}:
                    self._remark(place, "có chữ đã xóa theo chế độ theo dõi thay đổi; không đọc", "đối chiếu bản đã ký")
            elif child.tag == _MATH:
                yield _Run(child.text or "", base, None, added)
            elif child.tag != _PARAGRAPH:
                yield from self._runs(child, base, place, shown, added=added or child.tag in _ADDED)

    def _run(self, run: "_Element", base: TextLook, place: str, shown: "_Shown", *, added: bool) -> Iterator[_Run]:
        look = self._styles.of_run(run, base)
        encoding = encoding_of(look.fonts[0] or look.fonts[1])
        for node in run:
            self._follow_field(node)
            text = self._shown_text(node, shown.notes)
            if text and look.hidden:
                self._remark(place, "có chữ ẩn; không đọc", "đối chiếu bản in")
            elif text and all(self._fields):
                yield _Run(text.upper() if look.capitals else text, look, encoding, added)
            shown.boxes += [one for one in node.iter(f"{W}txbxContent") if not _in_fallback(one)] if len(node) else []

    def _follow_field(self, node: "_Element") -> None:
        kind = node.get(f"{W}fldCharType") if node.tag == f"{W}fldChar" else None
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _shown_text(self, node: "_Element", notes: list[str]) -> str:
        """Return what a part of a run shows."""
        if node.tag == f"{W}t":
            return node.text or ""
        if node.tag == f"{W}sym":
            code = node.get(f"{W}char", "")
            return symbol(node.get(f"{W}font", ""), chr(int(code, 16))) if _is_code(code) else UNKNOWN
        if node.tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
            kind = node.tag.removeprefix(W).removesuffix("Reference")
            notes.extend(filter(None, [self._notes[kind].get(node.get(f"{W}id", ""))]))
        return _BREAKS.get(node.tag, "")

    def _table(self, element: "_Element", inside: str) -> Iterator[SourceTable]:
        self._tables += 1
        place = f"bảng {self._tables}"
        rows = [row for row in _children(element, _ROW) if not _deleted(row)]
        cells: list[SourceCell] = []
        nested: list[SourceTable] = []
        merged: dict[int, int] = {}
        for index, row in enumerate(rows):
            nested += self._row(row, index, place, cells, merged)
        if not cells:
            return
        columns = max(cell.column + cell.width for cell in cells)
        yield SourceTable(tuple(cells), place, len(rows), columns, _heads(rows), inside)
        yield from nested

    def _row(
        self,
        row: "_Element",
        index: int,
        place: str,
        cells: list[SourceCell],
        merged: dict[int, int],
    ) -> Iterator[SourceTable]:
        """Add the cells of a row and yield the tables in them.

        `merged` has, by column, the position in `cells` of the cell that may go on below.
        """
        properties = row.find(f"{W}trPr")
        column = _whole(properties, "gridBefore")
        for element in _children(row, _CELL):
            span = max(1, min(_whole(element.find(f"{W}tcPr"), "gridSpan") or 1, _MOST_COLUMNS))
            going_on = element.find(f"{W}tcPr/{W}vMerge")
            goes_on = going_on is not None and going_on.get(f"{W}val", "continue") == "continue"
            above = merged.get(column) if goes_on else None
            at = f"{place} dòng {index + 1} cột {column + 1}"
            inner = list(self._blocks(element, at))
            yield from (one for one in inner if isinstance(one, SourceTable))
            paragraphs = tuple(one for one in inner if isinstance(one, SourceParagraph))
            if above is not None and cells[above].row + cells[above].height == index:
                cells[above] = replace(
                    cells[above], height=cells[above].height + 1, paragraphs=(*cells[above].paragraphs, *paragraphs)
                )
            else:
                cells.append(SourceCell(paragraphs, at, index, column, 1, span))
                merged[column] = len(cells) - 1
            column += span


def _children(parent: "_Element", tag: str) -> "Iterator[_Element]":
    """Yield the rows of a table or the cells of a row, also those in content controls and tracked insertions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in _GONE and child.tag != _PARAGRAPH:
            yield from _children(child, tag)


def _deleted(row: "_Element") -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _heads(rows: "list[_Element]") -> int:
    """Return how many rows, from the first, are repeated on each page."""
    count = 0
    for row in rows:
        properties = row.find(f"{W}trPr")
        if properties is None or flag(properties, "tblHeader") is not True:
            break
        count += 1
    return count


def _in_fallback(element: "_Element") -> bool:
    return next(element.iterancestors(_FALLBACK), None) is not None


def _is_code(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_NUMBER and all(letter in "0123456789abcdefABCDEF" for letter in text)


def _whole(element: "_Element | None", name: str) -> int:
    found = None if element is None else element.find(f"{W}{name}")
    value = "" if found is None else found.get(f"{W}val", "")
    return int(value) if value.isdecimal() and len(value) <= _LONGEST_NUMBER else 0
