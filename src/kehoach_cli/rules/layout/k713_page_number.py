"""K713: page numbers in the top margin, none on the first page, each appendix counted from 1."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.layout_profile import LayoutProfile
from kehoach_cli.core.model.word_document import WordDocument
from kehoach_cli.rules.base import FoundBy, Rule, Violation


def check(document: WordDocument, profile: LayoutProfile) -> Iterator[Violation]:
    """Yield missing or misplaced page numbers, then the appendices whose pages are not counted from 1."""
    if not document.sections:
        return
    article, numbers = profile.cite(profile.page.number_article), document.page_numbers
    if numbers is None:
        yield Violation("thiếu số trang ở giữa lề trên (trường PAGE trong đầu trang)", hint=article)
        return
    if not numbers.own_first_page:
        yield Violation("số trang phải ẩn ở trang đầu (đặt đầu trang riêng cho trang đầu)", hint=article)
    elif numbers.on_first_page:
        yield Violation("trang đầu không hiển thị số trang", hint=article)
    if not numbers.centered:
        yield Violation("số trang phải canh giữa", hint=article)
    for number, section in enumerate(document.sections[1:] if document.elements.appendices else (), 2):
        if section.first_number != "1":
            message = "số trang của phụ lục phải đánh riêng, bắt đầu từ 1"
            yield Violation(message, place=f"phần {number}", hint=article)


RULE = Rule(
    code="K713",
    slug="page-number",
    severity=Severity.ERROR,
    found_by=FoundBy.LAYOUT,
    title="Số trang thiếu, sai chỗ hoặc hiện ở trang đầu",
    why="""
        Số trang đánh bằng chữ số Ả Rập, đặt giữa lề trên, không hiển thị ở trang thứ nhất. Phụ lục được đánh số trang
        riêng, bắt đầu lại từ 1.

        Trong Word: chèn số trang vào đầu trang, canh giữa, chọn "Different First Page"; với phụ lục, ngắt phần
        (section) rồi đặt "Start at 1".
    """,
    bad="",
    good="",
    kind="docx",
    check=check,
)
