"""K405: a schedule with years outside the plan's period."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import KeyPath, Severity
from kehoach_cli.core.model.plan import PlanYears, Section, Task
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.core.notation.schedule import Schedule
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.rows import sections, tasks


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the rows and headings whose own years lie partly or wholly outside the period."""
    plan = document.plan
    if plan is None:
        return
    # A row may have the years of its heading (`source`); one finding, at the heading, is enough.
    own_years = ((path, task) for path, task in tasks(plan) if not task.schedule.source)
    rows: tuple[tuple[KeyPath, Section | Task], ...] = (*sections(plan), *own_years)
    for path, row in rows:
        schedule = row.schedule
        if schedule.end is not None and (fault := _fault(schedule, schedule.end, plan.period)):
            told = f"{plan.period.start} - {plan.period.end or '…'}"
            yield Violation(
                f'{row.id}: thời gian "{schedule.text}" {fault} thời kỳ của kế hoạch ({told})',
                (*path, "schedule"),
                hint="sửa năm, hoặc period của kế hoạch nếu chép sai",
            )


def _fault(schedule: Schedule, end: int, period: PlanYears) -> str:
    # "Đến năm 2035" names no first year; the work may begin with the plan.
    start = schedule.start or min(end, period.start)
    if end < period.start or not (period.end is None or start <= period.end):
        return "nằm hẳn ngoài"
    if start < period.start:
        return "bắt đầu trước"
    return "" if period.covers(end) else "kết thúc sau"


RULE = Rule(
    code="K405",
    slug="schedule-outside-period",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Thời gian thực hiện nằm ngoài thời kỳ kế hoạch",
    why="""
        Việc có thời gian ngoài thời kỳ của kế hoạch thì những năm đó không có báo cáo nào theo dõi; thường là gõ sai năm ở dòng
        này hoặc ở period.

        Văn bản cũng có khi ghi như vậy thật, ví dụ dự án của giai đoạn trước chuyển sang (2021 - 2025 trong kế hoạch 2022 -
        2030): giữ nguyên và ghi chú bỏ qua kèm lý do.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            schedule: 2021 - 2025
        #             ^
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            schedule: 2022 - 2025
    """,
    check=check,
)
