"""K403: a value that is no year."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K403",
    slug="bad-year",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Năm không hợp lệ",
    why="""
        Năm cho biết kế hoạch có hiệu lực khi nào và báo cáo thuộc kỳ nào, nên phải viết đủ bốn chữ số: "22" có thể là năm 1922
        hay 2022, "20225" là gõ thừa.

        Sửa lại theo văn bản.
    """,
    bad="""
        period: {from: 22, to: 2030}
        #              ^
    """,
    good="""
        period: {from: 2022, to: 2030}
    """,
)
