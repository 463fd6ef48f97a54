"""One change of a plan as people read it: of a row, of one of its cells, or of the plan's head."""

from enum import StrEnum
from typing import Any, TypeAlias

from msgspec import Struct

from kehoach_cli.core.model.change import ChangeKind, Part
from kehoach_cli.core.model.plan import Basis, Clause, Indicator, Passage, ReportingRule, Section, Task

Row: TypeAlias = Task | Indicator | Section | Passage | Clause | ReportingRule | Basis
Value: TypeAlias = str | tuple[str, ...] | None


class OriginKind(StrEnum):
    """Where a change comes from: an amendment, or a hand. A correction has the words of the document, an error has not."""

    AMENDMENT = "amendment"
    CORRECTION = "correction"
    ERROR = "error"
    BOTH = "both"
    UNCHECKED = "unchecked"


class Origin(Struct, frozen=True):
    """Why a row or cell changed. For an amendment, `words` name its document, its clause and its day.

    Where a change was held against the document, `words` are those that stand there if they are others, and `place` is where.
    """

    kind: OriginKind
    words: str = ""
    place: str = ""


class RowChange(Struct, frozen=True):
    """One change of a row, of one of its cells, or of the plan's head.

    A row is a task, an indicator, a heading, a passage, a general clause, a rule of reporting or a basis. `ref` is
    `kh-176/III.1.1`, or the plan's id where a row has no id and for the head; a row that was dropped has its old id. `field`
    names the cell, empty where the whole row came, went, moved or got a new number. `old` and `new` are the cell (a list for
    agencies and outputs), the cells of a whole row by name, the ids of a renumbered row, or the row before a moved one. A row
    that moved to another heading has both headings in `sections`; one that is of another kind now, such as a heading that
    became a task, has its old kind in `was_part`, and in `old` and `new` its cells. `kin` is the row that has the words of a
    dropped row now, or had those of an added one.
    `printed` has the printed cell in both versions where the file keeps it; with `wording_only` it says the same in other words.
    `before` and `after` are the row in both versions, `title` its first words; `places` is where it stands among the rows of its
    kind in both, from 1. `origin` says where the change comes from, None where nobody asked.
    """

    kind: ChangeKind
    part: Part
    ref: str
    field: str = ""
    old: Any = None
    new: Any = None
    printed: tuple[str | None, str | None] = (None, None)
    wording_only: bool = False
    before: Row | None = None
    after: Row | None = None
    title: str = ""
    places: tuple[int | None, int | None] = (None, None)
    sections: tuple[Section | None, Section | None] | None = None
    was_part: Part | None = None
    kin: str = ""
    origin: Origin | None = None
