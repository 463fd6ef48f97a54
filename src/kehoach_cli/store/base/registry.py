"""The registry of a province as the base knows it, and its entries for names that a registry lacks."""

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import cache
from io import StringIO
from typing import Any, TypeAlias

from kehoach_cli.core.model.agency import Agency
from kehoach_cli.core.model.names import Names, spelled
from kehoach_cli.store.base.provinces import MERGER, MERGER_BASIS, Province, find_province, load_yaml, provinces
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.text import match_key

Entry: TypeAlias = dict[str, Any]

_KEYS = ("id", "name", "kind", "short", "also", "symbol", "parent", "open", "limited", "members", "valid", "successors")
_LAST = ("certain", "note")
_REGION = re.compile(r" <khu vực (\w+)>")
_UNSURE = " Chưa chắc chắn: đối chiếu với tỉnh trước khi dùng."
_ADDED = "Thêm từ danh bạ nền của kehoach: đối chiếu với tỉnh trước khi dùng."
# Departments whose heir has no body of that name, and which body has which part.
_DIVIDED: dict[str, dict[str, str | None]] = {"so-vhttdl": {"so-vhtt": "văn hóa, thể thao", "so-du-lich": "du lịch"}}
# What a merged province passes on as a matter of course.
_PASSING = frozenset({"so", "co-quan-ngang-so", "ubnd", "hdnd"})
_GOVERNMENT = "ubnd-tinh"
_WIDTH = 118


def base_entry(name: str, province: str) -> Entry | None:
    """Return what the base registry says of the body of a province with this id or name; None where it knows none."""
    known = find_province(province)
    entries = _by_id(known) if known else {}
    if name in entries:
        return entries[name]
    found = _names(known).resolve(name) if known else None
    return entries[found] if found else None


@cache
def _by_id(province: Province) -> dict[str, Entry]:
    return {entry["id"]: entry for entry in _entries(province)}


@cache
def _names(province: Province) -> Names:
    bodies = [
        Agency(entry["id"], entry["name"], entry.get("kind", "nhom"), province.id, also=_other_names(entry))
        for entry in _entries(province)
    ]
    return Names({body.id: body for body in bodies})


def _other_names(entry: Entry) -> tuple[str, ...]:
    return (*entry.get("short", ()), *entry.get("also", ()))


def _known(province: str | None) -> Province:
    return next(one for one in provinces() if one.id == province)


def _entries(province: Province) -> list[Entry]:
    data = registry_of(province)
    return [*data["agencies"], *data["groups"]]


def registry_of(province: Province) -> dict[str, Any]:
    """Return the registry of a province as the data of a registry file."""
    made = _registry(province)
    return {**made, "agencies": list(made["agencies"]), "groups": list(made["groups"])}


@cache
def _registry(province: Province) -> dict[str, Any]:
    source = load_yaml("bodies.yaml")
    agencies = [_made(entry, province) for entry in source["agencies"] if _stands_in(entry, province.id)]
    unsure = {entry["id"] for entry, kept in agencies if kept.get("optional") and entry.get("certain") is False}
    known = {entry["id"] for entry, _ in agencies}
    groups = [_made(entry, province)[0] for entry in source["groups"]]
    ids = known | {group["id"] for group in groups}
    for group in groups:
        group["members"] = [one for one in group.get("members", ()) if one in ids and one not in unsure]
    bodies = [entry for entry, _ in agencies]
    _keep_names_apart([*bodies, *groups])
    top: dict[str, Any] = {"kehoach": "registry/1", "province": province.id, "name": province.name}
    if province.heir:
        top["successors"] = [{"id": province.heir, "from": MERGER, "basis": MERGER_BASIS}]
        heirs = {entry["id"]: entry for entry in _entries(_known(province.heir))}
        bodies = [_merged(entry, province, heirs) for entry in bodies]
        groups = [_merged(entry, province, heirs) for entry in groups]
    return {**top, "agencies": [_ordered(one) for one in bodies], "groups": [_ordered(one) for one in groups]}


def _stands_in(entry: Entry, province: str) -> bool:
    return province in entry.get("where", (province,)) and province not in entry.get("not", ())


def _made(entry: Entry, province: Province) -> tuple[Entry, Entry]:
    """Return an entry as this province has it, and the template it was made from."""
    kept = {**entry, **entry.get("per", {}).get(province.id, {})}
    swap = kept.get("swap", {}).get(province.id, {})
    named = province if _lived_in_a_city(kept, province) else _before(province)
    made: Entry = {key: _filled(kept[key], named, swap) for key in (*_KEYS, *_LAST) if kept.get(key) not in (None, [])}
    if made.get("certain") is True:
        del made["certain"]
    if "region" in kept and not _is_numbered(province, kept["region"]):
        made |= {"certain": False, "note": f"{made.get('note', '')} Số hiệu khu vực cần xác nhận.".strip()}
    if kept["id"] == _GOVERNMENT:
        made |= _told(province)
    if named.was_province:
        made["also"] = [*made.get("also", ()), *_names_as_province(kept, province)]
    made["also"] = _distinct(made.get("also", ()), (made["name"], *made.get("short", ())))
    return made, kept


