"""What was reported, as a quantity that can be compared with a clause of a target, and the comparison itself."""

from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache

from kehoach_cli.core.check.evaluation import Verdict
from kehoach_cli.core.model.plan import Indicator
from kehoach_cli.core.model.progress import SubmittedIndicator
from kehoach_cli.core.notation.parse import parse_target
from kehoach_cli.core.notation.quantity import in_base, parse_unit, power, same_kind
from kehoach_cli.core.notation.target import Against, Direction, Operator, Target, TargetError, TargetKind, TargetPart
from kehoach_cli.viet.number import exact, format_number, rounded

WHOLE = 100
NO_NUMBER = 'phải là một số, ví dụ "86,5"; số ước thì ghi số đó và đánh dấu là số ước'
WHICH_LEVEL = "cần làm rõ: mức {verb} hay mức còn lại?"
NO_STATE = "mục tiêu là số, cần ghi số liệu ở value; khóa met chỉ dùng cho mục tiêu bằng lời"
ABOUT = "mục tiêu ghi khoảng, cơ quan đầu mối quyết định"
_POINTS = frozenset({"điểm %", "điểm phần trăm", "phần trăm"})
# Measured in percent and yet no share of a whole: rates of change and index numbers.
_RATES = ("tốc độ", "tăng trưởng", "mức tăng", "mức giảm", "chỉ số", "so với", "gấp")
# Their bare figure is the change itself.
_CHANGES = ("tốc độ", "tăng trưởng", "mức tăng", "mức giảm", "tỷ lệ tăng", "tỷ lệ giảm")
_NO_SHARE_WORDS = ("kế hoạch", "dự toán", "so với", "cùng kỳ", "tăng trưởng")
_SHARE_NAMES = ("tỷ lệ", "tỉ lệ", "tỷ trọng", "tỉ trọng", "tỷ suất", "tỉ suất", "cơ cấu", "độ che phủ", "mức độ")
_DONE = frozenset(("đạt", "có", "hoàn thành", "đã hoàn thành", "đạt yêu cầu"))
_NOT_DONE = frozenset(("chưa đạt", "không đạt", "chưa", "chưa hoàn thành", "không", "không hoàn thành"))
_PLACES = Decimal("1E-12")


class NoValueError(Exception):
    """There is no quantity to judge; the text says why. `invalid` where one was given."""

    def __init__(self, reason: str = "", *, invalid: bool = False) -> None:
        """Keep the reason, and whether a value was given that cannot be right."""
        super().__init__(reason)
        self.invalid = invalid


# -- the comparison ----------------------------------------------------------------------------------------------------------


def goal(part: TargetPart) -> Fraction:
    """Return the number of a clause; of a ratio of a share ("trên 2/3") that share in percent, exactly."""
    low = Fraction(part.low or 0)
    if part.of and (part.unit or "").startswith("%"):
        return low * WHOLE / Fraction(part.of)
    return low


def near_end(part: TargetPart, direction: Direction) -> Fraction:
    """Return the quantity from which a clause is met: of a range the end on the worse side, or the end its operator bounds."""
    if part.high is None:
        return goal(part)
    if part.operator is not None:
        upper = part.operator in {Operator.AT_MOST, Operator.BELOW}
    else:
        upper = direction is Direction.DECREASE and not part.change
    return Fraction(part.high) if upper else goal(part)


def meets(part: TargetPart, direction: Direction, value: Fraction, tolerance: Fraction | None = None) -> Verdict:
    """Return the verdict on one quantity: `exceeded`, `met` or `missed`, by the table of target shapes.

    A clause with an operator is only met or missed; a point and a range are exceeded on the better side, a maintained level
    is at least kept. "Giảm x%" is better the more it falls, whatever the direction of the level. "Khoảng x" is met by what
    is equal or better; worse is missed only beyond a `tolerance`, and `no_data` without one.
    """
    bound = near_end(part, direction)
    operators = {
        Operator.AT_LEAST: value >= bound,
        Operator.ABOVE: value > bound,
        Operator.AT_MOST: value <= bound,
        Operator.BELOW: value < bound,
    }
    if part.operator in operators:
        return _met(operators[part.operator])
    if part.operator is Operator.ABOUT:
        return _about(part, direction, value, tolerance)
    if direction is Direction.WITHIN and not part.change:
        return _met(_inside(part, value, tolerance or Fraction()))
    if (part.maintained or direction is Direction.MAINTAIN) and not part.change:
        return _met(_inside(part, value, Fraction()) if part.high is not None else value >= bound)
    return _better(part, direction, value)


