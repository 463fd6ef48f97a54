"""One task or indicator in full, for people."""

from collections.abc import Iterable, Iterator, Sequence

from kehoach_cli.core.amend.words import change_text, target_text
from kehoach_cli.core.check.locked import adjusted_text
from kehoach_cli.core.check.points import Trend
from kehoach_cli.core.check.promise import Promise, promise_lines
from kehoach_cli.core.check.wording import STATUSES, heirs_text, names, reported_text, state_text
from kehoach_cli.core.duties.assess import Said
from kehoach_cli.core.duties.bodies import UNCERTAIN
from kehoach_cli.core.duties.select import IndicatorRow, SaidValue, TaskRow
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.amendment import AppliedChange
from kehoach_cli.core.model.legal import Replaced, legal_text, replaced_text
from kehoach_cli.core.model.lock import Adjustment, adjusted_in
from kehoach_cli.core.model.period import parse_period
from kehoach_cli.core.model.plan import Cost, Indicator, Plan, Task, dashes
from kehoach_cli.core.model.progress import Paper, Submission
from kehoach_cli.core.notation.keys import time_text
from kehoach_cli.core.notation.target import part_text
from kehoach_cli.render.labels import (
    DIRECTIONS,
    KINDS,
    ROLES,
    TARGET_KINDS,
    day_text,
    document_text,
    milestone_text,
    open_lines,
    schedule_meaning,
    schedule_text,
)
from kehoach_cli.render.listing import Block, Listing
from kehoach_cli.render.trend import trend_block
from kehoach_cli.viet.text import capitalized

_YES_NO = {True: "có", False: "không", None: None}
_CONDITIONS = {"after": "chờ", "per": "theo"}


def task_listing(
    row: TaskRow,
    said: Sequence[Said],
    directory: Directory,
    changed: Sequence[Adjustment] = (),
    promise: Promise | None = None,
    documents: Sequence[Block] = (),
) -> Listing:
    """Return everything known about a task, what the submissions say of it, and what of that was `changed` after a lock.

    `promise` is what last year's report said had to be done this year, `documents` what later documents say of it.
    """
    plan, task = row.plan, row.task
    blocks = [
        Block(f"{row.ref} ({KINDS[task.kind]}{_new_number(task)})", 1, tuple(_head(plan, task.section))),
        Block("Nội dung", 2, dashes(task.text)),
        Block("Phân công", 2, tuple(_assignment(plan, task, directory))),
        Block("Thời gian", 2, tuple(_time(row))),
    ]
    if task.outputs:
        blocks.append(Block("Sản phẩm", 2, tuple(f"- {output}" for output in task.outputs)))
    if task.cost:
        blocks.append(Block("Kinh phí", 2, tuple(_cost(task.cost))))
    if then := promise_lines(promise, task.id):
        blocks.append(Block("So với báo cáo năm trước", 2, then))
    if said:
        lines = tuple(line for one in said for line in _said(plan, task, one, directory, changed))
        blocks.append(Block("Báo cáo của các cơ quan", 2, lines))
    blocks += documents
    if notes := tuple(_notes(task)):
        blocks.append(Block("Ghi chú của kehoach", 2, notes))
    return Listing(tuple(blocks))


def indicator_listing(
    row: IndicatorRow,
    values: Sequence[SaidValue],
    directory: Directory,
    changed: Sequence[Adjustment] = (),
    trend: Trend | None = None,
    documents: Sequence[Block] = (),
) -> Listing:
    """Return everything known about an indicator, its `trend`, the values reported, and what of them `changed` after a lock."""
    plan, indicator = row.plan, row.indicator
    who = names(directory, plan.province, indicator.lead)
    lines = [f"Đơn vị tính: {indicator.unit or 'không ghi'}", f"Chiều hướng: {DIRECTIONS[indicator.direction]}"]
    lines += [f"  ({indicator.direction_note})"] if indicator.direction_note else []
    lines += [f"Năm gốc {year}: {level or 'kế hoạch không ghi số liệu'}" for year, level in indicator.baseline.items()]
    lines.append(f"Cơ quan chịu trách nhiệm: {who or 'kế hoạch không nêu riêng'}")
    lines += [f"  hiện nay: {text}" for text in _heirs_now(plan, indicator, directory)]
    lines += _readings(indicator)
    targets = []
    for target in indicator.targets:
        years = time_text(target.year, target.since, target.period)
        understood = "; ".join(part_text(part) for part in target.parts)
        targets.append(
            f"{years}: {target_text(target)} (hiểu là {TARGET_KINDS[target.kind]}{f': {understood}' if understood else ''})"
        )
    blocks = [
        Block(f"{row.ref} (chỉ tiêu{_new_number(indicator)})", 1, tuple(_head(plan, indicator.section))),
        Block("Nội dung", 2, (indicator.name, *lines)),
        Block("Mục tiêu", 2, tuple(targets)),
    ]
    cells = [f"Nguyên văn ô {_CELLS[key]}: {text}" for key, text in indicator.as_issued.items() if key in _CELLS]
    notes = [text for text in (indicator.note, indicator.errata) if text]
    if cells:
        blocks.append(Block("Nguyên văn", 2, tuple(cells)))
    if trend and (table := trend_block(trend)):
        blocks.append(table)
    if values:
        lines = [line for one in values for line in _said_value(plan, indicator, one, directory, changed)]
        blocks.append(Block("Số liệu đã báo cáo", 2, tuple(lines)))
    blocks += documents
    if notes:
        blocks.append(Block("Ghi chú của kehoach", 2, tuple(notes)))
    return Listing(tuple(blocks))


