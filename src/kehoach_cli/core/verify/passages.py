"""A document cut into passages, paragraphs and cells, that can be found by their words."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct, field
from msgspec.structs import replace

from kehoach_cli.core.draft.lines import pieces_of
from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.draft.roles import Role, labels_in
from kehoach_cli.core.draft.tables import TableColumn, TableContent, read_table
from kehoach_cli.core.draft.unrolled import unrolled
from kehoach_cli.core.model.source_text import SourceCell, SourceKind, SourceParagraph, SourceTable, SourceText
from kehoach_cli.viet.text import CAPITALS, folded

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
# "5.000 lượt" is a figure, no number of an item.
_NUMBER = re.compile(
    rf"((?:\d{{1,3}}(?:\.\d{{1,3}})*|[a-zđ])[.)]|[A-EĐGH]\.(?=\s+[{CAPITALS}])|Điều \d{{1,3}}[.:]"
    r"|[IVXL]{1,6}[.)–-]|\d{1,2}(?:\.\d{1,2})+|\(\d{1,2}\)"
    rf"|[^\w\s(\[{{“\"'‘.,;:/<>≥≤=%|])(?:\s+(?=\S)|(?<=[IVXL][.)])(?=[{CAPITALS}]{{2}}))"
)
_ROW_NUMBER = re.compile(r"[IVXL]{1,6}(?:\.\d{1,3})*\.?|\d{1,3}(?:\.\d{1,3})*\.?|[-–+•]|[a-zđ][.)]?")
# "a) Cơ quan chủ trì: …" is one line.
_BARE_NUMBER = re.compile(r"(?:[a-zđ]|\d{1,2}|[IVXL]{1,6})[.)]")
# A blank beside the hyphen of a number: "71/NQ -CP", "23- CT/TW".
_GAP = re.compile(r"(?<=/[A-ZĐ]{2}) ?- ?(?=[A-ZĐ])|(?<=\d)- (?=[A-ZĐ]{2,4}/)")
_STROKE = re.compile(r"\s*/\s*")
# A cell of a plan goes over no more pages.
_MOST_PAGES = 6
# A row that is no rest of another one has so many cells.
_FEWEST_OF_ROW = 3
_PAGE = re.compile(r"trang \d+")
_WORD = re.compile(r"\w")

Span = tuple[int, int]


def plain(text: str) -> str:
    """Return a text as it is compared: composed letters, single spaces, nothing invisible; case and tone marks stay."""
    return _GAP.sub("-", folded(_INVISIBLE.sub("", text)))


class SourcePassage(Struct, frozen=True):
    """A paragraph or a cell. `begin` is where its number starts in the flow of all passages, `start` where its text does.

    `number` is the printed number without its last point, for a cell that of its row. `row` and `column` are -1 outside tables.
    """

    text: str
    number: str
    place: str
    begin: int
    start: int
    end: int
    row: int = -1
    column: int = -1
    head: bool = False


class Record(Struct):
    """The cells of a table that belong to one row: a row that a page cuts goes on in the next one.

    `columns` are the passages of each column, `head` what the head says that each column holds. `also` are other ways to read a
    cell: where a page of a PDF ends, nothing says whether a cell goes on. `rows` are the rows of the table.
    """

    columns: dict[int, list[int]]
    head: dict[int, TableColumn]
    also: dict[int, list[tuple[int, ...]]] = field(default_factory=dict)
    rows: list[tuple[SourceCell | None, ...]] = field(default_factory=list)


class Pages:
    """All passages of a document in the order of reading. `flow` is the text of all, each behind a space."""

    def __init__(self, source: SourceText) -> None:
        """Cut the document."""
        self._pdf = source.kind is SourceKind.PDF
        self.passages: list[SourcePassage] = []
        self.record_of: dict[int, Record] = {}
        self._flow: list[str] = []
        self._length = 0
        self._lines: dict[int, str] = {}
        self._cells: dict[int, SourceCell] = {}
        self._known: dict[int, list[int]] = {}
        self._before: TableContent | None = None
        for block in source.blocks:
            for one in [block] if isinstance(block, SourceParagraph) else unrolled(block):
                if isinstance(one, SourceParagraph):
                    self._paragraph(one)
                else:
                    self._table(one)
        self.flow = " ".join(self._flow)
        self._starts = [passage.begin for passage in self.passages]
        self._by_text: dict[str, list[tuple[int, ...]]] = defaultdict(list)
        for index, passage in enumerate(self.passages):
            for text in {passage.text, self.flow[passage.begin : passage.end]}:
                self._by_text[text].append((index,))
        for columns in self.cut_columns():
            for text in {self.joined(columns), self.printed(columns)}:
                self._by_text[text].append(columns)

    # --- reading ---

    def fold(self, text: str) -> str:
        """Return a text as it is compared with this document: where a line of a PDF ends with a stroke, a blank may be lost."""
        return _STROKE.sub("/", plain(text)) if self._pdf else plain(text)

    def joined(self, indices: tuple[int, ...]) -> str:
        """Return the text of several passages as one, with the numbers of all but the first."""
        return " ".join(filter(None, (self.passages[indices[0]].text, self.printed(indices[1:]))))

    def printed(self, indices: tuple[int, ...]) -> str:
        """Return several passages as one text, with their numbers."""
        passages = (self.passages[index] for index in indices)
        return " ".join(self.flow[one.begin : one.end] for one in passages)

    def lines(self, indices: tuple[int, ...]) -> str:
        """Return the cells of these passages with their lines as printed."""
        return "\n".join(self._lines[index] for index in indices)

    def whole(self, text: str) -> list[tuple[int, ...]]:
        """Return the passages whose text this is: one, or several that follow each other."""
        found = list(self._by_text.get(text, ()))
        return found or [
            tuple(range(first, last + 1))
            for start, end in self.parts(text)
            if (first := self._beginning_at(start)) is not None and (last := self._ending_at(end)) is not None
        ]

    def parts(self, text: str, span: Span | None = None) -> Iterator[Span]:
        """Yield where the words stand in the flow, or in a part of it; never in the middle of a word or number."""
        low, high = span or (0, len(self.flow))
        at = self.flow.find(text, low, high) if text else -1
        while at >= 0:
            if self._is_apart(at, at + len(text)):
                yield at, at + len(text)
            at = self.flow.find(text, at + 1, high)

    def at(self, offset: int) -> int:
        """Return the passage at an offset of the flow."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def parts_of(self, index: int) -> list[Record]:
        """Return the rows that a cell covers, each as a row of its own."""
        record, cell = self.record_of.get(index), self._cells.get(index)
        if record is None or cell is None or cell.height == 1:
            return []
        rows = (row for row in record.rows if any(one is cell for one in row))
        return [
            Record({at: self._known.get(id(one), []) for at, one in enumerate(row) if one}, record.head) for row in rows
        ]

    def place(self, indices: tuple[int, ...]) -> str:
        """Return the place of passages as people read it."""
        if not indices:
            return ""
        first, last = self.passages[indices[0]].place, self.passages[indices[-1]].place
        return first if first == last else f"{first} đến {last}"

    def _beginning_at(self, offset: int) -> int | None:
        index = self.at(offset)
        passage = self.passages[index]
        return index if offset in {passage.begin, passage.start} else None

    def _ending_at(self, offset: int) -> int | None:
        index = self.at(offset - 1)
        return index if self.passages[index].end == offset else None

    def _is_apart(self, start: int, end: int) -> bool:
        return not (_runs_on(self.flow, start) or _runs_on(self.flow, end))

    # --- cutting ---

    def _paragraph(self, paragraph: SourceParagraph) -> None:
        number = self.fold(paragraph.number)
        for line in pieces_of(paragraph):
            for piece in _pieces(self.fold(line.text)):
                self._add(piece, line.place, number)
                number = ""

    def _add(
        self, printed: str, place: str, number: str = "", cell: SourceCell | None = None, *, head: bool = False
    ) -> int:
        typed = None if number else _NUMBER.match(printed)
        shown = number or (typed[1] if typed else "")
        begin = self._length
        start = begin + (len(number) + 1 if number and len(printed) > len(number) else typed.end() if typed else 0)
        end = begin + len(printed)
        row, column = (cell.row, cell.column) if cell else (-1, -1)
        text = printed[start - begin :]
        self.passages.append(SourcePassage(text, shown.rstrip(".)"), place, begin, start, end, row, column, head))
        self._flow.append(printed)
        self._length = end + 1
        return len(self.passages) - 1

    def _table(self, table: SourceTable) -> None:
        content = read_table(table, DraftNotes(), self._before)
        if content is None:
            for cell in table.cells:
                self._lines_of(cell, _row_number(table, cell.row))
            return
        self._before = content
        record = Record({}, {})
        cells = {(cell.row, cell.column): cell for cell in table.cells}
        known = self._known
        placed: list[tuple[Record, SourceCell]] = []
        for row in range(table.rows):
            if row in content.head_rows:
                self._head(table, row, cells)
                continue
            record = self._row(table, row, record, known, content.columns)
            placed += [(record, cell) for cell in table.grid[row] if cell]
        if self._pdf:
            _read_over_pages(_over_pages(table, content.head_rows), placed, known)

    def _lines_of(self, cell: SourceCell, row_number: str) -> None:
        """Add each line of a cell by itself: the table only places things side by side, or numbers beside texts."""
        for paragraph in cell.paragraphs:
            number = self.fold(paragraph.number)
            lines = filter(None, map(self.fold, paragraph.printed.split("\n")))
            for piece in (piece for line in lines for piece in _pieces(line)):
                index = self._add(piece, cell.place, number, cell)
                if cell.column and row_number and not self.passages[index].number:
                    self.passages[index] = replace(self.passages[index], number=row_number)
                number = row_number = ""

    def _head(self, table: SourceTable, row: int, cells: dict[tuple[int, int], SourceCell]) -> None:
        for column in range(table.columns):
            if (cell := cells.get((row, column))) and (text := self.fold(cell.text)):
                self._add(text, cell.place, "", cell, head=True)

    def _row(
        self,
        table: SourceTable,
        row: int,
        above: Record,
        known: dict[int, list[int]],
        head: dict[int, TableColumn],
    ) -> Record:
        """Add the cells of a row and return the record they belong to."""
        grid = table.grid[row]
        first = grid[0]
        own = self._is_whole(grid, above) or self._begins(table, row, head)
        goes_on = first is None or first.row < row or not (first.text.strip() or own)
        record = above if goes_on and above.columns else Record({}, head)
        record.rows.append(grid)
        number = _row_number(table, row)
        for cell in dict.fromkeys(id(cell) for cell in grid if cell):
            self._cell(next(one for one in grid if one and id(one) == cell), row, number, record, known)
        return record

    def _is_whole(self, grid: tuple[SourceCell | None, ...], above: Record) -> bool:
        """Whether a row without a number has all that the row above it has: it is one of its own, not the rest of that.

        In a PDF a page may cut all cells of a row.
        """
        filled = {cell.column for cell in grid if cell and cell.text.strip()}
        return not self._pdf and len(filled) >= _FEWEST_OF_ROW and filled >= above.columns.keys() - {0}

    def _begins(self, table: SourceTable, row: int, head: dict[int, TableColumn]) -> bool:
        """Whether a row without a number has a text of its own, such as a sum: not behind the end of a page of a PDF."""
        texts = (table.grid[row][at] for at, column in head.items() if column.role is Role.TEXT)
        cell = next(texts, None)
        if cell is None or cell.row < row or (self._pdf and row and _page(table, row) != _page(table, row - 1)):
            return False
        return self.fold(cell.text)[:1].isupper()

    def _cell(self, cell: SourceCell, row: int, number: str, record: Record, known: dict[int, list[int]]) -> None:
        if cell.row < row:
            self._place(cell, record, known.get(id(cell), []))
            return
        text = self.fold(cell.text)
        if not text:
            return
        index = self._add(text, cell.place, "", cell)
        known[id(cell)] = [index]
        self._lines[index] = cell.text
        self._cells[index] = cell
        if cell.column and number:
            self.passages[index] = replace(self.passages[index], number=number)
        self._place(cell, record, [index])
        self.record_of[index] = record

    def _place(self, cell: SourceCell, record: Record, indices: list[int]) -> None:
        """Put a cell into its column; one behind the first into all columns that it covers."""
        for column in range(cell.column, cell.column + (cell.width if cell.column else 1)):
            own = record.columns.setdefault(column, [])
            # A cell that covers several rows is the last of its column until it ends.
            own += [index for index in indices if index not in own[-1:]]

    def cut_columns(self) -> Iterator[tuple[int, ...]]:
        """Yield the cells of a column that belong to one row, where there is more than one."""
        for record in {id(one): one for one in self.record_of.values()}.values():
            yield from (tuple(cells) for cells in record.columns.values() if len(cells) > 1)


