"""K143: an amendment before its plan, or in force before it was issued."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K143",
    slug="amendment-dates",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Ngày của văn bản sửa đổi không hợp lý",
    why="""
        Văn bản sửa đổi không thể ban hành trước kế hoạch, cũng không có hiệu lực trước ngày ban hành; cả tệp chưa được áp dụng.

        Kiểm tra ngày ban hành và ngày có hiệu lực.
    """,
    bad="",
    good="",
    kind="amendment",
)
