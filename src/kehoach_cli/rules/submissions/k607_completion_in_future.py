"""K607: a task completed after the cutoff of the submission."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.submissions.submitted import completions, task_entries
from kehoach_cli.viet.dates import format_date


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the dates of completion that are later than the cutoff."""
    for path, submission, task_id, report in task_entries(document):
        for at, name, said in completions(path, task_id, report):
            if said.completed and said.completed > submission.cutoff:
                yield Violation(
                    f"{name}: ngày hoàn thành {format_date(said.completed)} sau ngày chốt số liệu "
                    f"{format_date(submission.cutoff)}",
                    (*at, "completed"),
                    hint="sửa ngày, hoặc báo cáo đang thực hiện",
                )


RULE = Rule(
    code="K607",
    slug="completion-in-future",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
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
