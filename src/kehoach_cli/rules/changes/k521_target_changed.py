"""K521: targets and what decides how they are judged, where they differ from the older version."""

from collections.abc import Iterator

from kehoach_cli.core.model.change import ChangeTopic
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.changes.wording import in_words, of_values


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield what changed."""
    return in_words(document, of_values(ChangeTopic.TARGET))


RULE = Rule(
    code="K521",
    slug="target-changed",
    severity=Severity.INFO,
    found_by=FoundBy.RULE,
    compares=True,
    title="Mục tiêu của chỉ tiêu đã đổi",
    why="""
        Mục tiêu, đơn vị tính, mức ban đầu và chiều tốt lên quyết định chỉ tiêu đạt hay không đạt. Một chữ số gõ nhầm ở đây
        đổi kết luận của báo cáo mà không lỗi nào khác chỉ ra.

        Quy tắc này chỉ chạy khi có --changed-since và liệt kê từng giá trị khác với bản git đã nêu, để người duyệt đối
        chiếu với văn bản. Đây là lưu ý, không làm lệnh thất bại.
    """,
    bad="""
        indicators:
          - id: I-ct9
            name: Tỷ lệ hộ được dùng nước sạch
            unit: "%"
            lead: [so-a]
            direction: increase
            targets:
              2025: "59"
        #           ^
    """,
    good="""
        indicators:
          - id: I-ct9
            name: Tỷ lệ hộ được dùng nước sạch
            unit: "%"
            lead: [so-a]
            direction: increase
            targets:
              2025: "95"
    """,
    check=check,
)
