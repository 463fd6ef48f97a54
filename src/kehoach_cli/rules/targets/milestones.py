"""The milestones of a plan: where each one stands in the file, and its ranges, which can be compared with those of others."""

from collections.abc import Hashable, Iterator
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.plan import Indicator
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.core.notation.keys import time_text
from kehoach_cli.core.notation.target import Direction, Operator, Target, TargetPart
from kehoach_cli.rules.rows import indicators

Ends: TypeAlias = tuple[Decimal, Decimal]

# Ways to write the dash in the key of a period.
_DASHES = ("-", " - ", "- ", " -")


class PlacedTarget(NamedTuple):
    """A target of the indicator at the key path `row`."""

    row: KeyPath
    indicator: Indicator
    target: Target


def milestones(document: SourceFile) -> Iterator[PlacedTarget]:
    """Yield every target of every indicator of a plan."""
    for row, indicator in indicators(document.plan):
        for target in indicator.targets:
            yield PlacedTarget(row, indicator, target)


def milestone_path(document: SourceFile, milestone: PlacedTarget) -> KeyPath:
    """Return the key path of a target."""
    parent, target = (*milestone.row, "targets"), milestone.target
    if target.since is None:
        return (*parent, f"{target.year}-{target.period}" if target.period else str(target.year))
    spelt: list[KeyPath] = [(*parent, f"{target.since}{dash}{target.year}") for dash in _DASHES]
    as_value = False
    # The place of a key that is not in the file is that of its parent.
    missing = document.place(parent, as_value)
    return next((path for path in spelt if document.place(path, as_value) != missing), parent)


def when_text(target: Target) -> str:
    """Return when a target holds, as messages say it: `năm 2026`, `quý III/2026`, `giai đoạn 2023 - 2030`."""
    word = "giai đoạn " if target.since else "" if target.period else "năm "
    return word + time_text(target.year, target.since, target.period)


def measured(target: Target, unit: str | None) -> dict[Hashable, Ends]:
    """Return the range of each clause by what it measures; a point or a bound is twice the same number."""
    found: dict[Hashable, Ends] = {}
    for part in target.parts:
        # "Giảm 10% so với cùng kỳ" starts from another level every year, so two such targets cannot be compared.
        if part.low is None or (part.change and part.baseline is None):
            continue
        subject = _subject(target, part, unit)
        if subject in found:
            # With two clauses about one thing, nobody can tell which of them the next milestone continues.
            return {}
        high = part.low if part.high is None else part.high
        found[subject] = (-high, -part.low) if part.change == "giảm" else (part.low, high)
    return found


def _subject(target: Target, part: TargetPart, unit: str | None) -> Hashable:
    scope, unit = (part.scope or "").casefold(), (part.unit or unit or "").casefold()
    # Figures of a quarter begin anew each year: only those of the same quarter continue one another.
    return target.since is None, target.period, scope, unit, part.per, part.change is None, part.baseline


def against_direction(indicator: Indicator) -> tuple[Target, ...]:
    """Return the first two targets that go against the direction one after the other."""
    last: dict[Hashable, tuple[Target, Ends]] = {}
    for target in indicator.targets:
        for subject, ends in measured(target, indicator.unit).items():
            if subject in last:
                before, ends_before = last[subject]
                if _contradicts(_meant(indicator.direction, before, target), ends_before, ends):
                    return before, target
            last[subject] = target, ends
    return ()


def _meant(direction: Direction, *targets: Target) -> Direction:
    """Return the direction of the milestones; `maintain` with a lower bound allows them to rise."""
    floor = all(part.operator in {Operator.AT_LEAST, Operator.ABOVE} for target in targets for part in target.parts)
    return Direction.INCREASE if direction is Direction.MAINTAIN and floor else direction


def _contradicts(direction: Direction, before: Ends, now: Ends) -> bool:
    if direction in {Direction.MAINTAIN, Direction.WITHIN}:
        return before[0] != now[0]
    worse, better = (before, now) if direction is Direction.INCREASE else (now, before)
    return worse != better and better[0] <= worse[0] and better[1] <= worse[1]
