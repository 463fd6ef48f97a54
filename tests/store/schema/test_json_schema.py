"""The schemas say what the loader does, in Vietnamese, to whoever edits a file."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from kehoach_cli.store.readers.file_reading import FileReading
from kehoach_cli.store.readers.phrases import PlanPhrases
from kehoach_cli.store.schema import amendment, base, legal, lock, plan, progress, registry, source
from kehoach_cli.store.schema.json_schema import MODELS, flow, schema, schema_file, schema_text
from kehoach_cli.store.yaml.tree import parse
from tests.conftest import REPOSITORY, Ran, checked_by_schema

NAMES = tuple(MODELS)
SCHEMAS = REPOSITORY / "schemas"
LEGAL = [REPOSITORY / "plans" / "legal.yaml"]
PLANS = sorted(set((REPOSITORY / "plans").glob("*.yaml")) - set(LEGAL))
REGISTRIES = sorted((REPOSITORY / "plans" / "agencies").glob("*.yaml"))

MODELS_OF = {
    model: kind
    for kind, module in (
        ("plan", plan),
        ("registry", registry),
        ("progress", progress),
        ("lock", lock),
        ("source", source),
        ("legal", legal),
        ("amendment", amendment),
    )
    for model in vars(module).values()
    if isinstance(model, type) and issubclass(model, base.FileModel) and model is not base.FileModel
}
FIELDS = [
    pytest.param(model, name, info, id=f"{model.__name__}.{name}")
    for model in MODELS_OF
    for name, info in model.model_fields.items()
]


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for item in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from nodes(item)


def is_vietnamese(text: str) -> bool:
    return bool(re.search(r"[^\W\d_a-zA-Z]", text))


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_current(name: str) -> None:
    found = (SCHEMAS / schema_file(name)).read_text(encoding="utf-8")
    assert found == schema_text(name), "run: kehoach schema -o schemas --force"


def test_nothing_else_is_shipped() -> None:
    assert {path.name for path in SCHEMAS.iterdir()} == {schema_file(name) for name in NAMES}


@pytest.mark.slow
def test_the_text_does_not_depend_on_the_run() -> None:
    code = "from kehoach_cli.store.schema.json_schema import *; print(*map(schema_text, MODELS))"
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            cwd=REPOSITORY,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


@pytest.mark.parametrize("name", NAMES)
def test_the_head_names_no_host(name: str) -> None:
    found = schema(name)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert found["$id"] == f"kehoach:{name}-1"
    assert is_vietnamese(found["title"])
    assert is_vietnamese(found["description"])
    assert "//" not in schema_text(name).replace(found["$schema"], "")


def test_the_metaschema_holds() -> None:
    ran = checked_by_schema("--check-metaschema", *sorted(SCHEMAS.iterdir()))
    assert ran.code == 0, ran.out


@pytest.mark.parametrize(("name", "files"), [("plan", PLANS), ("registry", REGISTRIES), ("legal", LEGAL)])
def test_shipped_files_pass(name: str, files: list[Path]) -> None:
    assert files
    ran = checked_by_schema("--schemafile", SCHEMAS / schema_file(name), *files)
    assert ran.code == 0, ran.out


@pytest.mark.parametrize(("name", "files"), [("plan", PLANS), ("registry", REGISTRIES), ("legal", LEGAL)])
def test_the_first_line_names_the_schema(name: str, files: list[Path]) -> None:
    for path in files:
        first, _, second = path.read_text(encoding="utf-8").partition("\n")
        found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert found, path
        assert (path.parent / found[1]).resolve() == SCHEMAS / schema_file(name)
        assert re.match(r"(?:#.*\n)*kehoach: ", second)


GOOD = {
    "amendment": """
kehoach: amendment/1
amends: kh-12
document: {number: 40/QĐ-UBND, date: 2025-06-10, cite: Quyết định số 40/QĐ-UBND ngày 10/6/2025}
effective: 2025-06-15
changes:
  - {op: replace, at: II.1/schedule, from: "2022 - 2025", to: "2022 - 2027", clause: khoản 1 Điều 1}
  - {op: add, at: II.5, after: II.4, row: {text: Lấy mẫu nước giếng., lead: [so-y-te]}}
""",
    "legal": """
kehoach: legal/1
replaced:
  - document: {number: 1/2015/NĐ-CP, date: 2015-01-05, title: Nghị định cũ}
    replaced_by: {title: Nghị định mới}
    from: 2021-01-01
    source: Điều 9 Nghị định mới
    certain: true
