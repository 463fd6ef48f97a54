"""K010: a suppression that suppresses nothing."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K010",
    slug="suppression-unused",
    severity=Severity.WARNING,
    found_by=FoundBy.ENGINE,
    title="Ghi chú bỏ qua không còn cần",
    why="""
        Không còn phát hiện nào ở chỗ này cho mã được bỏ qua. Để lại ghi chú thì sau này lỗi thật cùng mã ở đây sẽ bị
        che mất.

        Xóa ghi chú, hoặc xóa riêng mã không còn cần. Nếu ghi chú đặt nhầm dòng thì chuyển đến cuối dòng có phát hiện,
        hoặc dòng ngay trên nó.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]  # kehoach: ignore[K209] văn bản giao hai sở cùng chủ trì
        #                 ^
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
    """,
)
