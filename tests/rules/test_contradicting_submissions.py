"""Submissions that contradict themselves or the plan: each kind of slip is caught at its entry, by the rule that is meant to.

The submissions are made for agencies of the real plans; before the slip nothing is found in them but remarks.
"""

import random
import shutil
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted

from kehoach_cli.core.model.agency import Agency, Directory
from kehoach_cli.core.model.finding import Finding, Severity
from kehoach_cli.core.model.plan import Indicator, Plan, Task, TaskKind
from kehoach_cli.core.notation.schedule import ScheduleKind
from kehoach_cli.rules.engine import Selection, lint
from kehoach_cli.store.workspace.lint import LintScope, source_files
from kehoach_cli.store.workspace.paths import Root
from kehoach_cli.store.workspace.settings import Settings
from tests.conftest import REPOSITORY
from tests.rules.rounds import CAUGHT, ROUNDS

pytestmark = pytest.mark.slow
YEARS = {"kh-176": 2025, "qd-3825": 2025}


@dataclass(frozen=True)
class World:
    """The shipped plans in a workspace that can be written to."""

    folder: Path
    plans: dict[str, Plan]
    directory: Directory

    def lint(self, drafts: Sequence["Draft"], codes: Collection[str] = ()) -> list[list[Finding]]:
        """Return what lint finds in each of the submissions, and forget them again."""
        paths = [self.folder / "progress" / f"{number}" / f"{one.name}.yaml" for number, one in enumerate(drafts)]
        for path, one in zip(paths, drafts, strict=True):
            path.parent.mkdir(parents=True)
            path.write_text(dumped(one.entry), encoding="utf-8")
        scope = LintScope(frozenset(path.resolve() for path in paths))
        found = {
            Path(document.file).resolve(): lint(document, Selection(tuple(codes)))
            for document in source_files(Root(self.folder), Settings(), scope)
        }
        shutil.rmtree(self.folder / "progress")
        return [found[path.resolve()] for path in paths]


def dumped(entry: dict[str, Any]) -> str:
    out = StringIO()
    YAML().dump(entry, out)
    return out.getvalue()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("submissions")
    (folder / "plans").symlink_to(REPOSITORY / "plans")
    files = list(source_files(Root(REPOSITORY), Settings()))
    plans = {document.plan.id: document.plan for document in files if document.plan}
    return World(folder, plans, files[0].directory)


@dataclass
class Draft:
    """A good submission about a task and an indicator of an agency, which a slip changes; `at` are the keys of the slip."""

    plan: Plan
    task: Task
    indicator: Indicator | None
    entry: dict[str, Any]
    name: str
    at: tuple[str | int, ...] = field(default=())

    @property
    def report(self) -> dict[str, Any]:
        found: dict[str, Any] = self.entry["tasks"][self.task.id]
        return found

    def put(self, key: str, value: object) -> None:
        """Put a value into the entry of the task; the finding is expected there."""
        self.report[key] = value
        self.at = ("tasks", self.task.id, key)


def draft(world: World, chance: random.Random) -> Draft:
    plan = world.plans[chance.choice(list(YEARS))]
    year = YEARS[plan.id]
    agencies = world.directory.registries[plan.province].agencies
    tasks = [
        task
        for task in plan.tasks
        if task.kind is not TaskKind.ORGANISATION and task.schedule.covers(year) and _own(task, agencies)
    ]
    rows = [row for row in plan.indicators if row.lead and row.lead[0] in agencies and not agencies[row.lead[0]].group]
    task = chance.choice(tasks)
    sender = _own(task, agencies)[0]
    indicators = [row for row in rows if row.lead[0] == sender and all(len(one.parts) == 1 for one in row.targets)]
    entry: dict[str, Any] = {
        "kehoach": "progress/1", "plan": plan.id, "agency": sender, "year": year,
        "cutoff": f"{year}-11-10", "submitted": f"{year}-11-14",
        "tasks": {task.id: {
            "status": "in_progress", "result": "Đã triển khai 3/5 nội dung.",
            "documents": [{"number": "12/BC-STN", "date": f"{year}-10-01"}],
        }},
        "funding": [
            {"source": "Ngân sách tỉnh", "planned": Quoted("12.500"), "spent": Quoted("9.870,5"), "unit": "triệu đồng"},
            {"source": "Nguồn khác", "planned": Quoted("1.200"), "spent": Quoted("870"), "unit": "triệu đồng"},
        ],
    }  # fmt: skip
    return Draft(plan, task, chance.choice(indicators or [None]), entry, f"{plan.id}--{sender}")


