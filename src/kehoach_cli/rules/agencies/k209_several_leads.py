"""K209: a task with several lead agencies."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import Hit, Rule


def check(document: SourceFile) -> Iterator[Hit]:
    """Yield the tasks led by more than one body."""
    plan = document.plan
    for index, task in enumerate(plan.tasks if plan else ()):
        if len(task.lead) > 1:
            yield Hit(
                f"nhiệm vụ {task.id} giao cho {len(task.lead)} cơ quan chủ trì", ("tasks", index, "lead"), key=True
            )


RULE = Rule(
    code="K209",
    slug="several-leads",
    severity=Severity.INFO,
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
