"""Milestones: where one stands in the file, and what it says that can be compared with another."""

from collections.abc import Hashable
from decimal import Decimal
from typing import TypeAlias

from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.core.notation.target import Target, TargetPart

Ends: TypeAlias = tuple[Decimal, Decimal]

# The key of a period may be written with spaces around its dash.
_DASHES = ("-", " - ", "- ", " -")


def milestone_path(document: SourceFile, indicator: int, target: Target) -> KeyPath:
    """Return the key path of a target of the indicator with this index."""
    parent: KeyPath = ("indicators", indicator, "targets")
    if target.since is None:
        return (*parent, str(target.year))
    spelt: list[KeyPath] = [(*parent, f"{target.since}{dash}{target.year}") for dash in _DASHES]
    as_value = False
    # A key that is not in the file is placed where its parent is.
    missing = document.place(parent, as_value)
    return next((path for path in spelt if document.place(path, as_value) != missing), parent)


def measured(target: Target, unit: str | None) -> dict[Hashable, Ends]:
    """Return the range of each clause (a point or a bound: twice the number) by what it measures; equal keys compare."""
    found: dict[Hashable, Ends] = {}
    for part in target.parts:
        # "Giảm 10% so với cùng kỳ" starts from another level every year, so two of them say nothing about each other.
        if part.low is None or (part.change and part.baseline is None):
            continue
        subject = _subject(target, part, unit)
        if subject in found:
            # Two clauses about one thing: nobody can tell which of them the next milestone goes on from.
            return {}
        high = part.low if part.high is None else part.high
        found[subject] = (-high, -part.low) if part.change == "giảm" else (part.low, high)
    return found


def _subject(target: Target, part: TargetPart, unit: str | None) -> Hashable:
    scope, unit = (part.scope or "").casefold(), (part.unit or unit or "").casefold()
    return target.since is None, scope, unit, part.per, part.change is None, part.baseline
