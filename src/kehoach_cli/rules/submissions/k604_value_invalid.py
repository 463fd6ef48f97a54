"""K604: a reported value that cannot be compared with the target."""

from collections.abc import Iterator
from fractions import Fraction

from kehoach_cli.core.check.compare import is_share, near_end
from kehoach_cli.core.check.evaluation import Evaluation
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Indicator
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.core.notation.parse import parse_target
from kehoach_cli.core.notation.target import TargetError
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.submissions.submitted import evaluated, reported, value_place
from kehoach_cli.viet.number import NumberError, exact, parse_number

_WHOLE = 100
_ASK = "hỏi lại cơ quan báo cáo"


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the values that are no number, have another unit, or are impossible for a share; sums of money that are none."""
    for path, _, submission, indicator, report in reported(document):
        evaluation = evaluated(indicator, submission)
        if evaluation.invalid:
            hint = _meant(indicator, evaluation, report.value) or _ASK
            yield Violation(f"{indicator.id}: {evaluation.reason}", value_place(path, report), hint=hint)
        if doubt := _doubt(report.to_date, indicator.unit):
            yield Violation(f'{indicator.id}: lũy kế "{report.to_date}" {doubt}', (*path, "to_date"), hint=_ASK)
    for at, _, submission in document.submissions:
        for index, entry in enumerate(submission.funding):
            for key in ("planned", "spent"):
                if fault := _no_amount(entry.get(key)):
                    message = f'kinh phí "{entry["source"]}": số "{entry[key]}" {fault}'
                    yield Violation(message, (*at, "funding", index, key), hint=_ASK)


def _no_amount(text: str | None) -> str:
    """Return what keeps a text from being an amount of money; empty where nothing does."""
    try:
        return "" if text is None or parse_number(text) >= 0 else "là số âm, kinh phí không thể âm"
    except NumberError as error:
        return str(error)


def _doubt(text: str | None, unit: str | None) -> str:
    """Return the two readings of a figure that has two; empty for any other text."""
    try:
        parse_target(text or "0", unit=unit)
    except TargetError as error:
        return str(error) if error.ambiguous else ""
    return ""


def _meant(indicator: Indicator, evaluation: Evaluation, text: str | None) -> str | None:
    """Return the share that a number above 100 probably means: "865" or "8650" for 86,5."""
    try:
        value = Fraction(parse_number(text or ""))
    except NumberError:
        return None
    part = evaluation.target.parts[0] if evaluation.target and evaluation.target.parts else None
    if part is None or value <= _WHOLE or not is_share(indicator.name, indicator.unit, part):
        return None
    shares = [value / scale for scale in (10, 100, 1000) if value / scale <= _WHOLE]
    near = min(shares, key=lambda share: abs(share - near_end(part, indicator.direction)), default=None)
    return None if near is None else f'ý bạn là "{exact(near)}"? Hỏi lại cơ quan báo cáo'


RULE = Rule(
    code="K604",
    slug="value-invalid",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    title="Số liệu không dùng được",
    why="""
        Số liệu phải là một con số viết theo cách viết tiếng Việt, đúng đơn vị tính của chỉ tiêu; tỷ lệ phần trăm nằm
        trong khoảng 0 - 100; kinh phí là một số không âm, đơn vị ghi ở unit. Số liệu sai không được đoán, chỉ
        tiêu bị coi là cần làm rõ. Số có dấu phẩy và đúng ba chữ số ("1,250") đọc được hai cách, 1,25 hay 1.250, nên
        bị hỏi lại, cả ở lũy kế và kinh phí.

        Thường là mất dấu phẩy thập phân ("865" thay cho "86,5") hoặc dùng dấu chấm thay dấu phẩy. Hỏi lại cơ quan báo
        cáo rồi sửa.
    """,
    bad="""
        indicators:
          I-ct9: {value: "865"}
        #                ^
    """,
    good="""
        indicators:
          I-ct9: {value: "86,5"}
    """,
    check=check,
    kind="progress",
)
