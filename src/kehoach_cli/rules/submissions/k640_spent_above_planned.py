"""K640: more money spent than planned."""

from collections.abc import Iterator
from decimal import Decimal

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.viet.number import NumberError, parse_number


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the lines of funding whose second amount is larger than the first."""
    for at, _, submission in document.submissions:
        for index, entry in enumerate(submission.funding):
            planned, spent = (_amount(entry.get(key)) for key in ("planned", "spent"))
            if planned is not None and spent is not None and spent > planned >= 0:
                message = f'kinh phí "{entry["source"]}": đã giải ngân {entry["spent"]}, nhiều hơn được giao {entry["planned"]}'
                hint = "kiểm tra dấu phẩy, đơn vị tính và có đổi chỗ hai số không"
                yield Violation(message, (*at, "funding", index, "spent"), hint=hint)


def _amount(text: str | None) -> Decimal | None:
    try:
        return parse_number(text) if text else None
    except NumberError:
        return None


RULE = Rule(
    code="K640",
    slug="spent-above-planned",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Giải ngân nhiều hơn được giao",
    why="""
        Số đã giải ngân của một nguồn thường không vượt số được giao; vượt thì hay là mất dấu phẩy, khác đơn vị tính, hoặc
        đổi chỗ hai số.

        Hỏi lại cơ quan báo cáo. Nếu có nguồn bổ sung trong năm thì ghi số được giao sau bổ sung.
    """,
    bad="""
        funding:
          - {source: Ngân sách tỉnh, planned: "12.500", spent: "98.705", unit: triệu đồng}
        #                                                      ^
    """,
    good="""
        funding:
          - {source: Ngân sách tỉnh, planned: "12.500", spent: "9.870,5", unit: triệu đồng}
    """,
    check=check,
    kind="progress",
)