def _lived_in_a_city(kept: Entry, province: Province) -> bool:
    """Whether a body still existed when its province became a city; elsewhere the question does not arise."""
    ended = kept.get("valid", {}).get("to") or kept.get("gone_by")
    return not province.was_province or ended is None or ended >= province.facts["city_from"]


def _before(province: Province) -> Province:
    """Return a city as it was before it became one."""
    return Province(province.id, (*province.also, province.name)[0], facts=province.facts)


def _is_numbered(province: Province, region: str) -> bool:
    return bool(province.facts.get(region)) and province.facts.get(f"{region}_certain", True)


def _told(province: Province) -> Entry:
    """Return what the entry of the people's committee says of its province: since when a city, and who was merged into it."""
    facts, notes = province.facts, []
    if "city_from" in facts:
        notes.append(
            f"Thành phố trực thuộc trung ương từ {format_date(facts['city_from'])} ({facts['basis']}); trước đó là tỉnh."
        )
    if facts.get("merged"):
        merged = ", ".join(one["name"] for one in facts["merged"])
        notes.append(f"Từ 01/7/2025 gồm cả {merged} ({MERGER_BASIS}).")
    unsure = {"certain": False} if facts.get("certain") is False else {}
    return unsure | ({"note": " ".join(notes)} if notes else {})


def _names_as_province(kept: Entry, province: Province) -> list[str]:
    before = _before(province)
    names = [kept["name"], *kept.get("short", ()), *kept.get("also", ())]
    return [_text(name, before) for name in names if re.search(r"<[tT]ỉnh>", name)]