def _met(holds: bool) -> Verdict:  # noqa: FBT001 - the one thing it translates
    return Verdict.MET if holds else Verdict.MISSED


def _better(part: TargetPart, direction: Direction, value: Fraction) -> Verdict:
    low = goal(part)
    high = Fraction(part.high) if part.high is not None else low
    sign = _sign(part, direction)
    near, far = sorted((sign * low, sign * high))
    if sign * value > far and not part.rank:
        return Verdict.EXCEEDED
    return _met(sign * value >= near)


def _sign(part: TargetPart, direction: Direction) -> int:
    return -1 if direction is Direction.DECREASE and not (part.change or part.multiple) else 1


def _inside(part: TargetPart, value: Fraction, tolerance: Fraction) -> bool:
    high = goal(part) if part.high is None else Fraction(part.high)
    return goal(part) - tolerance <= value <= high + tolerance


def _about(part: TargetPart, direction: Direction, value: Fraction, tolerance: Fraction | None) -> Verdict:
    if direction is Direction.WITHIN and not part.change:
        gap = abs(value - goal(part))
    else:
        gap = _sign(part, direction) * (goal(part) - value)
    if gap <= (tolerance or 0):
        return Verdict.MET
    return Verdict.NO_DATA if tolerance is None else Verdict.MISSED


def tolerance_of(indicator: Indicator, part: TargetPart) -> Fraction | None:
    """Return how far a value may be from "khoảng x", in the clause's unit; a tolerance in percent of a quantity is its share."""
    if indicator.tolerance is None:
        return None
    try:
        (found,) = parse_target(indicator.tolerance, unit=indicator.unit)
    except ValueError:
        return None
    if found.unit == "%" and not (indicator.unit or "").startswith("%"):
        return abs(goal(part)) * Fraction(found.low or 0) / WHOLE
    return _in_unit_of(part, indicator, Fraction(found.low or 0), found.unit)


# -- what was reported -------------------------------------------------------------------------------------------------------


def is_share(name: str, unit: str | None, part: TargetPart) -> bool:
    """Whether a clause of the indicator with this name and unit is a share of a whole, which lies between 0 and 100."""
    if not (part.unit or unit or "").startswith("%") or part.change or part.multiple or part.baseline is not None:
        return False
    return not _is_rate(name) and not any(words in (part.remark or "") for words in _NO_SHARE_WORDS)


@lru_cache(maxsize=64)
def _is_rate(name: str) -> bool:
    return any(words in name.casefold() for words in _RATES)


def _is_bounded(indicator: Indicator, part: TargetPart) -> bool:
    """Whether no value above 100 can be: a share, unless the plan says otherwise or asks for more itself."""
    if indicator.share is False or not is_share(indicator.name, indicator.unit, part):
        return False
    goals = [part for target in indicator.targets for part in target.parts]
    return indicator.share is True or not any(max(goal(one), Fraction(one.high or 0)) > WHOLE for one in goals)


def quantity(indicator: Indicator, part: TargetPart, text: str) -> Fraction:
    """Return the one quantity a value states, in the unit of the clause it is compared with.

    Raises:
        NoValueError: the value is no quantity, in another unit, or does not say which of two things it is.
    """
    found = _one(indicator, text)
    if part.change:
        return _change(indicator, part, found, text)
    if part.multiple:
        return _times(indicator, part, found, text)
    if found.change:
        raise NoValueError(f'giá trị "{text}" là mức thay đổi, cần số liệu của chỉ tiêu', invalid=True)
    value = _of_whole(part, found, text) if part.of or found.of else None
    if value is None:
        value = _measured(indicator, part, found, text)
    if _is_bounded(indicator, part) and not 0 <= value <= WHOLE:
        raise NoValueError(f'giá trị "{text}" nằm ngoài khoảng 0 - 100%', invalid=True)
    return value


