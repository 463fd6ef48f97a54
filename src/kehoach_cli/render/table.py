"""Listings as terminal tables (rich). Data never styles or breaks the terminal: markup is off, control characters are shown."""

import re
from collections.abc import Iterator
from io import StringIO
from itertools import accumulate, pairwise, zip_longest

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.segment import Segment
from rich.text import Text

from kehoach_cli.render.listing import Block, Listing
from kehoach_cli.viet.text import without_controls

_STYLES = {1: "bold underline", 2: "bold", 3: "italic"}
_SMALLEST = 40
_GAP = 2
# Wide enough for a date, and for any Vietnamese word.
_NARROWEST = 10
_SYLLABLE = 6
# Words of letters as wide as one cell with single spaces between them, in lines: nearly every cell there is.
_WORD = "[!-~\xa1-\xac\xae-\u02ff\u1e00-\u1eff\u2010-\u2027]+"
_PLAIN = re.compile(rf"{_WORD}(?:[ \n]{_WORD})*")
_LINE_END = Segment.line()


def render_table(listing: Listing, width: int, *, color: bool) -> str:
    """Return the listing for a terminal of `width` columns."""
    target = StringIO()
    console = Console(
        file=target,
        width=max(width, _SMALLEST),
        force_terminal=color,
        no_color=not color,
        color_system="standard" if color else None,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )
    for number, block in enumerate(listing.blocks):
        if number and (block.heading or block.lines):
            console.print()
        _print_block(console, block)
    return "\n".join(line.rstrip() for line in target.getvalue().splitlines()) + "\n"


def _print_block(console: Console, block: Block) -> None:
    if block.heading:
        console.print(_text(block.heading, _STYLES.get(block.level, "")), soft_wrap=False)
    for line in block.lines:
        console.print(_text(line))
    if block.rows:
        # No line is wider than the console: cropping would only measure every letter once more.
        console.print(Rows(block), crop=False)


class Rows:
    """The table of a block. rich's own table measures each cell three times, letter by letter where letters have accents."""

    def __init__(self, block: Block) -> None:
        """Take a block with rows."""
        self._block = block

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """Yield the lines of the header and of each row, with a rule before each row."""
        columns = self._block.columns
        widths = _widths(self._block, options.max_width)
        rule = Segment("─" * (sum(widths) + _GAP * (len(widths) - 1)) + "\n")
        bold = console.get_style("bold")
        for number, row in enumerate([tuple(column.header for column in columns), *self._block.rows]):
            if number:
                yield rule
            cells = [_lines(console, cell, width) for cell, width in zip(row, widths, strict=True)]
            for pieces in zip_longest(*cells, fillvalue=""):
                placed = map(_placed, pieces, widths, (column.right for column in columns))
                yield Segment((" " * _GAP).join(placed).rstrip(), None if number else bold)
                yield _LINE_END


def _lines(console: Console, cell: str, width: int) -> list[str]:
    if _PLAIN.fullmatch(cell):
        return [piece for line in cell.split("\n") for piece in _wrapped(line, width)]
    return [line.plain.rstrip() for line in _text(cell).wrap(console, width, overflow="fold")]


def _wrapped(line: str, width: int) -> Iterator[str]:
    """Yield pieces of at most `width` letters, broken between words; a longer word begins a line and is broken anywhere."""
    while len(line) > width:
        end = line.rfind(" ", 0, width + 1)
        yield line[:width] if end < 0 else line[:end]
        line = line[width:] if end < 0 else line[end + 1 :]
    yield line


def _placed(piece: str, width: int, right: bool) -> str:  # noqa: FBT001 - called by map
    blanks = " " * (width - _cells(piece))
    return blanks + piece if right else piece + blanks


def _cells(line: str) -> int:
    """Return how many cells of a terminal a line takes."""
    return len(line) if not line or _PLAIN.fullmatch(line) else cell_len(line)


def _widths(block: Block, width: int) -> list[int]:
    """Return the width of each column: fixed ones as wide as their widest line, the others by weight, none wider than needed."""
    columns = block.columns
    widths = [
        max(_cells(line) for cell in cells for line in cell.split("\n"))
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
    """Give columns their share of the room; one that needs less leaves the rest to the others, none gets uselessly little."""
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
    """Return widths that fit into the room, each one less wide in proportion where they do not."""
    total = sum(widths)
    if total <= room:
        return widths
    ends = [end * room // total for end in accumulate(widths)]
    return [max(1, end - start) for start, end in pairwise([0, *ends])]


def _text(content: str, style: str = "") -> Text:
    return Text("\n".join(without_controls(line) for line in content.split("\n")), style=style)
