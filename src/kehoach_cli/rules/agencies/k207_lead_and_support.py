"""K207: an agency that both leads and supports a task."""

from collections.abc import Iterator

from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Plan, Task
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.agencies.plan_agencies import day_of
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.rows import tasks

_ROLES = ("lead", "support")
_KEEP = "văn bản in cơ quan này ở cả hai ô: giữ nguyên cả hai, ghi chú bỏ qua kèm lý do (# kehoach: ignore[K207] …)"
_CHOOSE = "chỉ giữ ở một vai trò, đúng theo văn bản; văn bản in ở cả hai ô thì giữ cả hai và ghi chú bỏ qua kèm lý do"


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the tasks with an agency in both roles, at the first such agency in `support`."""
    plan = document.plan
    for row, task in tasks(document.plan):
        if plan and (both := _both(plan, task, document.directory)):
            names = "; ".join(document.directory.name(plan.province, agency_id) for agency_id in both)
            message = f"nhiệm vụ {task.id} ghi vừa chủ trì vừa phối hợp: {names}"
            path = (*row, "support", task.support.index(both[0]))
            hint = _KEEP if _printed(plan, task, document.directory).issuperset(both) else _CHOOSE
            yield Violation(message, path, hint=hint)


def _both(plan: Plan, task: Task, directory: Directory) -> list[str]:
    shared = [agency_id for agency_id in task.support if agency_id in task.lead] if task.lead else []
    # An open group ("các đơn vị liên quan") may lead and support: different bodies may be meant.
    return [found for found in shared if not ((agency := directory.get(plan.province, found)) and agency.open)]


def _printed(plan: Plan, task: Task, directory: Directory) -> set[str]:
    """Return the agencies that the document itself prints in both cells."""
    cells = [directory.read_cell(plan.province, task.as_issued.get(role, ""), day_of(plan)) for role in _ROLES]
    lead, support = ({mention.id for mention in cell.mentions} for cell in cells)
    return lead & support


RULE = Rule(
    code="K207",
    slug="lead-and-support",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
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
