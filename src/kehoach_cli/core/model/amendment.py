"""Amendments of plans: what a later document changes, from which day."""

from datetime import date
from enum import StrEnum
from typing import Any

from msgspec import Struct

from kehoach_cli.core.model.finding import KeyPath


class AmendmentOp(StrEnum):
    """What a change does to a place of a plan."""

    REPLACE = "replace"
    REPLACE_PHRASE = "replace_phrase"
    ADD = "add"
    REPEAL = "repeal"
    RENUMBER = "renumber"


class AmendmentChange(Struct, frozen=True):
    """One change: `at` is a row or a cell of it (`III.1.2/schedule`, `I-ct9/targets/2026`), `old` and `new` are printed strings.

    `row` holds the keys of a row that is added, `after` the id of the row before it; `path` is the place in the file.
    """

    op: AmendmentOp
    at: str
    path: KeyPath
    old: str | None = None
    new: str | None = None
    clause: str | None = None
    row: dict[str, Any] | None = None
    after: str | None = None

    @property
    def item(self) -> str:
        """The id of the row."""
        return self.at.partition("/")[0]

    @property
    def cell(self) -> str:
        """The cell of the row; empty for the whole row."""
        return self.at.partition("/")[2]


class Amendment(Struct, frozen=True):
    """What the document `cite` of the day `issued` changes in the plan `amends`, in force from the day `effective`.

    `number` and `title` are those of the document, `basis` its legal bases and `provisions` its own rules on implementation, each
    as printed.
    """

    amends: str
    cite: str
    issued: date
    effective: date
    changes: tuple[AmendmentChange, ...]
    file: str
    number: str = ""
    title: str | None = None
    basis: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[date, date, str, str]:
        """The order in which amendments apply: by the day they take effect, then by the day they were issued."""
        return self.effective, self.issued, self.cite, self.file

    def same_as(self, other: "Amendment") -> bool:
        """Whether another file holds the same document; what takes effect on another day may stand in a file of its own."""
        return bool(self.number) and (self.number, self.issued, self.effective) == (
            other.number,
            other.issued,
            other.effective,
        )


class UnappliedFile(Struct, frozen=True):
    """An amendment file that could not be applied whole, and the plan whose text may be old; None: any plan."""

    file: str
    plan: str | None


class AppliedChange(Struct, frozen=True):
    """A change that is in force: the row and cell, its words before and after, and the document and clause that say so.

    `phrase` are the words replaced and those in their place, where only a phrase of the cell changed.
    """

    plan: str
    row: str
    cell: str
    op: AmendmentOp
    old: str | None
    new: str | None
    cite: str
    clause: str | None
    effective: date
    phrase: tuple[str, str] | None = None
