"""Reading an agency cell: the longest known name first, lists that share a first word, and what is left over."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from kehoach_cli.core.model.names import Names, Word, letters_of, spelled, spelling, words_of

# At the ends of what stands between two names; inside it they are part of words nobody knows.
_JOINING = re.compile(r"^(?:[\s,;.:]|(?:và|khác)\b)+|(?:[\s,;.:]|\b(?:và|khác))+$", re.IGNORECASE)
_LIMIT = re.compile(
    r"^\s*(?:(?:có )?liên quan|(?:theo|đúng) chức năng(?:, nhiệm vụ)?(?: được giao)?|được (?:giao|phân công))\b",
    re.IGNORECASE,
)
_LIST_JOIN = re.compile(r"^\s*,?\s*$")
# Persons stand for their bodies: "Giám đốc các Sở", "Thủ trưởng các cơ quan".
_PERSON = re.compile(
    r"(?:^|[\s,;.:])(?:(?:(?:phó )?giám đốc|cục trưởng|chi cục trưởng|thủ trưởng|chủ tịch|chánh|(?:chỉ huy )?trưởng|lãnh đạo"
    r"|người đứng đầu|bí thư|hiệu trưởng)(?: các)?|các)\s*$",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\((?:(?:cơ quan|đơn vị|là)\s+)*(?:chủ trì|phối hợp|thường trực|đầu mối|tham mưu)[^()]*\)", re.IGNORECASE
)
_RENAMED = re.compile(r"\(\s*(?:nay|nay là|trước đây|trước đây là|trước là|cũ là)\s[^()]*\)", re.IGNORECASE)
_HARD = re.compile(r"[^\w\s,&.–-]")
_PLACE = re.compile(r"(?:của|thuộc|cấp|tại)? ?(?P<place>(?:trên địa bàn ?)?(?:tỉnh|thành phố)|trên địa bàn)? ?")

_UNITS = ("huyện", "quận", "thị xã", "thành phố", "xã", "phường", "đặc khu")
# What a list begins with → what each of its items may be read with.
_HEADS: dict[str, tuple[str, ...]] = {"sở": ("sở",), "các sở": ("sở",)} | {
    spelled(f"UBND {many}{unit}"): tuple(spelled(f"UBND {one}") for one in (unit, ""))
    for unit in _UNITS
    for many in ("các ", "")
}
# So many letters tell whether a name may begin so.
_FIRST_LETTERS = 8
# "UBND" is one word or four.
_HEAD_BEGINNINGS = frozenset(" ".join(head.split()[:words]) for head in _HEADS for words in (1, 4, 6))
_HEAD_WORDS = 6
_PLACE_WORDS = 8
_BEFORE_ITEMS = frozenset({"và", "các", "đốc", "trưởng"})


class _Spellings:
    """Names by their letters without blanks."""

    def __init__(self, letters: frozenset[str]) -> None:
        self._letters = letters
        self._starts = frozenset(one[:_FIRST_LETTERS] for one in letters)
        self._longest = max(map(len, letters), default=0)

    def ends(self, letters: Sequence[str], at: int, head: str = "") -> list[int]:
        """Return where a name may end that begins with these letters of a head and of the words from `at` on."""
        found: list[int] = []
        own = head
        for end in range(at, len(letters)):
            own += letters[end]
            # Behind its first letters nothing becomes a name that did not begin as one.
            if len(own) > self._longest or (len(own) >= _FIRST_LETTERS and own[:_FIRST_LETTERS] not in self._starts):
                break
            # A conjunction has no letters: no name ends with it.
            if letters[end] and own in self._letters:
                found.append(end + 1)
        return found


class Found(NamedTuple):
    """A body named in a cell, and the words from `start` to before `end` that name it."""

    id: str
    start: int
    end: int


class CellReader:
    """Reads the cells of one province; bodies of the registries given first have precedence."""

    def __init__(self, names: Sequence[Names], groups: Mapping[str, bool], place: str, *, city: bool) -> None:
        """Hold the names in order of precedence, the groups (id → whether it is open), and the province's own name."""
        self._names = names
        self._groups = groups
        self._place = spelled(place)
        self._city = city

    def begun(self, text: str, day: date | None, most_between: int) -> list[tuple[str, str]]:
        """Return (id, printed words) of the bodies a text begins with, up to where more words than so name nobody."""
        found = _Scan(self, _without_renamed(text), day).names(most_between)
        return [(one.id, text[one.start : one.end]) for one in found]

    def read(self, text: str, day: date | None) -> tuple[list[tuple[str, str, bool]], list[str]]:
        """Return (id, printed words, limited) of every body a folded cell names, and the words left over."""
        blanked = _without_renamed(text)
        found = _Scan(self, blanked, day).names()
        limits = self._limited(blanked, found)
        pieces = self._pieces(blanked, found)
        mentions = [
            (one.id, text[one.start : one.end], limit and one.id in self._groups)
            for one, limit in zip(found, limits, strict=True)
        ]
        return mentions, pieces

    def _limited(self, text: str, found: list[Found]) -> list[bool]:
        limits: list[bool] = []
        for tail in reversed(_tails(text, found)):
            # A limit reaches back over a plain comma list, not over ";" or "và".
            limits.append(bool(_LIMIT.match(tail)) or bool(_LIST_JOIN.match(tail) and limits and limits[-1]))
        return limits[::-1]

    def _pieces(self, text: str, found: list[Found]) -> list[str]:
        rest = [text[: found[0].start] if found else text, *_tails(text, found)]
        pieces = []
        for place, piece in enumerate(rest):
            words = _ROLE.sub(" ", _LIMIT.sub("", piece))
            if place < len(found):
                words = _PERSON.sub("", words)
            if left := _JOINING.sub("", words):
                pieces.append(" ".join(left.split()))
        return pieces

    def find(self, key: str, *, crossing: bool) -> str | None:
        """Return the id that a spelling means; one that crosses a dividing mark must be declared so."""
        for names in self._names:
            if (agency_id := names.find(key)) and (not crossing or key in names.across):
                return agency_id
        return None

    def find_bare(self, key: str, day: date | None) -> str | None:
        """Return the id that a name without its place means."""
        return next((found for names in self._names if (found := names.find_bare(key, day))), None)

    @cached_property
    def spellings(self) -> _Spellings:
        """Return every name without blanks."""
        return _Spellings(frozenset[str]().union(*(names.letters for names in self._names)))

    def is_open(self, agency_id: str) -> bool:
        """Whether the id is that of an open group."""
        return self._groups.get(agency_id, False)

    def is_place(self, words: Sequence[Word]) -> bool:
        """Whether the words only say that the body is the province's own: "tỉnh", "thuộc tỉnh Nghệ An"."""
        key = spelling(words)
        found = _PLACE.fullmatch(key.removesuffix(self._place))
        if found is None or ("thành phố" in key and not self._city):
            return False
        return found["place"] is not None or key.endswith(self._place)


