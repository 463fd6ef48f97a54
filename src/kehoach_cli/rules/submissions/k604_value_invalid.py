"""K604: a reported value that cannot be judged against the target."""

from collections.abc import Iterator
from fractions import Fraction

from kehoach_cli.core.check.verdict import Judgement, is_share, judge, near_end, shown
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Indicator
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import Hit, Rule
from kehoach_cli.viet.number import NumberError, parse_number

_WHOLE = 100


def check(document: SourceFile) -> Iterator[Hit]:
    """Yield the values that are no number, have another unit, or lie where no share can."""
    for at, plan, submission in document.submissions:
        for indicator in plan.indicators:
            report = submission.indicators.get(indicator.id)
            judged = judge(indicator, submission.year, {submission.year: report}) if report else None
            if report and judged and judged.invalid:
                path = (*at, "indicators", indicator.id)
                hint = _meant(indicator, judged, report.value) or "hỏi lại cơ quan báo cáo"
                yield Hit(f"{indicator.id}: {judged.reason}", path, key=True, hint=hint)


def _meant(indicator: Indicator, judged: Judgement, text: str | None) -> str | None:
    """Return the share that was probably meant by one above 100: "865" or "8650" for 86,5."""
    try:
        value = Fraction(parse_number(text or ""))
    except NumberError:
        return None
    part = judged.target.parts[0] if judged.target and judged.target.parts else None
    if part is None or value <= _WHOLE or not is_share(indicator.name, indicator.unit, part):
        return None
    shares = [value / scale for scale in (10, 100, 1000) if value / scale <= _WHOLE]
    near = min(shares, key=lambda share: abs(share - near_end(part, indicator.direction)), default=None)
    return None if near is None else f'ý bạn là "{shown(near)}"? Hỏi lại cơ quan báo cáo'


RULE = Rule(
    code="K604",
    slug="value-invalid",
    severity=Severity.ERROR,
    title="Số liệu không dùng được",
    why="""
        Số liệu phải là một con số viết theo cách viết tiếng Việt, đúng đơn vị tính của chỉ tiêu; tỷ lệ phần trăm nằm
        trong khoảng 0 - 100; mục tiêu chia theo đối tượng thì mỗi đối tượng một số. Số liệu sai không được đoán, chỉ
        tiêu bị coi là cần làm rõ.

        Thường là mất dấu phẩy thập phân ("865" thay cho "86,5") hoặc dùng dấu chấm thay dấu phẩy. Hỏi lại cơ quan báo
        cáo rồi sửa.
    """,
    bad="""
        indicators:
          I-ct9: {value: "865"}
        # ^
    """,
    good="""
        indicators:
          I-ct9: {value: "86,5"}
    """,
    check=check,
    kind="progress",
)
