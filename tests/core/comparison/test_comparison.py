"""Two versions of a real plan: exactly what was edited is found, and applying what is found gives the other version."""

import json
import random
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kehoach_cli.core.changes.rows import RowChange, cells, row_changes
from kehoach_cli.core.comparison.plans import PlanPair, bodies_of, compare_plans, concerning, deadlines
from kehoach_cli.core.comparison.sentences import Sentences
from kehoach_cli.core.comparison.table import compared_lines
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.change import ChangeKind, Part
from kehoach_cli.core.model.plan import Plan, Task, TaskKind
from kehoach_cli.core.notation.parse import parse_schedule, parse_target
from kehoach_cli.render.comparison import change_record

WORDS = [
    "rà",
    "soát",
    "thải",
    "trồng",
    "rừng",
    "cấp",
    "phép",
    "quan",
    "trắc",
    "đổi",
    "đào",
    "tạo",
    "thu",
    "làng",
    "nghề",
]
SCHEDULES = ("Năm 2025", "2023 - 2030", "Quý IV/2026", "Thường xuyên, hằng năm", "Trước ngày 30/6/2027")


def plan_of(catalogue: Catalogue, plan_id: str) -> Plan:
    found = catalogue.plan(plan_id)
    assert found
    return found


def with_rows(plan: Plan, **edits: Any) -> Plan:
    """Return a plan with other values in some tasks, by id."""
    changed = {key.replace("_", "."): value for key, value in edits.items()}
    return replace(plan, tasks=tuple(replace(task, **changed.get(task.id, {})) for task in plan.tasks))


def said(changes: tuple[RowChange, ...]) -> list[tuple[str, str, str]]:
    return [(one.kind.value, one.ref.partition("/")[2], one.field) for one in changes]


@pytest.mark.parametrize("plan_id", ["kh-176", "qd-3825", "kh-thai-nguyen-2026", "kh-kl-81"])
def test_a_plan_against_itself_is_empty(catalogue: Catalogue, plan_id: str) -> None:
    plan = plan_of(catalogue, plan_id)
    assert row_changes(plan, plan) == ()


def test_deadlines_targets_and_bodies_are_compared_by_meaning(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, "qd-3825")
    tasks = []
    for task in plan.tasks:
        text = re.sub(r"\s*-\s*", "-", task.schedule.text)
        tasks.append(replace(task, schedule=replace(task.schedule, text=text), support=tuple(reversed(task.support))))
    assert row_changes(plan, replace(plan, tasks=tuple(tasks))) == ()


def test_a_schedule_says_by_how_many_days_a_deadline_moves(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, "kh-176")
    task = next(one for one in plan.tasks if one.id == "PL2.III.1")
    later = parse_schedule("2022 - 2027")
    (change,) = row_changes(plan, with_rows(plan, PL2_III_1={"schedule": later}))
    assert deadlines(change) == (task.deadline, date(2027, 12, 31))
    told = Sentences(catalogue.directory, plan.province).told(change)
    assert (
        told == "Thời gian thực hiện: “2022 - 2025” → “2022 - 2027”; thời hạn 31/12/2025 → 31/12/2027 (lùi 730 ngày)."
    )


def test_a_target_says_whether_it_asks_for_more(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, "kh-176")
    row = next(one for one in plan.indicators if one.id == "PL1.17")
    old = next(target for target in row.targets if target.year == 2025)
    more = replace(old, text="90", parts=parse_target("90", unit="%", direction=row.direction, year=2025))
    changed = replace(row, targets=tuple(more if one is old else one for one in row.targets))
    rows = tuple(changed if one is row else one for one in plan.indicators)
    (change,) = row_changes(plan, replace(plan, indicators=rows))
    assert change.field == "targets.2025"
    assert "Mục tiêu năm 2025: “85” → “90” (nâng mục tiêu)." in Sentences(catalogue.directory, "thanh-hoa").told(change)