class _Scan:
    """One reading of a cell, from left to right."""

    def __init__(self, reader: CellReader, text: str, day: date | None) -> None:
        self._reader = reader
        self._text = text
        self._day = day
        self._words = words_of(text)
        self._letters = ["" if word.key == "và" else letters_of(word.key) for word in self._words]
        self._heads: tuple[str, ...] = ()

    def names(self, most_between: int | None = None) -> list[Found]:
        found: list[Found] = []
        at = last = 0
        while at < len(self._words) and (most_between is None or at - last <= most_between):
            if self._heads and _ends_list(self._gap(at)):
                self._heads = ()
            agency_id, end = (None, at) if self._words[at].key == "và" else self._best(at)
            if agency_id is None or not self._begins(at, agency_id):
                at += 1
                continue
            end = self._with_place(end)
            if self._reader.is_open(agency_id):
                end = self._to_item_end(end)
            found.append(Found(agency_id, self._words[at].start, self._words[end - 1].end))
            at = last = end
        return found

    def _begins(self, at: int, agency_id: str) -> bool:
        """Whether a name may begin here: the everyday words of an open group ("nhân dân") also end names nobody knows."""
        return not self._reader.is_open(agency_id) or self._begins_item(at) or self._words[at].key == "các"

    def _best(self, at: int) -> tuple[str | None, int]:
        """Return what begins at a word, as a name of its own, as the first of a list or as one of its further items."""
        own, end = self._own(at)
        listed, heads, list_end = self._list(at)
        if listed and list_end > end:
            self._heads = heads
            return listed, list_end
        item, item_end = self._item(at, self._heads)
        if item and item_end > end:
            return item, item_end
        if own:
            self._heads = ("sở",) if self._words[at].key == "sở" else ()
        return own, end

    def _own(self, at: int) -> tuple[str | None, int]:
        ends = self._reader.spellings.ends(self._letters, at)
        for end in reversed(ends):
            if known := self._known(at, end, ""):
                return known, end
        bounded = bool(ends) and (self._begins_item(at) or self._words[at].key == "sở")
        for end in reversed(ends if bounded else ()):
            if (self._ends_item(end) or self._words[at].key == "sở") and (found := self._bare(at, end, "")):
                return found, end
        return None, at

    def _list(self, at: int) -> tuple[str | None, tuple[str, ...], int]:
        """Return the first item of a list that begins at a word, what its items are read with, and where it ends."""
        if self._words[at].key not in _HEAD_BEGINNINGS:
            return None, (), at
        for first in range(min(len(self._words), at + _HEAD_WORDS), at, -1):
            if heads := _HEADS.get(spelling(self._words[at:first])):
                found, end = self._item(first, heads) if first < len(self._words) else (None, at)
                if found:
                    return found, heads, end
        return None, (), at

    def _item(self, at: int, heads: tuple[str, ...]) -> tuple[str | None, int]:
        if not heads or (self._gap(at).strip(" ,:") and self._words[at - 1].key != "và"):
            return None, at
        ends = [
            (end, head) for head in heads for end in self._reader.spellings.ends(self._letters, at, letters_of(head))
        ]
        for end, head in sorted(ends, key=lambda one: -one[0]):
            if found := self._known(at, end, head) or self._bare(at, end, head):
                return found, end
        return None, at

    def _known(self, at: int, end: int, head: str) -> str | None:
        return self._reader.find(self._key(at, end, head), crossing=self._crosses(at, end))

    def _bare(self, at: int, end: int, head: str) -> str | None:
        return None if self._crosses(at, end) else self._reader.find_bare(self._key(at, end, head), self._day)

    def _key(self, at: int, end: int, head: str) -> str:
        return f"{head} {spelling(self._words[at:end])}".strip()

    def _crosses(self, at: int, end: int) -> bool:
        return bool(_HARD.search(self._text, self._words[at].end, self._words[end - 1].start))

    def _gap(self, at: int) -> str:
        """Return what stands before a word, behind the one before."""
        return self._text[self._words[at - 1].end : self._words[at].start] if at else self._text[: self._words[0].start]

    def _begins_item(self, at: int) -> bool:
        return not at or bool(self._gap(at).strip()) or self._words[at - 1].key in _BEFORE_ITEMS

    def _ends_item(self, end: int) -> bool:
        return end >= len(self._words) or bool(self._gap(end).strip()) or self._words[end].key in {"và", "có", "liên"}

    def _with_place(self, end: int) -> int:
        """Return the end of a name with the province's own name behind it."""
        most = min(len(self._words), end + _PLACE_WORDS)
        if end == most or self._gap(end).strip():
            return end
        most = next((at for at in range(end, most) if _HARD.search(self._gap(at))), most)
        for further in range(most, end, -1):
            if self._reader.is_place(self._words[end:further]):
                return further
        return end

    def _to_item_end(self, end: int) -> int:
        """Return the end of the item: words behind an open group describe it, and it stands for nobody in particular."""
        further = end
        while further < len(self._words) and not self._ends_item(further) and not self._begins_name(further):
            further += 1
        return further

    def _begins_name(self, at: int) -> bool:
        found, _ = self._own(at)
        return found is not None and self._begins(at, found)


def _without_renamed(text: str) -> str:
    """Return a text of the same length without the names in brackets that a body has now, or had."""
    return _RENAMED.sub(lambda found: " " * len(found[0]), text)


def _ends_list(gap: str) -> bool:
    return any(mark in gap for mark in ";()")


def _tails(text: str, found: list[Found]) -> list[str]:
    """Return what stands behind each name, up to the next one."""
    ends = [*(one.start for one in found[1:]), len(text)][: len(found)]
    return [text[one.end : following] for one, following in zip(found, ends, strict=True)]
