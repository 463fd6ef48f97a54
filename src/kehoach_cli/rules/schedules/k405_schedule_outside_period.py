"""K405: a schedule with years in which the plan is not in force."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Period
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.core.notation.schedule import Schedule
from kehoach_cli.rules.base import Hit, Rule


def check(document: SourceFile) -> Iterator[Hit]:
    """Yield the rows and headings whose own years lie partly or wholly outside the plan's period."""
    plan = document.plan
    if plan is None:
        return
    headings = [("sections", index, row.id, row.schedule) for index, row in enumerate(plan.sections)]
    # A row under a dated heading repeats the heading's years; one finding, at the heading, is enough.
    rows = (("tasks", index, row.id, row.schedule) for index, row in enumerate(plan.tasks) if not row.schedule.source)
    for kind, index, row_id, schedule in (*headings, *rows):
        if schedule.end is not None and (fault := _fault(schedule, schedule.end, plan.period)):
            told = f"{plan.period.start} - {plan.period.end or '…'}"
            yield Hit(
                f'{row_id}: thời gian "{schedule.text}" {fault} thời kỳ của kế hoạch ({told})',
                (kind, index, "schedule"),
                hint="sửa năm, hoặc period của kế hoạch nếu chép sai",
            )


def _fault(schedule: Schedule, end: int, period: Period) -> str:
    # "Đến năm 2035" names no first year: the work may begin with the plan.
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
