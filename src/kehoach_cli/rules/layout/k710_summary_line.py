"""K710: the trích yếu below tên loại."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.layout_profile import LayoutProfile
from kehoach_cli.core.model.word_document import WordDocument
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.layout.wording import shortened


def check(document: WordDocument, profile: LayoutProfile) -> Iterator[Violation]:
    """Yield a missing trích yếu, and one with the wrong capitals."""
    article, elements = profile.cite(profile.elements["summary"].article), document.elements
    line = elements.summary
    if elements.kind is None or elements.attachment:
        return
    if line is None or line.index >= elements.closing_index or line.key.startswith(("kính gửi", "căn cứ")):
        yield Violation("thiếu trích yếu dưới tên loại", place=elements.kind.place, hint=article)
    elif fault := _fault(line.text, profile):
        yield Violation(f'trích yếu "{shortened(line.text)}" {fault}', place=line.place, hint=article)


def _fault(text: str, profile: LayoutProfile) -> str:
    if text.isupper():
        return "không được viết toàn chữ in hoa"
    if profile.party:
        return "phải bắt đầu bằng chữ thường" if text[0].isupper() else ""
    return "phải bắt đầu bằng chữ hoa" if text[0].islower() else ""


RULE = Rule(
    code="K710",
    slug="summary-line",
    severity=Severity.ERROR,
    found_by=FoundBy.LAYOUT,
    title="Trích yếu thiếu hoặc sai cách viết hoa",
    why="""
        Dưới tên loại là trích yếu nội dung, viết chữ thường, đậm. Văn bản của cơ quan nhà nước viết hoa chữ đầu; văn
        bản của Đảng bắt đầu bằng chữ thường. Viết toàn bộ bằng chữ in hoa là sai.

        Ví dụ đúng: "Kết quả thực hiện Kế hoạch số 176/KH-UBND năm 2025" (nhà nước), "kết quả thực hiện Kết luận số
        81-KL/TW" (Đảng).
    """,
    bad="",
    good="",
    kind="docx",
    check=check,
)
