"""K621: a settlement that settles nothing: not by the coordinator, without a status, or of a task with a lead of its own."""

from collections.abc import Iterator

from kehoach_cli.core.duties.assess import TaskStates
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Plan, Task
from kehoach_cli.core.model.progress import Submission, SubmittedTask
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the settlements that do not count."""
    states = TaskStates(document.directory, ())
    for at, plan, submission in document.submissions:
        tasks = {task.id: task for task in plan.tasks}
        for task_id, entry in submission.tasks.items():
            task = tasks.get(task_id)
            why = _why_not(states, plan, task, submission, entry) if task and entry.settled else None
            if why:
                message = f"{task_id}: kết luận không được tính: {why}"
                yield Violation(message, (*at, "tasks", task_id, "settled"))


def _why_not(states: TaskStates, plan: Plan, task: Task, submission: Submission, entry: SubmittedTask) -> str | None:
    if not states.may_settle(plan, submission):
        return "chỉ cơ quan đầu mối của kế hoạch kết luận"
    if not states.led_by_groups(plan, task):
        return "nhiệm vụ có cơ quan chủ trì, lấy theo báo cáo của cơ quan đó"
    return None if entry.status else "chưa ghi trạng thái"


RULE = Rule(
    code="K621",
    slug="settled-without-power",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Kết luận không được tính",
    why="""
        Nhiệm vụ chỉ giao cho nhóm cơ quan ("UBND cấp huyện") chỉ hoàn thành khi mọi thành viên báo cáo hoàn thành, hoặc khi
        cơ quan đầu mối của kế hoạch kết luận trạng thái của cả nhóm, có văn bản (settled). Cơ quan khác không kết luận
        thay được, và nhiệm vụ có cơ quan chủ trì thì lấy theo báo cáo của cơ quan đó.

        Bỏ settled, hoặc ghi vào báo cáo của cơ quan đầu mối kèm status.
    """,
    bad="""
        agency: so-a
        tasks:
          I.1: {status: paused, settled: {document: Thông báo 120/TB-UBND}}
        #                                ^
    """,
    good="""
        agency: so-a
        tasks:
          I.1: {status: done, completed: 2025-11-20, documents: [{number: 12/BC-SA}]}
    """,
    check=check,
    kind="progress",
)
