"""Lines of the body that nothing of the draft holds: the last look over a document, so that none is lost without a word."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from kehoach_cli.core.draft.lines import DraftLine
from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.model.source_record import DoubtKind

_SHOWN, _LONGEST_OF_LETTERHEAD = 400, 60
# No syllable has two tones or so many letters: words of a page whose blanks are narrow have run together.
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_TONED = "".join(one for one in map(chr, range(0xC0, 0x1EFA)) if _TONES & set(unicodedata.normalize("NFD", one)))
_GLUED = re.compile(
    rf"(?<![\w./@-])(?:[^\W\d_]*[{_TONED}][^\W\d_]*[{_TONED}][^\W\d_]*|(?=[^\W\d_]*[À-ỹ])[^\W\d_]{{9,}})"
)
_LISTS = ("sections", "objectives", "funding", "tasks", "indicators")


def doubt_left_out_of_head(before: Sequence[DraftLine], notes: DraftNotes) -> None:
    """Doubt each sentence of the letterhead that nothing was read from: bases above the name of the document, say."""
    known = {*notes.places.values(), *notes.used, *(one.place for one in notes.doubts)}
    for line in before:
        if line.place not in known and len(line.text) > _LONGEST_OF_LETTERHEAD and not line.text.isupper():
            why = "câu ở phần đầu văn bản; chưa lấy"
            notes.doubt(DoubtKind.UNREAD, ("", line.place), line.text, why, "nhập vào tệp kế hoạch nếu cần")


def doubt_left_out(body: Sequence[DraftLine], notes: DraftNotes) -> None:
    """Doubt each run of lines from which no value was read, and which no doubt is about."""
    known = {*notes.places.values(), *notes.used, *(one.place for one in notes.doubts)}
    left = [line.place not in known for line in body]
    for is_left, run in groupby(zip(left, body, strict=True), lambda pair: pair[0]):
        lines = [line for _, line in run]
        if is_left:
            place = lines[0].place if len(lines) == 1 else f"{lines[0].place} đến {lines[-1].place}"
            text = " ".join(line.text for line in lines)
            text = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
            why = "chưa lấy" if len(lines) == 1 else f"{len(lines)} dòng chưa lấy"
            mend = "nhập vào tệp kế hoạch nếu cần"
            notes.doubt(DoubtKind.UNREAD, ("", place), text, f"{why} vào khóa nào của bản nháp", mend)


def doubt_glued(plan: dict[str, Any], notes: DraftNotes) -> None:
    """Doubt wording in which words have run together: "phòng,chốngthiêntai"."""
    for name in _LISTS:
        for row in plan.get(name, ()):
            for key in ("title", "text", "name"):
                if found := _GLUED.search(str(row.get(key, ""))):
                    at = f"{name}/{row['id']}" if key == "title" else f"{name}/{row['id']}/{key}"
                    place = notes.places.get(at, notes.places.get(f"{name}/{row['id']}", ""))
                    why = f'chữ dính nhau "{found[0]}"'
                    notes.doubt(DoubtKind.READING, (at, place), str(row[key]), why, "thêm khoảng trắng theo bản in")
