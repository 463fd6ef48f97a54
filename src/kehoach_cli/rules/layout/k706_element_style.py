"""K706: size and weight of elements. Found when a .docx is checked; no YAML can show it."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import Rule

RULE = Rule(
    code="K706",
    slug="element-style",
    severity=Severity.ERROR,
    title="Thành phần thể thức sai cỡ chữ hoặc kiểu chữ",
    why="""
        Mỗi thành phần thể thức có cỡ chữ và kiểu chữ riêng: Quốc hiệu cỡ 12 đến 13 đứng, đậm; địa danh và thời gian cỡ
        13 đến 14 nghiêng; Nơi nhận cỡ 12 nghiêng, đậm; danh sách nơi nhận cỡ 11 đứng… Văn bản của Đảng có bộ cỡ chữ
        khác.

        Lời báo nêu thành phần, chữ đang có và chữ phải có. Kiểu chữ được tính từ định dạng trực tiếp lẫn kiểu (style)
        của đoạn.
    """,
    bad="",
    good="",
    kind="docx",
)
