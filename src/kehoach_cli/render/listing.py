"""A listing for people: headings, lines and tables, which become a terminal table or Markdown."""

from datetime import date
from typing import TypeAlias

from msgspec import Struct, field

# A cell of a flat table. Numbers and days stay what they are in a workbook.
Cell: TypeAlias = str | int | float | date | None


class Column(Struct, frozen=True):
    """A column. A `fixed` column (ids, dates) is as wide as its widest line; the others share the rest by `weight`."""

    header: str
    fixed: bool = False
    weight: int = 1
    right: bool = False


class Block(Struct, frozen=True):
    """A heading (level 0: none), lines of text and at most one table; a cell may hold several lines."""

    heading: str = ""
    level: int = 0
    lines: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


class Listing(Struct, frozen=True):
    """Blocks in reading order."""

    blocks: tuple[Block, ...] = field(default_factory=tuple)


class Sheet(Struct, frozen=True):
    """One flat table, for spreadsheets and CSV."""

    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
