"""K209: a task with several lead agencies."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.rows import tasks


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the tasks with more than one lead."""
    for row, task in tasks(document.plan):
        # One body listed twice is no second lead (K222).
        if (leads := len(set(task.lead))) > 1:
            message = f"nhiệm vụ {task.id} giao cho {leads} cơ quan chủ trì"
            yield Violation(message, (*row, "lead"), key=True)


RULE = Rule(
    code="K209",
    slug="several-leads",
    severity=Severity.INFO,
    found_by=FoundBy.RULE,
    title="Nhiều cơ quan cùng chủ trì",
    why="""
        Nguyên tắc "một việc chỉ giao một cơ quan chủ trì": khi nhiều cơ quan cùng chủ trì, nhiệm vụ chỉ được coi là hoàn
        thành khi tất cả cùng báo hoàn thành, và không rõ ai chịu trách nhiệm cuối cùng.

        Nếu văn bản đã ban hành giao như vậy thì giữ nguyên và ghi chú bỏ qua kèm lý do.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a, so-b]
        #   ^
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            support: [so-b]
    """,
    check=check,
)