def _filled(value: Any, province: Province, swap: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        filled = [_filled(one, province, swap) for one in value]
        return [one for one in filled if one != ""]
    if isinstance(value, dict):
        return {key: _filled(one, province, swap) for key, one in value.items()}
    return swap.get(text := _text(value, province), text) if isinstance(value, str) else value


def _text(template: str, province: Province) -> str:
    if (region := _REGION.search(template)) and not province.facts.get(region[1]):
        # Without its number it is the name that stands beside it in the list.
        template = _REGION.sub("", template)
    numbered = _REGION.sub(lambda found: f" {province.facts[found[1]]}", template)
    kind, party = ("thành phố", "Thành") if province.city else ("tỉnh", "Tỉnh")
    sample = province.name == "Tỉnh mẫu"
    for blank, text in (
        ("<tỉnh> <X>", "tỉnh mẫu" if sample else "<tỉnh> <X>"),
        ("<tỉnh>", kind),
        ("<Tỉnh>", party),
        ("<X>", "tỉnh mẫu" if sample else province.name),
        ("<mã>", province.id),
    ):
        numbered = numbered.replace(blank, text)
    return numbered


def _distinct(names: Iterable[str], taken: Iterable[str]) -> list[str]:
    seen = {match_key(name) for name in taken}
    return [name for name in names if not (match_key(name) in seen or seen.add(match_key(name)))]  # type: ignore[func-returns-value]


def _keep_names_apart(entries: list[Entry]) -> None:
    """Take away further names that another body bears already: a name means one body."""
    owners = {spelled(entry["name"]): entry["id"] for entry in entries}
    for entry in entries:
        for key in ("short", "also"):
            entry[key] = [
                name for name in entry.get(key, ()) if owners.setdefault(spelled(name), entry["id"]) == entry["id"]
            ]


def _merged(entry: Entry, province: Province, heirs: Mapping[str, Entry]) -> Entry:
    """Return an entry of a province that was merged: what still lived then passes to the same body of the heir."""
    if entry.get("successors") or entry.get("valid", {}).get("to") or entry.get("open"):
        return entry
    made = {**entry, "valid": {**entry.get("valid", {}), "to": MERGER - timedelta(days=1)}}
    same = entry["id"].replace(f"-{province.id}", f"-{province.heir}")
    called = _known(province.heir).facts.get("ids", {})
    taken_over = _DIVIDED.get(same, {}) if same not in heirs else {same: None}
    sure = len(taken_over) == 1 and entry.get("kind") in _PASSING and entry.get("certain", True)
    made["successors"] = [
        {"id": f"{province.heir}/{called.get(one, one)}", "from": MERGER}
        | ({"scope": scope} if scope else {})
        | {"basis": MERGER_BASIS}
        | ({} if sure and heirs[one].get("certain", True) else {"certain": False})
        for one, scope in taken_over.items()
    ]
    return made


def _ordered(entry: Entry) -> Entry:
    kept = {key: entry[key] for key in (*_KEYS, *_LAST) if entry.get(key) not in (None, [], "")}
    if "members" in entry:
        kept["members"] = entry["members"]
    order = (*_KEYS, *_LAST)
    return {key: kept[key] for key in sorted(kept, key=order.index)}


# --- as text ---


def registry_text(data: Mapping[str, Any], heading: Iterable[str]) -> str:
    """Return a registry file with comments at what is uncertain."""
    lines = [
        "# yaml-language-server: $schema=../../schemas/registry-1.schema.json",
        *(f"# {line}" for line in heading),
        _dumped({key: value for key, value in data.items() if key not in {"agencies", "groups"}}).rstrip("\n"),
    ]
    text = "\n".join(lines) + "\n"
    for kind in ("agencies", "groups"):
        text += f"{kind}:\n" + entries_text(data[kind])
    return text


def entries_text(entries: Iterable[Entry]) -> str:
    """Return entries as the items of a list in a registry file, each uncertain one under a comment."""
    return "\n".join(
        (f"  #{_UNSURE}\n" if _is_unsure(entry) else "") + _dumped([entry], indented=True) for entry in entries
    )


def completed(text: str, data: Mapping[str, Any]) -> str:
    """Return the text of a registry with the entries of `data` it lacks: those whose id and name nobody in it bears."""
    ids, names = _borne(text)
    new = {kind: _lacking(data[kind], ids, names) for kind in ("agencies", "groups")}
    return _appended(text, new["agencies"], new["groups"], ids)


def with_entries(text: str, province: str, named: Iterable[str]) -> str:
    """Return the text of a registry with what the base knows of the bodies named, and of those these refer to."""
    ids, _ = _borne(text)
    wanted: dict[str, Entry] = {}
    front = list(named)
    while front:
        entry = base_entry(front.pop(), province)
        if entry and entry["id"] not in ids | wanted.keys():
            wanted[entry["id"]] = entry
            front += [entry["parent"]] if "parent" in entry else []
            front += [heir["id"] for heir in entry.get("successors", ())]
    agencies = [entry for entry in wanted.values() if "kind" in entry]
    return _appended(text, agencies, [entry for entry in wanted.values() if "kind" not in entry], ids)


def _borne(text: str) -> tuple[set[str], set[str]]:
    """Return the ids and the spelled names of a registry file."""
    from ruamel.yaml import YAML

    own = YAML(typ="safe").load(text)
    entries = [*own["agencies"], *own.get("groups", ())]
    return {one["id"] for one in entries}, {
        spelled(name) for one in entries for name in (one["name"], *_other_names(one))
    }


def _appended(text: str, agencies: list[Entry], groups: list[Entry], ids: set[str]) -> str:
    """Return the text with entries at the end of its lists; of a group only the members that are known."""
    known = ids | {entry["id"] for entry in (*agencies, *groups)}
    groups = [entry | {"members": [one for one in entry.get("members", ()) if one in known]} for entry in groups]
    before, mark, after = text.partition("\ngroups:\n")
    more = f"\n  # {_ADDED}\n"
    if agencies:
        before = f"{before.rstrip()}\n{more}{entries_text(agencies).rstrip()}"
    if groups:
        mark, after = mark or "\ngroups:\n", f"{after.rstrip()}\n{more}{entries_text(groups)}"
    return f"{before}{mark}{after}" if mark else f"{before}\n"


def _lacking(entries: Iterable[Entry], ids: set[str], names: set[str]) -> list[Entry]:
    return [
        {
            **entry,
            **{
                key: [name for name in entry[key] if spelled(name) not in names]
                for key in ("short", "also")
                if key in entry
            },
        }
        for entry in entries
        if entry["id"] not in ids and spelled(entry["name"]) not in names
    ]


def _is_unsure(entry: Entry) -> bool:
    return entry.get("certain") is False or any(heir.get("certain") is False for heir in entry.get("successors", ()))


def _dumped(value: Any, *, indented: bool = False) -> str:
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.width = _WIDTH - 10
    # One day said twice would become an anchor and an alias, which our files do not have.
    yaml.representer.ignore_aliases = lambda *_: True
    yaml.indent(mapping=2, sequence=4, offset=2)
    target = StringIO()
    yaml.dump(_node(value), target)
    text = re.sub(r" +\n", "\n", target.getvalue())
    return text if indented or not isinstance(value, list) else re.sub(r"^  ", "", text, flags=re.MULTILINE)


def _node(value: Any) -> Any:
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    if isinstance(value, dict):
        node = CommentedMap((key, _node(one)) for key, one in value.items())
        if set(value) <= {"from", "to"}:
            node.fa.set_flow_style()
        return node
    if isinstance(value, (list, tuple)):
        seq = CommentedSeq(_node(one) for one in value)
        if all(isinstance(one, str) for one in value) and sum(len(one) + 2 for one in value) < _WIDTH - 30:
            seq.fa.set_flow_style()
        return seq
    return value
