"""K635: a day of completion beside a status other than done."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.progress import Status
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.submissions.submitted import called, completions, status_called, task_entries
from kehoach_cli.viet.dates import format_date


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the days of completion of tasks and milestones that are not reported as done."""
    for path, submission, task_id, report in task_entries(document):
        for at, name, said in completions(path, task_id, report):
            if said.completed and said.status is not Status.DONE:
                status = (
                    f"trạng thái là {status_called(submission, said.status)}" if said.status else "không ghi trạng thái"
                )
                message = f"{name}: có ngày hoàn thành {format_date(said.completed)} nhưng {status}"
                done = status_called(submission, Status.DONE)
                hint = f"ghi {called(submission, 'status')} là {done}, hoặc bỏ ngày hoàn thành"
                yield Violation(message, (*at, "completed"), hint=hint)


RULE = Rule(
    code="K635",
    slug="completed-but-not-done",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Có ngày hoàn thành mà không báo hoàn thành",
    why="""
        Ngày hoàn thành chỉ đi với trạng thái done. Ghi ngày mà trạng thái là đang thực hiện, chưa thực hiện, tạm dừng thì
        không biết tin bên nào; nhiệm vụ vẫn bị coi là chưa xong.

        Hỏi lại cơ quan báo cáo: xong rồi thì ghi status: done; ngày dự kiến xong thì ghi ở result.
    """,
    bad="""
        tasks:
          I.1: {status: in_progress, completed: 2025-10-20}
        #                                       ^
    """,
    good="""
        tasks:
          I.1: {status: done, completed: 2025-10-20, result: Đã kiểm tra 12 cơ sở.}
    """,
    check=check,
    kind="progress",
)
