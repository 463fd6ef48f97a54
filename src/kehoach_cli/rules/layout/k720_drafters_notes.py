"""K720: the page of notes for the drafter is taken out before the document is signed."""

import re
from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.layout_profile import LayoutProfile
from kehoach_cli.core.model.word_document import WordDocument
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.layout.wording import shortened

_NOTES = re.compile(r"ghi chú cho người soạn|x(?:óa|oá) trang này trước khi", re.IGNORECASE)


def check(document: WordDocument, _: LayoutProfile) -> Iterator[Violation]:
    """Yield the heading of the notes."""
    for line in document.lines:
        if _NOTES.search(line.text):
            message = f'còn trang ghi chú "{shortened(line.text)}"; xóa trước khi trình ký'
            yield Violation(message, place=line.place)
            return


RULE = Rule(
    code="K720",
    slug="drafters-notes",
    severity=Severity.WARNING,
    found_by=FoundBy.LAYOUT,
    title="Còn trang ghi chú cho người soạn",
    why="""
        Trang "GHI CHÚ CHO NGƯỜI SOẠN" liệt kê những chỗ người soạn phải đối chiếu hoặc bổ sung. Trang đó không thuộc văn
        bản; để lại thì được ký và gửi đi cùng văn bản.

        Xử lý từng ghi chú, rồi xóa cả trang.
    """,
    bad="",
    good="",
    kind="docx",
    check=check,
)
