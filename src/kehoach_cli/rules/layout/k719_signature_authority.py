"""K719: authority and office of the signer, with the marks of this kind of document."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.layout_profile import LayoutProfile
from kehoach_cli.core.model.word_document import WordDocument
from kehoach_cli.rules.base import FoundBy, Rule, Violation


def check(document: WordDocument, profile: LayoutProfile) -> Iterator[Violation]:
    """Yield a missing signature, and the marks that only the other kind of document uses."""
    article, words = profile.cite(profile.elements["authority"].article), profile.words
    if not document.elements.administrative:
        return
    if not document.elements.signature:
        yield Violation("không thấy quyền hạn, chức vụ của người ký", hint=article)
    for line in document.elements.signature:
        if mark := next((mark for mark in words.wrong_marks if line.text.startswith(mark)), ""):
            allowed = ", ".join(words.authority_marks)
            message = f'"{mark}" là cách viết của {words.wrong_marks_of}; dùng: {allowed}'
            yield Violation(message, place=line.place, hint=article)


RULE = Rule(
    code="K719",
    slug="signature-authority",
    severity=Severity.WARNING,
    found_by=FoundBy.LAYOUT,
    title="Quyền hạn người ký thiếu hoặc viết sai kiểu",
    why="""
        Cơ quan nhà nước ghi TM., KT., TL., TUQ., Q. (dấu chấm); cơ quan Đảng ghi T/M, K/T, T/L (gạch chéo). Văn bản
        không có chức vụ người ký thì không rõ ai chịu trách nhiệm.

        Sở, ngành do một người đứng đầu nên không dùng TM.; cấp phó ký thay ghi "KT. GIÁM ĐỐC", dòng dưới "PHÓ GIÁM
        ĐỐC".
    """,
    bad="",
    good="",
    kind="docx",
    check=check,
)
