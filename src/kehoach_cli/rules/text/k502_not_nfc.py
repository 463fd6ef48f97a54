"""K502: text that is not in Unicode normal form C."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import zip_longest

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the lines with decomposed letters, at the first of them."""
    for number, line in enumerate(() if unicodedata.is_normalized("NFC", document.text) else document.lines, 1):
        if not unicodedata.is_normalized("NFC", line):
            composed = unicodedata.normalize("NFC", line)
            # The two forms first differ at the base letter.
            at = next(n for n, (one, other) in enumerate(zip_longest(line, composed)) if one != other)
            before = "".join(composed[:at].split(" ")[-1:])
            # Quotes, brackets and commas of YAML are no part of the word.
            word = re.sub(r"^\W+|\W+$", "", before + composed[at:].partition(" ")[0])
            hint = "gõ lại bằng bảng mã Unicode dựng sẵn, hoặc chạy lint --fix"
            yield Violation(f'chữ "{word}" viết bằng dấu rời (Unicode tổ hợp)', spot=(number, at + 1), hint=hint)


RULE = Rule(
    code="K502",
    slug="not-nfc",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    fixable=True,
    title="Chữ viết bằng dấu rời",
    why="""
        Cùng một chữ "ế" có thể lưu thành một ký tự (dựng sẵn) hoặc nhiều ký tự (tổ hợp, thường do bộ gõ hay do chép từ tệp
        PDF, máy Mac). Nhìn giống hệt nhau nhưng tìm kiếm và so sánh không thấy nhau.

        Tệp dữ liệu chỉ dùng Unicode dựng sẵn (NFC). Nội dung văn bản không đổi, nên sửa được bằng lint --fix.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra vie\u0323\u0302c xử lý nước thải.
        #                    ^
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
