"""Which id of an agency may be meant by one that no registry has."""

from collections.abc import Iterable
from difflib import SequenceMatcher

# How much of the words behind the first, and of a whole id, must be alike: "khdt" and "khcn" are two departments.
_ALIKE, _NEARLY_EQUAL = 0.7, 0.85


def nearest_id(agency_id: str, known: Iterable[str]) -> str | None:
    """Return the known id that a slip of the hand makes into this one.

    It is of the same kind of body (first word); where no known body is of that kind, it is nearly equal.
    """
    kind, _, own = agency_id.partition("-")
    bodies = list(known)
    alike = [found for found in bodies if found.partition("-")[0] == kind]
    likely = {found: _likeness(agency_id, kind, own, found) for found in alike or bodies}
    best = max(likely, key=lambda found: likely[found], default=None)
    return best if best is not None and likely[best] else None


def _likeness(agency_id: str, kind: str, own: str, found: str) -> float:
    """Return how alike two ids are, 0 where one is not meant by the other."""
    whole = SequenceMatcher(None, agency_id, found)
    if whole.real_quick_ratio() < _ALIKE or whole.quick_ratio() < _ALIKE:
        return 0
    known_kind, _, known_own = found.partition("-")
    tail = SequenceMatcher(None, own, known_own).ratio() if kind == known_kind else 0.0
    return whole.ratio() if tail >= _ALIKE or whole.ratio() >= _NEARLY_EQUAL else 0