""",
    "source": """
kehoach: source/1
plan: kh-12
document: {file: kh-12.docx, kind: docx, sha256: "9f86d081"}
doubts:
  - {at: tasks/III.7/lead, place: đoạn 13, kind: agency, why: danh bạ chưa có cơ quan này}
raised: [b64db95cb5]
values:
  - {at: tasks/III.7/lead, place: đoạn 13, was: b64db95cb5}
""",
    "plan": """\
kehoach: plan/1
id: kh-1
province: thanh-hoa
document: {type: KH, number: 1/KH-UBND, date: 2026-04, issuer: ubnd-tinh, title: Kế hoạch, cite: Kế hoạch số 1}
period: {from: 2026, to: "2030", vision: null}
coordinator: so-y-te
tasks:
  - {id: III.1, kind: task, text: Nội dung, lead: so-y-te, schedule: null, as_issued: null}
  - id: III.2
    kind: programme
    text: Nội dung
    conditions: [{text: theo hướng dẫn, kind: per, scope: 1}, {text: theo hướng dẫn, kind: per, scope: all}]
    now: {so-tttt: [{agency: so-khcn}]}
indicators:
  - id: PL1.1
    name: Tỷ lệ
    unit: null
    direction: increase
    targets: {2027: 85, "2028": "≥85,5", 2023-2030: {đô thị: 95, nông thôn: "80"}}
    baseline: {2024: null}
""",
    "registry": """\
kehoach: registry/1
province: thanh-hoa
name: Thanh Hóa
agencies:
  - {id: so-y-te, name: Sở Y tế, kind: so, valid: {from: 2025-03-01}, certain: false}
groups:
  - {id: nhom-so, name: Các sở, open: true, members: [so-y-te]}
""",
    "progress": """\
kehoach: progress/1
plan: kh-176
agency: Sở Y tế
year: 2025
cutoff: 2025-12-14
submitted: null
indicators:
  PL1.17: {value: 86, estimate: false, to_date: null}
  PL1.10: {value: {đô thị: "95"}, levels: {2024: "28,1"}}
tasks:
  PL2.III.1: {status: null, completed: null, extension: null, condition_met: null}
  PL2.III.2: {status: done, completed: 2025-11-01}
funding: [{source: Ngân sách, planned: 500}]
narrative: {causes: null}
""",
    "lock": """\
kehoach: lock/1
period: 2025
plans:
  kh-176:
    as_of: 2025-12-14
    time: 2026-01-10T08:00:00+07:00
    by: A
    run: 1f3c9a04b7de
    submissions:
      - agency: so-y-te
        file: progress/2025/kh-176--so-y-te.yaml
        sha256: 9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab
    files:
      - {kind: plan, file: plans/kh-176.yaml, sha256: 0f343b0931126a20f133d67c2b018a3b0f343b0931126a20f133d67c2b018a3b}
    assessment: '{"indicators":[],"tasks":[]}'
