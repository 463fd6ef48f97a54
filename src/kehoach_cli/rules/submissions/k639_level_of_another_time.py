"""K639: a level for a year that has nothing to do with the indicator."""

from collections.abc import Iterator

from kehoach_cli.core.check.compare import base_years
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Indicator, Plan
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.submissions.submitted import called, reported


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the levels of years after the reported one, or before every year that the plan or a target names."""
    for path, plan, submission, indicator, report in reported(document):
        first = _first(plan, indicator, submission.year) if report.levels else 0
        for year in report.levels:
            if not first <= year <= submission.year:
                message = (
                    f"{indicator.id}: mức của năm {year} không dùng để so sánh được (từ {first} đến {submission.year})"
                )
                hint = f"kiểm tra năm ở {called(submission, 'levels')}"
                yield Violation(message, (*path, "levels", str(year)), key=True, hint=hint)


def _first(plan: Plan, indicator: Indicator, year: int) -> int:
    named = [one for target in indicator.targets for part in target.parts for one in base_years(part, year)]
    return min((*named, *indicator.baseline, plan.period.start - 1, year - 1))


RULE = Rule(
    code="K639",
    slug="level-of-another-time",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Mức của một năm không liên quan",
    why="""
        Khóa levels giữ mức của năm so sánh và của năm báo cáo. Năm sau năm báo cáo, hoặc trước mọi năm mà kế hoạch và mục
        tiêu nêu ("1924" thay cho "2024"), là gõ nhầm: mức đó không được dùng, và chỉ tiêu thành thiếu số liệu.

        Sửa năm.
    """,
    bad="""
        indicators:
          I-ct9: {value: "96,5", levels: {1924: "90"}}
        #                                 ^
    """,
    good="""
        indicators:
          I-ct9: {value: "96,5", levels: {2024: "90"}}
    """,
    check=check,
    kind="progress",
)