def document_blocks(amended: Sequence[AppliedChange], legal: Sequence[Replaced]) -> Sequence[Block]:
    """Return which later documents changed a row, and which ones it cites that were replaced."""
    changes = [Block("Sửa đổi, bổ sung", 2, tuple(change_text(one) for one in amended))] if amended else []
    return (*changes, *_legal(legal))


def _new_number(row: Task | Indicator) -> str:
    """Return the number that an amendment gave a row; its id stays."""
    number = row.as_issued.get("number")
    return f", trong văn bản nay mang số {number}" if number else ""


def _readings(indicator: Indicator) -> Iterator[str]:
    if indicator.change:
        yield f"Mức tăng, giảm tính theo {_CHANGES[indicator.change]}"
    if indicator.tolerance:
        yield f"Dung sai: {indicator.tolerance}"
    if indicator.share is not None:
        yield "Số liệu từ 0 đến 100%" if indicator.share else "Số liệu có thể trên 100%"


def _heirs_now(plan: Plan, row: Task | Indicator, directory: Directory) -> Iterator[str]:
    for old, heirs in row.now.items():
        today = "; ".join(
            directory.name(plan.province, heir.agency) + (f" (phần {heir.scope})" if heir.scope else "")
            for heir in heirs
        )
        basis = "" if all(heir.basis for heir in heirs) else f", {UNCERTAIN}"
        yield f"{directory.name(plan.province, old)}: {today}{basis}"


_CHANGES = {"points": "điểm phần trăm", "percent": "phần trăm của mức cũ"}
_CELLS = {"name": "chỉ tiêu", "lead": "cơ quan", "role": "tiêu đề cột"}


def _legal(found: Sequence[Replaced]) -> list[Block]:
    """Return the block on documents that the row or its plan cites and that are no longer in force."""
    lines = tuple(f"{legal_text(one.document)}: {replaced_text(one)}" for one in found)
    return [Block("Hiệu lực của văn bản được viện dẫn", 2, lines)] if lines else []


def _head(plan: Plan, section_id: str | None) -> Iterator[str]:
    yield f"{plan.document.title}"
    yield f"{document_text(plan.document)}"
    if section := plan.section(section_id):
        number = f"{section.id} (bản gốc in {section.printed})" if section.printed else section.id
        yield f"Mục {number}. {section.title}"


def _assignment(plan: Plan, task: Task, directory: Directory) -> Iterator[str]:
    province = plan.province
    for role, ids in (("lead", task.lead), ("support", task.support)):
        if ids:
            bodies = "; ".join(_with_fate(agency_id, role, task, plan, directory) for agency_id in ids)
            yield f"{ROLES[role].capitalize()}: {bodies}"
        if role in task.as_issued:
            yield f"  nguyên văn: {task.as_issued[role]}"
    if not task.lead and not task.support:
        yield "Kế hoạch không nêu riêng cơ quan nào."
    for clause in plan.clauses_for(task):
        bodies = names(directory, province, clause.agencies)
        yield f"Theo điều khoản chung {clause.id} ({ROLES[clause.role.value]}): {bodies}"
        yield f"  nguyên văn: {clause.text}"
    if task.body:
        where = f" ({task.body.id})" if task.body.id else ""
        added = f"giao thêm {names(directory, province, task.body.lead)}. " if task.body.lead else ""
        yield f"Phần thân kế hoạch{where}: {added}{task.body.note or ''}"


def _with_fate(agency_id: str, role: str, task: Task, plan: Plan, directory: Directory) -> str:
    """Return the agency as the plan names it, and who has this duty today."""
    name = directory.name(plan.province, agency_id)
    if (role, agency_id) in task.limited:
        name += " có liên quan"
    if heirs := task.now.get(agency_id):
        today = [
            directory.name(plan.province, heir.agency) + (f" (phần {heir.scope})" if heir.scope else "")
            for heir in heirs
        ]
        basis = "" if all(heir.basis for heir in heirs) else f", {UNCERTAIN}"
        return f"{name} [hiện nay: {'; '.join(today)}{basis}]"
    agency = directory.get(plan.province, agency_id)
    if agency and agency.split and not any(heir.role == role for heir in agency.successors):
        return f"{name} [đã chia tách; nhiệm vụ này chưa xác định cơ quan tiếp nhận]"
    heirs_now = heirs_text(directory, plan.province, agency_id, role)
    return f"{name} [nay: {heirs_now}]" if heirs_now else name


