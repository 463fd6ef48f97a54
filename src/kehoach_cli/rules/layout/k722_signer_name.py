"""K722: the name of the signer stands below authority and office."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.layout_profile import LayoutProfile
from kehoach_cli.core.model.word_document import WordDocument
from kehoach_cli.rules.base import FoundBy, Rule, Violation


def check(document: WordDocument, profile: LayoutProfile) -> Iterator[Violation]:
    """Yield the office that has no name below it."""
    signature, signer = document.elements.signature, document.elements.signer
    if document.elements.administrative and signature and signer is None:
        message = f'không thấy họ tên người ký dưới "{signature[-1].text}"'
        yield Violation(message, place=signature[-1].place, hint=profile.cite(profile.elements["signer"].article))


RULE = Rule(
    code="K722",
    slug="signer-name",
    severity=Severity.WARNING,
    found_by=FoundBy.LAYOUT,
    title="Thiếu họ tên người ký",
    why="""
        Dưới quyền hạn, chức vụ và chỗ ký là họ, tên đệm và tên của người ký. Để trống thì không rõ ai chịu trách nhiệm, và
        chữ ký số không có chỗ đặt.

        Ghi họ tên bằng chữ thường, đậm, canh giữa dưới chức vụ. Tên nằm trong hình ảnh thì quy tắc không đọc được.
    """,
    bad="",
    good="",
    kind="docx",
    check=check,
)
