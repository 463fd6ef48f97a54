"""K119: a row withdrawn before the plan was issued."""

from collections.abc import Iterator
from datetime import date

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.rows import items
from kehoach_cli.viet.dates import format_date


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the rows whose withdrawal is earlier than the document, or without its date earlier than the period."""
    plan = document.plan
    if plan is None:
        return
    begun = _begun(plan)
    for path, row in items(plan):
        if row.withdrawn and row.withdrawn.since < begun:
            yield Violation(
                f"{row.id}: bãi bỏ từ {format_date(row.withdrawn.since)}, trước khi có kế hoạch ({format_date(begun)})",
                (*path, "withdrawn", "from"),
                hint="đối chiếu ngày của văn bản bãi bỏ rồi sửa",
            )


def _begun(plan: Plan) -> date:
    return plan.document.date.first if plan.document.date else date(plan.period.start, 1, 1)


RULE = Rule(
    code="K119",
    slug="withdrawn-before-plan",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    title="Bãi bỏ trước khi có kế hoạch",
    why="""
        Một dòng chỉ có thể bị bãi bỏ sau khi kế hoạch ban hành. Ngày bãi bỏ sớm hơn thì dòng đó chưa bao giờ có hiệu lực:
        không ai bị nhắc, không ai phải báo cáo. Thường là gõ sai năm.

        Đối chiếu với văn bản bãi bỏ rồi sửa ngày ở withdrawn.from. Dòng chưa từng có hiệu lực thì văn bản đã không in ra.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            withdrawn: {from: 2016-01-01, document: Quyết định 12/QĐ-UBND ngày 05/01/2026}
        #                     ^
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            withdrawn: {from: 2026-01-01, document: Quyết định 12/QĐ-UBND ngày 05/01/2026}
    """,
    check=check,
)
