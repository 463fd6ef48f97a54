"""A new draft and a plan file that people have worked on: what they changed stays, and what the document changed is said."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from kehoach_cli.core.draft.notes import Draft
from kehoach_cli.core.model.source_record import Doubt, DoubtKind, RecordedValue, SourceRecord, digest

# The lists of a plan file whose entries have ids.
LISTS = ("objectives", "funding", "clauses", "sections", "tasks", "indicators")
_GROUPS = ("document", "period")


class Merged(Struct, frozen=True):
    """The plan to write, its record without file and hash, and what changed: added, changed, dropped, kept as edited."""

    plan: dict[str, Any]
    values: tuple[RecordedValue, ...]
    doubts: tuple[Doubt, ...]
    raised: tuple[str, ...]
    changes: dict[str, tuple[str, ...]]


def flattened(plan: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield every value of a plan file by its place in it: `tasks/III.1/lead`, `document/number`, `coordinator`."""
    for key, value in plan.items():
        if key in LISTS and isinstance(value, list):
            for entry in value:
                for inner, one in entry.items():
                    yield f"{key}/{entry.get('id')}/{inner}", one
        elif key in _GROUPS and isinstance(value, Mapping):
            for inner, one in value.items():
                yield f"{key}/{inner}", one
        else:
            yield key, value


def merged(draft: Draft, now: Mapping[str, Any] | None, record: SourceRecord | None) -> Merged:
    """Return the plan to write: the draft, but what people changed in the plan file as it is `now`.

    Without a plan file or its record everything is new.
    """
    new = dict(flattened(draft.plan))
    was = {one.at: one.was for one in record.values} if record else {}
    mine = dict(flattened(now)) if now is not None and record else {}
    result = dict(new)
    doubts = list(draft.doubts)
    changes: dict[str, list[str]] = {"added": [], "changed": [], "dropped": [], "kept": []}
    if mine:
        for at in dict.fromkeys([*new, *mine]):
            kind = _settle(at, new, mine, was, result)
            if kind:
                changes[kind].append(at)
            if kind == "kept" and at in new and at in was and digest(new[at]) != was[at]:
                doubts.append(_changed(at, new[at], draft.places))
    before = record.doubts if record else ()
    doubts += [one for one in before if one.kind is DoubtKind.CHANGED and one.at in mine and one not in doubts]
    raised = set(record.raised) if record else set()
    open_now = {one.mark for one in before}
    marked = [(one, one.mark) for one in doubts]
    kept = [one for one, mark in marked if mark not in raised or mark in open_now]
    marks = tuple(dict.fromkeys([*(record.raised if record else ()), *(mark for _, mark in marked)]))
    values = tuple(RecordedValue(at, place_of(at, draft.places), digest(value)) for at, value in new.items())
    plan = _ordered(result, draft.plan, now or {})
    return Merged(plan, values, tuple(kept), marks, {kind: tuple(found) for kind, found in changes.items()})


def _settle(
    at: str, new: Mapping[str, Any], mine: Mapping[str, Any], was: Mapping[str, str], result: dict[str, Any]
) -> str | None:
    """Put what counts at one place into `result`, and return what happened there."""
    if at in mine and digest(mine[at]) != was.get(at):
        result[at] = mine[at]
        return None if at in new and digest(new[at]) == digest(mine[at]) else "kept"
    if at in was and at not in mine:
        result.pop(at, None)
        return "kept" if at in new else None
    if at not in new:
        return "dropped"
    if at not in mine:
        return "added"
    return "changed" if digest(new[at]) != digest(mine[at]) else None


def place_of(at: str, places: Mapping[str, str]) -> str:
    """Return where a value stands in the document: itself, the entry it belongs to, or the entry's wording."""
    parent = at.rpartition("/")[0]
    found = (places.get(one) for one in (at, parent, f"{parent}/text", f"{parent}/name"))
    return next((one for one in found if one), "")


def _changed(at: str, value: Any, places: Mapping[str, str]) -> Doubt:
    why = "văn bản nhập lại ghi khác lần trước, còn giá trị trong tệp kế hoạch đã được sửa tay nên giữ nguyên"
    text = value if isinstance(value, str) else ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return Doubt(at, place_of(at, places), DoubtKind.CHANGED, text, why, "so giá trị trong tệp với văn bản mới")


def _ordered(result: Mapping[str, Any], new: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """Return flat values as a plan again: rows in the order of the document, those that people added behind their neighbour."""
    plan: dict[str, Any] = {}
    for key in dict.fromkeys([*new, *now]):
        if key in LISTS:
            rows = _rows(key, result, new, now)
            if rows or key == "tasks":
                plan[key] = rows
        elif key in _GROUPS:
            inner = dict.fromkeys([*new.get(key, {}), *now.get(key, {})])
            plan[key] = {one: result[f"{key}/{one}"] for one in inner if f"{key}/{one}" in result}
        elif key in result:
            plan[key] = result[key]
    return plan


def _rows(key: str, result: Mapping[str, Any], new: Mapping[str, Any], now: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = {entry["id"]: list(entry) for entry in new.get(key, ())}
    order = list(rows)
    before: str | None = None
    for entry in now.get(key, ()):
        if entry["id"] not in rows:
            order.insert(order.index(before) + 1 if before in rows else 0, entry["id"])
            rows[entry["id"]] = []
        rows[entry["id"]] = list(dict.fromkeys([*rows[entry["id"]], *entry]))
        before = entry["id"]
    made = [
        {inner: result[at] for inner in rows[row_id] if (at := f"{key}/{row_id}/{inner}") in result} for row_id in order
    ]
    return [entry for entry in made if "id" in entry]
