"""K709: tên loại. Found when a .docx is checked; no YAML can show it."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import Rule

RULE = Rule(
    code="K709",
    slug="document-kind",
    severity=Severity.ERROR,
    title="Thiếu tên loại văn bản hoặc không viết in hoa",
    why="""
        Trừ công văn, văn bản nào cũng có tên loại (BÁO CÁO, KẾ HOẠCH, TỜ TRÌNH…) viết in hoa, đậm, canh giữa trên một
        dòng riêng. Công văn thay bằng dòng "V/v …" dưới số, ký hiệu.

        Gõ tên loại bằng chữ hoa trên một dòng riêng, ngay dưới phần đầu văn bản.
    """,
    bad="",
    good="",
    kind="docx",
)
