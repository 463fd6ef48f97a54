"""The journal of collecting as a file: one JSON object a line, in any order, since branches are merged line by line."""

from collections.abc import Iterable

from msgspec import MsgspecError
from msgspec.json import Decoder, encode

from kehoach_cli.core.model.journal import Journal, JournalEntry

JOURNAL = "journal.jsonl"


def journal_of(data: bytes) -> Journal:
    """Return the journal in a file. A line that cannot be read is passed over: a killed writer may leave part of one."""
    decoder = Decoder(JournalEntry)
    entries: list[JournalEntry] = []
    for line in dict.fromkeys(data.splitlines()):
        try:
            entries.append(decoder.decode(line))
        except (MsgspecError, UnicodeDecodeError):
            continue
    return Journal(tuple(sorted(entries, key=lambda entry: entry.time)))


def with_entries(data: bytes, entries: Iterable[JournalEntry]) -> bytes:
    """Return a journal file with more lines; a torn last line stays apart from them."""
    start = data + b"\n" if data and not data.endswith(b"\n") else data
    return start + b"".join(encode(entry) + b"\n" for entry in entries)
