"""K604: a reported value that cannot be judged against the target."""

from collections.abc import Iterator

from kehoach_cli.core.document import Document
from kehoach_cli.core.finding import Severity
from kehoach_cli.core.verdict import judge
from kehoach_cli.rules.base import Hit, Rule


def check(document: Document) -> Iterator[Hit]:
    """Yield the values that are no number, have another unit, or lie where no share can."""
    for at, plan, submission in document.submissions:
        for indicator in plan.indicators:
            report = submission.indicators.get(indicator.id)
            judged = judge(indicator, submission.year, {submission.year: report}) if report else None
            if judged and judged.invalid:
                path = (*at, "indicators", indicator.id)
                yield Hit(f"{indicator.id}: {judged.reason}", path, key=True, hint="hỏi lại cơ quan báo cáo")


RULE = Rule(
    code="K604",
    slug="value-invalid",
    severity=Severity.ERROR,
    title="Số liệu không dùng được",
    why="""
        Số liệu phải là một con số viết theo cách viết tiếng Việt, đúng đơn vị tính của chỉ tiêu; tỷ lệ phần trăm nằm
        trong khoảng 0 - 100; mục tiêu chia theo đối tượng thì mỗi đối tượng một số. Số liệu sai không được đoán, chỉ
        tiêu bị coi là cần làm rõ.

        Thường là mất dấu phẩy thập phân ("865" thay cho "86,5") hoặc dùng dấu chấm thay dấu phẩy. Hỏi lại cơ quan báo
        cáo rồi sửa.
    """,
    bad="""
        indicators:
          I-ct9: {value: "865"}
        # ^
    """,
    good="""
        indicators:
          I-ct9: {value: "86,5"}
    """,
    check=check,
    kind="progress",
)
