"""Tasks for people: by province, by the way in which rows concern the agency, by plan."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from kehoach_cli.core.check.locked import adjusted_text
from kehoach_cli.core.check.wording import names, state_text, status_text
from kehoach_cli.core.duties.bodies import UNCERTAIN, names_at
from kehoach_cli.core.duties.led_parts import leads_now
from kehoach_cli.core.duties.match import LEAD, SUPPORT, Via
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
from kehoach_cli.viet.text import capitalized

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


def tasks_listing(
    answers: tuple[Answer, ...], directory: Directory, day: date, *, year: int | None = None, own_only: bool = False
) -> Listing:
    """Return the answers as headings and tables, with the bodies of `day`; `year` sets rows without a schedule apart.

    With `own_only` the rows that do not name the agency asked are only counted.
    """
    blocks: list[Block] = []
    shown = 0
    for answer in answers:
        listed = tuple(row for row in answer.rows if row.own) if own_only and answer.agency else answer.rows
        shown += len(listed)
        if answer.agency:
            blocks.append(_answer_heading(answer, answer.agency, directory, listed))
        for undated, rows in _by_label(listed, apart=year is not None):
            asked = answer.agency
            for via, reached in groupby(rows, key=lambda row: row.via):
                found = list(reached)
                label = " · ".join(part for part in (VIAS[via] if via else "", NO_SCHEDULE if undated else "") if part)
                if label:
                    blocks.append(Block(f"{label} ({len(found)})", 2))
                blocks += _plan_blocks(found, directory, asked, day)
    total = sum(len(answer.rows) for answer in answers)
    named = f"trên đây là {shown} nhiệm vụ nêu tên" if shown else "không nhiệm vụ nào nêu tên cơ quan"
    more = f"; {named}, xem đủ bằng --all-matches" if shown < total else ""
    blocks.append(Block(lines=(f"Tổng cộng: {total} nhiệm vụ{more}.",)))
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
    """Return the number of tasks with its parts: `134 nhiệm vụ (được nêu tên: 6; thuộc nhóm được giao: 128)`."""
    if not answer.rows:
        return "Không có nhiệm vụ nào phù hợp"
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
        names_at(directory, province, task.lead, day, task.now, LEAD),
        names_at(directory, province, task.support, day, task.now, SUPPORT),
        schedule_text(task.schedule),
        day_text(row.state.deadline) if row.state.deadline else "",
        "; ".join(task.outputs),
        "; ".join(match_text(match) for match in row.matches),
        status_text(row.state),
        "; ".join((state_text(row.state), *map(adjusted_text, row.adjusted))),
        str(row.state.days or ""),
        names(directory, province, leads_now(directory, row.plan, task, day)),
        day_text(row.due.next_due) if row.due.next_due else "",
        "; ".join(
            (*map(day_text, row.due.missed), *(f"{step.text}: {day_text(step.deadline)}" for step in row.due.overdue))
        ),
    )


def _answer_heading(answer: Answer, agency: Agency, directory: Directory, shown: tuple[TaskRow, ...]) -> Block:
    registry = directory.registries[agency.province]
    lines = [*fate_lines(agency, directory), counts_text(answer) + "."]
    if len(shown) < len(answer.rows):
        left = Counter(row.plan.id for row in answer.rows if not row.own)
        named = "" if shown else "Không nhiệm vụ nào nêu tên cơ quan. "
        counts = "; ".join(f"{plan_id}: {count}" for plan_id, count in left.items())
        lines.append(f"{named}Qua nhóm hoặc điều khoản chung, không in ở đây: {counts} (xem bằng --all-matches).")
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
        "\n".join((due_text(row.task.schedule, row.state, row.due), *_adjusted(row))),
    )


def _adjusted(row: TaskRow) -> list[str]:
    return [capitalized(adjusted_text(one)) for one in row.adjusted]


def _part(row: TaskRow, directory: Directory, asked: Agency) -> str:
    """Return the role of the agency in the row, and who has it today where the agency was split."""
    # An agency that is named need not read that its group is named too; the data formats list every way.
    lines = [match_text(match) for match in ([one for one in row.matches if one.own] or row.matches)]
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
