"""The changes of one row over time, for people and for programs."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from kehoach_cli.core.check.wording import names
from kehoach_cli.core.check.words import field_name, said_text
from kehoach_cli.core.forms.history import Event
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.catalogue import Item
from kehoach_cli.render.labels import day_text
from kehoach_cli.render.listing import Block, Column, Listing, Sheet

_HEADERS = ("Kỳ", "Thu ngày", "Cơ quan", "Số liệu đến", "Nội dung", "Trước", "Sau", "Biểu, tệp")
_WEIGHTS = (0, 0, 2, 0, 2, 3, 3, 2)


def history_listing(item: Item, events: Sequence[Event], directory: Directory) -> Listing:
    """Return the changes of a row as a table, the oldest first."""
    columns = tuple(
        Column(header, fixed=not weight, weight=weight or 1) for header, weight in zip(_HEADERS, _WEIGHTS, strict=True)
    )
    rows = tuple(_row(item, event, directory) for event in events)
    lines = () if rows else ("Chưa có số liệu nào được báo cáo.",)
    return Listing((Block(f"{item.ref}: {item.words}", 1, lines, columns if rows else (), rows),))


def history_sheet(item: Item, events: Sequence[Event], directory: Directory) -> Sheet:
    """Return the changes of a row as one flat table."""
    return Sheet(_HEADERS, tuple(_row(item, event, directory) for event in events))


def history_record(event: Event) -> dict[str, Any]:
    """Return a change as a JSON record."""
    return {
        "period": event.period,
        "time": event.time,
        "agency": event.agency,
        "cutoff": event.cutoff,
        "submitted": event.submitted,
        "path": list(event.path),
        "old": event.old,
        "new": event.new,
        "source": event.source,
        "undo": event.undo,
        "adjusted": bool(event.reason),
        "closed": event.closed,
        "reason": event.reason or None,
        "document": event.document or None,
        "by": event.by or None,
    }


def _row(item: Item, event: Event, directory: Directory) -> tuple[str, ...]:
    return (
        event.period,
        day_text(date.fromisoformat(event.time[:10])) if event.time else "-",
        names(directory, item.plan.province, [event.agency]),
        day_text(date.fromisoformat(event.cutoff)) if event.cutoff else "-",
        field_name(event.path) + (" (hoàn lại)" if event.undo else ""),
        said_text(event.path, event.old),
        said_text(event.path, event.new),
        event.source or _adjusted(event),
    )


def _adjusted(event: Event) -> str:
    """Return who adjusted a value, why and by what document."""
    what = "điều chỉnh sau khi chốt" if event.closed else "điều chỉnh"
    said = [f"{what}: {event.reason}", *([f"theo {event.document}"] if event.document else [])]
    return "; ".join([*said, *([event.by] if event.by else [])])
