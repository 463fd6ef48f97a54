"""Tables that hold more than a table: a sheet of Excel with the whole document in it, two appendices below each other."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from kehoach_cli.core.draft.appendices import begins_appendix
from kehoach_cli.core.draft.lines import line_of
from kehoach_cli.core.draft.roles import role_of_head
from kehoach_cli.core.draft.tables import MOST_BEFORE_HEAD, TELLING
from kehoach_cli.core.model.source_text import SourceCell, SourceParagraph, SourceTable
from kehoach_cli.viet.text import in_both_tone_styles

_LONGEST_HEAD = 90
_MARK = re.compile(r"[-–+•]|\(?[a-zđ]\)|(?:[IVX]+|\d{1,2}(?:\.\d{1,2})*)[.)]?")
_MARKED = re.compile(r".*[.)]|[-–+•]")
_LETTERHEAD = re.compile(in_both_tone_styles("CỘNG HÒA XÃ HỘI|Cộng hòa xã hội"))
_FEW_ROWS = 5
_MOSTLY = 0.8


def unrolled(table: SourceTable) -> Iterator[SourceParagraph | SourceTable]:
    """Yield a table, or, where its rows are lines of text with tables between them, these lines and tables in order."""
    rows = [_cells(table, row) for row in range(table.rows)]
    heads = {at for at, cells in enumerate(rows) if _is_head(cells)}
    if not _is_text(rows, heads):
        yield table
        return
    start: int | None = None
    for at, cells in enumerate(rows):
        alone = len(cells) == 1 and begins_appendix(line_of(cells[0].text, ""))
        if start is not None and alone:
            yield _part(table, start, at)
            start = None
        elif start is None and at in heads:
            start = at
        if start is None:
            yield from _lines([cell for cell in cells if cell.row == at])
    if start is not None:
        yield _part(table, start, table.rows)


def _cells(table: SourceTable, row: int) -> list[SourceCell]:
    """Return the cells of a row that have text, each once."""
    found = dict.fromkeys(id(cell) for cell in table.grid[row] if cell and cell.text)
    by_id = {id(cell): cell for cell in table.grid[row] if cell}
    return [by_id[one] for one in found]


def _lines(cells: list[SourceCell]) -> Iterator[SourceParagraph]:
    """Yield the paragraphs of a row; a number or dash in a cell of its own stands before the text beside it."""
    if _numbered(cells):
        first, *rest = cells[1].paragraphs
        number = cells[0].text if _MARKED.fullmatch(cells[0].text) else f"{cells[0].text}."
        yield replace(first, number=number)
        yield from rest
        return
    for cell in cells:
        yield from cell.paragraphs


def _numbered(cells: list[SourceCell]) -> bool:
    """Whether a row is a number or a dash, and one text."""
    return len(cells) == 2 and bool(cells[1].paragraphs) and bool(_MARK.fullmatch(cells[0].text))  # noqa: PLR2004


def _is_head(cells: list[SourceCell]) -> bool:
    roles = {role_of_head(cell.text) for cell in cells if len(cell.text) <= _LONGEST_HEAD}
    return len(roles & TELLING) > 1


def _is_text(rows: list[list[SourceCell]], heads: set[int]) -> bool:
    """Whether a table has lines of text before its head, between its parts, or nothing but lines."""
    if any(at > MOST_BEFORE_HEAD for at in heads) and not any(at <= MOST_BEFORE_HEAD for at in heads):
        return True
    if not heads and any(_LETTERHEAD.search(cell.text) for cells in rows[:2] for cell in cells):
        # A page whose lines a program has drawn as a table.
        return True
    alone = [cells for cells in rows if len(cells) == 1 or _numbered(cells)]
    if any(begins_appendix(line_of(cells[0].text, "")) for cells in alone if len(cells) == 1):
        return True
    return not heads and len(rows) >= _FEW_ROWS and len(alone) >= _MOSTLY * len(rows)


def _part(table: SourceTable, start: int, end: int) -> SourceTable:
    """Return the rows of a table from `start` to before `end`; their places stay those of the whole."""
    cells = tuple(
        replace(cell, row=cell.row - start, height=min(cell.height, end - cell.row))
        for cell in table.cells
        if start <= cell.row < end
    )
    return SourceTable(cells, table.place, end - start, table.columns)
