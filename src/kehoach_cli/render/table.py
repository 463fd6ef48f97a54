"""Listings as terminal tables (rich). Data never styles or breaks the terminal: markup is off, control characters are shown."""

import re
from collections.abc import Iterator
from io import StringIO
from typing import Literal

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from kehoach_cli.render.listing import Block, Listing
from kehoach_cli.viet.text import without_controls

_STYLES = {1: "bold underline", 2: "bold", 3: "italic"}
_SMALLEST = 40
_GAP = 2
# Wide enough for a date, and for any Vietnamese word.
_NARROWEST = 10
# Words of letters as wide as one cell with single spaces between them, in lines: nearly every cell there is.
_WORD = "[!-~\xa1-\xac\xae-\u02ff\u1e00-\u1eff\u2010-\u2027]+"
_PLAIN = re.compile(rf"{_WORD}(?:[ \n]{_WORD})*")


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
        console.print(_table(block, console.width))


def _table(block: Block, width: int) -> Table:
    table = Table(box=box.HORIZONTALS, show_lines=True, show_edge=False, pad_edge=False, padding=0, header_style="bold")
    # The box puts one blank between columns; the other is the last of each cell but those of the last column.
    gaps = [1] * (len(block.columns) - 1) + [0]
    for column, columns_width, gap in zip(block.columns, _widths(block, width), gaps, strict=True):
        justify: Literal["left", "right"] = "right" if column.right else "left"
        table.add_column(_cell(column.header, gap), width=columns_width + gap, overflow="fold", justify=justify)
    for row in block.rows:
        table.add_row(*map(_cell, row, gaps))
    return table


def _cell(content: str, gap: int) -> "PlainCell | Padding":
    return PlainCell(content, gap) if _PLAIN.fullmatch(content) else Padding(_text(content), (0, gap, 0, 0))


class PlainCell:
    """A cell of plain words: rich wraps it as it wraps `Text`, in a third of the time."""

    __slots__ = ("_content", "_gap")

    def __init__(self, content: str, gap: int) -> None:
        """Take a text of letters as wide as one cell, with single spaces between its words; `gap` blanks follow each line."""
        self._content = content
        self._gap = " " * gap

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """Yield the cell as rich asks for it: at most as wide as `options` say, to the left or to the right."""
        width = max(1, options.max_width - len(self._gap))
        lines = self._content.split("\n")
        placed = str.rjust if options.justify == "right" else str.ljust
        yield Segment("\n".join(placed(piece, width) + self._gap for line in lines for piece in _wrapped(line, width)))
        yield Segment.line()


def _wrapped(line: str, width: int) -> Iterator[str]:
    """Yield pieces of at most `width` letters, broken between words; a longer word begins a line and is broken anywhere."""
    while len(line) > width:
        end = line.rfind(" ", 0, width + 1)
        yield line[:width] if end < 0 else line[:end]
        line = line[width:] if end < 0 else line[end + 1 :]
    yield line


def _widths(block: Block, width: int) -> list[int]:
    """Return the width of each column: fixed ones as wide as their widest line, the others by weight, none wider than needed."""
    widest = [
        max(
            cell_len(line) for cell in (column.header, *(row[index] for row in block.rows)) for line in cell.split("\n")
        )
        for index, column in enumerate(block.columns)
    ]
    room = (
        width
        - _GAP * (len(block.columns) - 1)
        - sum(wide for wide, c in zip(widest, block.columns, strict=True) if c.fixed)
    )
    widths = {index: widest[index] for index, column in enumerate(block.columns) if column.fixed}
    shared = {index: column.weight for index, column in enumerate(block.columns) if not column.fixed}
    # A column that needs less than its share leaves the rest to the others.
    while shared:
        unit = room / sum(shared.values())
        modest = [index for index, weight in shared.items() if widest[index] <= unit * weight]
        if not modest:
            break
        for index in modest:
            widths[index] = widest[index]
            room -= widest[index]
            del shared[index]
    for index, weight in shared.items():
        widths[index] = max(_NARROWEST, int(room * weight / sum(shared.values())))
    return [widths[index] for index in range(len(block.columns))]


def _text(content: str, style: str = "") -> Text:
    return Text("\n".join(without_controls(line) for line in content.split("\n")), style=style)