def _own(task: Task, agencies: Mapping[str, Agency]) -> list[str]:
    return [one for one in task.lead if one in agencies and not agencies[one].group and not agencies[one].successors]


Slip = Callable[[World, Draft, random.Random], bool]
KINDS: dict[str, tuple[frozenset[str], Slip]] = {}


def kind(name: str, *codes: str) -> Callable[[Slip], Slip]:
    def register(slip: Slip) -> Slip:
        KINDS[name] = (frozenset(codes), slip)
        return slip

    return register


def _simple(name: str, code: str, change: Callable[[Draft, random.Random], None]) -> None:
    def slip(_: World, made: Draft, chance: random.Random) -> bool:
        change(made, chance)
        return True

    kind(name, code)(slip)


def _done(made: Draft, day: str) -> None:
    made.report["status"] = "done"
    made.put("completed", day)


def _beside(made: Draft, status: str) -> None:
    made.report["status"] = status
    made.put("completed", f"{made.entry['year']}-10-20")


def _result(made: Draft, text: str) -> None:
    _done(made, f"{made.entry['year']}-10-20")
    made.put("result", text)


def _money(made: Draft, chance: random.Random, text: str) -> None:
    line, key = chance.randrange(2), chance.choice(["planned", "spent"])
    made.entry["funding"][line][key] = text
    made.at = ("funding", line, key)


def _not_started(made: Draft, _: random.Random) -> None:
    made.report["result"] = "Đã nghiệm thu 2/4 trạm."
    made.put("status", "not_started")


def _paper(made: Draft, chance: random.Random) -> None:
    made.report["documents"][0]["date"] = f"{chance.randint(2028, 2060)}-10-01"
    made.at = ("tasks", made.task.id, "documents", 0, "date")


def _sent(made: Draft, chance: random.Random) -> None:
    made.entry["submitted"] = f"{chance.choice([*range(2015, 2024), *range(2028, 2060)])}-12-01"
    made.at = ("submitted",)


def _overspent(made: Draft, chance: random.Random) -> None:
    line = chance.randrange(2)
    made.entry["funding"][line]["spent"] = "98.705"
    made.at = ("funding", line, "spent")


_simple(
    "completed long before the plan", "K630", lambda made, chance: _done(made, f"{chance.randint(1925, 2015)}-10-20")
)
for _status in ("in_progress", "not_started", "paused", "waiting", "ongoing", "carried", "dropped"):
    _simple(f"completed but {_status}", "K635", lambda made, _, status=_status: _beside(made, status))  # type: ignore[misc]
for _text in ("x", "...", "chưa", "không", "chưa hoàn thành", "ok"):
    _simple(f"done with the result {_text}", "K637", lambda made, _, text=_text: _result(made, text))  # type: ignore[misc]
for _text in ("mười hai", "-5", "12,500", "12.5", "khoảng 500"):
    _simple(f"funding of {_text}", "K604", lambda made, chance, text=_text: _money(made, chance, text))  # type: ignore[misc]
_simple("not started and yet accepted", "K636", _not_started)
_simple("a document of the future", "K632", _paper)
_simple("sent years off", "K633", _sent)
_simple("more spent than planned", "K640", _overspent)


@kind("completed before the schedule begins", "K630", "K631")
def _too_early(_: World, made: Draft, chance: random.Random) -> bool:
    begin = made.task.schedule.starts
    year = begin.year if begin else made.task.schedule.start or made.plan.period.start
    if made.plan.document.date and not made.task.schedule.start:
        year = made.plan.document.date.year
    _done(made, f"{year - chance.randint(1, 2)}-10-20")
    return True


