"""K510: a text that says the same sentence twice."""

import re
from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.rows import official_texts

_END = re.compile(r"(?<=[.;:!?…])\s+")
_LEAST = 4


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the texts with a sentence, or a part that ends in a semicolon, that they have said before."""
    for path, text in official_texts(document.plan):
        if repeated := _repeated(text):
            shown = " ".join(repeated.split()[:8])
            hint = "xóa câu chép thừa; văn bản in như vậy thì ghi chú bỏ qua kèm lý do"
            yield Violation(f'câu "{shown}…" viết hai lần trong một nội dung', path, hint=hint)


def _repeated(text: str) -> str | None:
    """Return the first piece that comes again; the whole first half where a text without end marks is doubled."""
    pieces = _END.split(text)
    half = text[: len(text) // 2]
    if len(pieces) == 1 and f"{half} {half}" == text:
        return half
    seen: set[str] = set()
    for piece in pieces if len(pieces) > 1 else ():
        key = piece.rstrip(".;:!?… ").casefold() if piece.count(" ") + 1 >= _LEAST else ""
        if key and key in seen:
            return piece
        seen.add(key)
    return None


RULE = Rule(
    code="K510",
    slug="sentence-twice",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Một câu viết hai lần",
    why="""
        Cùng một câu lặp lại trong một nội dung thường do dán hai lần, hoặc do dán đè lên câu đáng lẽ đứng ở đó.

        Đối chiếu văn bản: xóa câu thừa, hoặc chép lại câu bị đè. Nếu chính văn bản lặp thì giữ nguyên và ghi chú bỏ qua.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải. Kiểm tra việc xử lý nước thải.
        #         ^
            lead: [so-a]
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải. Kiểm tra việc xử lý khí thải.
            lead: [so-a]
    """,
    check=check,
)
