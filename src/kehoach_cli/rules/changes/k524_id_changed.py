"""K524: ids, numbers, kinds and places of rows that differ from the older version."""

from collections.abc import Iterator

from kehoach_cli.core.model.change import Change, ChangeKind, ChangeTopic
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.changes.wording import in_words

_MOVED = frozenset({ChangeKind.MOVED, ChangeKind.RENUMBERED})


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield what changed in ids, numbers, kinds and places."""
    return in_words(document, _is_wanted)


def _is_wanted(change: Change) -> bool:
    # Of a row that was renumbered, the new id says already that it stands elsewhere.
    if change.renumbered:
        return False
    return change.topic is ChangeTopic.IDENTITY or (change.topic is ChangeTopic.ENTRY and change.kind in _MOVED)


RULE = Rule(
    code="K524",
    slug="id-changed",
    severity=Severity.INFO,
    found_by=FoundBy.RULE,
    compares=True,
    title="Mã, số, loại hoặc chỗ đứng đã đổi",
    why="""
        Mã của dòng không được đổi sau khi đã dùng: báo cáo tiến độ trả lời theo mã, nên đổi mã là mất báo cáo cũ hoặc gán nhầm
        cho dòng khác. Số, ký hiệu của văn bản và căn cứ, loại nhiệm vụ, mục và thứ tự của dòng cũng là phần của văn bản.

        Quy tắc này chỉ chạy khi có --changed-since. Dòng đổi mã hoặc chuyển chỗ được nhận ra là chính dòng đó, không nêu
        thành bỏ một dòng và thêm một dòng. Đây là lưu ý, không làm lệnh thất bại.
    """,
    bad="""
        tasks:
          - id: I.2
        #       ^
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
    """,
    check=check,
)
