"""K612: a figure that jumps against the year before."""

from collections.abc import Iterator
from fractions import Fraction

from kehoach_cli.core.check.compare import is_share
from kehoach_cli.core.check.scale import likely
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.submissions.submitted import evaluated, figures, reported, value_place, year_before
from kehoach_cli.viet.number import rounded

# Our own limits for asking back: percentage points for shares, a factor for quantities.
_POINTS, _FACTOR = 30, 3


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the figures far from those of the year before, except those that another scale explains (K610)."""
    for path, plan, submission, indicator, report in reported(document):
        before = year_before(document, plan, submission, indicator)
        if before is None:
            continue
        known = figures(evaluated(indicator, before))
        for part in evaluated(indicator, submission).parts:
            then = known.get(part.scope)
            if part.value is None or then is None or likely(part.value, then) is not None:
                continue
            share = is_share(indicator.name, indicator.unit, part.part)
            if _jumps(part.value, then, share=share):
                message = f"{indicator.id}: {rounded(part.value)} khác xa {before.period.text} ({rounded(then)})"
                place = value_place(path, report, part.scope)
                yield Violation(message, place, hint=f"hỏi lại cơ quan báo cáo; xem {before.file}")


def _jumps(now: Fraction, then: Fraction, *, share: bool) -> bool:
    if share:
        return abs(now - then) > _POINTS
    return then > 0 and not Fraction(1, _FACTOR) <= now / then <= _FACTOR


RULE = Rule(
    code="K612",
    slug="jump-against-last-year",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Số liệu thay đổi đột ngột so với năm trước",
    why="""
        Tỷ lệ tăng hay giảm hơn 30 điểm phần trăm, số lượng gấp hơn ba lần hoặc còn dưới một phần ba so với năm trước
        thì nên hỏi lại: có thể cách tính hoặc phạm vi thống kê đã thay đổi, hoặc ghi nhầm số. Hai ngưỡng này là của
        kehoach.

        Số liệu vẫn được đối chiếu như đã ghi. Nếu đúng thì ghi chú bỏ qua kèm lý do.
    """,
    bad="""
        - {kehoach: progress/1, plan: kh-mau, agency: so-a, year: 2024, cutoff: 2024-12-14, indicators: {I-ct9: {value: "40"}}}
        - kehoach: progress/1
          plan: kh-mau
          agency: so-a
          year: 2025
          cutoff: 2025-12-14
          indicators:
            I-ct9: {value: "96,5"}
        #                  ^
    """,
    good="""
        - {kehoach: progress/1, plan: kh-mau, agency: so-a, year: 2024, cutoff: 2024-12-14, indicators: {I-ct9: {value: "90"}}}
        - kehoach: progress/1
          plan: kh-mau
          agency: so-a
          year: 2025
          cutoff: 2025-12-14
          indicators:
            I-ct9: {value: "96,5"}
    """,
    check=check,
    kind="progress",
)
