"""K508: a text that only holds the place of the wording."""

import re
from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.rows import official_texts

_WORD = re.compile(r"\b(?:TODO|FIXME|TBD|xxx+|XXXX+|[Ll]orem ipsum)\b|\?{3,}|\[(?:\.{3}|…)\]|<(?:\.{3}|…)>")
# One letter typed again and again ("xxx", "aaaa"), or no letter and no figure at all ("...", "-").
_NOTHING = re.compile(
    r"(?i)[\W_]*|\W*([^\W\d_])\1{2,}\W*"
    r"|\W*(?:(?:chưa|đang|sẽ|cần) (?:nhập|chép|bổ sung|cập nhật)|(?:nhập|chép|điền|bổ sung|cập nhật) sau)\W*"
)


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the official texts that say nothing, or that have a mark for something to be filled in."""
    for path, text in official_texts(document.plan):
        found = _WORD.search(text)
        if found or _NOTHING.fullmatch(text):
            shown = found[0] if found else text
            message = f'"{shown}" chỉ giữ chỗ, không phải nguyên văn'
            yield Violation(message, path, hint="chép nguyên văn từ văn bản; bản gốc không có thì bỏ khóa này")


RULE = Rule(
    code="K508",
    slug="placeholder-text",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    title="Chữ giữ chỗ trong nguyên văn",
    why="""
        "TODO", "xxx", "...", "???" là chữ gõ tạm khi nhập liệu. Để sót thì biểu gửi các cơ quan và báo cáo in đúng những
        chữ đó như thể văn bản viết vậy. Dấu ba chấm trong câu ("mạng xã hội, diễn đàn...") thì không sao.

        Chép nguyên văn vào. Bản gốc không có nội dung đó thì bỏ khóa, không ghi gì thay.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: TODO chép từ văn bản.
        #         ^
            lead: [so-a]
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải, khí thải...
            lead: [so-a]
    """,
    check=check,
)
