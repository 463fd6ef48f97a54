"""What to write in the place of a phrase that was refused: the nearest form that works, and the key that fits."""

import re
import unicodedata

from kehoach_cli.core.notation.nearest import is_schedule, is_target, nearest_schedule, nearest_target
from kehoach_cli.core.notation.refusal import PhraseError, Why

_KEEP = "giữ nguyên văn ở as_issued.{}"
# A quarter that no year has: "Quý 5", "Quý VI".
_NO_QUARTER = re.compile(r"\bquý\s+(?:0|[5-9]|[1-9][0-9]+|V|VI{1,3}|IX|X)(?!\w)", re.IGNORECASE)
_WAITING = re.compile(r"\b(?:sau khi|khi|theo|nếu|tùy|tuỳ|phụ thuộc|căn cứ|chờ)\b", re.IGNORECASE)
_TIMES = re.compile(r"(?:ngày|tháng|quý|năm|giai đoạn)\s*[0-9IVX]+|[0-9]{1,2}/[0-9]{1,4}|\b[0-9]{4}\b", re.IGNORECASE)


def schedule_advice(text: str, error: PhraseError, *, in_row: bool) -> str | None:
    """Return what to do about a refused schedule; only a row (`in_row`) has the keys for what is no schedule."""
    if error.why is Why.YEAR_MISSING:
        return "thêm năm theo văn bản; nếu cả mục cùng một năm thì ghi schedule ở tiêu đề mục" if in_row else None
    if error.why in {Why.NO_SUCH_DAY, Why.BACKWARDS}:
        keep = f", {_KEEP.format('schedule')}" if in_row else ""
        return f"đối chiếu với văn bản; nếu văn bản in như vậy thì viết lại cho đúng{keep} và nói rõ ở errata"
    if (plain := _plainly(text)) != text and is_schedule(plain):
        return _retype(plain)
    if found := _NO_QUARTER.search(text):
        return f'không có "{found[0]}", một năm chỉ có quý I đến quý IV; đối chiếu với văn bản'
    near = nearest_schedule(text)
    steps = [f'gần nhất hiểu được: "{near}"' + (f", {_KEEP.format('schedule')}" if in_row else "")] if near else []
    return "; ".join([*steps, *(_other_keys(text) if in_row else ())]) or None


def _other_keys(text: str) -> list[str]:
    found = ["nhiều mốc thì ghi từng mốc ở milestones"] if len(_TIMES.findall(text)) > 1 else []
    return [*found, *(["điều kiện phải chờ thì ghi ở conditions"] if _WAITING.search(text) else ())]


def target_advice(text: str, error: PhraseError, *, unit: str | None) -> str | None:
    """Return what to do about a refused target."""
    keep = _KEEP.format("targets")
    if error.why is Why.TWO_READINGS:
        untold = [reading for reading in error.readings if reading not in str(error)]
        meant = f", viết {' hoặc '.join(map(_quoted, untold))}" if untold else ""
        return f"đối chiếu với văn bản{meant}; {keep}"
    if error.why is Why.NO_TARGET:
        return None
    if (plain := _plainly(text)) != text and is_target(plain, unit=unit):
        return _retype(plain)
    if error.near:
        return f'ví dụ "{error.near}"; {keep}'
    near = nearest_target(text, unit=unit)
    return f'phần hiểu được: "{near}"; viết lại theo văn bản, {keep}' if near else None


def _plainly(text: str) -> str:
    """Return a text with the characters of a usual keyboard for full-width ones and for all kinds of dashes."""
    usual = unicodedata.normalize("NFKC", text)
    return "".join("-" if unicodedata.category(letter) == "Pd" else letter for letter in usual)


def _retype(plain: str) -> str:
    return f'có ký tự lạ trông giống ký tự thường; gõ lại: "{plain}"'


def _quoted(text: str) -> str:
    return f'"{text}"'