""",
}
# Kind of file, the text to break, what it becomes, and the place of the fault.
BROKEN = [
    ("amendment", "effective: 2025-06-15", "effective: 15/6/2025", "$.effective"),
    ("amendment", "op: replace", "op: doi", "$.changes[0].op"),
    ("amendment", "amends: kh-12\n", "", "$"),
    ("legal", "kehoach: legal/1", "kehoach: legal/2", "$.kehoach"),
    ("legal", "    source: Điều 9 Nghị định mới\n", "", "$.replaced[0]"),
    ("legal", "certain: true", "certain: maybe", "$.replaced[0].certain"),
    ("legal", "from: 2021-01-01", "from: 1/1/2021", "$.replaced[0].from"),
    ("legal", "{title: Nghị định mới}", "{name: Nghị định mới}", "$.replaced[0].replaced_by"),
    ("plan", "kehoach: plan/1", "kehoach: plan/2", "$.kehoach"),
    ("plan", "id: kh-1", "id: KH 1", "$.id"),
    ("plan", "province: thanh-hoa\n", "", "$"),
    ("plan", "coordinator: ", "coordinater: ", "$"),
    ("plan", "issuer: ubnd-tinh, ", "", "$.document"),
    ("plan", "date: 2026-04,", "date: 01/7/2022,", "$.document.date"),
    ("plan", "date: 2026-04,", "date: 2026-13,", "$.document.date"),
    ("plan", "from: 2026", "from: 26", "$.period.from"),
    ("plan", "from: 2026", 'from: "26"', "$.period.from"),
    ("plan", "lead: so-y-te", "lead: Sở Y tế", "$.tasks[0].lead"),
    ("plan", "lead: so-y-te", "lead: [so-y-te, Sở Y tế]", "$.tasks[0].lead[1]"),
    ("plan", "id: III.1", "id: 3.1", "$.tasks[0].id"),
    ("plan", "id: III.1", "id: iii-1", "$.tasks[0].id"),
    ("plan", "kind: task", "kind: nhiệm vụ", "$.tasks[0].kind"),
    ("plan", "text: Nội dung, lead", "text: null, lead", "$.tasks[0].text"),
    ("plan", "text: Nội dung, lead", 'text: "", lead', "$.tasks[0].text"),
    ("plan", "scope: 1", "scope: một", "$.tasks[1].conditions[0].scope"),
    ("plan", "scope: 1", "scope: 0", "$.tasks[1].conditions[0].scope"),
    ("plan", "so-tttt:", "Sở TTTT:", "$.tasks[1].now"),
    ("plan", "direction: increase", "direction: up", "$.indicators[0].direction"),
    ("plan", "2027: 85", "2027: 1.5", "$.indicators[0].targets['2027']"),
    ("plan", "2027: 85", "năm nay: 85", "$.indicators[0].targets"),
    ("plan", 'targets: {2027: 85, "2028": "≥85,5", 2023-2030: {đô thị: 95, nông thôn: "80"}}', "targets: {}",
     "$.indicators[0].targets"),
    ("plan", "tasks:\n", "tasks: none\nxtasks:\n", "$.tasks"),
    ("registry", "kind: so,", "kind: sở,", "$.agencies[0].kind"),
    ("registry", "name: Sở Y tế, ", "", "$.agencies[0]"),
    ("registry", "2025-03-01", "2025-03", "$.agencies[0].valid.from"),
    ("registry", "certain: false", "certain: không", "$.agencies[0].certain"),
    ("registry", "open: true", "opne: true", "$.groups[0]"),
    ("progress", "cutoff: 2025-12-14\n", "", "$"),
    ("progress", "status: done", "status: xong", "$.tasks['PL2.III.2'].status"),
    ("progress", "PL2.III.1:", "nhiệm vụ 1:", "$.tasks"),
    ("progress", "value: 86", "value: [86]", "$.indicators['PL1.17'].value"),
    ("progress", "planned: 500", "palnned: 500", "$.funding[0]"),
    ("progress", "source: Ngân sách, ", "", "$.funding[0]"),
    ("progress", "causes: null", "cause: null", "$.narrative"),
    ("lock", "kh-176:", "KH 176:", "$.plans"),
    ("lock", "as_of: 2025-12-14", "as_of: 14/12/2025", "$.plans['kh-176'].as_of"),
    ("lock", "kind: plan", "kind: kế hoạch", "$.plans['kh-176'].files[0].kind"),
    ("lock", "sha256: 9c56", "sha256: xyz6", "$.plans['kh-176'].submissions[0].sha256"),
    ("lock", "period: 2025", "period: 2025-Q5", "$.period"),
    ("lock", "by: A", "bye: A", "$.plans['kh-176']"),
]  # fmt: skip


def accepts(name: str, text: str) -> bool:
    """Whether the loader takes the file; a schedule or a target it cannot read counts as a fault."""
    tree = parse(text).tree
    try:
        for document in tree if isinstance(tree, list) else [tree]:
            MODELS[name].model_validate(document)
    except ValidationError:
        return False
    reading = FileReading(name, text=text)
    if name == "plan":
        PlanPhrases(reading, strict_before=True)
    return not reading.findings


@pytest.fixture(scope="session")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, str]]]:
    """Every good and broken file, judged by another program: the faults of each."""
    folder = tmp_path_factory.mktemp("files")
    texts = {f"{name}-good.yaml": text for name, text in GOOD.items()}
    for number, (name, old, new, _) in enumerate(BROKEN):
        assert GOOD[name].count(old) == 1, old
        texts[f"{name}-{number}.yaml"] = GOOD[name].replace(old, new)
    listed = "".join(
        f"- {line}" if not n else f"  {line}" for n, line in enumerate(GOOD["progress"].splitlines(keepends=True))
    )
    texts["progress-list.yaml"] = listed + listed.replace("2025\n", "2026\n")
    texts["progress-badlist.yaml"] = listed + listed.replace("year: 2025", "year: 25")
    found: dict[str, list[dict[str, str]]] = {file: [] for file in texts}
    for file, text in texts.items():
        (folder / file).write_text(text, encoding="utf-8")
    for name in NAMES:
        if not (files := sorted(folder.glob(f"{name}-*.yaml"))):
            continue
        ran = checked_by_schema("--output-format", "json", "--schemafile", SCHEMAS / schema_file(name), *files)
        report = json.loads(ran.out)
        assert not report.get("parse_errors")
        for error in report["errors"]:
            found[Path(error["filename"]).name].append(error)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_good_files_pass(verdicts: dict[str, list[dict[str, str]]], name: str) -> None:
    assert verdicts[f"{name}-good.yaml"] == []
    assert accepts(name, GOOD[name])


@pytest.mark.parametrize("number", range(len(BROKEN)), ids=[f"{name}: {new or old!r}" for name, old, new, _ in BROKEN])
def test_broken_files_are_refused_at_the_place(verdicts: dict[str, list[dict[str, str]]], number: int) -> None:
    name, old, new, path = BROKEN[number]
    assert path in {error["path"] for error in verdicts[f"{name}-{number}.yaml"]}
    assert not accepts(name, GOOD[name].replace(old, new))


def test_a_progress_file_may_be_a_list(verdicts: dict[str, list[dict[str, str]]]) -> None:
    assert verdicts["progress-list.yaml"] == []
    assert [error["path"] for error in verdicts["progress-badlist.yaml"]] == ["$[1].year"]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (base.Slug, ["so-y-te", "a1", "So-y-te", "so_y_te", "so--y", "-so", "so-", "sở", "٣"]),
        (base.RowId, ["III.1.3", "PL2.II.14", "PL.VIII.10.1", "II.2-1", "II.3.2-3-ct1", "PL", "iii.1", "III.", "1.2", "II٣"]),
        (base.Year, ["1899", "1900", "2025", "2199", "2200", "25", "20255", "năm 2025"]),
        (base.TargetKeyText, ["2025", "2023-2030", "2023 - 2030", "25", "2023-", "2023–2030", "x", "0230"]),
        (base.TargetKeyText, ["2026-Q3", "2026-H1", "2026-9M", "2026-06", "2026-06-30", "2026-Q5", "2026-13", "Q3/2026"]),
        (base.IsoDate, ["2026-06-30", "2026-06", "2026", "2026-6-3", "30/6/2026", "2026-13-01", "2026-01-32"]),
        (base.MaybeDate, ["2026-06-30", "2026-06", "2026", "26", "2026-6", "2026-00", "04/2026"]),
        (base.Text, ["x", "Sở Y tế", ""]),
        (base.TargetValue, ["95", "≥80", {"đô thị": "95"}, ""]),
        (plan.Scope, ["all", "1", "12", "0", "x", "-1"]),
        (plan.AgencyIds, ["so-y-te", ["so-y-te", "so-nv"], ["Sở"], "Sở", []]),
    ],
    ids=["Slug", "RowId", "Year", "TargetKey", "Period", "IsoDate", "MaybeDate", "Text", "TargetValue", "Scope", "AgencyIds"],
)  # fmt: skip
def test_editor_and_loader_agree(kind: Any, values: list[Any]) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(kind)
    validator = jsonschema.Draft202012Validator(adapter.json_schema())
    for value in values:
        try:
            adapter.validate_python(value)
        except ValidationError:
            accepted = False
        else:
            accepted = True
        assert validator.is_valid(value) == accepted, value


def test_an_unquoted_year_or_number_is_one_to_the_editor() -> None:
    for kind, value in ((base.Year, 2025), (base.MaybeDate, 2025), (base.NumberText, 85), (base.TargetValue, 85)):
        adapter: TypeAdapter[Any] = TypeAdapter(kind)
        validator = jsonschema.Draft202012Validator(adapter.json_schema())
        assert validator.is_valid(value)
        assert not validator.is_valid(1.5)
        assert not validator.is_valid(True)  # noqa: FBT003 - what an editor sees


@pytest.mark.parametrize(("model", "name", "info"), FIELDS)
def test_every_key_is_explained_in_vietnamese(model: type[base.FileModel], name: str, info: FieldInfo) -> None:
    assert info.title, f"{model.__name__}.{name}"
    assert info.description
    assert is_vietnamese(info.title)
    assert is_vietnamese(info.description)
    assert info.description.endswith((".", "…"))


@cache
def descriptions(kind: str) -> str:
    return " ".join(node["description"] for node in nodes(schema(kind)) if isinstance(node.get("description"), str))


@cache
def definitions_of(model: type[base.FileModel]) -> dict[str, Any]:
    return model.model_json_schema(by_alias=True)


@pytest.mark.parametrize(("model", "name", "info"), FIELDS)
def test_every_example_is_right(model: type[base.FileModel], name: str, info: FieldInfo) -> None:
    if model is plan.PlanFile and name == "document":
        return  # its keys carry the examples
    words = descriptions(MODELS_OF[model])
    definitions = definitions_of(model)
    found = jsonschema.Draft202012Validator(
        definitions["properties"][info.alias or name] | {"$defs": definitions.get("$defs", {})}
    )
    loader: TypeAdapter[Any] = TypeAdapter(info.rebuild_annotation())
    assert info.examples
    for example in info.examples:
        found.validate(example)
        typed = parse(f"key: {flow(example)}\n")
        assert not typed.problems
        assert not typed.traps
        loader.validate_python(typed.tree["key"])
        assert flow(example) in words


@pytest.mark.parametrize("name", NAMES)
def test_every_part_of_the_schema_is_explained(name: str) -> None:
    whole = schema(name)
    keys = 0
    for node in nodes(whole):
        if not isinstance(node.get("properties"), dict) or "additionalProperties" not in node:
            continue
        assert node["additionalProperties"] is False
        assert is_vietnamese(node["title"])
        assert is_vietnamese(node["description"])
        for key, value in node["properties"].items():
            keys += 1
            target = whole["$defs"][value["$ref"].rpartition("/")[2]] if "$ref" in value else {}
            assert is_vietnamese((target | value)["title"]), key
            assert is_vietnamese(value["description"]), key
            assert "Ví dụ: " in value["description"] or key == "document"
            assert value.get("default") not in (None, [], {}) or "default" not in value
    assert keys > ({"legal": 10, "lock": 15, "source": 15}.get(name, 20))
    assert not any("examples" in node or "anyOf" in node for node in nodes(whole) if "type" in node)


@pytest.mark.parametrize("name", NAMES)
def test_every_code_has_its_word(name: str) -> None:
    found = [node for node in nodes(schema(name)) if isinstance(node.get("enum"), list)]
    assert found
    for node in found:
        assert len(node["enum"]) == len(node["enumDescriptions"])
        assert all(node["enumDescriptions"])


@pytest.mark.parametrize(
    ("kind", "path", "labels"),
    [
        ("plan", ("TaskEntry", "kind"), plan.TASK_KINDS),
        ("plan", ("IndicatorEntry", "direction"), plan.DIRECTIONS),
        ("registry", ("AgencyEntry", "kind"), registry.AGENCY_KINDS),
        ("progress", ("TaskReportEntry", "status"), progress.STATUSES),
    ],
)
def test_codes_come_from_the_closed_lists(kind: str, path: tuple[str, str], labels: dict[str, str]) -> None:
    found = schema(kind)["$defs"][path[0]]["properties"][path[1]]
    codes = dict(zip(found["enum"], found["enumDescriptions"], strict=True))
    codes.pop(None, None)
    assert codes == labels


def test_the_example_in_the_readme_is_right(kehoach: Callable[..., Ran], tmp_path: Path) -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    found = re.search(r"`progress/(\d+/[\w-]+\.yaml)`.*?```yaml\n(.*?)```", readme, re.DOTALL)
    assert found
    file = tmp_path / "bao-cao.yaml"
    file.write_text(found[2], encoding="utf-8")
    ran = checked_by_schema("--schemafile", SCHEMAS / schema_file("progress"), file)
    assert ran.code == 0, ran.out
    listed = kehoach("tasks", "-a", "Sở Y tế", "--direct", "-p", "kh-176", "--progress", str(file), "-f", "json")
    assert listed.code == 0, listed.err
    assert "in_progress" in {row["status"] for row in json.loads(listed.out)["items"]}
    named = re.search(r"\$schema=(\S+)", found[2])
    assert named
    assert (REPOSITORY / "progress" / found[1]).parent.joinpath(named[1]).resolve() == SCHEMAS / schema_file("progress")
