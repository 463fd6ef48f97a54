"""K141: an amendment whose old words are not those in force."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K141",
    slug="amendment-differs",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Nội dung cũ không khớp",
    why="""
        Nội dung ghi ở from phải đúng từng chữ nội dung đang có hiệu lực ngay trước ngày sửa đổi (gồm cả các lần sửa trước), nếu
        không thì có thể đang sửa nhầm chỗ; thay đổi đó chưa được áp dụng.

        Cách gõ dấu gạch, dấu nháy không tính. Khi tệp kế hoạch đã ghi sẵn nội dung mới, thông báo nói dòng nào: tệp kế hoạch giữ
        nguyên văn lúc ban hành, nội dung mới chỉ ở tệp sửa đổi.

        Chép lại from từ nội dung đang có hiệu lực (kehoach show <mã> --as-of <ngày trước>).
    """,
    bad="",
    good="",
    kind="amendment",
)
