"""K408: a schedule in words of time without a day."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import KeyPath, Severity
from kehoach_cli.core.model.plan import Section, Task
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.core.notation.schedule import ScheduleKind
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.rows import sections, tasks


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the rows and headings whose own schedule names no day; one finding at a heading stands for its rows."""
    plan = document.plan
    if plan is None:
        return
    own = ((path, task) for path, task in tasks(plan) if not task.schedule.source)
    rows: tuple[tuple[KeyPath, Section | Task], ...] = (*sections(plan), *own)
    for path, row in rows:
        if row.schedule.kind is ScheduleKind.VAGUE:
            yield Violation(
                f'{row.id}: thời gian "{row.schedule.text}" không có ngày cụ thể nên không có thời hạn',
                (*path, "schedule"),
                hint="nếu cơ quan đầu mối đã chốt ngày thì ghi ngày ở milestones; nếu không, giữ nguyên và ghi chú bỏ qua",
            )


RULE = Rule(
    code="K408",
    slug="vague-schedule",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Thời gian thực hiện không có ngày cụ thể",
    why="""
        "Đầu năm 2026", "khoảng tháng 6/2026", "trong thời gian tới" không cho biết ngày cuối cùng còn đúng hạn, nên nhiệm vụ
        không có thời hạn và không bao giờ bị coi là quá hạn. kehoach không tự đặt ngày thay văn bản.

        Đối chiếu với văn bản: nếu chép thiếu thì chép đủ. Nếu văn bản ghi đúng như vậy thì giữ nguyên và ghi chú bỏ qua kèm lý
        do; khi cơ quan đầu mối đã chốt ngày thì ghi ở milestones.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            schedule: Đầu năm 2026
        #             ^
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            schedule: Quý I/2026
    """,
    check=check,
)
