"""Phrases of other provinces with their right meaning, in files that are no part of the repository.

KEHOACH_SOURCES names the folder with the documents; `cases` stands beside it.
"""

import os
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kehoach_cli.core.notation.parse import parse_schedule, parse_target
from kehoach_cli.core.notation.refusal import Why
from kehoach_cli.core.notation.schedule import Schedule, ScheduleError, ScheduleKind
from kehoach_cli.core.notation.target import Direction, Operator, TargetError, TargetPart, contradicts

_OPERATORS = {
    "≥": Operator.AT_LEAST,
    ">": Operator.ABOVE,
    "≤": Operator.AT_MOST,
    "<": Operator.BELOW,
    "~": Operator.ABOUT,
    "=": None,
}


def cases(name: str) -> list[list[str]]:
    folder = os.environ.get("KEHOACH_SOURCES")
    file = Path(folder).parent / "cases" / name if folder else None
    if file is None or not file.is_file():
        return []
    lines = file.read_text("utf-8").splitlines()
    return [[*line.split("\t"), *[""] * 6][:6] for line in lines if line.strip() and not line.startswith("#")]


SCHEDULES, TARGETS = cases("schedules.tsv"), cases("targets.tsv")
missing = pytest.mark.skipif(not SCHEDULES, reason="KEHOACH_SOURCES is not set, or has no folder cases beside it")


@missing
@pytest.mark.parametrize("case", SCHEDULES, ids=lambda case: case[0])
def test_a_schedule_is_understood_rightly(case: list[str]) -> None:
    phrase, meaning, deadline, every, due, _ = case
    one_year = 2025 if "plan is of 2025 alone" in meaning else None
    issued = date(2025, 1, 15) if "counted from" in meaning else None
    found = parse_schedule(phrase, year=one_year, issued=issued)
    assert (found.deadline.isoformat() if found.deadline else "") == deadline
    if one_year:
        with pytest.raises(ScheduleError) as caught:
            parse_schedule(phrase)
        assert caught.value.why is Why.YEAR_MISSING
    assert is_of_kind(found, meaning)
    if meaning == "recurring":
        recurrence = found.recurrence
        assert (recurrence.every if recurrence else "", " ".join(recurrence.due if recurrence else ())) == (every, due)
    if meaning == "milestones":
        assert "; ".join(step.deadline.isoformat() for step in found.milestones) == due


def is_of_kind(found: Schedule, meaning: str) -> bool:
    dated = {ScheduleKind.PERIOD, ScheduleKind.YEAR, ScheduleKind.UNTIL}
    kinds = {
        "recurring": {ScheduleKind.RECURRING},
        "vague": {ScheduleKind.VAGUE},
        "begins": {ScheduleKind.OPEN},
        "on an event": {ScheduleKind.EVENT, ScheduleKind.ON_REQUEST},
        "milestones": {ScheduleKind.MILESTONES},
        "deadline counted": {ScheduleKind.EVENT},
        "deadline, then": dated,
        "deadline": dated,
    }
    wanted = next(kind for begin, kind in kinds.items() if meaning.startswith(begin))
    return found.kind in wanted and found.goes_on is meaning.startswith("deadline, then")


@missing
@pytest.mark.parametrize("case", TARGETS, ids=lambda case: f"{case[0]} [{case[1]}]")
def test_a_target_is_understood_rightly(case: list[str]) -> None:
    phrase, unit, direction, meaning, *_ = case
    try:
        parts = parse_target(phrase, unit=unit or None, direction=Direction(direction))
    except TargetError:
        assert meaning == "ambiguous" or "K302" in meaning
        return
    if "K304" in meaning:
        assert contradicts(parts[0], Direction(direction))
    assert says(parts, meaning)


def says(parts: tuple[TargetPart, ...], meaning: str) -> bool:
    """Whether what was understood is what the file says."""
    part = parts[0]
    if meaning[:1] == "T":
        return part.state is not None
    if meaning == "maintain":
        return part.maintained and part.low is None
    if found := re.match(r"(\d) (?:parts|years)", meaning):
        labels = {one.label for one in parts}
        return len(parts) == len(labels) == int(found[1]) and bounds(parts, meaning)
    if meaning.startswith(("change", "×")):
        return changes(part, meaning)
    return amount(part, meaning) and not part.change


def bounds(parts: tuple[TargetPart, ...], meaning: str) -> bool:
    """Whether each part has its bound, where the file gives one ("2 parts ≤3 / ≤50")."""
    told = meaning.partition("parts")[2].split("/") if "/" in meaning else []
    return all(amount(part, text.strip()) for part, text in zip(parts, told, strict=False))


def changes(part: TargetPart, meaning: str) -> bool:
    ends = [number(text) for text in re.findall(r"[0-9]+(?:\.[0-9]+)?", meaning.partition(" vs ")[0].partition(",")[0])]
    against = meaning.partition(" vs ")[2]
    year = re.search(r"[0-9]{4}$", against)
    fits = [part.low, *([part.high] if part.high is not None else [])] == ends
    falls = "-" in meaning.partition(" vs ")[0].partition("..")[0].partition(",")[0]
    word = part.multiple if "×" in meaning else part.change == ("giảm" if falls else "tăng")
    bound = part.operator is not None if re.search("[≥≤>]", meaning) else part.operator is None
    yearly = part.per == "năm" if "/yr" in meaning else part.per is None
    compared = part.baseline == int(year[0]) if year else bool(part.against) is bool(against)
    return fits and bool(word) and bound and yearly and compared


def amount(part: TargetPart, meaning: str) -> bool:
    if ".." in meaning:
        low, high = (number(text) for text in re.findall(r"[0-9]+(?:\.[0-9]+)*", meaning.replace("..", " "))[:2])
        near = part.operator is None or "K302" in meaning or "open" in meaning
        return (part.low, part.high) == (low, high) and near
    if "two thirds" in meaning:
        return (part.operator, part.low, part.of) == (Operator.ABOVE, Decimal(2), Decimal(3))
    found = re.match(r"([≥>≤<~=])([0-9.]+)(?: of ([0-9.]+))?", meaning)
    if found is None:
        return False
    of = number(found[3]) if found[3] else part.of if part.rank else None
    zero = meaning == "=0" and part.operator is Operator.AT_MOST
    return (part.low, part.high, part.of) == (number(found[2]), None, of) and (
        part.operator is _OPERATORS[found[1]] or zero
    )


def number(text: str) -> Decimal:
    grouped = re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}", text)
    return Decimal(text.replace(".", "") if grouped else text)
