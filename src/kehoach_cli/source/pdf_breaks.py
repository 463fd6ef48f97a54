"""The cells of a table at a page break: which of them go on below it."""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from kehoach_cli.source.pdf_lines import Edges
from kehoach_cli.source.pdf_pages import PdfLine
from kehoach_cli.viet.text import is_unfinished

_NUMBER = re.compile(r"\(?(?:[IVXLC]+|\d+)(?:\.\d+)*\)?[.)]?")
_FINISHED = (".", ";", ":")
# In lines of text: what is left below the last line of a cell whose text goes on.
_ROOM = 2.0
# A row that is a heading has at most a number and a text.
_HEADING = 2


class PdfCell(Struct, eq=False):
    """A cell while its table is put together: lines of all pages, rows and columns from 0.

    `room` is how many more lines fit below its text on its last page; `begins_page` says that it stands below a page break.
    """

    lines: list[PdfLine]
    edges: dict[int, Edges]
    page: int
    row: int
    column: int
    height: int
    width: int
    room: float = 0
    begins_page: bool = False

    @property
    def text(self) -> str:
        """The letters of its lines."""
        return " ".join(line.text.strip() for line in self.lines).strip()


class PageBreak:
    """The last row above a page break and the first one below it.

    `cut` says that the two are one row, which the break cuts. `going_on` are the cells above with what goes on with them below;
    `doubtful` are those of which it is not clear.
    """

    def __init__(self, cells: Iterable[PdfCell], found: Sequence[PdfCell], rows: int, columns: int) -> None:
        """`rows` is the number of rows above; those of the cells below count on from it."""
        below = {cell.column: cell for cell in found if cell.row == rows}
        ending = {cell.column: cell for cell in cells if cell.row + cell.height == rows}
        pairs = {
            column: (ending[column], cell)
            for column, cell in below.items()
            if column in ending and ending[column].width == cell.width
        }
        self.cut = bool(pairs) and len(pairs) == len(below) and _is_one_row(pairs, columns)
        self.going_on = [pair for pair in pairs.values() if self.cut or _is_merged_over(*pair)]
        blank = not any(cell.text for cell in below.values())
        self.doubtful = [] if self.cut or blank else [pair for pair in pairs.values() if _may_be_merged_over(*pair)]


def _is_one_row(pairs: dict[int, tuple[PdfCell, PdfCell]], columns: int) -> bool:
    filled = [pair for pair in pairs.values() if pair[1].text]
    if not filled:
        return False
    first = pairs.get(0)
    if first and filled == [first]:
        # A long number in a narrow column: "VII" above the break, "I.11" below it.
        return bool(first[0].text) and _NUMBER.fullmatch(f"{first[0].text}{first[1].text}".replace(" ", "")) is not None
    if first and first[0].text and not first[1].text:
        return any(map(_unfinished, filled)) or 2 * len(filled) <= columns
    if first and all(_NUMBER.fullmatch(one.text) for one in first):
        return False
    return any(below.text[0].islower() and above.text for above, below in filled)


def _unfinished(pair: tuple[PdfCell, PdfCell]) -> bool:
    above, below = pair
    return bool(above.text) and (below.text[0].islower() or not above.text.endswith(_FINISHED))


def _is_merged_over(above: PdfCell, below: PdfCell) -> bool:
    """Whether a merged cell covers rows on both pages: what is below is blank over several rows, or goes on in its text."""
    if not below.text:
        return bool(above.text) and below.height > 1
    return _overflows(above, below) and (
        below.text[0].islower() or above.text.endswith(";") or is_unfinished(above.text)
    )


def _may_be_merged_over(above: PdfCell, below: PdfCell) -> bool:
    if not above.text or (above.column == 0 and _NUMBER.fullmatch(above.text)) or _is_merged_over(above, below):
        return False
    return not below.text or _overflows(above, below)


def _overflows(above: PdfCell, below: PdfCell) -> bool:
    """Whether a merged cell is full, so that its text may go on below."""
    return max(above.height, below.height) > 1 and bool(above.text) and above.room < _ROOM


def rarely_blank(cells: Sequence[PdfCell], column: int) -> bool:
    """Whether only cells that stand below a page break are blank in a column, in rows that are no headings."""
    filled: dict[int, int] = {}
    for cell in cells:
        for row in range(cell.row, cell.row + cell.height) if cell.text else ():
            filled[row] = filled.get(row, 0) + 1
    heading = min(_HEADING, max(cell.column for cell in cells) - 1)
    own = [cell for cell in cells if cell.column == column and filled.get(cell.row, 0) > heading]
    blank = [cell for cell in own if not cell.text and not cell.begins_page]
    return len(own) > len(blank) == 0
