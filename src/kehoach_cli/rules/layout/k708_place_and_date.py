"""K708: place and date. Found when a .docx is checked; no YAML can show it."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import Rule

RULE = Rule(
    code="K708",
    slug="place-and-date",
    severity=Severity.ERROR,
    title="Địa danh, ngày tháng năm sai cách viết",
    why="""
        Viết "Thanh Hóa, ngày 08 tháng 5 năm 2025": địa danh, dấu phẩy, rồi ngày. Ngày nhỏ hơn 10 thêm số 0; tháng chỉ
        thêm số 0 với tháng 1 và tháng 2. Ngày không có trong lịch cũng được báo.

        Bản chưa ký được để trống ngày, tháng, năm. Địa danh thì không được để trống.
    """,
    bad="",
    good="",
    kind="docx",
)
