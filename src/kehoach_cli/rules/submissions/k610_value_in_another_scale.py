"""K610: a figure in another scale than the target."""

from collections.abc import Iterator
from fractions import Fraction

from kehoach_cli.core.check.compare import near_end
from kehoach_cli.core.check.scale import likely, lost_comma
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.submissions.submitted import evaluated, figures, reported, value_place, year_before
from kehoach_cli.viet.number import exact, rounded

_WHOLE = 100


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the figures that a power of ten brings close to last year's figure or, without one, to the target."""
    for path, plan, submission, indicator, report in reported(document):
        evaluation = evaluated(indicator, submission)
        before = year_before(document, plan, submission, indicator)
        known = figures(evaluated(indicator, before)) if before else {}
        for part in evaluation.parts:
            expected = known.get(part.scope) or near_end(part.part, indicator.direction)
            meant = likely(part.value or Fraction(), expected)
            if meant is None and part.value is not None and part.scope not in known:
                meant = lost_comma(part.value, part.part)
            if meant is not None and part.value is not None:
                what = "năm trước" if part.scope in known else "mục tiêu"
                message = (
                    f"{indicator.id}: {rounded(part.value, expected)} có thể sai đơn vị tính hoặc dấu phẩy; "
                    f"{what} là {rounded(expected)}"
                )
                place = value_place(path, report, part.scope)
                yield Violation(message, place, hint=_hint(part.value, meant, sure=part.scope in known))


def _hint(value: Fraction, meant: Fraction, *, sure: bool) -> str:
    """Return the mend. A target alone may itself be wrong in the plan, so it is no reason to change a figure.

    A share written as a fraction ("0,865") is a slip all the same.
    """
    if sure or (value <= 1 and meant == value * _WHOLE):
        return f'ý bạn là "{exact(meant)}"?'
    return (
        f'hỏi lại cơ quan báo cáo: ghi nhầm thì sửa thành "{exact(meant)}"; '
        "số đúng thì giữ, và đối chiếu mục tiêu trong kế hoạch với văn bản"
    )


RULE = Rule(
    code="K610",
    slug="value-in-another-scale",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Số liệu có thể sai đơn vị hoặc dấu phẩy",
    why="""
        Số liệu nhỏ hoặc lớn hơn hẳn số năm trước (hoặc mục tiêu), mà nhân hay chia cho 10, 100, 1.000… thì lại hợp lý,
        thường là ghi tỷ lệ dưới dạng số thập phân ("0,865" thay cho "86,5"), mất dấu phẩy, hoặc dùng đơn vị tính khác.
        Ngưỡng so sánh (20 lần) là của kehoach; mục tiêu có số lẻ ("1,5 - 2") mà số liệu là số nguyên bằng đúng mười lần mục tiêu
        ("15") thì cũng nêu.

        Số liệu vẫn được đối chiếu như đã ghi. Hỏi lại cơ quan báo cáo trước khi sửa; nếu số đúng thì giữ nguyên, đối chiếu
        mục tiêu trong tệp kế hoạch với văn bản (mục tiêu có thể đã chép sai), và ghi chú bỏ qua kèm lý do.
    """,
    bad="""
        indicators:
          I-ct9: {value: "0,965"}
        #                ^
    """,
    good="""
        indicators:
          I-ct9: {value: "96,5"}
    """,
    check=check,
    kind="progress",
)
