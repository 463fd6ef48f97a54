"""K606: a task reported as done without a date, or without a product."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.progress import Status, Submission
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.submissions.submitted import called, task_entries


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the tasks that are done but lack the date, or lack both result and documents."""
    for path, submission, task_id, report in task_entries(document):
        date = f"ngày hoàn thành ({called(submission, 'completed')})"
        lacking = [] if report.completed else [date]
        lacking += [] if report.result or report.documents or report.settled else [_product(submission)]
        if lacking and report.status is Status.DONE:
            yield Violation(f"{task_id}: đã hoàn thành nhưng thiếu {', '.join(lacking)}", (*path, "status"))
        for number, one in report.milestones.items():
            if one.status is Status.DONE and one.completed is None:
                message = f"{task_id}, mốc {number}: đã hoàn thành nhưng thiếu {date}"
                yield Violation(message, (*path, "milestones", str(number), "status"))


def _product(submission: Submission) -> str:
    return f"sản phẩm ({called(submission, 'result')} hoặc {called(submission, 'documents')})"


RULE = Rule(
    code="K606",
    slug="done-without-proof",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Hoàn thành mà thiếu thời điểm hoặc sản phẩm",
    why="""
        Báo cáo "đã hoàn thành" cần ngày hoàn thành, để biết đúng hạn hay quá hạn, và sản phẩm hoặc văn bản để kiểm
        chứng. Thiếu ngày thì nhiệm vụ chỉ được ghi là hoàn thành, chưa rõ thời điểm.

        Hỏi cơ quan báo cáo rồi bổ sung.
    """,
    bad="""
        tasks:
          I.1: {status: done, result: Đã ban hành hướng dẫn.}
        #               ^
    """,
    good="""
        tasks:
          I.1: {status: done, completed: 2025-06-30, result: Đã ban hành hướng dẫn.}
    """,
    check=check,
    kind="progress",
)
