"""K707: the number and the ký hiệu of the document."""

import re
from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.layout_profile import LayoutProfile
from kehoach_cli.core.model.word_document import WordDocument
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.layout.wording import shortened, symbol_of

_LABEL = re.compile(r"Số\s*:?")
_FIGURES = re.compile(r"\d+")
# What remains of a ký hiệu where the number, or more, is left blank.
_BLANK = re.compile(r"/?\s*(?:\d{4}/)?(?:[A-ZĐ][A-Za-zĐđ]*\d*-?)*")
_BLANK_OF_THE_PARTY = re.compile(r"-?\s*(?:[A-ZĐ][A-Za-zĐ]*\s?/\s?[A-ZĐ]*\d*)?")
_UNPADDED = frozenset("123456789")


def check(document: WordDocument, profile: LayoutProfile) -> Iterator[Violation]:
    """Yield a missing number, a wrong label, a ký hiệu of the wrong form, a number below 10 without its zero."""
    article, line = profile.cite(profile.elements["number"].article), document.elements.number
    if not document.elements.administrative:
        return
    if line is None:
        yield Violation(f'thiếu số, ký hiệu (ví dụ "{profile.words.symbol_example}")', hint=article)
        return
    label = _LABEL.match(line.text)
    if label and label[0].strip() != profile.words.number:
        message = f'viết "{label[0].strip()}", phải viết "{profile.words.number}"'
        yield Violation(message, place=line.place, hint=article)
    for message in _faults(line.text, symbol_of(line.text), profile):
        yield Violation(message, place=line.place, hint=article)


def _faults(text: str, symbol: str, profile: LayoutProfile) -> Iterator[str]:
    """Yield what is wrong with the number and the ký hiệu behind the label."""
    if (_BLANK_OF_THE_PARTY if profile.party else _BLANK).fullmatch(symbol):
        return
    if not re.fullmatch(rf"{profile.words.symbol}-?", symbol):
        example = profile.words.symbol_example
        yield f'"{shortened(text)}" không đúng dạng "{example}" (không được có dấu cách trong ký hiệu)'
    figures = _FIGURES.match(symbol)
    if figures and figures[0] in _UNPADDED:
        yield f'số "{figures[0]}" nhỏ hơn 10 phải thêm số 0 phía trước'


RULE = Rule(
    code="K707",
    slug="document-number",
    severity=Severity.ERROR,
    found_by=FoundBy.LAYOUT,
    title="Số, ký hiệu sai dạng",
    why="""
        Cơ quan nhà nước viết "Số: 12/BC-SNNMT": có dấu hai chấm, gạch chéo sau số, gạch nối giữa các nhóm, không có dấu
        cách trong ký hiệu, số nhỏ hơn 10 thêm số 0. Cơ quan Đảng viết "Số 12-BC/TU": không có dấu hai chấm.

        Văn bản chưa lấy số được để trống chỗ ghi số. Công văn không có tên loại trong ký hiệu, ví dụ "Số: 3605/SNNMT-
        BVMT".
    """,
    bad="",
    good="",
    kind="docx",
    check=check,
)
