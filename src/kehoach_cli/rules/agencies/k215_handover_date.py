"""K215: a handover that does not fit the days on which the old body ends or the heir exists."""

from collections.abc import Iterator
from datetime import date, timedelta

from kehoach_cli.core.model.agency import Agency, Successor
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.agencies.registry_bodies import bodies
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.viet.dates import format_date

_DAY = timedelta(days=1)


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the successors that take over before the old body ends, after a gap, or on a day on which they do not exist."""
    for path, agency in bodies(document):
        for at, heir in enumerate(agency.successors):
            if heir.since and (
                fault := _against_old(agency, heir.since) or _against_heir(document, agency, heir, heir.since)
            ):
                yield Violation(
                    f"{agency.name}: tiếp nhận từ {format_date(heir.since)}, {fault}",
                    (*path, "successors", at, "from"),
                    hint="đối chiếu văn bản sắp xếp: cơ quan cũ hết ngày valid.to, cơ quan mới nhận từ ngày hôm sau (from)",
                )


def _against_old(agency: Agency, since: date) -> str:
    end = agency.valid_to
    if end is None or _is_reversed(agency):
        return ""
    if since < end:
        return f"khi cơ quan cũ còn hoạt động đến {format_date(end)}"
    if since > end + _DAY:
        first, last = format_date(end + _DAY), format_date(since - _DAY)
        return f"bỏ trống từ {first} đến {last}, không cơ quan nào nhận việc"
    return ""


def _against_heir(document: SourceFile, agency: Agency, heir: Successor, since: date) -> str:
    known = document.directory.get(agency.province, heir.id)
    # What is not confirmed may be right in a way the registry does not know yet; circles are another fault (K213).
    if known is None or not heir.certain or _is_reversed(known) or any(one.id == agency.id for one in known.successors):
        return ""
    if known.valid_from and since < known.valid_from:
        return f"khi {known.name} chưa có (thành lập {format_date(known.valid_from)})"
    if known.valid_to and since > known.valid_to:
        return f"khi {known.name} đã hết hoạt động ({format_date(known.valid_to)})"
    return ""


def _is_reversed(agency: Agency) -> bool:
    return bool(agency.valid_from and agency.valid_to and agency.valid_to < agency.valid_from)


RULE = Rule(
    code="K215",
    slug="handover-date",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    kind="registry",
    title="Ngày tiếp nhận không khớp thời gian tồn tại",
    why="""
        Ngày tiếp nhận (successors.from) là ngày sau ngày cuối của cơ quan cũ (valid.to) và nằm trong thời gian tồn tại của
        cơ quan mới. Lệch ngày thì có lúc hai cơ quan cùng chịu một việc, hoặc không cơ quan nào chịu; lệch hàng chục năm là
        gõ sai.

        Đối chiếu với văn bản sắp xếp rồi sửa. Văn bản cho chuyển giao dần thì giữ nguyên và ghi chú bỏ qua kèm lý do.
    """,
    bad="""
        agencies:
          - {id: ubnd-tinh, name: UBND tỉnh Mẫu, kind: ubnd}
          - {id: so-a, name: Sở Tài nguyên, kind: so}
          - {id: so-b, name: Sở Y tế, kind: so}
          - {id: so-cu, name: Sở Cũ, kind: so, valid: {to: 2025-02-28}, successors: [{id: so-b, from: 2052-03-01}]}
        #                                                                                             ^
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
