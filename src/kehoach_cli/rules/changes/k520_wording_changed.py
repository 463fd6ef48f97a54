"""K520: official wording that differs from the older version."""

from collections.abc import Iterator

from kehoach_cli.core.model.change import ChangeTopic
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.changes.wording import in_words, of_values


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield what changed."""
    return in_words(document, of_values(ChangeTopic.WORDING))


RULE = Rule(
    code="K520",
    slug="wording-changed",
    severity=Severity.INFO,
    found_by=FoundBy.RULE,
    compares=True,
    title="Nguyên văn đã đổi",
    why="""
        Nguyên văn là lời của văn bản đã ban hành: chỉ được chép, không được sửa, nên mỗi chữ đổi đi phải có người đối chiếu
        lại với văn bản. Quy tắc này chỉ chạy khi có --changed-since: mỗi đoạn nguyên văn, ô in, tiêu đề, căn cứ, nơi nhận
        khác với bản git đã nêu được liệt kê một lần, chỉ nêu những chữ đã đổi. So sánh theo nội dung đã hiểu: ngắt dòng lại,
        đổi dấu nháy, ghi chú hay thứ tự khóa không tính.

        Đây là lưu ý, không làm lệnh thất bại. Thay đổi đúng thì để nguyên; muốn ghi lại lý do thì dùng ghi chú bỏ qua.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải của các cơ sở được miễn giấy phép môi trường.
        #         ^
            lead: [so-a]
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải của các cơ sở không được miễn giấy phép môi trường.
            lead: [so-a]
    """,
    check=check,
)
