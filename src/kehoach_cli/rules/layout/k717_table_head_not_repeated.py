"""K717: tables whose head is not repeated. Found when a .docx is checked; no YAML can show it."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import Rule

RULE = Rule(
    code="K717",
    slug="table-head-not-repeated",
    severity=Severity.WARNING,
    title="Bảng dài không lặp lại hàng đầu",
    why="""
        Bảng kéo dài nhiều trang mà hàng đầu không lặp lại thì từ trang thứ hai người đọc không biết cột nào là gì. Đây
        là cách trình bày nên theo, Nghị định không quy định.

        Chọn hàng đầu của bảng, vào Table Properties, Row, bật "Repeat as header row". Bảng dưới 12 hàng không bị nhắc.
    """,
    bad="",
    good="",
    kind="docx",
)