def _time(row: TaskRow) -> Iterator[str]:
    schedule = row.task.schedule
    yield f"Thời gian thực hiện: {schedule_text(schedule)}"
    if schedule.text or schedule.milestones:
        yield f"Hiểu là: {'; '.join(schedule_meaning(schedule))}"
    yield from _steps(row)
    if row.state.extension:
        yield f"Gia hạn đến {day_text(row.state.extension.to)} theo {row.state.extension.document or 'văn bản chưa nêu'}"
    for line in open_lines(schedule, row.state, row.due):
        yield line[:1].upper() + line[1:]
    yield f"Tình trạng: {state_text(row.state)}"
    for condition in row.task.conditions:
        where = f"gạch đầu dòng thứ {condition.dash}" if condition.dash else "cả nhiệm vụ"
        yield f"Điều kiện ({where}): {condition.text}"


def _steps(row: TaskRow) -> Iterator[str]:
    outputs = [step.outputs for step in row.task.steps] or [()] * len(row.task.schedule.milestones)
    states = {step.number: f" ({milestone_text(step)})" for step in row.due.steps}
    for number, (step, products) in enumerate(zip(row.task.schedule.milestones, outputs, strict=True), 1):
        product = f"; sản phẩm: {'; '.join(products)}" if products else ""
        yield f"Mốc {number}: {step.text}, đến {day_text(step.deadline)}{product}{states.get(number, '')}"


def _said(plan: Plan, task: Task, said: Said, directory: Directory, changed: Iterable[Adjustment]) -> Iterator[str]:
    """Yield who reported and where, then each thing that was said in full."""
    submission, entry = said
    extension = entry.extension
    yield _sender(plan, submission, submission.source("tasks", task.id), directory)
    yield from _paragraph("Trạng thái", STATUSES[entry.status] if entry.status else None)
    yield from _paragraph("Kết quả", entry.result)
    yield from _paragraph("Văn bản", "; ".join(map(_paper, entry.documents)))
    yield from _paragraph("Ngày hoàn thành", day_text(entry.completed) if entry.completed else None)
    yield from _paragraph(
        "Gia hạn",
        f"đến {day_text(extension.to)} theo {extension.document or 'văn bản chưa nêu'}" if extension else None,
    )
    yield from _paragraph("Khó khăn, vướng mắc", entry.difficulty)
    yield from _paragraph("Đã đủ điều kiện", _YES_NO[entry.condition_met])
    yield from _paragraph("Đã làm trong năm", _YES_NO[entry.done_this_year])
    yield from _paragraph("Các kỳ đã làm", "; ".join(map(_period, entry.done_for)))
    for number, step in entry.milestones.items():
        day = f" ngày {day_text(step.completed)}" if step.completed else ""
        yield from _paragraph(f"Mốc {number}", f"{STATUSES[step.status]}{day}" if step.status else None)
    yield from _adjusted(adjusted_in(changed, submission, "tasks", task.id))


def _adjusted(changed: Iterable[Adjustment]) -> Iterator[str]:
    yield from (f"  {capitalized(adjusted_text(one))}" for one in changed)


def _said_value(
    plan: Plan, indicator: Indicator, said: SaidValue, directory: Directory, changed: Iterable[Adjustment]
) -> Iterator[str]:
    submission, entry = said
    yield _sender(plan, submission, submission.source("indicators", indicator.id), directory)
    if value := reported_text(entry):
        marks = [
            word
            for word, holds in (("ước tính", entry.estimate), ("số chung toàn tỉnh", entry.province_total))
            if holds
        ]
        yield f"  Số liệu: {value}" + (f" ({', '.join(marks)})" if marks else "")
    yield from _paragraph("Lũy kế", entry.to_date)
    yield from _paragraph("Nguồn số liệu", entry.source)
    yield from _paragraph("Ghi chú", entry.note)
    yield from _adjusted(adjusted_in(changed, submission, "indicators", indicator.id))


def _sender(plan: Plan, submission: Submission, place: str, directory: Directory) -> str:
    name = directory.name(plan.province, submission.agency)
    return f"{name}, năm {submission.year}, số liệu đến ngày {day_text(submission.cutoff)} [{place}]"


def _paragraph(label: str, text: str | None) -> Iterator[str]:
    if text:
        first, *more = text.split("\n")
        yield f"  {label}: {first}"
        yield from (f"    {line}" for line in more)


def _paper(paper: Paper) -> str:
    return f"{paper.number} ngày {day_text(paper.dated)}" if paper.dated else paper.number


def _period(key: str) -> str:
    found = parse_period(key)
    return found.text if found else key


def _cost(costs: Iterable[Cost]) -> Iterator[str]:
    for cost in costs:
        parts = [cost.amount, f"nguồn: {cost.source}" if cost.source else None]
        told = "; ".join(part for part in parts if part)
        yield "- " + (f"{told} (nguyên văn: {cost.text})" if told and cost.text else told or cost.text or "")


def _notes(task: Task) -> Iterator[str]:
    if task.note:
        yield task.note
    if task.errata:
        yield f"Đính chính: {task.errata}"
