"""Tables of a PDF without drawn borders: columns by the blank bands that run down through many lines."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

# Points: the narrowest blank band between two columns; Word leaves 10.8 between the texts of two cells.
_BAND = 7.0
_FEWEST_BANDS, _FEWEST_LINES, _FEWEST_FULL = 2, 4, 2
_HEAD = re.compile(r"s?tt", re.IGNORECASE)
_NUMBER = re.compile(rf"\(?(?:[IVXLC]+|\d+)(?:\.\d+)*\)?[.)]?|{_HEAD.pattern}", re.IGNORECASE)

Word = dict[str, Any]
Span = tuple[float, float]


def unruled(lines: Sequence[list[Word]]) -> Iterator[tuple[int, int, list[Span]]]:
    """Yield the first line of each table without borders, the line behind it, and the left and right edge of its columns.

    `lines` are the words of a page, line by line from the top.
    """
    start = free = 0
    while start < len(lines):
        end, covered = start, _covered((), lines[start])
        while end < len(lines) and len(wider := _covered(covered, lines[end])) > _FEWEST_BANDS:
            end, covered = end + 1, wider
        end, covered = _kept(lines, start, end)
        if end - start >= _FEWEST_LINES:
            while start > free and _fits(lines[start - 1], lines[start], covered):
                start -= 1
                covered = _covered(covered, lines[start])
            yield start, end, covered
            start = free = end
        else:
            start += 1


def rows_of(lines: Sequence[list[Word]], columns: Sequence[Span]) -> Iterator[list[list[Word]]]:
    """Yield the words of each row by column: a row begins with a number in the first column.

    A table without such numbers is one row, because nothing tells where its rows end.
    """
    firsts = [[word for word in line if word["x1"] <= columns[0][1]] for line in lines]
    texts = ["".join(word["text"] for word in first) for first in firsts]
    numbered = all(_NUMBER.fullmatch(text) for text in texts if text)
    row: list[list[Word]] = [[] for _ in columns]
    for line, text in zip(lines, texts, strict=True):
        # The head of the first column may stand lower than those of the others.
        if numbered and text and any(row) and (row[0] or not _HEAD.fullmatch(text)):
            yield row
            row = [[] for _ in columns]
        for word in line:
            row[next(at for at, (_, right) in enumerate(columns) if word["x1"] <= right)].append(word)
    yield row


def _kept(lines: Sequence[list[Word]], start: int, end: int) -> tuple[int, list[Span]]:
    """Return where a table ends, and its columns: those of its full lines, up to the first line that stands across two."""
    full = [line for line in lines[start:end] if len(_covered((), line)) > _FEWEST_BANDS]
    columns = _covered((), [word for line in full for word in line])
    if len(full) < _FEWEST_FULL or len(columns) <= _FEWEST_BANDS:
        return start, []
    for at in range(start, end):
        if len(wider := _covered(columns, lines[at])) < len(columns):
            return at, columns
        columns = wider
    return end, columns


def _fits(line: Sequence[Word], below: Sequence[Word], columns: Sequence[Span]) -> bool:
    """Whether a line right above a table stands in its columns: the end of a row from the page before."""
    near = min(word["top"] for word in below) - max(word["bottom"] for word in line) < 2 * below[0]["size"]
    return near and len(_covered(columns, line)) == len(columns)


def _covered(spans: Sequence[Span], line: Sequence[Word]) -> list[Span]:
    """Return where spans or the words of a line stand; what is nearer than a band is one."""
    found: list[Span] = []
    for left, right in sorted([*spans, *((word["x0"], word["x1"]) for word in line)]):
        if found and left - found[-1][1] < _BAND:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found
