"""Rows of the body that an appendix repeats: the appendix, with its cells, is the list of tasks."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.model.source_record import DoubtKind
from kehoach_cli.viet.text import match_key

# Of the words of a row so many stand in the one row of the appendix that repeats it.
_ALIKE = 0.75
# A part is repeated where so many of its rows are.
_REPEATED = 0.6


def without_repeated(
    body: list[dict[str, Any]], tables: Sequence[dict[str, Any]], notes: DraftNotes
) -> list[dict[str, Any]]:
    """Return the tasks of the body without those of a part that an appendix repeats; what only the body says is a doubt."""
    words = [_words(row) for row in tables]
    kept: list[dict[str, Any]] = []
    for part in dict.fromkeys(_part(row) for row in body):
        rows = [row for row in body if _part(row) == part]
        matches = [_match(row, words) for row in rows]
        if not tables or sum(match is not None for match in matches) < _REPEATED * len(rows):
            kept += rows
            continue
        for row, match in zip(rows, matches, strict=True):
            _compare(row, None if match is None else tables[match], notes)
    return kept


def _part(row: dict[str, Any]) -> str:
    return re.split(r"[.-]", row["id"])[0]


def _words(row: dict[str, Any]) -> Counter[str]:
    return Counter(re.findall(r"\w+", match_key(row["text"])))


def _match(row: dict[str, Any], tables: Sequence[Counter[str]]) -> int | None:
    """Return the row of the appendix that has most of the words of a row; names of bodies before it may be missing there."""
    own = _words({"text": _without_bodies(row)})
    shared = [(sum((own & other).values()), at) for at, other in enumerate(tables)]
    best, at = max(shared, default=(0, -1))
    return at if best >= _ALIKE * sum(own.values()) else None


def _without_bodies(row: dict[str, Any]) -> str:
    """Return the wording without who leads and supports: the appendix has these in cells of their own."""
    text = str(row["text"])
    for words in row.get("as_issued", {}).values():
        text = text.replace(words, " ", 1)
    return re.sub(r"chủ trì,|phối hợp với|trên cơ sở chức năng, nhiệm vụ được giao", " ", text)


def _compare(row: dict[str, Any], other: dict[str, Any] | None, notes: DraftNotes) -> None:
    """Drop a row that the appendix has; doubt one that it has not, and bodies that only the body names."""
    at = f"tasks/{row['id']}"
    place = notes.places.get(f"{at}/text", "")
    for key in [one for one in notes.places if one.startswith(f"{at}/")]:
        del notes.places[key]
    for doubt in [one for one in notes.doubts if one.at == at or one.at.startswith(f"{at}/")]:
        del notes.doubts[doubt]
    if other is None:
        why = "phần thân nêu việc này, phụ lục không có dòng tương ứng; chưa lấy"
        notes.doubt(DoubtKind.UNREAD, ("", place), row["text"], why, "thêm nhiệm vụ nếu là việc riêng")
        return
    more = [one for one in row.get("lead", ()) if one not in other.get("lead", ())]
    if more:
        why = f"phần thân giao thêm {', '.join(more)} chủ trì; phụ lục không ghi"
        mend = f"ghi vào khóa body của {other['id']} nếu đúng"
        notes.doubt(DoubtKind.READING, (f"tasks/{other['id']}/body", place), row["text"], why, mend)
