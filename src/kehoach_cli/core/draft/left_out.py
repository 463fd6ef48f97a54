"""Lines of the body that nothing of the draft holds: the last look over a document, so that none is lost without a word."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

from kehoach_cli.core.draft.lines import DraftLine
from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.model.source_record import DoubtKind

_SHOWN, _LONGEST_OF_LETTERHEAD = 400, 60
# Also the line that announces the articles: "QUYẾT ĐỊNH:".
_LETTERHEAD = re.compile(r"CỘNG H[ÒO]A|ĐỘC LẬP|ĐẢNG CỘNG SẢN|NHÂN DÂN|Độc lập\s*[-–]|(?:QUYẾT ĐỊNH|QUYẾT NGHỊ)\s*:?$")
# Not "Phụ lục I ban hành kèm theo Nghị định số 30/2020/NĐ-CP".
_HAS_APPENDIX = re.compile(
    r"\b(?:phụ lục|danh mục|(?<!đại )(?<!tiêu )(?<!phát )biểu)\b[^.;()]{0,60}\b(?:kèm theo|đính kèm|gửi kèm)\b"
    r"(?!\s+(?:nghị|thông tư|luật|hồ sơ|tờ trình|bằng khen|\w+ \w+ số))",
    re.IGNORECASE,
)
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_WORD = re.compile(r"(?<![\w./@])[^\W\d_¹²³]*[À-ÖØ-öø-ɏḀ-ỹ][^\W\d_¹²³]*(?![\w@])")
# One syllable without its tone; also as in "Đắk", "Krông".
_SYLLABLE = re.compile(
    r"(?:ngh?|nh|n|gh|gi|g|k[hrl]?|p[hlr]?|t[hr]?|ch?|b[rl]?|đr?|d|h|l|m|qu?|r|s|v|x)?[aăâeêioôơuưy]{1,4}(?:ch?|ng|nh|n|m|p|t|k|l|r)?"
)
_LISTS = ("sections", "objectives", "funding", "tasks", "indicators")


def doubt_missing_appendix(lines: Iterable[DraftLine], notes: DraftNotes) -> None:
    """Doubt a document without an appendix that speaks of its own: the work in it is in another file."""
    if line := next((line for line in lines if _HAS_APPENDIX.search(line.text)), None):
        why = "văn bản nói có phụ lục, danh mục kèm theo, nhưng tệp này không có phụ lục nào"
        notes.doubt(
            DoubtKind.UNREAD, ("", line.place), line.text, why, "xin tệp phụ lục; thêm các nhiệm vụ ở đó nếu có"
        )


def doubt_left_out_of_head(before: Sequence[DraftLine], notes: DraftNotes) -> None:
    """Doubt each sentence of the letterhead that nothing was read from: bases above the name of the document, say."""
    known = {*notes.places.values(), *notes.used, *(one.place for one in notes.doubts)}
    title = next(
        (at for at, line in enumerate(before) if line.place == notes.places.get("document/title")), len(before)
    )
    for at, line in enumerate(before):
        # Behind the title even a short line in capitals is no letterhead: the heading of a part whose number is damaged.
        short = len(line.text) <= _LONGEST_OF_LETTERHEAD and not (at > title and line.text.isupper())
        of_letterhead = short or _LETTERHEAD.search(line.text)
        if line.place not in known and not of_letterhead:
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
                if word := _glued(str(row.get(key, ""))):
                    at = f"{name}/{row['id']}" if key == "title" else f"{name}/{row['id']}/{key}"
                    place = notes.places.get(at, notes.places.get(f"{name}/{row['id']}", ""))
                    why = f'chữ dính nhau "{word}"'
                    notes.doubt(DoubtKind.READING, (at, place), str(row[key]), why, "thêm khoảng trắng theo bản in")


def _glued(text: str) -> str:
    """Return the first Vietnamese word of a text that is more than one syllable, "" without one."""
    return next((one for one in _WORD.findall(text) if not (one.isupper() or _is_syllable(one))), "")


@lru_cache(maxsize=8192)
def _is_syllable(word: str) -> bool:
    plain = unicodedata.normalize("NFC", _TONES.sub("", unicodedata.normalize("NFD", word.lower())))
    return _SYLLABLE.fullmatch(plain) is not None
