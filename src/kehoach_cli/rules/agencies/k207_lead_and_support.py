"""K207: a body that leads a task and supports it."""

from collections.abc import Iterator

from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Plan, Task
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import Hit, Rule


def check(document: SourceFile) -> Iterator[Hit]:
    """Yield the tasks that name a body in both roles, at the first such body among the supports."""
    plan = document.plan
    for index, task in enumerate(plan.tasks if plan else ()):
        if plan and (both := _both(plan, task, document.directory)):
            names = "; ".join(document.directory.name(plan.province, agency_id) for agency_id in both)
            message = f"nhiệm vụ {task.id} ghi vừa chủ trì vừa phối hợp: {names}"
            path = ("tasks", index, "support", task.support.index(both[0]))
            yield Hit(message, path, hint="chỉ giữ ở một vai trò, đúng theo văn bản")


def _both(plan: Plan, task: Task, directory: Directory) -> list[str]:
    shared = [agency_id for agency_id in task.support if agency_id in task.lead] if task.lead else []
    # "các đơn vị liên quan" lead and other "các đơn vị liên quan" support: an open group is nobody in particular.
    return [found for found in shared if not ((agency := directory.get(plan.province, found)) and agency.open)]


RULE = Rule(
    code="K207",
    slug="lead-and-support",
    severity=Severity.WARNING,
    title="Vừa chủ trì vừa phối hợp",
    why="""
        Một cơ quan không thể phối hợp với chính mình: hoặc một trong hai vai trò ghi nhầm, hoặc văn bản định chỉ hai cơ quan
        khác nhau. Cơ quan đó báo cáo ở vai trò chủ trì.

        Nếu văn bản đã ban hành in như vậy thì giữ nguyên cả hai và ghi chú bỏ qua kèm lý do.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            support: [so-b, so-a]
        #                   ^
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
