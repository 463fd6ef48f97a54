"""The passages of a document that no text of the plan file claims."""

import re
from collections.abc import Iterable

from kehoach_cli.core.draft.roles import label_of
from kehoach_cli.core.verify.passages import Pages, SourcePassage, Span
from kehoach_cli.core.verify.result import Unclaimed

# What a plan file never carries: references to annexes, labels, numbers of pages and columns, the end of a document.
_FURNITURE = re.compile(
    r"\((?:kèm theo|ban hành kèm theo|chi tiết tại|phụ lục|nhiệm vụ, hoạt động).*\)"
    r"|phụ lục(?: (?:số )?[\dIVX]+)?[.:]?|nơi nhận:?|[-–_*./\s]+",
    re.IGNORECASE,
)
# Behind the first column of a table such a number is a value.
_PAGE_NUMBER = re.compile(r"(?:trang )?\d{1,3}(?:/\d{1,3})?", re.IGNORECASE)
_RECIPIENTS = re.compile(r"nơi nhận\b", re.IGNORECASE)
_WORD = re.compile(r"\w")


def unclaimed(pages: Pages, claimed: Iterable[Span], begins: Iterable[int]) -> tuple[tuple[Unclaimed, ...], int]:
    """Return the passages with words that nothing claims, and how many passages are left out as furniture.

    `begins` are the first passages of rows and headings. What stands before all of them is the opening, what follows
    "Nơi nhận" up to the next of them is the end of the document.
    """
    around = _around(pages, sorted(begins))
    found: list[Unclaimed] = []
    furniture = 0
    spans = _merged(claimed)
    at = 0
    for index, passage in enumerate(pages.passages):
        while at < len(spans) and spans[at][1] <= passage.begin:
            at += 1
        left = _left(pages.flow, passage, spans[at:])
        if not _WORD.search(left):
            continue
        if index in around or passage.head or _is_furniture(passage, left):
            furniture += 1
        else:
            found.append(Unclaimed(passage.place, left))
    return tuple(found), furniture


def _around(pages: Pages, begins: list[int]) -> set[int]:
    """Return the passages of the opening and of the ends; the first part (I.) ends the opening, whoever claims it."""
    parts = (index for index, passage in enumerate(pages.passages) if passage.number == "I")
    first = min([*begins, next(parts, len(pages.passages))], default=0)
    found = set(range(first)) if begins else set()
    for index, passage in enumerate(pages.passages):
        if _RECIPIENTS.match(passage.text):
            found |= set(range(index, next((begin for begin in begins if begin > index), len(pages.passages))))
    return found


def _merged(claimed: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(claimed):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _left(flow: str, passage: SourcePassage, spans: list[Span]) -> str:
    """Return the words of a passage outside the spans; all of it where none reaches into it."""
    pieces = []
    at = passage.start
    for start, end in spans:
        if start >= passage.end:
            break
        pieces.append(flow[at : max(at, start)])
        at = max(at, min(end, passage.end))
    pieces.append(flow[at : passage.end])
    return " … ".join(piece for one in pieces if (piece := one.strip()) and _WORD.search(piece)).strip(" ")


def _is_furniture(passage: SourcePassage, left: str) -> bool:
    if _FURNITURE.fullmatch(left) or (passage.column < 1 and _PAGE_NUMBER.fullmatch(left)):
        return True
    if passage.column == 0 and passage.number and not _WORD.search(passage.text):
        return True
    if passage.column == 0 and re.fullmatch(r"(?:[IVXL\d]{1,6}(?:\.\d+)*|[A-Z])[.)]?|[a-zđ][.)]", left):
        return True
    label = label_of(left)
    return label is not None and not label.text
