"""Lines and tables of the pages of a PDF, as they lie on the paper. Runs in a process of its own, see `pdf`."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any

from msgspec import Struct, field

from kehoach_cli.core.model.word_document import TextLook
from kehoach_cli.source.beginnings import begins, ends
from kehoach_cli.source.pdf_unruled import rows_of, unruled
from kehoach_cli.source.pieces import Run
from kehoach_cli.viet.text import is_unfinished

# Points. Edges of cells that are nearer are one; words that are farther stand in two columns without a border.
EDGE = 3.0
_COLUMN = 30.0
# In parts of the size of the letters: a gap that is a space; how much of a word must stand beside another of its line.
_SPACE, _BESIDE = 0.15, 0.5
# In parts of the size of the letters before: raised letters are smaller, and end above these.
_SMALL, _RAISED = 0.8, 0.1
_FEWEST_CELLS, _FEWEST_IN_FRAME = 2, 4
# In points: what is drawn higher is no rule.
_THICKEST_RULE = 4
# So many rows there are, and such a part of them is one box, where the boxes are the ground behind lines of text.
_FEWEST_LINES, _MOSTLY = 3, 0.6
# A line that leaves no more than such a part of its box free is full.
_ROOM = 0.1
# A dash without a space before it belongs to its word: "2021-" and "2025", "QĐ-" and "TTg".
BROKEN = re.compile(r"\w[-/]$")
_BOLD, _ITALIC = ("bold", "black", "heavy"), ("italic", "oblique")


class PdfLine(Struct):
    """A line of text on a page, in points from the left and from the top; `first` is the width of its first word.

    `alone` says that it stands beside another one, as in the head of a document. `number` counts the lines of a page from 1.
    """

    runs: list[Run]
    x0: float
    x1: float
    top: float
    bottom: float
    first: float
    page: int
    number: int = 0
    alone: bool = False

    @property
    def text(self) -> str:
        """The letters as they are stored."""
        return "".join(run.text for run in self.runs)

    @property
    def size(self) -> float:
        """The size of the letters in points."""
        return max((run.look.size for run in self.runs), default=0)


class Box(Struct):
    """A cell on a page."""

    x0: float
    top: float
    x1: float
    bottom: float
    lines: list[PdfLine] = field(default_factory=list)


class Fragment(Struct):
    """A table, or the part of one that stands on a page. `columns` are the edges of the texts where no borders are drawn."""

    boxes: list[Box]
    page: int
    top: float
    bottom: float
    columns: list[tuple[float, float]] = field(default_factory=list)


# A figure or a capital inside a word: what the recognition of a scanned page makes of accents ("nhiQm", "t6ng", "HoA").
_GARBLED = re.compile(r"[^\W\d_]\d[^\W\d_]|[^\W\d_]{2}\d$")
# A word of a sentence, which stands alone in a cell only by chance.
_ONE_WORD = re.compile(r"(?![^\W\d]?$)(?!.*[A-ZĐ]{2})[^\W\d]+[.,;:]?")


class Page(Struct):
    """What stands on a page, from its top.

    `letters` counts its characters, `turned` those that do not stand upright, `unknown` those whose font hides what they are;
    `unruled` counts the tables without borders, `frames` those whose borders stand around running text; `garbled` counts the
    words that no language writes so, of `words` in all.
    """

    items: list[PdfLine | Fragment]
    number: int
    width: float
    height: float
    letters: int = 0
    turned: int = 0
    unknown: int = 0
    pictures: int = 0
    unruled: int = 0
    frames: int = 0
    words: int = 0
    garbled: int = 0


def page_of(page: Any, number: int) -> Page:
    """Return what stands on a page of pdfplumber."""
    upright = page.filter(lambda one: one["upright"] if one["object_type"] == "char" else not _is_ground(one))
    words = upright.extract_words(extra_attrs=["fontname", "size"], keep_blank_chars=False)
    _keep_typed_spaces(words, [char for char in upright.chars if char["text"].isspace()])
    fragments = [
        Fragment([Box(*cell) for cell in table.cells], number, table.bbox[1], table.bbox[3])
        for table in upright.find_tables()
        if len(table.cells) >= _FEWEST_CELLS
    ]
    outside = _into_cells(words, [box for fragment in fragments for box in fragment.boxes], number)
    if shaded := [fragment for fragment in fragments if _is_shading(fragment)]:
        fragments = [fragment for fragment in fragments if fragment not in shaded]
        outside = _into_cells(words, [box for fragment in fragments for box in fragment.boxes], number)
    outside, made = _without_unruled(outside, number)
    fragments += made
    items: list[PdfLine | Fragment] = [*_numbered(_lines(outside, number)), *fragments]
    items.sort(key=lambda one: (one.top, one.x0 if isinstance(one, PdfLine) else 0))
    unknown = sum(1 for char in page.chars if char["text"].startswith("(cid:"))
    letters = sum(1 for char in page.chars if not char["text"].isspace())
    turned = sum(1 for char in page.chars if not char["upright"])
    size = float(page.width), float(page.height)
    frames = sum(sum(bool(box.lines) for box in fragment.boxes) >= _FEWEST_IN_FRAME for fragment in shaded)
    garbled = sum(_is_garbled(word["text"]) for word in words)
    counts = {"unruled": len(made), "frames": frames, "words": len(words), "garbled": garbled}
    return Page(items, number, *size, letters, turned, unknown, len(page.images), **counts)


def _is_ground(drawn: dict[str, Any]) -> bool:
    """Whether something drawn is the white ground behind a line of text: its edges are no rules."""
    if drawn["object_type"] != "rect" or not drawn["fill"] or drawn["stroke"] or drawn["height"] < _THICKEST_RULE:
        return False
    color = drawn["non_stroking_color"]
    values = tuple(color) if isinstance(color, list | tuple) else (color,)
    return values in {(1,), (1, 1, 1), (0, 0, 0, 0)}


def _is_garbled(word: str) -> bool:
    return bool(_GARBLED.search(word)) or any(one.islower() and other.isupper() for one, other in pairwise(word))


def _without_unruled(words: list[dict[str, Any]], number: int) -> tuple[list[dict[str, Any]], list[Fragment]]:
    """Return the words outside tables without borders, and these tables."""
    lines = list(_rows(words))
    found: list[Fragment] = []
    rest, at = [], 0
    for start, end, columns in unruled(lines):
        rest += [word for line in lines[at:start] for word in line]
        at = end
        found.append(_unruled_fragment(lines[start:end], columns, number))
    rest += [word for line in lines[at:] for word in line]
    return rest, found


def _unruled_fragment(lines: list[list[dict[str, Any]]], columns: list[tuple[float, float]], number: int) -> Fragment:
    rows = list(rows_of(lines, columns))
    tops = [min(word["top"] for cell in row for word in cell) for row in rows]
    bottoms = [*tops[1:], max(word["bottom"] for cell in rows[-1] for word in cell)]
    edges = [columns[0][0], *((left[1] + right[0]) / 2 for left, right in pairwise(columns)), columns[-1][1]]
    boxes = [
        Box(left, top, right, bottom, list(_lines(cell, number, split=False)))
        for row, top, bottom in zip(rows, tops, bottoms, strict=True)
        for cell, (left, right) in zip(row, pairwise(edges), strict=True)
    ]
    return Fragment(boxes, number, tops[0], bottoms[-1], columns)


def _keep_typed_spaces(words: list[dict[str, Any]], spaces: list[dict[str, Any]]) -> None:
    """Put the space back behind a dash or a stroke that has one: without it, a line that ends so goes on in the same word."""
    typed = {(round(space["x0"]), round(space["bottom"])) for space in spaces}
    for word in words:
        if BROKEN.search(word["text"]) and (round(word["x1"]), round(word["bottom"])) in typed:
            word["text"] += " "


def _is_shading(fragment: Fragment) -> bool:
    """Whether the boxes are no cells but the coloured ground behind words or lines of running text."""
    filled = [box for box in fragment.boxes if box.lines]
    texts = [" ".join(line.text.strip() for line in box.lines) for box in filled]
    single = sum(bool(_ONE_WORD.fullmatch(text)) for text in texts)
    if 2 * single > len(texts) > 1:
        return True
    if any(len(box.lines) > 1 for box in filled):
        return False
    return len({round(box.x0) for box in fragment.boxes}) == 1 or _are_lines_of_text(filled)


def _are_lines_of_text(boxes: Sequence[Box]) -> bool:
    """Whether boxes of one line each are lines of sentences: nearly all fill the width, and most go on in the next one.

    A line whose words differ in their look has a box for each of the looks.
    """
    rows = [list(row) for _, row in groupby(sorted(boxes, key=lambda box: (box.top, box.x0)), lambda box: box.top)]
    alone = [row for row in rows if len(row) == 1]
    texts = [" ".join(box.lines[0].text.strip() for box in row) for row in rows]
    full = [row[-1].x1 - row[-1].lines[-1].x1 < _ROOM * (row[-1].x1 - row[0].x0) for row in rows]
    going_on = sum(
        is_unfinished(one) or other[0].islower() or (fills and not ends(one) and not begins(other, one))
        for fills, (one, other) in zip(full, pairwise(texts), strict=False)
    )
    return len(rows) >= _FEWEST_LINES and len(alone) >= _MOSTLY * len(rows) and 2 * going_on >= len(rows) - 1


def _into_cells(words: list[dict[str, Any]], boxes: list[Box], number: int) -> list[dict[str, Any]]:
    """Put words into the cells in which their middle stands; return the others."""
    outside = []
    inside: dict[int, list[dict[str, Any]]] = {}
    for word in words:
        x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
        at = next((at for at, box in enumerate(boxes) if box.x0 <= x <= box.x1 and box.top <= y <= box.bottom), None)
        if at is None:
            outside.append(word)
        else:
            inside.setdefault(at, []).append(word)
    for at, found in inside.items():
        boxes[at].lines = list(_lines(found, number, split=False))
    return outside


def _numbered(lines: Iterator[PdfLine]) -> Iterator[PdfLine]:
    for number, line in enumerate(lines, 1):
        line.number = number
        yield line


def _lines(words: Sequence[dict[str, Any]], page: int, *, split: bool = True) -> Iterator[PdfLine]:
    """Yield the lines of words from the top; with `split`, what stands far apart is several lines."""
    for row in _rows(words):
        parts = list(_parts(row)) if split else [row]
        for part in parts:
            yield _line(part, page, alone=len(parts) > 1)


def _rows(words: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Return the words of each line from the top, from left to right."""
    rows: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda one: (one["top"] + one["bottom"], one["x0"])):
        if rows and _beside(rows[-1][0], word):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda one: one["x0"]) for row in rows]


