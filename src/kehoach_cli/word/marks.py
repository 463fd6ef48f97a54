"""Characters that mark a place in a filled document until rendering replaces it.

They are from the private use area; data that holds one is refused.
"""

import re

from kehoach_cli.core.duties.bodies import TO_CHECK, UNCERTAIN, UNKNOWN_HEIR

# Around what somebody fills in or checks by hand; rendering takes the marks away and highlights what they enclose.
BLANK = "\ue001"
# Around the name of a chart, where it is drawn.
CHART = "\ue002"
# Around the number of a note, where its mark stands.
NOTE = "\ue003"
MARKS = frozenset({BLANK, CHART, NOTE})
_GAP = 12
# What a computed text says where the drafting officer must decide before anybody signs.
_OPEN = re.compile(f"{UNCERTAIN}|{UNKNOWN_HEIR}|{TO_CHECK}|Cần làm rõ")


def blank(width: int = _GAP) -> str:
    """Return a gap of so many spaces to be filled in by hand."""
    return BLANK + "\u00a0" * width + BLANK


def flagged(text: str) -> str:
    """Return a computed text with marks around what is still open in it."""
    return _OPEN.sub(lambda found: f"{BLANK}{found[0]}{BLANK}", text)


def doubted(text: str) -> str:
    """Return a text with a mark that it must be checked."""
    return flagged(f"{text} ({TO_CHECK})")
