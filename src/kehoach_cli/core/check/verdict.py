"""Verdicts: a submitted value compared with the target of its indicator.

In a milestone year, and after the last one, the verdict is official. In the years between, the value is compared with the
straight line between two milestones; that is only a help for the reader. Quantities are exact (decimals as typed, fractions
after a division), so that a value equal to its limit meets it.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.model.plan import Indicator
from kehoach_cli.core.model.progress import SubmittedIndicator
from kehoach_cli.core.notation.target import Direction, Operator, Target, TargetError, TargetPart, parse_target
from kehoach_cli.viet.number import NumberError, format_number, parse_number

_WHOLE = 100
_NO_NUMBER = 'phải là một số, ví dụ "86,5"; số ước thì ghi số đó và đánh dấu là số ước'
_PRECISION = 400
# Rates of change and index numbers are in percent, but they are not shares of a whole.
_NO_SHARE = ("tốc độ", "tăng trưởng", "mức tăng", "mức giảm", "chỉ số", "so với", "gấp")


class Verdict(StrEnum):
    """The result of comparing a value with its target."""

    EXCEEDED = "exceeded"
    MET = "met"
    PARTLY = "partly"
    MISSED = "missed"
    NO_DATA = "no_data"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    NOT_DUE = "not_due"


class PartVerdict(Struct, frozen=True):
    """The verdict on one clause; `value` is the quantity compared (in the clause's unit), `scope` what it applies to."""

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

    `target` is the milestone compared with, `last` whether it is the plan's last one; `reason` says why there is no verdict
    or what limits it; `steps` is the calculation line by line. `invalid` means that a value was given that cannot be right.
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

    @property
    def value(self) -> Fraction | None:
        """The quantity compared, if the target has one clause."""
        return self.parts[0].value if len(self.parts) == 1 else None


class _NoValueError(Exception):
    """There is no quantity to compare; the text says why. `invalid` if a value was given."""

    def __init__(self, reason: str = "", *, invalid: bool = False) -> None:
        super().__init__(reason)
        self.invalid = invalid


def is_share(name: str, unit: str | None, part: TargetPart) -> bool:
    """Whether a clause of the indicator with this name and unit is a share of a whole, between 0 and 100."""
    if not (part.unit or unit or "").startswith("%") or part.change or part.baseline is not None:
        return False
    return not _is_rate(name)


@lru_cache(maxsize=64)
def _is_rate(name: str) -> bool:
    return any(words in name.casefold() for words in _NO_SHARE)


def evaluate(indicator: Indicator, year: int, entries: Mapping[int, SubmittedIndicator]) -> Evaluation:
    """Return the verdict on an indicator in `year` from its entries by year; only a mean needs those of other years."""
    target, official = compared(indicator, year)
    if target is None or not target.parts:
        reason = "chưa hiểu được mục tiêu" if target else "không có mục tiêu"
        return Evaluation(Verdict.NO_DATA, official=False, target=target, reason=reason)
    last = target is indicator.targets[-1]
    try:
        if target.since is not None:
            evaluated = _evaluate_mean(indicator, target, year, entries)
        elif official:
            evaluated = _evaluate_parts(indicator, target, _values(indicator, target, year, entries.get(year)))
        else:
            evaluated = _evaluate_between(indicator, target, year, entries.get(year))
    except _NoValueError as error:
        return Evaluation(Verdict.NO_DATA, official, target, reason=str(error), last=last, invalid=error.invalid)
    return replace(evaluated, last=last)


def meets(part: TargetPart, direction: Direction, value: Fraction) -> Verdict:
    """Return the verdict on one quantity: `exceeded`, `met` or `missed`, by the kind of the target.

    A clause with an operator is met or missed only. A point and a range can be exceeded on the better side. A maintained
    level must at least be kept. For "giảm x%" a larger fall is better, whatever the direction of the indicator.
    """
    low = Fraction(part.low or 0)
    operators = {
        Operator.AT_LEAST: value >= low,
        Operator.ABOVE: value > low,
        Operator.AT_MOST: value <= low,
        Operator.BELOW: value < low,
    }
    if part.operator in operators:
        return Verdict.MET if operators[part.operator] else Verdict.MISSED
    if (part.maintained or direction is Direction.MAINTAIN) and not part.change:
        return Verdict.MET if value >= low else Verdict.MISSED
    high = Fraction(part.high) if part.high is not None else low
    sign = -1 if direction is Direction.DECREASE and not part.change else 1
    near, far = sorted((sign * low, sign * high))
    if sign * value > far:
        return Verdict.EXCEEDED
    return Verdict.MET if sign * value >= near else Verdict.MISSED


def compared(indicator: Indicator, year: int) -> tuple[Target | None, bool]:
    """Return the target to compare with, and whether the verdict is official."""
    if not indicator.targets:
        return None, False
    following = next((target for target in indicator.targets if target.year >= year), None)
    target = following or indicator.targets[-1]
    return target, following is None or following.year == year


def _evaluate_parts(indicator: Indicator, target: Target, values: list["_Value"]) -> Evaluation:
    evaluated = []
    for part, scope, value in values:
        verdict = Verdict.NO_DATA if value is None else meets(part, indicator.direction, value)
        evaluated.append(PartVerdict(part, verdict, value, scope))
    difference = _difference(indicator, evaluated)
    steps = tuple(_step(indicator, part) for part in evaluated)
    reason = "chưa đủ số liệu của từng phần" if any(part.value is None for part in evaluated) else ""
    return Evaluation(
        _joint(evaluated),
        official=True,
        target=target,
        parts=tuple(evaluated),
        difference=difference,
        reason=reason,
        steps=steps,
    )


def _joint(parts: list[PartVerdict]) -> Verdict:
    verdicts = {part.verdict for part in parts}
    if len(verdicts) == 1:
        return verdicts.pop()
    if Verdict.NO_DATA in verdicts:
        return Verdict.NO_DATA
    return Verdict.PARTLY if Verdict.MISSED in verdicts else Verdict.MET


def _evaluate_between(indicator: Indicator, target: Target, year: int, entry: SubmittedIndicator | None) -> Evaluation:
    """Compare with the straight line from the milestone before, or the known baseline, to `target`."""
    values = _values(indicator, target, year, entry)
    if any(value is None for _, _, value in values):
        raise _NoValueError
    before = _before(indicator, year)
    evaluated, steps = [], []
    for part, scope, value in values:
        goal = near_end(part, indicator.direction)
        start = before[1].get(scope) if before and not part.change else None
        if before is None or start is None or value is None:
            found = [PartVerdict(part, Verdict.NOT_DUE, value, scope) for part, scope, value in values]
            gap = _difference(indicator, found)
            return Evaluation(Verdict.NOT_DUE, official=False, target=target, parts=tuple(found), difference=gap)
        expected = start + (goal - start) * Fraction(year - before[0], target.year - before[0])
        sign = -1 if indicator.direction is Direction.DECREASE else 1
        good = sign * value >= sign * expected
        evaluated.append(PartVerdict(part, Verdict.ON_TRACK if good else Verdict.BEHIND, value, scope))
        steps.append(
            f"{_prefix(scope)}{shown(start)} (năm {before[0]}) đến {shown(goal)} (năm {target.year}): "
            f"năm {year} theo đường thẳng là {shown(expected)}; số liệu {shown(value)}"
        )
    verdict = Verdict.BEHIND if any(part.verdict is Verdict.BEHIND for part in evaluated) else Verdict.ON_TRACK
    gap = _difference(indicator, evaluated)
    return Evaluation(
        verdict, official=False, target=target, parts=tuple(evaluated), difference=gap, steps=tuple(steps)
    )


def _before(indicator: Indicator, year: int) -> tuple[int, dict[str | None, Fraction]] | None:
    """Return the year and the levels at which the line begins: the milestone before, else the latest known baseline."""
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
    indicator: Indicator, target: Target, year: int, entries: Mapping[int, SubmittedIndicator]
) -> Evaluation:
    """Compare a yearly mean over the target's years; it is official in the last year if every year has a value."""
    start, part = target.since or target.year, target.parts[0]
    if year < start:
        return Evaluation(Verdict.NOT_DUE, official=False, target=target)
    until = min(year, target.year)
    values: dict[int, Fraction] = {}
    for one in range(start, until + 1):
        entry = entries.get(one)
        if entry and entry.value is not None:
            values[one] = _number(indicator, part, entry.value)
    if not values:
        raise _NoValueError
    missing = [str(one) for one in range(start, until + 1) if one not in values]
    mean = sum(values.values(), Fraction()) / len(values)
    verdict = meets(part, indicator.direction, mean)
    official = year >= target.year and not missing
    if not official:
        verdict = Verdict.BEHIND if verdict is Verdict.MISSED else Verdict.ON_TRACK
    reason = "" if official else f"bình quân đến năm {until}"
    reason += f"; thiếu số liệu năm {', '.join(missing)}" if missing else ""
    evaluated = [PartVerdict(part, verdict, mean, part.scope)]
    total = " + ".join(f"{shown(value)} (năm {one})" for one, value in values.items())
    steps = (f"({total}) / {len(values)} = {shown(mean)}", _step(indicator, evaluated[0]))
    return Evaluation(verdict, official, target, tuple(evaluated), _difference(indicator, evaluated), reason, steps)


