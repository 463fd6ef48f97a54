"""K522: agencies of rows, clauses and rules of reporting that differ from the older version."""

from collections.abc import Iterator

from kehoach_cli.core.model.change import ChangeTopic
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.changes.wording import in_words, of_values


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield what changed."""
    return in_words(document, of_values(ChangeTopic.AGENCY))


RULE = Rule(
    code="K522",
    slug="agency-changed",
    severity=Severity.INFO,
    found_by=FoundBy.RULE,
    compares=True,
    title="Cơ quan được giao đã đổi",
    why="""
        Đổi cơ quan chủ trì, phối hợp, đầu mối, ban hành, gửi hay nhận báo cáo là đổi người phải làm và phải báo cáo.

        Quy tắc này chỉ chạy khi có --changed-since và liệt kê từng cơ quan được thêm, bỏ hoặc thay so với bản git đã nêu.
        Đây là lưu ý, không làm lệnh thất bại.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-b]
        #          ^
            schedule: 2022 - 2025
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
