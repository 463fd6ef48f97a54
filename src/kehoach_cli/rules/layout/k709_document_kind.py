"""K709: tên loại in capitals; a letter has none."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.layout_profile import LayoutProfile
from kehoach_cli.core.model.word_document import WordDocument
from kehoach_cli.rules.base import FoundBy, Rule, Violation


def check(document: WordDocument, profile: LayoutProfile) -> Iterator[Violation]:
    """Yield a missing tên loại, or one that is not in capitals."""
    article, kind = profile.cite(profile.elements["kind"].article), document.elements.kind
    if kind is None:
        if document.elements.administrative and document.elements.letter_summary is None:
            yield Violation('thiếu tên loại văn bản (hoặc "V/v …" nếu là công văn)', hint=article)
    elif not kind.text.isupper() and not kind.look.capitals:
        message = f'tên loại "{kind.text}" phải viết in hoa: "{kind.text.upper()}"'
        yield Violation(message, place=kind.place, hint=article)


RULE = Rule(
    code="K709",
    slug="document-kind",
    severity=Severity.ERROR,
    found_by=FoundBy.LAYOUT,
    title="Thiếu tên loại văn bản hoặc không viết in hoa",
    why="""
        Trừ công văn, văn bản nào cũng có tên loại (BÁO CÁO, KẾ HOẠCH, TỜ TRÌNH…) viết in hoa, đậm, canh giữa trên một
        dòng riêng. Công văn thay bằng dòng "V/v …" dưới số, ký hiệu. Văn bản mang tên khác (ĐIỀU LỆ, TỜ KHAI…) in hoa,
        đậm ở chỗ đó không bị nhắc.

        Gõ tên loại bằng chữ hoa trên một dòng riêng, ngay dưới phần đầu văn bản.
    """,
    bad="",
    good="",
    kind="docx",
    check=check,
)
