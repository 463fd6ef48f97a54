"""Suppressions in a file: `# kehoach: ignore[K204] lý do …` at the end of a line, or on the line above it."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kehoach_cli.core.document import Document
from kehoach_cli.core.finding import Finding

_COMMENT = re.compile(r"(?:^|\s)(?P<comment>#\s*kehoach:\s*ignore\s*\[(?P<codes>[^\]]*)\]\s*(?P<reason>.*))$")


@dataclass(frozen=True, slots=True)
class Suppression:
    """One comment: the codes it silences on `target` (a line), its reason, and its own place (1-based)."""

    codes: tuple[str, ...]
    reason: str
    target: int
    line: int
    column: int


def suppressions(document: Document) -> Iterator[Suppression]:
    """Yield the suppressions of a file in order."""
    for number, line in enumerate(document.lines, 1):
        if "kehoach:" not in line or not (found := _COMMENT.search(line)):
            continue
        alone = not line[: found.start("comment")].strip()
        codes = tuple(code for code in re.split(r"[\s,]+", found["codes"]) if code)
        target = _next_content(document.lines, number) if alone else number
        yield Suppression(codes, found["reason"].strip(), target, number, found.start("comment") + 1)


def silences(suppression: Suppression, finding: Finding, document: Document) -> bool:
    """Whether a suppression covers a finding: on its line, or on the line where the value begins that the finding stands in."""
    if finding.code not in suppression.codes:
        return False
    return suppression.target in {finding.line, _start(document.starts, finding.line)}


def _start(starts: tuple[int, ...], line: int) -> int:
    at = bisect_right(starts, line)
    return starts[at - 1] if at else line


def _next_content(lines: Iterable[str], after: int) -> int:
    for number, line in enumerate(lines, 1):
        if number > after and line.strip() and not line.lstrip().startswith("#"):
            return number
    return after