def _one(indicator: Indicator, text: str) -> TargetPart:
    """Return the single number of a value; a bound or a range is no value."""
    try:
        (found,) = parse_target(text, unit=indicator.unit)
    except TargetError as error:
        fault = error if error.ambiguous else NO_NUMBER
        raise NoValueError(f'giá trị "{text}" {fault}', invalid=True) from None
    except ValueError:
        raise NoValueError(f'giá trị "{text}" {NO_NUMBER}', invalid=True) from None
    bound = found.operator and not found.rank
    if found.low is None or found.high is not None or bound or found.maintained or found.scope or found.mean:
        raise NoValueError(f'giá trị "{text}" {NO_NUMBER}', invalid=True)
    return found


def _measured(indicator: Indicator, part: TargetPart, found: TargetPart, text: str) -> Fraction:
    unit = part.unit or indicator.unit
    if found.unit and unit and not (same_kind(found.unit, unit) or same_kind(found.unit, indicator.unit or unit)):
        raise NoValueError(f'giá trị "{text}" không theo đơn vị tính "{unit}"', invalid=True)
    return _in_unit_of(part, indicator, Fraction(found.low or 0), found.unit)


def _in_unit_of(part: TargetPart, indicator: Indicator, value: Fraction, unit: str | None) -> Fraction:
    """Return a value given in `unit` (None: the indicator's own) in the unit of the clause."""
    own = parse_unit(part.unit or indicator.unit or "").places
    return in_base(value, unit or indicator.unit) * power(-own)


def _of_whole(part: TargetPart, found: TargetPart, text: str) -> Fraction | None:
    """Return the value of a ratio ("14/15 xã"); None where it is a plain number of the clause's unit."""
    share = (part.unit or "").startswith("%")
    if found.of is not None and not found.rank:
        ratio = Fraction(found.low or 0) / Fraction(found.of)
        if share or part.of is None:
            return ratio * WHOLE if share else None
        if found.of != part.of:
            message = (
                f'giá trị "{text}" tính trên {format_number(found.of)}, mục tiêu tính trên {format_number(part.of)}'
            )
            raise NoValueError(message, invalid=True)
        return Fraction(found.low or 0)
    if part.of is None or share or part.rank:
        return None
    value = Fraction(found.low or 0) * (Fraction(part.of) / WHOLE if found.unit == "%" else 1)
    if value > Fraction(part.of):
        raise NoValueError(f'giá trị "{text}" lớn hơn tổng số {format_number(part.of)}', invalid=True)
    return value


# -- changes and multiples ---------------------------------------------------------------------------------------------------


def _change(indicator: Indicator, part: TargetPart, found: TargetPart, text: str) -> Fraction:
    """Return a reported change, positive in the sense of the target's word: "giảm 6" and "-6" are 6 of a fall."""
    if found.of is not None or found.multiple or found.rank:
        raise NoValueError(f'giá trị "{text}" {NO_NUMBER}', invalid=True)
    signed = found.change is not None or (found.low is not None and found.low < 0)
    if not signed and not _is_change_itself(indicator, part, found):
        raise NoValueError(WHICH_LEVEL.format(verb=part.change))
    value = _of_change(indicator, part, found, text)
    if found.change:
        return value if found.change == part.change else -value
    if value < 0:
        return -value if part.change == "giảm" else value
    return value


def _of_change(indicator: Indicator, part: TargetPart, found: TargetPart, text: str) -> Fraction:
    points = {part.unit or indicator.unit, found.unit or part.unit or indicator.unit}
    if all(unit in _POINTS or (unit or "").startswith("%") for unit in points):
        return Fraction(found.low or 0)
    return _measured(indicator, part, found, text)


