"""How the answers to one row of a plan changed over time: from the journal, and from files that no form wrote."""

from datetime import date
from typing import Any

from msgspec import Struct

from kehoach_cli.core.forms.changes import document_of
from kehoach_cli.core.model.catalogue import Catalogue, Item
from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.journal import Journal, journal_changes
from kehoach_cli.core.model.period import parse_period
from kehoach_cli.core.model.plan import Task


class Event(Struct, frozen=True):
    """A value that changed: `path` within the row, the value before and after.

    `time` is when it was collected, None for a value that stands in a file and in no journal; `source` is the form or the file.
    A value that a person adjusted has the `reason`, the `document` for it and who it was (`by`); `closed`: its period was closed.
    """

    period: str
    time: str | None
    agency: str
    cutoff: str | None
    submitted: str | None
    path: KeyPath
    old: Any
    new: Any
    source: str
    undo: bool = False
    reason: str = ""
    document: str = ""
    by: str = ""
    closed: bool = False


def history(journal: Journal, catalogue: Catalogue, item: Item) -> tuple[Event, ...]:
    """Return what happened to the answers of one row, in the order of periods and time."""
    known = journal.of_row(item.plan.id, item.row.id)
    events = [
        Event(
            one.period,
            one.time,
            one.agency,
            one.cutoff,
            one.submitted,
            one.path[2:],
            one.old,
            one.new,
            one.form,
            undo=bool(one.undo),
            reason=one.reason,
            document=one.document,
            by=one.by,
            closed=bool(one.lock),
        )
        for one in known
    ]
    last = {(event.period, event.agency, event.path): event.new for event in events}
    for event in _standing(catalogue, item):
        key = event.period, event.agency, event.path
        if last.get(key) != event.new:
            events.append(event if key not in last else _since(event, last[key]))
    # What stands in a file came after what the journal knows.
    return tuple(sorted(events, key=lambda event: (_order(event.period), event.time or "9", str(event.cutoff))))


def _standing(catalogue: Catalogue, item: Item) -> list[Event]:
    """Return the answers that stand in the progress files."""
    kind = "tasks" if isinstance(item.row, Task) else "indicators"
    found = []
    for one in catalogue.submissions:
        entry = document_of(one).get(kind, {}).get(item.row.id) if one.plan == item.plan.id else None
        if entry:
            sent = one.submitted.isoformat() if one.submitted else None
            found += [
                Event(
                    one.period.key,
                    None,
                    one.agency,
                    one.cutoff.isoformat(),
                    sent,
                    path,
                    None,
                    _plain(new),
                    one.source(kind, item.row.id),
                )
                for path, _, new in journal_changes({}, entry)
            ]
    return found


def _order(key: str) -> tuple[date, int]:
    period = parse_period(key)
    return period.order if period else (date.min, 0)


def _since(event: Event, old: Any) -> Event:
    return Event(
        event.period,
        None,
        event.agency,
        event.cutoff,
        event.submitted,
        event.path,
        old,
        event.new,
        event.source,
    )


def _plain(value: Any) -> Any:
    """Return a value as the journal holds it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(child) for key, child in value.items()}
    return [_plain(child) for child in value] if isinstance(value, list | tuple) else value
