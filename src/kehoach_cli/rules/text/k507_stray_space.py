"""K507: stray spaces: at the end of a line, several in a row, no-break ones and those of other widths."""

import re
from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation

# Several spaces are usual before a comment and allowed inside one; behind "- " they are indentation.
_SEVERAL = re.compile(r"(?<=\S) {2,}(?=[^\s#])")
_INSIDE = re.compile(r"  (?<=\S  )")
_INDENT = re.compile(r"(?: *-(?= ))* *")
_COMMENT = re.compile(r"(?:^|\s)#")
_NO_BREAK = "\u00a0"
ODD_SPACE = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the lines with such spaces, at the first of them."""
    text = document.text
    odd = ODD_SPACE.search(text) is not None
    ends = sum(map(len, map(str.rstrip, document.lines))) + len(document.lines) - 1 < len(text)
    for number, line in enumerate(document.lines if odd or ends or _INSIDE.search(text) else (), 1):
        if "  " not in line.lstrip(" ") and not line[-1:].isspace() and not (odd and ODD_SPACE.search(line)):
            continue
        places = list(_places(line))
        if places:
            column, message = min(places)
            yield Violation(message, spot=(number, column + 1), hint="xóa đi, hoặc chạy lint --fix")


def _places(line: str) -> Iterator[tuple[int, str]]:
    if (end := len(line.rstrip())) < len(line):
        yield end, "thừa dấu cách ở cuối dòng"
    if odd := ODD_SPACE.search(line):
        kind = "không ngắt" if odd[0] == _NO_BREAK else "có độ rộng khác"
        yield odd.start(), f"có dấu cách {kind} (U+{ord(odd[0]):04X}), không phải dấu cách thường"
    indent, comment = _INDENT.match(line), _COMMENT.search(line)
    start = indent.end() if indent else 0
    if found := _SEVERAL.search(line, start, comment.start() if comment else len(line)):
        yield found.start(), "có nhiều dấu cách liền nhau"


RULE = Rule(
    code="K507",
    slug="stray-space",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    fixable=True,
    title="Dấu cách thừa",
    why="""
        Dấu cách ở cuối dòng, nhiều dấu cách liền nhau, dấu cách không ngắt, hẹp hay rộng (thường theo vào khi chép từ Word) không
        nhìn thấy được nhưng làm so sánh hai phiên bản báo khác nhau ở chỗ không có gì khác.

        Nội dung được hiểu như chỉ có một dấu cách, nên sửa được bằng lint --fix.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra  việc xử lý nước thải.
        #                 ^
            lead: [so-a]
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
    """,
    check=check,
)
