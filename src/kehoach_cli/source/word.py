"""Reads a .docx as a reader sees it: with the numbers that Word counts, without what change tracking has deleted."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.model.source_text import SourceCell, SourceParagraph, SourceTable
from kehoach_cli.office.docx_package import PackageError, open_package, parse_part
from kehoach_cli.office.reading import PARAGRAPH_PROPERTIES, RUN_PROPERTIES, Styles, W, child_of, flag
from kehoach_cli.office.safe_zip import macro_part
from kehoach_cli.source.blocks import Blocks, Remarks, check_size
from kehoach_cli.source.numbering import ListNumber, Numbering
from kehoach_cli.source.pieces import Frame, paragraph_of, text_of
from kehoach_cli.source.runs import GONE, PARAGRAPH, RunReader, Shown

if TYPE_CHECKING:
    from lxml.etree import _Element

_TABLE, _ROW, _CELL = f"{W}tbl", f"{W}tr", f"{W}tc"
_CELL_PROPERTIES, _CELL_GONE = f"{W}tcPr", f"{W}cellDel"
_OUTLINE, _ALIGNMENT = f"{W}outlineLvl", f"{W}jc"
_MARKS_GONE = (f"{W}del", f"{W}moveFrom")
_NOTES = ("footnote", "endnote")
_ELSEWHERE = frozenset({f"{W}altChunk", f"{W}subDoc"})
_HEADINGS = ("heading ", "tiêu đề ")
_LONGEST_STYLE = 9
_LONGEST_NUMBER = 4
_MOST_COLUMNS = 200
# Half of what the package allows: a plan of 600 tasks has 200,000, and reading takes more than looking.
_MOST_NODES = 1_200_000
_TOO_LONG = "văn bản dài hơn mọi kế hoạch; xin tệp Word chỉ có kế hoạch và phụ lục"
# Cells too: 7,000 rows of eight columns.
_MOST_PARAGRAPHS = 60_000
# A template of an office has a few hundred.
_MOST_STYLES = 10_000


def read_word(data: bytes) -> Blocks:
    """Return what a .docx shows.

    Raises:
        PackageError: the file is no usable .docx.
    """
    parts = open_package(data)
    document = parts.get("word/document.xml", b"")
    if document.count(b"<") + document.count(b"=") > _MOST_NODES:
        raise PackageError(_TOO_LONG)
    if parts.get("word/styles.xml", b"").count(b"styleId") > _MOST_STYLES:
        raise PackageError("văn bản có nhiều kiểu (style) hơn mọi văn bản Word; mở bằng Word, chép sang văn bản mới")
    body = parse_part(parts, "word/document.xml").find(f"{W}body")
    if body is not None and sum(1 for _ in body.iter(PARAGRAPH)) > _MOST_PARAGRAPHS:
        raise PackageError(_TOO_LONG)
    return _WordReader(parts, body).read()


class _Inside(Struct, frozen=True):
    """Where blocks stand: `cell` is the place of the cell around them, `box` that of the text box; empty in the body."""

    cell: str = ""
    box: str = ""


class _Style(Struct, frozen=True):
    """What a style says of a paragraph: the depth of a heading, and whether it is centered."""

    heading: int | None
    centered: bool


class _WordReader:
    """One document while it is read from its beginning to its end."""

    def __init__(self, parts: dict[str, bytes], body: "_Element | None") -> None:
        self._parts = parts
        self._body = body
        self._styles = Styles(self._part("word/styles.xml"))
        self._numbering = Numbering(self._part("word/numbering.xml"), self._styles)
        self._remarks = Remarks()
        notes = [(kind, self._part(f"word/{kind}s.xml")) for kind in _NOTES]
        self._runs = RunReader(self._styles, notes, self._body, self._remarks)
        self._known: dict[str, _Style] = {}
        self._paragraphs = self._tables = 0
        # The paragraph whose mark was deleted: it goes on in the next one.
        self._open: tuple[_Element, Shown] | None = None

    def read(self) -> Blocks:
        """Return the blocks of the body."""
        if macro_part(self._parts):
            self._remarks.add("cả tệp", "tệp có macro; chỉ đọc chữ, không chạy macro", "")
        blocks = tuple(self._container(self._body, _Inside())) if self._body is not None else ()
        return Blocks(blocks, self._remarks.all)

    def _part(self, name: str) -> "_Element | None":
        return parse_part(self._parts, name) if name in self._parts else None

    def _container(self, element: "_Element", at: _Inside) -> Iterator[SourceParagraph | SourceTable]:
        """Yield the blocks of the body, of a cell or of a text box: no paragraph goes on behind its end."""
        around, self._open = self._open, None
        yield from self._blocks(element, at)
        if self._open is not None:
            yield from self._finished(*self._open, at)
        self._open = around

    def _blocks(self, parent: "_Element", at: _Inside) -> Iterator[SourceParagraph | SourceTable]:
        """Yield the paragraphs and tables in an element, also those in content controls and in tracked insertions."""
        for child in parent:
            if child.tag == PARAGRAPH:
                yield from self._paragraph(child, at)
            elif child.tag == _TABLE:
                yield from self._table(child, at)
            elif child.tag in _ELSEWHERE:
                place = at.cell or at.box or f"sau đoạn {self._paragraphs}"
                message = "một tệp khác được nhúng vào đây, không đọc được"
                self._remarks.add(place, message, "mở bằng Word, lưu lại thành .docx rồi đọc lại")
            elif child.tag not in GONE:
                yield from self._blocks(child, at)

    def _paragraph(self, element: "_Element", at: _Inside) -> Iterator[SourceParagraph | SourceTable]:
        if not at.cell and not at.box:
            self._paragraphs += 1
        shown = self._runs.read(element, self._here(at))
        if self._open is not None:
            shown = self._joined(self._open[1], shown, at)
        if _mark_deleted(element):
            self._open = (element, shown)
        else:
            self._open = None
            yield from self._finished(element, shown, at)

    def _joined(self, before: Shown, shown: Shown, at: _Inside) -> Shown:
        if before.runs and shown.runs:
            message = "dấu xuống đoạn đã bị xóa theo chế độ theo dõi thay đổi; hai đoạn đọc thành một"
            self._remarks.add(self._here(at), message, "đối chiếu bản đã ký")
        return before.and_then(shown)

    def _here(self, at: _Inside) -> str:
        return at.box or at.cell or f"đoạn {self._paragraphs}"

    def _finished(self, element: "_Element", shown: Shown, at: _Inside) -> Iterator[SourceParagraph | SourceTable]:
        place = self._here(at)
        text = text_of(shown.runs, place, self._remarks)
        number = None if not text and _mark_hidden(element) else self._numbering.next(element)
        if text or (number and number.text):
            yield self._dressed(element, place, text, shown, number or ListNumber("", None))
        for box in shown.boxes:
            self._remarks.add(place, "có chữ trong ô văn bản (text box); đọc ngay sau đoạn này", "đối chiếu thứ tự đọc")
            yield from self._container(box, replace(at, box=f"{place} (ô văn bản)" if not at.box else at.box))

    def _dressed(self, element: "_Element", place: str, text: str, shown: Shown, number: ListNumber) -> SourceParagraph:
        if number.strange:
            message = f'số tự động kiểu "{number.strange}" chưa đọc được, viết tạm bằng chữ số'
            self._remarks.add(place, message, "sửa theo bản in")
        style = self._style(element)
        frame = Frame(
            number=number.text,
            level=style.heading if number.level is None else number.level,
            heading=style.heading is not None,
            centered=style.centered,
            footnotes=tuple(shown.notes),
        )
        return paragraph_of(text, shown.runs, place, frame)

    def _style(self, element: "_Element") -> _Style:
        """Return what direct formatting says, else the style."""
        name = self._styles.id_of(element)
        if name not in self._known:
            chain = list(self._styles.chain(element))
            self._known[name] = _Style(
                self._heading(element, chain), next(filter(None, map(_aligned, chain)), "") == "center"
            )
        style = self._known[name]
        outline, aligned = _outline(element), _aligned(element)
        return _Style(
            style.heading if outline is None else outline if outline < _LONGEST_STYLE else None,
            aligned == "center" if aligned else style.centered,
        )

    def _heading(self, element: "_Element", chain: "list[_Element]") -> int | None:
        """Return the depth of a heading (0 is the outermost), from the outline level of a style or its name."""
        outline = next((found for one in chain if (found := _outline(one)) is not None), None)
        if outline is not None:
            return outline if outline < _LONGEST_STYLE else None
        name = self._styles.name(element).casefold()
        rest = next((name[len(head) :] for head in _HEADINGS if name.startswith(head)), "")
        return int(rest) - 1 if rest.isdecimal() and rest != "0" and len(rest) == 1 else None

    def _table(self, element: "_Element", at: _Inside) -> Iterator[SourceTable]:
        self._tables += 1
        place = f"bảng {self._tables}"
        rows = [row for row in _children(element, _ROW) if self._is_shown(row, place)]
        cells: list[SourceCell] = []
        nested: list[SourceTable] = []
        merged: dict[int, int] = {}
        for index, row in enumerate(rows):
            nested += self._row(row, index, place, cells, merged)
        if cells:
            columns = max(cell.column + cell.width for cell in cells)
            check_size(len(rows), columns)
            yield SourceTable(tuple(cells), place, len(rows), columns, _heads(rows), at.cell)
        yield from nested

    def _is_shown(self, row: "_Element", place: str) -> bool:
        properties = row.find(f"{W}trPr")
        if properties is None:
            return True
        deleted = properties.find(f"{W}del") is not None
        if deleted:
            message = "có dòng đã xóa theo chế độ theo dõi thay đổi; không đọc"
            self._remarks.add(place, message, "đối chiếu bản đã ký")
        hidden = flag(properties, "hidden") is True
        if hidden:
            self._remarks.add(place, "có dòng ẩn; không đọc", "đối chiếu bản in")
        return not deleted and not hidden

    def _row(
        self, row: "_Element", index: int, place: str, cells: list[SourceCell], merged: dict[int, int]
    ) -> Iterator[SourceTable]:
        """Add the cells of a row and yield the tables in them.

        `merged` has, by column, the position in `cells` of the cell that may go on below.
        """
        column = min(_whole(row.find(f"{W}trPr"), "gridBefore"), _MOST_COLUMNS)
        for element in _children(row, _CELL):
            properties = child_of(element, _CELL_PROPERTIES)
            if properties is not None and child_of(properties, _CELL_GONE) is not None:
                message = "có ô đã xóa theo chế độ theo dõi thay đổi; không đọc"
                self._remarks.add(place, message, "đối chiếu bản đã ký")
                continue
            at = f"{place} dòng {index + 1} cột {column + 1}"
            span = max(1, min(_whole(properties, "gridSpan"), _MOST_COLUMNS))
            inner = list(self._container(element, _Inside(at)))
            yield from (one for one in inner if isinstance(one, SourceTable))
            cell = SourceCell(
                tuple(one for one in inner if isinstance(one, SourceParagraph)), at, index, column, 1, span
            )
            _add_cell(cell, properties, cells, merged)
            column += span


def _add_cell(cell: SourceCell, properties: "_Element | None", cells: list[SourceCell], merged: dict[int, int]) -> None:
    """Add a cell, or make the cell above it or before it larger that it is merged with."""
    beside = cells[-1] if cells and _goes_on(properties, "hMerge") and cells[-1].row == cell.row else None
    if beside is not None:
        cells[-1] = replace(beside, width=beside.width + cell.width, paragraphs=beside.paragraphs + cell.paragraphs)
        return
    position = merged.get(cell.column) if _goes_on(properties, "vMerge") else None
    above = None if position is None else cells[position]
    if above is not None and position is not None and above.row + above.height == cell.row:
        cells[position] = replace(above, height=above.height + 1, paragraphs=above.paragraphs + cell.paragraphs)
    else:
        cells.append(cell)
        merged[cell.column] = len(cells) - 1


def _goes_on(properties: "_Element | None", name: str) -> bool:
    found = None if properties is None else child_of(properties, f"{W}{name}")
    return found is not None and found.get(f"{W}val", "continue") == "continue"


def _mark_deleted(element: "_Element") -> bool:
    mark = child_of(element, PARAGRAPH_PROPERTIES, RUN_PROPERTIES)
    return mark is not None and next(mark.iterchildren(*_MARKS_GONE), None) is not None


def _mark_hidden(element: "_Element") -> bool:
    mark = child_of(element, PARAGRAPH_PROPERTIES, RUN_PROPERTIES)
    return mark is not None and flag(mark, "vanish") is True


def _outline(holder: "_Element") -> int | None:
    """Return the outline level that a paragraph or style names; 9 is text."""
    found = child_of(holder, PARAGRAPH_PROPERTIES, _OUTLINE)
    value = found.get(f"{W}val", "") if found is not None else ""
    return int(value) if value.isdecimal() and len(value) == 1 else None


def _aligned(holder: "_Element") -> str:
    found = child_of(holder, PARAGRAPH_PROPERTIES, _ALIGNMENT)
    return found.get(f"{W}val", "") if found is not None else ""


def _children(parent: "_Element", tag: str) -> "Iterator[_Element]":
    """Yield the rows of a table or the cells of a row, also those in content controls and tracked insertions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in GONE and child.tag != PARAGRAPH:
            yield from _children(child, tag)


def _heads(rows: "list[_Element]") -> int:
    """Return how many rows, from the first, are repeated on each page."""
    count = 0
    for row in rows:
        properties = row.find(f"{W}trPr")
        if properties is None or flag(properties, "tblHeader") is not True:
            break
        count += 1
    return count


def _whole(element: "_Element | None", name: str) -> int:
    found = None if element is None else child_of(element, f"{W}{name}")
    value = "" if found is None else found.get(f"{W}val", "")
    return int(value) if value.isdecimal() and len(value) <= _LONGEST_NUMBER else 0