def _beside(one: dict[str, Any], other: dict[str, Any]) -> bool:
    overlap = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    height = min(one["bottom"] - one["top"], other["bottom"] - other["top"])
    return bool(overlap > _BESIDE * height)


def _parts(row: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    part = row[:1]
    for word in row[1:]:
        if word["x0"] - part[-1]["x1"] > max(_COLUMN, 2 * word["size"]):
            yield part
            part = []
        part.append(word)
    yield part


def _line(words: list[dict[str, Any]], page: int, *, alone: bool) -> PdfLine:
    runs: list[Run] = []
    before = None
    for word in words:
        space = before is not None and word["x0"] - before["x1"] > _SPACE * word["size"]
        text = f" {word['text']}" if space else word["text"]
        look = _look(word, before)
        if runs and runs[-1].look == look:
            runs[-1] = Run(runs[-1].text + text, look)
        else:
            runs.append(Run(text, look))
        before = word
    top, bottom = min(word["top"] for word in words), max(word["bottom"] for word in words)
    first = words[0]["x1"] - words[0]["x0"]
    return PdfLine(runs, words[0]["x0"], words[-1]["x1"], top, bottom, first, page, alone=alone)


def _look(word: dict[str, Any], before: dict[str, Any] | None) -> TextLook:
    # A font of which only some letters are embedded has six letters and "+" before its name.
    name = str(word["fontname"]).rpartition("+")[2]
    lower = name.lower()
    bold, italic = any(one in lower for one in _BOLD), any(one in lower for one in _ITALIC)
    raised = (
        before is not None
        and word["size"] < _SMALL * before["size"]
        and word["bottom"] < before["bottom"] - _RAISED * before["size"]
    )
    return TextLook(size=round(word["size"] * 2) / 2, bold=bold, italic=italic, raised=raised, fonts=(name, name))
