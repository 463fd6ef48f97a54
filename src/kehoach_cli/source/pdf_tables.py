"""Tables of a PDF: the parts on several pages as one table, repeated heads left out, rows that a page cuts joined."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from kehoach_cli.core.model.source_text import SourceCell, SourceParagraph, SourceTable
from kehoach_cli.source.blocks import Remarks, check_size
from kehoach_cli.source.pdf_lines import Edges, paragraphs_of, runs_of
from kehoach_cli.source.pdf_pages import EDGE, Box, Fragment, PdfLine
from kehoach_cli.source.pieces import Frame, paragraph_of, text_of

_MOST_HEADS = 5
_WIDEST_PAD = 8.0
_FINISHED = (".", ";", ":")


class _Cell(Struct):
    """A cell while its table is put together: lines of all pages, rows and columns from 0."""

    lines: list[PdfLine]
    edges: dict[int, Edges]
    page: int
    row: int
    column: int
    height: int
    width: int

    @property
    def text(self) -> str:
        return " ".join(line.text.strip() for line in self.lines).strip()


def goes_on(before: Fragment, fragment: Fragment) -> bool:
    """Whether a fragment has the columns of the one on the page before."""
    one, other = _edges(before.boxes), _edges(fragment.boxes)
    few, many = sorted((one, other), key=len)
    ends = abs(one[0] - other[0]) <= EDGE and abs(one[-1] - other[-1]) <= EDGE
    return fragment.page == before.page + 1 and ends and all(_near(edge, many) is not None for edge in few)


def table_of(fragments: Sequence[Fragment], number: int, remarks: Remarks) -> SourceTable:
    """Return the fragments as one table."""
    edges = _edges(box for fragment in fragments for box in fragment.boxes)
    place = f"trang {fragments[0].page}, bảng {number}"
    cells: list[_Cell] = []
    rows = heads = 0
    for fragment in fragments:
        found, count = _cells(fragment, edges)
        repeated = _repeated(cells, found) if cells else 0
        heads = max(heads, repeated)
        found, count = [cell for cell in found if cell.row >= repeated], count - repeated
        for cell in found:
            cell.row += rows - repeated
        if cells and _is_cut(cells, found, rows, len(edges) - 1):
            _join(cells, found, rows)
            found = [cell for cell in found if cell.row > rows]
            for cell in found:
                cell.row -= 1
            count -= 1
            message = f"dòng bị ngắt sang trang {fragment.page}, đã nối làm một"
            remarks.add(f"{place} dòng {rows}", message, "đối chiếu dòng này với bản in")
        cells += found
        rows += count
    columns = len(edges) - 1
    check_size(rows, columns)
    made = [_made(cell, number, remarks) for cell in sorted(cells, key=lambda one: (one.row, one.column))]
    return SourceTable(tuple(made), place, rows, columns, heads)


def _made(cell: _Cell, number: int, remarks: Remarks) -> SourceCell:
    place = f"trang {cell.page}, bảng {number} dòng {cell.row + 1} cột {cell.column + 1}"
    paragraphs = tuple(_paragraphs(cell, place, remarks))
    return SourceCell(paragraphs, place, cell.row, cell.column, cell.height, cell.width)


def _paragraphs(cell: _Cell, place: str, remarks: Remarks) -> Iterator[SourceParagraph]:
    for lines in paragraphs_of(cell.lines, cell.edges):
        runs = runs_of(lines)
        if text := text_of(runs, place, remarks):
            frame = Frame(centered=all(cell.edges[line.page].is_centered(line) for line in lines))
            yield paragraph_of(text, runs, place, frame)


def _edges(boxes: Iterable[Box]) -> list[float]:
    return _clustered(edge for box in boxes for edge in (box.x0, box.x1))


def _clustered(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > EDGE:
            found.append(value)
    return found


def _near(value: float, edges: Sequence[float]) -> int | None:
    return next((at for at, edge in enumerate(edges) if abs(edge - value) <= 2 * EDGE), None)


def _cells(fragment: Fragment, edges: Sequence[float]) -> tuple[list[_Cell], int]:
    """Return the cells of a fragment, rows from 0, and their number of rows."""
    across = _clustered(edge for box in fragment.boxes for edge in (box.top, box.bottom))
    cells: list[_Cell] = []
    taken: set[tuple[int, int]] = set()
    for box in fragment.boxes:
        left, right, top, bottom = (
            _near(box.x0, edges),
            _near(box.x1, edges),
            _near(box.top, across),
            _near(box.bottom, across),
        )
        if left is None or right is None or top is None or bottom is None or right <= left or bottom <= top:
            continue
        places = {(row, column) for row in range(top, bottom) for column in range(left, right)}
        if taken.isdisjoint(places):
            taken |= places
            around = {fragment.page: _inside(box)}
            cells.append(_Cell(box.lines, around, fragment.page, top, left, bottom - top, right - left))
    return cells, len(across) - 1


def _inside(box: Box) -> Edges:
    """Return where the text of a cell may stand: as far from the right border as from the left one."""
    pad = min([_WIDEST_PAD, *(line.x0 - box.x0 for line in box.lines)])
    return Edges(box.x0 + pad, box.x1 - max(pad, 0))


def _row(cells: Iterable[_Cell], row: int) -> dict[int, _Cell]:
    return {cell.column: cell for cell in cells if cell.row == row}


def _repeated(cells: Sequence[_Cell], found: Sequence[_Cell]) -> int:
    """Return how many rows at the top of a fragment repeat those of the table."""
    count = 0
    for row in range(_MOST_HEADS):
        one, other = _row(cells, row), _row(found, row)
        if not other or not _same(one, other):
            break
        count = row + 1
    # A merged cell ends with the heads, too.
    while count and any(cell.row < count < cell.row + cell.height for cell in found):
        count -= 1
    return count


def _same(one: dict[int, _Cell], other: dict[int, _Cell]) -> bool:
    shapes = ({column: (cell.text, cell.width) for column, cell in row.items()} for row in (one, other))
    return next(shapes) == next(shapes) and any(cell.text for cell in one.values())


def _is_cut(cells: Sequence[_Cell], found: Sequence[_Cell], rows: int, columns: int) -> bool:
    """Whether the first row of a fragment goes on with the last one of the table."""
    below = _row(found, rows)
    above = {cell.column: cell for cell in cells if cell.row + cell.height == rows}
    if not below or any(cell.height > 1 or column not in above for column, cell in below.items()):
        return False
    filled = {column for column, cell in below.items() if cell.text}
    if not filled or any(below[column].width != above[column].width for column in below):
        return False
    unfinished = [
        column
        for column in filled
        if above[column].text and (below[column].text[0].islower() or not above[column].text.endswith(_FINISHED))
    ]
    if 0 not in filled and 0 in above and above[0].text:
        return bool(unfinished) or 2 * len(filled) <= columns
    return any(below[column].text[0].islower() and above[column].text for column in filled)


def _join(cells: Sequence[_Cell], found: Sequence[_Cell], rows: int) -> None:
    above = {cell.column: cell for cell in cells if cell.row + cell.height == rows}
    for column, cell in _row(found, rows).items():
        above[column].lines = above[column].lines + cell.lines
        above[column].edges = {**above[column].edges, **cell.edges}
