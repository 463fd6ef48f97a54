"""Where two sequences differ, at a cost that stays small for long ones."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import TypeAlias

# Start and end in the old sequence, start and end in the new one.
Block: TypeAlias = tuple[int, int, int, int]

# Finding what is common takes the time of the product of the lengths, and more: above this, all between the equal ends differs.
_MOST = 40_000


def changed_blocks(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Return where two sequences differ, in order."""
    shorter = min(len(old), len(new))
    start = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    most = shorter - start
    same = next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)
    left, came = old[start : len(old) - same], new[start : len(new) - same]
    if not left and not came:
        return []
    if len(left) * len(came) > _MOST:
        return [(start, start + len(left), start, start + len(came))]
    found = SequenceMatcher(None, left, came, autojunk=False).get_opcodes()
    return [(start + a, start + b, start + c, start + d) for tag, a, b, c, d in found if tag != "equal"]
