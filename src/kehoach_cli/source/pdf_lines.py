"""Lines of a page as paragraphs: two lines are one paragraph where the first word of the second did not fit into the first."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from kehoach_cli.source.beginnings import begins
from kehoach_cli.source.pdf_pages import BROKEN, PdfLine
from kehoach_cli.source.pieces import Run

# Points: a first line that begins farther right; what is measured may be wrong by so much.
_INDENT, _SLACK = 8.0, 3.0
# In parts of the size of the letters: a gap between paragraphs, a space between words.
_GAP, _WORD, _OTHER_SIZE = 1.0, 0.3, 0.12


class Edges(Struct, frozen=True):
    """Where text may begin and end, in points."""

    left: float
    right: float

    def is_centered(self, line: PdfLine) -> bool:
        """Whether a line stands in the middle."""
        return line.x0 - self.left > _SLACK and abs(line.x0 - self.left - (self.right - line.x1)) < 2 * _SLACK


def paragraphs_of(lines: Sequence[PdfLine], edges: "dict[int, Edges]") -> Iterator[list[PdfLine]]:
    """Yield the lines of each paragraph; `edges` are those of each page."""
    current: list[PdfLine] = []
    for line in lines:
        if current and not _goes_on(current, line, edges[current[-1].page]):
            yield current
            current = []
        current.append(line)
    if current:
        yield current


def _goes_on(current: list[PdfLine], line: PdfLine, edges: Edges) -> bool:
    before = current[-1]
    if line.alone or before.alone or begins(line.text.strip(), before.text):
        return False
    if abs(line.size - before.size) > _OTHER_SIZE * before.size:
        return False
    centered = edges.is_centered(before)
    free = edges.right - before.x1 + (before.x0 - edges.left if centered else 0)
    if line.first + _WORD * line.size < free - _SLACK:
        return False
    if line.page != before.page:
        # What ends a page in small letters does not go on in capitals: a name that signs, and the title of an annex.
        return before.text.isupper() or not line.text.isupper()
    indented = line.x0 - before.x0 > _INDENT and len(current) > 1 and not centered
    return not indented and line.top - before.bottom <= _GAP * line.size


def may_be_several(group: Sequence[PdfLine]) -> bool:
    """Whether a full line ends a sentence in a paragraph whose first line is not indented: another may begin behind it."""
    if len(group) == 1 or abs(group[0].x0 - group[1].x0) > _INDENT:
        return False
    return any(
        before.text.rstrip().endswith((".", ";")) and line.text.lstrip()[:1].isupper()
        for before, line in pairwise(group)
    )


def runs_of(lines: Sequence[PdfLine]) -> list[Run]:
    """Return the runs of a paragraph, its lines joined by spaces."""
    runs: list[Run] = []
    for line in lines:
        if runs and not BROKEN.search(runs[-1].text):
            runs.append(Run(" ", runs[-1].look))
        runs += line.runs
    return runs
