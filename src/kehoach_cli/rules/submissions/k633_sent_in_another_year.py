"""K633: a day of sending that is years off."""

from collections.abc import Iterator
from datetime import timedelta

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.submissions.submitted import called
from kehoach_cli.viet.dates import format_date

_YEAR = timedelta(days=366)


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the submissions sent before their year begins, or more than a year after the cutoff."""
    for at, _, submission in document.submissions:
        sent = submission.submitted
        if sent and (sent.year < submission.year or sent > submission.cutoff + _YEAR):
            message = (
                f"ngày gửi {format_date(sent)} không hợp với báo cáo năm {submission.year}, "
                f"chốt số liệu ngày {format_date(submission.cutoff)}"
            )
            hint = f"kiểm tra năm của ngày gửi ({called(submission, 'submitted')})"
            yield Violation(message, (*at, "submitted"), hint=hint)


RULE = Rule(
    code="K633",
    slug="sent-in-another-year",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Ngày gửi lệch hẳn với báo cáo",
    why="""
        Báo cáo gửi trước khi năm báo cáo bắt đầu, hoặc sau ngày chốt số liệu hơn một năm, thường do gõ nhầm năm ở ngày gửi.
        Ngày gửi quyết định báo cáo có muộn không và báo cáo nào là bản mới nhất.

        Sửa ngày gửi. Báo cáo đúng là gửi muộn đến thế thì giữ nguyên và ghi chú bỏ qua kèm lý do.
    """,
    bad="""
        submitted: 2024-12-15
        #          ^
    """,
    good="""
        submitted: 2025-12-15
    """,
    check=check,
    kind="progress",
)
