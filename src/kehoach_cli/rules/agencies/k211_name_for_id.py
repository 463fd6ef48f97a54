"""K211: the name of a body where its id belongs."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K211",
    slug="name-for-id",
    severity=Severity.INFO,
    found_by=FoundBy.LOADER,
    title="Ghi tên cơ quan ở chỗ của mã",
    why="""
        Danh sách cơ quan (lead, support…) ghi mã của danh bạ. Ghi tên mà danh bạ biết thì kehoach vẫn hiểu, nhưng tên có thể
        đổi và có nhiều cách viết, còn mã thì không đổi.

        Lệnh kehoach lint --fix thay tên bằng mã.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [Sở Y tế]
        #          ^
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-b]
    """,
    fixable=True,
)
