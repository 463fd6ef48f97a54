"""Rows that neither came nor went: of another kind now, joined to another row, or split from one."""

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from kehoach_cli.core.changes.match import alike
from kehoach_cli.core.changes.row_change import RowChange
from kehoach_cli.core.model.change import ChangeKind, Part

# The kinds of rows that are a text; of two kinds, rows are one if they have so much in common.
_TEXTS = frozenset({Part.SECTION, Part.TASK, Part.INDICATOR, Part.OBJECTIVE, Part.FUNDING, Part.CLAUSE})
_ALIKE = 0.8
# The cells in which a row has its words; fewer of them than this may stand in any text.
_WORDS = frozenset({"text", "title", "name"})
_FEW = 6
_WORD = re.compile(r"\w+")
# Comparing takes time: so many pairs at most.
_MOST_PAIRS, _MOST_TEXTS = 10_000, 200_000


def one_row_of_two_kinds(changes: Iterable[RowChange]) -> list[RowChange]:
    """Return changes in which a row that was dropped and added as another kind, such as a heading as a task, has moved."""
    listed = list(changes)
    dropped, added = (
        [one for one in listed if one.kind is kind and one.part in _TEXTS]
        for kind in (ChangeKind.DROPPED, ChangeKind.ADDED)
    )
    least = _ALIKE if len(dropped) * len(added) <= _MOST_PAIRS else 1
    moved: dict[int, RowChange] = {}
    for one in added:
        if was := _of_another_kind(one, dropped, least):
            dropped.remove(was)
            moved[id(one)] = was
    gone = {id(was) for was in moved.values()}
    return [_moved(moved[id(one)], one) if id(one) in moved else one for one in listed if id(one) not in gone]


def _of_another_kind(row: RowChange, dropped: Iterable[RowChange], least: float) -> RowChange | None:
    """Return the dropped row of another kind that has most in common with an added one; with a `least` of 1 one that is equal."""
    others = [one for one in dropped if one.part is not row.part]
    if equal := next((one for one in others if one.title == row.title), None):
        return equal
    scored = [(alike(one.title, row.title, least), one) for one in others] if least < 1 else []
    score, found = max(scored, key=lambda one: one[0], default=(0, None))
    return found if score else None


def _moved(was: RowChange, now: RowChange) -> RowChange:
    places = was.places[0], now.places[1]
    return replace(now, kind=ChangeKind.MOVED, old=was.old, before=was.before, places=places, was_part=was.part)


def with_kin(changes: list[RowChange]) -> tuple[RowChange, ...]:
    """Return changes in which a dropped row names the one that has all of its words now, an added row the one that had them."""
    came = [_Words(one) for one in changes if one.kind is not ChangeKind.DROPPED]
    gone = [_Words(one) for one in changes if one.kind is not ChangeKind.ADDED]
    whole = [one for one in changes if one.kind in {ChangeKind.ADDED, ChangeKind.DROPPED} and one.part in _TEXTS]
    if len(whole) * len(changes) > _MOST_TEXTS:
        return tuple(changes)
    kin = {
        id(one): next(
            _holding(one, gone, was=True) if one.kind is ChangeKind.ADDED else _holding(one, came, was=False), ""
        )
        for one in whole
    }
    return tuple(replace(one, kin=kin[id(one)]) if kin.get(id(one)) else one for one in changes)


class _Words:
    """The words of a row in both versions, empty where its change is not one of words."""

    def __init__(self, change: RowChange) -> None:
        whole = change.kind in {ChangeKind.ADDED, ChangeKind.DROPPED} and change.part in _TEXTS
        self.change = change
        if whole:
            self.old, self.new = (_plain(change.title if cells else "") for cells in (change.old, change.new))
        else:
            texts = (change.old, change.new) if change.field in _WORDS else (None, None)
            self.old, self.new = (_plain(text or "") for text in texts)


def _holding(row: RowChange, others: Iterable[_Words], *, was: bool) -> Iterator[str]:
    """Yield the rows whose words in one version (`was`: the old one), and in no other, contain all words of a row."""
    words = _plain(row.title)
    if len(words.split()) < _FEW:
        return
    for one in others:
        here, there = (one.old, one.new) if was else (one.new, one.old)
        if words in here and words not in there:
            yield one.change.ref


def _plain(text: str) -> str:
    """Return the words of a text in small letters between spaces, without punctuation."""
    words = " ".join(_WORD.findall(text.casefold()))
    return f" {words} "
