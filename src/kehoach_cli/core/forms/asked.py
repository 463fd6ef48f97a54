"""What a form asks of a row: each value of an indicator, the milestones and periods of a task."""

from kehoach_cli.core.check.compare import base_years, is_share
from kehoach_cli.core.check.verdict import is_scoped, of_its_year
from kehoach_cli.core.forms.form import AskedKind, AskedValue
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Indicator
from kehoach_cli.core.notation.schedule import Schedule
from kehoach_cli.core.notation.target import Against, Target, TargetPart

_PHRASES = {AskedKind.FALL: "giảm {}", AskedKind.RISE: "tăng {}", AskedKind.TIMES: "gấp {} lần"}
_CHANGES = {"giảm": AskedKind.FALL, "tăng": AskedKind.RISE}
_PERIODS = {
    "half": ("H1", "H2"),
    "quarter": ("Q1", "Q2", "Q3", "Q4"),
    "month": tuple(f"{month:02}" for month in range(1, 13)),
}


def asked_values(indicator: Indicator, target: Target | None, year: int) -> tuple[AskedValue, ...]:
    """Return the values that answer a target: one, one for each part, or a change beside the levels before and now."""
    parts = of_its_year(target).parts if target else ()
    if target is None or not parts:
        return (AskedValue(AskedKind.VALUE, indicator.unit),)
    if all(part.state is not None for part in parts):
        return (AskedValue(AskedKind.STATE),)
    if is_scoped(of_its_year(target)):
        return tuple(_asked(indicator, part, part.label) for part in parts)
    return (_asked(indicator, parts[0], ""), *_levels(indicator, parts[0], year))


def _asked(indicator: Indicator, part: TargetPart, scope: str) -> AskedValue:
    if part.multiple:
        return AskedValue(AskedKind.TIMES, "lần", scope)
    if part.change:
        return AskedValue(_CHANGES[part.change], part.unit or indicator.unit, scope)
    return AskedValue(AskedKind.VALUE, indicator.unit, scope)


def _levels(indicator: Indicator, part: TargetPart, year: int) -> tuple[AskedValue, ...]:
    """Return the levels from which a change follows; where the words name no year, the one before the report's."""
    if not (part.change or part.multiple or part.baseline is not None) or part.against is Against.OTHER:
        return ()
    known = tuple(indicator.baseline) if len(indicator.baseline) == 1 else (year - 1,)
    years = sorted({*(base_years(part, year) or known), year})
    return tuple(AskedValue(AskedKind.LEVEL, indicator.unit, year=one) for one in years)


def counted_text(indicator: Indicator, target: Target | None, period: Period) -> str:
    """Return what a figure of a part of a year counts: the period alone where the target is its own, else since 1 January."""
    end = period.text.partition("/")[0] if period.part else ""
    if not end or (target and target.parts and all(part.state is not None for part in target.parts)):
        return ""
    if target and target.year == period.year and target.period == period.part:
        return f"số của riêng {end}"
    part = target.parts[0] if target and target.parts else TargetPart(None)
    if is_share(indicator.name, indicator.unit, part):
        return f"tính đến hết {end}"
    # Nobody can tell from a unit whether an amount is counted anew every year.
    return f"số phát sinh: lũy kế từ 01/01 đến hết {end}; số hiện có: đến hết {end}"


def change_text(kind: AskedKind, text: str) -> str:
    """Return what was typed into the cell of a change as a value says it: a bare 6 under "Mức giảm" is "giảm 6"."""
    phrase = _PHRASES.get(kind)
    return phrase.format(text) if phrase and text[:1].isdecimal() and "lần" not in text else text


def periods_of(schedule: Schedule, period: Period) -> tuple[str, ...]:
    """Return the parts of a year up to the end of a period for which a recurring duty is done.

    There are none where it comes back once a year or has no end.
    """
    every = schedule.recurrence.every if schedule.recurrence else ""
    parts = (Period(period.year, part) for part in _PERIODS.get(every, ()))
    return tuple(one.key for one in parts if one.last_day <= period.last_day)
