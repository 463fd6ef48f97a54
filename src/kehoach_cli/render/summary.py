"""The summary of a period as a listing, as tables for Excel and as JSON records."""

from collections.abc import Sequence
from typing import Any

from kehoach_cli.core.report.summary import By, Class, Counts, Summary, SummaryLine, SummaryRow
from kehoach_cli.core.report.summary_words import (
    CLASSES,
    HEADINGS,
    line_name,
    notes,
    number_text,
    pertinent,
    proof,
    rate_text,
    row_deadline,
    row_state,
    summary_title,
)
from kehoach_cli.render.listing import Block, Cell, Column, Listing, Sheet

# The counts of an item in JSON, in the order of its fields.
_FIELDS = (
    "assigned",
    "due",
    "carried_in",
    "done_on_time",
    "done_late",
    "done_undated",
    "overdue",
    "unreported",
    "in_time",
    "suspended",
    "dropped",
    "on_time_rate",
    "completion_rate",
)
# Short headers, so that a table fits a terminal of 80 columns; a column in which every line is 0 is left out.
_SHORT = {
    Class.DONE_ON_TIME: "Đúng\nhạn",
    Class.DONE_LATE: "Trễ\nhạn",
    Class.DONE_UNDATED: "Chưa\nrõ\nngày",
    Class.OVERDUE: "Quá\nhạn",
    Class.UNREPORTED: "Chưa\nbáo\ncáo",
    Class.IN_TIME: "Còn\nhạn",
    Class.SUSPENDED: "Chờ",
}
_APART = {Class.CARRIED_IN: "từ kỳ trước", Class.CARRIED: "chuyển tiếp", Class.DROPPED: "dừng"}
_EVIDENCE = (
    Column("Mã", fixed=True),
    Column("Nhiệm vụ", weight=4),
    Column("Thời hạn", fixed=True),
    Column("Tình trạng", weight=2),
    Column("Căn cứ", weight=3),
)


def summary_record(line: SummaryLine) -> dict[str, Any]:
    """Return a line as a JSON item. Rates are shares from 0 to 1."""
    return {"key": line.key, "name": line.name, **_record(line.counts)}


def summary_total(summary: Summary) -> dict[str, Any]:
    """Return the total, what was asked, and the tasks behind the counts with their documents and dates."""
    query = summary.query
    return {
        "by": query.by.value,
        "period": query.period.key,
        "as_of": query.as_of,
        "plans": [plan.id for plan in query.plans],
        **_record(summary.total.counts),
        "carried": summary.total.counts.carried,
        "evidence": [_evidence_record(line) for line in summary.lines if line.evidence],
    }


def summary_listing(summary: Summary) -> Listing:
    """Return the table of counts, then the tasks behind it under the name of each line."""
    lines = (*pertinent(summary), summary.total)
    used = [one for one in _SHORT if any(line.counts.of(one) for line in lines)]
    headers = ("Được\ngiao", "Đến\nhạn", *(_SHORT[one] for one in used), "%\nđúng\nhạn", "%\nhoàn\nthành")
    columns = (Column(HEADINGS[summary.query.by]), *(Column(one, fixed=True, right=True) for one in headers))
    counted = Block(summary_title(summary.query), 1, columns=columns, rows=tuple(_cells(line, used) for line in lines))
    remarks = Block(lines=tuple(notes(summary)))
    named = summary.query.by is not By.AGENCY
    return Listing((counted, remarks, *(_evidence_block(line, named=named) for line in pertinent(summary))))


def summary_sheet(summary: Summary) -> Sheet:
    """Return the counts as one flat table."""
    headers = (
        "Mã",
        HEADINGS[summary.query.by],
        "Được giao",
        "Đến hạn trong kỳ",
        *CLASSES.values(),
        "Tỷ lệ đúng hạn (%)",
        "Tỷ lệ hoàn thành (%)",
    )
    return Sheet(headers, tuple(map(_flat, (*summary.lines, summary.total))))


def summary_book(summary: Summary) -> list[tuple[str, Sheet]]:
    """Return the counts, the tasks behind them with documents and dates, and the remarks."""
    headers = (
        HEADINGS[summary.query.by],
        "Kế hoạch",
        "Mã",
        "Nhiệm vụ",
        "Chủ trì",
        "Thời hạn",
        "Tính là",
        "Tình trạng",
        "Ngày hoàn thành",
        "Số ngày quá hạn",
        "Căn cứ",
    )
    rows = tuple(_proved(line, row) for line in summary.lines for row in line.evidence)
    said = (summary_title(summary.query), *notes(summary))
    return [
        ("Tổng hợp", summary_sheet(summary)),
        ("Căn cứ", Sheet(headers, rows)),
        ("Ghi chú", Sheet(("Ghi chú",), tuple((line,) for line in said))),
    ]


def _record(counts: Counts) -> dict[str, Any]:
    return {name: getattr(counts, name) for name in _FIELDS}


def _evidence_record(line: SummaryLine) -> dict[str, Any]:
    return {
        "key": line.key,
        "answered": line.answered,
        "members": line.members,
        "tasks": [_task_record(row) for row in line.evidence],
    }


def _task_record(row: SummaryRow) -> dict[str, Any]:
    state = row.state
    return {
        "ref": row.ref,
        "counted": row.counted.value if row.counted else None,
        "deadline": state.deadline,
        "status": state.status.value if state.status else None,
        "timeliness": state.timeliness.value,
        "completed": state.completed,
        "days_late": state.days,
        "extension": {"to": state.extension.to, "document": state.extension.document} if state.extension else None,
        "documents": [{"number": paper.number, "date": paper.dated} for paper in row.papers],
        "submissions": [{"agency": one.agency, "cutoff": one.cutoff, "submitted": one.submitted} for one in row.sent],
    }


def _cells(line: SummaryLine, used: Sequence[Class]) -> tuple[str, ...]:
    counts = line.counts
    apart = ", ".join(f"{counts.of(one)} {words}" for one, words in _APART.items() if counts.of(one))
    return (
        line_name(line) + (f"\n(ngoài ra {apart})" if apart else ""),
        number_text(counts.assigned),
        number_text(counts.due),
        *(number_text(counts.of(one)) for one in used),
        rate_text(counts.done_on_time, counts),
        rate_text(counts.done, counts),
    )


def _evidence_block(line: SummaryLine, *, named: bool) -> Block:
    """Return the tasks behind a line; `named`: with who leads them."""
    rows = tuple(
        (
            row.ref,
            row.task.text + (f"\nChủ trì: {row.lead}" if named else ""),
            row_deadline(row),
            row_state(row),
            proof(row),
        )
        for row in line.evidence
    )
    name = line.name.partition(" (Kế hoạch ghi:")[0]
    return Block(f"{name} ({len(rows)})", 2, columns=_EVIDENCE, rows=rows)


def _flat(line: SummaryLine) -> tuple[Cell, ...]:
    counts = line.counts
    return (
        line.key or "",
        line_name(line),
        counts.assigned,
        counts.due,
        *(counts.of(one) for one in CLASSES),
        *(None if rate is None else round(100 * rate, 1) for rate in (counts.on_time_rate, counts.completion_rate)),
    )


def _proved(line: SummaryLine, row: SummaryRow) -> tuple[Cell, ...]:
    return (
        line.name,
        row.plan.id,
        row.task.id,
        row.task.text,
        row.lead,
        row.state.deadline,
        CLASSES[row.counted] if row.counted else "",
        row_state(row),
        row.state.completed,
        row.state.days or None,
        proof(row),
    )
