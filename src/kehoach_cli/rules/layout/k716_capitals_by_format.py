"""K716: capitals made by formatting. Found when a .docx is checked; no YAML can show it."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import Rule

RULE = Rule(
    code="K716",
    slug="capitals-by-format",
    severity=Severity.WARNING,
    title="Chữ hoa do định dạng, không phải chữ gõ",
    why="""
        Định dạng "All caps" chỉ làm chữ trông như in hoa: khi sao chép, tìm kiếm hoặc chuyển sang hệ thống khác, chữ
        trở lại in thường.

        Bỏ định dạng All caps rồi gõ chữ hoa (trong Word: Shift+F3).
    """,
    bad="",
    good="",
    kind="docx",
)
