"""K702: paper and margins. Found when a .docx is checked; no YAML can show it."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import Rule

RULE = Rule(
    code="K702",
    slug="page-setup",
    severity=Severity.ERROR,
    title="Khổ giấy hoặc lề trang sai",
    why="""
        Văn bản hành chính dùng khổ A4 (210 × 297 mm); lề trên và lề dưới 20 đến 25 mm, lề trái 30 đến 35 mm, lề phải 15
        đến 20 mm. Trang ngang dành cho bảng rộng: tờ giấy đã xoay nên mỗi lề chỉ cần nằm trong khoảng chung 15 đến 35
        mm.

        Sửa trong Word: Layout, Page Setup. Quy tắc xem văn bản Word nên không có ví dụ YAML.
    """,
    bad="",
    good="",
    kind="docx",
)
