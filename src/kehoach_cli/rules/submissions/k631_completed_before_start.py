"""K631: a task completed before its schedule begins, or before the plan was issued."""

from collections.abc import Iterator
from datetime import date

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Plan, Task
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.submissions.k630_completed_before_plan import first_year
from kehoach_cli.rules.submissions.submitted import completions, reported_tasks
from kehoach_cli.viet.dates import format_date


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the days of completion before the schedule begins; without a beginning, before the plan's own date."""
    for path, plan, _, task, report in reported_tasks(document):
        begin, what = _begin(plan, task)
        for at, name, said in completions(path, task.id, report):
            if begin and said.completed and first_year(plan, task) <= said.completed.year and said.completed < begin:
                message = (
                    f"{name}: ngày hoàn thành {format_date(said.completed)} có trước {what} ({format_date(begin)})"
                )
                yield Violation(message, (*at, "completed"), hint="kiểm tra ngày hoàn thành và mã của nhiệm vụ")


def _begin(plan: Plan, task: Task) -> tuple[date | None, str]:
    schedule = task.schedule
    if schedule.starts or schedule.start:
        return schedule.starts or date(schedule.start or 1, 1, 1), "lúc nhiệm vụ bắt đầu"
    return (plan.document.date.first, "ngày ban hành kế hoạch") if plan.document.date else (None, "")


RULE = Rule(
    code="K631",
    slug="completed-before-start",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Hoàn thành trước khi bắt đầu",
    why="""
        Ngày hoàn thành có trước thời gian thực hiện, hoặc trước ngày ban hành kế hoạch (khi thời gian không nêu lúc bắt đầu),
        thường do gõ nhầm ngày hoặc báo cáo nhầm sang nhiệm vụ khác.

        Hỏi lại cơ quan báo cáo. Nếu việc thật sự xong sớm thì giữ nguyên và ghi chú bỏ qua kèm lý do.
    """,
    bad="""
        tasks:
          I.2: {status: done, completed: 2022-01-04, result: Đã lấy 40 mẫu nước.}
        #                                ^
    """,
    good="""
        tasks:
          I.2: {status: done, completed: 2022-06-04, result: Đã lấy 40 mẫu nước.}
    """,
    check=check,
    kind="progress",
)
