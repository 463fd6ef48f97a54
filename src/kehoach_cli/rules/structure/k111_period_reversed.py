"""K111: a plan whose period ends before it begins."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K111",
    slug="period-reversed",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Thời kỳ của kế hoạch viết ngược",
    why="""
        Thời kỳ quyết định năm nào kế hoạch có hiệu lực và phải báo cáo. Năm cuối đứng trước năm đầu thì không năm nào
        thuộc kế hoạch, nên tệp chưa được dùng.

        Đối chiếu với tiêu đề văn bản và đổi lại hai năm; kế hoạch không ghi năm kết thúc thì viết to: null.
    """,
    bad="""
        period: {from: 2030, to: 2022}
        #       ^
    """,
    good="""
        period: {from: 2022, to: 2030}
    """,
)
