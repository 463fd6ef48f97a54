"""Edits that leave a valid file: each one is listed once, on its line, in words; another way to write the same data is not."""

import io
import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, get_args, get_type_hints

import pytest
from msgspec import Struct
from msgspec.structs import replace
from ruamel.yaml import YAML

from kehoach_cli.core.changes.compare import compare
from kehoach_cli.core.changes.names import _FIELDS, value_text
from kehoach_cli.core.changes.shapes import SHAPES
from kehoach_cli.core.changes.words import differences
from kehoach_cli.core.check.wording import STATUSES
from kehoach_cli.core.model.agency import Registry
from kehoach_cli.core.model.amendment import Amendment
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.finding import Finding, KeyPath, Severity
from kehoach_cli.core.model.legal import LegalRegister
from kehoach_cli.core.model.lock import Lock
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.progress import Status, Submission
from kehoach_cli.core.model.source_record import SourceRecord
from kehoach_cli.core.notation.keys import key_in_words
from kehoach_cli.rules.engine import Selection, lint
from kehoach_cli.store.readers.read_file import FileContent, LoadedFile, source_file
from kehoach_cli.store.workspace.load import Workspace, load
from kehoach_cli.store.workspace.paths import Root
from kehoach_cli.store.workspace.reader import PlanReader, read_registries, read_submissions
from kehoach_cli.store.yaml.tree import parse, place
from tests.conftest import REPOSITORY
from tests.rules.rounds import ROUNDS

pytestmark = pytest.mark.slow

PLANS = ("kh-176", "qd-3825", "kh-thai-nguyen-2026", "kh-kl-81")
REGISTRIES = ("agencies/thanh-hoa", "agencies/thai-nguyen", "agencies/trung-uong")
PROGRESS = """\
kehoach: progress/1
plan: kh-176
agency: so-y-te
year: 2025
cutoff: 2025-12-14
submitted: 2025-12-16
indicators:
  PL1.17: {value: "82,5", source: Báo cáo 9}
tasks:
  PL2.III.1: {status: in_progress, result: Đã nghiệm thu một trạm., documents: [{number: 12/BC-SYT, date: 2025-11-10}]}
"""

Data = dict[str, Any]
# Where a finding is expected, whether at the key, and what it says.
Expected = tuple[KeyPath, bool, tuple[str, ...]]
Edit = Callable[[Data, random.Random], list[Expected]]


class NotHereError(Exception):
    """The plan has nothing that an edit could change."""


def pick(rows: list[Data], chance: random.Random, fits: Callable[[Data], object]) -> tuple[int, Data]:
    fitting = [(index, row) for index, row in enumerate(rows) if fits(row)]
    if not fitting:
        raise NotHereError
    return chance.choice(fitting)


def other(chance: random.Random, value: str, *choices: str) -> str:
    return chance.choice([one for one in choices if one != value])


def turned(text: str, chance: random.Random) -> str:
    """Change one digit."""
    at = chance.choice([found.start() for found in re.finditer(r"\d", text)] or [-1])
    if at < 0:
        raise NotHereError
    return text[:at] + other(chance, text[at], *"123456789") + text[at + 1 :]


def drop_not(plan: Data, chance: random.Random) -> list[Expected]:
    index, row = pick(plan["tasks"], chance, lambda row: len(row["text"].split()) > 6)
    words = row["text"].split()
    at = chance.randrange(2, len(words) - 2)
    # What stands in the file now lacks the word that the older version has.
    plan["older"] = ("tasks", index, "text"), " ".join([*words[:at], "không", *words[at:]])
    return [(("tasks", index, "text"), False, ("nguyên văn đã đổi", f"không {words[at]}"))]


def schedule(plan: Data, chance: random.Random) -> list[Expected]:
    index, row = pick(plan["tasks"], chance, lambda row: re.search(r"20\d\d", row.get("schedule", "")))
    row["schedule"] = re.sub(r"(20\d)\d(?=\D*$)", r"\g<1>9", row["schedule"])
    return [(("tasks", index, "schedule"), False, ("thời gian thực hiện đã đổi", row["schedule"]))]


