"""K711: how the text ends. Found when a .docx is checked; no YAML can show it."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import Rule

RULE = Rule(
    code="K711",
    slug="text-ending",
    severity=Severity.WARNING,
    title="Nội dung thiếu dấu ./. ở cuối",
    why="""
        Các mẫu văn bản kèm Nghị định 30/2020/NĐ-CP đều kết thúc nội dung bằng "./." liền sau chữ cuối. Với văn bản của
        Đảng, các bản hướng dẫn đã xem ghi dấu chấm, còn văn bản đã ban hành dùng "./.", nên cả hai đều được chấp nhận.

        Thêm "./." vào cuối đoạn cuối cùng trước Nơi nhận và chữ ký, không có dấu cách phía trước.
    """,
    bad="",
    good="",
    kind="docx",
)
