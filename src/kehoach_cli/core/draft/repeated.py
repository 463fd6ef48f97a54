"""Rows of the body that an appendix repeats: the appendix, with its cells, is the list of tasks."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.draft.times import times_in
from kehoach_cli.core.draft.verbs import BODY
from kehoach_cli.core.model.source_record import DoubtKind
from kehoach_cli.viet.text import match_key

# Of the words of a row so many stand in the one row of the appendix that repeats it.
_ALIKE = 0.75
# A part is repeated where so many of its rows are.
_REPEATED = 0.6
# A word that stands in so few rows tells one from another; so many of the rows that share such words are compared.
_RARE, _CANDIDATES = 100, 12
# Printed in full in the one, short in the other.
_COMMITTEE = re.compile(r"(?:ủy|uỷ) ban nhân dân", re.IGNORECASE)
# So many more words in a row are no other way to say the same.
_RUN = 4


def without_repeated(
    body: list[dict[str, Any]], tables: Sequence[dict[str, Any]], notes: DraftNotes
) -> list[dict[str, Any]]:
    """Return the tasks of the body without those of a part that an appendix repeats; what only the body says is a doubt."""
    likeness = _Likeness(tables)
    parts: dict[str, list[dict[str, Any]]] = {}
    for row in body:
        parts.setdefault(_part(row), []).append(row)
    kept: list[dict[str, Any]] = []
    dropped: list[tuple[dict[str, Any], dict[str, Any] | None]] = []
    for rows in parts.values():
        matches = [likeness.match(row) for row in rows]
        if not tables or sum(match is not None for match in matches) < _REPEATED * len(rows):
            kept += rows
        else:
            dropped += [
                (row, None if match is None else tables[match]) for row, match in zip(rows, matches, strict=True)
            ]
    places = [notes.places.get(f"tasks/{row['id']}/text", "") for row, _ in dropped]
    notes.used.update(places)
    _forget({f"tasks/{row['id']}" for row, _ in dropped}, notes)
    for (row, other), place in zip(dropped, places, strict=True):
        _compare(row, other, place, notes)
    return kept


def _part(row: dict[str, Any]) -> str:
    return re.split(r"[.-]", row["id"])[0]


def _words(row: dict[str, Any]) -> Counter[str]:
    return Counter(re.findall(r"\w+", match_key(row["text"])))


def _without_bodies(row: dict[str, Any]) -> str:
    """Return the wording without who leads and supports: the appendix has these in cells of their own."""
    text = str(row["text"])
    for words in row.get("as_issued", {}).values():
        text = text.replace(words, " ", 1)
    return re.sub(r"chủ trì,|phối hợp với|trên cơ sở chức năng, nhiệm vụ được giao", " ", text)


def _forget(rows: set[str], notes: DraftNotes) -> None:
    """Drop the places and doubts of rows of the body."""
    for key in [one for one in notes.places if one.rpartition("/")[0] in rows]:
        del notes.places[key]
    for doubt in [one for one in notes.doubts if one.at in rows or one.at.rpartition("/")[0] in rows]:
        del notes.doubts[doubt]


def _compare(row: dict[str, Any], other: dict[str, Any] | None, place: str, notes: DraftNotes) -> None:
    """Doubt a row that the appendix has not, and bodies that only the body names."""
    if other is None:
        why = "phần thân nêu việc này, phụ lục không có dòng tương ứng; chưa lấy"
        notes.doubt(DoubtKind.UNREAD, ("", place), row["text"], why, "thêm nhiệm vụ nếu là việc riêng")
        return
    more = [one for one in row.get("lead", ()) if one not in other.get("lead", ())]
    if more:
        why = f"phần thân giao thêm {', '.join(more)} chủ trì; phụ lục không ghi"
        mend = f"ghi vào khóa body của {other['id']} nếu đúng"
        notes.doubt(DoubtKind.READING, (f"tasks/{other['id']}/body", place), row["text"], why, mend)
    elif said := _only_said(row, other):
        why = f'phần thân còn ghi "{said}"; phụ lục không ghi'
        mend = f"bổ sung nhiệm vụ {other['id']} nếu cần"
        notes.doubt(DoubtKind.READING, (f"tasks/{other['id']}/body", place), row["text"], why, mend)


def _only_said(row: dict[str, Any], other: dict[str, Any]) -> str:
    """Return a time, a body in brackets, a figure or other words that the body says of a row and the appendix does not."""
    text = str(row["text"])
    held = f"{other['text']} {other.get('schedule', '')} {' '.join(other.get('as_issued', {}).values())}".lower()
    asides = re.findall(rf"\(({BODY}[^()]*)\)", text, re.IGNORECASE)
    figures = re.findall(r"(?<![\w/.-])\d[\d.,]*\s*%|(?<![\w/.-])\d[\d.,]*\d(?![\w/])", text)
    times = times_in(text)
    return next((one for one in [*asides, *times, *figures] if one.lower() not in held), "") or _more_words(row, held)


def _more_words(row: dict[str, Any], held: str) -> str:
    """Return the first run of several words of a row that other words do not have, nor in another order."""
    text = _COMMITTEE.sub("UBND", _without_bodies(row))
    own = list(re.finditer(r"\w+", text))
    known = set(pairwise(re.findall(r"\w+", _COMMITTEE.sub("ubnd", held))))
    begun = 0
    for at in range(1, len(own) + 1):
        # Words are new as long as no two of them stand side by side in the others.
        if at < len(own) and (own[at - 1][0].lower(), own[at][0].lower()) not in known:
            continue
        first, last = begun + (begun > 0), at - (at < len(own))
        if last - first >= _RUN:
            return text[own[first].start() : own[last - 1].end()]
        begun = at
    return ""


class _Likeness:
    """The rows of the appendices by their words: rare words tell which may repeat a row."""

    def __init__(self, tables: Sequence[dict[str, Any]]) -> None:
        self._words = [_words(row) for row in tables]
        self._having: dict[str, list[int]] = {}
        for at, words in enumerate(self._words):
            for word in words:
                self._having.setdefault(word, []).append(at)

    def match(self, row: dict[str, Any]) -> int | None:
        """Return the row of the appendix that has most of the words of a row; names of bodies before it may be missing there."""
        own = _words({"text": _without_bodies(row)})
        shared = [(sum((own & self._words[at]).values()), at) for at in self._candidates(own)]
        best, at = max(shared, default=(0, -1))
        return at if best >= _ALIKE * sum(own.values()) else None

    def _candidates(self, own: Counter[str]) -> list[int]:
        """Return the few rows that share the most of the rare words."""
        rare = [having for word in own if (having := self._having.get(word)) and len(having) <= _RARE]
        if not rare:
            return list(range(min(len(self._words), _RARE)))
        return [at for at, _ in Counter(at for having in rare for at in having).most_common(_CANDIDATES)]
