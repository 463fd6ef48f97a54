"""K213: bodies that succeed each other in a circle, or a body that succeeds itself."""

from collections.abc import Iterator
from datetime import date

from kehoach_cli.core.model.agency import Agency
from kehoach_cli.core.model.finding import KeyPath, Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.agencies.registry_bodies import bodies, circles
from kehoach_cli.rules.base import FoundBy, Rule, Violation

_AT_VALUE = False


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield each circle once, at the link that is most likely wrong; the message names the lines of the others."""
    registry = document.registry
    if registry is None:
        return
    paths = {agency.id: path for path, agency in bodies(document)}
    for circle in circles(registry, _heirs):
        links = [_link(paths[old.id], old, heir) for old, heir in zip(circle, (*circle[1:], circle[0]), strict=True)]
        wrong = max(links)
        others = tuple(path for *_, path in links if path != wrong[-1])
        lines = ", ".join(str(document.place(path, _AT_VALUE)[0]) for path in others)
        message = _message(circle) + (f" (xem dòng {lines})" if lines else "")
        yield Violation(message, wrong[-1], hint=_hint(circle), others=others)


def _heirs(agency: Agency) -> tuple[str, ...]:
    return tuple(heir.id for heir in agency.successors)


def _link(path: KeyPath, old: Agency, heir: Agency) -> tuple[bool, date, KeyPath]:
    """Return what tells how likely a link is wrong: its body still exists, the handover is the latest; and its key path."""
    at = _heirs(old).index(heir.id)
    since = old.successors[at].since or date.min
    return old.valid_to is None, since, (*path, "successors", at, "id")


def _message(circle: tuple[Agency, ...]) -> str:
    if len(circle) == 1:
        return f"{circle[0].name} kế thừa chính mình"
    return f"kế thừa đi vòng: {' → '.join(agency.name for agency in (*circle, circle[0]))}"


def _hint(circle: tuple[Agency, ...]) -> str:
    if len(circle) == 1:
        return "ghi mã của cơ quan tiếp nhận; cơ quan đang hoạt động thì bỏ successors"
    return "cơ quan mới không có successors trỏ về cơ quan cũ; bỏ chiều sai"


RULE = Rule(
    code="K213",
    slug="succession-in-a-circle",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    kind="registry",
    title="Kế thừa đi vòng",
    why="""
        Việc của cơ quan cũ chuyển một chiều đến cơ quan mới. Cơ quan kế thừa chính mình, hoặc A sang B rồi B lại sang A,
        thì không biết hôm nay ai phải báo cáo, và tra cứu mất các nhiệm vụ tiếp nhận.

        Bỏ chiều sai. Tên cũ được dùng lại cho cơ quan mới thì lập hai mục có mã khác nhau, phân biệt bằng valid.
    """,
    bad="""
        agencies:
          - {id: ubnd-tinh, name: UBND tỉnh Mẫu, kind: ubnd}
          - {id: so-a, name: Sở Tài nguyên, kind: so}
          - {id: so-b, name: Sở Y tế, kind: so}
          - {id: so-cu, name: Sở Cũ, kind: so, valid: {to: 2025-02-28}, successors: [{id: so-cu, from: 2025-03-01}]}
        #                                                                                 ^
    """,
    good="""
        agencies:
          - {id: ubnd-tinh, name: UBND tỉnh Mẫu, kind: ubnd}
          - {id: so-a, name: Sở Tài nguyên, kind: so}
          - {id: so-b, name: Sở Y tế, kind: so}
          - {id: so-cu, name: Sở Cũ, kind: so, valid: {to: 2025-02-28}, successors: [{id: so-b, from: 2025-03-01}]}
    """,
    check=check,
)