def _pieces(printed: str) -> Iterator[str]:
    """Yield a line cut before each of the labels in it ("… Chủ trì: Sở Y tế; thời gian: năm 2025")."""
    before, labels = labels_in(printed)
    at = len(before)
    starts = [at := printed.index(label.words, at) for label in labels]
    if starts and (not before or _BARE_NUMBER.fullmatch(before)):
        before = ""
        starts[0] = 0
    elif before:
        yield before
    for start, end in pairwise([*starts, len(printed)]):
        yield printed[start:end].rstrip()


def _runs_on(flow: str, at: int) -> bool:
    """Whether a word or a number goes on over an offset."""
    if not 0 < at < len(flow):
        return False
    before, after = flow[at - 1], flow[at]
    if _WORD.match(before) and _WORD.match(after):
        return True
    # 1,5 is one number, and so are >30 and 54,2.
    inside = before in ",.≥≤<>" and after.isdigit() and (before not in ",." or flow[at - 2 : at - 1].isdigit())
    return inside or (before.isdigit() and after in ",." and flow[at + 1 : at + 2].isdigit())


def _row_number(table: SourceTable, row: int) -> str:
    """Return the number in the first cell of a row; a narrow column may cut it."""
    first = table.grid[row][0]
    number = "".join(first.text.split()) if first else ""
    return number.rstrip(".)") if _ROW_NUMBER.fullmatch(number) else ""