_Value = tuple[TargetPart, str | None, Fraction | None]


def _values(indicator: Indicator, target: Target, year: int, entry: SubmittedIndicator | None) -> list[_Value]:
    """Return each clause of the target with its scope and its quantity (None: no value).

    Raises:
        _NoValueError: no value was given, or it is not a quantity that can be compared.
    """
    if any(part.event for part in target.parts):
        raise _NoValueError("mục tiêu là một mốc thời gian, không đánh giá bằng số")
    if entry is None:
        raise _NoValueError
    if len(target.parts) > 1 or target.parts[0].scope:
        return _scoped_values(indicator, target, entry)
    part = target.parts[0]
    if entry.value is None:
        return [(part, None, _from_levels(part, year, entry))]
    return [(part, None, _number(indicator, part, entry.value))]


def _scoped_values(indicator: Indicator, target: Target, entry: SubmittedIndicator) -> list[_Value]:
    scopes = {part.scope or "" for part in target.parts}
    if entry.value is not None:
        names = "; ".join(f'"{scope}"' for scope in scopes)
        raise _NoValueError(f"cần số liệu của từng phần: {names}", invalid=True)
    if strange := [scope for scope in entry.parts if scope not in scopes]:
        raise _NoValueError(f'không có phần "{strange[0]}" trong mục tiêu', invalid=True)
    if not entry.parts:
        raise _NoValueError
    return [
        (part, part.scope, _number(indicator, part, text) if (text := entry.parts.get(part.scope or "")) else None)
        for part in target.parts
    ]


