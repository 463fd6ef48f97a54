"""How paragraphs of plans begin: what tells a new paragraph from a line that goes on."""

import re

from kehoach_cli.viet.text import CAPITALS

# Dashes and bullets, numbers and letters of lists, marks of notes, what stands in brackets below a title.
_MARK = re.compile(
    rf"[A-EĐGH]\.\s+(?=[{CAPITALS}]{{2}})"
    r"|[-–—+*•▪➢]|\d{1,3}(?:\.\d{1,3})*[.)](?!\d)|\d{1,3}(?:\.\d{1,3})+\s|[a-zđ]\)|[IVXLC]+[.)]|\[\d+\]"
    r"|\((?:[Bb]an hành|[Kk]èm theo)"
)
# "kinh tế" and "- xã hội", "giai đoạn 2021" and "- 2030" are no items of a list.
_DASH = re.compile(r"[-–—] ?(\w)(\d{3}\b)?")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_ENDS = (".", ":", "!", "?", "…", "|", ";")


def ends(line: str) -> bool:
    """Whether a paragraph may end so for certain."""
    return line.rstrip().endswith(_ENDS)


def begins(line: str, before: str) -> bool:
    """Whether a line begins with the mark of a paragraph; `before` is the line above it."""
    dash = _DASH.match(line)
    if dash and not ends(before) and (dash[1].islower() or dash[2] is not None):
        return False
    mark = _MARK.match(line)
    return mark is not None and (ends(before) or not _is_figure(mark[0], line[mark.end() :].strip()))


def _is_figure(mark: str, rest: str) -> bool:
    """Whether what looks like the number of a paragraph is a figure of a sentence: "tháng / 6.", "trồng / 1.500 ha"."""
    if not mark[0].isdigit():
        return False
    return not rest or rest[0].islower() or _THOUSANDS.fullmatch(mark.strip()) is not None
