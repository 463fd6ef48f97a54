"""What several layout rules write or read alike: quoted text, blanks to be filled in, Roman numerals."""

import re

LONGEST = 60
"""Letters of a document that a message quotes at most."""
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")

_GAPS = re.compile(r"[.…_]+")


def shortened(text: str) -> str:
    """Return a text as a message quotes it."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def without_gaps(text: str, instead: str = "") -> str:
    """Return a text without the dots and underscores that stand where something is to be filled in by hand."""
    return _GAPS.sub(instead, text)
