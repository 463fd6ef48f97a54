"""Registry files into the core's registries."""

from typing import TYPE_CHECKING, Any

from kehoach_cli.core.model.agency import Agency, Registry, Successor
from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.store.readers.judge import Judge
from kehoach_cli.store.yaml.tree import mappings_at, texts_at
from kehoach_cli.viet.text import match_key

if TYPE_CHECKING:
    from kehoach_cli.store.schema.registry import AgencyEntry, GroupEntry, RegistryFile, SuccessorEntry

GROUP_KIND = "nhom"


def read_registry(judge: Judge) -> Registry | None:
    """Return the registry of a judged file, None where its faults leave none; findings stay with the judge."""
    model = _judged(judge)
    return _registry(model) if model else None


def _registry(model: "RegistryFile") -> Registry:
    agencies = [_agency(entry, model.province) for entry in model.agencies]
    agencies += [_group(entry, model.province) for entry in model.groups]
    return Registry(
        model.province, model.name, {agency.id: agency for agency in agencies}, _successors(model.successors)
    )


def _judged(judge: Judge) -> "RegistryFile | None":
    """Return the file as a model, None where its faults leave none."""
    if judge.tree is None:
        return None
    from kehoach_cli.store.schema.registry import RegistryFile

    _check_ids_and_names(judge)
    model = judge.validate(RegistryFile)
    return None if judge.fatal else model


def check_references(judge: Judge, registry: Registry, known: set[str]) -> None:
    """Report members, parents and successors that are in no registry.

    `known` holds the ids of this one and of the centre, and with their province those of the others.
    """
    named = {named for agency in registry.agencies.values() for named in (*agency.members, agency.parent)}
    named.update(heir.id for agency in registry.agencies.values() for heir in agency.successors)
    if named <= {None, *known}:
        return
    for kind in ("agencies", "groups"):
        for index, entry in mappings_at(judge.tree, kind):
            listed: list[tuple[KeyPath, Any]] = [((kind, index, "parent"), entry.get("parent"))]
            listed += [((kind, index, "members", place), member) for place, member in texts_at(entry, "members")]
            listed += [
                ((kind, index, "successors", n, "id"), heir.get("id")) for n, heir in mappings_at(entry, "successors")
            ]
            for path, agency_id in listed:
                if isinstance(agency_id, str) and agency_id not in known:
                    judge.report("K202", path, f'mã cơ quan "{agency_id}" không có trong danh bạ')


def _check_ids_and_names(judge: Judge) -> None:
    """Report ids and names borne by two bodies; an official name has precedence over another body's alias."""
    ids: dict[str, str] = {}
    official: list[tuple[KeyPath, str, str]] = []
    aliases: list[tuple[KeyPath, str, str]] = []
    for kind in ("agencies", "groups"):
        for index, entry in mappings_at(judge.tree, kind):
            agency_id, name = entry.get("id"), entry.get("name")
            if not isinstance(agency_id, str) or not isinstance(name, str):
                continue
            if agency_id in ids:
                judge.report(
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
            judge.report("K203", path, f'tên "{name}" đã là tên của "{ids[owner]}"; mỗi tên chỉ được chỉ một cơ quan')


def _agency(entry: "AgencyEntry", province: str) -> Agency:
    return Agency(kind=entry.kind, symbol=entry.symbol, parent=entry.parent, **_common(entry, province))


def _group(entry: "GroupEntry", province: str) -> Agency:
    return Agency(
        kind=GROUP_KIND,
        group=True,
        open=entry.open,
        limited=entry.limited,
        members=tuple(entry.members),
        **_common(entry, province),
    )


def _common(entry: "AgencyEntry | GroupEntry", province: str) -> dict[str, Any]:
    return {
        "id": entry.id,
        "name": entry.name,
        "province": province,
        "short": tuple(entry.short),
        "also": tuple(entry.also),
        "valid_from": entry.valid.from_ if entry.valid else None,
        "valid_to": entry.valid.to if entry.valid else None,
        "successors": _successors(entry.successors),
        "certain": entry.certain,
        "note": entry.note,
    }


def _successors(entries: "list[SuccessorEntry]") -> tuple[Successor, ...]:
    return tuple(Successor(heir.id, heir.from_, heir.scope, heir.basis, heir.certain, heir.role) for heir in entries)
