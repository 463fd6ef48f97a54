"""The journal of what was collected: every change of a value, so that no value that was ever reported is lost."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.viet.text import match_key

# These keys say which submission it is, and which text it answers: they are no answers.
_HEAD = frozenset({"kehoach", "plan", "agency", "year", "period", "answers"})


class JournalEntry(Struct, frozen=True, omit_defaults=True):
    """One line of the journal: a value that a form or a person changed, a form that was refused, a period closed or opened.

    `path` are the keys of the value in its progress file; a row of funding is named by its source. `old` and `new` are the
    values before and after (None: there was none, or it was taken back). `run` is the same for all lines of one collecting;
    `undo` names the run that this line takes back. A refused form has the reason in `refused` and no path. `act` is empty for
    forms, else what a person did (see `lock`), with the `reason`, the `document` for it and who it was (`by`); `lock` is the run
    that had closed the period in which a value was changed.
    """

    time: str
    run: str
    form: str
    sha256: str
    agency: str
    plan: str
    period: str
    path: tuple[str | int, ...] = ()
    old: Any = None
    new: Any = None
    cutoff: str | None = None
    submitted: str | None = None
    refused: str = ""
    undo: str = ""
    act: str = ""
    reason: str = ""
    document: str = ""
    by: str = ""
    lock: str = ""


class Journal(Struct, frozen=True):
    """The entries of a journal in the order of time."""

    entries: tuple[JournalEntry, ...] = ()

    @property
    def undone(self) -> frozenset[str]:
        """The runs that were taken back."""
        return frozenset(entry.undo for entry in self.entries if entry.undo)

    def taken(self, sha256: str, plan: str, period: str) -> JournalEntry | None:
        """Return the first line of a form that was taken before and not taken back."""
        undone = self.undone
        return next(
            (
                entry
                for entry in self.entries
                if (entry.sha256, entry.plan, entry.period) == (sha256, plan, period)
                and not entry.refused
                and not entry.undo
                and not entry.act
                and entry.run not in undone
            ),
            None,
        )

    def of_row(self, plan: str, row: str) -> tuple[JournalEntry, ...]:
        """Return the changes of one task or indicator."""
        return tuple(
            entry
            for entry in self.entries
            if entry.plan == plan and entry.path[:1] in {("tasks",), ("indicators",)} and entry.path[1:2] == (row,)
        )

    @property
    def refusals(self) -> tuple[JournalEntry, ...]:
        """The forms that were refused."""
        return tuple(entry for entry in self.entries if entry.refused)


def journal_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[KeyPath, Any, Any]]:
    """Yield the path of each value in which two documents of a progress file differ, and the value before and after."""
    old, new = dict(_leaves(_named(before))), dict(_leaves(_named(after)))
    for path in [*new, *(path for path in old if path not in new)]:
        if path[0] not in _HEAD and old.get(path) != new.get(path):
            yield path, old.get(path), new.get(path)


def undone(entries: Iterable[JournalEntry], *, time: str, run: str) -> Iterator[JournalEntry]:
    """Yield the lines that take back what these lines say."""
    for entry in entries:
        yield replace(entry, time=time, run=run, old=entry.new, new=entry.old, undo=entry.run)


def _named(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a document with its rows of funding under the names of their sources."""
    rows: dict[str, Any] = {}
    for row in document.get("funding", ()):
        name, number = row["source"], 2
        while match_key(name) in map(match_key, rows):
            name, number = f"{row['source']} ({number})", number + 1
        rows[name] = row
    return {**document, "funding": rows} if rows else document


def _leaves(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    if isinstance(value, Mapping):
        for key, child in value.items():
            yield from _leaves(child, (*path, key))
    else:
        yield path, value
