"""K606: a task reported done without its day, or without a product."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.progress import Status
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import Hit, Rule


def check(document: SourceFile) -> Iterator[Hit]:
    """Yield the tasks that are done and lack the day, or both result and documents."""
    for at, _, submission in document.submissions:
        for task_id, report in submission.tasks.items():
            if report.status is not Status.DONE:
                continue
            lacking = [] if report.completed else ["ngày hoàn thành (completed)"]
            lacking += [] if report.result or report.documents else ["sản phẩm (result hoặc documents)"]
            if lacking:
                yield Hit(
                    f"{task_id}: đã hoàn thành nhưng thiếu {', '.join(lacking)}", (*at, "tasks", task_id), key=True
                )


RULE = Rule(
    code="K606",
    slug="done-without-proof",
    severity=Severity.WARNING,
    title="Hoàn thành mà thiếu thời điểm hoặc sản phẩm",
    why="""
        Báo cáo "đã hoàn thành" cần ngày hoàn thành, để biết đúng hạn hay quá hạn, và sản phẩm hoặc văn bản để kiểm
        chứng. Thiếu ngày thì nhiệm vụ chỉ được ghi là hoàn thành, chưa rõ thời điểm.

        Hỏi cơ quan báo cáo rồi bổ sung.
    """,
    bad="""
        tasks:
          I.1: {status: done, result: Đã ban hành hướng dẫn.}
        # ^
    """,
    good="""
        tasks:
          I.1: {status: done, completed: 2025-06-30, result: Đã ban hành hướng dẫn.}
    """,
    check=check,
    kind="progress",
)