def target(plan: Data, chance: random.Random) -> list[Expected]:
    index, row = pick(plan.get("indicators", []), chance, lambda row: row["targets"])
    key = chance.choice([key for key, value in row["targets"].items() if isinstance(value, str)] or [""])
    if not key:
        raise NotHereError
    row["targets"][key] = turned(row["targets"][key], chance)
    return [
        (("indicators", index, "targets", key), False, (f"mục tiêu {key_in_words(key)} đã đổi", row["targets"][key]))
    ]


def printed_target(plan: Data, chance: random.Random) -> list[Expected]:
    fits = lambda row: row.get("as_issued", {}).get("targets")  # noqa: E731
    index, row = pick(plan.get("indicators", []), chance, fits)
    key = chance.choice(list(row["as_issued"]["targets"]))
    row["as_issued"]["targets"][key] = turned(row["as_issued"]["targets"][key], chance)
    return [(("indicators", index, "as_issued", "targets", key), False, (f"ô mục tiêu {key_in_words(key)} đã đổi",))]


def unit(plan: Data, chance: random.Random) -> list[Expected]:
    index, row = pick(plan.get("indicators", []), chance, lambda row: row.get("unit"))
    old, row["unit"] = row["unit"], other(chance, row["unit"], "ha", "tấn", "hộ")
    return [(("indicators", index, "unit"), False, ("đơn vị tính đã đổi", old, row["unit"]))]


def direction(plan: Data, chance: random.Random) -> list[Expected]:
    index, row = pick(plan.get("indicators", []), chance, lambda _: True)
    row["direction"] = other(chance, row["direction"], "increase", "decrease", "maintain")
    return [
        (("indicators", index, "direction"), False, ("chiều tốt lên đã đổi", value_text("direction", row["direction"])))
    ]


def basis_gone(plan: Data, chance: random.Random) -> list[Expected]:
    bases = plan["document"].get("basis", [])
    index, gone = pick(bases, chance, lambda _: len(bases) > 1)
    del bases[index]
    said = next(gone[key] for key in ("number", "title", "date") if gone.get(key))
    return [(("document", "basis"), True, ("bỏ căn cứ ban hành", " ".join(said.split()[:5])))]


def basis_number(plan: Data, chance: random.Random) -> list[Expected]:
    index, row = pick(plan["document"].get("basis", []), chance, lambda row: row.get("number"))
    old, row["number"] = row["number"], turned(row["number"], chance)
    return [
        (("document", "basis", index, "number"), False, ("căn cứ ban hành: số, ký hiệu đã đổi", old, row["number"]))
    ]


def basis_year(plan: Data, chance: random.Random) -> list[Expected]:
    index, row = pick(plan["document"].get("basis", []), chance, lambda row: row.get("date"))
    row["date"] = other(chance, row["date"][:4], "2011", "2013", "2020") + row["date"][4:]
    return [(("document", "basis", index, "date"), False, ("căn cứ ban hành: ngày ban hành đã đổi", row["date"][:4]))]


def coordinator(plan: Data, chance: random.Random) -> list[Expected]:
    plan["coordinator"] = other(chance, plan["coordinator"], "so-y-te", "so-tai-chinh", "so-xay-dung")
    return [(("coordinator",), False, ("cơ quan đầu mối đã đổi", plan["coordinator"]))]


def issuer(plan: Data, chance: random.Random) -> list[Expected]:
    plan["document"]["issuer"] = other(chance, plan["document"]["issuer"], "so-y-te", "so-tai-chinh", "ubnd-cap-xa")
    return [(("document", "issuer"), False, ("cơ quan ban hành đã đổi", plan["document"]["issuer"]))]


def reporting(plan: Data, chance: random.Random) -> list[Expected]:
    index, row = pick(plan["reporting"], chance, lambda _: True)
    key = chance.choice(["from", "to"])
    found = [row[key]] if isinstance(row[key], str) else list(row[key])
    found[0] = other(chance, found[0], "so-y-te", "so-tai-chinh", "ubnd-cap-xa")
    row[key] = found
    name = {"from": "cơ quan gửi", "to": "cơ quan nhận"}[key]
    return [(("reporting", index, key, 0), False, (f"{name} đã đổi", found[0]))]