def _from_levels(part: TargetPart, year: int, entry: SubmittedIndicator) -> Fraction:
    """Return the change in percent from the level of the baseline year to the level reached."""
    if part.baseline is None or not entry.levels:
        raise _NoValueError
    levels = {}
    for when in (part.baseline, year):
        if when not in entry.levels:
            raise _NoValueError(f"thiếu số liệu năm {when}")
        try:
            levels[when] = Fraction(parse_number(entry.levels[when]))
        except NumberError as error:
            raise _NoValueError(f'số liệu năm {when} "{entry.levels[when]}" {error}', invalid=True) from None
    base, reached = levels[part.baseline], levels[year]
    if not base:
        raise _NoValueError(f"số liệu năm {part.baseline} bằng 0, không tính được tỷ lệ", invalid=True)
    return (base - reached if part.change == "giảm" else reached - base) * _WHOLE / base


def _number(indicator: Indicator, part: TargetPart, text: str) -> Fraction:
    """Return the quantity of a value; a bound or a range is not a value."""
    unit = part.unit or indicator.unit
    try:
        (found,) = parse_target(text)
    except TargetError as error:
        fault = error if error.ambiguous else _NO_NUMBER
        raise _NoValueError(f'giá trị "{text}" {fault}', invalid=True) from None
    except ValueError:
        raise _NoValueError(f'giá trị "{text}" {_NO_NUMBER}', invalid=True) from None
    if found.low is None or found.high is not None or found.operator or found.maintained or found.scope:
        raise _NoValueError(f'giá trị "{text}" {_NO_NUMBER}', invalid=True)
    if found.unit and unit and found.unit.casefold() not in {unit.casefold(), (indicator.unit or unit).casefold()}:
        raise _NoValueError(f'giá trị "{text}" không theo đơn vị tính "{unit}"', invalid=True)
    value = Fraction(found.low)
    if found.change and not part.change:
        raise _NoValueError(f'giá trị "{text}" là mức thay đổi, cần số liệu của chỉ tiêu', invalid=True)
    if found.change and found.change != part.change:
        value = -value
    if is_share(indicator.name, indicator.unit, part) and not 0 <= value <= _WHOLE:
        raise _NoValueError(f'giá trị "{text}" nằm ngoài khoảng 0 - 100%', invalid=True)
    return value


