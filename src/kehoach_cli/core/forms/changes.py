"""Collect a filled form into the progress file of its plan and agency: its answers, and what they change."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.progress import Submission, SubmittedIndicator, SubmittedTask

_EMPTY: tuple[object, ...] = (None, {}, [], ())

# Keys that a form may not ask for: if they are absent, nothing follows.
_NOT_ASKED = frozenset({"province_total", "condition_met"})


class Change(Struct, frozen=True):
    """A changed value of a progress file: `before` is None for a new one, `after` None for a removed one."""

    path: KeyPath
    before: Any
    after: Any


def document_of(submission: Submission) -> dict[str, Any]:
    """Return a submission in the keys of a progress file; a field without an answer has no key."""
    found = {
        "kehoach": "progress/1",
        "plan": submission.plan,
        "agency": submission.agency,
        "year": submission.year,
        "cutoff": submission.cutoff,
        "submitted": submission.submitted,
        "indicators": {row: _indicator(entry) for row, entry in submission.indicators.items()},
        "tasks": {row: _task(entry) for row, entry in submission.tasks.items()},
        "funding": [_answered(entry) for entry in submission.funding],
        "narrative": _answered(submission.narrative),
    }
    return _answered(found)


def changes(existing: Submission, new: Submission) -> tuple[Change, ...]:
    """Return what `new` changes in `existing`: an answered row replaces the existing one, a blank row changes nothing."""
    before, after = document_of(existing), document_of(new)
    found = [
        Change((key,), before.get(key), after[key])
        for key in ("cutoff", "submitted", "funding")
        if key in after and after[key] != before.get(key)
    ]
    for kind in ("indicators", "tasks"):
        for row, entry in after.get(kind, {}).items():
            found += _entry((kind, row), before.get(kind, {}).get(row), entry)
    for key, value in after.get("narrative", {}).items():
        found += _narrative(("narrative", key), before.get("narrative", {}).get(key), value)
    return tuple(found)


def _entry(path: KeyPath, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> Iterator[Change]:
    if before is None:
        yield Change(path, None, after)
        return
    for key, value in after.items():
        if value != before.get(key):
            yield Change((*path, key), before.get(key), value)
    for key, value in before.items():
        if key not in after and key not in _NOT_ASKED:
            yield Change((*path, key), value, None)


def _narrative(path: KeyPath, before: Any, after: Any) -> Iterator[Change]:
    if isinstance(after, Mapping) and isinstance(before, Mapping):
        for key, value in after.items():
            if value != before.get(key):
                yield Change((*path, key), before.get(key), value)
    elif after != before:
        yield Change(path, before, after)


def _indicator(entry: SubmittedIndicator) -> dict[str, Any]:
    found = _answered(
        {
            "value": entry.value if entry.value is not None else dict(entry.parts),
            "estimate": entry.estimate,
            "to_date": entry.to_date,
            "province_total": entry.province_total,
            "levels": dict(entry.levels),
            "source": entry.source,
            "note": entry.note,
        }
    )
    return found if entry.met is None else {"met": entry.met, **found}


def _task(entry: SubmittedTask) -> dict[str, Any]:
    return _answered(
        {
            "status": entry.status.value if entry.status else None,
            "result": entry.result,
            "documents": [_answered({"number": paper.number, "date": paper.dated}) for paper in entry.documents],
            "completed": entry.completed,
            "extension": _answered({"to": entry.extension.to, "document": entry.extension.document})
            if entry.extension
            else None,
            "condition_met": entry.condition_met,
            "done_this_year": entry.done_this_year,
            "milestones": {
                number: _answered({"status": one.status.value if one.status else None, "completed": one.completed})
                for number, one in entry.milestones.items()
            },
            "done_for": list(entry.done_for),
            "difficulty": entry.difficulty,
        },
        keep_false=True,
    )


def _answered(entry: Mapping[str, Any], *, keep_false: bool = False) -> dict[str, Any]:
    """Return the keys with an answer; with `keep_false`, false is an answer too."""
    return {key: value for key, value in entry.items() if value not in _EMPTY and (keep_false or value is not False)}
