"""The paragraphs of a document as lines with the mark that each begins with: a number, a letter, a dash, or nothing."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.draft.notes import LINE
from kehoach_cli.core.model.source_text import SourceParagraph
from kehoach_cli.viet.text import folded


class Mark(StrEnum):
    """What a line begins with."""

    PART = "part"
    ARTICLE = "article"
    ROMAN = "roman"
    NUMBER = "number"
    LETTER = "letter"
    POINT = "point"
    DASH = "dash"
    PLUS = "plus"
    NONE = "none"


class DraftLine(Struct, frozen=True):
    """A paragraph without its mark. `number` holds the parts of a roman or arabic number ("1.2." is `1`, `2`).

    A point is "(1)"; a part is a capital letter over roman numbers ("A. NỘI DUNG").
    """

    mark: Mark
    number: tuple[str, ...]
    text: str
    place: str
    centered: bool = False
    bold: bool = False
    sign: str = ")"  # what stands behind a letter: "a)" or "a."; of a dash the dash itself

    @property
    def printed_number(self) -> str:
        """The number as ids have it: its parts joined by points."""
        return ".".join(self.number)


# A line drawn with characters, as below the motto.
RULE_LINE = re.compile(r"[-–—_*¯=~.\s]+")
_ROMAN = re.compile(r"(?P<roman>[IVX]{1,6})(?!/[vV]\b)\s*(?:[./)]\s*|[-–]\s+|\s(?=\w))")
_ARABIC = re.compile(r"(?P<arabic>\d{1,2}(?:\.\d{1,2})+|\d{1,3}(?=\s*[.)]))\s*[.)]?(?:\s+|(?=[^\W\d]))")
_ARTICLE = re.compile(r"(?:Điều|ĐIỀU)\s+(?P<article>\d{1,2})\s*[.:]\s*")
_LETTER = re.compile(r"(?P<letter>[a-zđ])\s*[.)]\s+")
_POINT = re.compile(r"\((?P<point>\d{1,2})\)\s*")
_PLUS = re.compile(r"\+\s*")
_DASH = re.compile(r"[-–—•*▪●](?:\s+|(?=[^\W\d]))|o\s+")
_BULLET = re.compile(r"[^\w\s(\[{“\"'‘.,;:/<>≥≤=%|]\s+")
# A line that goes on where the one before stopped: at the end of a page, say.
_ENDS = re.compile(r"[.:;!?…”\"]\s*$|\./\.$")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


_MARKS = (
    (_ARABIC, Mark.NUMBER),
    (_ROMAN, Mark.ROMAN),
    (_LETTER, Mark.LETTER),
    (_POINT, Mark.POINT),
    (_ARTICLE, Mark.ARTICLE),
)


def roman_value(text: str) -> int:
    """Return the number that a roman numeral means."""
    values = [_ROMAN_VALUES[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-one if one < after else one for one, after in zip(values, following, strict=True))


def roman_text(value: int) -> str:
    """Return a number from 1 on as a roman numeral."""
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    units = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
    return "C" * hundreds + ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")[tens] + units


def line_of(text: str, place: str, paragraph: SourceParagraph | None = None) -> DraftLine:
    """Return a printed text as a line."""
    text = folded(text)
    look = (paragraph.centered, paragraph.bold) if paragraph else (False, False)
    for pattern, mark in _MARKS:
        found = pattern.match(text)
        if found and text[found.end() :] and (mark is not Mark.ROMAN or _is_part(found[0], text[found.end() :])):
            sign = "." if mark is Mark.LETTER and "." in found[0] else ")"
            return DraftLine(mark, _parts(found[1], mark), text[found.end() :], place, *look, sign)
    if found := _PLUS.match(text):
        return DraftLine(Mark.PLUS, (), text[found.end() :], place, *look)
    if found := _DASH.match(text) or _BULLET.match(text):
        return DraftLine(Mark.DASH, (), text[found.end() :], place, *look, found[0].strip())
    return DraftLine(Mark.NONE, (), text, place, *look)


def _is_part(number: str, rest: str) -> bool:
    """Whether a roman numeral begins a part: behind one without a point the title is in capitals ("II- NHIỆM VỤ")."""
    return number.rstrip()[-1] in "./)" or rest[:12].isupper()


def _parts(number: str, mark: Mark) -> tuple[str, ...]:
    return tuple(part.lstrip("0") or part for part in number.split(".")) if mark is Mark.NUMBER else (number,)


def lines_of(paragraphs: Iterable[SourceParagraph]) -> Iterator[DraftLine]:
    """Yield the lines of paragraphs; what a page break cut in two is joined again."""
    before: DraftLine | None = None
    for paragraph in paragraphs:
        for piece in pieces_of(paragraph):
            line = line_of(piece.text, piece.place, paragraph)
            if before and _goes_on(before, line):
                before = replace(before, text=f"{before.text} {line.text}")
                continue
            if before:
                yield before
            before = line
    if before:
        yield before


class Piece(Struct, frozen=True):
    """A line of a paragraph, as printed."""

    text: str
    place: str


def pieces_of(paragraph: SourceParagraph) -> list[Piece]:
    """Return the lines of a paragraph that stand for themselves; a break inside a sentence is no end.

    A paragraph may hold a whole document: the place of a line tells which it is.
    """
    pieces: list[Piece] = []
    for number, text in enumerate(paragraph.printed.split("\n"), 1):
        if pieces and line_of(text, "").mark is Mark.NONE and text[:1].islower():
            pieces[-1] = replace(pieces[-1], text=f"{pieces[-1].text} {text}")
        elif text.strip():
            pieces.append(Piece(text, f"{paragraph.place}{LINE}{number}" if number > 1 else paragraph.place))
    return pieces


def ends_sentence(text: str) -> bool:
    """Whether a text has the mark that ends a sentence."""
    return _ENDS.search(text) is not None


def _goes_on(before: DraftLine, line: DraftLine) -> bool:
    return (
        line.mark is Mark.NONE
        and line.text[:1].islower()
        and not ends_sentence(before.text)
        and not before.text.isupper()
        and not (before.centered or line.centered)
    )
