"""K528: a file that is new, gone or elsewhere since the older version."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K528",
    slug="file-added-or-removed",
    severity=Severity.INFO,
    found_by=FoundBy.LOADER,
    compares=True,
    title="Tệp mới, bị xóa hoặc đổi chỗ",
    why="""
        Quy tắc này chỉ chạy khi có --changed-since. Tệp mới và tệp bị xóa so với bản git đã nêu được nêu bằng một dòng, kèm số
        nhiệm vụ, chỉ tiêu hoặc cơ quan trong đó. Tệp đổi tên được nhận ra theo mã kế hoạch, tỉnh hoặc người báo cáo, và
        nội dung vẫn được so từng dòng.

        Đây là lưu ý, không làm lệnh thất bại. Lỗi nằm ở tệp chứ không ở nội dung nên không có ví dụ.
    """,
    bad="",
    good="",
)
