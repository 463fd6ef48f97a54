"""K310: a target that its printed cell contradicts."""

from collections import Counter
from collections.abc import Iterator

from msgspec.structs import replace

from kehoach_cli.core.model.finding import KeyPath, Severity
from kehoach_cli.core.model.plan import Indicator
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.core.notation.keys import parse_target_key
from kehoach_cli.core.notation.parse import parse_target
from kehoach_cli.core.notation.refusal import PhraseError
from kehoach_cli.core.notation.target import Target, TargetError, TargetPart
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.rows import indicators
from kehoach_cli.rules.targets.milestones import PlacedTarget, against_direction, milestone_path, when_text
from kehoach_cli.rules.targets.printed import figures, not_in, sentence_of
from kehoach_cli.viet.number import format_number

_HINT = "đối chiếu văn bản: sửa targets theo ô in, hoặc sửa as_issued nếu chép sai ô"
_AT_VALUE = False


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the targets with other numbers or bounds than their printed cell, and the cells without a target.

    Where the target comes from the sentence of a task, that sentence tells which of the two is wrong (K314).
    """
    for row, indicator in indicators(document.plan):
        for key, printed in indicator.printed_targets.items():
            yield from _compared(document, row, indicator, key, printed)


def _compared(document: SourceFile, row: KeyPath, indicator: Indicator, key: str, printed: str) -> Iterator[Violation]:
    target, cell = _target(indicator, key), (*row, "as_issued", "targets", key)
    if target is None:
        message = f'{indicator.id}: ô in "{printed}" của {key} không có mục tiêu tương ứng'
        yield Violation(message, cell, key=True, hint=_HINT)
    elif target.parts and not _agree(indicator, target, printed) and not _told_by_sentence(document, indicator):
        own = milestone_path(document, PlacedTarget(row, indicator, target))
        at_cell = not against_direction(indicator) and against_direction(_as_printed(indicator, target, printed))
        path, other = (cell, own) if at_cell else (own, cell)
        line = document.place(other, _AT_VALUE)[0]
        message = (
            f'{indicator.id}: ô in "{printed}" không khớp mục tiêu {when_text(target)} (dòng {line})'
            if at_cell
            else f'{indicator.id}: mục tiêu {when_text(target)} không khớp ô in "{printed}" (dòng {line})'
        )
        yield Violation(message, path, hint=_HINT, others=(other,))


def _as_printed(indicator: Indicator, target: Target, printed: str) -> Indicator:
    """Return the indicator with the target that its printed cell means; the indicator as it is where that is not understood."""
    try:
        parts = parse_target(printed, unit=indicator.unit, direction=indicator.direction, year=target.year)
    except TargetError:
        return indicator
    as_printed = replace(target, parts=tuple(parts))
    return replace(indicator, targets=tuple(as_printed if one is target else one for one in indicator.targets))


def _told_by_sentence(document: SourceFile, indicator: Indicator) -> bool:
    sentence = sentence_of(document.plan, indicator) if document.plan else None
    texts = [*(target.text for target in indicator.targets), *indicator.printed_targets.values()]
    return sentence is not None and any(not_in(sentence, text, indicator) for text in texts)


def _target(indicator: Indicator, key: str) -> Target | None:
    try:
        named = parse_target_key(key)
    except PhraseError:
        return None
    asked = (named.year, named.since, named.period)
    return next((one for one in indicator.targets if (one.year, one.since, one.period) == asked), None)


def _agree(indicator: Indicator, target: Target, printed: str) -> bool:
    try:
        cell = parse_target(printed, unit=indicator.unit, direction=indicator.direction, year=target.year)
    except TargetError:
        return _same_figures(target, printed, indicator.errata or "")
    # One cell may hold the targets of several indicators.
    missing = Counter(map(_meaning, target.parts)) - Counter(map(_meaning, cell))
    return not missing or printed in (indicator.errata or "")


def _meaning(part: TargetPart) -> tuple[object, ...]:
    """Return what two spellings of one clause share."""
    number = (part.low, part.high, part.operator, part.of)
    return (*number, part.change, part.baseline, part.against, part.multiple, part.rank, part.state)


def _same_figures(target: Target, printed: str, errata: str) -> bool:
    """Return whether a cell that had to be cut up or reworded has the numbers of the target."""
    numbers = [format_number(value) for part in target.parts for value in (part.low, part.high) if value is not None]
    missing = Counter(figures(numbers)) - Counter(figures([printed, errata]))
    # "Giảm 2 lần" has no single meaning, so whoever enters it writes what is meant in other numbers.
    return not missing or "lần" in printed


RULE = Rule(
    code="K310",
    slug="printed-target-differs",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    title="Mục tiêu không khớp ô in trong văn bản",
    why="""
        Ô nguyên văn (as_issued.targets) được giữ để đối chiếu: số và từ chỉ giới hạn ở targets phải là số và giới hạn in
        trong ô đó. Khác nhau thì kết quả bị đánh giá theo một mục tiêu mà văn bản không giao.

        Ô in trái với hướng của chỉ tiêu mà targets thì không, thì thông báo đứng ở ô in; không biết được bên nào chép sai thì
        đứng ở targets; cả hai đều nêu số dòng bên kia. Sửa bên chép sai. Văn bản in sai số và đã được đính chính thì ghi số in
        sai ở errata; ô in "1.5" mà targets ghi "1,5" thì vẫn là khớp.
    """,
    bad="""
        indicators:
          - id: I.1-ct1
            name: Tỷ lệ hộ dân được dùng nước sạch
            unit: "%"
            direction: increase
            targets: {2025: {đô thị: "95", nông thôn: "86"}}
        #                   ^
            as_issued:
              targets: {2025: "95 ở đô thị; 80 ở nông thôn"}
    """,
    good="""
        indicators:
          - id: I.1-ct1
            name: Tỷ lệ hộ dân được dùng nước sạch
            unit: "%"
            direction: increase
            targets: {2025: {đô thị: "95", nông thôn: "80"}}
            as_issued:
              targets: {2025: "95 ở đô thị; 80 ở nông thôn"}
    """,
    check=check,
)
