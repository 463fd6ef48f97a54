"""K409: the key `milestones` says something else than the printed schedule."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Task
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.rows import tasks
from kehoach_cli.viet.dates import format_date


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the rows whose milestones have other deadlines than their printed schedule."""
    for path, task in tasks(document.plan):
        if fault := _difference(task):
            yield Violation(
                f"{task.id}: {fault}; các mốc ở milestones được dùng",
                (*path, "milestones"),
                hint="đối chiếu với văn bản; nếu cố ý thì giữ chuỗi đã in ở as_issued.schedule, viết lại schedule cho khớp",
            )


def _difference(task: Task) -> str:
    phrase, own = task.phrase, task.schedule
    if phrase is None or own.deadline is None or phrase.deadline is None:
        return ""
    printed = [step.deadline for step in phrase.milestones]
    if printed and printed != [step.deadline for step in own.milestones]:
        days = ", ".join(map(format_date, printed))
        return f'thời gian "{phrase.text}" có {len(printed)} mốc ({days}), khác với khóa milestones'
    if own.deadline == phrase.deadline:
        return ""
    return f'mốc cuối đến {format_date(own.deadline)}, khác với thời gian "{phrase.text}" (đến {format_date(phrase.deadline)})'


RULE = Rule(
    code="K409",
    slug="milestones-differ",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Các mốc khác với thời gian thực hiện",
    why="""
        Khóa milestones được dùng thay cho chuỗi thời gian, nên hai chỗ nói khác nhau thì thời hạn của nhiệm vụ không còn là thời
        hạn in trong văn bản. Thường là gõ sai ngày ở một trong hai chỗ, hoặc chép thiếu một mốc.

        Đối chiếu với văn bản rồi sửa. Nếu văn bản ghi hai chỗ khác nhau thì giữ nguyên và ghi chú bỏ qua kèm lý do.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Xây dựng trạm xử lý nước thải.
            lead: [so-a]
            schedule: 2025 - 2027
            milestones: [{text: Khởi công, schedule: quý II/2025}, {text: Hoàn thành, schedule: quý IV/2028}]
        #               ^
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Xây dựng trạm xử lý nước thải.
            lead: [so-a]
            schedule: 2025 - 2027
            milestones: [{text: Khởi công, schedule: quý II/2025}, {text: Hoàn thành, schedule: quý IV/2027}]
    """,
    check=check,
)
