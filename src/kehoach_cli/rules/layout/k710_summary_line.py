"""K710: trích yếu. Found when a .docx is checked; no YAML can show it."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import Rule

RULE = Rule(
    code="K710",
    slug="summary-line",
    severity=Severity.ERROR,
    title="Trích yếu thiếu hoặc sai cách viết hoa",
    why="""
        Dưới tên loại là trích yếu nội dung, viết chữ thường, đậm. Văn bản của cơ quan nhà nước viết hoa chữ đầu; văn
        bản của Đảng bắt đầu bằng chữ thường. Viết toàn bộ bằng chữ in hoa là sai.

        Ví dụ đúng: "Kết quả thực hiện Kế hoạch số 176/KH-UBND năm 2025" (nhà nước), "kết quả thực hiện Kết luận số
        81-KL/TW" (Đảng).
    """,
    bad="",
    good="",
    kind="docx",
)
