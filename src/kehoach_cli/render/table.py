"""Listings as terminal tables. Data never styles or breaks the terminal: control characters are shown.

Laid out here and not by rich, which takes five times as long for the same lines: a listing is one kind of table.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest
from unicodedata import combining, east_asian_width

from kehoach_cli.render.listing import Block, Column, Listing
from kehoach_cli.viet.text import without_controls

_STYLES = {1: "\x1b[1;4m", 2: "\x1b[1m", 3: "\x1b[3m"}
_HEADER, _PLAIN = "\x1b[1m", "\x1b[0m"
_SMALLEST = 40
_GAP = "  "
# Wide enough for a date, and for any Vietnamese word.
_NARROWEST = 10
_SYLLABLE = 4


def render_table(listing: Listing, width: int, *, color: bool) -> str:
    """Return the listing for a terminal of `width` columns."""
    lines: list[str] = []
    for number, block in enumerate(listing.blocks):
        if number and (block.heading or block.lines):
            lines.append("")
        lines += _block_lines(block, max(width, _SMALLEST), color=color)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _block_lines(block: Block, width: int, *, color: bool) -> Iterator[str]:
    if block.heading:
        style = _STYLES.get(block.level, "") if color else ""
        yield from (f"{style}{line}{_PLAIN}" if style else line for line in _wrapped(block.heading, width))
    for line in block.lines:
        yield from _wrapped(line, width)
    if block.rows:
        yield from _table_lines(block, width, color=color)


def _table_lines(block: Block, width: int, *, color: bool) -> Iterator[str]:
    widths = _widths(block, width)
    rule = "─" * (sum(widths) + len(_GAP) * (len(widths) - 1))
    for line in _row_lines(tuple(column.header for column in block.columns), block.columns, widths):
        yield f"{_HEADER}{line}{_PLAIN}" if color else line
    for row in block.rows:
        yield rule
        yield from _row_lines(row, block.columns, widths)


def _row_lines(row: tuple[str, ...], columns: tuple[Column, ...], widths: list[int]) -> Iterator[str]:
    wrapped = [_wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
    for pieces in zip_longest(*wrapped, fillvalue=""):
        yield _GAP.join(
            " " * (width - cells(piece)) + piece if column.right else piece + " " * (width - cells(piece))
            for piece, column, width in zip(pieces, columns, widths, strict=True)
        )


def _widths(block: Block, width: int) -> list[int]:
    """Return the width of each column: fixed ones as wide as their widest line, the others by weight, none wider than needed."""
    widest = [
        max(cells(line) for cell in (column.header, *(row[index] for row in block.rows)) for line in cell.split("\n"))
        for index, column in enumerate(block.columns)
    ]
    room = (
        width
        - len(_GAP) * (len(block.columns) - 1)
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
    _squeeze(widths, [index for index, column in enumerate(block.columns) if not column.fixed], width)
    _squeeze(widths, list(widths), width)
    return [widths[index] for index in range(len(block.columns))]


def _squeeze(widths: dict[int, int], columns: list[int], width: int) -> None:
    """Take from the widest columns what the terminal has not, as long as a syllable still fits in each."""
    over = sum(widths.values()) + len(_GAP) * (len(widths) - 1) - width
    while over > 0 and columns:
        widest = max(columns, key=widths.__getitem__)
        if widths[widest] <= _SYLLABLE:
            return
        widths[widest] -= 1
        over -= 1


def _wrapped(text: str, width: int) -> list[str]:
    """Return a text as lines of at most `width` cells, broken between words; a word that is wider is broken anywhere."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = without_controls(paragraph)
        if cells(line) <= width:
            lines.append(line)
            continue
        words: list[str] = []
        used = 0
        for word in line.split(" "):
            for piece in _chopped(word, width) if _cells(word) > width else (word,):
                size = _cells(piece)
                if words and used + 1 + size > width:
                    lines.append(" ".join(words))
                    words, used = [], 0
                used += size + bool(words)
                words.append(piece)
        lines.append(" ".join(words))
    return lines


def _chopped(word: str, width: int) -> Iterator[str]:
    piece, used = "", 0
    for letter in word:
        size = _cells(letter)
        if used + size > width:
            yield piece
            piece, used = "", 0
        piece += letter
        used += size
    yield piece


def cells(text: str) -> int:
    """Return how many cells of a terminal a text of one line takes."""
    return len(text) if text.isascii() else sum(map(_cells, text.split(" "))) + text.count(" ")


@lru_cache(maxsize=8192)
def _cells(word: str) -> int:
    if word.isascii():
        return len(word)
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in word if not combining(letter))
