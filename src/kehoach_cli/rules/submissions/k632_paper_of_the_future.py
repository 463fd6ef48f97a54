"""K632: a cited document that is dated after the submission."""

from collections.abc import Iterator
from datetime import date, timedelta

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.submissions.submitted import task_entries
from kehoach_cli.viet.dates import format_date

# A paper that is being signed may bear a later day; without a day of sending, final figures come within a year.
_SIGNING, _YEAR = timedelta(days=31), timedelta(days=366)


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the documents dated more than a month after the day of sending, or more than a year after the cutoff."""
    for path, submission, task_id, report in task_entries(document):
        limit, what = _limit(submission)
        for index, paper in enumerate(report.documents):
            if paper.dated and paper.dated > limit:
                message = f"{task_id}: văn bản {paper.number} ghi ngày {format_date(paper.dated)}, sau {what} quá xa"
                yield Violation(message, (*path, "documents", index, "date"), hint="kiểm tra năm của văn bản")


def _limit(submission: Submission) -> tuple[date, str]:
    """Return the last day that a paper may bear, and what it is counted from; a slip may be in the day of sending, too."""
    final = submission.cutoff + _YEAR, f"ngày chốt số liệu {format_date(submission.cutoff)}"
    if submission.submitted is None:
        return final
    return min(final, (submission.submitted + _SIGNING, f"ngày gửi báo cáo {format_date(submission.submitted)}"))


RULE = Rule(
    code="K632",
    slug="paper-of-the-future",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    title="Văn bản ghi ngày trong tương lai",
    why="""
        Báo cáo chỉ dẫn được văn bản đã có. Văn bản mang ngày sau ngày gửi báo cáo hơn một tháng, hoặc sau ngày chốt
        số liệu hơn một năm, là gõ nhầm năm, và báo cáo của tỉnh sẽ dẫn một văn bản không có thật.

        Kiểm tra ngày của văn bản và ngày gửi (submitted) rồi sửa.
    """,
    bad="""
        submitted: 2025-12-15
        tasks:
          I.1: {status: in_progress, documents: [{number: 12/BC-STN, date: 2052-12-10}]}
        #                                                                  ^
    """,
    good="""
        submitted: 2025-12-15
        tasks:
          I.1: {status: in_progress, documents: [{number: 12/BC-STN, date: 2025-12-10}]}
    """,
    check=check,
    kind="progress",
)
