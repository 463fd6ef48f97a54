"""Progress files as YAML text: blank forms and collected answers, with the official wording in comments."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from kehoach_cli.core.amend.words import target_text
from kehoach_cli.core.check.wording import STATUSES, names_now, reported_text, time_of
from kehoach_cli.core.duties.owed import unit_rule
from kehoach_cli.core.forms.changes import NARRATIVE
from kehoach_cli.core.forms.fingerprint import fingerprint
from kehoach_cli.core.forms.form import AskedKind, AskedValue, Form, IndicatorQuestion, PlanForm, TaskQuestion
from kehoach_cli.core.forms.progress_text import INDENT, mapping_lines
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Indicator, Plan, Task
from kehoach_cli.core.model.progress import Submission, SubmittedIndicator, SubmittedMilestone, SubmittedTask
from kehoach_cli.render.labels import day_text, schedule_text
from kehoach_cli.viet.text import without_controls

_WIDTH = 110
_HELP = (
    "Chỉ điền vào chỗ ghi null (chưa có thì để nguyên null); không sửa mã và tên khóa.",
    'Số viết kiểu Việt Nam trong dấu nháy kép: "86,5", "10.000"; ngày viết năm-tháng-ngày: 2025-12-10.',
    f"Trạng thái (status) là một trong: {', '.join(f'{code} ({word})' for code, word in STATUSES.items())}.",
    'Văn bản (documents) viết: [{number: "12/BC-SYT", date: 2025-12-10}].',
    'Để null thì điều đã báo cáo giữ nguyên; muốn bỏ thì ghi "(xóa)". Số ước thì estimate ghi true, không còn thì false.',
    'Kinh phí (funding) viết: [{source: "Ngân sách tỉnh", planned: "12.500", spent: "9.870,5", unit: "triệu đồng"}].',
)
_TOTAL_ADVICE = (
    "Nhiều cơ quan cùng báo cáo: province_total ghi true nếu là số chung toàn tỉnh, không riêng cơ quan mình."
)

Comments = Mapping[KeyPath, Sequence[str]]


def form_yaml(form: Form, directory: Directory) -> str:
    """Return the form as a progress file; an answer already given is filled in, the others are null."""
    head = [f"BIỂU BÁO CÁO {form.period.full_text.upper()}: {form.agency.name}", *_HELP]
    documents = [_document(form, part) for part in form.plans]
    comments: dict[KeyPath, Sequence[str]] = {}
    for index, part in enumerate(form.plans):
        for path, lines in _comments(part, directory, form.period).items():
            comments[index, *path] = lines
    return progress_yaml(documents, comments, head)


def collected_yaml(document: Mapping[str, Any], plan: Plan, head: Sequence[str]) -> str:
    """Return the answers collected for one plan, each with the wording of its row."""
    comments: dict[KeyPath, Sequence[str]] = {}
    for row in plan.indicators:
        comments[0, "indicators", row.id] = [_indicator_text(row)]
    for task in plan.tasks:
        comments[0, "tasks", task.id] = [task.text]
    return progress_yaml([document], comments, head)


def progress_yaml(documents: Sequence[Mapping[str, Any]], comments: Comments, head: Sequence[str]) -> str:
    """Return progress documents as YAML, several as a list. `comments` gives the lines to write above a key."""

    def above(path: KeyPath) -> list[str]:
        return [line for text in comments.get(path, ()) for line in _comment(text)]

    lines = [line for text in head for line in _comment(text)]
    for index, document in enumerate(documents):
        found = list(mapping_lines(document, (index,), above))
        if len(documents) > 1:
            found = [(INDENT + line) if line else line for line in found]
            found[0] = f"- {found[0].strip()}"
            lines += [""] if index else []
        lines += found
    return "\n".join(lines) + "\n"


def _document(form: Form, part: PlanForm) -> dict[str, Any]:
    answered = part.answered
    return {
        "kehoach": "progress/1",
        "plan": part.plan.id,
        "agency": form.sender,
        "year": form.period.year,
        **({"period": form.period.key} if form.period.part else {}),
        "cutoff": part.cutoff,
        "submitted": answered.submitted if answered else None,
        "indicators": {question.indicator.id: _indicator_answer(question) for question in part.indicators},
        "tasks": {question.task.id: _task_answer(question) for question in part.tasks},
        "funding": list(answered.funding) if answered else [],
        "narrative": _filled(NARRATIVE, answered),
        "answers": {row.id: fingerprint(row) for row in _rows(part)},
    }


def _rows(part: PlanForm) -> list[Task | Indicator]:
    return [*(one.indicator for one in part.indicators), *(one.task for one in part.tasks)]


def _indicator_answer(question: IndicatorQuestion) -> dict[str, Any]:
    said = question.answer or SubmittedIndicator()
    found: dict[str, Any] = _asked_answer(question.asked, said)
    found |= {"estimate": said.estimate or None, "to_date": said.to_date}
    found |= {"province_total": said.province_total or None} if question.asks_total else {}
    if years := {one.year for one in question.asked if one.year is not None} | set(said.levels):
        found["levels"] = {year: said.levels.get(year) for year in sorted(years)}
    return {**found, "source": said.source, "note": said.note}


def _asked_answer(asked: Sequence[AskedValue], said: SubmittedIndicator) -> dict[str, Any]:
    """Return the keys that hold the answer itself: `met` for a target in words, else `value`, one for each part."""
    if said.value is not None:
        return {"value": said.value}
    if asked[0].kind is AskedKind.STATE or said.met is not None:
        return {"met": said.met}
    parts = {one.scope: None for one in asked if one.scope} | said.parts
    return {"value": parts or None}


def _task_answer(question: TaskQuestion) -> dict[str, Any]:
    said = question.answer or SubmittedTask()
    extension = {"to": said.extension.to, "document": said.extension.document} if said.extension else None
    found: dict[str, Any] = {
        "status": said.status.value if said.status else None,
        "result": said.result,
        "documents": [{"number": paper.number, "date": paper.dated} for paper in said.documents],
        "completed": said.completed,
        "extension": extension,
        "done_this_year": said.done_this_year,
    }
    if milestones := range(1, len(question.task.schedule.milestones) + 1):
        found["milestones"] = {number: _milestone_answer(said.milestones.get(number)) for number in milestones}
    if question.periods:
        found["done_for"] = list(said.done_for)
    found["difficulty"] = said.difficulty
    return {**found, "condition_met": said.condition_met} if question.conditional else found


def _milestone_answer(said: SubmittedMilestone | None) -> dict[str, Any]:
    said = said or SubmittedMilestone()
    return {"status": said.status.value if said.status else None, "completed": said.completed}


def _filled(blank: Mapping[str, Any], answered: Submission | None) -> dict[str, Any]:
    said: Mapping[str, Any] = answered.narrative if answered else {}
    return {
        key: {**value, **(said.get(key) or {})} if isinstance(value, dict) else said.get(key)
        for key, value in blank.items()
    }


def _comments(part: PlanForm, directory: Directory, period: Period) -> dict[KeyPath, list[str]]:
    found: dict[KeyPath, list[str]] = {("plan",): _plan_lines(part, directory, period)}
    for indicator in part.indicators:
        found["indicators", indicator.indicator.id] = _indicator_lines(indicator, period)
    for task in part.tasks:
        found["tasks", task.task.id] = _task_lines(task, period)
    found["answers",] = ["Dấu của văn bản đang trả lời, do kehoach ghi; không sửa."]
    return found


def _plan_lines(part: PlanForm, directory: Directory, period: Period) -> list[str]:
    plan = part.plan
    rule = unit_rule(plan, period.kind)
    if rule is None and unit_rule(plan):
        return [plan.document.cite, f"Kế hoạch không quy định báo cáo {period.kind_text}."]
    if rule is None:
        return [plan.document.cite, "Kế hoạch không quy định đơn vị nào phải gửi báo cáo."]
    to = names_now(directory, plan.province, rule.recipients)
    through = f" (qua {names_now(directory, plan.province, rule.via)})" if rule.via else ""
    due = f"chậm nhất {day_text(part.due)}" if part.due else f'"{rule.due.text}"'
    return [plan.document.cite, f"Gửi: {to}{through}; {due} (mục {rule.source})."]


def _indicator_lines(question: IndicatorQuestion, period: Period) -> list[str]:
    target = question.target
    lines = [_indicator_text(question.indicator)]
    lines += [f"Mục tiêu {time_of(target, span=False)}: {target_text(target)}"] if target else []
    lines += [f"Số liệu {question.counted}."] if question.counted else []
    if said := reported_text(question.before):
        lines.append(f"Số liệu {period.year_before.text}: {said}")
    lines += [_TOTAL_ADVICE] if question.asks_total else []
    return [*lines, *_advice(question.asked)]


def _advice(asked: Sequence[AskedValue]) -> list[str]:
    """Return how to answer what is no single figure in the indicator's unit."""
    first = asked[0]
    unit = f" ({first.unit})" if first.unit else ""
    advice = {
        AskedKind.STATE: "Mục tiêu bằng lời: met ghi true nếu đã đạt, false nếu chưa đạt.",
        AskedKind.FALL: f'Điền mức giảm{unit} vào value, ghi cả chữ: "giảm 6".',
        AskedKind.RISE: f'Điền mức tăng{unit} vào value, ghi cả chữ: "tăng 6".',
        AskedKind.TIMES: 'Điền số lần vào value, ghi cả chữ: "gấp 2,5 lần".',
    }.get(first.kind, "")
    if levels := [one for one in asked if one.year is not None]:
        beside = f" (đơn vị: {levels[0].unit})" if levels[0].unit else ""
        advice = f"{advice or 'Điền kết quả vào value.'} Hoặc điền mức của từng năm vào levels{beside}."
    return [advice] if advice else []


def _indicator_text(indicator: Indicator) -> str:
    return f"{indicator.name} ({indicator.unit})" if indicator.unit else indicator.name


def _task_lines(question: TaskQuestion, period: Period) -> list[str]:
    task: Task = question.task
    due = f"; thời hạn {day_text(question.deadline)}" if question.deadline else ""
    lines = [task.text, f"Vai trò: {question.reached}. Thời gian: {schedule_text(task.schedule)}{due}."]
    lines += [f"Sản phẩm: {'; '.join(task.outputs)}"] if task.outputs else []
    if question.before and question.before.status:
        lines.append(f"{'Kỳ' if period.part else 'Năm'} trước: {STATUSES[question.before.status]}")
    lines += [
        f"Mốc {number}: {one.text}, chậm nhất {day_text(one.deadline)}"
        for number, one in enumerate(task.schedule.milestones, 1)
    ]
    if question.periods:
        lines.append(f"Các kỳ đã làm (done_for) viết: [{', '.join(question.periods[:2])}].")
    return lines


def _comment(text: str) -> list[str]:
    clean = without_controls(" ".join(text.split()))
    return [f"# {line}" for line in textwrap.wrap(clean, _WIDTH, break_long_words=False) or [""]]
