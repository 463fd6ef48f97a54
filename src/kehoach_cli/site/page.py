"""A page as plain values: sections with facts, charts and tables. The one template prints every page from these."""

from collections.abc import Iterator

from msgspec import Struct


class PageCell(Struct, frozen=True):
    """A cell of a table: its text, where it leads to (a path from the root of the site), and its tone.

    `tone` is "good", "bad", "wait" or nothing; the text alone says the same. `kind` is "number", "day", "state" or "code"
    (a plan, a unit), for the width of its column.
    """

    text: str
    href: str = ""
    tone: str = ""
    kind: str = ""


class PageTable(Struct, frozen=True):
    """A table with its caption; the first cell of each row is its heading. `more` leads to all rows where some are left out."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[PageCell, ...], ...]
    more: PageCell | None = None

    @property
    def heads(self) -> tuple[PageCell, ...]:
        """The heads of the columns; that of numbers stands where the numbers do."""
        first = self.rows[0] if self.rows else ()
        kinds = ["number" if cell.kind == "number" else "" for cell in first]
        return tuple(PageCell(text, kind=kind) for text, kind in zip(self.columns, kinds, strict=True))

    @property
    def body(self) -> Iterator[tuple[str, PageCell, tuple[tuple[str, PageCell], ...]]]:
        """Each row: the label and the cell that is its heading, then the others, each with its label."""
        for row in self.rows:
            (label, head), *cells = zip(self.columns, row, strict=True)
            yield label, head, tuple(cells)


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


class ChartPoint(Struct, frozen=True):
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
    results: tuple[ChartPoint, ...]
    targets: tuple[ChartPoint, ...]
    result_line: str
    target_line: str
    years: tuple[Tick, ...]
    levels: tuple[Tick, ...]


class Fact(Struct, frozen=True):
    """Something with its label; each line is a paragraph or a link. `wide`: it is long and has the breadth of the page."""

    label: str
    lines: tuple[PageCell, ...]
    wide: bool = False


class PageSection(Struct, frozen=True):
    """A part of a page under a heading: facts, texts, a chart, a table, or the form of the search."""

    heading: str
    facts: tuple[Fact, ...] = ()
    text: tuple[str, ...] = ()
    bars: Bars | None = None
    lines: Lines | None = None
    table: PageTable | None = None
    form: bool = False


class WebPage(Struct, frozen=True):
    """A page: its path from the root of the site, its title, and its sections.

    `part` of `parts` counts the pages into which a long table was cut; `other_parts` are their links.
    """

    path: str
    title: str
    kind: str
    sections: tuple[PageSection, ...]
    part: int = 1
    parts: int = 1
    other_parts: tuple[PageCell, ...] = ()


def words(*texts: str) -> tuple[PageCell, ...]:
    """Return texts as cells without a link; empty ones are left out."""
    return tuple(PageCell(text) for text in texts if text)


def dash() -> PageCell:
    """Return the cell of a number that there is not, in a column of numbers."""
    return PageCell("-", kind="number")


def count(number: int, href: str = "") -> PageCell:
    """Return a number as a cell."""
    return PageCell(f"{number:,}".replace(",", "."), href, kind="number")