def due(plan: Data, chance: random.Random) -> list[Expected]:
    index, row = pick(plan["reporting"], chance, lambda row: row.get("due"))
    row["due"] = other(chance, row["due"], "trước ngày 05/12 hằng năm", "trước ngày 20/11 hằng năm")
    return [(("reporting", index, "due"), False, ("thời hạn báo cáo đã đổi", row["due"]))]


def kind(plan: Data, chance: random.Random) -> list[Expected]:
    index, row = pick(plan["tasks"], chance, lambda _: True)
    row["kind"] = other(chance, row["kind"], "task", "programme", "organisation")
    return [(("tasks", index, "kind"), False, ("loại đã đổi", value_text("kind", row["kind"])))]


def condition_kind(plan: Data, chance: random.Random) -> list[Expected]:
    index, row = pick(plan["tasks"], chance, lambda row: row.get("conditions"))
    at, condition = pick(row["conditions"], chance, lambda _: True)
    condition["kind"] = other(chance, condition["kind"], "after", "per")
    path = ("tasks", index, "conditions", at, "kind")
    return [(path, False, (f"điều kiện của {row['id']}: loại đã đổi", value_text("kind", condition["kind"])))]


def section_schedule(plan: Data, chance: random.Random) -> list[Expected]:
    index, row = pick(plan["sections"], chance, lambda _: True)
    row["schedule"] = "2022 - 2028" if chance.random() < 0.5 else "đến hết năm 2027"
    return [(("sections", index, "schedule"), False, ("thời gian thực hiện", row["schedule"]))]


def section_titles(plan: Data, chance: random.Random) -> list[Expected]:
    one = chance.randrange(len(plan["sections"]) - 1)
    first, second = plan["sections"][one : one + 2]
    if first["title"] == second["title"]:
        raise NotHereError
    first["title"], second["title"] = second["title"], first["title"]
    # Two titles swapped and two numbers swapped are one thing, where a heading has nothing else.
    return [(("sections", one), False, ("đã đổi",)), (("sections", one + 1), False, ("đã đổi",))]


def signer(plan: Data, chance: random.Random) -> list[Expected]:
    if "signer" not in plan["document"]:
        raise NotHereError
    plan["document"]["signer"]["name"] = chance.choice(["Lê Văn A", "Trần Thị B", "Nguyễn Văn C"])
    return [(("document", "signer", "name"), False, ("người ký đã đổi", plan["document"]["signer"]["name"]))]


def document_number(plan: Data, chance: random.Random) -> list[Expected]:
    number = plan["document"].get("number")
    if not number:
        raise NotHereError
    plan["document"]["number"] = turned(number, chance)
    return [(("document", "number"), False, ("văn bản: số, ký hiệu đã đổi", number))]


def cell(plan: Data, chance: random.Random) -> list[Expected]:
    index, row = pick(plan["tasks"], chance, lambda row: row.get("as_issued"))
    key = chance.choice(list(row["as_issued"]))
    row["as_issued"][key] += " và các đơn vị khác"
    return [(("tasks", index, "as_issued", key), False, (f"nhiệm vụ {row['id']}", "đã đổi", "và các đơn vị khác"))]


def lead(plan: Data, chance: random.Random) -> list[Expected]:
    index, row = pick(plan["tasks"], chance, lambda row: row.get("lead"))
    found = [row["lead"]] if isinstance(row["lead"], str) else list(row["lead"])
    row["lead"] = [*found, other(chance, found[0], "ubnd-cap-xa", "ubnd-cap-huyen")]
    return [(("tasks", index, "lead", len(found)), False, ("cơ quan chủ trì: thêm", row["lead"][-1]))]


def row_gone(plan: Data, chance: random.Random) -> list[Expected]:
    index, row = pick(plan["tasks"], chance, lambda _: True)
    del plan["tasks"][index]
    return [(("tasks",), True, (f"bỏ nhiệm vụ {row['id']}", " ".join(row["text"].split()[:5])))]


def row_renumbered(plan: Data, chance: random.Random) -> list[Expected]:
    index, row = pick(plan["tasks"], chance, lambda _: True)
    old, row["id"] = row["id"], f"{row['id']}-99"
    return [(("tasks", index, "id"), False, (f"mã nhiệm vụ đã đổi: {old} → {row['id']}",))]


