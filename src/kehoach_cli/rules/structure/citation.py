"""What the citation of a plan says about the document itself: its kind, its number and its date."""

import re
from datetime import date
from unicodedata import normalize

from msgspec import Struct

from kehoach_cli.core.model.plan import Document
from kehoach_cli.viet.dates import DateError, parse_date
from kehoach_cli.viet.text import folded, match_key

# Abbreviations of Nghị định 30/2020, appendix III, that a plan may have, and those of the Party; "KL" is a Party document.
KINDS = {
    "NQ": "nghị quyết",
    "QĐ": "quyết định",
    "CT": "chỉ thị",
    "QC": "quy chế",
    "QyĐ": "quy định",
    "TB": "thông báo",
    "HD": "hướng dẫn",
    "CTr": "chương trình",
    "KH": "kế hoạch",
    "PA": "phương án",
    "ĐA": "đề án",
    "DA": "dự án",
    "BC": "báo cáo",
    "TTr": "tờ trình",
    "CĐ": "công điện",
    "KL": "kết luận",
}
_KIND = "|".join(KINDS.values())
# The document names itself first, or behind "ban hành kèm theo"; what follows "thực hiện" is another document.
_ISSUED_WITH = re.compile(rf"\b(?:kèm theo|ban hành theo) (?={_KIND})", re.IGNORECASE)
_OWN_KIND = re.compile(rf"(?P<kind>{_KIND})\b", re.IGNORECASE)
_OWN_NUMBER = re.compile(r"(?: (?!thực|triển|theo|về)\w+){0,3} số:? ?(?P<number>\w[\w/-]*\w)", re.IGNORECASE)
_OWN_DATE = re.compile(
    r",? (?:ngày )?(?P<date>\d{1,2} ?/ ?\d{1,2} ?/ ?\d{4}|ngày \d{1,2} tháng \d{1,2} năm \d{4})", re.IGNORECASE
)


class Citation(Struct, frozen=True):
    """What a citation says about the document: the kind in lower case, the number as printed, the day. None: not said."""

    kind: str | None = None
    number: str | None = None
    day: date | None = None
    day_text: str = ""


def read_citation(document: Document) -> Citation:
    """Return what the citation of a document says about the document itself."""
    text = folded(document.cite)
    issued_with = _ISSUED_WITH.search(text)
    own = _OWN_KIND.match(text, issued_with.end() if issued_with else 0)
    if own is None:
        return Citation()
    kind = own["kind"].lower()
    number = _OWN_NUMBER.match(text, own.end())
    if number is None:
        return Citation(kind)
    day = _OWN_DATE.match(text, number.end())
    try:
        return Citation(kind, number["number"], parse_date(day["date"]) if day else None, day["date"] if day else "")
    except DateError:
        return Citation(kind, number["number"])


def symbol_kind(number: str) -> str | None:
    """Return the abbreviation of the kind in a document number: KH of `176/KH-UBND`, KL of `81-KL/TW`; None without one."""
    found = re.match(r"\s*\d+\w*\s*(?:/(?:\d{4}/)?|-)\s*(?P<kind>[^\W\d_]+)", number)
    return found["kind"] if found else None


def same_number(one: str, other: str) -> bool:
    """Whether two printed document numbers are the same one: case, spaces and the width of figures (K115) do not count."""
    first, second = (match_key(re.sub(r"\s", "", normalize("NFKC", text))) for text in (one, other))
    return first == second