def _page(table: SourceTable, row: int) -> str:
    found = next((_PAGE.match(cell.place) for cell in table.grid[row] if cell and cell.row == row), None)
    return found[0] if found else ""


def _over_pages(table: SourceTable, heads: frozenset[int]) -> list[tuple[SourceCell, SourceCell]]:
    """Return the last cell of a page and the first of the next one, for each column that a page of a PDF cuts."""
    rows = [row for row in range(table.rows) if row not in heads]
    cut = [
        (last, first)
        for last, first in pairwise(rows)
        if _page(table, first) and _page(table, last) != _page(table, first)
    ]
    pairs = (
        (table.grid[last][column], table.grid[first][column]) for last, first in cut for column in range(table.columns)
    )
    return [(above, below) for above, below in pairs if above and below and above is not below]


def _read_over_pages(
    pairs: list[tuple[SourceCell, SourceCell]],
    placed: list[tuple[Record, SourceCell]],
    known: dict[int, list[int]],
) -> None:
    """Add to each record how its cells read if they go on over the end of a page."""
    above = {id(below): one for one, below in pairs}
    below = {id(one): other for one, other in pairs}
    for record, cell in placed:
        before, after = _chain(cell, above)[::-1], _chain(cell, below)
        ways = [
            (*before[first:], cell, *after[:last]) for first in range(len(before) + 1) for last in range(len(after) + 1)
        ]
        for cells in ways:
            indices = tuple(index for one in cells for index in known.get(id(one), ()))
            if len(cells) > 1 and indices:
                record.also.setdefault(cell.column, []).append(indices)


def _chain(cell: SourceCell, links: dict[int, SourceCell]) -> list[SourceCell]:
    """Return the cells that follow one by one."""
    found: list[SourceCell] = []
    while (following := links.get(id(cell))) is not None and len(found) < _MOST_PAGES:
        found.append(following)
        cell = following
    return found
