"""K608: an extension, or a task carried over or dropped, without the document that allows it."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.progress import Status, SubmittedTask
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.submissions.submitted import task_entries
from kehoach_cli.viet.dates import format_date

_WORDS = {Status.CARRIED: "chuyển tiếp", Status.DROPPED: "dừng, không thực hiện"}


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the tasks that were extended, carried over or dropped without naming a document by number and date."""
    for path, submission, task_id, report in task_entries(document):
        deadline = _deadline(document, submission.plan, task_id)
        for word in _without_document(report):
            message = f"{task_id}: {word}, chưa có văn bản cho phép (số, ngày); vẫn tính theo thời hạn {deadline}"
            yield Violation(message, path, key=True, hint="bổ sung số và ngày của văn bản cho phép")


def _without_document(report: SubmittedTask) -> Iterator[str]:
    """Yield in words what an entry decides without a document."""
    if report.extension and not report.extension.granted:
        yield f"gia hạn đến {format_date(report.extension.to)}"
    if report.status in _WORDS and not any(paper.dated for paper in report.documents):
        yield _WORDS[report.status]


def _deadline(document: SourceFile, plan_id: str, task_id: str) -> str:
    """Return the deadline of the plan as words print it; "của kế hoạch" where there is none."""
    tasks = (task for plan in document.plans if plan.id == plan_id for task in plan.tasks)
    deadline = next((task.deadline for task in tasks if task.id == task_id), None)
    return format_date(deadline) if deadline else "của kế hoạch"


RULE = Rule(
    code="K608",
    slug="decision-without-document",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Gia hạn, chuyển tiếp hoặc dừng mà không có văn bản",
    why="""
        Thời hạn của kế hoạch chỉ được lùi, và nhiệm vụ chỉ được chuyển tiếp hoặc dừng, khi cấp có thẩm quyền đồng ý
        bằng văn bản; báo cáo in số văn bản đó cạnh thời hạn mới. Chưa nêu đủ số và ngày của văn bản thì nhiệm vụ vẫn được
        tính theo thời hạn cũ.

        Bổ sung văn bản ở extension.document hoặc documents; chưa có thì báo cáo đúng trạng thái hiện tại.
    """,
    bad="""
        tasks:
          I.1: {status: in_progress, extension: {to: 2026-06-30}}
        # ^
    """,
    good="""
        tasks:
          I.1: {status: in_progress, extension: {to: 2026-06-30, document: Công văn 345/UBND-NN ngày 10/11/2025}}
    """,
    check=check,
    kind="progress",
)