def _is_change_itself(indicator: Indicator, part: TargetPart, found: TargetPart) -> bool:
    """Whether a bare number can only be the change: the indicator is one by name, or is no share and its unit is the change's."""
    name = indicator.name.casefold()
    if any(words in name for words in _CHANGES):
        return True
    named = part.baseline is not None and part.against is None
    return named and (indicator.unit or "") == "%" and part.unit == "%" and not is_share_name(name) and found.of is None


def is_share_name(name: str) -> bool:
    """Whether an indicator is itself a share, of which points and percent of change differ."""
    return any(words in name.casefold() for words in _SHARE_NAMES) and not any(
        words in name.casefold() for words in _CHANGES
    )


def change_is_open(indicator: Indicator, part: TargetPart) -> bool:
    """Whether nobody said if a change of a share is in points or in percent: the plan file needs the key `change`."""
    return bool(part.change) and part.unit in {"%", None} and indicator.change is None and _of_share(indicator)


def _of_share(indicator: Indicator) -> bool:
    return (indicator.unit or "").startswith("%") and is_share_name(indicator.name)


def _times(indicator: Indicator, part: TargetPart, found: TargetPart, text: str) -> Fraction:
    if found.multiple or (found.unit or indicator.unit or "").casefold() == "lần":
        return Fraction(found.low or 0)
    del part
    raise NoValueError(f'giá trị "{text}": cần làm rõ: gấp bao nhiêu lần, hay mức đạt được?')


def from_levels(indicator: Indicator, part: TargetPart, year: int, report: SubmittedIndicator) -> tuple[Fraction, str]:
    """Return the change or the multiple between the level before and the one reached, and the arithmetic in words.

    Raises:
        NoValueError: a level is missing or no number, or nobody knows whether points or percent are meant.
    """
    if not (part.change or part.multiple or part.baseline is not None) or not report.levels:
        raise NoValueError
    before = _levels_before(indicator, part, year, report)
    base = sum(before, Fraction()) / len(before)
    value, how = _between(indicator, part, base, _level(indicator, year, report))
    mean = f"({' + '.join(map(exact, before))}) / {len(before)} = {exact(base)}; " if len(before) > 1 else ""
    return value, f"{mean}{how} = {exact(value)}"


def _between(indicator: Indicator, part: TargetPart, base: Fraction, reached: Fraction) -> tuple[Fraction, str]:
    if part.multiple:
        return reached / _nonzero(base, part), f"{exact(reached)} / {exact(base)}"
    # Of ranks, the smaller number is the better place.
    first, second = (base, reached) if (part.change == "giảm") is not (part.unit == "bậc") else (reached, base)
    step, how = first - second, f"{exact(first)} - {exact(second)}"
    if part.unit == "bậc" or part.unit in _POINTS or indicator.change == "points":
        return step, how
    if not (part.unit or indicator.unit or "").startswith(("%", "‰")):
        scale = parse_unit(indicator.unit or "").places - parse_unit(part.unit or indicator.unit or "").places
        return step * power(scale), f"({how}) × {exact(power(scale))}" if scale else how
    return _percent(indicator, part, base, reached), f"({how}) / {exact(base)} × 100"


def _percent(indicator: Indicator, part: TargetPart, base: Fraction, reached: Fraction) -> Fraction:
    step = base - reached if part.change == "giảm" else reached - base
    percent = step * WHOLE / _nonzero(base, part)
    if change_is_open(indicator, part):
        raise NoValueError(
            f"từ {rounded(base)} đến {rounded(reached)} là {part.change} {rounded(step)} điểm % "
            f"hay {part.change} {rounded(percent)}%; kế hoạch cần khóa change"
        )
    return percent


def _nonzero(base: Fraction, part: TargetPart) -> Fraction:
    if not base:
        when = f"năm {part.baseline}" if part.baseline else "trước"
        raise NoValueError(f"số liệu {when} bằng 0, không tính được tỷ lệ", invalid=True)
    return base


def base_years(part: TargetPart, year: int) -> tuple[int, ...]:
    """Return the years whose mean level a change of `year` is measured from; empty where the words name none."""
    if part.against is Against.SPAN and part.baseline_from is not None and part.baseline is not None:
        return tuple(range(part.baseline_from, part.baseline + 1))
    if part.baseline is not None:
        return (part.baseline,)
    return (year - 1,) if part.against in {Against.PREVIOUS_YEAR, Against.SAME_PERIOD} or part.per == "năm" else ()


