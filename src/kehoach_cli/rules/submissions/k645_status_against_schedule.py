"""K645: a status, or an answer about the period, that does not fit the schedule of the task."""

from collections.abc import Callable, Iterator
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
    """Yield the answers for work without an end on tasks that end, and the recurring duties reported as done for good.

    Of each kind there is one remark for a submission: who answers so once, often does it for every task.
    """
    found: dict[tuple[Callable[[_Entry], tuple[str, str]], KeyPath], list[_Entry]] = {}
    for path, _, submission, task, report in reported_tasks(document):
        if kind := _kind(task, report):
            key = "done_this_year" if kind is _answered else "status"
            found.setdefault((kind, submission.at), []).append(_Entry((*path, key), submission, task, report))
    for (kind, _), (first, *others) in found.items():
        more = f" và {len(others) - _MOST_NAMED} nhiệm vụ khác" if len(others) > _MOST_NAMED else ""
        named = f" (cũng vậy: {', '.join(one.task.id for one in others[:_MOST_NAMED])}{more})" if others else ""
        message, hint = kind(first)
        yield Violation(
            f"{first.task.id}: {message}{named}", first.path, hint=hint, others=tuple(one.path for one in others)
        )


class _Entry(NamedTuple):
    path: KeyPath
    submission: Submission
    task: Task
    report: SubmittedTask


def _kind(task: Task, report: SubmittedTask) -> Callable[[_Entry], tuple[str, str]] | None:
    """Return what words the remark on an answer, None for an answer that fits the schedule."""
    if task.deadline and task.schedule.recurrence is None and not task.schedule.goes_on:
        if report.status is Status.ONGOING:
            return _ongoing
        return _answered if report.done_this_year is not None else None
    recurs = task.schedule.kind is ScheduleKind.RECURRING and task.deadline is None
    return _done if recurs and report.status is Status.DONE else None


def _ongoing(entry: _Entry) -> tuple[str, str]:
    said, done, open_ = (
        status_called(entry.submission, status) for status in (Status.ONGOING, Status.DONE, Status.IN_PROGRESS)
    )
    return f"{_limit(entry)}, {said} không kết thúc nhiệm vụ", f"đã xong thì báo {done}, chưa xong thì báo {open_}"


def _answered(entry: _Entry) -> tuple[str, str]:
    answer = called(entry.submission, "done_this_year")
    hint = f"đã xong thì báo {status_called(entry.submission, Status.DONE)}, chưa xong thì bỏ câu trả lời này"
    return f"{_limit(entry)}, {answer} chỉ dùng cho việc thường xuyên", hint


def _done(entry: _Entry) -> tuple[str, str]:
    yes = "" if entry.report.done_this_year else f", trả lời “Có” ở {called(entry.submission, 'done_this_year')}"
    ongoing = status_called(entry.submission, Status.ONGOING)
    hint = f"chỉ xong việc của kỳ này thì báo {ongoing}{yes}; không phải làm nữa thì giữ"
    return f'báo đã hoàn thành, mà thời gian thực hiện là "{entry.task.schedule.text}"', hint


def _limit(entry: _Entry) -> str:
    return f"nhiệm vụ có thời hạn {format_date(entry.task.deadline)}" if entry.task.deadline else ""


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