@kind("extended to a day before the deadline", "K634")
def _early_extension(_: World, made: Draft, chance: random.Random) -> bool:
    if made.task.deadline is None:
        return False
    day = made.task.deadline.replace(year=made.task.deadline.year - chance.randint(0, 2), day=28)
    made.report["extension"] = {"to": day.isoformat(), "document": "Công văn 345/UBND-NN"}
    made.at = ("tasks", made.task.id, "extension", "to")
    return True


@kind("one part of a target is missing", "K638")
def _part_missing(world: World, made: Draft, chance: random.Random) -> bool:
    found = [
        (plan, row, target)
        for plan in world.plans.values()
        for row in plan.indicators
        for target in row.targets
        if row.lead and len(target.parts) > 1 and all(part.scope for part in target.parts) and plan.id in YEARS
    ]
    plan, row, target = chance.choice(found)
    year = max(YEARS[plan.id], target.year or 0) if chance.random() < 0.5 else YEARS[plan.id]
    part = chance.choice(target.parts)
    made.entry |= {"plan": plan.id, "agency": row.lead[0], "year": year, "tasks": {}, "funding": []}
    made.entry |= {"cutoff": f"{year}-11-30", "submitted": f"{year}-12-01"}
    made.entry["indicators"] = {row.id: {"value": {part.label: str(part.low)}, "source": "Báo cáo 12/BC-STN"}}
    made.name, made.at = f"{plan.id}--{row.lead[0]}", ("indicators", row.id, "value")
    return True


@kind("a level of another century", "K639")
def _old_level(_: World, made: Draft, chance: random.Random) -> bool:
    if made.indicator is None:
        return False
    year = str(chance.choice([1924, 2004, 2014, 2052]))
    made.entry["indicators"] = {made.indicator.id: {"levels": {year: "28,1"}, "note": "Số liệu sơ bộ."}}
    made.at = ("indicators", made.indicator.id, "levels", year)
    return True


@kind("a condition that the plan does not know", "K641")
def _no_condition(_: World, made: Draft, chance: random.Random) -> bool:
    if made.task.conditions or made.task.schedule.event:
        return False
    made.put(*chance.choice([("condition_met", False), ("condition_met", True), ("status", "waiting")]))
    return True


@kind("a status that does not fit the schedule", "K645")
def _unfit_status(_: World, made: Draft, chance: random.Random) -> bool:
    if made.task.deadline:
        made.put(*chance.choice([("status", "ongoing"), ("done_this_year", True)]))
        return made.task.schedule.recurrence is None and not made.task.schedule.goes_on
    _done(made, f"{made.entry['year']}-10-20")
    made.at = ("tasks", made.task.id, "status")
    return made.task.schedule.kind is ScheduleKind.RECURRING


@kind("done by a body that only supports", "K642")
def _supporter(world: World, made: Draft, chance: random.Random) -> bool:
    agencies = world.directory.registries[made.plan.province].agencies
    heads = {made.plan.coordinator, *(one.id for one in world.directory.heirs(agencies[made.plan.coordinator]))}
    able = [
        one
        for one in made.task.support
        if one in agencies and not agencies[one].group and one not in made.task.lead and one not in heads
        and not any(heir.id in heads for heir in world.directory.heirs(agencies[one]))
    ]  # fmt: skip
    groups = world.directory.groups_of(made.plan.province, able)
    if not able or any(group.id in made.task.lead for group in groups):
        return False
    sender = chance.choice(able)
    _done(made, f"{made.entry['year']}-10-20")
    made.entry["agency"], made.name = sender, f"{made.plan.id}--{sender}"
    made.at = ("tasks", made.task.id, "status")
    return True


