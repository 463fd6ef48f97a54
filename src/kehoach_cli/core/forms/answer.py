"""One answer of a progress file as a person types it on a command line: `status=done`, `levels.2024=28,1`."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from kehoach_cli.core.check.wording import STATUSES
from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.plan import Indicator, Task
from kehoach_cli.core.model.progress import Status, cited_paper, erases
from kehoach_cli.viet.dates import DateError, parse_date, parse_iso
from kehoach_cli.viet.text import folded, match_key


class AnswerError(ValueError):
    """What was typed is no answer; its text says in Vietnamese why."""


def answer(row: Task | Indicator, text: str) -> tuple[KeyPath, Any]:
    """Return key path and value of `key=value`; None as the value takes the answer back.

    Raises:
        AnswerError: the row has no such key, or the value cannot be one of it.
    """
    key, equals, typed = text.partition("=")
    parts = tuple(part.strip() for part in key.split(".", 1))
    read = _readers(row).get(parts[0] if len(parts) == 1 or parts[0] in _OPEN else ".".join(parts))
    if not equals or read is None or not all(parts):
        known = ", ".join(f"{name}.…" if name == "levels" else name for name in _readers(row))
        raise AnswerError(f'--set "{text}" không đúng dạng KHÓA=GIÁ TRỊ; các khóa có: {known}')
    typed = folded(typed)
    if not typed:
        raise AnswerError(f'"{key.strip()}" để trống; muốn bỏ giá trị thì ghi (xóa)')
    # Years are numbers in a document.
    path = tuple(int(part) if parts[0] == "levels" and part.isdecimal() else part for part in parts)
    return path, None if erases(typed) else read(typed)


# Below these keys stand keys of the user's own: what a value is of, and years.
_OPEN = frozenset({"value", "levels"})


def _readers(row: Task | Indicator) -> Mapping[str, Callable[[str], Any]]:
    return _OF_TASK if isinstance(row, Task) else _OF_INDICATOR


def _status(text: str) -> str:
    words = {match_key(word): str(code) for code, word in STATUSES.items()}
    found = text if text in list(Status) else words.get(match_key(text))
    if found is None:
        known = ", ".join(f"{code} ({word})" for code, word in STATUSES.items())
        raise AnswerError(f'trạng thái "{text}" không có; chọn một trong: {known}')
    return found


def _day(text: str) -> date:
    try:
        return parse_date(text) if "/" in text or "tháng" in text else _whole_day(text)
    except DateError as error:
        raise AnswerError(f'ngày "{text}" không hợp lệ: {error}') from None


def _whole_day(text: str) -> date:
    found = parse_iso(text)
    if found.day is None:
        raise DateError("phải đủ ngày, tháng, năm")
    return found.first


def _flag(text: str) -> bool:
    words = {"có": True, "true": True, "đạt": True, "không": False, "false": False, "chưa đạt": False}
    if (found := words.get(text.casefold())) is None:
        raise AnswerError(f'"{text}" phải là có hoặc không')
    return found


def _papers(text: str) -> list[dict[str, Any]]:
    found = [cited_paper(one) for one in text.split(";") if one.strip()]
    if None in found:
        raise AnswerError(
            f'văn bản "{text}" phải có số và ngày, ví dụ "345/UBND-NN ngày 10/11/2025"; nhiều văn bản nối bằng ";"'
        )
    return [{"number": paper.number, "date": paper.dated} for paper in found if paper]


_OF_INDICATOR: Mapping[str, Callable[[str], Any]] = {
    "value": str,
    "estimate": _flag,
    "to_date": str,
    "province_total": _flag,
    "levels": str,
    "source": str,
    "note": str,
    "met": _flag,
}
_OF_TASK: Mapping[str, Callable[[str], Any]] = {
    "status": _status,
    "result": str,
    "documents": _papers,
    "completed": _day,
    "extension.to": _day,
    "extension.document": str,
    "condition_met": _flag,
    "done_this_year": _flag,
    "difficulty": str,
}
