"""Registry files into registries of the core."""

from collections.abc import Collection
from typing import Any

from kehoach_cli.core.model.agency import Agency, Registry, Successor
from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.store.readers.file_reading import FileReading
from kehoach_cli.store.readers.nearest_id import nearest_id
from kehoach_cli.store.readers.validated import validated
from kehoach_cli.store.schema.agencies import agency_ids, agency_places
from kehoach_cli.store.schema.registry import AgencyEntry, GroupEntry, RegistryFile
from kehoach_cli.store.yaml.tree import mappings_at, texts_at
from kehoach_cli.viet.text import match_key

GROUP_KIND = "nhom"


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
            near = nearest_id(agency_id, known)
            hint = f'ý bạn là "{near}"?' if near else "thêm cơ quan này vào danh bạ, hoặc bỏ mã này"
            reading.report("K202", path, f'mã cơ quan "{agency_id}" không có trong danh bạ', hint=hint)


def _check_ids_and_names(reading: FileReading) -> None:
    """Report ids and names that two bodies have; an official name counts before the other names of a body."""
    ids: dict[str, str] = {}
    official: list[tuple[KeyPath, str, str]] = []
    aliases: list[tuple[KeyPath, str, str]] = []
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
    owners: dict[str, str] = {}
    for path, name, agency_id in (*official, *aliases):
        owner = owners.setdefault(match_key(name), agency_id)
        if owner != agency_id:
            reading.report("K203", path, f'tên "{name}" đã là tên của "{ids[owner]}"; mỗi tên chỉ được chỉ một cơ quan')


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
