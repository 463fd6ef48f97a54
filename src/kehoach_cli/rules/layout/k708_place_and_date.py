"""K708: place and date; a draft may leave day and month blank."""

import re
from collections.abc import Iterator
from datetime import date

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.layout_profile import LayoutProfile
from kehoach_cli.core.model.word_document import WordDocument
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.layout.wording import place_and_date, shortened

_PADDED_MONTHS = 2


def check(document: WordDocument, profile: LayoutProfile) -> Iterator[Violation]:
    """Yield a missing line, a missing place or comma, and a date that is written wrong or not in the calendar."""
    article, line = profile.cite(profile.elements["place_date"].article), document.elements.date
    if not document.elements.administrative:
        return
    if line is None:
        yield Violation("thiếu địa danh và ngày, tháng, năm ban hành", hint=article)
        return
    written = place_and_date(line.text)
    if written is None:
        message = f'"{shortened(line.text)}" không đúng dạng "Thanh Hóa, ngày 05 tháng 01 năm 2026"'
        yield Violation(message, place=line.place, hint=article)
        return
    for message in (*_place_faults(written), *_day_faults(written)):
        yield Violation(message, place=line.place, hint=article)


def _place_faults(written: re.Match[str]) -> Iterator[str]:
    if not written["place"].strip():
        yield "thiếu địa danh trước ngày"
    elif written["place"].isupper():
        yield f'địa danh "{written["place"].strip()}" phải viết chữ thường, chỉ viết hoa chữ đầu'
    elif not written["comma"]:
        yield "thiếu dấu phẩy giữa địa danh và ngày"


def _day_faults(written: re.Match[str]) -> Iterator[str]:
    day, month, year = written["day"], written["month"], written["year"]
    if day and day != f"{int(day):02d}":
        yield f'ngày "{day}" phải viết "{int(day):02d}"'
    if month and month != (wanted := _month(int(month))):
        yield f'tháng "{month}" phải viết "{wanted}" (chỉ tháng 1, tháng 2 thêm số 0)'
    if day and month and year:
        try:
            date(int(year), int(month), int(day))
        except ValueError:
            yield f"ngày {day}/{month}/{year} không có trong lịch"


def _month(number: int) -> str:
    return f"{number:02d}" if number <= _PADDED_MONTHS else str(number)


RULE = Rule(
    code="K708",
    slug="place-and-date",
    severity=Severity.ERROR,
    found_by=FoundBy.LAYOUT,
    title="Địa danh, ngày tháng năm sai cách viết",
    why="""
        Viết "Thanh Hóa, ngày 08 tháng 5 năm 2025": địa danh viết chữ thường, dấu phẩy, rồi ngày. Ngày nhỏ hơn 10 thêm số 0;
        tháng chỉ thêm số 0 với tháng 1 và tháng 2. Ngày không có trong lịch cũng được báo.

        Bản chưa ký được để trống ngày, tháng, năm. Địa danh thì không được để trống.
    """,
    bad="",
    good="",
    kind="docx",
    check=check,
)
