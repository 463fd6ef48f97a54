"""K726: nothing in the text is left blank or highlighted when the document is issued."""

import re
from collections.abc import Iterator, Sequence

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.layout_profile import LayoutProfile
from kehoach_cli.core.model.word_document import DocumentElements, WordDocument
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.layout.wording import shortened

# Dots of a sentence are three, and so is an ellipsis.
_TO_FILL_IN = re.compile(r"[.…_]*(?:\.{5}|…{2}|_{4})[.…_]*")


def check(document: WordDocument, _: LayoutProfile) -> Iterator[Violation]:
    """Yield highlighted places and dotted lines of the text; number, date and references have rules of their own."""
    elsewhere = _elsewhere(document.elements)
    marked = [(one.number, one.text) for one in document.highlights if one.number not in elsewhere]
    if marked:
        number, text = marked[0]
        what = f'"{shortened(text)}"' if text else "một chỗ trống"
        yield Violation(f"còn chỗ tô màu phải điền hoặc kiểm tra: {what}{_more(marked)}", place=f"đoạn {number}")
    dotted = [line for line in document.elements.body if _TO_FILL_IN.search(line.text)]
    if dotted and document.elements.administrative:
        message = f'còn chỗ trống trong nội dung: "{shortened(dotted[0].text)}"{_more(dotted)}'
        yield Violation(message, place=dotted[0].place)


def _elsewhere(elements: DocumentElements) -> set[int]:
    """Return the paragraphs that other rules look at, or that may stay blank."""
    lines = [
        elements.number,
        elements.date,
        elements.signer,
        *(line for one in elements.appendices for line in one.reference),
    ]
    return {line.number for line in lines if line}


def _more(places: Sequence[object]) -> str:
    return f" (và {len(places) - 1} chỗ khác)" if len(places) > 1 else ""


RULE = Rule(
    code="K726",
    slug="open-places",
    severity=Severity.WARNING,
    found_by=FoundBy.LAYOUT,
    title="Còn chỗ trống hoặc chữ tô màu trong văn bản",
    why="""
        Báo cáo do kehoach lập tô vàng chỗ chưa ai viết và chỗ phải kiểm tra ("cần xác nhận", "cần kiểm tra"). Văn bản phát
        hành mà còn tô màu, hoặc còn dòng chấm "……", là văn bản chưa soạn xong.

        Viết nội dung, hoặc xác nhận rồi bỏ tô màu. Số, ngày ban hành để trống do K721 báo; dòng "(Kèm theo …)" của phụ lục
        được để trống.
    """,
    bad="",
    good="",
    kind="docx",
    check=check,
)
