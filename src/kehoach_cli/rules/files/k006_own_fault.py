"""K006: a fault of the program itself."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K006",
    slug="own-fault",
    severity=Severity.ERROR,
    found_by=FoundBy.ENGINE,
    title="Lỗi nội bộ của kehoach",
    why="""
        Chương trình gặp lỗi của chính mình khi đọc tệp này. Tệp chưa được dùng, các tệp khác vẫn được phục vụ; tệp
        của bạn có thể không sai gì.

        Hãy gửi cho nhóm phát triển tệp này cùng dòng thông báo, trong đó có tên của lỗi. Không có ví dụ, vì lỗi nào
        đã biết thì đã được sửa.
    """,
    bad="",
    good="",
)
