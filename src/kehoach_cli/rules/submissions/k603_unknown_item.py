"""K603: an entry for a task or indicator that the plan does not have."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K603",
    slug="unknown-item",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Báo cáo về mục mà kế hoạch không có",
    why="""
        Số liệu ghi ở một mã không có trong kế hoạch sẽ không được tính cho nhiệm vụ, chỉ tiêu nào; các mục khác của
        báo cáo vẫn được dùng. Thường là gõ sai mã, hoặc ghi nhiệm vụ vào phần chỉ tiêu (indicators) và ngược lại.

        Tra mã trong tệp kế hoạch hoặc bằng lệnh tasks, indicators rồi sửa lại. Việc ngoài kế hoạch thì ghi vào phần
        lời (narrative).
    """,
    bad="""
        tasks:
          I.9: {status: in_progress}
        # ^
    """,
    good="""
        tasks:
          I.1: {status: in_progress}
    """,
    kind="progress",
)
