"""Verdicts: a submitted value against the target of its indicator.

In a milestone year, and after the last one, the verdict is official; in the years between it compares with the straight line
from one milestone to the next and is a help for reading only. Quantities are exact: decimals as typed, fractions where one is
divided, so that a value equal to its bound is equal.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.check.compare import (
    ABOUT,
    NO_STATE,
    WHOLE,
    NoValueError,
    from_levels,
    geometric_mean,
    goal,
    is_growth,
    is_mean,
    is_total,
    meets,
    near_end,
    quantity,
    state_reached,
    tolerance_of,
)
from kehoach_cli.core.check.evaluation import (
    AGENCY,
    COORDINATOR,
    NOT_REACHED,
    REACHED,
    SELF_JUDGED,
    SETTLED,
    Difference,
    Evaluation,
    PartVerdict,
    Verdict,
)
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Indicator
from kehoach_cli.core.model.progress import SubmittedIndicator
from kehoach_cli.core.notation.target import Direction, Operator, Target, TargetPart
from kehoach_cli.viet.number import NumberError, exact, parse_number

# A ratio above this says nothing: the figures are of two scales, or the target is close to nothing.
_MOST_RATIO = 1000
_FIGURES = frozenset("0123456789.,")


def evaluate(indicator: Indicator, year: int, reports: Mapping[int, SubmittedIndicator]) -> Evaluation:
    """Return the verdict on an indicator in `year` from what was reported for each year (only a mean needs the others)."""
    target, official = compared(indicator, year)
    if target is None or not target.parts:
        reason = "chưa hiểu được mục tiêu" if target else "không có mục tiêu"
        return Evaluation(Verdict.NO_DATA, official=False, target=target, reason=reason)
    last = target is indicator.targets[-1]
    target = of_its_year(target)
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


def evaluate_in(indicator: Indicator, period: Period, reports: Mapping[Period, SubmittedIndicator]) -> Evaluation:
    """Return the verdict on an indicator in a period from what was reported for each period.

    A value counts in its own period only. A part of a year is judged by the target whose key it is; without one nothing is due,
    and the value is set beside the year's target.
    """
    if period.part is None:
        return evaluate(indicator, period.year, {one.year: said for one, said in reports.items() if one.part is None})
    target, official = compared_in(indicator, period)
    if target is None or not target.parts:
        reason = "chưa hiểu được mục tiêu" if target else "không có mục tiêu"
        return Evaluation(Verdict.NO_DATA, official=False, target=target, reason=reason)
    last = target is indicator.targets[-1]
    target, report = of_its_year(target), reports.get(period)
    try:
        if all(part.state is not None for part in target.parts):
            evaluated = _evaluate_state(target, official, report)
        else:
            evaluated = _evaluate_parts(indicator, target, _values(indicator, target, period.year, report))
    except NoValueError as error:
        return Evaluation(Verdict.NO_DATA, official, target, reason=str(error), last=last, invalid=error.invalid)
    return replace(evaluated if official else _not_due(indicator, evaluated), last=last)


def _not_due(indicator: Indicator, evaluated: Evaluation) -> Evaluation:
    """Return a figure before its time: how much of the target is reached, and no verdict."""
    parts = tuple(replace(part, verdict=Verdict.NOT_DUE) for part in evaluated.parts)
    target = evaluated.target
    # What a part of one year gives is no share of the total of several years.
    whole = target is not None and target.since is not None and is_total(indicator, target)
    difference = None if whole else evaluated.difference
    return replace(evaluated, verdict=Verdict.NOT_DUE, official=False, parts=parts, difference=difference)


def compared_in(indicator: Indicator, period: Period) -> tuple[Target | None, bool]:
    """Return the target to compare with in a period, and whether that makes an official verdict.

    A target for a day is judged in the periods that end with the month of the day.
    """
    if period.part is None:
        return compared(indicator, period.year)
    own = next((one for one in indicator.targets if one.year == period.year and _is_of(one, period)), None)
    return (own, True) if own else (compared(indicator, period.year)[0], False)


def _is_of(target: Target, period: Period) -> bool:
    part = target.period or ""
    return part == period.part or ("-" in part and part[:2] == f"{period.last_day.month:02}")


def compared(indicator: Indicator, year: int) -> tuple[Target | None, bool]:
    """Return the target to compare with, and whether that makes an official verdict."""
    yearly = [target for target in indicator.targets if target.period is None]
    if not yearly:
        return None, False
    following = next((target for target in yearly if target.year >= year), None)
    target = following or yearly[-1]
    return target, following is None or following.year == year


def _evaluate_parts(indicator: Indicator, target: Target, values: list["_Figure"]) -> Evaluation:
    evaluated, steps = [], []
    for one in values:
        tolerance = tolerance_of(indicator, one.part)
        value = one.value
        verdict = Verdict.NO_DATA if value is None else meets(one.part, indicator.direction, value, tolerance)
        evaluated.append(PartVerdict(one.part, verdict, value, one.scope))
        steps += _steps(indicator, evaluated[-1], one.how, tolerance)
    difference = _difference(indicator, evaluated)
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
        steps=tuple(steps),
    )


def _open_reason(evaluated: list[PartVerdict]) -> str:
    """Return why a value that is there has no verdict."""
    return ABOUT if any(part.verdict is Verdict.NO_DATA for part in evaluated) else ""


def of_its_year(target: Target) -> Target:
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
    steps = (f"mục tiêu “{target.text}”: {SELF_JUDGED}, ghi “{REACHED if reached else NOT_REACHED}”",)
    return Evaluation(verdict, official, target, evaluated, reason=SELF_JUDGED, steps=steps, judged_by=AGENCY)


def judged_by_coordinator(evaluation: Evaluation) -> Evaluation:
    """Return a verdict on a target in words as that of the coordinator, who settles what agencies say of themselves."""
    steps = tuple(step.replace(SELF_JUDGED, SETTLED) for step in evaluation.steps)
    return replace(evaluation, judged_by=COORDINATOR, reason=SETTLED, steps=steps)


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
    figures = " + ".join(f"{exact(value)} (năm {one})" for one, value in values.items())
    line = "" if official else f"; theo đường thẳng đến năm {until} là {exact(expected)}"
    steps = (f"{figures} = {exact(total)}{line}", _step(indicator, evaluated[0]))
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
    if any(one.value is None for one in values):
        raise NoValueError
    before = _before(indicator, year)
    evaluated, steps = [], []
    for one in values:
        part, scope, value = one.part, one.scope, one.value
        aim = near_end(part, indicator.direction)
        start = before[1].get(scope) if before and not part.change else None
        if before is None or start is None or value is None:
            found = [PartVerdict(one.part, Verdict.NOT_DUE, one.value, one.scope) for one in values]
            gap = _difference(indicator, found)
            return Evaluation(Verdict.NOT_DUE, official=False, target=target, parts=tuple(found), difference=gap)
        expected = start + (aim - start) * Fraction(year - before[0], target.year - before[0])
        sign = -1 if indicator.direction is Direction.DECREASE else 1
        good = sign * value >= sign * expected
        evaluated.append(PartVerdict(part, Verdict.ON_TRACK if good else Verdict.BEHIND, value, scope))
        steps.append(
            f"{_prefix(scope)}{exact(start)} (năm {before[0]}) đến {exact(aim)} (năm {target.year}): "
            f"năm {year} theo đường thẳng là {exact(expected)}; số liệu {exact(value)}"
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
    total = " + ".join(f"{exact(value)} (năm {one})" for one, value in values.items())
    how = f"bình quân nhân của {total} là {exact(mean)}" if growth else f"({total}) / {len(values)} = {exact(mean)}"
    steps = (how, _step(indicator, evaluated[0]))
    return Evaluation(verdict, official, target, tuple(evaluated), _difference(indicator, evaluated), reason, steps)


def _mean(values: dict[int, Fraction]) -> Fraction:
    return sum(values.values(), Fraction()) / len(values)


class _Figure(Struct, frozen=True):
    """A clause of a target with its scope and the quantity reported for it (None: none); `how` it comes from what was typed."""

    part: TargetPart
    scope: str | None
    value: Fraction | None
    how: str = ""


def _values(indicator: Indicator, target: Target, year: int, report: SubmittedIndicator | None) -> list[_Figure]:
    """Return what was reported for each clause of the target.

    Raises:
        NoValueError: nothing was reported, or what was reported is no quantity that can be evaluated.
    """
    if any(part.state is not None for part in target.parts):
        raise NoValueError("mục tiêu có phần bằng lời và phần bằng số; cần tách thành hai chỉ tiêu")
    if any(part.event for part in target.parts):
        raise NoValueError("mục tiêu là một mốc thời gian, không đánh giá bằng số")
    if report is None:
        raise NoValueError
    if report.met is not None:
        raise NoValueError(NO_STATE, invalid=True)
    if is_scoped(target):
        return _scoped_values(indicator, target, report)
    part = _with_level(indicator, target.parts[0], year, report)
    if report.value is None:
        value, how = from_levels(indicator, part, year, report)
        return [_Figure(part, None, value, how)]
    return [_figure(indicator, part, None, report.value)]


def is_scoped(target: Target) -> bool:
    """Whether each clause of a target needs a value of its own."""
    return len(target.parts) > 1 or bool(target.parts and target.parts[0].scope)


def _figure(indicator: Indicator, part: TargetPart, scope: str | None, text: str) -> _Figure:
    value = quantity(indicator, part, text)
    return _Figure(part, scope, value, "" if part.change or _is_plainly(value, text) else f"{text} = {exact(value)}")


def _is_plainly(value: Fraction, text: str) -> bool:
    """Whether a text is the very number that is compared, perhaps with its unit behind."""
    number, written = text.strip(), exact(value)
    if number.startswith(written) and number[len(written) :][:1] not in _FIGURES:
        return True
    try:
        return Fraction(parse_number(number)) == value
    except NumberError:
        return False


def _scoped_values(indicator: Indicator, target: Target, report: SubmittedIndicator) -> list[_Figure]:
    scopes = {part.label for part in target.parts}
    if report.value is not None:
        names = "; ".join(f'"{scope}"' for scope in scopes)
        raise NoValueError(f"cần số liệu của từng phần: {names}", invalid=True)
    if strange := [scope for scope in report.parts if scope not in scopes]:
        raise NoValueError(f'không có phần "{strange[0]}" trong mục tiêu', invalid=True)
    if not report.parts:
        raise NoValueError
    return [
        _figure(indicator, part, part.label, text)
        if (text := report.parts.get(part.label))
        else _Figure(part, part.label, None)
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


def _steps(indicator: Indicator, evaluated: PartVerdict, how: str, tolerance: Fraction | None) -> list[str]:
    """Return the way from what was typed to the comparison of one clause, line by line."""
    part, before = evaluated.part, _prefix(evaluated.scope)
    allowed = f", được lệch {exact(tolerance)}" if tolerance is not None and part.operator is Operator.ABOUT else ""
    notes = [f"{before}{note}" for note in (how, part.note) if note]
    return [*notes, f"{_step(indicator, evaluated)}{allowed}"]


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
    return f"{_prefix(evaluated.scope)}{change}{exact(evaluated.value)} so với {wanted}{better}"


def goal_text(part: TargetPart) -> str:
    """Return what a clause asks for, without its unit: `≥ 80`, `từ 1,5 đến 2`."""
    signs = {Operator.AT_LEAST: "≥", Operator.AT_MOST: "≤", Operator.ABOUT: "khoảng"}
    sign = f"{signs.get(part.operator, part.operator.value)} " if part.operator else ""
    if part.state is not None:
        return part.state
    if part.high is not None and not part.operator:
        return f"từ {exact(goal(part))} đến {exact(Fraction(part.high))}"
    return f"{sign}{exact(near_end(part, Direction.INCREASE))}"


def _prefix(scope: str | None) -> str:
    return f"{scope}: " if scope else ""
