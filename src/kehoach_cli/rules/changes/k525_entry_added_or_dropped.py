"""K525: rows and other entries that are new or gone since the older version."""

from collections.abc import Iterator

from kehoach_cli.core.model.change import Change, ChangeKind, ChangeTopic
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.changes.wording import in_words

_WHOLE = frozenset({ChangeKind.ADDED, ChangeKind.DROPPED})


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the entries that are new or gone."""
    return in_words(document, _is_wanted)


def _is_wanted(change: Change) -> bool:
    return change.topic is ChangeTopic.ENTRY and change.kind in _WHOLE


RULE = Rule(
    code="K525",
    slug="entry-added-or-dropped",
    severity=Severity.INFO,
    found_by=FoundBy.RULE,
    compares=True,
    title="Dòng được thêm hoặc bị bỏ",
    why="""
        Một nhiệm vụ, chỉ tiêu, mục, căn cứ hay điều kiện bị xóa thì biến mất khỏi mọi bảng và báo cáo mà không để lại dấu vết
        trong tệp.

        Quy tắc này chỉ chạy khi có --changed-since. Dòng mới được nêu ở chỗ của nó; dòng bị bỏ được nêu ở khóa chứa nó
        (như tasks) kèm những chữ đầu. Đây là lưu ý, không làm lệnh thất bại.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            cost:
        #   ^
              - {amount: 2 tỷ đồng, source: ngân sách tỉnh}
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            cost:
              - {amount: 2 tỷ đồng, source: ngân sách tỉnh}
              - {amount: 500 triệu đồng, source: xã hội hóa}
    """,
    check=check,
)
