"""Listings as terminal tables. Control characters in data are made visible, so data cannot style or break the terminal.

Uses rich to measure cell widths, but not its tables, which take up to three times as long on long lists. Imports its console
only for the rare text that `_wrapped` cannot wrap itself: that import doubles the start-up time.
"""

import re
from collections.abc import Callable, Iterator
from itertools import accumulate, pairwise, zip_longest

from rich.cells import cell_len

from kehoach_cli.render.listing import Block, Column, Listing
from kehoach_cli.viet.text import without_controls

_STYLES = {1: "bold underline", 2: "bold", 3: "italic"}
_SMALLEST = 40
_GAP = 2
# Wide enough for a date and for any Vietnamese word.
_NARROWEST = 10
_SYLLABLE = 6
_LETTER = 2
# Words of one-cell characters with single spaces or line ends between them: nearly every cell is like this.
WORD = "[!-~\xa1-\xac\xae-\u02ff\u1e00-\u1eff\u2010-\u2027\u2190-\u21ff\u2200-\u22ff\u25b2\u2713\u2717]+"
_is_plain = re.compile(rf"{WORD}(?:[ \n]{WORD})*").fullmatch


def render_table(listing: Listing, width: int, *, color: bool) -> str:
    """Return the listing for a terminal of `width` columns."""
    lines: list[str] = []
    for number, block in enumerate(listing.blocks):
        if number and (block.heading or block.lines):
            lines.append("")
        lines += _block_lines(block, max(width, _SMALLEST), _styled if color else _unstyled)
    return "\n".join(lines) + "\n"


def _styled(line: str, style: str) -> str:
    from rich.style import Style

    return Style.parse(style).render(line)


def _unstyled(line: str, style: str) -> str:
    del style
    return line


def _block_lines(block: Block, width: int, styled: Callable[[str, str], str]) -> Iterator[str]:
    if block.heading:
        yield from (styled(line, _STYLES.get(block.level, "")) for line in _wrapped(block.heading, width))
    for line in block.lines:
        yield from _wrapped(line, width)
    if block.rows:
        widths = _widths(block, width)
        rule = "─" * (sum(widths) + _GAP * (len(widths) - 1))
        for line in _row_lines(tuple(column.header for column in block.columns), block.columns, widths):
            yield styled(line, "bold")
        for row in block.rows:
            yield rule
            yield from _row_lines(row, block.columns, widths)


def _row_lines(row: tuple[str, ...], columns: tuple[Column, ...], widths: list[int]) -> Iterator[str]:
    cells = []
    for cell, column, width in zip(row, columns, widths, strict=True):
        pieces = _wrapped(cell, width)
        blanks = [" " * (width - size) for size in (map(len, pieces) if _is_plain(cell) else map(cell_len, pieces))]
        cells.append([b + p if column.right else p + b for p, b in zip(pieces, blanks, strict=True)])
    empty = [" " * width for width in widths]
    gap = " " * _GAP
    for placed in zip_longest(*cells):
        yield gap.join([piece or blank for piece, blank in zip(placed, empty, strict=True)]).rstrip()


def _wrapped(text: str, width: int) -> list[str]:
    """Return lines of at most `width` cells. Lines break between words; a word longer than a line is cut."""
    if text and not _is_plain(text):
        from rich.console import Console
        from rich.text import Text

        shown = Text("\n".join(map(without_controls, text.split("\n"))))
        return [line.plain.rstrip() for line in shown.wrap(Console(), width, overflow="fold")]
    lines = []
    for line in text.split("\n"):
        while len(line) > width:
            end = line.rfind(" ", 0, width + 1)
            lines.append(line[:width] if end < 0 else line[:end])
            line = line[width:] if end < 0 else line[end + 1 :]  # noqa: PLW2901 - the rest of the line
        lines.append(line)
    return lines


def _widths(block: Block, width: int) -> list[int]:
    """Return the width of each column: a fixed one is as wide as its widest line, the others share the rest by weight."""
    columns = block.columns
    widths = [
        max(len(line) if _is_plain(line) else cell_len(line) for cell in cells for line in cell.split("\n"))
        for cells in zip([column.header for column in columns], *block.rows, strict=True)
    ]
    width -= _GAP * (len(columns) - 1)
    free = [index for index, column in enumerate(columns) if not column.fixed]
    room = width - sum(wide for wide, column in zip(widths, columns, strict=True) if column.fixed)
    if room < _SYLLABLE * len(free):
        needed = [wide if column.fixed else min(wide, _SYLLABLE) for wide, column in zip(widths, columns, strict=True)]
        return _squeezed(needed, width)
    _share([column.weight for column in columns], widths, free, room)
    for index, wide in zip(free, _squeezed([widths[index] for index in free], room), strict=True):
        widths[index] = wide
    return widths


def _share(weights: list[int], widths: list[int], free: list[int], room: int) -> None:
    """Set the widths of the `free` columns: a column that needs less than its share leaves the rest to the others."""
    while free:
        unit = room / sum(weights[index] for index in free)
        wide = [index for index in free if widths[index] > unit * weights[index]]
        if len(wide) == len(free):
            break
        room -= sum(widths[index] for index in free if index not in wide)
        free = wide
    for index in free:
        widths[index] = max(_NARROWEST, int(unit * weights[index]))


def _squeezed(widths: list[int], room: int) -> list[int]:
    """Return widths that fit into the room, reduced in proportion; each keeps room for any letter."""
    total = sum(widths)
    if total <= room:
        return widths
    ends = [end * room // total for end in accumulate(widths)]
    narrow = [max(_LETTER, end - start) for start, end in pairwise([0, *ends])]
    while sum(narrow) > room and max(narrow) > _LETTER:
        narrow[narrow.index(max(narrow))] -= 1
    return narrow
