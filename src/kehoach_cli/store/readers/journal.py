"""Journals as files, of collecting and of reminders: one JSON object a line, in any order, since branches are merged by line."""

from collections.abc import Iterable
from typing import TypeVar

from msgspec import Struct
from msgspec.json import encode

from kehoach_cli.core.model.journal import Journal, JournalEntry
from kehoach_cli.core.model.reminder_log import Reminded, ReminderLog
from kehoach_cli.store.files.decoding import decoded_or_none

JOURNAL = "journal.jsonl"
REMINDERS = "reminders.jsonl"

LineT = TypeVar("LineT", bound=Struct)


def journal_of(data: bytes) -> Journal:
    """Return the journal in a file."""
    return Journal(tuple(sorted(_lines(data, JournalEntry), key=lambda entry: entry.time)))


def reminders_of(data: bytes) -> ReminderLog:
    """Return the log of reminders in a file."""
    return ReminderLog(tuple(_lines(data, Reminded)))


def _lines(data: bytes, kind: type[LineT]) -> list[LineT]:
    """Return the lines of a file. One that cannot be read is passed over: a killed writer may leave part of one."""
    lines = dict.fromkeys(data.splitlines())
    return [entry for line in lines if (entry := decoded_or_none(line, kind)) is not None]


def with_entries(data: bytes, entries: Iterable[Struct]) -> bytes:
    """Return a journal file with more lines; a torn last line stays apart from them."""
    start = data + b"\n" if data and not data.endswith(b"\n") else data
    return start + b"".join(encode(entry) + b"\n" for entry in entries)
