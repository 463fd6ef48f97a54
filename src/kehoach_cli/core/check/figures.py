"""What was reported of an indicator for one period, as figures that can be set beside those of another period."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from kehoach_cli.core.check.compare import NoValueError, from_levels, goal, quantity
from kehoach_cli.core.check.points import CHANGE, LEVEL, MULTIPLE, RANK, RATIO, Measured
from kehoach_cli.core.check.verdict import is_scoped, of_its_year
from kehoach_cli.core.model.plan import Indicator
from kehoach_cli.core.model.progress import SubmittedIndicator
from kehoach_cli.core.notation.parse import parse_target
from kehoach_cli.core.notation.quantity import parse_unit, same_kind
from kehoach_cli.core.notation.target import Target, TargetError, TargetPart


def figures_of(
    indicator: Indicator, target: Target | None, year: int, entry: SubmittedIndicator
) -> dict[str | None, Measured]:
    """Return the quantities of an entry by the part of the target that each belongs to (None: the whole).

    A sum or a mean over years plays no part: it is the figure of the entry itself.

    Raises:
        NoValueError: what was reported is no quantity.
    """
    parts = of_its_year(target).parts if target else ()
    if any(part.state is not None or part.event for part in parts):
        raise NoValueError("mục tiêu bằng lời")
    if target and is_scoped(of_its_year(target)):
        return dict(_scoped(indicator, parts, entry))
    part = parts[0] if parts else TargetPart(None)
    if entry.value is not None:
        return {None: _figure(indicator, part, entry.value)}
    if year in entry.levels:
        return {None: level(indicator, entry.levels[year])}
    value, _ = from_levels(indicator, part, year, entry)
    return {None: Measured(value, unit_of(indicator, part), _measure(part))}


def level(indicator: Indicator, text: str) -> Measured:
    """Return the level that a text states, as of a baseline.

    Raises:
        NoValueError: it states none.
    """
    return _figure(indicator, TargetPart(None), text)


def as_judged(
    indicator: Indicator, target: Target | None, text: str | None, unit: str | None
) -> tuple[Indicator, Target | None]:
    """Return an indicator and its target as a lock knew them, where the printed target or the unit has changed since."""
    known = replace(indicator, unit=unit) if unit else indicator
    if target is None or text is None or (text == target.text and known.unit == indicator.unit):
        return known, target
    try:
        parts = parse_target(text, unit=known.unit, direction=indicator.direction, year=target.year)
    except TargetError:
        return known, target
    return known, replace(target, text=text, parts=parts)


def _scoped(
    indicator: Indicator, parts: tuple[TargetPart, ...], entry: SubmittedIndicator
) -> Iterator[tuple[str | None, Measured]]:
    for part in parts:
        if text := entry.parts.get(part.label):
            yield part.label, _figure(indicator, part, text)


def _figure(indicator: Indicator, part: TargetPart, text: str) -> Measured:
    return Measured(quantity(indicator, part, text), unit_of(indicator, part), _measure(part))


def aim_of(indicator: Indicator, part: TargetPart) -> Measured | None:
    """Return the one level that a clause sets; None where it sets a range, or none."""
    if part.low is None or part.high is not None or part.event:
        return None
    return Measured(goal(part), unit_of(indicator, part), _measure(part))


def unit_of(indicator: Indicator, part: TargetPart) -> str | None:
    """Return the unit of a clause, in the indicator's words where both have the same scale."""
    own, named = indicator.unit, part.unit
    if own and named and same_kind(own, named) and parse_unit(own).places == parse_unit(named).places:
        return own
    return named or own


def value_unit(indicator: Indicator, parts: Sequence[TargetPart]) -> str | None:
    """Return the unit of a quantity that was judged by these clauses: its clause's, where there is one."""
    if len(parts) != 1:
        return indicator.unit
    return "lần" if parts[0].multiple else unit_of(indicator, parts[0])


def _measure(part: TargetPart) -> tuple[object, ...]:
    if part.change:
        return CHANGE, part.change, part.baseline, part.against, part.baseline_from
    if part.multiple:
        return MULTIPLE, part.baseline, part.against
    if part.rank:
        return RANK, part.of
    return (RATIO, part.of) if part.of is not None and not (part.unit or "").startswith("%") else (LEVEL,)
