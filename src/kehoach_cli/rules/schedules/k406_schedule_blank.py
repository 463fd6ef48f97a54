"""K406: a row without a schedule among rows that have one."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import ConditionKind, Task, TaskKind
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.core.notation.schedule import ScheduleKind
from kehoach_cli.rules.base import Hit, Rule

_NAMES = {TaskKind.TASK: "nhiệm vụ", TaskKind.PROGRAMME: "chương trình"}


def check(document: SourceFile) -> Iterator[Hit]:
    """Yield the tasks and programmes without a schedule where most rows of their kind in the same section have one."""
    # Whole sections, and whole plans, give no schedules on purpose; a single gap in a column is what gets overlooked.
    groups: dict[tuple[TaskKind, str | None], list[tuple[int, Task]]] = {}
    for index, task in enumerate(document.plan.tasks if document.plan else ()):
        if task.kind in _NAMES:
            groups.setdefault((task.kind, task.section), []).append((index, task))
    for (kind, _), rows in groups.items():
        timed = sum(task.schedule.kind is not ScheduleKind.NONE for _, task in rows)
        if timed * 2 <= len(rows):
            continue
        for index, task in rows:
            if task.schedule.kind is ScheduleKind.NONE and not _waits(task):
                yield Hit(
                    f"{_NAMES[kind]} {task.id} không có thời gian thực hiện; {timed}/{len(rows)} dòng cùng mục có",
                    ("tasks", index),
                    hint="thêm khóa schedule nếu văn bản có ghi",
                )


def _waits(task: Task) -> bool:
    """Whether the row says what it comes after, in place of a date."""
    return any(condition.kind is ConditionKind.AFTER and condition.dash is None for condition in task.conditions)


RULE = Rule(
    code="K406",
    slug="schedule-blank",
    severity=Severity.INFO,
    title="Thiếu thời gian thực hiện",
    why="""
        Hầu hết các dòng cùng mục có thời gian thực hiện mà dòng này không có: thường là chép sót. Việc không có thời gian thì
        không có thời hạn và không bao giờ bị coi là quá hạn.

        Nếu ô đó để trống trong văn bản đã ban hành thì giữ nguyên, không tự điền, và ghi chú bỏ qua kèm lý do.
    """,
    bad="""
        tasks:
          - {id: I.1, kind: task, text: Kiểm tra việc xử lý nước thải., lead: [so-a], schedule: 2022 - 2025}
          - {id: I.2, kind: task, text: Quan trắc chất lượng không khí., lead: [so-b], schedule: Năm 2023}
          - {id: I.3, kind: task, text: Trồng cây xanh ven đường., lead: [so-a]}
        #   ^
    """,
    good="""
        tasks:
          - {id: I.1, kind: task, text: Kiểm tra việc xử lý nước thải., lead: [so-a], schedule: 2022 - 2025}
          - {id: I.2, kind: task, text: Quan trắc chất lượng không khí., lead: [so-b], schedule: Năm 2023}
          - {id: I.3, kind: task, text: Trồng cây xanh ven đường., lead: [so-a], schedule: "Thường xuyên, hằng năm"}
    """,
    check=check,
)
