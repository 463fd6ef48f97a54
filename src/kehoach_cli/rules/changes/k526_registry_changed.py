"""K526: names, heirs, dates and members in a registry that differ from the older version."""

from collections.abc import Iterator

from kehoach_cli.core.model.change import ChangeTopic
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.changes.wording import in_words, of_values


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield what changed."""
    return in_words(document, of_values(ChangeTopic.REGISTRY))


RULE = Rule(
    code="K526",
    slug="registry-changed",
    severity=Severity.INFO,
    found_by=FoundBy.RULE,
    compares=True,
    kind="registry",
    title="Danh bạ đã đổi",
    why="""
        Tên, tên khác, cơ quan kế thừa, ngày hoạt động và thành viên của nhóm quyết định mọi ô cơ quan của mọi kế hoạch được
        đọc ra sao. Bớt một thành viên của nhóm là bớt việc của cơ quan đó ở mọi dòng giao cho nhóm.

        Quy tắc này chỉ chạy khi có --changed-since và liệt kê từng thay đổi so với bản git đã nêu. Đây là lưu ý, không
        làm lệnh thất bại.
    """,
    bad="""
        groups:
          - id: nhom-so
            name: Các sở, ban, ngành
            members: [so-a]
        #   ^
          - {id: nhom-lien-quan, name: các đơn vị liên quan, open: true}
    """,
    good="""
        groups:
          - id: nhom-so
            name: Các sở, ban, ngành
            members: [so-a, so-b]
          - {id: nhom-lien-quan, name: các đơn vị liên quan, open: true}
    """,
    check=check,
)
