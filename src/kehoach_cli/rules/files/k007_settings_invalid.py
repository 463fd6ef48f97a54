"""K007: `kehoach.toml` cannot be read or holds a wrong value."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K007",
    slug="settings-invalid",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Cài đặt sai trong kehoach.toml",
    why="""
        Cài đặt sai không được đoán: giá trị sai bị bỏ qua và mặc định được dùng thay, nên kết quả có thể khác điều
        bạn muốn, ví dụ "trước ngày 15/12" được tính đến hết ngày 14/12 hay 15/12. Tỉnh và kế hoạch nêu trong cài đặt phải
        có trong thư mục làm việc; ký tự ẩn và dấu xung đột của git không được có ở dòng nào.

        Sửa giá trị theo lời báo: strict_before là true hoặc false (không có dấu nháy), province là mã tỉnh như
        "thanh-hoa", phần [lint] gồm danh sách mã và mức của từng mã; hoặc xóa dòng đó để dùng mặc định. Tệp này viết
        theo TOML, không phải YAML, nên không có ví dụ ở đây.
    """,
    bad="",
    good="",
)
