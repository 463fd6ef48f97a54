"""Suppressions in a file: `# kehoach: ignore[K204] lý do …` at the end of a line, or on the line above it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct

from kehoach_cli.core.model.finding import Finding
from kehoach_cli.core.model.source_file import SourceFile

# Whatever looks like a suppression: one with a slip must be reported, not overlooked.
_MARKER = re.compile(r"(?:^|(?<=\s))#\s*kehoach\s*:?\s*ignore\b", re.IGNORECASE)
_COMMENT = re.compile(r"#\s*kehoach:\s*ignore\s*\[(?P<codes>[^\]]*)\]\s*(?P<reason>.*)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_SAYS_NOTHING = frozenset(
    (
        "ok",
        "okay",
        "oke",
        "có",
        "bỏ",
        "xx",
        "xxx",
        "xong",
        "todo",
        "test",
        "skip",
        "ignore",
        "qua",
        "rồi",
        "không",
        "được",
        "đúng",
    )
)
# Nobody writes more; further ones do not count.
_MOST = 10_000


class Suppression(Struct, frozen=True):
    """One comment: the codes it suppresses on the line `target`, its reason, and its own line and column (1-based).

    `understood` is False where the comment has a slip.
    """

    codes: tuple[str, ...]
    reason: str
    target: int
    line: int
    column: int
    understood: bool = True

    @property
    def explained(self) -> bool:
        """Whether the reason is one: "ok", "x" or "." tell nobody what was compared."""
        return any(word not in _SAYS_NOTHING for word in _WORD.findall(self.reason.casefold()))


def suppressions(document: SourceFile) -> Iterator[Suppression]:
    """Yield the suppressions of a file in order; a line may hold several."""
    return islice(_suppressions(document), _MOST)


def _suppressions(document: SourceFile) -> Iterator[Suppression]:
    following: list[int] = []
    for number, line in enumerate(document.lines if "#" in document.text else (), 1):
        if "#" not in line or "kehoach" not in line.lower():
            continue
        starts = [
            found.start() for found in _MARKER.finditer(line) if not _is_quoted(document, number, found.start() + 1)
        ]
        if not starts:
            continue
        alone = not line[: starts[0]].strip()
        following = following or _next_contents(document.lines)
        target = following[number - 1] if alone else number
        for start, end in zip(starts, [*starts[1:], len(line)], strict=True):
            if found := _COMMENT.fullmatch(line[start:end].strip()):
                codes = tuple(code for code in re.split(r"[\s,]+", found["codes"]) if code)
                yield Suppression(codes, found["reason"].strip(), target, number, start + 1)
            else:
                yield Suppression((), "", target, number, start + 1, understood=False)


def covered(finding: Finding, document: SourceFile) -> set[tuple[int, str]]:
    """Return where a suppression covers a finding, as lines and codes: its own line and the line on which its value begins."""
    return {(finding.line, finding.code), (_start(document.starts, finding.line), finding.code)}


def _is_quoted(document: SourceFile, line: int, column: int) -> bool:
    """Return whether a place lies in a quoted value."""
    # Quoted values stand in order and do not overlap.
    at = bisect_right(document.quoted, (line, column), key=lambda value: value[0])
    return at > 0 and (line, column) < document.quoted[at - 1][1]


def _start(starts: tuple[int, ...], line: int) -> int:
    at = bisect_right(starts, line)
    return starts[at - 1] if at else line


def _next_contents(lines: Sequence[str]) -> list[int]:
    """Return for each line the number of the next line that is neither blank nor a comment, or its own where there is none."""
    found = list(range(1, len(lines) + 1))
    content = 0
    for at in range(len(lines) - 1, -1, -1):
        found[at] = content or found[at]
        if lines[at].strip() and not lines[at].lstrip().startswith("#"):
            content = at + 1
    return found
