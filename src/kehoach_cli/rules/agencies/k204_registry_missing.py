"""K204: the registry of the plan's province is missing."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K204",
    slug="registry-missing",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Thiếu danh bạ cơ quan của tỉnh",
    why="""
        Mã cơ quan trong kế hoạch chỉ có nghĩa khi có danh bạ của tỉnh đó (plans/agencies/<tỉnh>.yaml). Không có danh bạ, hoặc
        danh bạ có lỗi không đọc được, thì không kiểm tra và không tra cứu được cơ quan nào.

        Sửa khóa province cho đúng mã tỉnh, sửa lỗi trong danh bạ, hoặc thêm danh bạ còn thiếu.
    """,
    bad="""
        province: mau-moi
        #         ^
    """,
    good="""
        province: mau
    """,
)
