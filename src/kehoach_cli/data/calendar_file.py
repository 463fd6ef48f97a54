"""Calendar files (RFC 5545): the days of an agency as all-day events, and what an earlier file says of them.

A file that replaces an earlier one continues its revisions: an event keeps its id, its number (SEQUENCE) rises where its day or
its status changed, and its stamp changes only with its content, so that calendars move it and do not double it.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from kehoach_cli.core.report.agenda import AgendaItem

if TYPE_CHECKING:
    from icalendar import Event

_PRODUCT = "-//kehoach//lich thoi han//VI"
_OURS = "@kehoach"
_CANCELLED, _DROPPED = "CANCELLED", "(Đã bỏ) "
# Days before, at eight in the morning; the day of an all-day event begins at midnight.
_ALARM_DAYS, _ALARM_HOUR = (30, 7, 1), 8
_REFRESH = timedelta(hours=12)


class EarlierEvent(Struct, frozen=True):
    """An event of the file that is replaced: its number, its stamp, and what it says."""

    sequence: int
    stamp: datetime
    day: date
    title: str
    text: str
    category: str
    cancelled: bool
    warned: bool


def calendar_file(name: str, items: Sequence[AgendaItem], as_of: date, before: bytes | None = None) -> bytes:
    """Return a calendar; `before` is the file that it replaces, whose revisions it continues.

    What that file has and is no longer asked for is cancelled, as long as its day has not passed.
    """
    from icalendar import Calendar

    earlier = events_in(before) if before else {}
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    for item in (*items, *_gone(items, earlier, as_of)):
        calendar.add_component(_event(item, as_of, earlier.get(item.uid)))
    data: bytes = calendar.to_ical()
    return data


def _gone(items: Iterable[AgendaItem], earlier: dict[str, EarlierEvent], as_of: date) -> Iterable[AgendaItem]:
    """Return what only the earlier file has, cancelled; days that have passed are left out."""
    known = {item.uid for item in items}
    for uid, one in sorted(earlier.items()):
        if uid not in known and one.day >= as_of:
            yield AgendaItem(uid, one.day, one.title, (one.text,), one.category, warned=False, cancelled=True)


def _event(item: AgendaItem, as_of: date, before: EarlierEvent | None) -> "Event":
    from icalendar import Event

    sequence, stamp = _revision(item, as_of, before)
    event = Event()
    event.add("uid", item.uid)
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", sequence)
    event.add("dtstart", item.day)
    event.add("dtend", item.day + timedelta(days=1))
    # Some calendars show what was cancelled like anything else.
    event.add("summary", f"{_DROPPED if item.cancelled else ''}{item.title}")
    event.add("description", _text(item))
    event.add("categories", [item.category])
    event.add("status", _CANCELLED if item.cancelled else "CONFIRMED")
    # A deadline takes nobody's time: the day stays free.
    event.add("transp", "TRANSPARENT")
    for days in _ALARM_DAYS if item.warned and not item.cancelled else ():
        _add_alarm(event, item, days)
    return event


def _add_alarm(event: "Event", item: AgendaItem, days: int) -> None:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"Còn {days} ngày: {item.title}")
    alarm.add("trigger", timedelta(hours=_ALARM_HOUR) - timedelta(days=days))
    event.add_component(alarm)


def _text(item: AgendaItem) -> str:
    return "\n".join(item.lines)


def _revision(item: AgendaItem, as_of: date, before: EarlierEvent | None) -> tuple[int, datetime]:
    """Return the number and the stamp of an event: those of the earlier file where nothing changed.

    Without one the number is that of the documents that moved the day, and one more if it was dropped.
    """
    stamp = datetime.combine(as_of, time(), UTC)
    own = item.moved + item.cancelled
    if before is None:
        return own, stamp
    same = (before.day, before.cancelled) == (item.day, item.cancelled)
    text = (before.title, before.text, before.category, before.warned)
    said = (item.title, _text(item), item.category, item.warned and not item.cancelled)
    sequence = max(before.sequence, own) if same else max(before.sequence + 1, own)
    return sequence, before.stamp if same and text == said and sequence == before.sequence else stamp


# -- reading -------------------------------------------------------------------------------------------------------------------


def events_in(data: bytes) -> dict[str, EarlierEvent]:
    """Return the events of ours in a calendar file by id.

    Raises:
        ValueError: it is no calendar file.
    """
    from icalendar import Calendar

    found: dict[str, EarlierEvent] = {}
    for event in Calendar.from_ical(data).walk("VEVENT"):
        uid = str(event.get("uid", ""))
        # An event that somebody damaged begins anew.
        if uid.endswith(_OURS) and not getattr(event, "errors", ()):
            with suppress(AttributeError, KeyError, TypeError, ValueError):
                found[uid] = _earlier(event)
    return found


def _earlier(event: Any) -> EarlierEvent:
    return EarlierEvent(
        int(event.get("sequence", 0)),
        event.decoded("dtstamp"),
        event.decoded("dtstart"),
        str(event.get("summary", "")).removeprefix(_DROPPED),
        str(event.get("description", "")),
        str(event["categories"].cats[0]),
        str(event.get("status", "")) == _CANCELLED,
        bool(event.walk("VALARM")),
    )
