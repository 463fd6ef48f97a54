"""K701: a .docx that cannot be opened; `office` says why."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K701",
    slug="docx-unreadable",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Không đọc được tệp Word",
    why="""
        Tệp không phải .docx (tệp .doc kiểu cũ, tệp khác được đổi đuôi), bị hỏng, bị cắt ngắn, có mật khẩu, hoặc giải
        nén ra lớn bất thường như một tệp độc hại. Tệp như vậy không được mở tiếp.

        Mở tệp bằng Word rồi lưu lại thành .docx, không đặt mật khẩu. Lỗi nằm ở tệp chứ không ở nội dung YAML nên không
        có ví dụ.
    """,
    bad="",
    good="",
    kind="docx",
)
