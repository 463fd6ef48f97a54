"""Which entry of the old version is which one of the new: by id and content, so that a new id or place is no other entry."""

from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import product
from typing import TypeAlias

from msgspec import Struct

from kehoach_cli.core.changes.entries import Entry, Value

Pair: TypeAlias = tuple[Entry, Entry]

# Two entries with different ids are one if their titles have so much in common (0 to 1).
_ALIKE, _A_LITTLE = 0.6, 0.3
# Comparing titles word by word takes time: so many words of so many pairs at most. Of longer lists, so many pairs for each
# entry, found by phrases that no more entries than this share.
_WORDS, _MOST_PAIRS = 40, 10_000
_BEST, _COMMON = 3, 50


class Matched(Struct, frozen=True):
    """The entries that are in both versions, in the order of the new one, and those of one version only."""

    pairs: tuple[Pair, ...]
    dropped: tuple[Entry, ...]
    added: tuple[Entry, ...]


def matched(old: Sequence[Entry], new: Sequence[Entry]) -> Matched:
    """Return which entries of one list are which ones of the other."""
    state = _Matching(old, new)
    state.pair_equal(lambda entry: (entry.id, _content(entry)))
    state.pair_equal(lambda entry: (entry.id, entry.title) if entry.id else None)
    state.pair_with_texts_swapped()
    state.pair_equal(_content)
    state.pair_alike()
    state.pair_equal_ids()
    state.pair_rest_without_ids()
    return state.result()


def moved(pairs: Sequence[Pair]) -> list[int]:
    """Return the places (in the list of pairs) of the fewest entries that move on the way from the old order to the new one."""
    in_old_order = sorted(range(len(pairs)), key=lambda place: _order(pairs[place][0]))
    ranks = {place: rank for rank, place in enumerate(in_old_order)}
    staying = _longest_rising([ranks[place] for place in range(len(pairs))])
    return [place for place in range(len(pairs)) if place not in staying]


def _order(entry: Entry) -> tuple[int, ...]:
    return tuple(part for part in entry.path if isinstance(part, int))


