"""K602: a submission from an agency that no registry has."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K602",
    slug="unknown-reporter",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Cơ quan gửi báo cáo không có trong danh bạ",
    why="""
        Không biết báo cáo của ai thì không ghi nhận được cho cơ quan nào, nên cả báo cáo chưa được dùng.

        Viết mã hoặc tên của cơ quan như trong danh bạ của tỉnh; tên cũ, tên mới và tên viết tắt đều được. Cơ quan
        chưa có thì thêm vào danh bạ trước.
    """,
    bad="""
        agency: Sở Nội chính
        #       ^
    """,
    good="""
        agency: Sở Tài nguyên
    """,
    kind="progress",
)
