"""K719: marks of authority. Found when a .docx is checked; no YAML can show it."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import Rule

RULE = Rule(
    code="K719",
    slug="signature-authority",
    severity=Severity.WARNING,
    title="Quyền hạn người ký thiếu hoặc viết sai kiểu",
    why="""
        Cơ quan nhà nước ghi TM., KT., TL., TUQ., Q. (dấu chấm); cơ quan Đảng ghi T/M, K/T, T/L (gạch chéo). Văn bản
        không có chức vụ người ký thì không rõ ai chịu trách nhiệm.

        Sở, ngành do một người đứng đầu nên không dùng TM.; cấp phó ký thay ghi "KT. GIÁM ĐỐC", dòng dưới "PHÓ GIÁM
        ĐỐC".
    """,
    bad="",
    good="",
    kind="docx",
)
