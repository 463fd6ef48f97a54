"""K402: a date that does not exist or is not written year first."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K402",
    slug="bad-date",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Ngày không hợp lệ",
    why="""
        Ngày cho biết báo cáo nào mới nhất, việc nào đúng hạn, cơ quan nào còn hoạt động. Trong tệp, ngày viết theo thứ tự năm,
        tháng, ngày (2026-06-30) để không ai đọc lẫn ngày với tháng, và phải là ngày có trong lịch.

        Bản sao để trống ngày ban hành thì viết phần đã biết ("2026-04") hoặc null, không tự điền.
    """,
    kind="progress",
    bad="""
        cutoff: 2025-11-31
        #       ^
    """,
    good="""
        cutoff: 2025-11-30
    """,
)
