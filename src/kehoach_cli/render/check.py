"""The result of checking the submissions of a period, for people."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Any

from kehoach_cli.core.check.evaluation import Evaluation, Verdict
from kehoach_cli.core.check.submissions import Check, CheckRow, TaskCount
from kehoach_cli.core.check.verdict import goal_text
from kehoach_cli.core.check.wording import (
    difference_text,
    names_now,
    reported_text,
    shown_share,
    state_text,
    status_text,
    time_of,
    verdict_word,
)
from kehoach_cli.core.duties.assess import CountColumn, Timeliness
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.finding import Finding
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.notation.target import Target
from kehoach_cli.render.coverage import coverage_block, coverage_record, coverage_sheet
from kehoach_cli.render.labels import SEVERITIES, day_text, schedule_text
from kehoach_cli.render.listing import Block, Column, Listing, Sheet
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
_FINDING_COLUMNS = (Column("Nơi", weight=2), Column("Nội dung", weight=4), Column("Cách sửa", weight=2))
_LATE = frozenset({Timeliness.OVERDUE, Timeliness.UNREPORTED, Timeliness.LATE})


def check_listing(
    result: Check, directory: Directory, findings: Sequence[Finding], *, by: str, explain: bool
) -> Listing:
    """Return the verdicts in groups, the tasks, the senders, the findings, and a summary of the official verdicts."""
    blocks = [Block(f"Kết quả {result.period.text}, số liệu đến ngày {day_text(result.as_of)}", 1)]
    group = GROUPS[by]
    # Groups stand in the order of their first row; rows keep the order of the documents.
    order: dict[str, int] = {}
    for row in result.rows:
        order.setdefault(group(row, directory), len(order))
    for title, found in groupby(
        sorted(result.rows, key=lambda row: order[group(row, directory)]), key=lambda row: group(row, directory)
    ):
        listed = list(found)
        rows = tuple(_cells(row, directory, by=by, explain=explain) for row in listed)
        blocks.append(Block(f"{title} ({len(listed)})", 2, columns=_COLUMNS, rows=rows))
    if result.tasks:
        blocks.append(_task_block(result, directory))
    if result.coverage:
        blocks.append(coverage_block(result.coverage, directory))
    if findings:
        rows = tuple((finding.where, _finding_text(finding), finding.hint or "-") for finding in findings)
        blocks.append(Block(f"Cần làm rõ ({len(rows)})", 2, columns=_FINDING_COLUMNS, rows=rows))
    return Listing((*blocks, Block(lines=(summary_text(result),))))


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


def _finding_text(finding: Finding) -> str:
    return f"{SEVERITIES[finding.severity]} {finding.code}: {finding.message}"


def _task_block(result: Check, directory: Directory) -> Block:
    """Return a line of counts for each plan, and the tasks that are late or lack a report."""
    rows = tuple(
        (
            f"{count.plan.id}/{task.id}",
            task.text,
            day_text(state.deadline),
            state_text(state),
            names_now(directory, count.plan.province, task.lead) or "-",
        )
        for count in result.tasks
        for task, state in count.states
        if state.timeliness in _LATE
    )
    lines = tuple(_task_line(count) for count in result.tasks)
    return Block("Nhiệm vụ", 2, lines, columns=_TASK_COLUMNS if rows else (), rows=rows)


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
            names_now(directory, count.plan.province, task.lead),
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
        "Chính thức", "So với mục tiêu", "Ghi chú", "Tệp",
    )  # fmt: skip
    return Sheet(headers, tuple(_flat(row, directory) for row in result.rows))


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
        "value": _json_number(evaluation.value),
        "text": reported_text(report) or None,
        "unit": row.indicator.unit,
        "estimate": bool(report and report.estimate),
        "target": _target_record(evaluation.target) if evaluation.target else None,
        "verdict": evaluation.verdict.value,
        "judged_by": evaluation.judged_by,
        "official": evaluation.official,
        "invalid": evaluation.invalid,
        "reason": evaluation.reason or None,
        "difference": {"value": _json_number(difference.value), "unit": difference.unit} if difference else None,
        "parts": [
            {
                "scope": part.scope,
                "value": _json_number(part.value),
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


def _cells(row: CheckRow, directory: Directory, *, by: str, explain: bool) -> tuple[str, ...]:
    evaluation = row.evaluation
    unit = f" ({row.indicator.unit})" if row.indicator.unit else ""
    verdict = [f"{_SIGNS[evaluation.verdict]} {verdict_word(evaluation, row.entry)}"]
    verdict += [difference_text(evaluation)] if evaluation.difference else []
    verdict += [evaluation.reason] if evaluation.reason else []
    verdict += evaluation.steps if explain else ()
    source = [f"[{row.submission.source('indicators', row.indicator.id)}]"] if explain and row.submission else []
    return (
        row.ref if by != "plan" else row.indicator.id,
        f"{row.indicator.name}{unit}",
        _target(evaluation),
        "\n".join([reported_text(row.entry) or "-", *source]),
        "\n".join(verdict),
        _agency(row, directory),
    )


def _flat(row: CheckRow, directory: Directory) -> tuple[str, ...]:
    evaluation = row.evaluation
    return (
        row.plan.id,
        row.indicator.id,
        row.indicator.name,
        row.indicator.unit or "",
        _target_time(evaluation.target) if evaluation.target else "",
        evaluation.target.text if evaluation.target else "",
        _agency(row, directory),
        reported_text(row.entry),
        "ước tính" if row.entry and row.entry.estimate else "",
        verdict_word(evaluation, row.entry),
        "có" if evaluation.official else "không",
        difference_text(evaluation) if evaluation.difference else "",
        evaluation.reason,
        row.submission.file if row.submission else "",
    )


def _target(evaluation: Evaluation) -> str:
    if evaluation.target is None:
        return "-"
    return f"{evaluation.target.text} ({time_of(evaluation.target)})"


def _target_time(target: Target) -> str:
    return time_of(target) if target.period else str(target.year)


def _task_line(count: TaskCount) -> str:
    text = f"{count.plan.id} (đến ngày {day_text(count.as_of)}): {count.total} nhiệm vụ"
    if not count.due:
        return f"{text}, chưa có nhiệm vụ nào đến hạn hay đã báo cáo hoàn thành."
    rate, share = shown_share(count.done, count.due), shown_share(count.done, count.total)
    return (
        f"{text}; đến hạn hoặc đã hoàn thành {count.due}: {count.done} đã hoàn thành, {count.overdue} quá hạn, "
        f"{count.unreported} đã quá thời hạn chưa có báo cáo. Tỷ lệ hoàn thành {rate}% ({share}% tổng số nhiệm vụ)."
    )


def _agency(row: CheckRow, directory: Directory) -> str:
    return names_now(directory, row.plan.province, [row.agency]) if row.agency else "-"


def _json_number(value: Fraction | None) -> int | float | None:
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)


GROUPS: dict[str, Callable[[CheckRow, Directory], str]] = {
    "plan": lambda row, _: f"{row.plan.id}: {row.plan.document.title}",
    "agency": _agency,
    "verdict": lambda row, _: verdict_word(row.evaluation, row.entry),
}
