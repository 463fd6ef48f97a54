"""Agencies (cơ quan): names in every spelling, groups, and successors.

Two or more successors are a split. None of them inherits everything; `now` of each task says who is responsible today.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from msgspec import Struct

from kehoach_cli.core.model.cells import CellReader
from kehoach_cli.core.model.legal import Replaced
from kehoach_cli.core.model.names import Names, nearest
from kehoach_cli.viet.text import folded, loose_key, match_key, may_spell

CENTRAL = "trung-uong"
_CITY_WORDS = {"tỉnh ủy": "Thành ủy", "tỉnh đoàn": "Thành đoàn", "tỉnh": "thành phố"}
_AS_CITY = re.compile(rf"\b(?:{'|'.join(_CITY_WORDS)})\b", re.IGNORECASE)
# Words between two names of one list: conjunctions, persons, one name that nobody knows.
_MOST_BETWEEN = 14
# Lists read lately: the same sentence is asked for several times in a row.
_MOST_KEPT = 256
_PROVINCE = re.compile(r"^(?:tinh|thanh pho|tp\.?)\s*")


class Successor(Struct, frozen=True):
    """An heir. `role` limits the inheritance to rows of that role; `certain` is False for facts not confirmed.

    `id` is `thai-nguyen/so-y-te` where the heir stands in another province.
    """

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
    """The bodies of one province, or of the centre; `successors` is the province it was merged into."""

    province: str
    name: str
    agencies: Mapping[str, Agency]
    successors: tuple[Successor, ...] = ()

    @cached_property
    def by_key(self) -> dict[str, str]:
        """Folded name → id."""
        return {match_key(name): agency.id for agency in self.agencies.values() for name in agency.names}

    @cached_property
    def spellings(self) -> Names:
        """The names in every spelling: abbreviated, without "và", with other marks between the words."""
        return Names(self.agencies)

    @cached_property
    def is_city(self) -> bool:
        """Whether the province is a city: what is "tỉnh" elsewhere is called "thành phố"."""
        return match_key(f"UBND thành phố {self.name}") in self.by_key

    @cached_property
    def was_province(self) -> bool:
        """Whether its bodies are, or in the years of the plans were, those of a "tỉnh"; a city may have been none."""
        return not self.is_city or match_key("UBND tỉnh") in self.by_key

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
        bare = match_key(text).removesuffix(match_key(self.name)).rstrip()
        for key in dict.fromkeys((match_key(text), bare.removesuffix(" tỉnh") if self.was_province else bare)):
            if agency_id := self.by_key.get(key):
                return self.agencies[agency_id]
            fits = self.by_loose_key.get(loose_key(key), set())
            agency = self.agencies[next(iter(fits))] if len(fits) == 1 else None
            if agency and any(may_spell(key, name) for name in agency.names):
                return agency
            if spelled_so := self.spellings.resolve(key):
                return self.agencies[spelled_so]
        return None

    def as_city(self, text: str) -> str:
        """Return a name with "thành phố" for "tỉnh", where the province is a city that never was a "tỉnh"."""
        if self.was_province:
            return text
        return _AS_CITY.sub(lambda found: _CITY_WORDS[found[0].lower()], text)


class Mention(Struct, frozen=True):
    """A body named in a cell; `limited` where "có liên quan" restricts a group to the members concerned."""

    id: str
    text: str
    limited: bool = False


class CellContent(Struct, frozen=True):
    """The bodies that an agency cell names, from left to right, and the text that is not a name or a joining word."""

    mentions: tuple[Mention, ...]
    leftovers: tuple[str, ...] = ()


class Directory(Struct, frozen=True, dict=True):
    """All registries of a workspace; bodies of the centre are known in every province.

    `replaced` are the legal documents that are known to be no longer in force.
    """

    registries: Mapping[str, Registry]
    replaced: tuple[Replaced, ...] = ()

    @cached_property
    def _lists(self) -> dict[tuple[str, str, date | None], tuple[Mention, ...]]:
        return {}

    @cached_property
    def _cells(self) -> dict[tuple[str, str, date | None], CellContent]:
        return {}

    @cached_property
    def _readers(self) -> dict[str, CellReader]:
        return {}

    @cached_property
    def _lineages(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _scopes(self) -> dict[str, tuple[Registry, ...]]:
        return {}

    @cached_property
    def _chains(self) -> dict[tuple[str, str, str], dict[str, tuple[str, ...]]]:
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
        """Return the body with this id as known in `province`; `thai-nguyen/so-y-te` stands in another one."""
        elsewhere, _, own_id = agency_id.rpartition("/")
        for registry in self.scope(elsewhere or province):
            if found := registry.agencies.get(own_id):
                return found
        return None

    def ref(self, province: str, agency: Agency) -> str:
        """Return the id by which `province` knows a body: with its own province before it where that is another one."""
        return agency.id if agency.province in {province, CENTRAL} else f"{agency.province}/{agency.id}"

    def official_name(self, province: str, agency_id: str) -> str:
        """Return the body's official name; an unknown id stands for itself."""
        agency = self.get(province, agency_id)
        return agency.name if agency else agency_id

    def name(self, province: str, agency_id: str) -> str:
        """Return the body's name for people to read: that of another province with the province behind it."""
        name, elsewhere = self.official_name(province, agency_id), agency_id.rpartition("/")[0]
        place = self.registries[elsewhere].name if elsewhere in self.registries else ""
        return name if place in name else f"{name} ({place})"

    def lineage(self, province: str) -> frozenset[str]:
        """Return the province and those merged into it, also through another one."""
        if province not in self._lineages:
            self._lineages[province] = self._lineage(province)
        return self._lineages[province]

    def _lineage(self, province: str) -> frozenset[str]:
        found = {province}
        while more := {
            registry.province
            for registry in self.registries.values()
            if registry.province not in found and any(heir.id in found for heir in registry.successors)
        }:
            found |= more
        return frozenset(found)

    def concerns(self, agency: Agency, province: str) -> bool:
        """Whether plans of a province may concern a body: its own, and those merged into its province."""
        return agency.province == CENTRAL or province in self.lineage(agency.province)

    def province(self, text: str) -> str | None:
        """Return the province meant by its id or its name in any spelling, with or without "tỉnh", "thành phố"."""
        wanted = loose_key(text)
        bare = _PROVINCE.sub("", wanted)
        known = self.registries.items()
        return next((key for key, found in known if {wanted, bare} & {key, loose_key(found.name)}), None)

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
        found = tuple(found for registry in wanted if (found := registry.resolve(text)))
        return found or (self._resolve_in_kin(text, province) if province else ())

    def id_of(self, province: str, name: str) -> str | None:
        """Return the id of the body that a name means in a province, where a file has the name in the place of the id."""
        found = next((found for registry in self.scope(province) if (found := registry.resolve(name))), None)
        return found.id if found else None

    def _resolve_in_kin(self, text: str, province: str) -> tuple[Agency, ...]:
        """Return the bodies meant in the provinces merged into this one, else in the one it was merged into."""
        merged = sorted(self.lineage(province) - {province})
        heirs = [heir.id for heir in self.registries[province].successors] if province in self.registries else []
        below, above = (
            tuple(
                found
                for one in provinces
                if (registry := self.registries.get(one)) and (found := registry.resolve(text))
            )
            for provinces in (merged, heirs)
        )
        return below or above

    def suggest(self, text: str, province: str | None = None, limit: int = 3) -> tuple[str, ...]:
        """Return the official names nearest to a name nobody bears: of the same kind of body, compared word by word."""
        wanted = tuple(self.registries.values()) if province is None else self.scope(province)
        if named_so := tuple(found.name for registry in wanted if (found := registry.resolve(registry.as_city(text)))):
            return named_so[:limit]
        asked = wanted[0].as_city(text) if province and wanted else text
        return nearest(asked, (agency for registry in wanted for agency in registry.agencies.values()), limit)

    def read_cell(self, province: str, text: str, day: date | None = None) -> CellContent:
        """Return what an agency cell names: the longest known name first, never a split on commas (names contain them).

        `day` tells which department is meant by a field alone ("Nông nghiệp"); without it the one of today.
        """
        key = (province, text, day)
        if key not in self._cells:
            mentions, leftovers = self._reader(province).read(folded(text), day)
            self._cells[key] = CellContent(tuple(Mention(*mention) for mention in mentions), tuple(leftovers))
        return self._cells[key]

    def read_list(self, province: str, text: str, day: date | None = None) -> tuple[Mention, ...]:
        """Return the bodies with whose names a text begins, one close to the other; those far behind may be missing."""
        key = (province, text, day)
        if key not in self._lists:
            if len(self._lists) >= _MOST_KEPT:
                self._lists.clear()
            begun = self._reader(province).begun(folded(text), day, _MOST_BETWEEN)
            self._lists[key] = tuple(Mention(*mention) for mention in begun)
        return self._lists[key]

    def _reader(self, province: str) -> CellReader:
        if province not in self._readers:
            scope = self.scope(province)
            groups = {agency.id: agency.open for agency in self.all_in(province) if agency.group}
            own = self.registries.get(province)
            self._readers[province] = CellReader(
                [registry.spellings for registry in scope],
                groups,
                own.name if own else province,
                city=own is not None and own.is_city,
            )
        return self._readers[province]

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

    def heir_at(self, agency: Agency, day: date) -> Agency:
        """Return the one body that has a body's duties on a day: itself where nobody, or several bodies, took over by then."""
        seen: list[Agency] = []
        current = agency
        while len(current.successors) == 1 and current not in seen:
            seen.append(current)
            heir = current.successors[0]
            found = self.get(current.province, heir.id)
            if found is None or heir.role or (heir.since is not None and heir.since > day):
                break
            current = found
        return current

    def heirs_certain(self, agency: Agency) -> bool:
        """Whether every step from a body to today's bearers is confirmed."""
        seen: list[Agency] = []
        current: Agency | None = agency
        while current and current.successors and current not in seen:
            seen.append(current)
            if not all(heir.certain for heir in current.successors):
                return False
            current = None if current.split else self.get(current.province, current.successors[0].id)
        return True

    def succession(self, province: str, old: str, new: str) -> Successor | None:
        """Return how `new` took over directly from `old`, None where it did not."""
        agency, heir = self.get(province, old), self.get(province, new)
        if agency is None or heir is None:
            return None
        return next((one for one in agency.successors if self.get(agency.province, one.id) is heir), None)

    def predecessors(self, agency: Agency, province: str | None = None) -> dict[str, tuple[str, ...]]:
        """Return the bodies whose duties came to `agency` undivided: id → chain of ids, oldest first, without `agency`.

        The ids are those by which `province` knows the bodies (by default the agency's own).
        """
        view = province or agency.province
        key = (view, agency.province, agency.id)
        if key not in self._chains:
            self._chains[key] = self._predecessors(agency, view)
        return self._chains[key]

    def _predecessors(self, agency: Agency, view: str) -> dict[str, tuple[str, ...]]:
        chains: dict[str, tuple[str, ...]] = {}
        front: list[tuple[Agency, tuple[str, ...]]] = [(agency, ())]
        while front:
            heir, chain = front.pop(0)
            for old in self._inherited.get((heir.province, heir.id), ()):
                ref = self.ref(view, old)
                if ref not in chains and old is not agency:
                    chains[ref] = (ref, *chain)
                    front.append((old, chains[ref]))
        return chains

    @cached_property
    def _inherited(self) -> dict[tuple[str, str], list[Agency]]:
        """Province and id of an heir → the bodies that passed all they had, or all of one role, to it."""
        found: dict[tuple[str, str], list[Agency]] = {}
        bodies = (agency for registry in self.registries.values() for agency in registry.agencies.values())
        for old in bodies:
            for successor in old.successors:
                heir = self.get(old.province, successor.id)
                if heir and (successor.role is not None or not old.split):
                    found.setdefault((heir.province, heir.id), []).append(old)
        return found

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
