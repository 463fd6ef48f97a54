"""The words of a summary: its title, headers, remarks, and what proves the state of a task."""

from collections.abc import Iterator

from kehoach_cli.core.amend.words import moved_text
from kehoach_cli.core.check.wording import shown_share, state_text
from kehoach_cli.core.report.summary import By, Class, Counts, Summary, SummaryLine, SummaryQuery, SummaryRow
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.number import rounded
from kehoach_cli.viet.text import capitalized

HEADINGS = {By.AGENCY: "Cơ quan chủ trì", By.PLAN: "Kế hoạch", By.SECTION: "Mục của Kế hoạch"}
CLASSES = {
    Class.DONE_ON_TIME: "Hoàn thành đúng hạn",
    Class.DONE_LATE: "Hoàn thành quá hạn",
    Class.DONE_UNDATED: "Hoàn thành, chưa rõ thời điểm",
    Class.OVERDUE: "Chưa hoàn thành, quá hạn",
    Class.UNREPORTED: "Quá thời hạn, chưa có báo cáo",
    Class.IN_TIME: "Chưa hoàn thành, trong hạn",
    Class.SUSPENDED: "Chờ hướng dẫn",
    Class.CARRIED_IN: "Từ kỳ trước chuyển sang",
    Class.CARRIED: "Chuyển tiếp",
    Class.DROPPED: "Dừng, không thực hiện",
}
_MANY = {By.AGENCY: "cơ quan", By.PLAN: "kế hoạch", By.SECTION: "mục"}
_ROWS_DO_NOT_ADD_UP = (
    "Một nhiệm vụ có nhiều cơ quan chủ trì được tính ở dòng của từng cơ quan và chỉ một lần ở dòng Tổng, nên các dòng không cộng "
    "lại thành dòng Tổng. Mỗi cơ quan tính theo báo cáo của chính cơ quan đó, dòng Tổng theo kết quả chung; nhóm cơ quan ghi một "
    "dòng."
)
_OWN = "Tính theo báo cáo của chính cơ quan; nhiệm vụ giao chung cho nhóm cơ quan ghi ở dòng riêng."
_RATES = (
    "Tỷ lệ đúng hạn, tỷ lệ hoàn thành: số hoàn thành đúng hạn, số đã hoàn thành chia cho tổng của số đã hoàn thành, số quá hạn "
    "và số đã quá thời hạn mà chưa có báo cáo; nhiệm vụ còn trong hạn, đang chờ hướng dẫn không tính."
)
_APART = (
    "Nhiệm vụ có thời hạn trước kỳ mà khi vào kỳ chưa hoàn thành (từ kỳ trước), nhiệm vụ chuyển tiếp, dừng theo văn bản được "
    "tính riêng, không thuộc số đến hạn."
)


def summary_title(query: SummaryQuery) -> str:
    """Return what the table shows, and the day of its states."""
    by = HEADINGS[query.by]
    return (
        f"Tình hình thực hiện nhiệm vụ đến hạn trong {query.period.text}, theo {by[:1].lower()}{by[1:]} "
        f"(tình trạng ngày {format_date(query.as_of)})"
    )


def line_name(line: SummaryLine) -> str:
    """Return the name of a line; of a group with how many of its members have answered."""
    if line.answered is None:
        return line.name
    of = f"/{line.members}" if line.members and line.members >= line.answered else ""
    return f"{line.name} ({line.answered}{of} đơn vị đã báo cáo)"


def pertinent(summary: Summary) -> tuple[SummaryLine, ...]:
    """Return the lines with a task that belongs to the period."""
    return tuple(line for line in summary.lines if any(row.counted for row in line.rows))


def notes(summary: Summary) -> Iterator[str]:
    """Yield the remarks below the table."""
    query, counts = summary.query, summary.total.counts
    idle = len(summary.lines) - len(pertinent(summary))
    if idle:
        yield f"{idle} {_MANY[query.by]} không có nhiệm vụ đến hạn trong kỳ, không ghi trong bảng."
    if query.agencies:
        yield _OWN
    elif query.by is By.AGENCY and idle < len(summary.lines):
        yield _ROWS_DO_NOT_ADD_UP
    if counts.due:
        yield _RATES
    if counts.carried_in or counts.carried or counts.dropped:
        yield _APART


def rate_text(part: int, counts: Counts) -> str:
    """Return a rate in percent, a dash where nothing can be judged."""
    return shown_share(part, counts.judged) if counts.judged else "-"


def row_state(row: SummaryRow) -> str:
    """Return the state of a task in official words."""
    before = "từ kỳ trước; " if row.counted is Class.CARRIED_IN else ""
    return capitalized(f"{before}{state_text(row.state)}")


def row_deadline(row: SummaryRow) -> str:
    """Return the deadline; one that was moved with the first one."""
    day, first = row.state.deadline, row.task.deadline
    text = f"{format_date(day) if day else '-'}{moved_text(row.task.schedule)}"
    return f"{text}\n(trước đây {format_date(first)})" if row.state.extension and first else text


def proof(row: SummaryRow) -> str:
    """Return the documents and days behind a state, each on a line."""
    return "\n".join(_proofs(row)) or "-"


def _proofs(row: SummaryRow) -> Iterator[str]:
    if row.state.completed:
        yield f"Hoàn thành ngày {format_date(row.state.completed)}"
    for paper in row.papers:
        yield f"{paper.number} ngày {format_date(paper.dated)}" if paper.dated else paper.number
    if row.state.extension and row.state.extension.document:
        yield f"Gia hạn: {row.state.extension.document}"
    for one in row.sent:
        who = f" của {one.agency}" if len(row.sent) > 1 else ""
        gone = f", gửi {format_date(one.submitted)}" if one.submitted else ""
        yield f"Báo cáo{who} chốt {format_date(one.cutoff)}{gone}"


def number_text(number: int) -> str:
    """Return a count in Vietnamese notation, a dash for none."""
    return rounded(number) if number else "-"