def test_eleven_edits_of_cells_are_eleven_changes(catalogue: Catalogue) -> None:
    """A draft of QĐ 3825: words, an agency more or less, a schedule, a product, a slip of the hand."""
    plan = plan_of(catalogue, "qd-3825")
    rows = {task.id: task for task in plan.tasks}

    def words(row: str, old: str, new: str) -> dict[str, Any]:
        assert old in rows[row].text
        return {"text": rows[row].text.replace(old, new, 1)}

    edits: dict[str, dict[str, Any]] = {
        "PL.I.1": words("PL.I.1", "truyền thông", "tuyên truyền"),
        "PL.I.3": words("PL.I.3", "văn hóa", "văn hoá nghệ thuật"),
        "PL.II.1": {"schedule": parse_schedule("2023 - 2024")},
        "PL.II.7": {"outputs": (*rows["PL.II.7"].outputs, "quy chế")},
        "PL.VI.2": {"support": (*rows["PL.VI.2"].support, "so-y-te")},
        "PL.V.6": {"lead": ("so-khcn",)},
        "PL.VII.1": {"support": rows["PL.VII.1"].support[:-1]},
        "PL.VIII.10.1": words("PL.VIII.10.1", "công nghệ", "công ngệ"),
        "PL.VIII.10.2": {"outputs": rows["PL.VIII.10.2"].outputs[:-1]},
        "PL.VIII.10.3": {"schedule": parse_schedule("Năm 2026"), **words("PL.VIII.10.3", "sức khỏe", "sức khoẻ")},
    }
    draft = replace(plan, tasks=tuple(replace(task, **edits.get(task.id, {})) for task in plan.tasks))
    changes = row_changes(draft, plan)
    expected = {(row, key) for row, keys in edits.items() for key in keys}
    assert len(expected) == 11
    assert {(ref, field) for kind, ref, field in said(changes) if kind == "changed"} == expected
    assert len(changes) == 11
    supported = next(one for one in changes if one.ref.endswith("/PL.VI.2"))
    assert Sentences(catalogue.directory, plan.province).told(supported) == "Cơ quan phối hợp: bớt Sở Y tế."
    assert "so-y-te" in bodies_of(supported)


def renumbered(tasks: list[Task]) -> tuple[Task, ...]:
    """Number the rows of each section from 1 on."""
    counts: dict[str, int] = {}
    found = []
    for task in tasks:
        section = task.section or ""
        counts[section] = counts.get(section, 0) + 1
        found.append(replace(task, id=f"{section}.{counts[section]}"))
    return tuple(found)


def test_rows_that_came_went_and_moved_are_told_from_all_that_were_renumbered(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, "kh-thai-nguyen-2026")
    rows = [task for task in plan.tasks if task.kind is TaskKind.TASK]
    base = replace(plan, tasks=renumbered(rows), clauses=())
    tasks = list(base.tasks)
    moved = [tasks[at].text for at in (3, 17, 30, 44)]
    dropped = [tasks[at] for at in (10, 25)]
    new = [task for task in tasks if task not in dropped]
    for text, to in zip(moved, (20, 2, 50, 12), strict=True):
        task = next(one for one in new if one.text == text)
        new.remove(task)
        new.insert(to, replace(task, section=new[to].section))
    for at, words in (
        (0, "Mở lớp tập huấn về phân loại rác."),
        (22, "Lập bản đồ điểm ngập."),
        (40, "In sổ tay cho xã."),
    ):
        new.insert(at, Task("", TaskKind.TASK, words, new[at].section, ("so-y-te",)))
    changes = row_changes(base, replace(base, tasks=renumbered(new)))
    kinds = [one.kind for one in changes if one.field in {"", "section"}]
    assert kinds.count(ChangeKind.ADDED) == 3
    assert {one.before.text for one in changes if one.kind is ChangeKind.DROPPED and isinstance(one.before, Task)} == {
        task.text for task in dropped
    }
    assert {one.after.text for one in changes if one.kind is ChangeKind.MOVED and isinstance(one.after, Task)} == set(
        moved
    )
    assert {one.kind for one in changes} == {
        ChangeKind.ADDED,
        ChangeKind.DROPPED,
        ChangeKind.MOVED,
        ChangeKind.RENUMBERED,
    } or {one.field for one in changes if one.kind is ChangeKind.CHANGED} == {"section"}


