"""K105: an id that is used twice."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K105",
    slug="duplicate-id",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Mã dùng hai lần",
    why="""
        Mã trùng thì báo cáo gửi về không biết thuộc dòng nào. Nhiệm vụ và chỉ tiêu của một kế hoạch dùng chung một
        dãy mã, các mục có dãy riêng; mã của kế hoạch, của cơ quan và của danh bạ cũng không được trùng.

        Đánh lại mã cho dòng thứ hai. Nếu chính văn bản in trùng số (hai mục "IV") thì đánh số kế tiếp và ghi số đã in
        vào "printed" của mục, hoặc vào "errata".
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
          - id: I.1
        #       ^
            kind: task
            text: Kiểm tra việc xử lý khí thải.
            lead: [so-a]
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
          - id: I.2
            kind: task
            text: Kiểm tra việc xử lý khí thải.
            lead: [so-a]
    """,
)
