"""Characters that mark a place in a filled document until rendering replaces it.

They are from the private use area; data that holds one is refused.
"""

# Around a gap that somebody fills in by hand; rendering takes the marks away and highlights the gap.
BLANK = "\ue001"
# Around the name of a chart, where it is drawn.
CHART = "\ue002"
MARKS = frozenset({BLANK, CHART})
_GAP = 12


def blank(width: int = _GAP) -> str:
    """Return a gap of so many spaces to be filled in by hand."""
    return BLANK + "\u00a0" * width + BLANK
