"""What changed between two versions of one file, as a list in the order of the new version."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, zip_longest
from typing import TypeAlias

from msgspec.structs import replace

from kehoach_cli.core.changes.blocks import changed_blocks
from kehoach_cli.core.changes.entries import Entry, Value, entry_of, submissions_of
from kehoach_cli.core.changes.headings import Headings
from kehoach_cli.core.changes.match import Matched, matched, moved
from kehoach_cli.core.model.agency import Registry
from kehoach_cli.core.model.change import Change, ChangeKind, Part
from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.progress import Submission

Version: TypeAlias = Plan | Registry | tuple[Submission, ...]

# An id that no file shows: the submissions of a list are told apart by plan, agency and year, which are values, too.
_NAMELESS = frozenset({Part.SUBMISSION})


def compare(old: Version, new: Version) -> tuple[Change, ...]:
    """Return what changed from `old` to `new`, each change once; nothing where they are of different kinds."""
    if isinstance(old, tuple) and isinstance(new, tuple):
        return tuple(_children(submissions_of(old), submissions_of(new), "", (), ()))
    if isinstance(old, tuple) or isinstance(new, tuple) or isinstance(old, Plan) is not isinstance(new, Plan):
        return ()
    before, after = entry_of(old, ()), entry_of(new, ())
    if isinstance(old, Plan) and isinstance(new, Plan):
        return tuple(_explained(entry_changes(before, after), old, new))
    return entry_changes(before, after)


def entry_changes(old: Entry, new: Entry) -> tuple[Change, ...]:
    """Return what changed from one version of a plan or registry to the other, also what follows from other changes."""
    return tuple(_entry(old, new, ""))


def _entry(old: Entry, new: Entry, owner: str) -> Iterator[Change]:
    """Yield what changed in an entry that is in both versions; `owner` is the id around it."""
    name = new.id or owner
    if old.id != new.id and new.part not in _NAMELESS:
        kind, path = ChangeKind.RENUMBERED, (*new.path, "id")
        yield Change(kind, new.topic, new.part, name, "", path, old.id, new.id, was=old.path)
    for field in dict.fromkeys((*new.values, *old.values)):
        for change in _value(old.values.get(field), new.values.get(field), new, name):
            yield replace(change, was=old.path)
    yield from _children(old.children, new.children, name, new.path, old.path)


def _children(old: Sequence[Entry], new: Sequence[Entry], owner: str, path: KeyPath, was: KeyPath) -> Iterator[Change]:
    """Yield what changed in the entries of every list inside an entry that stands at `path`, and stood at `was`."""
    depth = len(path)
    lists = list(dict.fromkeys(_list_of(entry, depth) for entry in (*new, *old)))
    for keys in lists:
        before, after = ([entry for entry in entries if _list_of(entry, depth) == keys] for entries in (old, new))
        yield from _list(before, after, owner, (*path, *keys), was)


def _list_of(entry: Entry, depth: int) -> tuple[str | int, ...]:
    """Return the keys that lead from the entry around it to the list of an entry; a single entry has its own key."""
    keys = entry.path[depth:]
    return keys[:-1] if len(keys) > 1 or (keys and isinstance(keys[-1], int)) else keys


def _list(old: Sequence[Entry], new: Sequence[Entry], owner: str, path: KeyPath, was: KeyPath) -> Iterator[Change]:
    found = matched(old, new)
    yield from (_whole(ChangeKind.DROPPED, entry, owner, path, entry.path) for entry in found.dropped)
    yield from _moves(found, old, new, owner)
    for one, other in found.pairs:
        yield from _entry(one, other, owner)
    yield from (_whole(ChangeKind.ADDED, entry, owner, entry.path, was) for entry in found.added)


def _whole(kind: ChangeKind, entry: Entry, owner: str, path: KeyPath, was: KeyPath) -> Change:
    old, new = (entry.title, None) if kind is ChangeKind.DROPPED else (None, entry.title)
    gone = kind is ChangeKind.DROPPED
    return Change(kind, entry.topic, entry.part, entry.id or owner, "", path, old, new, at_key=gone, was=was)


def _moves(found: Matched, old: Sequence[Entry], new: Sequence[Entry], owner: str) -> Iterator[Change]:
    """Yield the entries that stand elsewhere, those with a new id, too."""
    before, after = _neighbours(old), _neighbours(new)
    for place in moved(found.pairs):
        one, other = found.pairs[place]
        if other.order:
            around, renumbered = (before[id(one)], after[id(other)]), one.id != other.id
            name = other.id or owner
            change = Change(ChangeKind.MOVED, other.topic, other.part, name, "", other.path, *around)
            yield replace(change, renumbered=renumbered, was=one.path)


def _neighbours(entries: Sequence[Entry]) -> dict[int, str | None]:
    """Return what stands before each entry, None before the first one."""
    names = [None, *(entry.id or entry.title for entry in entries)]
    return {id(entry): name for entry, name in zip(entries, names, strict=False)}


def _value(old: Value | None, new: Value | None, entry: Entry, name: str) -> Iterator[Change]:
    value = new or old
    before, after = (one.items if one else () for one in (old, new))
    if value is None or before == after:
        return
    path: KeyPath = (*entry.path, *value.keys)
    if not value.many:
        one, other = (items[0] if items else None for items in (before, after))
        kind = ChangeKind.CHANGED if one is not None and other is not None else _kind(one)
        yield Change(kind, value.topic, entry.part, name, value.field, path, one, other, at_key=other is None)
        return
    for kind, one, other, place in _items(before, after):
        where = path if place is None else (*path, place)
        yield Change(kind, value.topic, entry.part, name, value.field, where, one, other, at_key=place is None)


def _kind(old: str | None) -> ChangeKind:
    return ChangeKind.ADDED if old is None else ChangeKind.DROPPED


def _items(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[ChangeKind, str | None, str | None, int | None]]:
    """Yield what changed in a list of texts, with its place in the new one; None where it is no longer there."""
    blocks = [(old[start:end], new[first:last], first) for start, end, first, last in changed_blocks(old, new)]
    before, after = Counter(chain(*(left for left, _, _ in blocks))), Counter(chain(*(came for _, came, _ in blocks)))
    elsewhere = {item for item, times in before.items() if after[item] == times}
    for left, came, first in blocks:
        gone = [item for item in left if item not in elsewhere]
        added = [(place, item) for place, item in enumerate(came, first) if item not in elsewhere]
        yield from (
            (ChangeKind.MOVED, item, item, place) for place, item in enumerate(came, first) if item in elsewhere
        )
        for one, other in zip_longest(gone, added):
            place, item = other or (None, None)
            yield ChangeKind.CHANGED if one and item else _kind(one), one, item, place


def _explained(changes: Iterable[Change], old: Plan, new: Plan) -> Iterator[Change]:
    """Yield the changes without those of a section that follow from what headings there are, or from their new ids."""
    listed = list(changes)
    headings = Headings(listed, old, new)
    renumbered = {(one.part, one.new): one.old for one in listed if one.kind is ChangeKind.RENUMBERED}
    for change in listed:
        before = renumbered.get((change.part, change.entry)) or change.entry, change.old
        after = change.entry, change.new
        if change.field != "section" or (headings.moved(before, after) and not headings.by_number(before, after)):
            yield change
