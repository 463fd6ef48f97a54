"""A page as plain values: sections with facts, charts and tables. The one template prints every page from these."""

from msgspec import Struct


class Cell(Struct, frozen=True):
    """A cell of a table: its text, where it leads to (a path from the root of the site), and its tone.

    `tone` is "good", "bad", "wait" or nothing; the text alone says the same. `kind` is "number", "day" or "state", for
    the width of its column.
    """

    text: str
    href: str = ""
    tone: str = ""
    kind: str = ""


class Table(Struct, frozen=True):
    """A table with its caption; the first cell of each row is its heading. `more` leads to all rows where some are left out."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: Cell | None = None


class Bar(Struct, frozen=True):
    """A bar of a chart: its label, its number, and where it stands in the drawing."""

    label: str
    number: str
    tone: str
    top: int
    width: int


class Bars(Struct, frozen=True):
    """A chart of bars; `title` is what it is called for those who do not see it."""

    title: str
    bars: tuple[Bar, ...]
    height: int


class Mark(Struct, frozen=True):
    """A point of a line: where it stands, its value, and from where that is written (`anchor`). No text: it has no room."""

    x: int
    y: int
    text: str
    anchor: str


class Tick(Struct, frozen=True):
    """A place on an axis, and what stands there."""

    at: int
    text: str


class Lines(Struct, frozen=True):
    """A chart of years: the results as a line with points, the targets as a dashed one with squares, levels in `unit`.

    `left` is where the axis of levels stands.
    """

    title: str
    unit: str
    left: int
    results: tuple[Mark, ...]
    targets: tuple[Mark, ...]
    result_line: str
    target_line: str
    years: tuple[Tick, ...]
    levels: tuple[Tick, ...]


class Fact(Struct, frozen=True):
    """Something with its label; each line is a paragraph or a link."""

    label: str
    lines: tuple[Cell, ...]


class Section(Struct, frozen=True):
    """A part of a page under a heading. `paged` is a table so long that the page may be cut into several after some rows."""

    heading: str
    facts: tuple[Fact, ...] = ()
    text: tuple[str, ...] = ()
    bars: Bars | None = None
    lines: Lines | None = None
    table: Table | None = None
    form: bool = False


class WebPage(Struct, frozen=True):
    """A page: its path from the root of the site, its title, and its sections.

    `part` of `parts` counts the pages into which a long table was cut; `other_parts` are their links.
    """

    path: str
    title: str
    kind: str
    sections: tuple[Section, ...]
    part: int = 1
    parts: int = 1
    other_parts: tuple[Cell, ...] = ()


def words(*texts: str) -> tuple[Cell, ...]:
    """Return texts as cells without a link; empty ones are left out."""
    return tuple(Cell(text) for text in texts if text)


def count(number: int, href: str = "") -> Cell:
    """Return a number as a cell."""
    return Cell(f"{number:,}".replace(",", "."), href, kind="number")