def _levels_before(indicator: Indicator, part: TargetPart, year: int, report: SubmittedIndicator) -> list[Fraction]:
    if years := base_years(part, year):
        return [_level(indicator, one, report) for one in years]
    earlier = [one for one in report.levels if one < year]
    if len(earlier) != 1:
        raise NoValueError("thiếu số liệu trước khi thay đổi")
    return [_level(indicator, earlier[0], report)]


def _level(indicator: Indicator, year: int, report: SubmittedIndicator) -> Fraction:
    if year not in report.levels:
        raise NoValueError(f"thiếu số liệu năm {year}")
    text = report.levels[year]
    try:
        (found,) = parse_target(text, unit=indicator.unit)
    except ValueError as error:
        fault = error if isinstance(error, TargetError) and error.ambiguous else NO_NUMBER
        raise NoValueError(f'số liệu năm {year} "{text}" {fault}', invalid=True) from None
    if found.low is None or found.high is not None or found.change:
        raise NoValueError(f'số liệu năm {year} "{text}" {NO_NUMBER}', invalid=True)
    own = parse_unit(indicator.unit or "").places
    return in_base(found.low, found.unit or indicator.unit) * power(-own)


# -- states, periods, means --------------------------------------------------------------------------------------------------


def state_reached(report: SubmittedIndicator) -> bool:
    """Return what was said of a target in words: `met`, or "Đạt", "Chưa đạt" as the value.

    Raises:
        NoValueError: nothing was said, or something else.
    """
    if report.met is not None:
        if report.value is not None:
            raise NoValueError("ghi cả value và met; chỉ giữ một khóa", invalid=True)
        return report.met
    said = " ".join((report.value or "").split()).casefold().rstrip(".")
    if not said:
        raise NoValueError
    if said not in _DONE | _NOT_DONE:
        raise NoValueError(f'giá trị "{report.value}" phải là "Đạt" hoặc "Chưa đạt"', invalid=True)
    return said in _DONE


def is_mean(indicator: Indicator, target: Target) -> bool:
    """Whether the target of a period is a yearly mean: its words or its unit say so."""
    part = target.parts[0]
    return part.per == "năm" or part.mean or parse_unit(indicator.unit or "").per == "năm"


def is_total(indicator: Indicator, target: Target) -> bool:
    """Whether the target of a period is the total over it: an amount that is counted. A share or a level is of its last year."""
    part = target.parts[0]
    plain = len(target.parts) == 1 and part.kind in {TargetKind.POINT, TargetKind.BOUND, TargetKind.RANGE}
    unit = part.unit or indicator.unit or ""
    return plain and bool(unit) and not _is_level(unit)


def _is_level(unit: str) -> bool:
    base = parse_unit(unit).base
    return (
        not base
        or "/" in base
        or base[0] in {"%", "‰", "điểm", "tuổi", "độ", "lần", "bậc", "hạng", "thứ", "phần", "phút", "giờ"}
    )


def is_growth(indicator: Indicator, part: TargetPart) -> bool:
    """Whether yearly figures are rates of growth, whose mean is geometric."""
    return (part.unit or indicator.unit or "").startswith("%") and (
        bool(part.change) or "tăng" in indicator.name.casefold()
    )


def geometric_mean(rates: list[Fraction], change: str | None) -> Fraction:
    """Return the mean of yearly rates in percent, to twelve places: three years of 8,5 are 8,5."""
    sign = -1 if change == "giảm" else 1
    product = Fraction(1)
    for rate in rates:
        product *= 1 + sign * rate / WHOLE
    if product <= 0:
        raise NoValueError("mức giảm từ 100% trở lên, không tính được bình quân", invalid=True)
    with localcontext(prec=60):
        root = (Decimal(product.numerator) / Decimal(product.denominator)) ** (Decimal(1) / len(rates))
        return Fraction(((root - 1) * WHOLE * sign).quantize(_PLACES))
