"""Registry files into registries of the core."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeAlias

from kehoach_cli.core.model.agency import Agency, Registry, Successor
from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.store.readers.file_reading import FileReading
from kehoach_cli.store.readers.nearest_id import nearest_id
from kehoach_cli.store.readers.validated import validated
from kehoach_cli.store.schema.agencies import agency_ids, agency_places
from kehoach_cli.store.schema.registry import AgencyEntry, GroupEntry, RegistryFile
from kehoach_cli.store.yaml.tree import mappings_at, texts_at
from kehoach_cli.viet.text import loose_key, match_key

GROUP_KIND = "nhom"
# A name with its place and the id of its body; the official name of each id.
Named: TypeAlias = tuple[KeyPath, str, str]
Ids: TypeAlias = Mapping[str, str]


def read_registry(reading: FileReading) -> Registry | None:
    """Return the registry in a file, None where the file cannot be used; the reading keeps the findings."""
    if reading.tree is None:
        return None
    _check_ids_and_names(reading)
    model = validated(reading, RegistryFile, reading.tree)
    if model is None or reading.fatal:
        return None
    agencies = [_agency(entry, model.province) for entry in model.agencies]
    agencies += [_group(entry, model.province) for entry in model.groups]
    merged_into = tuple(Successor(heir.id, heir.from_, None, heir.basis, heir.certain) for heir in model.successors)
    return Registry(model.province, model.name, {agency.id: agency for agency in agencies}, merged_into)


def check_references(reading: FileReading, known: Collection[str]) -> None:
    """Report members, parents and successors that are in no registry.

    `known` are the ids of this one and of the centre, and those of the others with their province.
    """
    for path, agency_id in agency_ids(agency_places(RegistryFile), reading.tree):
        if agency_id not in known:
            message = f'mã cơ quan "{agency_id}" không có trong danh bạ'
            reading.report("K202", path, message, hint=_near(agency_id, str(reading.tree.get("province")), known))


def _near(agency_id: str, province: str, known: Collection[str]) -> str:
    """Return what to do about an id: an entry that the base registry has may have been deleted here."""
    from kehoach_cli.store.base.registry import base_entry

    if entry := base_entry(agency_id, province):
        return f'danh bạ nền có "{entry["name"]}" (mã {entry["id"]}): ghi lại cơ quan này vào danh bạ'
    near = nearest_id(agency_id, known)
    return f'ý bạn là "{near}"?' if near else "thêm cơ quan này vào danh bạ, hoặc bỏ mã này"


def _check_ids_and_names(reading: FileReading) -> None:
    """Report ids and names that two bodies have; an official name counts before the other names of a body."""
    ids: dict[str, str] = {}
    official: list[Named] = []
    aliases: list[Named] = []
    for kind in ("agencies", "groups"):
        for index, entry in mappings_at(reading.tree, kind):
            agency_id, name = entry.get("id"), entry.get("name")
            if not isinstance(agency_id, str) or not isinstance(name, str):
                continue
            if agency_id in ids:
                reading.report(
                    "K105", (kind, index, "id"), f'mã "{agency_id}" đã dùng cho "{ids[agency_id]}"', soft=False
                )
            ids.setdefault(agency_id, name)
            official.append(((kind, index, "name"), name, agency_id))
            for key in ("short", "also"):
                aliases += [((kind, index, key, place), text, agency_id) for place, text in texts_at(entry, key)]
    _check_names(reading, official, aliases, ids)


def _check_names(reading: FileReading, official: Sequence[Named], aliases: Sequence[Named], ids: Ids) -> None:
    """Report names that two bodies have; of an abbreviation, where it does not fit the name of the body."""
    owners: dict[str, Named] = {}
    for here in (*official, *aliases):
        there = owners.setdefault(match_key(here[1]), here)
        if there[2] == here[2]:
            continue
        wrong, right = here, there
        if there in aliases and _fit(here[1], here[2], ids) > _fit(here[1], there[2], ids):
            wrong, right = there, here
        owner = f'"{ids[right[2]]}" (mã {right[2]})'
        message = f'tên "{wrong[1]}" ở {wrong[2]} đã là tên của {owner}; mỗi tên chỉ được chỉ một cơ quan'
        reading.report("K203", wrong[0], message, hint=f"xóa tên này ở {wrong[2]}, hoặc ở {right[2]} nếu ghi nhầm ở đó")


def _fit(short: str, agency_id: str, ids: Ids) -> int:
    """Return how well an abbreviation fits a body, 0 to 2: its letters come in this order in the id, its capitals in the name."""
    first_letters = iter([word[0] for word in match_key(ids[agency_id]).split()])
    letters_of_id = iter(agency_id)
    letters = re.sub(r"[^a-z]", "", loose_key(short))
    capitals = match_key("".join(letter for letter in short if letter.isupper()))
    in_id = bool(letters) and all(letter in letters_of_id for letter in letters)
    in_name = bool(capitals) and all(letter in first_letters for letter in capitals)
    return in_id + in_name


def _agency(entry: AgencyEntry, province: str) -> Agency:
    return Agency(kind=entry.kind, symbol=entry.symbol, parent=entry.parent, **_common(entry, province))


def _group(entry: GroupEntry, province: str) -> Agency:
    return Agency(
        kind=GROUP_KIND,
        group=True,
        open=entry.open,
        limited=entry.limited,
        members=tuple(entry.members),
        **_common(entry, province),
    )


def _common(entry: AgencyEntry | GroupEntry, province: str) -> dict[str, Any]:
    return {
        "id": entry.id,
        "name": entry.name,
        "province": province,
        "short": tuple(entry.short),
        "also": tuple(entry.also),
        "valid_from": entry.valid.from_ if entry.valid else None,
        "valid_to": entry.valid.to if entry.valid else None,
        "successors": tuple(
            Successor(heir.id, heir.from_, heir.scope, heir.basis, heir.certain, heir.role) for heir in entry.successors
        ),
        "certain": entry.certain,
        "note": entry.note,
    }
