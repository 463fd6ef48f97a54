"""K107: sections, tasks or indicators that do not stand in the order of the document."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import TypeAlias

from kehoach_cli.core.model.finding import KeyPath, Severity
from kehoach_cli.core.model.plan import Indicator, Section, Task, enclosing_section, is_within
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.numbering import above, steps
from kehoach_cli.rules.rows import indicators, sections, tasks

Row: TypeAlias = Section | Task | Indicator
Placed: TypeAlias = tuple[KeyPath, Row]


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield each row that should stand before its neighbour; rows farther on are not reported for the same fault."""
    plan = document.plan
    if plan is None:
        return
    order = {section.id: place for place, section in enumerate(plan.sections)}
    listed: tuple[Sequence[Placed], ...] = (tuple(sections(plan)), tuple(tasks(plan)), tuple(indicators(plan)))
    for rows in listed:
        for place in range(1, len(rows)):
            if _reversed(rows[place - 1][1], rows[place][1], order):
                yield _violation(rows, place, order)


def _violation(rows: Sequence[Placed], place: int, order: Mapping[str, int]) -> Violation:
    """Return what to say of a row that should stand before its neighbour: one of the two stands in the wrong place."""
    if _is_too_early(rows, place, order):
        path, row = rows[place - 1]
        passed = list(takewhile(lambda other: _reversed(row, other[1], order), rows[place:]))
        message = f'mã "{row.id}" đứng trước "{rows[place][1].id}", trái thứ tự của văn bản'
        return Violation(message, (*path, "id"), hint=f'chuyển xuống sau "{passed[-1][1].id}", hoặc sửa lại mã')
    path, row = rows[place]
    passed = list(takewhile(lambda other: _reversed(other[1], row, order), reversed(rows[:place])))
    message = f'mã "{row.id}" đứng sau "{rows[place - 1][1].id}", trái thứ tự của văn bản'
    return Violation(message, (*path, "id"), hint=f'chuyển lên trước "{passed[-1][1].id}", hoặc sửa lại mã')


def _is_too_early(rows: Sequence[Placed], place: int, order: Mapping[str, int]) -> bool:
    """Return whether the order is right without the first of two reversed neighbours, and not without the second."""
    before, after = rows[place - 1][1], rows[place][1]
    fits_without_first = place == 1 or not _reversed(rows[place - 2][1], after, order)
    fits_without_second = place + 1 == len(rows) or not _reversed(before, rows[place + 1][1], order)
    return fits_without_first and not fits_without_second


def _reversed(before: Row, after: Row, order: Mapping[str, int]) -> bool:
    """Return whether two neighbours are certainly in the wrong order: by their sections, or by their ids within one section.

    Where the ids count on, the order is right, and a section that does not fit it is the fault of the key `section` (K122).
    """
    if not isinstance(before, Section) and not isinstance(after, Section) and above(before.id) != above(after.id):
        one, other = _own_section(before, order), _own_section(after, order)
        if one != other and one in order and other in order and not is_within(one, other) and not is_within(other, one):
            return order[one] > order[other]
    first, second = steps(before.id), steps(after.id)
    for mine, theirs in zip(first, second, strict=False):
        if mine[0] != theirs[0]:
            # An appendix follows the body; other different kinds of numerals have no order.
            return (mine[0], theirs[0]) == ("PL", "I")
        if mine != theirs:
            return mine > theirs
    return len(first) > len(second)


def _own_section(row: Task | Indicator, order: Mapping[str, int]) -> str:
    """Return the section of a row; the one of its id where the key `section` names one that the id contradicts (K122)."""
    by_id = enclosing_section(row.id, order) or ""
    return row.section if row.section and is_within(row.section, by_id) else by_id or row.section or ""


RULE = Rule(
    code="K107",
    slug="out-of-order",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
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