def row_moved(plan: Data, chance: random.Random) -> list[Expected]:
    index = chance.randrange(len(plan["tasks"]) - 4)
    row = plan["tasks"].pop(index)
    plan["tasks"].insert(index + 3, row)
    behind = plan["tasks"][index + 2]["id"]
    return [(("tasks", index + 3), False, (f"nhiệm vụ {row['id']} đã chuyển chỗ", f"nay ở sau “{behind}”"))]


def row_inserted_and_the_rest_renumbered(plan: Data, chance: random.Random) -> list[Expected]:
    """The rows from one on take the id of the next: none of them has another text."""
    rows = plan["tasks"]
    index = chance.randrange(len(rows) - 4)
    ids = [row["id"] for row in rows[index : index + 3]] + [f"{rows[index + 2]['id']}-99"]
    new = {"id": ids[0], "kind": "task", "text": "Một việc hoàn toàn mới chưa có ở đâu.", "lead": ["ubnd-cap-xa"]}
    rows.insert(index, new)
    for row, row_id in zip(rows[index + 1 : index + 4], ids[1:], strict=True):
        row["id"] = row_id
    shifted = [
        (("tasks", index + at, "id"), False, (f"mã nhiệm vụ đã đổi: {ids[at - 1]} → {ids[at]}",)) for at in (1, 2, 3)
    ]
    return [(("tasks", index), False, (f"thêm nhiệm vụ {ids[0]} “Một việc",)), *shifted]


def member(registry: Data, chance: random.Random) -> list[Expected]:
    index, row = pick(registry.get("groups", []), chance, lambda row: len(row.get("members", [])) > 1)
    gone = row["members"].pop(chance.randrange(len(row["members"])))
    return [(("groups", index, "members"), True, (f"nhóm cơ quan {row['id']}: thành viên: bỏ", gone))]


def agency_name(registry: Data, chance: random.Random) -> list[Expected]:
    index, row = pick(registry["agencies"], chance, lambda _: True)
    row["name"] += " Mới"
    return [(("agencies", index, "name"), False, (f"cơ quan {row['id']}: tên đã đổi", row["name"]))]


def alias(registry: Data, chance: random.Random) -> list[Expected]:
    index, row = pick(registry["agencies"], chance, lambda row: len(row.get("also", [])) > 1)
    gone = row["also"].pop()
    return [(("agencies", index, "also"), True, ("tên khác: bỏ", gone))]


def successor(registry: Data, chance: random.Random) -> list[Expected]:
    index, row = pick(
        registry["agencies"], chance, lambda row: any("/" not in one["id"] for one in row.get("successors", []))
    )
    at, heir = pick(row["successors"], chance, lambda one: "/" not in one["id"])
    heir["id"] = other(chance, heir["id"], *(one["id"] for one in registry["agencies"][:5]))
    path = ("agencies", index, "successors", at, "id")
    return [(path, False, (f"cơ quan kế thừa của {row['id']}: cơ quan tiếp nhận đã đổi", heir["id"]))]


def valid(registry: Data, chance: random.Random) -> list[Expected]:
    index, row = pick(registry["agencies"], chance, lambda row: "to" in row.get("valid", {}))
    row["valid"]["to"] = other(chance, row["valid"]["to"], "2024-06-30", "2024-07-31")
    return [(("agencies", index, "valid", "to"), False, ("ngày cuối cùng hoạt động đã đổi", "/2024"))]


def value(report: Data, chance: random.Random) -> list[Expected]:
    entry = report["indicators"]["PL1.17"]
    old, entry["value"] = entry["value"], other(chance, entry["value"], "28,5", "85,2", "52,8")
    return [
        (("indicators", "PL1.17", "value"), False, ("báo cáo về chỉ tiêu PL1.17: giá trị đã đổi", old, entry["value"]))
    ]


def state(report: Data, chance: random.Random) -> list[Expected]:
    entry = report["tasks"]["PL2.III.1"]
    entry["status"] = other(chance, entry["status"], "paused", "waiting")
    return [(("tasks", "PL2.III.1", "status"), False, ("trạng thái đã đổi", STATUSES[Status(entry["status"])]))]


def answer_gone(report: Data, chance: random.Random) -> list[Expected]:
    del chance, report["tasks"]["PL2.III.1"]
    return [(("tasks",), True, ("bỏ báo cáo về nhiệm vụ PL2.III.1",))]


