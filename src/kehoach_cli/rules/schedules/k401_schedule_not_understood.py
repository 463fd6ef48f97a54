"""K401: a schedule that cannot be read."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K401",
    slug="schedule-not-understood",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Thời gian thực hiện không hiểu được",
    why="""
        Thời hạn được tính từ chuỗi thời gian: "2022 - 2025" là hết ngày 31/12/2025, "Thường xuyên, hằng năm" không có thời hạn.
        Chuỗi không đọc được thì nhiệm vụ không bao giờ bị coi là quá hạn, kể cả khi đã quá.

        Sửa chỗ gõ sai cho đúng văn bản. Thiếu năm thì thêm năm, hoặc ghi thời gian một năm ở tiêu đề mục, khi đó các dòng bên
        dưới theo năm ấy. Nếu văn bản in sai hoặc viết cách khác thì viết lại cho đọc được, giữ chuỗi đã in ở as_issued.schedule
        và nói rõ ở errata. Nhiều mốc thì ghi từng mốc ở milestones; việc phải chờ một điều kiện thì ghi ở conditions. Các cách
        viết hiểu được: trang cach-ghi.md.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            schedule: 2023 - 20266
        #             ^
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            schedule: 2023 - 2026
    """,
)
