"""Tables of a PDF: the parts on several pages as one table, repeated heads left out, rows that a page cuts joined."""

from collections.abc import Iterable, Iterator, Sequence

from kehoach_cli.core.model.source_text import SourceCell, SourceParagraph, SourceTable
from kehoach_cli.source.blocks import Remarks, check_size
from kehoach_cli.source.pdf_breaks import PageBreak, PdfCell, rarely_blank
from kehoach_cli.source.pdf_lines import Edges, paragraphs_of, runs_of
from kehoach_cli.source.pdf_pages import EDGE, Box, Fragment
from kehoach_cli.source.pieces import Frame, paragraph_of, text_of

_MOST_HEADS = 5
_WIDEST_PAD = 8.0


def goes_on(before: Fragment, fragment: Fragment) -> bool:
    """Whether a fragment has the columns of the one on the page before; those without borders are made the same."""
    if before.columns and fragment.columns:
        return _with_edges_of(before, fragment)
    one, other = _edges(before.boxes), _edges(fragment.boxes)
    few, many = sorted((one, other), key=len)
    ends = abs(one[0] - other[0]) <= EDGE and abs(one[-1] - other[-1]) <= EDGE
    return fragment.page == before.page + 1 and ends and all(_near(edge, many) is not None for edge in few)


def _with_edges_of(before: Fragment, fragment: Fragment) -> bool:
    """Put the edges of a fragment without borders where the one before has them, if its columns stand below these."""
    edges, own = _edges(before.boxes), _edges(fragment.boxes)
    fits = len(edges) == len(own) and all(
        one[0] < other[1] and other[0] < one[1] for one, other in zip(before.columns, fragment.columns, strict=False)
    )
    if fits and fragment.page == before.page + 1:
        new = dict(zip(own, edges, strict=True))
        for box in fragment.boxes:
            box.x0, box.x1 = new.get(box.x0, box.x0), new.get(box.x1, box.x1)
        return True
    return False


def table_of(fragments: Sequence[Fragment], number: int, remarks: Remarks) -> SourceTable:
    """Return the fragments as one table."""
    edges = _edges(box for fragment in fragments for box in fragment.boxes)
    place = f"trang {fragments[0].page}, bảng {number}"
    cells: list[PdfCell] = []
    blanks: list[tuple[PdfCell, PdfCell]] = []
    rows = heads = 0
    for fragment in fragments:
        found, count = _cells(fragment, edges)
        repeated = _repeated(cells, found) if cells else 0
        heads = max(heads, repeated)
        found, count = [cell for cell in found if cell.row >= repeated], count - repeated
        for cell in found:
            cell.row += rows - repeated
            cell.begins_page = cell.row == rows > 0
        if cells:
            over = PageBreak(cells, found, rows, len(edges) - 1)
            found, count = _joined(over, found, rows), count - over.cut
            _say(over, (place, number), (rows, fragment.page), remarks)
            blanks += [(above, below) for above, below in over.doubtful if not below.text]
        cells += found
        rows += count
    _settle(blanks, cells, number, remarks)
    columns = len(edges) - 1
    check_size(rows, columns)
    made = [_made(cell, number, remarks) for cell in sorted(cells, key=lambda one: (one.row, one.column))]
    return SourceTable(tuple(made), place, rows, columns, heads)


def _made(cell: PdfCell, number: int, remarks: Remarks) -> SourceCell:
    place = _place(cell, number)
    paragraphs = tuple(_paragraphs(cell, place, remarks))
    return SourceCell(paragraphs, place, cell.row, cell.column, cell.height, cell.width)


def _place(cell: PdfCell, number: int) -> str:
    return f"trang {cell.page}, bảng {number} dòng {cell.row + 1} cột {cell.column + 1}"


