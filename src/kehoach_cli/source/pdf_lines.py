"""Lines of a page as paragraphs: two lines are one paragraph where the first word of the second did not fit into the first."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct

from kehoach_cli.source.beginnings import begins, ends
from kehoach_cli.source.pdf_pages import BROKEN, PdfLine
from kehoach_cli.source.pieces import Run
from kehoach_cli.viet.text import is_unfinished

_APPENDIX = re.compile(r"(?:Phụ lục|PHỤ LỤC|Biểu mẫu|BIỂU)\b(?:\s+(?:số\s+)?[\dIVX]+)?[.:]?")
# Points: a first line that begins farther right; what is measured may be wrong by so much.
_INDENT, _SLACK = 8.0, 3.0
# In parts of the size of the letters: a gap between paragraphs, a space between words.
_GAP, _WORD, _OTHER_SIZE = 1.0, 0.3, 0.12
# A gap that is no more than so many times the usual one is one inside a paragraph, where so many tell the usual one.
_WIDER, _FEWEST_GAPS = 1.25, 5


class Edges(Struct, frozen=True):
    """Where text may begin and end, in points; `gap` is the widest one between lines of a paragraph, in sizes of letters."""

    left: float
    right: float
    gap: float = _GAP

    def is_full(self, before: PdfLine, line: PdfLine) -> bool:
        """Whether the first word of `line` did not fit into the line before it."""
        free = self.right - before.x1 + (before.x0 - self.left if self.is_centered(before) else 0)
        return line.first + _WORD * line.size >= free - _SLACK

    def is_centered(self, line: PdfLine) -> bool:
        """Whether a line stands in the middle."""
        return line.x0 - self.left > _SLACK and abs(line.x0 - self.left - (self.right - line.x1)) < 2 * _SLACK


def paragraphs_of(lines: Sequence[PdfLine], edges: "dict[int, Edges]") -> Iterator[list[PdfLine]]:
    """Yield the lines of each paragraph; `edges` are those of each page."""
    lefts: dict[int, float] = {}
    for line in lines:
        lefts[line.page] = min(line.x0, lefts.get(line.page, line.x0))
    current: list[PdfLine] = []
    for line in lines:
        if current and not _goes_on(current, line, edges[current[-1].page], lefts):
            yield current
            current = []
        current.append(line)
    if current:
        yield current


def _goes_on(current: list[PdfLine], line: PdfLine, edges: Edges, lefts: dict[int, float]) -> bool:
    """Whether a line belongs to the paragraph before it; `lefts` is where the lines of each page begin."""
    before = current[-1]
    if line.alone or before.alone or begins(line.text.strip(), before.text):
        return False
    if abs(line.size - before.size) > _OTHER_SIZE * before.size:
        return False
    if not edges.is_full(before, line) and not _asks_for_more(current, line, edges):
        return False
    if line.page != before.page:
        return _goes_over_page(current, line, lefts)
    if len(current) == 1 and _is_title_over(before, line, edges):
        return False
    indented = line.x0 - before.x0 > _INDENT and len(current) > 1 and not edges.is_centered(before)
    return not indented and line.top - before.bottom <= edges.gap * line.size


def _goes_over_page(current: list[PdfLine], line: PdfLine, lefts: dict[int, float]) -> bool:
    """Whether a line that begins a page may belong to the paragraph that ends the one before."""
    before = current[-1]
    # What ends a page in small letters does not go on in capitals: a name that signs, and the title of an annex.
    if _APPENDIX.fullmatch(line.text.strip()) or (line.text.isupper() and not before.text.isupper()):
        return False
    begun = len(current) > 1 and before.x0 - lefts[before.page] <= _SLACK
    return not (begun and line.x0 - lefts[line.page] > _INDENT)


def _is_title_over(before: PdfLine, line: PdfLine, edges: Edges) -> bool:
    """Whether a line in bold that fills the width is a title: what follows is not bold and indented like it."""
    begun = before.x0 - edges.left > _INDENT and abs(line.x0 - before.x0) <= _SLACK
    return begun and _is_bold(before) and not _is_bold(line)


def _is_bold(line: PdfLine) -> bool:
    return all(run.look.bold for run in line.runs if run.text.strip())


def _asks_for_more(current: list[PdfLine], line: PdfLine, edges: Edges) -> bool:
    """Whether a short line on the same page cannot end its paragraph; what is indented like its first line is another one."""
    own, text = current[-1].text, line.text
    if line.page != current[-1].page or not is_unfinished(own) or (text.isupper() and not own.isupper()):
        return False
    return line.x0 - edges.left < _INDENT or abs(line.x0 - current[0].x0) > _SLACK


def usual_gap(pages: Iterable[Sequence[PdfLine]], edges: Edges) -> float:
    """Return the widest gap between lines of a paragraph: that of lines that are full and end no sentence, or a usual one."""
    gaps = [
        (line.top - before.bottom) / line.size
        for lines in pages
        for before, line in pairwise(lines)
        if line.top > before.bottom
        and line.text.strip()[:1].islower()
        and not ends(before.text)
        and edges.is_full(before, line)
    ]
    return max(_GAP, _WIDER * median(gaps)) if len(gaps) >= _FEWEST_GAPS else _GAP


def doubtful_parts(group: Sequence[PdfLine]) -> list[list[PdfLine]]:
    """Return the lines of a paragraph in parts, where a full line ends a sentence and the first line is not indented.

    Each part may be a paragraph of its own. One part: nothing is in doubt.
    """
    parts = [[group[0]]]
    indented = len(group) > 1 and abs(group[0].x0 - group[1].x0) > _INDENT
    for before, line in pairwise(group):
        if not indented and before.text.rstrip().endswith((".", ";")) and line.text.lstrip()[:1].isupper():
            parts.append([])
        parts[-1].append(line)
    return parts


def runs_of(lines: Sequence[PdfLine]) -> list[Run]:
    """Return the runs of a paragraph, its lines joined by spaces."""
    runs: list[Run] = []
    for line in lines:
        if runs and not BROKEN.search(runs[-1].text):
            runs.append(Run(" ", runs[-1].look))
        runs += line.runs
    return runs
