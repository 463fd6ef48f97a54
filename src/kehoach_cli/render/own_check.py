"""What an agency wants to know of its own form, for people and for programs."""

from collections.abc import Iterator, Sequence
from typing import Any

from kehoach_cli.core.check.own import Own, OwnPart, late_first
from kehoach_cli.core.duties.assess import State
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.catalogue import Item
from kehoach_cli.core.model.finding import Finding
from kehoach_cli.core.model.plan import Indicator, Task
from kehoach_cli.render.agencies import fate_lines
from kehoach_cli.render.check import LED_COLUMNS, check_book, row_blocks, state_lines, summary_text
from kehoach_cli.render.coverage import sender_text
from kehoach_cli.render.findings import finding_blocks
from kehoach_cli.render.labels import SEVERITIES, day_text, schedule_text
from kehoach_cli.render.listing import Block, Column, Listing, Sheet

_BLANK_COLUMNS = (Column("Mã", fixed=True), Column("Nội dung", weight=4), Column("Loại, thời gian", weight=2))
_NOT_ASKED = "Không có mục nào phải trả lời trong năm này."
_UNREADABLE = "Biểu có lỗi nên chưa đối chiếu được số liệu; sửa các lỗi dưới đây rồi chạy lại lệnh này."


def own_listing(
    own: Own,
    directory: Directory,
    findings: Sequence[Finding],
    others: Sequence[Finding],
    *,
    by: str,
    explain: bool,
) -> Listing:
    """Return what is late, the values, the other tasks, the blanks and the findings of an agency; the rest in a line per plan.

    `findings` are those of its own files; those of `others` are only counted.
    """
    result = own.check
    lines = [line for body in own.agencies if not body.unchanged for line in fate_lines(body, directory)]
    lines += [_answered(own, part, directory) for part in own.parts] or [_NOT_ASKED if own.agencies else _UNREADABLE]
    late, other = _task_rows(own)
    blocks = [
        Block(_heading(own), 1, tuple(lines)),
        *_table("Nhiệm vụ quá hạn, hoàn thành quá hạn", LED_COLUMNS, late),
        *row_blocks(result, directory, by=by, explain=explain, named=len({row.agency for row in result.rows}) > 1),
        *_table("Nhiệm vụ khác đã báo cáo", LED_COLUMNS, other),
        *_table(
            "Để trống", _BLANK_COLUMNS, [_blank(one) for part in own.parts if part.submissions for one in part.blanks]
        ),
        *finding_blocks(findings),
        Block(lines=(*([summary_text(result)] if result.rows else []), *_rest(own, others))),
    ]
    return Listing(tuple(blocks))


def own_book(own: Own, directory: Directory, findings: Sequence[Finding]) -> list[tuple[str, Sheet]]:
    """Return the same as sheets of a workbook, with a sheet of the rows left blank."""
    blanks = Sheet(tuple(column.header for column in _BLANK_COLUMNS), tuple(map(_blank, own.blanks)))
    return [*check_book(own.check, directory, findings), ("Để trống", blanks)]


def own_record(own: Own) -> dict[str, Any]:
    """Return the agencies, their tasks by their own answers, and their blanks as a JSON record."""
    return {
        "agencies": [body.id for body in own.agencies],
        "plans": [
            {
                "plan": part.plan.id,
                "agency": part.agency.id,
                "as_of": part.as_of,
                "tasks": [
                    {
                        "ref": f"{part.plan.id}/{task.id}",
                        "status": state.status,
                        "timeliness": state.timeliness,
                        "column": state.column,
                        "days_late": state.days or None,
                    }
                    for task, state in part.tasks
                ],
                "blanks": [blank.ref for blank in part.blanks],
            }
            for part in own.parts
        ],
    }


def _heading(own: Own) -> str:
    if not own.agencies:
        return "Kiểm tra biểu"
    names = "; ".join(dict.fromkeys(body.name for body in own.agencies))
    return f"{names}: kết quả {own.check.period.text}, số liệu đến ngày {day_text(own.check.as_of)}"


def _answered(own: Own, part: OwnPart, directory: Directory) -> str:
    asked = part.answered + len(part.blanks)
    sent = sender_text(own.check.coverage, part.plan.id, directory)
    if not part.submissions:
        return f"{part.plan.id}: {sent or 'chưa có báo cáo'}; phải trả lời {asked} mục."
    blanks = f", để trống {len(part.blanks)}" if part.blanks else ""
    return f"{part.plan.id}: {f'{sent}; ' if sent else ''}đã trả lời {part.answered}/{asked} mục{blanks}."


def _task_rows(own: Own) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Return the tasks that are late, and the others that are answered; those left blank have a table of their own."""
    late, other = [], []
    for part in own.parts:
        first = late_first(part.tasks)
        apart = {task.id for task, _ in first} | {blank.row.id for blank in part.blanks}
        late += [_task(part, *one) for one in first]
        other += [_task(part, *one) for one in part.tasks if one[0].id not in apart]
    return late, other


def _task(part: OwnPart, task: Task, state: State) -> tuple[str, ...]:
    return f"{part.plan.id}/{task.id}", task.text, day_text(state.deadline), state_lines(task, state)


def _blank(blank: Item) -> tuple[str, ...]:
    row = blank.row
    kind = "chỉ tiêu" if isinstance(row, Indicator) else f"nhiệm vụ; {schedule_text(row.schedule)}"
    return blank.ref, blank.words, kind


def _table(title: str, columns: tuple[Column, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[Block]:
    if rows:
        yield Block(f"{title} ({len(rows)})", 2, columns=columns, rows=tuple(rows))


def _rest(own: Own, others: Sequence[Finding]) -> Iterator[str]:
    option = own.check.period.option
    for part in own.parts:
        indicators, tasks = part.rest
        yield (
            f"Phần còn lại của {part.plan.id} (cơ quan khác): {indicators} chỉ tiêu, {tasks} nhiệm vụ; xem bằng: "
            f"kehoach check --plan {part.plan.id} {option}"
        )
    if others:
        counts = ((sum(one.severity is severity for one in others), word) for severity, word in SEVERITIES.items())
        text = ", ".join(f"{count} {word}" for count, word in counts if count)
        yield f"Tệp khác (của cơ quan khác, hoặc chưa đọc được): {text}; xem bằng: kehoach check {option}"
