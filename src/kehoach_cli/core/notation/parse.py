"""The meaning of a printed phrase: a schedule or a target, read by its grammar."""

from datetime import date
from functools import lru_cache

from msgspec.structs import replace

from kehoach_cli.core.notation.compose import ScheduleContext, compose
from kehoach_cli.core.notation.phrases import read_target
from kehoach_cli.core.notation.refusal import PhraseError
from kehoach_cli.core.notation.schedule import NO_SCHEDULE, Schedule, ScheduleError, ScheduleKind
from kehoach_cli.core.notation.target import Direction, TargetError, TargetPart


@lru_cache(maxsize=4096)
def parse_schedule(
    text: str | None, *, strict_before: bool = True, year: int | None = None, issued: date | None = None
) -> Schedule:
    """Return the meaning of a schedule phrase; blank is kind `none`.

    `year` is the only year of the plan, or of the heading above: a phrase without a year gets it. `issued` is the document's
    date: a day so completed that lies before it is refused, and terms are counted from it.

    Raises:
        ScheduleError: the phrase is not understood, lacks its year, names a day that does not exist, or ends before it starts.
    """
    try:
        found = compose(text or "", ScheduleContext(strict_before, year, issued))
    except PhraseError as error:
        raise ScheduleError(str(error), error.why, readings=error.readings, near=error.near) from None
    return replace(found, text=text or "") if found.kind is not ScheduleKind.NONE else NO_SCHEDULE


@lru_cache(maxsize=4096)
def parse_target(
    text: str, *, unit: str | None = None, direction: Direction | None = None, year: int | None = None
) -> tuple[TargetPart, ...]:
    """Return the clauses of a target string such as `≥80`, `1,5 - 2`, `trên 90%`, `giảm 10% so với năm 2024`.

    Quantities are given in the indicator's `unit` where the phrase fits it. `direction` settles "từ 65%" and "-5%"; `year` is
    that of the key.

    Raises:
        TargetError: the string has no meaning or more than one (`1.5`).
    """
    try:
        return read_target(text, unit, direction, year)
    except PhraseError as error:
        raise TargetError(str(error), error.why, readings=error.readings, near=error.near) from None


def parse_scoped(
    texts: dict[str, str], *, unit: str | None = None, direction: Direction | None = None, year: int | None = None
) -> tuple[TargetPart, ...]:
    """Return the clauses of a target given as {scope: string}.

    Raises:
        TargetError: a string has no single meaning.
    """
    parts: list[TargetPart] = []
    for scope, text in texts.items():
        clauses = parse_target(text, unit=unit, direction=direction, year=year)
        if len(clauses) != 1 or clauses[0].scope:
            raise TargetError(f'phần "{scope}" phải là một giá trị duy nhất')
        parts.append(replace(clauses[0], scope=scope))
    return tuple(parts)
