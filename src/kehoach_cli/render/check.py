"""The result of checking the submissions of a period, for people."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from kehoach_cli.core.amend.words import target_text
from kehoach_cli.core.check.by_agency import BodyPart, Led, by_agency
from kehoach_cli.core.check.evaluation import Evaluation, Verdict
from kehoach_cli.core.check.figures import value_unit
from kehoach_cli.core.check.locked import adjusted_text
from kehoach_cli.core.check.submissions import Check, CheckRow, TaskCount
from kehoach_cli.core.check.verdict import goal_text
from kehoach_cli.core.check.wording import (
    difference_text,
    reported_text,
    shown_share,
    state_text,
    status_text,
    time_of,
    verdict_word,
)
from kehoach_cli.core.duties.assess import DONE, CountColumn, State, Timeliness
from kehoach_cli.core.duties.bodies import names_at
from kehoach_cli.core.duties.led_parts import bearer_name
from kehoach_cli.core.duties.match import LEAD
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.finding import Finding
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Task
from kehoach_cli.core.notation.target import Target
from kehoach_cli.render.coverage import coverage_block, coverage_record, coverage_sheet
from kehoach_cli.render.findings import finding_blocks
from kehoach_cli.render.labels import SEVERITIES, day_text, extension_lines, schedule_text
from kehoach_cli.render.listing import Block, Column, Listing, Sheet
from kehoach_cli.render.machine.records import adjusted_record
from kehoach_cli.render.trend import change_record, json_number
from kehoach_cli.viet.text import capitalized

# Signs, not colours: they survive pipes, print and colour blindness.
_SIGNS = {
    Verdict.EXCEEDED: "▲",
    Verdict.MET: "✓",
    Verdict.PARTLY: "◐",
    Verdict.MISSED: "✗",
    Verdict.NO_DATA: "?",
    Verdict.ON_TRACK: "→",
    Verdict.BEHIND: "↓",
    Verdict.NOT_DUE: "…",
}
_COLUMNS = (
    Column("Mã", fixed=True),
    Column("Chỉ tiêu", weight=4),
    Column("Mục tiêu", weight=2),
    Column("Số liệu", weight=2),
    Column("Kết quả", weight=2),
    Column("Cơ quan", weight=2),
)


_TASK_COLUMNS = (
    Column("Mã", fixed=True),
    Column("Nhiệm vụ", weight=4),
    Column("Thời hạn", fixed=True),
    Column("Tình trạng", weight=2),
    Column("Chủ trì", weight=2),
)
LED_COLUMNS = _TASK_COLUMNS[:-1]
_LATE = frozenset({Timeliness.OVERDUE, Timeliness.UNREPORTED, Timeliness.LATE})


def check_listing(
    result: Check,
    catalogue: Catalogue,
    findings: Sequence[Finding],
    *,
    by: str,
    explain: bool,
) -> Listing:
    """Return the verdicts in groups, the tasks, the senders, the findings, and a summary of the official verdicts."""
    directory = catalogue.directory
    blocks = [Block(f"Kết quả {result.period.text}, số liệu đến ngày {day_text(result.as_of)}", 1)]
    if by == "agency":
        for part in by_agency(catalogue, result):
            blocks += _body_blocks(part, directory, result.as_of, explain=explain)
    else:
        blocks += row_blocks(result, directory, by=by, explain=explain)
    if result.tasks:
        # By agency, the late tasks stand under the bodies that lead them.
        blocks.append(_task_block(result, directory, rows=by != "agency"))
    if result.coverage:
        blocks.append(coverage_block(result.coverage, directory))
    return Listing((*blocks, *finding_blocks(findings), Block(lines=(summary_text(result),))))


def row_blocks(result: Check, directory: Directory, *, by: str, explain: bool, named: bool = True) -> list[Block]:
    """Return the verdicts in groups, in the order of the first row of each; rows keep the order of the documents.

    The column of agencies is left out unless they are `named`.
    """
    last = len(_COLUMNS) if named else -1
    groups: dict[str, list[CheckRow]] = {}
    for row in result.rows:
        groups.setdefault(_TITLES[by](row, directory, result.as_of), []).append(row)
    return [
        Block(
            f"{title} ({len(listed)})",
            2,
            columns=_COLUMNS[:last],
            rows=tuple(row[:last] for row in _row_cells(listed, directory, result.as_of, by=by, explain=explain)),
        )
        for title, listed in groups.items()
    ]


def state_lines(task: Task, state: State) -> str:
    """Return the state of a task in official words, and below it the extension of its deadline."""
    return "\n".join((state_text(state), *extension_lines(task.schedule, state)))


def check_book(result: Check, directory: Directory, findings: Sequence[Finding]) -> list[tuple[str, Sheet]]:
    """Return the result as sheets of a workbook: indicators, tasks, findings, senders."""
    headers = ("Nơi", "Mức", "Mã", "Nội dung", "Cách sửa")
    rows = tuple((f.where, SEVERITIES[f.severity], f.code, f.message, f.hint or "") for f in findings)
    book = [
        ("Chỉ tiêu", check_sheet(result, directory)),
        ("Nhiệm vụ", _task_sheet(result, directory)),
        ("Cần làm rõ", Sheet(headers, rows)),
    ]
    return [*book, ("Báo cáo", coverage_sheet(result.coverage, directory))] if result.coverage else book


def _body_blocks(part: BodyPart, directory: Directory, day: date, *, explain: bool) -> Iterator[Block]:
    """Yield the indicators of a body, and its tasks: how many there are, and those that are late or lack a report."""
    late = [one for one in part.tasks if one.state.timeliness in _LATE]
    lines = [_led_line(part.tasks)] if part.tasks else []
    rows = _row_cells(part.rows, directory, day, by="agency", explain=explain)
    name = bearer_name(directory, part.province, part.led, day)
    yield Block(name, 2, tuple(lines), columns=_COLUMNS[:-1] if rows else (), rows=tuple(row[:-1] for row in rows))
    if late:
        cells = tuple(
            (one.ref, one.task.text, day_text(one.state.deadline), state_lines(one.task, one.state)) for one in late
        )
        yield Block(columns=LED_COLUMNS, rows=cells)


def _led_line(tasks: Sequence[Led]) -> str:
    done = sum(one.state.column in DONE for one in tasks)
    timeliness = [one.state.timeliness for one in tasks]
    overdue, unreported = timeliness.count(Timeliness.OVERDUE), timeliness.count(Timeliness.UNREPORTED)
    return f"Chủ trì {len(tasks)} nhiệm vụ{_progress_text(done, overdue, unreported)}."


def _task_block(result: Check, directory: Directory, *, rows: bool) -> Block:
    """Return a line of counts for each plan, and with `rows` the tasks that are late or lack a report."""
    cells = tuple(
        (
            f"{count.plan.id}/{task.id}",
            task.text,
            day_text(state.deadline),
            state_lines(task, state),
            names_at(directory, count.plan.province, task.lead, count.as_of, task.now, LEAD) or "-",
        )
        for count in result.tasks
        for task, state in count.states
        if rows and state.timeliness in _LATE
    )
    lines = tuple(_task_line(count) for count in result.tasks)
    return Block("Nhiệm vụ", 2, lines, columns=_TASK_COLUMNS if cells else (), rows=cells)


def _task_sheet(result: Check, directory: Directory) -> Sheet:
    headers = (
        "Kế hoạch",
        "Mã",
        "Nhiệm vụ",
        "Chủ trì",
        "Thời gian thực hiện",
        "Thời hạn",
        "Trạng thái",
        "Tình trạng",
    )
    rows = tuple(
        (
            count.plan.id,
            task.id,
            task.text,
            names_at(directory, count.plan.province, task.lead, count.as_of, task.now, LEAD),
            schedule_text(task.schedule),
            day_text(state.deadline),
            status_text(state),
            state_text(state),
        )
        for count in result.tasks
        for task, state in count.states
    )
    return Sheet(headers, rows)


def check_sheet(result: Check, directory: Directory) -> Sheet:
    """Return the verdicts as one flat table."""
    headers = (
        "Kế hoạch", "Mã", "Chỉ tiêu", "Đơn vị tính", "Năm mục tiêu", "Mục tiêu", "Cơ quan", "Số liệu", "Ước tính", "Kết quả",
        "Chính thức", "So với mục tiêu", "So với năm trước", "Ghi chú", "Tệp",
    )  # fmt: skip
    return Sheet(headers, tuple(_flat(row, directory, result.as_of) for row in result.rows))


def check_record(row: CheckRow, period: Period) -> dict[str, Any]:
    """Return one verdict as a JSON record."""
    evaluation, report = row.evaluation, row.entry
    entry = ("indicators", row.indicator.id)
    difference = evaluation.difference
    return {
        "ref": row.ref,
        "plan": row.plan.id,
        "id": row.indicator.id,
        "agency": row.agency,
        **period_record(period),
        "file": row.submission.file if row.submission else None,
        "line": row.submission.lines.get(entry) if row.submission else None,
        "cell": row.submission.cells.get(entry) if row.submission else None,
        "value": json_number(evaluation.value),
        "text": reported_text(report) or None,
        "unit": value_unit(row.indicator, [part.part for part in evaluation.parts]),
        "estimate": bool(report and report.estimate),
        "target": _target_record(evaluation.target) if evaluation.target else None,
        "verdict": evaluation.verdict.value,
        "judged_by": evaluation.judged_by,
        "official": evaluation.official,
        "invalid": evaluation.invalid,
        "reason": evaluation.reason or None,
        "adjusted": [adjusted_record(one) for one in row.adjusted],
        "change": change_record(row.change),
        "difference": {"value": json_number(difference.value), "unit": difference.unit} if difference else None,
        "parts": [
            {
                "scope": part.scope,
                "value": json_number(part.value),
                "unit": value_unit(row.indicator, [part.part]),
                "target": goal_text(part.part),
                "verdict": part.verdict.value,
            }
            for part in evaluation.parts
            if part.scope
        ],
        "steps": list(evaluation.steps),
    }


def period_record(period: Period) -> dict[str, Any]:
    """Return a period as JSON; a whole year has no key `period`, as in progress files."""
    return {"year": period.year} | ({"period": period.key} if period.part else {})


def _target_record(target: Target) -> dict[str, Any]:
    found = {"year": target.year, "text": target.text}
    return found | {"period": f"{target.year}-{target.period}"} if target.period else found


def summary(result: Check) -> dict[str, Any]:
    """Return the counts as a JSON record."""
    verdicts = {verdict.value: sum(row.evaluation.verdict is verdict for row in result.rows) for verdict in Verdict}
    tasks = [
        {
            "plan": count.plan.id,
            "as_of": count.as_of,
            "total": count.total,
            "done": count.done,
            "overdue": count.overdue,
            "unreported": count.unreported,
            "timeliness": {one.value: count.having(one) for one in Timeliness},
            "columns": {one.value: count.counted(one) for one in CountColumn},
        }
        for count in result.tasks
    ]
    return {
        **period_record(result.period),
        "as_of": result.as_of,
        "count": len(result.rows),
        "verdicts": verdicts,
        "self_judged": result.self_judged,
        "tasks": tasks,
        "coverage": [coverage_record(found) for found in result.coverage],
    }


def summary_text(result: Check) -> str:
    """Return the official verdicts in one sentence, without those that compare with an interpolated target."""
    official = [None if evaluation.invalid else evaluation.verdict for evaluation in result.official]
    words = (
        (Verdict.EXCEEDED, "vượt"), (Verdict.MET, "đạt"), (Verdict.PARTLY, "đạt một phần"),
        (Verdict.MISSED, "chưa đạt"), (Verdict.NO_DATA, "chưa có số liệu"), (None, "cần làm rõ"),
    )  # fmt: skip
    counts = ", ".join(f"{official.count(verdict)} {word}" for verdict, word in words if official.count(verdict))
    if not official:
        word = "kỳ" if result.period.part else "năm"
        return f"{capitalized(result.period.text)} không phải {word} có mục tiêu: chưa có kết quả chính thức."
    own = f"; {result.self_judged} do cơ quan báo cáo tự đánh giá" if result.self_judged else ""
    return f"Chính thức {result.period.text}: {len(official)} chỉ tiêu; {counts}{own}."


def _row_cells(
    rows: Sequence[CheckRow], directory: Directory, day: date, *, by: str, explain: bool
) -> tuple[tuple[str, ...], ...]:
    return tuple(_cells(row, directory, day, by=by, explain=explain) for row in rows)


def _cells(row: CheckRow, directory: Directory, day: date, *, by: str, explain: bool) -> tuple[str, ...]:
    evaluation = row.evaluation
    unit = f" ({row.indicator.unit})" if row.indicator.unit else ""
    verdict = [f"{_SIGNS[evaluation.verdict]} {verdict_word(evaluation, row.entry)}"]
    verdict += [difference_text(evaluation)] if evaluation.difference else []
    verdict += [row.change.words] if row.change else []
    verdict += _notes(row)
    verdict += evaluation.steps if explain else ()
    source = [f"[{row.submission.source('indicators', row.indicator.id)}]"] if explain and row.submission else []
    return (
        row.ref if by != "plan" else row.indicator.id,
        f"{row.indicator.name}{unit}",
        _target(evaluation),
        "\n".join([reported_text(row.entry) or "-", *source]),
        "\n".join(verdict),
        _agency(row, directory, day),
    )


def _notes(row: CheckRow) -> list[str]:
    return [*map(adjusted_text, row.adjusted), *([row.evaluation.reason] if row.evaluation.reason else [])]


def _flat(row: CheckRow, directory: Directory, day: date) -> tuple[str, ...]:
    evaluation = row.evaluation
    return (
        row.plan.id,
        row.indicator.id,
        row.indicator.name,
        row.indicator.unit or "",
        _target_time(evaluation.target) if evaluation.target else "",
        evaluation.target.text if evaluation.target else "",
        _agency(row, directory, day),
        reported_text(row.entry),
        "ước tính" if row.entry and row.entry.estimate else "",
        verdict_word(evaluation, row.entry),
        "có" if evaluation.official else "không",
        difference_text(evaluation) if evaluation.difference else "",
        row.change.words if row.change else "",
        "; ".join(_notes(row)),
        row.submission.file if row.submission else "",
    )


def _target(evaluation: Evaluation) -> str:
    if evaluation.target is None:
        return "-"
    return f"{target_text(evaluation.target)} ({time_of(evaluation.target)})"


def _target_time(target: Target) -> str:
    return time_of(target) if target.period else str(target.year)


def _task_line(count: TaskCount) -> str:
    text = f"{count.plan.id} (đến ngày {day_text(count.as_of)}): {count.total} nhiệm vụ"
    text += _progress_text(count.done, count.overdue, count.unreported)
    if not count.due:
        return f"{text}."
    rate, share = shown_share(count.done, count.due), shown_share(count.done, count.total)
    return f"{text}. Tỷ lệ hoàn thành {rate}% ({share}% tổng số nhiệm vụ)."


def _progress_text(done: int, overdue: int, unreported: int) -> str:
    due = done + overdue + unreported
    if not due:
        return ", chưa có nhiệm vụ nào đến hạn hay đã báo cáo hoàn thành"
    return (
        f"; đến hạn hoặc đã hoàn thành {due}: {done} đã hoàn thành, {overdue} quá hạn, "
        f"{unreported} đã quá thời hạn chưa có báo cáo"
    )


def _agency(row: CheckRow, directory: Directory, day: date) -> str:
    return names_at(directory, row.plan.province, [row.agency], day) if row.agency else "-"


_TITLES: dict[str, Callable[[CheckRow, Directory, date], str]] = {
    "plan": lambda row, *_: f"{row.plan.id}: {row.plan.document.title}",
    "agency": _agency,
    "verdict": lambda row, *_: verdict_word(row.evaluation, row.entry),
}
