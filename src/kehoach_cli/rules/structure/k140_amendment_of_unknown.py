"""K140: an amendment of a plan or a row that is not there."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K140",
    slug="amendment-of-unknown",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Sửa đổi một chỗ không có",
    why="""
        Văn bản sửa đổi nêu một kế hoạch hay một mã không có thì không biết sửa ở đâu, nên thay đổi đó chưa được áp dụng.

        Sửa lại mã; dòng mới thì dùng op: add kèm row. Văn bản sửa một văn bản sửa đổi cũng ghi amends là mã kế hoạch.
    """,
    bad="",
    good="",
    kind="amendment",
)
