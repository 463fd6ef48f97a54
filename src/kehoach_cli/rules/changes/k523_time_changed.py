"""K523: schedules, dates and periods that differ from the older version."""

from collections.abc import Iterator

from kehoach_cli.core.model.change import ChangeTopic
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.changes.wording import in_words, of_values


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield what changed."""
    return in_words(document, of_values(ChangeTopic.TIME))


RULE = Rule(
    code="K523",
    slug="time-changed",
    severity=Severity.INFO,
    found_by=FoundBy.RULE,
    compares=True,
    title="Thời gian hoặc ngày đã đổi",
    why="""
        Thời gian thực hiện, thời hạn báo cáo, ngày của văn bản và thời kỳ của kế hoạch quyết định việc nào quá hạn.

        Quy tắc này chỉ chạy khi có --changed-since và liệt kê từng thời gian, ngày, năm khác với bản git đã nêu; thời gian
        ghi ở tiêu đề mục được nêu một lần ở tiêu đề. Đây là lưu ý, không làm lệnh thất bại.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            schedule: 2022 - 2026
        #             ^
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            schedule: 2022 - 2025
    """,
    check=check,
)
