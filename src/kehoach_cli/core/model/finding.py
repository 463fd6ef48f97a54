"""A finding: what is wrong, where, and how to correct it."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

KeyPath: TypeAlias = tuple[str | int, ...]


class Severity(StrEnum):
    """How serious a finding is; only errors make a file wrong or unusable."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Related(Struct, frozen=True):
    """The place of a value that contradicts the one a finding stands at, given as for the finding."""

    line: int = 0
    column: int = 0
    cell: str | None = None


class Finding(Struct, frozen=True):
    """One problem in one file. `line` and `column` are 1-based and count characters; 0 means that the place is unknown.

    `excerpt` is the source line, if asked for. `cell` replaces line and column: in a workbook a cell (`Chỉ tiêu!E12`), in a
    Word file a paragraph, a table or a section (`đoạn 12`). `related` are the places of values that contradict this one.
    """

    code: str
    severity: Severity
    file: str
    message: str
    line: int = 0
    column: int = 0
    path: KeyPath = ()
    hint: str | None = None
    excerpt: str = ""
    cell: str | None = None
    related: tuple[Related, ...] = ()

    @property
    def where(self) -> str:
        """File, line and column as far as known; for a workbook the cell, for a Word file the paragraph."""
        if self.cell:
            return f"{self.file}: {'ô ' if '!' in self.cell else ''}{self.cell}"
        numbers = [self.line, self.column] if self.column > 0 else [self.line]
        return ":".join([self.file, *map(str, numbers)]) if self.line > 0 else self.file


def sorted_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings by file, line and column."""
    return sorted(findings, key=lambda f: (f.file, f.line, f.column, f.code, f.message))


def path_text(path: KeyPath) -> str:
    """Return `tasks[3].schedule` for a key path."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text
