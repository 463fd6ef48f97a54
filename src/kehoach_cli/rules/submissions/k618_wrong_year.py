"""K618: a submission for a year outside the plan, or with dates or a folder of another year."""

import re
from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.viet.dates import format_date

_JUNE = 6


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the submissions whose year does not fit the plan, the cutoff or the folder."""
    for at, plan, submission in document.submissions:
        if message := _fault(plan, submission):
            yield Violation(message, (*at, "year"), hint="kiểm tra năm báo cáo và ngày chốt số liệu")


def _fault(plan: Plan, submission: Submission) -> str | None:
    year, cutoff = submission.year, submission.cutoff
    if not plan.period.covers(year):
        return f"năm {year} nằm ngoài thời kỳ của {plan.id} ({plan.period.start} - {plan.period.end or 'nay'})"
    if cutoff.year < year:
        return f"ngày chốt {format_date(cutoff)} có trước năm báo cáo {year}"
    if cutoff.year > year + 1 or (cutoff.year == year + 1 and cutoff.month > _JUNE):
        return f"ngày chốt {format_date(cutoff)} quá xa năm báo cáo {year}"
    folder = re.search(r"(?:^|[/\\])progress[/\\]((?:19|20|21)[0-9]{2})[/\\]", submission.file)
    if folder and int(folder[1]) != year and not submission.at:
        return f"báo cáo năm {year} nằm trong thư mục năm {folder[1]}"
    return None


RULE = Rule(
    code="K618",
    slug="wrong-year",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Năm báo cáo không khớp",
    why="""
        Năm báo cáo phải nằm trong thời kỳ của kế hoạch, khớp với ngày chốt số liệu (trong năm đó, hoặc nửa đầu năm sau
        đối với số liệu chính thức) và với thư mục progress/<năm>/. Sai năm thì số liệu bị so với mục tiêu khác.

        Sửa year hoặc cutoff, hoặc chuyển tệp sang đúng thư mục.
    """,
    bad="""
        year: 2025
        #     ^
        cutoff: 2023-12-14
    """,
    good="""
        year: 2025
        cutoff: 2026-01-20
    """,
    check=check,
    kind="progress",
)
