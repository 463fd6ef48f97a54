"""Counts the automatic numbers of a Word document as Word counts them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from kehoach_cli.office.reading import PARAGRAPH_PROPERTIES, Styles, W, child_of, flag
from kehoach_cli.source.symbols import symbol

if TYPE_CHECKING:
    from lxml.etree import _Element

_NUMBERED, _LIST = f"{W}numPr", f"{W}numId"
_LEVELS = 9
_MOST = 100_000
_LONGEST = 6
_LONGEST_LABEL = 100
_KINDS = frozenset(
    {"decimal", "decimalZero", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "bullet", "none"}
)
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


class _Level(Struct, frozen=True):
    """How a level of a list counts and prints. `restart` is the level (from 1) that begins it anew, 0 for none, None for any."""

    start: int = 0
    kind: str = "decimal"
    text: str = ""
    restart: int | None = None
    decimal: bool = False
    style: str = ""
    font: str = ""


class ListNumber(Struct, frozen=True):
    """The number that Word prints before a paragraph, and the depth of its list: 0 is the outermost, None no list.

    `strange` is the kind of a number that is not known here; it is written in digits.
    """

    text: str
    level: int | None
    strange: str = ""


class Numbering:
    """The lists of a document and how far each has counted. Paragraphs must be given in their order."""

    def __init__(self, root: "_Element | None", styles: Styles) -> None:
        """Take the lists of `word/numbering.xml`; a document without one has no automatic numbers."""
        self._styles = styles
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._linked: dict[str, str] = {}
        self._lists: dict[str, str] = {}
        self._own: dict[str, dict[int, _Level]] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._roots: dict[str, str] = {}
        self._of_styles: dict[str, tuple[str, int] | None] = {}
        for element in root if root is not None else ():
            if element.tag == f"{W}abstractNum":
                self._read_abstract(element)
            elif element.tag == f"{W}num":
                self._read_list(element)

    def _read_abstract(self, element: "_Element") -> None:
        name = element.get(f"{W}abstractNumId", "")
        self._abstract[name] = dict(map(_level, element.findall(f"{W}lvl")))
        if (link := element.find(f"{W}numStyleLink")) is not None:
            self._linked[name] = link.get(f"{W}val", "")

    def _read_list(self, element: "_Element") -> None:
        name = element.get(f"{W}numId", "")
        self._lists[name] = _value(element, "abstractNumId")
        for change in element.findall(f"{W}lvlOverride"):
            index = _whole(change.get(f"{W}ilvl"), 0)
            if (level := change.find(f"{W}lvl")) is not None:
                self._own.setdefault(name, {})[index] = _level(level)[1]
            if (start := change.find(f"{W}startOverride")) is not None:
                self._starts[name, index] = _whole(start.get(f"{W}val"), 1)

    def next(self, paragraph: "_Element") -> ListNumber | None:
        """Count a paragraph; return its number, None if it stands in no list."""
        found = self._place(paragraph)
        if found is None:
            return None
        name, index = found
        abstract = self._root_of(self._lists.get(name, ""))
        levels = self._abstract.get(abstract, {}) | self._own.get(name, {})
        if index not in levels:
            return None
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        self._count(name, index, levels, counts)
        return ListNumber(_label(index, levels, counts), index, _strange(levels[index], levels))

    def _root_of(self, abstract: str) -> str:
        """Return the definition that holds the levels: a list may take them from a style of lists."""
        if abstract not in self._roots:
            self._roots[abstract] = self._followed(abstract)
        return self._roots[abstract]

    def _followed(self, abstract: str) -> str:
        seen: set[str] = set()
        while abstract in self._linked and abstract not in seen:
            seen.add(abstract)
            named = next((style for style in self._styles.named(self._linked[abstract])), None)
            properties = None if named is None else named.find(f"{W}pPr/{W}numPr")
            abstract = self._lists.get(_value(properties, "numId"), abstract) if properties is not None else abstract
        return abstract

    def _place(self, paragraph: "_Element") -> tuple[str, int] | None:
        """Return the list and level of a paragraph: its own, else those of its style or of one that this is based on."""
        own = child_of(paragraph, PARAGRAPH_PROPERTIES, _NUMBERED)
        if own is not None and child_of(own, _LIST) is not None:
            return self._listed(_value(own, "numId"), _whole(_value(own, "ilvl"), 0))
        key = self._styles.id_of(paragraph)
        if key not in self._of_styles:
            self._of_styles[key] = self._place_of_style(paragraph)
        found = self._of_styles[key]
        level = _whole(_value(own, "ilvl"), -1)
        return found if found is None or level < 0 else self._listed(found[0], level)

    def _place_of_style(self, paragraph: "_Element") -> tuple[str, int] | None:
        for style in self._styles.chain(paragraph):
            properties = style.find(f"{W}pPr/{W}numPr")
            if properties is not None and (name := _value(properties, "numId")):
                index = _whole(_value(properties, "ilvl"), -1)
                return self._listed(name, self._level_of(name, style.get(f"{W}styleId", "")) if index < 0 else index)
        return None

    @staticmethod
    def _listed(name: str, index: int) -> tuple[str, int] | None:
        return (name, index) if name != "0" and 0 <= index < _LEVELS else None

    def _level_of(self, name: str, style: str) -> int:
        levels = self._abstract.get(self._root_of(self._lists.get(name, "")), {})
        return next((index for index, level in levels.items() if level.style == style), 0)

    def _count(self, name: str, index: int, levels: dict[int, _Level], counts: list[int | None]) -> None:
        # A level that was never used counts as begun when a deeper one appears.
        for above in range(index):
            if counts[above] is None:
                counts[above] = levels[above].start if above in levels else 1
        start = self._starts.pop((name, index), None)
        before = counts[index]
        if start is not None:
            counts[index] = start
        else:
            counts[index] = levels[index].start if before is None else min(before + 1, _MOST)
        for below in range(index + 1, _LEVELS):
            restart = levels[below].restart if below in levels else None
            if restart is None or (restart and index < restart):
                counts[below] = None


def _label(index: int, levels: dict[int, _Level], counts: list[int | None]) -> str:
    level = levels[index]
    if level.kind == "bullet":
        return "".join(symbol(level.font, letter) for letter in level.text)
    return "".join(_pieces(level, levels, counts)) if level.kind != "none" else ""


def _strange(level: _Level, levels: dict[int, _Level]) -> str:
    """Return the first kind of number in a label that is not known."""
    shown = {index: one.kind for index, one in levels.items() if f"%{index + 1}" in level.text}
    return next((kind for _, kind in sorted(shown.items()) if kind not in _KINDS and not level.decimal), "")


def _pieces(level: _Level, levels: dict[int, _Level], counts: list[int | None]) -> Iterator[str]:
    text, at = level.text, 0
    while at < len(text):
        if text[at] == "%" and text[at + 1 : at + 2].isdecimal() and text[at + 1] != "0":
            other = int(text[at + 1]) - 1
            kind = levels[other].kind if other in levels else "decimal"
            count = counts[other]
            yield number_text(
                count if count is not None else 0, "decimal" if level.decimal and kind != "none" else kind
            )
            at += 2
        else:
            yield text[at]
            at += 1


def number_text(count: int, kind: str) -> str:
    """Return a count as a number of a kind, named as in Word; a kind that is not known is written in digits."""
    if kind == "none":
        return ""
    if kind in {"upperRoman", "lowerRoman"}:
        roman = _roman(count)
        return roman.upper() if kind == "upperRoman" else roman
    if kind in {"upperLetter", "lowerLetter"} and count:
        # After z come aa, bb and so on.
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters.upper() if kind == "upperLetter" else letters
    return f"{count:02}" if kind == "decimalZero" else str(count)


def _roman(count: int) -> str:
    found = ""
    for value, letters in _ROMAN:
        found += letters * (count // value)
        count %= value
    return found


def _level(element: "_Element") -> tuple[int, _Level]:
    fonts = element.find(f"{W}rPr/{W}rFonts")
    restart = element.find(f"{W}lvlRestart")
    return _whole(element.get(f"{W}ilvl"), 0), _Level(
        start=_whole(_value(element, "start"), 0),
        kind=_value(element, "numFmt") or "decimal",
        text=_value(element, "lvlText")[:_LONGEST_LABEL],
        restart=None if restart is None else _whole(restart.get(f"{W}val"), 0),
        decimal=flag(element, "isLgl") is True,
        style=_value(element, "pStyle"),
        font="" if fonts is None else fonts.get(f"{W}ascii", ""),
    )


def _value(element: "_Element | None", name: str) -> str:
    found = None if element is None else element.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val", "")


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) <= _LONGEST else default
