"""K003: a key written twice in one mapping."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K003",
    slug="duplicate-key",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Khóa lặp lại",
    why="""
        Trong một nhóm, mỗi khóa chỉ được viết một lần. Khi một khóa có hai giá trị thì không biết giá trị nào đúng,
        mỗi chương trình đọc một kiểu, và cơ quan ghi ở dòng bị bỏ sẽ mất nhiệm vụ mà không ai biết.

        Xóa một trong hai dòng; nếu cần cả hai giá trị (nhiều cơ quan, nhiều sản phẩm) thì gộp vào một danh sách.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            support: [so-b]
            support: [ubnd-tinh]
        #   ^
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            support: [so-b, ubnd-tinh]
    """,
)
