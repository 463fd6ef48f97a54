"""What a filled form says in the keys of a progress file, and what must change in the file so that it says it too."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.progress import Submission, SubmittedIndicator, SubmittedTask

# The parts of the narrative, in the order of the report.
NARRATIVE: dict[str, Any] = {
    "directing": None,
    "strengths": None,
    "limits": None,
    "causes": {"objective": None, "subjective": None},
    "lessons": None,
    "funding": None,
    "next_year": None,
    "proposals": {"central": None, "province": None, "others": None},
}
_FUNDING = ("source", "planned", "spent", "unit")
_EMPTY: tuple[object, ...] = (None, {}, [], ())


class AnswerChange(Struct, frozen=True):
    """A changed value of a progress file: `before` is None for a new one, `after` None for a removed one."""

    path: KeyPath
    before: Any
    after: Any


def document_of(submission: Submission) -> dict[str, Any]:
    """Return a submission in the keys of a progress file; a field without an answer has no key."""
    found = _every_key(submission) | {
        "indicators": {row: _indicator(entry) for row, entry in submission.indicators.items()},
        "tasks": {row: _task(entry) for row, entry in submission.tasks.items()},
        "funding": [_answered(entry) for entry in submission.funding],
        "narrative": _answered(submission.narrative),
    }
    return _answered(found)


def keys_in_order(plan: Plan, submission: Submission) -> dict[str, Any]:
    """Return every key that a document of this plan may have, in the order of a file; rows of funding as in a submission."""
    indicators, tasks = [row.id for row in plan.indicators], [row.id for row in plan.tasks]
    return _every_key(submission) | {
        "indicators": dict.fromkeys(indicators, _every_key_of_indicator(SubmittedIndicator())),
        "tasks": dict.fromkeys(tasks, _every_key_of_task(SubmittedTask())),
        "funding": [dict.fromkeys(_FUNDING) | entry for entry in submission.funding],
        "narrative": NARRATIVE,
        "answers": dict.fromkeys([*indicators, *tasks]),
    }


def _every_key(submission: Submission) -> dict[str, Any]:
    return {
        "kehoach": "progress/1",
        "plan": submission.plan,
        "agency": submission.agency,
        "year": submission.year,
        "period": submission.period.key if submission.part else None,
        "cutoff": submission.cutoff,
        "submitted": submission.submitted,
        "indicators": {},
        "tasks": {},
        "funding": submission.funding,
        "narrative": {},
        "answers": dict(submission.answers),
    }


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[AnswerChange, ...]:
    """Return what must change in a document so that it becomes `after`."""
    return tuple(_changed((), before, after))


def _changed(path: KeyPath, before: Any, after: Any) -> Iterator[AnswerChange]:
    """Yield the changes of one value. A list of texts changes as a whole; of a list of entries, each entry on its own."""
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in [*after, *(key for key in before if key not in after)]:
            yield from _changed((*path, key), before.get(key), after.get(key))
    elif path == ("funding",) and before and after:
        for index in range(max(len(before), len(after))):
            yield from _changed((*path, index), _nth(before, index), _nth(after, index))
    else:
        yield AnswerChange(path, before, after)


def _nth(entries: list[Any], index: int) -> Any:
    return entries[index] if index < len(entries) else None


def _indicator(entry: SubmittedIndicator) -> dict[str, Any]:
    found = _answered(_every_key_of_indicator(entry))
    return found if entry.met is None else {"met": entry.met, **found}


def _every_key_of_indicator(entry: SubmittedIndicator) -> dict[str, Any]:
    return {
        "met": None,
        "value": entry.value if entry.value is not None else dict(entry.parts),
        "estimate": entry.estimate,
        "to_date": entry.to_date,
        "province_total": entry.province_total,
        "levels": dict(entry.levels),
        "source": entry.source,
        "note": entry.note,
    }


def _task(entry: SubmittedTask) -> dict[str, Any]:
    return _answered(_every_key_of_task(entry), keep_false=True)


def _every_key_of_task(entry: SubmittedTask) -> dict[str, Any]:
    return {
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
        "settled": {"document": entry.settled} if entry.settled else None,
        "difficulty": entry.difficulty,
    }


def _answered(entry: Mapping[str, Any], *, keep_false: bool = False) -> dict[str, Any]:
    """Return the keys with an answer; with `keep_false`, false is an answer too."""
    return {key: value for key, value in entry.items() if value not in _EMPTY and (keep_false or value is not False)}
