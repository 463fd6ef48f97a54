"""The fingerprint of a row as it was understood: whether what a submission answered is still what the plan says."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from msgspec import Struct
from msgspec.json import encode
from msgspec.structs import replace

from kehoach_cli.core.model.plan import Indicator, Plan, Task
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.core.notation.schedule import Schedule, ScheduleKind
from kehoach_cli.core.notation.target import Target, TargetPart
from kehoach_cli.viet.text import folded

# A phrase without a meaning is what it says.
_WORDS_ONLY = frozenset({ScheduleKind.UNKNOWN, ScheduleKind.VAGUE})
# How a phrase is written, where it comes from, what beside it is not read, and what it was before.
_UNREAD = frozenset({"text", "source", "remark", "note", "earlier"})


def fingerprint(row: Task | Indicator) -> str:
    """Return the fingerprint of a row: of its words, leads, schedule or targets as understood.

    Quoting, spacing, the order of leads and the way a schedule or target is written do not count.
    """
    said: dict[str, Any] = {"lead": sorted(row.lead)}
    if isinstance(row, Task):
        said |= {"text": folded(row.text), "schedule": _schedule(row.schedule)}
    else:
        targets = [_target(one, row.unit) for one in row.targets]
        said |= {
            "text": folded(row.name),
            "unit": folded(row.unit or ""),
            "direction": row.direction.value,
            "targets": targets,
        }
    return sha256(encode(said, order="deterministic")).hexdigest()


def fingerprint_in(plan: Plan, row_id: str) -> str | None:
    """Return the fingerprint of the row with this id; None where the plan has none."""
    return next((fingerprint(row) for row in _rows(plan) if row.id == row_id), None)


def answered(plan: Plan, submission: Submission) -> dict[str, str]:
    """Return the fingerprints of the rows that a submission answers: those its form was made with, else those of today."""
    rows = {row.id: row for row in _rows(plan)}
    said = [row for row in (*submission.tasks, *submission.indicators) if row in rows]
    return {row: submission.answers.get(row) or fingerprint(rows[row]) for row in said}


def answers_kept(document: Mapping[str, Any]) -> dict[str, str]:
    """Return the fingerprints of a document without those of rows that it no longer answers."""
    rows = {*document.get("tasks", {}), *document.get("indicators", {})}
    return {row: mark for row, mark in document.get("answers", {}).items() if row in rows}


def answers_of_older_text(plan: Plan, submission: Submission) -> Iterator[Task | Indicator]:
    """Yield the rows that are no longer what a submission answered; without fingerprints nobody can tell."""
    for row in _rows(plan):
        mark = submission.answers.get(row.id)
        if mark is not None and mark != fingerprint(row):
            yield row


def _rows(plan: Plan) -> tuple[Task | Indicator, ...]:
    return (*plan.tasks, *plan.indicators)


def _schedule(schedule: Schedule) -> dict[str, Any]:
    meant = _meaning(schedule)
    return meant | {"text": folded(schedule.text)} if schedule.kind in _WORDS_ONLY else meant


def _target(target: Target, unit: str | None) -> dict[str, Any]:
    # A quantity without a unit is in the indicator's own.
    parts = tuple(replace(part, unit=None) if part.unit == unit else part for part in target.parts)
    meant = _meaning(replace(target, parts=parts))
    return meant if target.parts else meant | {"text": folded(target.text)}


def _meaning(value: Struct) -> dict[str, Any]:
    """Return the fields of a value that say something, so that a field which comes later changes no older fingerprint."""
    defaults = dict(zip(reversed(value.__struct_fields__), reversed(value.__struct_defaults__), strict=False))
    unread = _UNREAD if isinstance(value, Schedule | Target | TargetPart) else frozenset()
    said = {name: getattr(value, name) for name in value.__struct_fields__ if name not in unread}
    return {
        name: _plain(one)
        for name, one in said.items()
        if one is not None and (name not in defaults or one != defaults[name])
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Struct):
        return _meaning(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal):
        return str(value.normalize())
    if isinstance(value, str):
        return folded(value)
    return value.isoformat() if isinstance(value, date) else value
