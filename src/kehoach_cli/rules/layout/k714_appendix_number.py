"""K714: numbers of appendices. Found when a .docx is checked; no YAML can show it."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import Rule

RULE = Rule(
    code="K714",
    slug="appendix-number",
    severity=Severity.ERROR,
    title="Phụ lục đánh số sai",
    why="""
        Từ hai phụ lục trở lên thì đánh số bằng số La Mã theo thứ tự: "Phụ lục I", "Phụ lục II". Chữ "Phụ lục" viết in
        thường, đậm, trên một dòng riêng; tên phụ lục ở dòng dưới mới viết in hoa.

        Đổi "PHỤ LỤC 2" thành "Phụ lục II". Chỉ có một phụ lục thì không cần số.
    """,
    bad="",
    good="",
    kind="docx",
)