OF_PLANS: dict[str, tuple[str, Edit]] = {
    "không dropped": ("K520", drop_not),
    "a printed cell": ("K520", cell),
    "a printed cell of targets": ("K520", printed_target),
    "section titles swapped": ("K520 K524", section_titles),
    "the signer": ("K520", signer),
    "a digit of a target": ("K521", target),
    "the unit": ("K521", unit),
    "the direction": ("K521", direction),
    "the coordinator": ("K522", coordinator),
    "the issuer": ("K522", issuer),
    "senders and recipients of reports": ("K522", reporting),
    "one lead more": ("K522", lead),
    "the year of a schedule": ("K523", schedule),
    "the year of a basis": ("K523", basis_year),
    "the day reports are due": ("K523", due),
    "the schedule of a section": ("K523", section_schedule),
    "the number of a basis": ("K524", basis_number),
    "the number of the document": ("K524", document_number),
    "the kind of a task": ("K524", kind),
    "the kind of a condition": ("K524", condition_kind),
    "a row under another id": ("K524", row_renumbered),
    "a row moved": ("K524", row_moved),
    "a basis deleted": ("K525", basis_gone),
    "a row deleted": ("K525", row_gone),
    "a row inserted, the rest renumbered": ("K524 K525", row_inserted_and_the_rest_renumbered),
}
OF_REGISTRIES: dict[str, tuple[str, Edit]] = {
    "a member removed": ("K526", member),
    "a name": ("K526", agency_name),
    "an alias removed": ("K526", alias),
    "a successor": ("K526", successor),
    "the last day": ("K526", valid),
}
OF_SUBMISSIONS: dict[str, tuple[str, Edit]] = {
    "82 turned into 28": ("K527", value),
    "a status": ("K527", state),
    "an answer deleted": ("K527", answer_gone),
}


@cache
def workspace() -> Workspace:
    return load(Root(REPOSITORY))


def text_of(name: str) -> str:
    return (REPOSITORY / "plans" / f"{name}.yaml").read_text(encoding="utf-8")


def plain(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: plain(one) for key, one in tree.items()}
    return [plain(one) for one in tree] if isinstance(tree, list) else tree


def dumped(data: Data) -> str:
    """Write data in another layout than our files have: nothing may depend on it."""
    out = io.StringIO()
    yaml: Any = YAML(typ="safe", pure=False)
    yaml.default_flow_style, yaml.allow_unicode, yaml.width = False, True, 70
    yaml.sort_base_mapping_type_on_output = False
    yaml.dump(data, out)
    return out.getvalue()


def read(name: str, text: str) -> LoadedFile:
    content = FileContent(REPOSITORY / "plans" / f"{name}.yaml", name, text.encode())
    catalogue: Catalogue = workspace().catalogue
    if name in REGISTRIES:
        return read_registries([content])[0]
    if name == "progress":
        return read_submissions(content, catalogue)
    return PlanReader(catalogue.directory, strict_before=True, read_with="").read(content)


@cache
def read_older(name: str) -> LoadedFile:
    return read(name, PROGRESS if name == "progress" else text_of(name))


def changes_found(name: str, old: LoadedFile, text: str) -> list[Finding]:
    new = read(name, text)
    assert old.value is not None, old.findings
    assert new.value is not None, [finding for finding in new.findings if finding.severity is Severity.ERROR]
    assert not isinstance(old.value, Lock | SourceRecord | LegalRegister | Amendment)
    assert not isinstance(new.value, Lock | SourceRecord | LegalRegister | Amendment)
    kind = "registry" if name in REGISTRIES else "progress" if name == "progress" else "plan"
    catalogue = workspace().catalogue
    source = source_file(new, kind, catalogue.directory, catalogue.plans)
    source = replace(source, changes=compare(old.value, new.value))
    return lint(source, Selection(select=("K52",)))


