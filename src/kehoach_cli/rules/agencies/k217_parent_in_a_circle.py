"""K217: bodies that stand above each other in a circle, and groups that contain each other."""

from collections import Counter
from collections.abc import Iterator

from kehoach_cli.core.model.agency import Agency
from kehoach_cli.core.model.finding import KeyPath, Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.agencies.registry_bodies import bodies, circles
from kehoach_cli.rules.base import FoundBy, Rule, Violation

_AT_VALUE = False


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield each circle of parents, and of groups as members of groups, once."""
    registry = document.registry
    if registry is None:
        return
    paths = {agency.id: path for path, agency in bodies(document)}
    named = Counter(found for agency in registry.agencies.values() for found in (*_parent(agency), *agency.members))
    for circle in circles(registry, _parent):
        # The body that most others stand below is the highest: its own parent is the odd one.
        top = max(circle, key=lambda agency: named[agency.id])
        yield _violation(document, circle, {one.id: (*paths[one.id], "parent") for one in circle}, top, "cấp trên")
    for circle in circles(registry, _members):
        links: dict[str, KeyPath] = {
            group.id: (*paths[group.id], "members", group.members.index(member.id))
            for group, member in zip(circle, (*circle[1:], circle[0]), strict=True)
        }
        inner = max(circle, key=lambda group: named[group.id])
        yield _violation(document, circle, links, inner, "thành viên")


def _violation(
    document: SourceFile, circle: tuple[Agency, ...], links: dict[str, KeyPath], wrong: Agency, what: str
) -> Violation:
    path = links[wrong.id]
    if len(circle) == 1:
        return Violation(f"{wrong.name} ghi chính mình là {what}", path, hint="ghi cơ quan khác hoặc bỏ mã này")
    others = tuple(link for link in links.values() if link != path)
    lines = ", ".join(str(document.place(link, _AT_VALUE)[0]) for link in others)
    names = " → ".join(agency.name for agency in (*circle, circle[0]))
    return Violation(f"{what} đi vòng: {names} (xem dòng {lines})", path, hint="bỏ chiều sai", others=others)


def _parent(agency: Agency) -> tuple[str, ...]:
    return (agency.parent,) if agency.parent else ()


def _members(agency: Agency) -> tuple[str, ...]:
    return agency.members


RULE = Rule(
    code="K217",
    slug="parent-in-a-circle",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    kind="registry",
    title="Cấp trên hoặc thành viên nhóm đi vòng",
    why="""
        Cơ quan cấp trên (parent) và thành viên nhóm (members) chỉ đi một chiều. A dưới B mà B lại dưới A, hay nhóm chứa
        chính mình, thì không có cơ quan cao nhất, và danh sách thành viên không bao giờ hết.

        Bỏ chiều sai.
    """,
    bad="""
        agencies:
          - {id: ubnd-tinh, name: UBND tỉnh Mẫu, kind: ubnd, parent: so-a}
        #                                                            ^
          - {id: so-a, name: Sở Tài nguyên, kind: so, parent: ubnd-tinh}
          - {id: so-b, name: Sở Y tế, kind: so, parent: ubnd-tinh}
    """,
    good="""
        agencies:
          - {id: ubnd-tinh, name: UBND tỉnh Mẫu, kind: ubnd}
          - {id: so-a, name: Sở Tài nguyên, kind: so, parent: ubnd-tinh}
          - {id: so-b, name: Sở Y tế, kind: so, parent: ubnd-tinh}
    """,
    check=check,
)
