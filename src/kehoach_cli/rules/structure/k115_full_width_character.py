"""K115: a full-width figure or letter, as Chinese and Japanese keyboards write it."""

import re
from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation

_RUN = re.compile("[\uff01-\uff5e]+")
_SHIFT = ord("！") - ord("!")


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield each run of full-width characters, except on lines whose value the loader already refused."""
    if not _RUN.search(document.text):
        return
    refused = {finding.line for finding in document.found}
    for number, line in enumerate(document.lines, 1):
        if number not in refused:
            for found in _RUN.finditer(line):
                plain = "".join(chr(ord(letter) - _SHIFT) for letter in found[0])
                yield Violation(
                    f'ký tự toàn khổ (chữ rộng) "{found[0]}"',
                    spot=(number, found.start() + 1),
                    hint=f'gõ lại bằng ký tự thường: "{plain}"',
                )


RULE = Rule(
    code="K115",
    slug="full-width-character",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    title="Chữ số, chữ cái toàn khổ",
    why="""
        Bộ gõ tiếng Trung, tiếng Nhật hay phần mềm nhận dạng chữ in (OCR) viết ra chữ số rộng "１７６" trông gần như "176"
        nhưng là ký tự khác: tìm không thấy, so sánh không bằng, và in ra báo cáo thì lệch.

        Gõ lại bằng chữ số, chữ cái thường; kể cả trong các ô nguyên văn (as_issued), vì văn bản tiếng Việt không có ký tự
        này.
    """,
    bad="""
        document:
          type: KH
          number: １２/KH-UBND
        #         ^
          date: 2022-07-01
          issuer: ubnd-tinh
          title: Bảo vệ môi trường
          cite: Kế hoạch bảo vệ môi trường
    """,
    good="""
        document:
          type: KH
          number: 12/KH-UBND
          date: 2022-07-01
          issuer: ubnd-tinh
          title: Bảo vệ môi trường
          cite: Kế hoạch bảo vệ môi trường
    """,
    check=check,
)
