"""K715: every appendix is mentioned in the text."""

import re
from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.layout_profile import LayoutProfile
from kehoach_cli.core.model.word_document import WordDocument
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.layout.wording import ROMAN, is_consolidated
from kehoach_cli.viet.text import match_key


def check(document: WordDocument, profile: LayoutProfile) -> Iterator[Violation]:
    """Yield the appendices that the text does not mention."""
    elements = document.elements
    if is_consolidated(document):
        return
    text = " ".join(line.key for line in document.lines[: elements.closing_index])
    for appendix, order in zip(elements.appendices, ROMAN, strict=False):
        # The text may use the number an appendix ought to have.
        numbers = (appendix.number, order if appendix.number else "")
        named = "|".join({re.escape(match_key(f"phụ lục {number}".strip())) for number in numbers})
        if not re.search(rf"(?:{named})(?!\w)", text):
            message = f'nội dung văn bản không nhắc đến "{appendix.heading.text}"'
            article = profile.cite(profile.elements["appendix_number"].article)
            yield Violation(message, place=appendix.heading.place, hint=article)


RULE = Rule(
    code="K715",
    slug="appendix-not-mentioned",
    severity=Severity.WARNING,
    found_by=FoundBy.LAYOUT,
    title="Nội dung không nhắc đến phụ lục",
    why="""
        Phần nội dung phải có chỉ dẫn về từng phụ lục kèm theo; không thì người đọc không biết phụ lục thuộc về ý nào,
        và phụ lục bị bỏ sót khi sao gửi.

        Thêm câu dẫn vào nội dung, ví dụ "(chi tiết tại Phụ lục II kèm theo)". Văn bản hợp nhất giữ lời của bản gốc, không bị xét.
    """,
    bad="",
    good="",
    kind="docx",
    check=check,
)
