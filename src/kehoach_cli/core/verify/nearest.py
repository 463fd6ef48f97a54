"""The passages most like a text, and the words in which they differ."""

from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from heapq import nlargest
from math import log

from msgspec import Struct

from kehoach_cli.core.verify.result import TextDifference

_CANDIDATES = 8
_AROUND = 3
_RAREST = 20
# A word in more texts than so hardly tells one from another.
_COMMON = 1_000
# Of a text so many times as long as another one most is other words.
_LONGER = 9
# Below this share of words in common a passage is another text, not this one with other words.
LIKE = 0.5


def differences(plan: str, document: str) -> tuple[TextDifference, ...]:
    """Return the words in which two texts differ, in order."""
    ours, theirs = plan.split(), document.split()
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    return tuple(
        TextDifference(
            *(" ".join(ours[first:last]), " ".join(theirs[low:high])),
            *(" ".join(ours[max(0, first - _AROUND) : first]), " ".join(ours[last : last + _AROUND])),
        )
        for tag, first, last, low, high in matcher.get_opcodes()
        if tag != "equal"
    )


def likeness(one: str, other: str) -> float:
    """Return how much of two texts is the same words in the same order: 0 to 1."""
    ours, theirs = one.split(), other.split()
    if max(len(ours), len(theirs)) > _LONGER * min(len(ours), len(theirs)):
        return 0.0
    return SequenceMatcher(None, ours, theirs, autojunk=False).ratio()


def window(text: str, passage: str) -> tuple[str, float]:
    """Return the part of a passage that is most like a text, and how much."""
    ours, theirs = text.split(), passage.split()
    blocks = SequenceMatcher(None, theirs, ours, autojunk=False).get_matching_blocks()[:-1]
    if not blocks:
        return "", 0.0
    longest = max(blocks, key=lambda block: block.size)
    start = max(0, longest.a - longest.b)
    part = theirs[start : start + len(ours)]
    for word in theirs[start + len(ours) : start + len(ours) + 2]:
        if word == ours[-1] and part[-1:] != [word]:
            part = theirs[start : theirs.index(word, start + len(ours)) + 1]
    return " ".join(part), likeness(text, " ".join(part))


class Text(Struct, frozen=True):
    """A text that may be near, and the passages it stands in."""

    words: str
    passages: tuple[int, ...]


class Nearest:
    """Texts by their words, rare words counting more."""

    def __init__(self, texts: Iterable[Text]) -> None:
        """Index the texts."""
        self._texts = list(texts)
        self._lengths = [1 + len(text.words) ** 0.5 for text in self._texts]
        self._having: dict[str, list[int]] = defaultdict(list)
        for index, text in enumerate(self._texts):
            for word in set(text.words.split()):
                self._having[word].append(index)

    def like(self, text: str) -> list[Text]:
        """Return the few texts that share the most and rarest words, best first."""
        scores: dict[int, float] = defaultdict(float)
        rarest = sorted(set(text.split()), key=lambda word: len(self._having.get(word, ())) or len(self._texts))
        for word in rarest[:_RAREST]:
            having = self._having.get(word, ())
            if scores and len(having) > _COMMON:
                break
            weight = log(1 + len(self._texts) / (1 + len(having)))
            for index in having:
                scores[index] += weight
        found = nlargest(_CANDIDATES, scores, key=lambda index: scores[index] / self._lengths[index])
        return [self._texts[index] for index in found]
