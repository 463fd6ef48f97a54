"""K404: a schedule that ends before it starts."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K404",
    slug="schedule-reversed",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Thời gian thực hiện viết ngược",
    why="""
        Thời gian kết thúc trước khi bắt đầu ("2030 - 2022") thì không tính được thời hạn. Không tự đảo lại, vì có thể một trong
        hai năm gõ sai chứ không phải viết ngược.

        Đối chiếu với văn bản và sửa năm. Nếu chính văn bản in như vậy thì viết lại cho đúng, giữ chuỗi đã in trong as_issued và
        nói rõ ở errata.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            schedule: 2030 - 2022
        #             ^
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            schedule: 2022 - 2030
    """,
)