def near_end(part: TargetPart, direction: Direction) -> Fraction:
    """Return the quantity from which a clause is met; for a range, its end on the worse side."""
    low = Fraction(part.low or 0)
    if part.high is None:
        return low
    return Fraction(part.high) if direction is Direction.DECREASE and not part.change else low


def _difference(indicator: Indicator, parts: list[PartVerdict]) -> Difference | None:
    if len(parts) != 1 or parts[0].value is None:
        return None
    part, value = parts[0].part, parts[0].value
    goal = near_end(part, indicator.direction)
    if (part.unit or indicator.unit or "").startswith("%"):
        return Difference(value - goal, "điểm %")
    if indicator.direction is Direction.DECREASE or not goal:
        return None
    return Difference(value * _WHOLE / goal, "%")


def _step(indicator: Indicator, evaluated: PartVerdict) -> str:
    """Return the comparison of one clause so that a reader can repeat it: `86,5 so với ≥ 80`."""
    if evaluated.value is None:
        return f"{_prefix(evaluated.scope)}chưa có số liệu"
    part = evaluated.part
    goal = goal_text(part)
    better = (
        ""
        if part.operator
        else {"increase": ", càng cao càng tốt", "decrease": ", càng thấp càng tốt"}.get(
            "increase" if part.change else indicator.direction.value, ", ít nhất phải giữ"
        )
    )
    change = f"{part.change} " if part.change else ""
    return f"{_prefix(evaluated.scope)}{change}{shown(evaluated.value)} so với {goal}{better}"


def goal_text(part: TargetPart) -> str:
    """Return what a clause asks for, without its unit: `≥ 80`, `từ 1,5 đến 2`."""
    goal = shown(Fraction(part.low or 0))
    if part.high is not None:
        return f"từ {goal} đến {shown(Fraction(part.high))}"
    signs = {Operator.AT_LEAST: "≥", Operator.AT_MOST: "≤"}
    return f"{signs.get(part.operator, part.operator.value)} {goal}" if part.operator else goal


def _prefix(scope: str | None) -> str:
    return f"{scope}: " if scope else ""


def shown(value: Fraction) -> str:
    """Return a quantity in Vietnamese notation; a fraction without a finite decimal is rounded to four places, half up."""
    # A mistyped number may be longer than the usual precision and must still be shown.
    with localcontext(prec=_PRECISION, rounding=ROUND_HALF_UP):
        places = Decimal(value.numerator) / Decimal(value.denominator)
        if Fraction(places) == value:
            return format_number(places.normalize() if places % 1 else places.quantize(Decimal(1)))
        return f"{format_number(places.quantize(Decimal('0.0001')).normalize())}…"
