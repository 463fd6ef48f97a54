"""K313: a baseline that is not earlier than the last target."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.rows import indicators


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the years of baselines that do not lie before the last target of their indicator."""
    for row, indicator in indicators(document.plan):
        last = max((target.year for target in indicator.targets), default=None)
        for year in indicator.baseline:
            if last is not None and year >= last:
                yield Violation(
                    f"{indicator.id}: năm gốc {year} không trước mục tiêu cuối cùng (năm {last})",
                    (*row, "baseline", str(year)),
                    key=True,
                    hint="năm gốc là năm đã có số liệu để so sánh; đối chiếu văn bản rồi sửa năm",
                )


RULE = Rule(
    code="K313",
    slug="baseline-after-targets",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    title="Năm gốc sau mọi mục tiêu",
    why="""
        Số liệu năm gốc (baseline) là điểm xuất phát: lộ trình được tính từ năm gốc đến mục tiêu, mức "giảm 10% so với năm
        2024" được tính từ số liệu năm 2024. Năm gốc sau mục tiêu cuối cùng thì không tính được gì, và thường là gõ sai năm.

        Đối chiếu với văn bản rồi sửa. Kết quả đã đạt của một năm ghi ở báo cáo tiến độ, không ghi ở baseline.
    """,
    bad="""
        indicators:
          - id: I.1-ct1
            name: Tỷ lệ hộ dân được dùng nước sạch
            unit: "%"
            direction: increase
            targets: {2025: "85", 2030: "98"}
            baseline: {2042: "70"}
        #              ^
    """,
    good="""
        indicators:
          - id: I.1-ct1
            name: Tỷ lệ hộ dân được dùng nước sạch
            unit: "%"
            direction: increase
            targets: {2025: "85", 2030: "98"}
            baseline: {2021: "70"}
    """,
    check=check,
)
