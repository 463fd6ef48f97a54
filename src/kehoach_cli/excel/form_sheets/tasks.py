"""The sheet of tasks: a row for each task."""

from kehoach_cli.core.amend.words import moved_text
from kehoach_cli.core.check.wording import STATUSES
from kehoach_cli.core.forms.fingerprint import fingerprint
from kehoach_cli.core.forms.form import TaskQuestion
from kehoach_cli.core.model.plan import Plan, Task
from kehoach_cli.core.model.progress import Paper, SubmittedMilestone, SubmittedTask
from kehoach_cli.core.notation.schedule import Milestone
from kehoach_cli.excel.form_book import DATE_PROMPT, FormBook, prompt
from kehoach_cli.excel.grid import HEADER_ROW, MOST_LINES, FormGrid
from kehoach_cli.excel.layout import MILESTONE, NO, NO_TASKS, TASKS, YES
from kehoach_cli.excel.locked_cells import fingerprints
from kehoach_cli.viet.dates import format_date

# Frozen columns up to this width leave room for answers on a small screen.
_WIDEST_FROZEN = 60
_OF_MILESTONE = frozenset({"status", "completed"})


def write_tasks(book: FormBook) -> None:
    """Add the sheet of tasks."""
    grid = book.sheet(TASKS)
    asked = [question for one in book.form.plans for question in one.tasks]
    grid.spread(_unused(asked), {"text": [_text(question.task) for question in asked]})
    grid.headline(
        f"KẾT QUẢ THỰC HIỆN NHIỆM VỤ {book.form.period.full_text.upper()} – {book.form.agency.name}",
        "Điền các ô nền vàng nhạt. Ô màu xám: không áp dụng cho nhiệm vụ này. "
        f"In được {MOST_LINES} dòng một ô: kết quả dài thì ghi ý chính, chi tiết gửi kèm.",
    )
    for one in book.form.plans:
        if one.tasks:
            grid.band(one.plan.document.cite, "plan")
        section = ""
        for question in one.tasks:
            if question.section and question.section != section:
                grid.band(question.section, "section")
            section = question.section
            _write_question(book, grid, one.plan, question)
    if grid.row == HEADER_ROW:
        grid.band(NO_TASKS, "section")
        grid.sheet.sheet_state = "hidden"
    _offer_choices(book, grid)
    grid.finish(book.footer, frozen=2 if grid.widths["text"] < _WIDEST_FROZEN else 1)


def _unused(asked: list[TaskQuestion]) -> list[str]:
    """Return the columns that say or ask nothing in any row; without them the others are wide enough in print."""
    used = {
        "before": any(one.before and one.before.status for one in asked),
        "condition_met": any(_conditional(one) for one in asked),
        "done_for": any(_periodic(one) for one in asked),
    }
    return [key for key, some in used.items() if not some]


def _conditional(question: TaskQuestion) -> bool:
    return question.conditional or bool(question.answer and question.answer.condition_met is not None)


def _periodic(question: TaskQuestion) -> bool:
    return bool(question.periods or (question.answer and question.answer.done_for))


def _offer_choices(book: FormBook, grid: FormGrid) -> None:
    grid.offer("status", book.status_list())
    for key in ("condition_met", "done_this_year"):
        grid.offer(key, book.flag_list())
    for key in ("completed", "extension_to"):
        grid.offer(key, prompt(*DATE_PROMPT))
    grid.offer(
        "done_for",
        prompt("Các kỳ đã làm", "Cách nhau bằng dấu chấm phẩy: Quý I; Quý II. Tháng thì ghi: Tháng 1; Tháng 2."),
    )
    grid.offer("documents", prompt("Văn bản", "Cách nhau bằng dấu chấm phẩy: 12/BC-SYT ngày 10/12/2025; 45/KH-SYT"))


def _write_question(book: FormBook, grid: FormGrid, plan: Plan, question: TaskQuestion) -> None:
    ref = f"{plan.id}/{question.task.id}"
    book.rows += [("task", ref), ("answers", ref, fingerprint(question.task))]
    answer = question.answer or SubmittedTask()
    closed = [] if _conditional(question) else ["condition_met"]
    closed += [] if _periodic(question) else ["done_for"]
    official = _official(ref, question)
    book.rows.append(("locked", ref, "", fingerprints(TASKS, official)))
    grid.line(official | _answers(answer), closed)
    for number, milestone in enumerate(question.task.schedule.milestones, 1):
        _write_milestone(book, grid, f"{ref}{MILESTONE}{number}", milestone, answer.milestones.get(number))


def _write_milestone(
    book: FormBook, grid: FormGrid, ref: str, milestone: Milestone, answer: SubmittedMilestone | None
) -> None:
    """Write the row of a milestone below its task."""
    book.rows.append(("task", ref))
    said = answer or SubmittedMilestone()
    values = {
        "ref": ref,
        "text": milestone.text,
        "due": f"Thời hạn: {format_date(milestone.deadline)}",
        "status": STATUSES[said.status] if said.status else None,
        "completed": format_date(said.completed) if said.completed else None,
    }
    book.rows.append(("locked", ref, "", fingerprints(TASKS, values)))
    grid.line(
        values, closed=(column.key for column in TASKS.columns if column.answer and column.key not in _OF_MILESTONE)
    )


def _text(task: Task) -> str:
    """Return what is to be done, and below it what shall come of it."""
    return "\n".join([task.text, *([f"Sản phẩm: {'; '.join(task.outputs)}"] if task.outputs else [])])


def _official(ref: str, question: TaskQuestion) -> dict[str, str | None]:
    task = question.task
    due = [task.schedule.text] if task.schedule.text else ["không ghi thời gian"]
    if question.deadline:
        due.append(f"Thời hạn: {format_date(question.deadline)}{moved_text(task.schedule)}")
    before = question.before.status if question.before else None
    return {
        "ref": ref,
        "text": _text(task),
        "role": question.reached,
        "due": "\n".join(due),
        "before": STATUSES[before] if before else None,
    }


def _answers(answer: SubmittedTask) -> dict[str, str | None]:
    return {
        "status": STATUSES[answer.status] if answer.status else None,
        "result": answer.result,
        "documents": "; ".join(map(_paper_text, answer.documents)),
        "completed": format_date(answer.completed) if answer.completed else None,
        "extension_to": format_date(answer.extension.to) if answer.extension else None,
        "extension_document": answer.extension.document if answer.extension else None,
        "condition_met": _flag_text(answer.condition_met),
        "done_this_year": _flag_text(answer.done_this_year),
        "done_for": "; ".join(answer.done_for) or None,
        "difficulty": answer.difficulty,
    }


def _paper_text(paper: Paper) -> str:
    return f"{paper.number} ngày {format_date(paper.dated)}" if paper.dated else paper.number


def _flag_text(flag: bool | None) -> str | None:  # noqa: FBT001 - an answer, not a switch
    return None if flag is None else YES if flag else NO
