"""Tables whose bars stand on lines of their own, as programs that save pages as text leave them."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from kehoach_cli.core.model.source_text import SourceCell, SourceParagraph, SourceTable

BAR = "|"
# What has fewer cells is a letterhead or a signature.
FEWEST_CELLS = 7
# In lines: a list of recipients is the longest cell.
_LONGEST_CELL = 40
# No table of a plan has fewer or more columns.
_COLUMNS = range(3, 13)
_NUMBER = re.compile(r"\(?(?:[IVXLC]+|\d+(?:[./-]\d+)*|[A-Za-zĐđ])[.)]*")


def end_of_bars(lines: Sequence[str], at: int) -> int:
    """Return the line behind the last bar that goes on from the one at `at`: neither an empty line nor a text is between them."""
    end = at + 1
    for number in range(at + 1, len(lines)):
        if not lines[number] or number - end >= _LONGEST_CELL:
            break
        if lines[number] == BAR:
            end = number + 1
    return end


def table_of_bars(cells: Sequence[tuple[SourceParagraph, ...] | None], place: str) -> SourceTable | None:
    """Return what stands from bar to bar (None) as a table; None where the bars can be read in no way or in several.

    A row of n columns has n + 1 bars, with a text or nothing between them; the first row has all texts. A row of a number and
    a title, or of a title alone, may cover the columns behind.
    """
    rows = _Rows(cells).only() or _Rows(_without_last_bars(cells)).only()
    if not rows:
        return None
    columns = len(rows[0])
    made = []
    for row, texts in enumerate(rows):
        for column, paragraphs in enumerate(texts):
            at = f"{place} dòng {row + 1} cột {column + 1}"
            width = columns - column if column + 1 == len(texts) else 1
            made.append(SourceCell(tuple(replace(one, place=at) for one in paragraphs), at, row, column, 1, width))
    return SourceTable(tuple(made), place, len(rows), columns)


_Cell = tuple[SourceParagraph, ...]
_Row = tuple[_Cell, ...]


def _without_last_bars(cells: Sequence[_Cell | None]) -> Sequence[_Cell | None]:
    """Return the cells without the bars behind the end of the last row: programs leave a blank row for the widths of columns."""
    last = max((at for at, cell in enumerate(cells) if cell is not None), default=-1)
    return cells[: last + 2]


class _Rows:
    """The ways to read bars and cells as rows."""

    def __init__(self, pieces: Sequence[_Cell | None]) -> None:
        self._pieces = pieces
        ends = (at for at, (one, after) in enumerate(pairwise(pieces)) if one is None and after is None)
        self._columns = next(ends, len(pieces)) // 2

    def only(self) -> list[_Row]:
        """Return the rows where there is one way to read them, else nothing."""
        end = len(self._pieces)
        if self._columns not in _COLUMNS:
            return []
        # How many ways lead from a bar to the end, and the first step of the last one: from the end back.
        ways = [0] * end + [1]
        steps: dict[int, tuple[_Row, int]] = {}
        for at in range(end - 1, -1, -1):
            for row, behind in self._rows_at(at):
                if ways[behind]:
                    ways[at] = min(ways[at] + ways[behind], 2)
                    steps[at] = (row, behind)
        rows: list[_Row] = []
        at = 0
        while ways[0] == 1 and at < end:
            row, at = steps[at]
            rows.append(row)
        return rows

    def _rows_at(self, at: int) -> Iterator[tuple[_Row, int]]:
        """Yield the rows that may begin at a bar, each with where the next one begins."""
        row: list[_Cell] = []
        if self._pieces[at] is not None:
            return
        at += 1
        while at < len(self._pieces) and len(row) < self._columns:
            cell = self._pieces[at]
            row.append(cell or ())
            at += 1 if cell is None else 2
            if _is_title(row) and at <= len(self._pieces):
                yield tuple(row), at
        if len(row) == self._columns and at <= len(self._pieces):
            yield tuple(row), at


def _is_title(row: Sequence[_Cell]) -> bool:
    """Whether cells are a title over rows: a text that is no number, behind a number or alone."""
    if len(row) > 2 or not all(row):  # noqa: PLR2004 - a number and a title
        return False
    *number, title = (" ".join(one.text for one in cell) for cell in row)
    return all(map(_NUMBER.fullmatch, number)) and " " in title and not _NUMBER.fullmatch(title)
