"""K703: the font. Found when a .docx is checked; no YAML can show it."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import Rule

RULE = Rule(
    code="K703",
    slug="font-family",
    severity=Severity.ERROR,
    title="Phông chữ không phải Times New Roman",
    why="""
        Thể thức văn bản yêu cầu một phông chữ Times New Roman, bộ mã Unicode. Phông khác thường lọt vào khi dán từ nơi
        khác, hoặc là phông bảng mã cũ (.VnTime, VNI-Times) mà máy khác đọc không ra chữ.

        Chọn toàn văn bản rồi đặt lại phông; chữ gõ bằng bảng mã cũ phải chuyển mã trước. Mỗi phông lạ được báo một lần,
        ở chỗ đầu tiên.
    """,
    bad="",
    good="",
    kind="docx",
)
