"""K609: a submission sent before its cutoff whose figures are not marked as estimates."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.submissions.submitted import called, indicator_entries


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the figures that were not yet known when the submission was sent."""
    for path, submission, row_id, report in indicator_entries(document):
        early = submission.submitted is not None and submission.submitted < submission.cutoff
        if early and not report.estimate:
            message = f"{row_id}: báo cáo gửi trước ngày chốt số liệu nên đây là số ước tính"
            yield Violation(message, path, key=True, hint=_mark(submission))


def _mark(submission: Submission) -> str:
    return (
        f"chọn “Có” ở {called(submission, 'estimate')}"
        if submission.cells
        else "thêm estimate: true; ngày chốt hay ngày gửi gõ nhầm thì sửa ngày"
    )


RULE = Rule(
    code="K609",
    slug="submitted-before-cutoff",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Gửi trước ngày chốt mà không ghi là ước tính",
    why="""
        Báo cáo gửi trước ngày chốt số liệu (cutoff) thì số liệu đến ngày chốt chỉ có thể là ước tính. Số ước tính
        được in là "ước đạt", không phải "đạt", và phải được thay bằng số chính thức sau này.

        Thêm estimate: true, hoặc sửa ngày chốt, ngày gửi nếu ghi nhầm.
    """,
    bad="""
        submitted: 2025-12-01
        indicators:
          I-ct9: {value: "86,5"}
        # ^
    """,
    good="""
        submitted: 2025-12-01
        indicators:
          I-ct9: {value: "86,5", estimate: true}
    """,
    check=check,
    kind="progress",
)
