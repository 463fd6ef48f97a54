"""K619: a submission without any answer."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the submissions whose answers are all blank."""
    for at, plan, submission in document.submissions:
        if submission.silent:
            yield Violation(f"phần báo cáo về {plan.id} để trống", (*at, "plan"))


RULE = Rule(
    code="K619",
    slug="silent-report",
    severity=Severity.INFO,
    found_by=FoundBy.RULE,
    title="Báo cáo để trống",
    why="""
        Biểu báo cáo được gửi lại mà chưa điền mục nào của kế hoạch thì không tính là đã báo cáo: đơn vị vẫn đứng trong
        danh sách chưa gửi.

        Điền kết quả rồi gửi lại; nếu thật sự không có gì để báo cáo thì ghi điều đó ở phần lời văn.
    """,
    bad="""
        plan: kh-mau
        #     ^
        tasks: {I.1: {status: null}}
    """,
    good="""
        plan: kh-mau
        tasks: {I.1: {status: in_progress}}
    """,
    check=check,
    kind="progress",
)
