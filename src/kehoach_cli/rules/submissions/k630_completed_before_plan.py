"""K630: a task completed in a year before the plan and its schedule."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Plan, Task
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.submissions.submitted import completions, reported_tasks
from kehoach_cli.viet.dates import format_date


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the days of completion in a year that is before all of: the plan's period, its document, the task's schedule."""
    for path, plan, _, task, report in reported_tasks(document):
        first = first_year(plan, task)
        for at, name, said in completions(path, task.id, report):
            if said.completed and said.completed.year < first:
                message = (
                    f"{name}: ngày hoàn thành {format_date(said.completed)} có trước kế hoạch (bắt đầu năm {first})"
                )
                yield Violation(message, (*at, "completed"), hint="kiểm tra năm của ngày hoàn thành")


def first_year(plan: Plan, task: Task) -> int:
    """Return the first year in which a task of the plan can have been worked on."""
    issued = plan.document.date
    years = [plan.period.start, issued.year if issued else None, task.schedule.start]
    return min(year for year in years if year is not None)


RULE = Rule(
    code="K630",
    slug="completed-before-plan",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    title="Ngày hoàn thành có trước kế hoạch",
    why="""
        Nhiệm vụ không thể xong từ năm trước khi có kế hoạch và trước cả năm bắt đầu ghi ở thời gian thực hiện; ngày như vậy
        là gõ nhầm năm (2001 thay cho 2025) và làm mọi phép tính đúng hạn, trễ hạn sai theo.

        Hỏi lại cơ quan báo cáo rồi sửa ngày. Việc đã xong từ trước mà kế hoạch vẫn nêu thì ghi ở result, không ghi ngày.
    """,
    bad="""
        tasks:
          I.1: {status: done, completed: 2001-10-20, result: Đã kiểm tra 12 cơ sở.}
        #                                ^
    """,
    good="""
        tasks:
          I.1: {status: done, completed: 2025-10-20, result: Đã kiểm tra 12 cơ sở.}
    """,
    check=check,
    kind="progress",
)