def applied(old: Plan, changes: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """Apply the JSON items to the rows of the old version; return id and cells of each row in order."""
    rows = [(task.id, jsonable(cells(task))) for task in old.tasks]
    ids = {one["old"]: one["new"] for one in changes if one["change"] == "renumbered"}
    gone = {own(one) for one in changes if one["change"] == "dropped"}
    rows = [(ids.get(row, row), held) for row, held in rows if row not in gone]
    by_id = dict(rows)
    moves = [one for one in changes if one["change"] == "moved"]
    moving = {own(one) for one in moves}
    order = [row for row, _ in rows if row not in moving]
    for one in changes:
        if one["change"] == "added":
            by_id[own(one)] = one["new"]
        elif one["change"] == "changed":
            held = by_id[own(one)]
            held.pop(one["field"], None)
            if one["new"]:
                held[one["field"]] = one["new"]
    for one in sorted((one for one in changes if one["place"]), key=lambda one: one["place"]):
        order.insert(one["place"] - 1, own(one))
    return [(row, by_id[row]) for row in order]


def own(item: dict[str, Any]) -> str:
    return str(item["ref"].partition("/")[2])


def jsonable(value: Any) -> Any:
    return json.loads(json.dumps(value, default=str))


def words_edit(task: Task, chance: random.Random) -> Task:
    words = task.text.split()
    words[chance.randrange(len(words))] = chance.choice(WORDS)
    return replace(task, text=" ".join(words))


CELLS: tuple[Callable[[Task, random.Random], Task], ...] = (
    words_edit,
    lambda task, chance: replace(task, schedule=parse_schedule(chance.choice(SCHEDULES)), steps=(), phrase=None),
    lambda task, chance: replace(task, lead=(chance.choice(("so-y-te", "so-tai-chinh")),)),
    lambda task, _: replace(task, support=task.support[1:]),
    lambda task, chance: replace(task, outputs=(*task.outputs, chance.choice(WORDS))),
)


def edited(plan: Plan, chance: random.Random) -> Plan:
    """Return a plan after some edits that people make."""
    tasks = list(plan.tasks)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(tasks))
        match chance.choice(("cell", "cell", "cell", "drop", "add", "move")):
            case "cell":
                tasks[at] = chance.choice(CELLS)(tasks[at], chance)
            case "drop":
                del tasks[at]
            case "add":
                text, row = " ".join(chance.sample(WORDS, 8)), f"X.{chance.randrange(10**6)}"
                tasks.insert(at, Task(row, TaskKind.TASK, text, tasks[at].section, ("so-y-te",)))
            case _:
                tasks.insert(chance.randrange(len(tasks) - 1), tasks.pop(at))
    if chance.random() < 0.3:
        tasks = [replace(task, id=f"N.{number}") for number, task in enumerate(tasks, 1)]
    return replace(plan, tasks=tuple(tasks))


@pytest.mark.slow
@settings(max_examples=500, deadline=None)
@given(seed=st.integers(0, 10**9), plan_id=st.sampled_from(["kh-176", "qd-3825", "kh-kl-81"]))
def test_applying_the_changes_gives_the_other_version(catalogue: Catalogue, seed: int, plan_id: str) -> None:
    old = plan_of(catalogue, plan_id)
    new = edited(old, random.Random(seed))
    changes = [jsonable(change_record(one)) for one in row_changes(old, new) if one.part is Part.TASK]
    made = applied(old, changes)
    wanted = [(task.id, jsonable(cells(task))) for task in new.tasks]
    assert [row for row, _ in made] == [row for row, _ in wanted]
    for (row, held), (_, want) in zip(made, wanted, strict=True):
        held, want = ({k: v for k, v in some.items() if k != "section"} for some in (held, want))  # noqa: PLW2901
        assert {k: same(k, v) for k, v in held.items()} == {k: same(k, v) for k, v in want.items()}, row


def same(key: str, value: Any) -> Any:
    """Return what counts of a cell: the order of bodies does not."""
    return sorted(value) if key in {"lead", "support"} else value


def test_only_what_concerns_an_agency_is_kept(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, "kh-176")
    new = with_rows(plan, PL2_III_1={"text": "Khác hẳn."}, PL2_II_7={"text": "Cũng khác."})
    agency = catalogue.directory.resolve("Sở Y tế", "thanh-hoa")
    (pair,) = concerning(compare_plans((plan,), (new,)), catalogue.directory, agency)
    assert said(pair.changes) == [("changed", "PL2.III.1", "text")]


def test_plans_of_one_side_only_are_named(catalogue: Catalogue) -> None:
    one, two = catalogue.plans[:2]
    pairs = compare_plans((one, two), (one,))
    assert pairs[0].changes == ()
    (gone,) = pairs[1].changes
    assert (gone.kind, gone.part, gone.ref) == (ChangeKind.DROPPED, Part.PLAN, two.id)


def test_the_table_marks_the_words_that_differ(catalogue: Catalogue) -> None:
    from kehoach_cli.core.comparison.plans import Comparison

    plan = plan_of(catalogue, "kh-176")
    old = next(task for task in plan.tasks if task.id == "PL2.III.2")
    new = with_rows(plan, PL2_III_2={"text": old.text.replace("bệnh viện Nhi", "bệnh viện Phổi", 1)})
    pair = PlanPair(plan, new, row_changes(plan, new))
    (line,) = compared_lines(Comparison("a", "b", (pair,)), catalogue.directory)
    assert [text for text, changed in line.old if changed] == ["Nhi,"]
    assert [text for text, changed in line.new if changed] == ["Phổi,"]
