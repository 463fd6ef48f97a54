"""K711: how the text ends."""

import re
from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.layout_profile import LayoutProfile
from kehoach_cli.core.model.word_document import WordDocument
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.layout.wording import LONGEST

_SPACE_BEFORE = re.compile(r"\s\./\.$")


def check(document: WordDocument, profile: LayoutProfile) -> Iterator[Violation]:
    """Yield the last line of the text where it does not end as it must."""
    last, words = document.elements.last_line, profile.words
    if last is None or not document.elements.administrative or document.elements.closing_index == len(document.lines):
        return
    message = ""
    if not last.text.endswith(words.endings):
        wanted = " hoặc ".join(f'"{ending}"' for ending in words.endings)
        message = f'nội dung kết thúc bằng "{last.text[-LONGEST:]}", phải kết thúc bằng {wanted}'
    elif _SPACE_BEFORE.search(last.text):
        message = 'không được có dấu cách trước "./."'
    if message:
        yield Violation(message, place=last.place, hint=profile.cite(words.ending_article))


RULE = Rule(
    code="K711",
    slug="text-ending",
    severity=Severity.WARNING,
    found_by=FoundBy.LAYOUT,
    title="Nội dung thiếu dấu ./. ở cuối",
    why="""
        Các mẫu văn bản kèm Nghị định 30/2020/NĐ-CP đều kết thúc nội dung bằng "./." liền sau chữ cuối. Với văn bản của
        Đảng, các bản hướng dẫn đã xem ghi dấu chấm, còn văn bản đã ban hành dùng "./.", nên cả hai đều được chấp nhận.

        Thêm "./." vào cuối đoạn cuối cùng trước Nơi nhận và chữ ký, không có dấu cách phía trước.
    """,
    bad="",
    good="",
    kind="docx",
    check=check,
)
