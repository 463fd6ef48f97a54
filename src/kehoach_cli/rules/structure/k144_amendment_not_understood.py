"""K144: a change that cannot be applied."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K144",
    slug="amendment-not-understood",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Thay đổi không áp dụng được",
    why="""
        Thiếu khóa mà việc sửa cần, ô không có, nội dung mới không hiểu được (thời gian, mục tiêu, cơ quan) hoặc giống nội dung
        cũ: thay đổi đó chưa được áp dụng.

        Sửa theo thông báo.
    """,
    bad="",
    good="",
    kind="amendment",
)
