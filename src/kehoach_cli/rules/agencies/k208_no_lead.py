"""K208: a row that nobody leads."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import TaskKind
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.left_rows import told_otherwise
from kehoach_cli.rules.rows import tasks

_KINDS = {
    TaskKind.TASK: "nhiệm vụ",
    TaskKind.PROGRAMME: "chương trình, đề án",
    TaskKind.ORGANISATION: "việc tổ chức thực hiện",
}


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the rows without a lead that no general clause assigns, except where a clause itself is wrong or missing."""
    plan = document.plan
    if plan is None:
        return
    told = told_otherwise(plan)
    for row, task in tasks(plan):
        if not task.lead and not plan.clauses_for(task) and task.id not in told:
            message = f"{_KINDS[task.kind]} {task.id} không có cơ quan chủ trì"
            hint = "thêm khóa lead, hoặc điều khoản chung (clauses) giao cả mục này"
            yield Violation(message, (*row, "lead"), key=True, hint=hint)


RULE = Rule(
    code="K208",
    slug="no-lead",
    severity=Severity.INFO,
    found_by=FoundBy.RULE,
    title="Không có cơ quan chủ trì",
    why="""
        Nhiệm vụ không có cơ quan chủ trì và không được điều khoản chung nào giao thì không ai phải báo cáo; nó không hiện ra
        khi tra cứu theo cơ quan chủ trì.

        Nếu văn bản giao ở một điều khoản chung thì ghi điều khoản đó vào clauses. Nếu văn bản thật sự không giao cho ai thì
        giữ nguyên và ghi chú bỏ qua kèm lý do; không tự chọn cơ quan.
    """,
    bad="""
        tasks:
          - id: I.1
        #   ^
            kind: task
            text: Kiểm tra việc xử lý nước thải.
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
