"""K413: a schedule that means something else than its printed cell."""

import re
from collections.abc import Iterator
from datetime import date

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Plan, Task
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.core.notation.parse import parse_schedule
from kehoach_cli.core.notation.schedule import NO_SCHEDULE, Schedule, ScheduleError, ScheduleKind, only_year
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.rows import tasks
from kehoach_cli.viet.text import match_key

_AT_VALUE = False
_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
# Whoever settles the day of such a phrase may write a day in its place.
_OPEN = frozenset({ScheduleKind.VAGUE, ScheduleKind.UNKNOWN})


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the rows whose schedule and printed cell have other years, deadlines or kinds. Letters and marks do not count.

    The finding is at the cell where other rows have the same schedule and none has what the cell says.
    """
    plan = document.plan
    for row, task in tasks(plan):
        printed = task.as_issued.get("schedule")
        # Where milestones replace the phrase, K409 compares them with it.
        if plan and printed and not task.steps and not _agree(plan, task, printed):
            own, cell = (*row, "schedule"), (*row, "as_issued", "schedule")
            hint = "đối chiếu văn bản: sửa schedule theo ô in, hoặc sửa as_issued nếu chép sai ô"
            if not task.schedule.text or task.schedule.source:
                told = task.schedule.text or "(không ghi)"
                yield Violation(f'{task.id}: thời gian "{told}" khác với ô in "{printed}"', cell, hint=hint)
            elif _is_usual(plan, task, task.schedule.text) and not _is_usual(plan, task, printed):
                line = document.place(own, _AT_VALUE)[0]
                message = f'{task.id}: ô in "{printed}" khác với thời gian "{task.schedule.text}" (dòng {line})'
                yield Violation(message, cell, hint=hint, others=(own,))
            else:
                line = document.place(cell, _AT_VALUE)[0]
                message = f'{task.id}: thời gian "{task.schedule.text}" khác với ô in "{printed}" (dòng {line})'
                yield Violation(message, own, hint=hint, others=(cell,))


def _is_usual(plan: Plan, task: Task, phrase: str) -> bool:
    """Return whether another row has the phrase as its schedule."""
    return any(_key(other.schedule.text) == _key(phrase) for other in plan.tasks if other is not task)


def _key(phrase: str) -> str:
    return re.sub(r"\s*[-–]\s*", "-", match_key(phrase)).strip(" .;")


def _agree(plan: Plan, task: Task, printed: str) -> bool:
    cell, own = _read(plan, printed), _read(plan, task.schedule.text)
    if task.errata and printed.rstrip(".") in task.errata:
        return True
    if cell is None or own is None or cell.kind in _OPEN or own.kind in _OPEN:
        years, named = set(_YEAR.findall(printed)), set(_YEAR.findall(task.schedule.text))
        return not years or years == named
    return _meaning(cell) == _meaning(own) and not _differ_in_years(printed, task.schedule.text)


def _differ_in_years(one: str, other: str) -> bool:
    """Return whether two phrases are the same but for a year that their meaning does not hold: "theo Luật năm 2020"."""
    first, second = (_YEAR.sub("", _key(text)) for text in (one, other))
    return first == second and set(_YEAR.findall(one)) != set(_YEAR.findall(other))


def _read(plan: Plan, text: str) -> Schedule | None:
    """Return what a phrase means in this plan, None where it is not understood."""
    issued = plan.document.date
    day = date(issued.year, issued.month, issued.day) if issued and issued.month and issued.day else None
    try:
        return (
            parse_schedule(text, year=only_year(plan.period.start, plan.period.end), issued=day)
            if text
            else NO_SCHEDULE
        )
    except ScheduleError:
        return None


def _meaning(schedule: Schedule) -> tuple[object, ...]:
    """Return what two spellings of one schedule share."""
    days = (schedule.start, schedule.end, schedule.starts, schedule.deadline, schedule.yearly)
    steps = tuple(step.deadline for step in schedule.milestones)
    return schedule.kind, *days, schedule.recurrence, schedule.goes_on, steps


RULE = Rule(
    code="K413",
    slug="printed-schedule-differs",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    title="Thời gian thực hiện khác với ô in trong văn bản",
    why="""
        Ô nguyên văn (as_issued.schedule) được giữ để đối chiếu: năm, thời hạn và tính chất (thường xuyên, theo yêu cầu) ở
        schedule phải đúng như ô in. Khác nhau thì nhiệm vụ bị nhắc và tính quá hạn theo một ngày mà văn bản không giao.

        Thông báo đứng ở ô in nếu các dòng khác cũng có thời gian ấy mà không dòng nào ghi như ô in; không biết được thì đứng ở
        schedule; cả hai đều nêu số dòng bên kia. Sửa bên chép sai. Chỉ khác cách viết (dấu chấm, gạch ngang, chữ hoa) thì không
        sao; văn bản in sai thì ghi ở errata.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            as_issued: {schedule: Giai đoạn 2022 – 2025.}
            schedule: 2022 - 2026
        #             ^
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            as_issued: {schedule: Giai đoạn 2022 – 2025.}
            schedule: 2022 - 2025
    """,
    check=check,
)
