"""K507: spaces that do not belong: at a line's end, several in a row, no-break ones."""

import re
from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import Hit, Rule

# Several spaces are custom before a comment, free inside one, and after "- " they are indentation.
_SEVERAL = re.compile(r"(?<=\S) {2,}(?=[^\s#])")
_INSIDE = re.compile(r"  (?<=\S  )")
_INDENT = re.compile(r"(?: *-(?= ))* *")
_COMMENT = re.compile(r"(?:^|\s)#")


def check(document: SourceFile) -> Iterator[Hit]:
    """Yield the lines with such spaces, at the first of them."""
    text = document.text
    no_break = "\u00a0" in text
    ends = sum(map(len, map(str.rstrip, document.lines))) + len(document.lines) - 1 < len(text)
    for number, line in enumerate(document.lines if no_break or ends or _INSIDE.search(text) else (), 1):
        if "  " not in line.lstrip(" ") and not line[-1:].isspace() and not (no_break and "\u00a0" in line):
            continue
        places = list(_places(line))
        if places:
            column, message = min(places)
            yield Hit(message, spot=(number, column + 1), hint="xóa đi, hoặc chạy lint --fix")


def _places(line: str) -> Iterator[tuple[int, str]]:
    if (end := len(line.rstrip())) < len(line):
        yield end, "thừa dấu cách ở cuối dòng"
    if (at := line.find("\u00a0")) >= 0:
        yield at, "có dấu cách không ngắt (U+00A0), không phải dấu cách thường"
    indent, comment = _INDENT.match(line), _COMMENT.search(line)
    start = indent.end() if indent else 0
    if found := _SEVERAL.search(line, start, comment.start() if comment else len(line)):
        yield found.start(), "có nhiều dấu cách liền nhau"


RULE = Rule(
    code="K507",
    slug="stray-space",
    severity=Severity.WARNING,
    fixable=True,
    title="Dấu cách thừa",
    why="""
        Dấu cách ở cuối dòng, nhiều dấu cách liền nhau và dấu cách không ngắt (thường theo vào khi chép từ Word) không nhìn
        thấy được nhưng làm so sánh hai phiên bản báo khác nhau ở chỗ không có gì khác.

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