def listed(kind: str, codes: str, edit: Edit, names: tuple[str, ...]) -> None:
    chance = random.Random(kind)
    made = 0
    for name in names * (3 * ROUNDS):
        if made == ROUNDS:
            break
        text = PROGRESS if name == "progress" else text_of(name)
        data = plain(parse(text).tree)
        older = read_older(name)
        try:
            expected = edit(data, chance)
        except NotHereError:
            continue
        if at := data.pop("older", None):
            old = plain(parse(text).tree)
            old[at[0][0]][at[0][1]][at[0][2]] = at[1]
            older = read(name, dumped(old))
        new = dumped(data)
        tree = parse(new).tree
        found = changes_found(name, older, new)
        where = sorted(place(tree, path, key=key)[0] for path, key, _ in expected)
        assert [finding.line for finding in found] == where, (kind, name, expected, [one.message for one in found])
        assert {finding.code for finding in found} <= set(codes.split()), kind
        said = " | ".join(finding.message for finding in found)
        for _, _, words in expected:
            assert all(word in said for word in words), (kind, name, words, said)
        made += 1
    assert made == ROUNDS, f"{kind}: {made}"


@pytest.mark.parametrize("kind", OF_PLANS)
def test_every_edit_of_a_plan_is_listed_once_on_its_line(kind: str) -> None:
    listed(kind, *OF_PLANS[kind], PLANS)


@pytest.mark.parametrize("kind", OF_REGISTRIES)
def test_every_edit_of_a_registry_is_listed_once_on_its_line(kind: str) -> None:
    listed(kind, *OF_REGISTRIES[kind], REGISTRIES)


@pytest.mark.parametrize("kind", OF_SUBMISSIONS)
def test_every_edit_of_a_submission_is_listed_once_on_its_line(kind: str) -> None:
    listed(kind, *OF_SUBMISSIONS[kind], ("progress",))


def reordered(data: Any) -> Any:
    """Turn the order of keys around, where it means nothing."""
    if isinstance(data, list):
        return [reordered(one) for one in data]
    if not isinstance(data, dict):
        return data
    first = {key: data[key] for key in ("kehoach",) if key in data}
    return first | {key: reordered(one) for key, one in reversed(data.items())}


LAYOUTS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "another dumper": lambda text: dumped(plain(parse(text).tree)),
    "keys the other way round": lambda text: dumped(reordered(plain(parse(text).tree))),
    "comments and blank lines": lambda text: text.replace("\n  - id:", "\n\n  # ghi chú\n  - id:"),
    "Windows lines": lambda text: text.replace("\n", "\r\n"),
    "a byte order mark": lambda text: "\ufeff" + text,
    "our own notes": lambda text: re.sub(r"(?m)^    note: .*(?:\n      .*)*", "    note: Ghi khác đi.", text),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", [*PLANS, *REGISTRIES, "progress"])
def test_the_same_data_in_another_layout_gives_nothing(name: str, layout: str) -> None:
    text = PROGRESS if name == "progress" else text_of(name)
    assert changes_found(name, read_older(name), LAYOUTS[layout](text)) == []


def keys_of(kind: type[Struct], before: str = "") -> Iterator[str]:
    """Yield the keys of the values that are compared, as a change names them."""
    for field in SHAPES[kind].fields:
        key = before + (field.key or field.name)
        inner = [one for one in parts_of(kind, field.name) if one in SHAPES]
        if not inner:
            yield key
        for one in inner:
            yield from keys_of(one, f"{key}." if SHAPES[one].part is None else "")


def parts_of(kind: type[Struct], name: str) -> set[type]:
    """Return the types that stand in the annotation of a field."""
    hint = get_type_hints(kind)[name]
    found, waiting = set(), [hint]
    while waiting:
        one = waiting.pop()
        waiting += get_args(one)
        found |= {one} if isinstance(one, type) else set()
    return found


# Not a value, but entries or groups of values with names of their own.
NAMED_INSIDE = {"narrative", "funding", "as_issued"}


@pytest.mark.parametrize("kind", [Plan, Registry, Submission])
def test_every_value_has_a_name_that_officers_know(kind: type[Struct]) -> None:
    keys = set(keys_of(kind)) - NAMED_INSIDE
    assert len(keys) > 5
    assert {key for key in keys if not any(f"{key}.".startswith(f"{name}.") for name in _FIELDS)} == set()


def test_a_line_break_that_moves_is_visible() -> None:
    (one,) = differences("Đã làm xong.\nCòn một việc.", "Đã làm xong. Còn một việc.")
    assert (one.old, one.new) == ("… làm xong. / Còn một …", "… làm xong. Còn một …")
