"""The numbers in the ids of sections and rows: `III.2-1` stands below `III.2` and is the first there."""

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import TypeAlias

# Kind of numeral, length, value. Figures compare by their length first, so that even absurdly long ones need no conversion.
Step: TypeAlias = tuple[str, int, str]

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_MOST_FIGURES = 4
_LAST = re.compile(r"(?:\.|-?)[^.-]+$")


@lru_cache(maxsize=1024)  # rows are compared in pairs, and most plans have the same ids
def steps(row_id: str) -> list[Step]:
    """Return the numerals of an id from the first to the last."""
    return [_step(piece) for piece in re.findall(r"-?[^.-]+", row_id)]


def above(row_id: str) -> str:
    """Return the id that an id stands below; empty at the top."""
    return _LAST.sub("", row_id, count=1)


def last_number(row_id: str) -> tuple[str, int] | None:
    """Return the kind and the value of the last numeral of an id; None where there is none that counts."""
    kind, size, figures = steps(row_id)[-1]
    if kind == "I":
        return kind, size
    return (kind, int(figures)) if 0 < len(figures) <= _MOST_FIGURES else None


@cache
def _step(piece: str) -> Step:
    kind = re.sub(r"\d+$", "", piece)
    if kind in {"", "-", "-ct", "PL"}:
        figures = piece[len(kind) :].lstrip("0")
        return kind, len(figures), figures
    values = [_ROMAN[letter] for letter in piece]
    return "I", sum(-value if value < after else value for value, after in pairwise([*values, 0])), ""
