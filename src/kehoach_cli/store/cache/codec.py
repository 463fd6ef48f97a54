"""The core's values as plain data (what JSON can write) and back: for the cache, which must hold nothing that can run.

A list begins with what it stands for: the number of a record's class, or one of the signs below.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from kehoach_cli.core.model import agency, finding, plan, progress
from kehoach_cli.core.notation import schedule, target
from kehoach_cli.viet.dates import PartialDate

_TUPLE, _LIST, _SET, _PAIRS, _DATE, _DECIMAL = "(", "[", "{", ":", "d", "n"

# What the cache may hold; the order is part of its format, which the tool's version stands for.
_RECORDS: tuple[type, ...] = (
    *(
        agency.Agency,
        agency.Successor,
        finding.Finding,
        target.Target,
        target.TargetPart,
        schedule.Schedule,
        schedule.Recurrence,
        schedule.Milestone,
        PartialDate,
    ),
    *(
        plan.Basis,
        plan.Document,
        plan.Period,
        plan.Passage,
        plan.ReportingRule,
        plan.Clause,
        plan.Section,
        plan.Condition,
    ),
    *(plan.Heir, plan.BodyVariant, plan.Withdrawal, plan.Task, plan.Indicator, plan.Plan),
    *(progress.Paper, progress.Extension, progress.TaskReport, progress.IndicatorReport, progress.Submission),
)
_ENUMS: tuple[type[StrEnum], ...] = (
    *(
        plan.TaskKind,
        plan.ConditionKind,
        plan.ClauseRole,
        schedule.ScheduleKind,
        target.Direction,
        target.Operator,
        target.Against,
    ),
    *(finding.Severity, progress.Status),
)
_NUMBERS = {kind: number for number, kind in enumerate((*_RECORDS, *_ENUMS))}
_MEMBERS = [{member.value: member for member in kind} for kind in _ENUMS]


def plain(value: Any) -> Any:
    """Return a value of the core as plain data.

    Raises:
        TypeError: the value is, or holds, something the cache does not know.
    """
    kind = type(value)
    if kind in _AS_IT_IS:
        return value
    number = _NUMBERS.get(kind)
    if number is not None:
        if number >= len(_RECORDS):
            return [number, value.value]
        return [number, *(plain(getattr(value, name)) for name in kind.__struct_fields__)]
    if kind not in _WRITERS:
        raise TypeError(kind.__name__)
    return _WRITERS[kind](value)


def _plain_dict(value: dict[Any, Any]) -> Any:
    if all(type(key) is str for key in value):
        return {key: plain(child) for key, child in value.items()}
    return [_PAIRS, *(plain(part) for pair in value.items() for part in pair)]


_AS_IT_IS = frozenset({type(None), bool, int, str})
_WRITERS: Mapping[type, Callable[[Any], Any]] = {
    dict: _plain_dict,
    tuple: lambda value: [_TUPLE, *map(plain, value)],
    list: lambda value: [_LIST, *map(plain, value)],
    # Sorted, since the order of a set differs from run to run.
    frozenset: lambda value: [_SET, *sorted(map(plain, value))],
    date: lambda value: [_DATE, value.isoformat()],
    Decimal: lambda value: [_DECIMAL, str(value)],
}


def built(data: Any) -> Any:
    """Return the value that plain data stand for.

    Raises:
        ValueError, TypeError, LookupError, ArithmeticError: the data are none of ours.
    """
    if type(data) is not list:
        if type(data) is not dict:
            return data
        return {key: built(child) if type(child) in _NESTED else child for key, child in data.items()}
    head, *values = data
    if type(head) is int:
        if head < len(_RECORDS):
            return _record(head, values)
        return _MEMBERS[head - len(_RECORDS)][values[0]]
    if head in _SIMPLE:
        return _SIMPLE[head](values[0])
    values = [built(child) if type(child) in _NESTED else child for child in values]
    if head == _PAIRS:
        return dict(zip(values[::2], values[1::2], strict=True))
    return _SEQUENCES[head](values)


_NESTED = frozenset({list, dict})
_SIMPLE: Mapping[str, Callable[[str], Any]] = {_DATE: date.fromisoformat, _DECIMAL: Decimal}
_SEQUENCES: Mapping[str, Callable[[list[Any]], Any]] = {_TUPLE: tuple, _LIST: list, _SET: frozenset}


def _record(number: int, values: list[Any]) -> Any:
    kind: Any = _RECORDS[number]
    fields = zip(kind.__struct_fields__, values, strict=True)
    return kind(**{name: built(value) if type(value) in _NESTED else value for name, value in fields})