def _joined(over: PageBreak, found: Sequence[PdfCell], rows: int) -> list[PdfCell]:
    """Return the cells below a page break without what was put into those above."""
    for above, below in over.going_on:
        above.lines, above.edges, above.room = above.lines + below.lines, {**above.edges, **below.edges}, below.room
        above.height += below.height - over.cut
    gone = {id(below) for _, below in over.going_on}
    kept = [cell for cell in found if id(cell) not in gone and (cell.row > rows or not over.cut)]
    for cell in kept:
        cell.row -= over.cut
    return kept


def _say(over: PageBreak, table: tuple[str, int], at: tuple[int, int], remarks: Remarks) -> None:
    """Remark what a page break has cut; `table` is its place and number, `at` the last row above and the page below."""
    (place, number), (row, page) = table, at
    if over.cut:
        message = f"dòng bị ngắt sang trang {page}, đã nối làm một"
        remarks.add(f"{place} dòng {row}", message, "đối chiếu dòng này với bản in")
    elif over.going_on:
        columns = ", ".join(str(above.column + 1) for above, _ in over.going_on)
        message = f"ô gộp ở cột {columns} tiếp sang trang {page}, đã tính cho cả các dòng tiếp"
        remarks.add(f"{place} dòng {row}", message, "đối chiếu các dòng này với bản in")
    for _, below in over.doubtful:
        if below.text:
            message = "ô ở đầu trang, ngay dưới một ô gộp: không rõ là ô riêng hay phần tiếp của ô gộp đó"
            remarks.add(_place(below, number), message, "đối chiếu ô này với bản in")


def _settle(blanks: Iterable[tuple[PdfCell, PdfCell]], cells: list[PdfCell], number: int, remarks: Remarks) -> None:
    """Take a blank cell at the top of a page for the end of the cell above it where its column is never blank; say so."""
    for above, below in blanks:
        if rarely_blank(cells, below.column):
            above.height += below.height
            cells.remove(below)
            message = f"ô trống ở đầu trang {below.page} (dòng {below.row + 1}) được tính là phần tiếp của ô này"
            remarks.add(_place(above, number), message, "đối chiếu ô này với bản in")
        elif above.height > 1:
            message = "ô trống ở đầu trang, ngay dưới một ô gộp: không rõ là để trống hay phần tiếp của ô gộp đó"
            remarks.add(_place(below, number), message, "đối chiếu ô này với bản in")


def _paragraphs(cell: PdfCell, place: str, remarks: Remarks) -> Iterator[SourceParagraph]:
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


def _cells(fragment: Fragment, edges: Sequence[float]) -> tuple[list[PdfCell], int]:
    """Return the cells of a fragment, rows from 0, and their number of rows."""
    across = _clustered(edge for box in fragment.boxes for edge in (box.top, box.bottom))
    cells: list[PdfCell] = []
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
            cells.append(PdfCell(box.lines, around, fragment.page, top, left, bottom - top, right - left, _room(box)))
    return cells, len(across) - 1


def _inside(box: Box) -> Edges:
    """Return where the text of a cell may stand: as far from the right border as from the left one."""
    pad = min([_WIDEST_PAD, *(line.x0 - box.x0 for line in box.lines)])
    return Edges(box.x0 + pad, box.x1 - max(pad, 0))


def _room(box: Box) -> float:
    """Return how many more lines fit below the text of a cell."""
    last = max(box.lines, key=lambda line: line.bottom, default=None)
    return (box.bottom - last.bottom) / (last.bottom - last.top) if last else 0


def _row(cells: Iterable[PdfCell], row: int) -> dict[int, PdfCell]:
    return {cell.column: cell for cell in cells if cell.row == row}


def _repeated(cells: Sequence[PdfCell], found: Sequence[PdfCell]) -> int:
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


def _same(one: dict[int, PdfCell], other: dict[int, PdfCell]) -> bool:
    shapes = ({column: (cell.text, cell.width) for column, cell in row.items()} for row in (one, other))
    return next(shapes) == next(shapes) and any(cell.text for cell in one.values())
