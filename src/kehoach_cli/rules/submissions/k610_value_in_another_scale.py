"""K610: a figure typed in another scale than the target's."""

from collections.abc import Iterator
from fractions import Fraction

from kehoach_cli.core.check.scale import likely
from kehoach_cli.core.check.verdict import near_end, shown
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import Hit, Rule
from kehoach_cli.rules.submissions.submitted import figures, judged, reported, year_before


def check(document: SourceFile) -> Iterator[Hit]:
    """Yield the figures far from last year's, or else from the target, that a power of ten brings near."""
    for path, plan, submission, indicator, _ in reported(document):
        judgement = judged(indicator, submission)
        before = year_before(document, plan, submission, indicator)
        known = figures(judged(indicator, before)) if before else {}
        for part in judgement.parts:
            expected = known.get(part.scope) or near_end(part.part, indicator.direction)
            meant = likely(part.value or Fraction(), expected)
            if meant is not None and part.value is not None:
                beside = f"năm trước là {shown(expected)}" if part.scope in known else f"mục tiêu là {shown(expected)}"
                message = f"{indicator.id}: {shown(part.value)} có thể sai đơn vị tính hoặc dấu phẩy; {beside}"
                yield Hit(message, path, key=True, hint=f'ý bạn là "{shown(meant)}"?')


RULE = Rule(
    code="K610",
    slug="value-in-another-scale",
    severity=Severity.WARNING,
    title="Số liệu có thể sai đơn vị hoặc dấu phẩy",
    why="""
        Số liệu nhỏ hoặc lớn hơn hẳn số năm trước (hoặc mục tiêu), mà nhân hay chia cho 10, 100, 1.000… thì lại hợp lý,
        thường là ghi tỷ lệ dưới dạng số thập phân ("0,865" thay cho "86,5"), mất dấu phẩy, hoặc dùng đơn vị tính khác.
        Ngưỡng so sánh (20 lần) là của kehoach.

        Số liệu vẫn được đối chiếu như đã ghi. Hỏi lại cơ quan báo cáo; nếu đúng thì ghi chú bỏ qua kèm lý do.
    """,
    bad="""
        indicators:
          I-ct9: {value: "0,965"}
        # ^
    """,
    good="""
        indicators:
          I-ct9: {value: "96,5"}
    """,
    check=check,
    kind="progress",
)
