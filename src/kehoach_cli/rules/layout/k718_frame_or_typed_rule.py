"""K718: frames and typed rules. Found when a .docx is checked; no YAML can show it."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import Rule

RULE = Rule(
    code="K718",
    slug="frame-or-typed-rule",
    severity=Severity.WARNING,
    title="Khung bảng hoặc đường kẻ gõ bằng ký tự",
    why="""
        Bảng dùng để xếp phần đầu văn bản và phần chữ ký không được có khung. Đường kẻ dưới Tiêu ngữ, tên cơ quan, trích
        yếu là nét vẽ, không phải gạch chân hay chuỗi ký tự "____", vì chuỗi ký tự lệch khi đổi cỡ chữ.

        Đặt viền bảng là None; vẽ đường kẻ bằng viền dưới của một đoạn trống hoặc bằng Shapes, Line.
    """,
    bad="",
    good="",
    kind="docx",
)
