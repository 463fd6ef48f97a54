"""K609: a report sent before its own cutoff whose figures are not marked as estimates."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import Hit, Rule


def check(document: SourceFile) -> Iterator[Hit]:
    """Yield the figures that were not yet known on the day the report was sent."""
    for at, _, submission in document.submissions:
        if submission.submitted is None or submission.submitted >= submission.cutoff:
            continue
        for row_id, report in submission.indicators.items():
            if not report.estimate:
                message = f"{row_id}: báo cáo gửi trước ngày chốt số liệu nên đây là số ước tính"
                yield Hit(message, (*at, "indicators", row_id), key=True, hint="thêm estimate: true")


RULE = Rule(
    code="K609",
    slug="submitted-before-cutoff",
    severity=Severity.WARNING,
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
