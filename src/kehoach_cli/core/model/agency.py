"""Agencies (cơ quan): names in every spelling, groups, and successors.

Two or more successors are a split. None of them inherits everything; `now` of each task says who is responsible today.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import SequenceMatcher, get_close_matches
from functools import cached_property

from msgspec import Struct

from kehoach_cli.viet.text import folded, loose_key, match_key, may_spell

CENTRAL = "trung-uong"


class Successor(Struct, frozen=True):
    """A successor. `role` limits the inheritance to rows of that role; `certain` is False for an unconfirmed fact."""

    id: str
    since: date | None = None
    scope: str | None = None
    basis: str | None = None
    certain: bool = True
    role: str | None = None


class Agency(Struct, frozen=True):
    """A body, or a group of bodies (`members`). An `open` group ("các đơn vị liên quan") has no fixed members.

    A `limited` group ("chính quyền địa phương") always means only the members concerned.
    """

    id: str
    name: str
    kind: str
    province: str
    short: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    symbol: str | None = None
    parent: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[Successor, ...] = ()
    certain: bool = True
    note: str | None = None
    group: bool = False
    open: bool = False
    limited: bool = False
    members: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names of the body, the official one first."""
        return (self.name, *self.short, *self.also)

    @property
    def unchanged(self) -> bool:
        """Whether the body still exists, without successors, and its entry is certain."""
        return self.certain and not self.successors and self.valid_to is None

    @property
    def split(self) -> bool:
        """Whether its duties went to several heirs; then each task names its own heir."""
        return len(self.successors) > 1


class Registry(Struct, frozen=True, dict=True):
    """The bodies of one province, or of the centre."""

    province: str
    name: str
    agencies: Mapping[str, Agency]

    @cached_property
    def by_key(self) -> dict[str, str]:
        """Folded name → id."""
        return {match_key(name): agency.id for agency in self.agencies.values() for name in agency.names}

    @cached_property
    def by_first_word(self) -> dict[str, list[str]]:
        """First word of a folded name → the folded names that begin with it."""
        index: dict[str, list[str]] = {}
        for key in self.by_key:
            if first := re.match(r"\w+", key):
                index.setdefault(first[0], []).append(key)
        return index

    @cached_property
    def by_loose_key(self) -> dict[str, set[str]]:
        """Name without accents → ids; several where names differ by accents only."""
        found: dict[str, set[str]] = {}
        for key, agency_id in self.by_key.items():
            found.setdefault(loose_key(key), set()).add(agency_id)
        return found

    def resolve(self, text: str) -> Agency | None:
        """Return the body meant by an id or a name in any spelling, with or without the province's own name behind it.

        A name with missing accents is accepted if only one body has it.
        """
        if agency := self.agencies.get(text.strip().casefold()):
            return agency
        province = match_key(self.name)
        for key in dict.fromkeys(
            (match_key(text), match_key(text).removesuffix(province).rstrip().removesuffix(" tỉnh"))
        ):
            if agency_id := self.by_key.get(key):
                return self.agencies[agency_id]
            fits = self.by_loose_key.get(loose_key(key), set())
            agency = self.agencies[next(iter(fits))] if len(fits) == 1 else None
            if agency and any(may_spell(key, name) for name in agency.names):
                return agency
        return None


class Mention(Struct, frozen=True):
    """A body named in a cell; `limited` where "có liên quan" restricts a group to the members concerned."""

    id: str
    text: str
    limited: bool = False


class CellContent(Struct, frozen=True):
    """The bodies that an agency cell names, from left to right, and the text that is not a name or a joining word."""

    mentions: tuple[Mention, ...]
    leftovers: tuple[str, ...] = ()


# Joining words at the ends of the text between two names. In its middle they belong to an unknown name.
_JOINING = re.compile(r"^(?:[\s,;.:]+|(?:và|khác)\b)+|(?:[\s,;.:]+|\b(?:và|khác))+$")
_LIMIT = re.compile(r"^\s*(?:có )?liên quan\b")
_LIST_JOIN = re.compile(r"^\s*,?\s*$")


