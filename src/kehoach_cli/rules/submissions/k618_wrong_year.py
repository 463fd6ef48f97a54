"""K618: a submission for a year outside the plan, or with dates or a folder of another period."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.period import Period, parse_period
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.submissions.submitted import called
from kehoach_cli.viet.dates import format_date

# Final figures of a year come in the first half of the next one, those of a part of a year within about a quarter.
_JUNE, _AFTER_A_PART = 6, timedelta(days=90)
_FOLDER = re.compile(r"(?:^|[/\\])progress[/\\]([^/\\]+)[/\\]")


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the submissions whose period does not fit the plan, the cutoff or the folder."""
    for at, plan, submission in document.submissions:
        if message := _fault(plan, submission):
            key, word = ("period", "kỳ báo cáo") if submission.part else ("year", "năm báo cáo")
            if plan.period.covers(submission.year) and _is_confirmed(submission):
                hint = f"sửa ngày chốt số liệu ({called(submission, 'cutoff')}) nếu gõ nhầm năm"
                yield Violation(message, (*at, "cutoff"), hint=hint)
            else:
                yield Violation(message, (*at, key), hint=f"kiểm tra {word} và ngày chốt số liệu")


def _is_confirmed(submission: Submission) -> bool:
    """Return whether the folder, or without one the day of sending, says the same period: then the cutoff is wrong."""
    period, sent = submission.period, submission.submitted
    if folder := _folder(submission):
        return folder == period
    return sent is not None and period.first_day <= sent <= _latest_cutoff(period)


def _folder(submission: Submission) -> Period | None:
    found = _FOLDER.search(submission.file)
    return parse_period(found[1]) if found and not submission.at else None


def _fault(plan: Plan, submission: Submission) -> str | None:
    period, cutoff = submission.period, submission.cutoff
    if not plan.period.covers(period.year):
        return f"năm {period.year} nằm ngoài thời kỳ của {plan.id} ({plan.period.start} - {plan.period.end or 'nay'})"
    reported = f"năm báo cáo {period.year}" if period.part is None else f"kỳ báo cáo {period.text}"
    if cutoff < period.first_day:
        return f"ngày chốt {format_date(cutoff)} có trước {reported}"
    if cutoff > _latest_cutoff(period):
        return f"ngày chốt {format_date(cutoff)} quá xa {reported}"
    if (folder := _folder(submission)) and folder != period:
        return f"báo cáo {period.text} nằm trong thư mục {folder.text}"
    return None


def _latest_cutoff(period: Period) -> date:
    return date(period.year + 1, _JUNE, 30) if period.part is None else period.last_day + _AFTER_A_PART


RULE = Rule(
    code="K618",
    slug="wrong-year",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Năm hoặc kỳ báo cáo không khớp",
    why="""
        Năm báo cáo phải nằm trong thời kỳ của kế hoạch. Ngày chốt số liệu phải khớp với năm (trong năm đó, hoặc nửa đầu
        năm sau đối với số liệu chính thức) hoặc với kỳ (từ ngày đầu kỳ đến 90 ngày sau ngày cuối kỳ). Tệp phải nằm trong
        thư mục của kỳ: progress/2026/ cho cả năm, progress/2026-Q3/ cho quý III. Sai năm, sai kỳ thì số liệu bị so với
        mục tiêu khác, hoặc thay cho số liệu của kỳ khác.

        Sửa year, period hoặc cutoff, hoặc chuyển tệp sang đúng thư mục.
    """,
    bad="""
        year: 2025
        cutoff: 2023-12-14
        #       ^
    """,
    good="""
        year: 2025
        cutoff: 2026-01-20
    """,
    check=check,
    kind="progress",
)
