"""K102: an id of the wrong form."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K102",
    slug="bad-id",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Mã sai dạng",
    why="""
        Mã dùng để nhắc đến nhiệm vụ, chỉ tiêu, mục và cơ quan trong báo cáo, trong lệnh và trong tệp khác, nên phải
        có một dạng. Mã của dòng là số mục viết như văn bản: phần La Mã rồi đến số (III.1.3), phụ lục bắt đầu bằng PL
        (PL2.II.14), gạch đầu dòng không đánh số thêm "-n" (II.2-1). Mã của kế hoạch, tỉnh và cơ quan là chữ thường
        không dấu nối bằng "-" (so-y-te).

        Văn bản đánh số bằng chữ (a, b, c) thì đổi thành -1, -2, -3 theo thứ tự.
    """,
    bad="""
        tasks:
          - id: I.1a
        #       ^
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
    """,
    good="""
        tasks:
          - id: I.1-1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
    """,
)
