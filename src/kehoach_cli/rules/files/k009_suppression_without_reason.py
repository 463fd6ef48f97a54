"""K009: a suppression without a reason, without a code, or with an unknown code."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K009",
    slug="suppression-without-reason",
    severity=Severity.ERROR,
    found_by=FoundBy.ENGINE,
    title="Ghi chú bỏ qua không nêu lý do",
    why="""
        Ghi chú "# kehoach: ignore[…]" là lời khẳng định rằng đã đối chiếu và dữ liệu đúng như văn bản. Thiếu lý do
        (hay chỉ ghi "ok", "x", ".")
        thì người sau không biết đã đối chiếu hay chỉ để hết báo lỗi; mã không có thì không bỏ qua được gì. Ghi chú
        như vậy không có tác dụng.

        Viết lý do ngay sau dấu ngoặc, ví dụ "văn bản giao như vậy"; kiểm tra lại mã; không cần nữa thì xóa ghi chú.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]  # kehoach: ignore[K209]
        #                 ^
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a, so-b]  # kehoach: ignore[K209] văn bản giao hai sở cùng chủ trì
    """,
)
