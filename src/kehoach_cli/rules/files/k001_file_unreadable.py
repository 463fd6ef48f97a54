"""K001: a file that cannot be opened or is not UTF-8."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K001",
    slug="file-unreadable",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Không đọc được tệp",
    why="""
        Tệp không mở được (không có quyền đọc, ổ mạng mất kết nối, tên tệp lại là một thư mục) hoặc không lưu bằng
        bảng mã UTF-8 (bảng mã TCVN3, VNI, Windows-1258, UTF-16). Đoán bảng mã sẽ làm sai chữ của văn bản đã ban hành,
        nên tệp không được dùng.

        Mở tệp bằng trình soạn thảo, chọn lưu lại với bảng mã UTF-8; nếu không mở được thì xin quyền đọc. Lỗi nằm ở
        tệp chứ không ở nội dung nên không có ví dụ.
    """,
    bad="",
    good="",
)
