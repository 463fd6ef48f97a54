"""K713: page numbers in the top margin, none on the first page, each appendix counted from 1."""

from bisect import bisect_left
from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.layout_profile import LayoutProfile
from kehoach_cli.core.model.word_document import PageNumbers, WordDocument, WordLine
from kehoach_cli.rules.base import FoundBy, Rule, Violation

# Letters that may still fit on one page, where the program that wrote the file has not counted its pages.
_ONE_PAGE = 2_500


def check(document: WordDocument, profile: LayoutProfile) -> Iterator[Violation]:
    """Yield missing or misplaced page numbers, then the appendices whose pages are not counted from 1."""
    article = profile.cite(profile.page.number_article)
    elements = document.elements
    if not document.sections or not (elements.administrative or elements.attachment):
        return
    if document.page_numbers is None:
        if not _may_have_one_page(document):
            yield Violation("thiếu số trang ở giữa lề trên (trường PAGE trong đầu trang)", hint=article)
        return
    for message in _misplaced(document.page_numbers):
        yield Violation(message, hint=article)
    for line in _not_restarted(document):
        message = f'số trang của "{line.text}" phải đánh riêng, bắt đầu từ 1'
        yield Violation(message, place=line.place, hint=article)


def _misplaced(numbers: PageNumbers) -> Iterator[str]:
    if not numbers.own_first_page:
        yield "số trang phải ẩn ở trang đầu (đặt đầu trang riêng cho trang đầu)"
    elif numbers.on_first_page:
        yield "trang đầu không được hiển thị số trang"
    if not numbers.centered:
        yield "số trang phải canh giữa"


def _not_restarted(document: WordDocument) -> Iterator[WordLine]:
    """Yield the headings of appendices that do not begin a section whose pages are counted from 1."""
    ends = [section.last for section in document.sections]
    text = document.lines[: document.elements.closing_index]
    before = bisect_left(ends, text[-1].number) if text else None
    for appendix in document.elements.appendices:
        section = min(bisect_left(ends, appendix.heading.number), len(ends) - 1)
        if before is not None and (section == before or document.sections[section].first_number != "1"):
            yield appendix.heading
        before = section


def _may_have_one_page(document: WordDocument) -> bool:
    if document.pages is None:
        return sum(len(line.text) for line in document.lines) < _ONE_PAGE
    return document.pages == 1


RULE = Rule(
    code="K713",
    slug="page-number",
    severity=Severity.ERROR,
    found_by=FoundBy.LAYOUT,
    title="Số trang thiếu, sai chỗ hoặc hiện ở trang đầu",
    why="""
        Số trang đánh bằng chữ số Ả Rập, đặt giữa lề trên, không hiển thị ở trang thứ nhất, nên văn bản một trang không
        cần. Phụ lục được đánh số trang riêng, bắt đầu lại từ 1.

        Trong Word: chèn số trang vào đầu trang, canh giữa, chọn "Different First Page"; với phụ lục, ngắt phần
        (section) rồi đặt "Start at 1".
    """,
    bad="",
    good="",
    kind="docx",
    check=check,
)
