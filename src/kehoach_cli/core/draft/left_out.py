"""Lines of the body that nothing of the draft holds: the last look over a document, so that none is lost without a word."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from kehoach_cli.core.draft.lines import DraftLine
from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.model.source_record import DoubtKind

_SHOWN = 400


def doubt_left_out(body: Sequence[DraftLine], plan: dict[str, Any], notes: DraftNotes) -> None:
    """Doubt each run of lines that no value holds, no doubt is about, and no value was read from."""
    known = {*notes.places.values(), *notes.used, *(one.place for one in notes.doubts)}
    held = "\n".join([*_texts(plan), *(one.text for one in notes.doubts)])
    # A line that stands several times, "Các sở, ngành." below each task, is held as often.
    times = Counter(line.text for line in body)
    left = [line.place not in known and held.count(line.text) < times[line.text] for line in body]
    for is_left, run in groupby(zip(left, body, strict=True), lambda pair: pair[0]):
        lines = [line for _, line in run]
        if is_left:
            place = lines[0].place if len(lines) == 1 else f"{lines[0].place} đến {lines[-1].place}"
            text = " ".join(line.text for line in lines)
            text = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
            why = "chưa lấy" if len(lines) == 1 else f"{len(lines)} dòng chưa lấy"
            mend = "nhập vào tệp kế hoạch nếu cần"
            notes.doubt(DoubtKind.UNREAD, ("", place), text, f"{why} vào khóa nào của bản nháp", mend)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        parts: Iterable[Any] = value.values() if isinstance(value, dict) else value
        for one in parts:
            yield from _texts(one)
