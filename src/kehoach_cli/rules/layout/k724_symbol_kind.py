"""K724: the ký hiệu has the abbreviation of tên loại."""

import re
from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.layout_profile import LayoutProfile
from kehoach_cli.core.model.word_document import WordDocument
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.layout.wording import CONSOLIDATED, symbol_of

# The group behind the number, and behind the year that normative documents have.
_GROUP = {
    False: re.compile(r"\d*\s*/\s*(?:\d{4}/)?(?P<group>[^\W\d_]+)"),
    True: re.compile(r"\d*\s*-\s*(?P<group>[^\W\d_]+)"),
}
# What the Party, but no state body, writes for a letter.
_LETTER = "CV"


def check(document: WordDocument, profile: LayoutProfile) -> Iterator[Violation]:
    """Yield a ký hiệu of another kind of document."""
    elements = document.elements
    line = elements.number
    found = _GROUP[profile.party].match(symbol_of(line.text)) if line else None
    if line is None or found is None:
        return
    article = profile.cite(profile.elements["number"].article)
    if fault := _fault(document, profile, found["group"]):
        yield Violation(fault, place=line.place, hint=article)


def _fault(document: WordDocument, profile: LayoutProfile, group: str) -> str:
    kind = document.elements.kind
    if kind:
        wanted = profile.kinds.get(kind.key, group)
        return (
            ""
            if group in {wanted, CONSOLIDATED}
            else f'ký hiệu ghi "{group}", tên loại {kind.text} phải ghi "{wanted}"'
        )
    if document.elements.letter_summary and not profile.party and group == _LETTER:
        return f'ký hiệu của công văn không được ghi "{group}"; sau dấu gạch chéo là tên viết tắt của cơ quan'
    return ""


RULE = Rule(
    code="K724",
    slug="symbol-kind",
    severity=Severity.WARNING,
    found_by=FoundBy.LAYOUT,
    title="Ký hiệu không khớp tên loại văn bản",
    why="""
        Ký hiệu gồm chữ viết tắt của tên loại rồi đến tên viết tắt của cơ quan: báo cáo ghi "12/BC-SNNMT", kế hoạch ghi
        "12/KH-UBND", tờ trình ghi "12/TTr-SNV". Ký hiệu của loại khác thường còn lại từ văn bản được sao chép, và văn bản bị
        vào nhầm sổ. Công văn của cơ quan nhà nước không ghi tên loại: "3605/SNNMT-BVMT"; chữ "CV" là của cơ quan Đảng.

        Sửa ký hiệu cho khớp tên loại. Văn bản hợp nhất mang tên của văn bản gốc, ký hiệu ghi "VBHN". Tên loại không có chữ
        viết tắt quy định (nghị định, điều lệ…) không bị xét.
    """,
    bad="",
    good="",
    kind="docx",
    check=check,
)
