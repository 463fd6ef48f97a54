"""K107: sections, tasks or indicators that do not stand in the order of the document."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import TypeAlias

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Indicator, Section, Task, is_within
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import Hit, Rule

# Kind of numeral, length, value: figures count by length first, so that an absurd number of them needs no conversion.
Step: TypeAlias = tuple[str, int, str]
Row: TypeAlias = Section | Task | Indicator

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def check(document: SourceFile) -> Iterator[Hit]:
    """Yield each row that stands after one it should stand before; the rows that follow it are not blamed again."""
    plan = document.plan
    if plan is None:
        return
    order = {section.id: place for place, section in enumerate(plan.sections)}
    listed: tuple[tuple[str, Sequence[Row]], ...] = (
        ("sections", plan.sections),
        ("tasks", plan.tasks),
        ("indicators", plan.indicators),
    )
    for kind, rows in listed:
        for index, (before, after) in enumerate(pairwise(rows), 1):
            if _reversed(before, after, order):
                message = f'mã "{after.id}" đứng sau "{before.id}", trái thứ tự của văn bản'
                yield Hit(message, (kind, index, "id"), hint=f'chuyển lên trước "{before.id}", hoặc sửa lại mã')


def _reversed(before: Row, after: Row, order: Mapping[str, int]) -> bool:
    """Whether two neighbours certainly stand the wrong way round: by their sections, within one (or nested ones) by id."""
    if not isinstance(before, Section) and not isinstance(after, Section):
        one, other = before.section or "", after.section or ""
        if one != other and one in order and other in order and not is_within(one, other) and not is_within(other, one):
            return order[one] > order[other]
    first, second = _steps(before.id), _steps(after.id)
    for mine, theirs in zip(first, second, strict=False):
        if mine[0] != theirs[0]:
            # An appendix follows the body; other numerals of different kinds have no order of their own.
            return (mine[0], theirs[0]) == ("PL", "I")
        if mine != theirs:
            return mine > theirs
    return len(first) > len(second)


@lru_cache(maxsize=1024)  # each row is looked at twice, and the rows of most plans have the same ids
def _steps(row_id: str) -> list[Step]:
    return [_step(piece) for piece in re.findall(r"-?[^.-]+", row_id)]


@cache
def _step(piece: str) -> Step:
    kind = re.sub(r"\d+$", "", piece)
    if kind in {"", "-", "-ct", "PL"}:
        figures = piece[len(kind) :].lstrip("0")
        return kind, len(figures), figures
    values = [_ROMAN[letter] for letter in piece]
    return "I", sum(-value if value < after else value for value, after in pairwise([*values, 0])), ""


RULE = Rule(
    code="K107",
    slug="out-of-order",
    severity=Severity.WARNING,
    title="Không theo thứ tự của văn bản",
    why="""
        Bảng liệt kê và báo cáo in các dòng theo thứ tự trong tệp. Dòng sai chỗ thì báo cáo không khớp với văn bản đã ban
        hành, và thường là dấu hiệu gõ nhầm mã hoặc chép sót dòng.

        Xếp các mục theo thứ tự văn bản; nhiệm vụ và chỉ tiêu theo thứ tự mục, rồi theo số trong mục. Nếu chính văn bản đánh
        số lộn xộn thì giữ thứ tự của văn bản và ghi chú bỏ qua kèm lý do.
    """,
    bad="""
        tasks:
          - id: I.2
            kind: task
            text: Kiểm tra việc xử lý khí thải.
            lead: [so-a]
          - id: I.1
        #       ^
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
          - id: I.2
            kind: task
            text: Kiểm tra việc xử lý khí thải.
            lead: [so-a]
    """,
    check=check,
)
