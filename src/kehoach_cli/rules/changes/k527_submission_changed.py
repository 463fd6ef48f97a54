"""K527: what a submission says where the older version said something else."""

from collections.abc import Iterator

from kehoach_cli.core.model.change import ChangeTopic
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.changes.wording import in_words, of_values


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield what changed."""
    return in_words(document, of_values(ChangeTopic.SUBMISSION))


RULE = Rule(
    code="K527",
    slug="submission-changed",
    severity=Severity.INFO,
    found_by=FoundBy.RULE,
    compares=True,
    kind="progress",
    title="Báo cáo của đơn vị đã đổi",
    why="""
        Số liệu và trạng thái mà đơn vị đã gửi là bằng chứng của báo cáo tổng hợp: mỗi giá trị sửa lại, thêm vào hay bỏ đi phải
        thấy được.

        Quy tắc này chỉ chạy khi có --changed-since và liệt kê từng thay đổi so với bản git đã nêu. Đây là lưu ý, không
        làm lệnh thất bại.
    """,
    bad="""
        tasks:
          I.1:
            status: paused
        #           ^
            difficulty: Chưa bố trí kinh phí.
    """,
    good="""
        tasks:
          I.1:
            status: in_progress
            difficulty: Chưa bố trí kinh phí.
    """,
    check=check,
)