@kind("a file named after another agency", "K643")
def _other_file(world: World, made: Draft, chance: random.Random) -> bool:
    registry = world.directory.registries[made.plan.province].agencies
    own = made.entry["agency"]
    strange = [one.id for one in registry.values() if not one.group and not one.successors and one.id != own]
    strange = [one for one in strange if own not in {heir.id for heir in world.directory.heirs(registry[one])}]
    made.name = f"{made.plan.id}--{chance.choice(strange)}"
    made.at = ("agency",)
    return True


def _line(made: Draft) -> int:
    """Return the line (1-based) that the dump gives the key at the end of a path."""
    node: Any = YAML().load(dumped(made.entry))
    for key in made.at[:-1]:
        node = node[key]
    return 1 + int(node.lc.key(made.at[-1])[0])


def test_a_submission_without_a_slip_is_right(world: World) -> None:
    chance = random.Random("good")
    drafts = [draft(world, chance) for _ in range(ROUNDS)]
    # Each is judged alone: some are of one agency for one cutoff, which is a finding between them.
    found = [one for findings in world.lint(drafts) for one in findings if one.code != "K614"]
    assert [one for one in found if one.severity is not Severity.INFO] == []


def _extended(made: Draft) -> None:
    if made.task.deadline:
        late = made.task.deadline.replace(year=made.task.deadline.year + 1, day=28)
        made.put("extension", {"to": late.isoformat(), "document": "Công văn 345/UBND-NN ngày 01/7/2025"})


def _all_spent(made: Draft) -> None:
    made.entry["funding"] = [{"source": "Ngân sách tỉnh", "planned": Quoted("9,5 tỷ"), "spent": Quoted("9,5 tỷ")}]


RIGHT: dict[str, Callable[[Draft], object]] = {
    "done with a result": lambda made: made.report.update(status="done", completed=f"{made.entry['year']}-10-20"),
    "done with a document alone": lambda made: made.report.update(
        status="done", completed=f"{made.entry['year']}-10-20", result=None
    ),
    "done with a short result": lambda made: made.report.update(
        status="done", completed=f"{made.entry['year']}-11-03", result="Không còn điểm nóng nào."
    ),
    "not started, with a reason": lambda made: made.report.update(
        status="not_started", result="Chưa được bố trí kinh phí.", documents=[], difficulty="Thiếu kinh phí."
    ),
    "paused": lambda made: made.report.update(status="paused", difficulty="Chờ quy hoạch được duyệt."),
    "ongoing": lambda made: made.report.update(status="ongoing", done_this_year=True),
    "carried over with its document": lambda made: made.report.update(status="carried"),
    "only a result": lambda made: made.report.update(status=None),
    "a paper of the week after": lambda made: made.report["documents"][0].update(date=f"{made.entry['year']}-11-20"),
    "sent in the year after": lambda made: made.entry.update(cutoff=f"{made.entry['year']}-12-31", submitted=None),
    "extended": _extended,
    "all money spent": _all_spent,
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_answer_gives_no_error_and_no_warning(world: World, name: str) -> None:
    chance = random.Random(name)
    drafts = [draft(world, chance) for _ in range(ROUNDS)]
    for made in drafts:
        RIGHT[name](made)
    found = [one for findings in world.lint(drafts) for one in findings if one.code != "K614"]
    assert [(one.code, one.message) for one in found if one.severity is not Severity.INFO] == []


@pytest.mark.parametrize("name", KINDS)
def test_a_slip_is_caught_where_it_is(world: World, name: str, record_property: Callable[[str, object], None]) -> None:
    chance = random.Random(name)
    codes, slip = KINDS[name]
    drafts: list[Draft] = []
    while len(drafts) < ROUNDS:
        made = draft(world, chance)
        drafts += [made] if slip(world, made, chance) else []
    missed = [
        f"{made.name}: {made.at}"
        for made, findings in zip(drafts, world.lint(drafts, codes), strict=True)
        if not any(finding.line == _line(made) and finding.hint for finding in findings)
    ]
    record_property("caught", f"{ROUNDS - len(missed)}/{ROUNDS}")
    assert ROUNDS - len(missed) >= CAUGHT, missed
