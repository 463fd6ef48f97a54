"""K642: a task reported as done by a body that only supports it."""

from collections.abc import Iterator

from kehoach_cli.core.duties.match import SUPPORT, Matcher
from kehoach_cli.core.model.agency import Agency, Directory
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.progress import Status, Submission
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the tasks that a body reports as done although the plan gives it no part in them but support."""
    for at, plan, submission in document.submissions:
        sender = document.directory.get(plan.province, submission.agency)
        done = [task for task in plan.tasks if _says_done(submission, task.id)]
        if sender is None or not done:
            continue
        matchers = _matchers(document.directory, plan, sender)
        for task in done:
            roles = {way.role for matcher in matchers for way in matcher.task(plan, task)}
            if roles == {SUPPORT}:
                message = f"{task.id}: {sender.name} chỉ phối hợp, cơ quan chủ trì mới báo hoàn thành cả nhiệm vụ"
                hint = "ghi phần việc đã làm ở result, trạng thái để trống; nhầm mã thì sửa mã"
                yield Violation(message, (*at, "tasks", task.id, "status"), hint=hint)


def _says_done(submission: Submission, task_id: str) -> bool:
    report = submission.tasks.get(task_id)
    return report is not None and report.status is Status.DONE


def _matchers(directory: Directory, plan: Plan, sender: Agency) -> list[Matcher]:
    """Return what matches the sender and its heirs; none where one of them coordinates the plan and may settle every row."""
    bodies = (sender, *directory.heirs(sender))
    if any(body.id == plan.coordinator for body in bodies):
        return []
    return [Matcher(directory, plan.province, body) for body in bodies]


RULE = Rule(
    code="K642",
    slug="done-by-supporter",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Cơ quan phối hợp báo hoàn thành thay cơ quan chủ trì",
    why="""
        Cơ quan phối hợp xong phần của mình chưa có nghĩa là nhiệm vụ đã xong; chỉ báo cáo của cơ quan chủ trì làm nhiệm vụ
        hoàn thành. Có khi chọn nhầm mã của nhiệm vụ khác.

        Cơ quan phối hợp ghi phần việc của mình ở result, không ghi done.
    """,
    bad="""
        agency: so-b
        tasks:
          I.2: {status: done, completed: 2025-10-20, result: Đã xét nghiệm 40 mẫu.}
        #               ^
    """,
    good="""
        agency: so-b
        tasks:
          I.2: {result: Đã xét nghiệm 40 mẫu.}
    """,
    check=check,
    kind="progress",
)
