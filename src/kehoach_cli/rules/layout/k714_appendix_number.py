"""K714: several appendices are numbered in order with Roman numerals; their headings are not in capitals."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.layout_profile import LayoutProfile
from kehoach_cli.core.model.word_document import WordDocument
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.layout.wording import ROMAN, is_consolidated


def check(document: WordDocument, profile: LayoutProfile) -> Iterator[Violation]:
    """Yield the headings with a wrong number, or with "Phụ lục" in capitals."""
    article, appendices = profile.cite(profile.elements["appendix_number"].article), document.elements.appendices
    many = len(appendices) > 1
    if is_consolidated(document):
        return
    for index, appendix in enumerate(appendices):
        line = appendix.heading
        wanted = f"Phụ lục {ROMAN[index]}" if many and index < len(ROMAN) else "Phụ lục"
        message = ""
        if many and appendix.number != wanted.removeprefix("Phụ lục "):
            message = f'viết "{line.text}", phải viết "{wanted}" (số La Mã, theo thứ tự)'
        elif not line.text.startswith("Phụ lục"):
            message = f'viết "{line.text}", phải viết "Phụ lục" bằng chữ in thường'
        if message:
            yield Violation(message, place=line.place, hint=article)


RULE = Rule(
    code="K714",
    slug="appendix-number",
    severity=Severity.ERROR,
    found_by=FoundBy.LAYOUT,
    title="Phụ lục đánh số sai",
    why="""
        Từ hai phụ lục trở lên thì đánh số bằng số La Mã theo thứ tự: "Phụ lục I", "Phụ lục II". Chữ "Phụ lục" viết in
        thường, đậm, trên một dòng riêng; tên phụ lục ở dòng dưới mới viết in hoa.

        Đổi "PHỤ LỤC 2" thành "Phụ lục II". Chỉ có một phụ lục thì không cần số. Văn bản hợp nhất (số, ký
        hiệu có chữ VBHN) giữ số của bản gốc.
    """,
    bad="",
    good="",
    kind="docx",
    check=check,
)