class Directory(Struct, frozen=True, dict=True):
    """All registries of a workspace; bodies of the centre are known in every province."""

    registries: Mapping[str, Registry]

    @cached_property
    def _cells(self) -> dict[tuple[str, str], CellContent]:
        return {}

    @cached_property
    def _scopes(self) -> dict[str, tuple[Registry, ...]]:
        return {}

    @cached_property
    def _chains(self) -> dict[tuple[str, str], dict[str, tuple[str, ...]]]:
        return {}

    def scope(self, province: str) -> tuple[Registry, ...]:
        """Return the registries valid in a province, its own first."""
        found = self._scopes.get(province)
        if found is None:
            names = (province,) if province == CENTRAL else (province, CENTRAL)
            found = tuple(self.registries[name] for name in names if name in self.registries)
            self._scopes[province] = found
        return found

    def get(self, province: str, agency_id: str) -> Agency | None:
        """Return the body with this id as known in `province`."""
        for registry in self.scope(province):
            if found := registry.agencies.get(agency_id):
                return found
        return None

    def name(self, province: str, agency_id: str) -> str:
        """Return the body's official name, or the id if it is unknown."""
        agency = self.get(province, agency_id)
        return agency.name if agency else agency_id

    def province(self, text: str) -> str | None:
        """Return the province meant by its id or its name in any spelling."""
        wanted = loose_key(text)
        return next((key for key, found in self.registries.items() if wanted in {key, loose_key(found.name)}), None)

    def all_in(self, province: str) -> Iterator[Agency]:
        """Yield every body known in a province."""
        for registry in self.scope(province):
            yield from registry.agencies.values()

    def resolve(self, text: str, province: str | None = None) -> tuple[Agency, ...]:
        """Return the body in each registry that has it; `thanh-hoa/so-y-te` gives the province."""
        head, slash, tail = text.partition("/")
        if slash and (named := self.province(head)):
            text, province = tail, named
        wanted = self.registries.values() if province is None else self.scope(province)
        return tuple(found for registry in wanted if (found := registry.resolve(text)))

    def suggest(self, text: str, province: str | None = None, limit: int = 3) -> tuple[str, ...]:
        """Return the official names that are most similar to an unknown name."""
        wanted = self.registries.values() if province is None else self.scope(province)
        names: dict[str, str] = {}
        for registry in wanted:
            for agency in registry.agencies.values():
                for name in agency.names:
                    names.setdefault(loose_key(name), agency.name)
        asked = loose_key(text)
        close = get_close_matches(asked, names, n=limit * 2, cutoff=0.6)
        ratios = {key: SequenceMatcher(None, key, asked).ratio() for key in close}
        # A clear typing slip has one answer, so only names about as similar as the best one are kept.
        nearest = [key for key in close if ratios[key] >= ratios[close[0]] - 0.05]
        return tuple(dict.fromkeys(names[key] for key in nearest))[:limit]

    def read_cell(self, province: str, text: str) -> CellContent:
        """Return what an agency cell names. The longest known name wins; commas do not separate, because names contain them."""
        key = (province, text)
        if key not in self._cells:
            self._cells[key] = self._read_cell(province, folded(text))
        return self._cells[key]

    def _read_cell(self, province: str, text: str) -> CellContent:
        cell = match_key(text)
        named = list(self._names_in(province, cell))
        ends = [*(start for start, _, _ in named[1:]), len(cell)][: len(named)]
        tails = [cell[end:following] for (_, end, _), following in zip(named, ends, strict=True)]
        limited: list[bool] = []
        for tail in reversed(tails):
            # "có liên quan" also limits the names before it in a comma list, but not those before ";" or "và".
            limited.append(bool(_LIMIT.match(tail)) or bool(_LIST_JOIN.match(tail) and limited and limited[-1]))
        limited.reverse()
        mentions = tuple(
            Mention(agency_id, cell[start:end], flag)
            for (start, end, agency_id), flag in zip(named, limited, strict=True)
        )
        head = cell[: named[0][0]] if named else cell
        rest = [head, *(_LIMIT.sub("", tail) for tail in tails)]
        leftovers = tuple(left for piece in rest if (left := _JOINING.sub("", piece)))
        return CellContent(mentions, leftovers)

    def _names_in(self, province: str, cell: str) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and id of every name in a folded cell, left to right, the longest name at each word."""
        reached = 0
        for word in re.finditer(r"\w+", cell):
            start = word.start()
            if start < reached:
                continue
            for registry in self.scope(province):
                for name in registry.by_first_word.get(word[0], ()):
                    end = start + len(name)
                    if end > reached and cell.startswith(name, start) and not cell[end : end + 1].isalnum():
                        reached, found = end, registry.by_key[name]
            if reached > start:
                yield start, reached, found

    def heirs(self, agency: Agency) -> tuple[Agency, ...]:
        """Return the bodies that have a body's duties today; empty for a body that still exists.

        The search stops at a split and returns all its heirs, because none of them has all duties.
        """
        seen: list[Agency] = []
        current = agency
        while current.successors and current not in seen:
            seen.append(current)
            following = [found for heir in current.successors if (found := self.get(current.province, heir.id))]
            if current.split or not following:
                return tuple(following)
            current = following[0]
        return (current,) if seen else ()

    def heirs_certain(self, agency: Agency) -> bool:
        """Whether every step from a body to its heirs of today is confirmed."""
        seen: set[str] = set()
        current: Agency | None = agency
        while current and current.successors and current.id not in seen:
            seen.add(current.id)
            if not all(heir.certain for heir in current.successors):
                return False
            current = None if current.split else self.get(current.province, current.successors[0].id)
        return True

    def succession(self, province: str, old: str, new: str) -> Successor | None:
        """Return the direct succession from `old` to `new`, None if there is none."""
        agency = self.get(province, old)
        return next((heir for heir in agency.successors if heir.id == new), None) if agency else None

    def predecessors(self, agency: Agency) -> dict[str, tuple[str, ...]]:
        """Return the bodies whose whole duties came to `agency`: id → chain of ids, oldest first, without `agency`."""
        key = (agency.province, agency.id)
        if key not in self._chains:
            self._chains[key] = self._predecessors(agency)
        return self._chains[key]

    def _predecessors(self, agency: Agency) -> dict[str, tuple[str, ...]]:
        chains: dict[str, tuple[str, ...]] = {}
        front: list[tuple[str, tuple[str, ...]]] = [(agency.id, ())]
        while front:
            heir, chain = front.pop(0)
            for old in self.all_in(agency.province):
                inherits = any(s.id == heir and (s.role is not None or not old.split) for s in old.successors)
                if inherits and old.id not in chains and old.id != agency.id:
                    chains[old.id] = (old.id, *chain)
                    front.append((old.id, chains[old.id]))
        return chains

    def groups_of(self, province: str, agency_ids: Iterable[str]) -> tuple[Agency, ...]:
        """Return the groups with fixed members that contain one of `agency_ids`, also through another group."""
        reached = set(agency_ids)
        groups = [agency for agency in self.all_in(province) if agency.group and not agency.open]
        found: dict[str, Agency] = {}
        grown = True
        while grown:
            new = [group for group in groups if group.id not in found and reached.intersection(group.members)]
            found.update((group.id, group) for group in new)
            reached.update(group.id for group in new)
            grown = bool(new)
        return tuple(found.values())
