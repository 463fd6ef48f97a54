"""Taking a filled form into the file of its plan and agency: what it answers, and what that changes."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.progress import IndicatorReport, Submission, TaskReport

_EMPTY: tuple[object, ...] = (None, {}, [], ())

# What a form may not ask of a row, so that its absence says nothing.
_NOT_ASKED = frozenset({"province_total", "condition_met"})


class Change(Struct, frozen=True):
    """A value at a key path of a progress document: `before` is None where it is new, `after` None where it goes."""

    path: KeyPath
    before: Any
    after: Any


def document_of(submission: Submission) -> dict[str, Any]:
    """Return what a submission answers in the keys of a progress file; what it leaves open has no key."""
    found = {
        "kehoach": "progress/1",
        "plan": submission.plan,
        "agency": submission.agency,
        "year": submission.year,
        "cutoff": submission.cutoff,
        "submitted": submission.submitted,
        "indicators": {row: _indicator(report) for row, report in submission.indicators.items()},
        "tasks": {row: _task(report) for row, report in submission.tasks.items()},
        "funding": [_answered(entry) for entry in submission.funding],
        "narrative": _answered(submission.narrative),
    }
    return _answered(found)


def changes(existing: Submission, new: Submission) -> tuple[Change, ...]:
    """Return what `new` changes in `existing`: an answered row replaces the one there, a row left blank changes nothing."""
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


def _indicator(report: IndicatorReport) -> dict[str, Any]:
    return _answered(
        {
            "value": report.value if report.value is not None else dict(report.parts),
            "estimate": report.estimate,
            "to_date": report.to_date,
            "province_total": report.province_total,
            "levels": dict(report.levels),
            "source": report.source,
            "note": report.note,
        }
    )


def _task(report: TaskReport) -> dict[str, Any]:
    return _answered(
        {
            "status": report.status.value if report.status else None,
            "result": report.result,
            "documents": [_answered({"number": paper.number, "date": paper.dated}) for paper in report.documents],
            "completed": report.completed,
            "extension": _answered({"to": report.extension.to, "document": report.extension.document})
            if report.extension
            else None,
            "condition_met": report.condition_met,
            "done_this_year": report.done_this_year,
            "difficulty": report.difficulty,
        },
        keep_false=True,
    )


def _answered(entry: Mapping[str, Any], *, keep_false: bool = False) -> dict[str, Any]:
    """Return the keys that say something; `false` is an answer where the question is yes or no."""
    return {key: value for key, value in entry.items() if value not in _EMPTY and (keep_false or value is not False)}