def _longest_rising(ranks: Sequence[int]) -> set[int]:
    """Return the places of a longest subsequence that rises."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for place, rank in enumerate(ranks):
        at = bisect_left(ends, rank)
        ends[at : at + 1], last[at : at + 1] = [rank], [place]
        before.append(last[at - 1] if at else -1)
    rising: set[int] = set()
    place = last[-1] if last else -1
    while place >= 0:
        rising.add(place)
        place = before[place]
    return rising


class _Matching:
    """The entries that are still to be paired."""

    def __init__(self, old: Sequence[Entry], new: Sequence[Entry]) -> None:
        self._all = new
        self._old = list(old)
        self._new = list(new)
        self._pairs: dict[int, Entry] = {}

    def pair_equal(self, key: Callable[[Entry], Hashable]) -> None:
        """Pair what has the same key, in order; None is no key."""
        waiting: dict[Hashable, deque[Entry]] = {}
        for entry in self._old:
            waiting.setdefault(key(entry), deque()).append(entry)
        waiting.pop(None, None)
        self._pair((found.popleft(), entry) for entry in self._new if (found := waiting.get(key(entry))))

    def pair_with_texts_swapped(self) -> None:
        """Pair by id two entries whose titles changed places, where more of their other values stayed than went along."""
        old, new = ({entry.id: entry for entry in entries if entry.id} for entries in (self._old, self._new))
        titled = {entry.title: entry for entry in new.values()}
        found: list[Pair] = []
        for one in old.values():
            there = titled.get(one.title)
            other = old.get(there.id) if there else None
            here = new.get(one.id)
            if (there and other and here and other.title == here.title and there is not here) and _same_values(
                one, here
            ) + _same_values(other, there) > _same_values(one, there) + _same_values(other, here):
                found.append((one, here))
        self._pair(found)

    def pair_alike(self) -> None:
        """Pair entries whose titles are alike, the most alike first; equal ids and values speak for a pair, too."""
        few = len(self._old) * len(self._new) <= _MOST_PAIRS
        pairs = product(self._old, self._new) if few else _candidates(self._old, self._new)
        scored = [(score, old, new) for old, new in pairs if (score := _likeness(old, new))]
        self._pair((old, new) for _, old, new in sorted(scored, key=lambda one: one[0], reverse=True))

    def pair_equal_ids(self) -> None:
        """Pair what is left by ids: rows written anew. Where other rows have new ids, texts must have a little in common."""
        old = {entry.id: entry for entry in self._old if entry.id}
        found = [(old[entry.id], entry) for entry in self._new if entry.id in old]
        if any(one.id != other.id for one, other in self.result().pairs):
            found = [(one, other) for one, other in found if alike(one.title, other.title, _A_LITTLE)]
        self._pair(found)

    def pair_rest_without_ids(self) -> None:
        """Pair what is left of entries without ids in order, where both versions have as many."""
        old, new = ([entry for entry in entries if not entry.id] for entries in (self._old, self._new))
        if len(old) == len(new):
            self._pair(zip(old, new, strict=True))

    def result(self) -> Matched:
        """Return what was paired, and what is left."""
        pairs = tuple((self._pairs[id(new)], new) for new in self._all if id(new) in self._pairs)
        return Matched(pairs, tuple(self._old), tuple(self._new))

    def _pair(self, pairs: Iterable[Pair]) -> None:
        """Keep pairs of entries that are in no earlier pair."""
        taken: set[int] = set()
        for old, new in pairs:
            if id(old) not in taken and id(new) not in self._pairs:
                taken.add(id(old))
                self._pairs[id(new)] = old
        self._old = [entry for entry in self._old if id(entry) not in taken]
        self._new = [entry for entry in self._new if id(entry) not in self._pairs]


def _candidates(old: Sequence[Entry], new: Sequence[Entry]) -> Iterator[Pair]:
    """Yield of two long lists the pairs that may be alike: those with the most phrases of three words in common."""
    known: dict[Hashable, list[int]] = {}
    for at, entry in enumerate(old):
        for phrase in _phrases(entry):
            known.setdefault(phrase, []).append(at)
    for entry in new:
        found = (known.get(phrase, []) for phrase in _phrases(entry))
        shared = Counter(at for some in found if len(some) <= _COMMON for at in some)
        yield from ((old[at], entry) for at, _ in shared.most_common(_BEST))


def _phrases(entry: Entry) -> set[tuple[str, str, str]]:
    words = entry.title.split()[:_WORDS]
    return set(zip(words, words[1:], words[2:], strict=False))


def alike(old: str, new: str, least: float = _ALIKE) -> float:
    """Return how much two texts have in common (1: all words), 0 where it is less than `least`."""
    words = SequenceMatcher(None, old.split()[:_WORDS], new.split()[:_WORDS], autojunk=False)
    if words.real_quick_ratio() < least or words.quick_ratio() < least:
        return 0
    found = words.ratio()
    return found if found >= least else 0


def _likeness(old: Entry, new: Entry) -> float:
    """Return how much speaks for one entry in two versions; 0 where it is not enough."""
    titles = alike(old.title, new.title)
    if not titles:
        return 0
    names = old.values.keys() | new.values.keys()
    return 2 * titles + bool(old.id and old.id == new.id) + _same_values(old, new) / len(names)


def _same_values(old: Entry, new: Entry) -> int:
    """Return how many values are the same in two entries."""
    return sum(new.values.get(name) == value for name, value in old.values.items())


def _content(entry: Entry) -> Hashable:
    """Return everything an entry holds besides its id and its place; None where that is nothing."""
    values = tuple(sorted((value.keys, value.items) for value in entry.values.values() if _counts(value)))
    return (values, tuple(map(_content, entry.children))) if values else None


def _counts(value: Value) -> bool:
    # A row that moves to another section has the same content.
    return bool(value.items) and value.field != "section"
