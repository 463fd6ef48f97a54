"""K202: a registry names a member, parent or successor that no registry has."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K202",
    slug="registry-reference-unknown",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    kind="registry",
    title="Danh bạ dẫn tới mã cơ quan không có",
    why="""
        Thành viên của nhóm (members), cơ quan cấp trên (parent) và cơ quan kế thừa (successors) phải là mã có trong chính
        danh bạ này hoặc danh bạ trung ương. Mã không có thì nhóm thiếu người, việc của cơ quan cũ không đến được cơ quan mới.

        Sửa mã cho đúng, hoặc thêm cơ quan đó vào danh bạ.
    """,
    bad="""
        groups:
          - {id: nhom-so, name: "Các sở, ban, ngành", members: [so-a, so-bb]}
        #                                                             ^
    """,
    good="""
        groups:
          - {id: nhom-so, name: "Các sở, ban, ngành", members: [so-a, so-b]}
    """,
)
