"""K216: a body that others took over on a known day, without its own last day."""

from collections.abc import Iterator
from datetime import timedelta

from kehoach_cli.core.model.agency import Agency, Successor
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.agencies.registry_bodies import bodies
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.viet.dates import format_date

_DAY = timedelta(days=1)


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the bodies with a successor since a day, which still count as existing."""
    for path, agency in bodies(document):
        days = [heir.since for heir in agency.successors if heir.since and not _leads_back(document, agency, heir)]
        if days and agency.valid_to is None:
            yield Violation(
                f"{agency.name} có cơ quan kế thừa từ {format_date(min(days))} mà chưa ghi ngày cuối hoạt động",
                (*path, "successors"),
                key=True,
                hint=f"thêm valid: {{to: {min(days) - _DAY}}}; cơ quan vẫn hoạt động thì bỏ successors",
            )


def _leads_back(document: SourceFile, agency: Agency, heir: Successor) -> bool:
    """Return whether a body is its own heir's heir: then the successor is what is wrong (K213)."""
    known = document.directory.get(agency.province, heir.id)
    return known is not None and any(one.id == agency.id for one in known.successors)


RULE = Rule(
    code="K216",
    slug="end-missing",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    kind="registry",
    title="Có cơ quan kế thừa mà không có ngày cuối",
    why="""
        Cơ quan đã có cơ quan khác kế thừa từ một ngày thì hết hoạt động trước ngày đó. Thiếu valid.to thì nó vẫn được coi
        là đang hoạt động: còn bị nhắc, còn được in tên như hiện hành, và nhiệm vụ không báo thiếu cơ quan kế thừa.

        Thêm valid.to là ngày trước ngày tiếp nhận. Chưa biết ngày tiếp nhận thì bỏ from.
    """,
    bad="""
        agencies:
          - {id: ubnd-tinh, name: UBND tỉnh Mẫu, kind: ubnd}
          - {id: so-a, name: Sở Tài nguyên, kind: so}
          - {id: so-b, name: Sở Y tế, kind: so}
          - {id: so-cu, name: Sở Cũ, kind: so, successors: [{id: so-b, from: 2025-03-01}]}
        #                                      ^
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
