"""K607: a task completed after the report's cutoff."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import Hit, Rule
from kehoach_cli.viet.dates import format_date


def check(document: SourceFile) -> Iterator[Hit]:
    """Yield the days of completion that had not come when the data were closed."""
    for at, _, submission in document.submissions:
        for task_id, report in submission.tasks.items():
            if report.completed and report.completed > submission.cutoff:
                yield Hit(
                    f"{task_id}: ngày hoàn thành {format_date(report.completed)} sau ngày chốt số liệu "
                    f"{format_date(submission.cutoff)}",
                    (*at, "tasks", task_id, "completed"),
                    hint="sửa ngày, hoặc báo cáo đang thực hiện",
                )


RULE = Rule(
    code="K607",
    slug="completion-in-future",
    severity=Severity.ERROR,
    title="Ngày hoàn thành sau ngày chốt số liệu",
    why="""
        Báo cáo có số liệu đến ngày chốt (cutoff) không thể biết việc hoàn thành sau ngày đó. Thường là ghi ngày dự
        kiến, hoặc nhầm năm; tính như vậy thì một việc chưa xong được coi là đã xong.

        Sửa ngày, hoặc để trạng thái đang thực hiện và ghi dự kiến vào phần kết quả.
    """,
    bad="""
        tasks:
          I.1: {status: done, completed: 2026-06-30, result: Đã ban hành.}
        #                                ^
    """,
    good="""
        tasks:
          I.1: {status: done, completed: 2025-06-30, result: Đã ban hành.}
    """,
    check=check,
    kind="progress",
)
