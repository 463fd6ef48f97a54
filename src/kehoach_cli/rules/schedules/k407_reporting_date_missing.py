"""K407: a reporting rule that says neither when to report nor in which report it is contained."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.core.notation.schedule import ScheduleKind
from kehoach_cli.rules.base import Hit, Rule
from kehoach_cli.viet.text import folded

_LEVELS = {"unit": "các đơn vị", "coordinator": "cơ quan đầu mối"}


def check(document: SourceFile) -> Iterator[Hit]:
    """Yield the reporting rules without any word on when the report is due."""
    for index, rule in enumerate(document.plan.reporting if document.plan else ()):
        if rule.due.kind is ScheduleKind.NONE and not folded(rule.embedded_in or ""):
            yield Hit(
                f"quy định báo cáo của {_LEVELS.get(rule.level, rule.level)} (mục {rule.source}) không nêu thời hạn",
                ("reporting", index),
                hint="thêm khóa due, hoặc embedded_in nếu nằm trong một báo cáo khác",
            )


RULE = Rule(
    code="K407",
    slug="reporting-date-missing",
    severity=Severity.INFO,
    title="Quy định báo cáo không nêu thời hạn",
    why="""
        Không có thời hạn thì không biết báo cáo nào nộp muộn và không nhắc được ai. Thường là chép sót cụm từ về thời gian
        ("trước ngày 15/12 hằng năm", "định kỳ hằng năm") hoặc chưa ghi báo cáo này nằm trong báo cáo nào.

        Nếu văn bản đã ban hành không nêu gì thì giữ nguyên, không tự đặt ngày, và ghi chú bỏ qua kèm lý do.
    """,
    bad="""
        reporting:
          - {level: unit, from: [so-b], to: [so-a], source: I}
        #   ^
    """,
    good="""
        reporting:
          - {level: unit, from: [so-b], to: [so-a], due: trước ngày 15/12 hằng năm, source: I}
    """,
    check=check,
)
