"""K613: a submission sent after the reporting date of the plan."""

from collections.abc import Iterator

from kehoach_cli.core.duties.coverage import is_late
from kehoach_cli.core.duties.owed import report_due
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.viet.dates import format_date


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the submissions sent too late, unless they say nothing; a date on a weekend moves to the next working day."""
    for at, plan, submission in document.submissions:
        due = report_due(plan, submission.period)
        if due and submission.submitted and not submission.silent and is_late(submission, due):
            message = f"báo cáo gửi ngày {format_date(submission.submitted)}, muộn hơn thời hạn {format_date(due)}"
            yield Violation(f"{message} của {plan.id}", (*at, "submitted"))


RULE = Rule(
    code="K613",
    slug="late-report",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Báo cáo gửi muộn",
    why="""
        Kế hoạch tự quy định ngày các đơn vị gửi báo cáo hằng năm ("định kỳ ngày 15/11 hằng năm", "trước ngày
        15/12 hằng năm"). Ngày cuối rơi vào thứ bảy, chủ nhật thì tính đến hết ngày làm việc tiếp theo; ngày nghỉ lễ
        không được tính ở đây.

        Số liệu gửi muộn vẫn được đối chiếu. Kế hoạch không nêu ngày thì không báo cáo nào bị coi là muộn.
    """,
    bad="""
        submitted: 2025-12-20
        #          ^
    """,
    good="""
        submitted: 2025-12-15
    """,
    check=check,
    kind="progress",
)
