"""K609: a submission sent before its cutoff that gives figures not marked as estimates, or says how far tasks have come."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.submissions.submitted import called
from kehoach_cli.viet.dates import format_date

_MOST_NAMED = 5


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the submissions that tell more than could be known when they were sent."""
    for at, _, submission in document.submissions:
        sent, figures = submission.submitted, _final(submission)
        # Other rules ask for a day of another year.
        if not sent or sent >= submission.cutoff or {sent.year, submission.cutoff.year} != {submission.year}:
            continue
        if figures or (submission.tasks and not submission.indicators):
            message = f"gửi ngày {format_date(sent)}, trước ngày chốt số liệu {format_date(submission.cutoff)}"
            told = f", nên số liệu của {_named(figures)} là số ước tính" if figures else ""
            yield Violation(f"{message}{told}", (*at, "cutoff"), hint=_mend(submission, figures))


def _final(submission: Submission) -> list[str]:
    return [row_id for row_id, report in submission.indicators.items() if not report.estimate]


def _named(rows: list[str]) -> str:
    return ", ".join(rows[:_MOST_NAMED]) + (
        f" và {len(rows) - _MOST_NAMED} chỉ tiêu khác" if len(rows) > _MOST_NAMED else ""
    )


def _mend(submission: Submission, figures: list[str]) -> str:
    dates = "ngày chốt hay ngày gửi gõ nhầm thì sửa ngày"
    if not figures:
        return dates
    mark = f"chọn “Có” ở {called(submission, 'estimate')}" if submission.cells else "thêm estimate: true"
    return f"{mark}; {dates}"


RULE = Rule(
    code="K609",
    slug="submitted-before-cutoff",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Gửi trước ngày chốt mà không ghi là ước tính",
    why="""
        Báo cáo gửi trước ngày chốt số liệu (cutoff) thì số liệu đến ngày chốt chỉ có thể là ước tính. Số ước tính
        được in là "ước đạt", không phải "đạt", và phải được thay bằng số chính thức sau này.

        Báo cáo chỉ có nhiệm vụ cũng không thể biết tình trạng của một ngày sau ngày gửi.

        Thêm estimate: true, hoặc sửa ngày chốt, ngày gửi nếu ghi nhầm.
    """,
    bad="""
        submitted: 2025-12-01
        cutoff: 2025-12-14
        #       ^
        indicators:
          I-ct9: {value: "86,5"}
    """,
    good="""
        submitted: 2025-12-01
        cutoff: 2025-12-14
        indicators:
          I-ct9: {value: "86,5", estimate: true}
    """,
    check=check,
    kind="progress",
)
