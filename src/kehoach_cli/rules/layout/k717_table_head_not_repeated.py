"""K717: a long table repeats its head on each page."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.layout_profile import LayoutProfile
from kehoach_cli.core.model.word_document import WordDocument
from kehoach_cli.rules.base import FoundBy, Rule, Violation

# A shorter table fits on one page.
_LONG = 12


def check(document: WordDocument, profile: LayoutProfile) -> Iterator[Violation]:
    """Yield the long tables whose first row is not repeated."""
    if document.pages == 1:
        return
    for number, table in enumerate(document.tables, 1):
        if table.rows >= _LONG and not table.holds_frame and not table.repeats_head:
            message = f"bảng {table.rows} hàng không lặp lại hàng đầu ở mỗi trang"
            yield Violation(message, place=f"bảng {number}", hint=profile.cite(""))


RULE = Rule(
    code="K717",
    slug="table-head-not-repeated",
    severity=Severity.WARNING,
    found_by=FoundBy.LAYOUT,
    title="Bảng dài không lặp lại hàng đầu",
    why="""
        Bảng kéo dài nhiều trang mà hàng đầu không lặp lại thì từ trang thứ hai người đọc không biết cột nào là gì. Đây
        là cách trình bày nên theo, Nghị định không quy định.

        Chọn hàng đầu của bảng, vào Table Properties, Row, bật "Repeat as header row". Bảng dưới 12 hàng không bị nhắc.
    """,
    bad="",
    good="",
    kind="docx",
    check=check,
)
