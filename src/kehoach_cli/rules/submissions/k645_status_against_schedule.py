"""K645: a status, or an answer about the period, that does not fit the schedule of the task."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kehoach_cli.core.model.finding import KeyPath, Severity
from kehoach_cli.core.model.plan import Task
from kehoach_cli.core.model.progress import Status, Submission, SubmittedTask
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.core.notation.schedule import ScheduleKind
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.submissions.submitted import called, reported_tasks, status_called
from kehoach_cli.viet.dates import format_date

_MOST_NAMED = 5


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the recurring duties reported as done for good, and the answers for work without an end on tasks that end.

    The latter are one remark for each submission: who answers so once, often does it for every task.
    """
    ongoing: dict[KeyPath, list[_Entry]] = {}
    answered: dict[KeyPath, list[_Entry]] = {}
    for path, _, submission, task, report in reported_tasks(document):
        if task.deadline and task.schedule.recurrence is None and not task.schedule.goes_on:
            if report.status is Status.ONGOING:
                ongoing.setdefault(submission.at, []).append(_Entry((*path, "status"), submission, task))
            elif report.done_this_year is not None:
                answered.setdefault(submission.at, []).append(_Entry((*path, "done_this_year"), submission, task))
        elif _recurs(task) and report.status is Status.DONE:
            message = f'{task.id}: báo đã hoàn thành, mà thời gian thực hiện là "{task.schedule.text}"'
            yield Violation(message, (*path, "status"), hint=_mend_done(submission, report))
    yield from map(_ongoing, ongoing.values())
    yield from map(_answered, answered.values())


class _Entry(NamedTuple):
    path: KeyPath
    submission: Submission
    task: Task


def _ongoing(entries: Sequence[_Entry]) -> Violation:
    said, done, open_ = (
        status_called(entries[0].submission, status) for status in (Status.ONGOING, Status.DONE, Status.IN_PROGRESS)
    )
    hint = f"đã xong thì báo {done}, chưa xong thì báo {open_}"
    return _violation(entries, f"{said} không kết thúc nhiệm vụ", hint)


def _answered(entries: Sequence[_Entry]) -> Violation:
    submission = entries[0].submission
    hint = f"đã xong thì báo {status_called(submission, Status.DONE)}, chưa xong thì bỏ câu trả lời này"
    return _violation(entries, f"{called(submission, 'done_this_year')} chỉ dùng cho việc thường xuyên", hint)


def _violation(entries: Sequence[_Entry], why: str, hint: str) -> Violation:
    first, *others = entries
    deadline = first.task.deadline
    limit = f"{first.task.id}: nhiệm vụ có thời hạn {format_date(deadline) if deadline else ''}, {why}"
    more = f" và {len(others) - _MOST_NAMED} nhiệm vụ khác" if len(others) > _MOST_NAMED else ""
    named = f" (cũng vậy: {', '.join(one.task.id for one in others[:_MOST_NAMED])}{more})" if others else ""
    return Violation(limit + named, first.path, hint=hint, others=tuple(one.path for one in others))


def _recurs(task: Task) -> bool:
    return task.schedule.kind is ScheduleKind.RECURRING and task.deadline is None


def _mend_done(submission: Submission, report: SubmittedTask) -> str:
    answer = "" if report.done_this_year else f", trả lời “Có” ở {called(submission, 'done_this_year')}"
    return f"chỉ xong việc của kỳ này thì báo {status_called(submission, Status.ONGOING)}{answer}; không phải làm nữa thì giữ"


RULE = Rule(
    code="K645",
    slug="status-against-schedule",
    severity=Severity.INFO,
    found_by=FoundBy.RULE,
    title="Trạng thái không hợp với thời gian thực hiện",
    why="""
        "Thực hiện thường xuyên" (ongoing) và "đã làm trong năm" (done_this_year) là của việc không có điểm kết thúc. Nhiệm vụ có
        thời hạn mà báo như vậy thì vẫn là chưa hoàn thành, và qua thời hạn thì tính là quá hạn.

        Ngược lại, việc thường xuyên, hằng năm mà báo đã hoàn thành thì coi như xong hẳn: các kỳ sau không nhắc nữa.

        Nhiều nhiệm vụ cùng báo như vậy thì chỉ có một thông báo, ở nhiệm vụ đầu, kèm mã của các nhiệm vụ kia.

        Nếu đúng là như vậy (việc thường xuyên được cho thôi, phần việc còn lại không có hạn) thì giữ nguyên.
    """,
    bad="""
        tasks:
          I.1: {status: ongoing, result: Đã kiểm tra 12 cơ sở.}
        #               ^
    """,
    good="""
        tasks:
          I.1: {status: in_progress, result: Đã kiểm tra 12 cơ sở.}
    """,
    check=check,
    kind="progress",
)
