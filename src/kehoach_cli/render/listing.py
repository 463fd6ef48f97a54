"""A listing for people, before it is a table, Markdown or plain lines: headings, tables of cells, closing lines."""

from msgspec import Struct, field


class Column(Struct, frozen=True):
    """A column. A `fixed` one (ids, dates) is as wide as its widest word and never breaks; others share the rest by `weight`."""

    header: str
    fixed: bool = False
    weight: int = 1
    right: bool = False


class Block(Struct, frozen=True):
    """A heading of some level (0: none) with lines of text and at most one table; cells may hold several lines."""

    heading: str = ""
    level: int = 0
    lines: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


class Listing(Struct, frozen=True):
    """Blocks in reading order."""

    blocks: tuple[Block, ...] = field(default_factory=tuple)


class Sheet(Struct, frozen=True):
    """A listing for a spreadsheet: one flat table."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
