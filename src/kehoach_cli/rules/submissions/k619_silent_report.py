"""K619: a report that answers nothing."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import Hit, Rule


def check(document: SourceFile) -> Iterator[Hit]:
    """Yield the submissions in which every answer was left blank."""
    for at, plan, submission in document.submissions:
        if submission.silent:
            yield Hit(f"phần báo cáo về {plan.id} để trống", (*at, "plan"))


RULE = Rule(
    code="K619",
    slug="silent-report",
    severity=Severity.INFO,
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
        tasks: {I.1: {status: ongoing}}
    """,
    check=check,
    kind="progress",
)
