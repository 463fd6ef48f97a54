"""Verdicts: a submitted value against the target of its indicator.

In a milestone year, and after the last one, the verdict is official; in the years between it compares with the straight line
from one milestone to the next and is a help for reading only. Quantities are exact: decimals as typed, fractions where one is
divided, so that a value equal to its bound is equal.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.check.compare import (
    ABOUT,
    WHOLE,
    NoValueError,
    Verdict,
    from_levels,
    geometric_mean,
    goal,
    is_growth,
    is_mean,
    is_share,
    is_total,
    meets,
    near_end,
    quantity,
    state_reached,
    tolerance_of,
)
from kehoach_cli.core.model.plan import Indicator
from kehoach_cli.core.model.progress import SubmittedIndicator
from kehoach_cli.core.notation.target import Direction, Operator, Target, TargetPart
from kehoach_cli.viet.number import NumberError, format_number, parse_number

__all__ = ["Difference", "Evaluation", "PartVerdict", "Verdict", "evaluate", "is_share", "meets", "near_end", "shown"]

_PRECISION = 400
# A ratio above this says nothing: the figures are of two scales, or the target is close to nothing.
_MOST_RATIO = 1000


class PartVerdict(Struct, frozen=True):
    """The verdict on one clause; `value` is the quantity evaluated (in the clause's unit), `scope` what it applies to."""

    part: TargetPart
    verdict: Verdict
    value: Fraction | None = None
    scope: str | None = None


class Difference(Struct, frozen=True):
    """How far a value is from its target: percentage points ("điểm %") for shares, the ratio ("%") for quantities."""

    value: Fraction
    unit: str


class Evaluation(Struct, frozen=True):
    """The verdict on an indicator in a year.

    `target` is the milestone compared with, `last` whether it is the plan's last one, `reason` why there is no verdict or what
    limits it, `steps` the arithmetic line by line. `invalid` tells that a value was given and cannot be right; `judged_by` who
    says so where the target is a state in words.
    """

    verdict: Verdict
    official: bool
    target: Target | None
    parts: tuple[PartVerdict, ...] = ()
    difference: Difference | None = None
    reason: str = ""
    steps: tuple[str, ...] = ()
    last: bool = False
    invalid: bool = False
    judged_by: str | None = None

    @property
    def value(self) -> Fraction | None:
        """The quantity evaluated, where the target has one clause."""
        return self.parts[0].value if len(self.parts) == 1 else None


def evaluate(indicator: Indicator, year: int, reports: Mapping[int, SubmittedIndicator]) -> Evaluation:
    """Return the verdict on an indicator in `year` from what was reported for each year (only a mean needs the others)."""
    target, official = compared(indicator, year)
    if target is None or not target.parts:
        reason = "chưa hiểu được mục tiêu" if target else "không có mục tiêu"
        return Evaluation(Verdict.NO_DATA, official=False, target=target, reason=reason)
    last = target is indicator.targets[-1]
    target = _of_its_year(target)
    try:
        if all(part.state is not None for part in target.parts):
            evaluated = _evaluate_state(target, official, reports.get(year))
        elif target.since is not None and is_mean(indicator, target):
            evaluated = _evaluate_mean(indicator, target, year, reports)
        elif target.since is not None and is_total(indicator, target):
            evaluated = _evaluate_total(indicator, target, year, reports)
        elif official:
            evaluated = _evaluate_parts(indicator, target, _values(indicator, target, year, reports.get(year)))
        else:
            evaluated = _evaluate_between(indicator, target, year, reports.get(year))
    except NoValueError as error:
        return Evaluation(Verdict.NO_DATA, official, target, reason=str(error), last=last, invalid=error.invalid)
    return replace(evaluated, last=last)


def compared(indicator: Indicator, year: int) -> tuple[Target | None, bool]:
    """Return the target to compare with, and whether that makes an official verdict."""
    yearly = [target for target in indicator.targets if target.period is None]
    if not yearly:
        return None, False
    following = next((target for target in yearly if target.year >= year), None)
    target = following or yearly[-1]
    return target, following is None or following.year == year


def _evaluate_parts(indicator: Indicator, target: Target, values: list["_Value"]) -> Evaluation:
    evaluated = []
    for part, scope, value in values:
        tolerance = tolerance_of(indicator, part)
        verdict = Verdict.NO_DATA if value is None else meets(part, indicator.direction, value, tolerance)
        evaluated.append(PartVerdict(part, verdict, value, scope))
    difference = _difference(indicator, evaluated)
    steps = tuple(_step(indicator, part) for part in evaluated)
    reason = (
        "chưa đủ số liệu của từng phần" if any(part.value is None for part in evaluated) else _open_reason(evaluated)
    )
    return Evaluation(
        _joint(evaluated),
        official=True,
        target=target,
        parts=tuple(evaluated),
        difference=difference,
        reason=reason,
        steps=steps,
    )


def _open_reason(evaluated: list[PartVerdict]) -> str:
    """Return why a value that is there has no verdict."""
    return ABOUT if any(part.verdict is Verdict.NO_DATA for part in evaluated) else ""


def _of_its_year(target: Target) -> Target:
    """Return the target without the clauses that name another year than its own."""
    own = tuple(part for part in target.parts if part.at in {None, target.year})
    return replace(target, parts=own) if own and len(own) < len(target.parts) else target


def _evaluate_state(target: Target, official: bool, report: SubmittedIndicator | None) -> Evaluation:  # noqa: FBT001
    """Judge a target in words: whoever reports says whether it is reached."""
    if report is None:
        raise NoValueError
    reached = state_reached(report)
    late = Verdict.MISSED if official else Verdict.NOT_DUE
    verdict = Verdict.MET if reached else late
    evaluated = tuple(PartVerdict(part, verdict, None, part.scope) for part in target.parts)
    return Evaluation(verdict, official, target, evaluated, judged_by="agency")


def _evaluate_total(
    indicator: Indicator, target: Target, year: int, reports: Mapping[int, SubmittedIndicator]
) -> Evaluation:
    """Judge the total of a period against the straight line from 0; official in its last year with every year reported."""
    start, part = target.since or target.year, target.parts[0]
    if year < start:
        return Evaluation(Verdict.NOT_DUE, official=False, target=target)
    until = min(year, target.year)
    values, missing = _yearly(indicator, part, range(start, until + 1), reports)
    total = sum(values.values(), Fraction())
    expected = near_end(part, indicator.direction) * Fraction(until - start + 1, target.year - start + 1)
    official = year >= target.year and not missing
    verdict = meets(part, indicator.direction, total) if official else _on_line(indicator, total, expected)
    reason = "" if official else f"lũy kế đến năm {until}"
    reason += f"; thiếu số liệu năm {', '.join(missing)}" if missing else ""
    evaluated = [PartVerdict(part, verdict, total, part.scope)]
    figures = " + ".join(f"{shown(value)} (năm {one})" for one, value in values.items())
    line = "" if official else f"; theo đường thẳng đến năm {until} là {shown(expected)}"
    steps = (f"{figures} = {shown(total)}{line}", _step(indicator, evaluated[0]))
    return Evaluation(verdict, official, target, tuple(evaluated), _difference(indicator, evaluated), reason, steps)


def _on_line(indicator: Indicator, value: Fraction, expected: Fraction) -> Verdict:
    good = value <= expected if indicator.direction is Direction.DECREASE else value >= expected
    return Verdict.ON_TRACK if good else Verdict.BEHIND


def _yearly(
    indicator: Indicator, part: TargetPart, years: range, reports: Mapping[int, SubmittedIndicator]
) -> tuple[dict[int, Fraction], list[str]]:
    """Return the figures of the years that were reported, and the years that were not.

    Raises:
        NoValueError: no year was.
    """
    values: dict[int, Fraction] = {}
    for one in years:
        report = reports.get(one)
        if report and report.value is not None:
            values[one] = quantity(indicator, part, report.value)
    if not values:
        raise NoValueError
    return values, [str(one) for one in years if one not in values]


def _joint(parts: list[PartVerdict]) -> Verdict:
    verdicts = {part.verdict for part in parts}
    if len(verdicts) == 1:
        return verdicts.pop()
    if Verdict.NO_DATA in verdicts:
        return Verdict.NO_DATA
    return Verdict.PARTLY if Verdict.MISSED in verdicts else Verdict.MET


def _evaluate_between(indicator: Indicator, target: Target, year: int, report: SubmittedIndicator | None) -> Evaluation:
    """Compare with the straight line from the milestone (or the known baseline) before to `target`."""
    values = _values(indicator, target, year, report)
    if any(value is None for _, _, value in values):
        raise NoValueError
    before = _before(indicator, year)
    evaluated, steps = [], []
    for part, scope, value in values:
        aim = near_end(part, indicator.direction)
        start = before[1].get(scope) if before and not part.change else None
        if before is None or start is None or value is None:
            found = [PartVerdict(part, Verdict.NOT_DUE, value, scope) for part, scope, value in values]
            gap = _difference(indicator, found)
            return Evaluation(Verdict.NOT_DUE, official=False, target=target, parts=tuple(found), difference=gap)
        expected = start + (aim - start) * Fraction(year - before[0], target.year - before[0])
        sign = -1 if indicator.direction is Direction.DECREASE else 1
        good = sign * value >= sign * expected
        evaluated.append(PartVerdict(part, Verdict.ON_TRACK if good else Verdict.BEHIND, value, scope))
        steps.append(
            f"{_prefix(scope)}{shown(start)} (năm {before[0]}) đến {shown(aim)} (năm {target.year}): "
            f"năm {year} theo đường thẳng là {shown(expected)}; số liệu {shown(value)}"
        )
    verdict = Verdict.BEHIND if any(part.verdict is Verdict.BEHIND for part in evaluated) else Verdict.ON_TRACK
    gap = _difference(indicator, evaluated)
    return Evaluation(
        verdict, official=False, target=target, parts=tuple(evaluated), difference=gap, steps=tuple(steps)
    )


def _before(indicator: Indicator, year: int) -> tuple[int, dict[str | None, Fraction]] | None:
    """Return the year and the levels where the line begins: the milestone before, else the latest baseline that is known."""
    earlier = [target for target in indicator.targets if target.year < year and target.parts]
    if earlier:
        levels = {part.scope: near_end(part, indicator.direction) for part in earlier[-1].parts}
        return earlier[-1].year, levels
    known = [(when, level) for when, level in indicator.baseline.items() if level is not None and when < year]
    for when, level in sorted(known, reverse=True):
        try:
            return when, {None: Fraction(parse_number(level))}
        except NumberError:
            continue
    return None


def _evaluate_mean(
    indicator: Indicator, target: Target, year: int, reports: Mapping[int, SubmittedIndicator]
) -> Evaluation:
    """Judge a yearly mean over the row's own years; official in the last of them with every year reported."""
    start, part = target.since or target.year, target.parts[0]
    if year < start:
        return Evaluation(Verdict.NOT_DUE, official=False, target=target)
    until = min(year, target.year)
    values, missing = _yearly(indicator, part, range(start, until + 1), reports)
    growth = is_growth(indicator, part)
    mean = geometric_mean([*values.values()], part.change or "tăng") if growth else _mean(values)
    verdict = meets(part, indicator.direction, mean)
    official = year >= target.year and not missing
    if not official:
        verdict = Verdict.BEHIND if verdict is Verdict.MISSED else Verdict.ON_TRACK
    reason = "" if official else f"bình quân đến năm {until}"
    reason += f"; thiếu số liệu năm {', '.join(missing)}" if missing else ""
    evaluated = [PartVerdict(part, verdict, mean, part.scope)]
    total = " + ".join(f"{shown(value)} (năm {one})" for one, value in values.items())
    how = f"bình quân nhân của {total} là {shown(mean)}" if growth else f"({total}) / {len(values)} = {shown(mean)}"
    steps = (how, _step(indicator, evaluated[0]))
    return Evaluation(verdict, official, target, tuple(evaluated), _difference(indicator, evaluated), reason, steps)


def _mean(values: dict[int, Fraction]) -> Fraction:
    return sum(values.values(), Fraction()) / len(values)


_Value = tuple[TargetPart, str | None, Fraction | None]


def _values(indicator: Indicator, target: Target, year: int, report: SubmittedIndicator | None) -> list[_Value]:
    """Return each clause of the target with its scope and the quantity reported for it (None: none).

    Raises:
        NoValueError: nothing was reported, or what was reported is no quantity that can be evaluated.
    """
    if any(part.state is not None for part in target.parts):
        raise NoValueError("mục tiêu có phần bằng lời và phần bằng số; cần tách thành hai chỉ tiêu")
    if any(part.event for part in target.parts):
        raise NoValueError("mục tiêu là một mốc thời gian, không đánh giá bằng số")
    if report is None:
        raise NoValueError
    if len(target.parts) > 1 or target.parts[0].scope:
        return _scoped_values(indicator, target, report)
    part = _with_level(indicator, target.parts[0], year, report)
    if report.value is None:
        return [(part, None, from_levels(indicator, part, year, report))]
    return [(part, None, quantity(indicator, part, report.value))]


def _scoped_values(indicator: Indicator, target: Target, report: SubmittedIndicator) -> list[_Value]:
    scopes = {part.label for part in target.parts}
    if report.value is not None:
        names = "; ".join(f'"{scope}"' for scope in scopes)
        raise NoValueError(f"cần số liệu của từng phần: {names}", invalid=True)
    if strange := [scope for scope in report.parts if scope not in scopes]:
        raise NoValueError(f'không có phần "{strange[0]}" trong mục tiêu', invalid=True)
    if not report.parts:
        raise NoValueError
    return [
        (part, part.label, quantity(indicator, part, text) if (text := report.parts.get(part.label)) else None)
        for part in target.parts
    ]


def _with_level(indicator: Indicator, part: TargetPart, year: int, report: SubmittedIndicator) -> TargetPart:
    """Return "không giảm", "giữ nguyên" with the level that must be kept: that of the year before, else the known one."""
    if part.low is not None or not part.maintained:
        return part
    before, start = report.levels.get(year - 1), _before(indicator, year)
    try:
        level = parse_number(before) if before else None
    except NumberError as error:
        raise NoValueError(f'số liệu năm {year - 1} "{before}" {error}', invalid=True) from None
    if level is None and start and None in start[1]:
        known = start[1][None]
        level = Decimal(known.numerator) / Decimal(known.denominator)
    if level is None:
        raise NoValueError("thiếu số liệu năm trước hoặc năm gốc để so")
    return replace(part, low=level)


def _difference(indicator: Indicator, parts: list[PartVerdict]) -> Difference | None:
    if len(parts) != 1 or parts[0].value is None:
        return None
    part, value = parts[0].part, parts[0].value
    end = near_end(part, indicator.direction)
    if (part.unit or indicator.unit or "").startswith("%") and not part.multiple:
        return Difference(value - end, "điểm %")
    if indicator.direction is Direction.DECREASE or part.rank or not end:
        return None
    ratio = value * WHOLE / end
    return Difference(ratio, "%") if abs(ratio) <= _MOST_RATIO else None


def _step(indicator: Indicator, evaluated: PartVerdict) -> str:
    """Return the comparison of one clause as anyone can redo it: `86,5 so với ≥ 80`."""
    if evaluated.value is None:
        return f"{_prefix(evaluated.scope)}chưa có số liệu"
    part = evaluated.part
    wanted = goal_text(part)
    better = (
        ""
        if part.operator
        else {"increase": ", càng cao càng tốt", "decrease": ", càng thấp càng tốt"}.get(
            "increase" if part.change else indicator.direction.value, ", ít nhất phải giữ"
        )
    )
    change = f"{part.change} " if part.change else ""
    return f"{_prefix(evaluated.scope)}{change}{shown(evaluated.value)} so với {wanted}{better}"


def goal_text(part: TargetPart) -> str:
    """Return what a clause asks for, without its unit: `≥ 80`, `từ 1,5 đến 2`."""
    signs = {Operator.AT_LEAST: "≥", Operator.AT_MOST: "≤"}
    sign = f"{signs.get(part.operator, part.operator.value)} " if part.operator else ""
    if part.state is not None:
        return part.state
    if part.high is not None and not part.operator:
        return f"từ {shown(goal(part))} đến {shown(Fraction(part.high))}"
    return f"{sign}{shown(near_end(part, Direction.INCREASE))}"


def _prefix(scope: str | None) -> str:
    return f"{scope}: " if scope else ""


def shown(value: Fraction) -> str:
    """Return a quantity in Vietnamese notation; one that does not end is rounded to four places, half up."""
    # A slip of the keyboard may be longer than the usual precision, and must still be shown.
    with localcontext(prec=_PRECISION, rounding=ROUND_HALF_UP):
        places = Decimal(value.numerator) / Decimal(value.denominator)
        if Fraction(places) == value:
            return format_number(places.normalize() if places % 1 else places.quantize(Decimal(1)))
        return f"{format_number(places.quantize(Decimal('0.0001')).normalize())}…"
