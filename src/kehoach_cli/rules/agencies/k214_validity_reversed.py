"""K214: a body that ends before it begins."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.agencies.registry_bodies import bodies
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.viet.dates import format_date


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the bodies whose last day lies before their first."""
    for path, agency in bodies(document):
        if agency.valid_from and agency.valid_to and agency.valid_to < agency.valid_from:
            yield Violation(
                f"{agency.name}: ngày cuối {format_date(agency.valid_to)} trước ngày đầu {format_date(agency.valid_from)}",
                (*path, "valid", "to"),
                hint="from là ngày thành lập, to là ngày cuối còn hoạt động; sửa ngày gõ sai",
            )


RULE = Rule(
    code="K214",
    slug="validity-reversed",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    kind="registry",
    title="Thời gian tồn tại viết ngược",
    why="""
        Khóa valid cho biết cơ quan hoạt động từ ngày nào đến ngày nào. Ngày cuối đứng trước ngày đầu thì không ngày nào cơ
        quan tồn tại; tên trong báo cáo và người phải báo cáo đều sai.

        Đổi lại hai ngày hoặc sửa năm gõ sai; bỏ to nếu cơ quan vẫn hoạt động.
    """,
    bad="""
        agencies:
          - {id: ubnd-tinh, name: UBND tỉnh Mẫu, kind: ubnd}
          - {id: so-a, name: Sở Tài nguyên, kind: so}
          - {id: so-b, name: Sở Y tế, kind: so, valid: {from: 2025-03-01, to: 2015-02-28}}
        #                                                                     ^
    """,
    good="""
        agencies:
          - {id: ubnd-tinh, name: UBND tỉnh Mẫu, kind: ubnd}
          - {id: so-a, name: Sở Tài nguyên, kind: so}
          - {id: so-b, name: Sở Y tế, kind: so, valid: {from: 2015-03-01, to: 2025-02-28}}
    """,
    check=check,
)
