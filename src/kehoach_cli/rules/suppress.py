"""Suppressions in a file: `# kehoach: ignore[K204] lý do …` at the end of a line, or on the line above it."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kehoach_cli.core.document import Document
from kehoach_cli.core.finding import Finding

# Anything that looks like a suppression; one that is not written in its exact form must not pass unnoticed.
_MARKER = re.compile(r"(?:^|(?<=\s))#\s*kehoach\s*:?\s*ignore\b", re.IGNORECASE)
_COMMENT = re.compile(r"#\s*kehoach:\s*ignore\s*\[(?P<codes>[^\]]*)\]\s*(?P<reason>.*)")


@dataclass(frozen=True, slots=True)
class Suppression:
    """One comment: the codes it silences on `target` (a line), its reason, and its own place (1-based).

    `understood` is False where the comment only looks like one.
    """

    codes: tuple[str, ...]
    reason: str
    target: int
    line: int
    column: int
    understood: bool = True


def suppressions(document: Document) -> Iterator[Suppression]:
    """Yield the suppressions of a file in order, several on one line too."""
    for number, line in enumerate(document.lines, 1):
        if "#" not in line or "kehoach" not in line.lower():
            continue
        starts = [
            found.start() for found in _MARKER.finditer(line) if not _is_quoted(document, number, found.start() + 1)
        ]
        if not starts:
            continue
        alone = not line[: starts[0]].strip()
        target = _next_content(document.lines, number) if alone else number
        for start, end in zip(starts, [*starts[1:], len(line)], strict=True):
            if found := _COMMENT.fullmatch(line[start:end].strip()):
                codes = tuple(code for code in re.split(r"[\s,]+", found["codes"]) if code)
                yield Suppression(codes, found["reason"].strip(), target, number, start + 1)
            else:
                yield Suppression((), "", target, number, start + 1, understood=False)


def silences(suppression: Suppression, finding: Finding, document: Document) -> bool:
    """Whether a suppression covers a finding: on its line, or on the line where the value begins that the finding stands in."""
    if finding.code not in suppression.codes:
        return False
    return suppression.target in {finding.line, _start(document.starts, finding.line)}


def _is_quoted(document: Document, line: int, column: int) -> bool:
    return any(start <= (line, column) < end for start, end in document.quoted)


def _start(starts: tuple[int, ...], line: int) -> int:
    at = bisect_right(starts, line)
    return starts[at - 1] if at else line


def _next_content(lines: Iterable[str], after: int) -> int:
    for number, line in enumerate(lines, 1):
        if number > after and line.strip() and not line.lstrip().startswith("#"):
            return number
    return after
