"""What came out of comparing a plan with its document."""

from enum import StrEnum

from msgspec import Struct


class ClaimStatus(StrEnum):
    """Whether a text stands in the document: word for word, with other words, or not at all."""

    FOUND = "found"
    DIFFERS = "differs"
    MISSING = "missing"


class TextDifference(Struct, frozen=True):
    """The words of the plan file and those of the document in their place; empty where one of them has none.

    `before` and `after` are a few words around, the same in both.
    """

    plan: str
    document: str
    before: str = ""
    after: str = ""


class PlanComparison(Struct, frozen=True):
    """One text of the plan file. `place` is where it, or the passage nearest to it, stands in the document.

    `nearest` is that passage, `line` the line of the row in the plan file, `note` a remark for people.
    """

    ref: str
    path: str
    text: str
    status: ClaimStatus
    place: str = ""
    differences: tuple[TextDifference, ...] = ()
    nearest: str = ""
    line: int = 0
    note: str = ""


class Unclaimed(Struct, frozen=True):
    """Words of the document that no text of the plan file claims."""

    place: str
    text: str


class Verification(Struct, frozen=True):
    """A plan compared with its document.

    `furniture` counts the passages that a plan never carries: letterhead, heads of tables, numbers, recipients.
    """

    plan: str
    file: str
    source: str
    checks: tuple[PlanComparison, ...]
    unclaimed: tuple[Unclaimed, ...]
    furniture: int

    @property
    def wrong(self) -> tuple[PlanComparison, ...]:
        """The texts that differ or are missing."""
        return tuple(check for check in self.checks if check.status is not ClaimStatus.FOUND)
