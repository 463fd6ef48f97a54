"""K641: a task reported as waiting, or its condition as met, where the plan knows no condition."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.progress import Status
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.submissions.submitted import called, reported_tasks


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the answers about a condition of tasks without one."""
    for path, _, submission, task, report in reported_tasks(document):
        if task.conditions or task.schedule.event:
            continue
        if report.condition_met is not None:
            message = (
                f"{task.id}: kế hoạch không ghi điều kiện nào, {called(submission, 'condition_met')} không dùng đến"
            )
            yield Violation(message, (*path, "condition_met"), hint="kiểm tra mã của nhiệm vụ, hoặc bỏ câu trả lời này")
        elif report.status is Status.WAITING:
            message = f"{task.id}: báo chờ hướng dẫn, mà kế hoạch không ghi phải chờ gì"
            yield Violation(
                message, (*path, "status"), hint=f"nêu ở {called(submission, 'difficulty')} đang chờ văn bản nào của ai"
            )


RULE = Rule(
    code="K641",
    slug="no-condition-to-wait-for",
    severity=Severity.INFO,
    found_by=FoundBy.RULE,
    title="Chờ điều kiện mà kế hoạch không ghi",
    why="""
        Kế hoạch không ghi điều kiện cho nhiệm vụ này ("sau khi có hướng dẫn của Bộ…"), nên trả lời về điều kiện không làm
        thời hạn tạm dừng. Có khi thực tế đúng là phải chờ; cũng có khi báo cáo nhầm sang nhiệm vụ khác.

        Nếu đúng là phải chờ thì nêu ở difficulty đang chờ gì; nếu nhầm mã thì sửa.
    """,
    bad="""
        tasks:
          I.1: {status: in_progress, condition_met: false}
        #                                           ^
    """,
    good="""
        tasks:
          I.1: {status: in_progress}
    """,
    check=check,
    kind="progress",
)
