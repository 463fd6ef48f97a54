"""K601: a submission on an unknown plan."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K601",
    slug="unknown-plan",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Báo cáo về kế hoạch không có",
    why="""
        Báo cáo chỉ có nghĩa khi biết thuộc kế hoạch nào. Mã kế hoạch không có trong thư mục plans (hoặc tệp kế hoạch
        đó đang có lỗi) thì cả báo cáo chưa được dùng, và cơ quan gửi bị coi là chưa báo cáo.

        Viết đúng mã ở khóa "id" của tệp kế hoạch; thông báo liệt kê các mã đang có.
    """,
    bad="""
        plan: kh-mua
        #     ^
    """,
    good="""
        plan: kh-mau
    """,
    kind="progress",
)
