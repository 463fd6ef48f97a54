"""What several layout rules write or read alike: quoted text, blanks to be filled in, Roman numerals."""

import re

from kehoach_cli.core.model.word_document import WordDocument

LONGEST = 60
"""Letters of a document that a message quotes at most."""
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")

PLACE_AND_DATE = re.compile(
    r"(?P<place>[^,]*)(?P<comma>,?) ?ngày ?(?P<day>\d+)? ?tháng ?(?P<month>\d+)? ?năm ?(?P<year>\d+)?", re.IGNORECASE
)
"""Place and date as they must be written, each figure perhaps still missing."""

CONSOLIDATED = "VBHN"
"""What a consolidated text has in the ký hiệu, whatever kind of document it consolidates."""

_GAPS = re.compile(r"[.…_]+")
_LABEL = re.compile(r"Số\s*:?\s*")
_FIELDS = re.compile(r"\{\{?[^{}]{0,80}\}?\}|«[^«»]{0,80}»")
# Looks like Đ and comes from old keyboards.
_LOOKALIKES = str.maketrans({"Ð": "Đ", "Ɖ": "Đ"})


def shortened(text: str) -> str:
    """Return a text as a message quotes it."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def fields(text: str) -> list[str]:
    """Return the fields of a template (`{{ … }}`, `«…»`) in a text."""
    return _FIELDS.findall(text)


def symbol_of(text: str) -> str:
    """Return number and ký hiệu from the line that begins with "Số", without what is left to be filled in."""
    return _LABEL.sub("", without_gaps(_FIELDS.sub("", text)).translate(_LOOKALIKES), count=1).strip()


def is_consolidated(document: WordDocument) -> bool:
    """Whether a document consolidates others: name, numbers of appendices and references are those of the original."""
    number = document.elements.number
    return number is not None and re.search(rf"[/-]\s?{CONSOLIDATED}\b", number.text) is not None


def place_and_date(text: str) -> re.Match[str] | None:
    """Return the parts of the line with place and date, None where it is written otherwise."""
    return PLACE_AND_DATE.fullmatch(" ".join(without_gaps(text, " ").split()))


def without_gaps(text: str, instead: str = "") -> str:
    """Return a text without the dots and underscores that stand where something is to be filled in by hand."""
    return _GAPS.sub(instead, text)
