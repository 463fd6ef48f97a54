"""Tasks for people: by province, by the way in which rows concern the agency, by plan."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from kehoach_cli.core.check.wording import names, state_text, status_text
from kehoach_cli.core.duties.bodies import UNCERTAIN, names_at
from kehoach_cli.core.duties.match import LEAD, Via
from kehoach_cli.core.duties.select import Answer, TaskRow
from kehoach_cli.core.model.agency import Agency, Directory
from kehoach_cli.core.notation.schedule import ScheduleKind
from kehoach_cli.render.agencies import fate_lines
from kehoach_cli.render.labels import (
    KINDS,
    NO_SCHEDULE,
    VIAS,
    day_text,
    document_text,
    due_text,
    match_text,
    schedule_text,
)
from kehoach_cli.render.listing import Block, Column, Listing, Sheet

_ASKED = (
    Column("Mã", fixed=True),
    Column("Nhiệm vụ", weight=5),
    Column("Vai trò", weight=2),
    Column("Thời hạn", weight=2),
)
_ALL = (
    Column("Mã", fixed=True),
    Column("Nhiệm vụ", weight=5),
    Column("Chủ trì", weight=2),
    Column("Thời hạn", weight=2),
)


def tasks_listing(answers: tuple[Answer, ...], directory: Directory, day: date, *, year: int | None = None) -> Listing:
    """Return the answers as headings and tables, with the bodies of `day`; `year` sets rows without a schedule apart."""
    blocks: list[Block] = []
    for answer in answers:
        if answer.agency:
            blocks.append(_answer_heading(answer, answer.agency, directory))
        for undated, rows in _by_label(answer.rows, apart=year is not None):
            asked = answer.agency
            for via, reached in groupby(rows, key=lambda row: row.via):
                found = list(reached)
                label = " · ".join(part for part in (VIAS[via] if via else "", NO_SCHEDULE if undated else "") if part)
                if label:
                    blocks.append(Block(f"{label} ({len(found)})", 2))
                blocks += _plan_blocks(found, directory, asked, day)
    total = sum(len(answer.rows) for answer in answers)
    blocks.append(Block(lines=(f"Tổng cộng: {total} nhiệm vụ.",)))
    return Listing(tuple(blocks))


def tasks_sheet(answers: tuple[Answer, ...], directory: Directory, day: date) -> Sheet:
    """Return the answers as one flat table with Vietnamese headers."""
    headers = (
        "Kế hoạch",
        "Mã",
        "Loại",
        "Nhiệm vụ",
        "Chủ trì",
        "Phối hợp",
        "Thời gian thực hiện",
        "Thời hạn",
        "Sản phẩm",
        "Vai trò của cơ quan",
        "Trạng thái",
        "Tình trạng",
        "Số ngày quá hạn",
        "Chủ trì hiện nay",
        "Hạn gần nhất",
        "Kỳ, mốc đã qua",
    )
    rows = [_sheet_row(row, directory, day) for answer in answers for row in answer.rows]
    return Sheet(headers, tuple(rows))


def counts_text(answer: Answer) -> str:
    """Return the number of tasks with its parts: `134 nhiệm vụ (6 được nêu tên, 1 tiếp nhận …)`."""
    by_via = {via: sum(row.via is via for row in answer.rows) for via in Via}
    parts = [f"{VIAS[via].lower()}: {count}" for via, count in by_via.items() if count]
    return f"{len(answer.rows)} nhiệm vụ" + (f" ({'; '.join(parts)})" if len(parts) > 1 else "")


def _sheet_row(row: TaskRow, directory: Directory, day: date) -> tuple[str, ...]:
    task, province = row.task, row.plan.province
    return (
        row.plan.id,
        task.id,
        KINDS[task.kind],
        task.text,
        names(directory, province, task.lead),
        names(directory, province, task.support),
        schedule_text(task.schedule),
        day_text(row.state.deadline) if row.state.deadline else "",
        "; ".join(task.outputs),
        "; ".join(match_text(match) for match in row.matches),
        status_text(row.state),
        state_text(row.state),
        str(row.state.days or ""),
        names_at(directory, province, row.task.lead, day, row.task.now, LEAD),
        day_text(row.due.next_due) if row.due.next_due else "",
        "; ".join(
            (*map(day_text, row.due.missed), *(f"{step.text}: {day_text(step.deadline)}" for step in row.due.overdue))
        ),
    )


def _answer_heading(answer: Answer, agency: Agency, directory: Directory) -> Block:
    registry = directory.registries[agency.province]
    lines = [*fate_lines(agency, directory), counts_text(answer) + "."]
    return Block(f"{registry.name}: {agency.name}", 1, tuple(lines))


def _by_label(rows: Iterable[TaskRow], *, apart: bool) -> Iterator[tuple[bool, Iterator[TaskRow]]]:
    """Yield the rows with a schedule, then those without; all in one group unless `apart`."""
    unscheduled = {ScheduleKind.NONE, ScheduleKind.UNKNOWN}
    return groupby(rows, key=lambda row: apart and row.task.schedule.kind in unscheduled)


def _plan_blocks(rows: list[TaskRow], directory: Directory, asked: Agency | None, day: date) -> Iterator[Block]:
    for plan_id, found in groupby(rows, key=lambda row: row.plan.id):
        listed = list(found)
        yield Block(
            f"{plan_id}: {document_text(listed[0].plan.document)} ({len(listed)})",
            3,
            columns=_ASKED if asked else _ALL,
            rows=tuple(_row(row, directory, asked, day) for row in listed),
        )


def _row(row: TaskRow, directory: Directory, asked: Agency | None, day: date) -> tuple[str, ...]:
    return (
        row.task.id,
        row.task.text,
        _part(row, directory, asked) if asked else _who(row, directory, day),
        due_text(row.task.schedule, row.state, row.due),
    )


def _part(row: TaskRow, directory: Directory, asked: Agency) -> str:
    """Return the role of the agency in the row, and who has it today where the agency was split."""
    # An agency that is named need not read that its group is named too; the data formats list every way.
    named = [match for match in row.matches if match.via in {Via.DIRECT, Via.SUCCESSOR, Via.BODY}]
    lines = [match_text(match) for match in (named if row.via in {Via.DIRECT, Via.SUCCESSOR} else row.matches)]
    for heir in row.task.now.get(asked.id, ()):
        scope = f"phần {heir.scope}; " if heir.scope else ""
        name = directory.name(row.plan.province, heir.agency)
        lines.append(
            f"hiện nay: {name}"
            + (f" ({heir.scope})" if heir.basis and heir.scope else "" if heir.basis else f" ({scope}{UNCERTAIN})")
        )
    return "\n".join(lines)


def _who(row: TaskRow, directory: Directory, day: date) -> str:
    """Return the leads of the row, or the general clauses that assign it where none is named."""
    province = row.plan.province
    if row.task.lead:
        return names_at(directory, province, row.task.lead, day, row.task.now, LEAD)
    clauses = row.plan.clauses_for(row.task)
    return (
        "\n".join(
            f"theo điều khoản chung {clause.id}: {names_at(directory, province, clause.agencies, day)}"
            for clause in clauses
        )
        or "-"
    )
