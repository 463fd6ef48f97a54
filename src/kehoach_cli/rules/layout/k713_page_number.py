"""K713: page numbers. Found when a .docx is checked; no YAML can show it."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import Rule

RULE = Rule(
    code="K713",
    slug="page-number",
    severity=Severity.ERROR,
    title="Số trang thiếu, sai chỗ hoặc hiện ở trang đầu",
    why="""
        Số trang đánh bằng chữ số Ả Rập, đặt giữa lề trên, không hiển thị ở trang thứ nhất. Phụ lục được đánh số trang
        riêng, bắt đầu lại từ 1.

        Trong Word: chèn số trang vào đầu trang, canh giữa, chọn "Different First Page"; với phụ lục, ngắt phần
        (section) rồi đặt "Start at 1".
    """,
    bad="",
    good="",
    kind="docx",
)
