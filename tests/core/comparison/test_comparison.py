"""Two versions of a real plan: exactly what was edited is found, and applying what is found gives the other version."""

import json
import random
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kehoach_cli.core.changes.entries import Entry, entry_of
from kehoach_cli.core.changes.row_change import RowChange
from kehoach_cli.core.changes.rows import cells, row_changes
from kehoach_cli.core.comparison.plans import (
    Comparison,
    PlanPair,
    bodies_of,
    compare_plans,
    concerned,
    concerning,
    deadlines,
)
from kehoach_cli.core.comparison.sentences import Sentences
from kehoach_cli.core.comparison.table import compared_lines
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.change import ChangeKind, Part
from kehoach_cli.core.model.plan import (
    Basis,
    BodyVariant,
    Condition,
    ConditionKind,
    Heir,
    Indicator,
    Passage,
    Plan,
    ReportingRule,
    Section,
    Task,
    TaskKind,
    enclosing_section,
)
from kehoach_cli.core.notation.parse import parse_schedule, parse_target
from kehoach_cli.render.comparison import change_record, comparison_listing

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
    # A plan that comes from the cache fills its fields when they are asked for.
    return Plan(**{name: getattr(found, name) for name in Plan.__struct_fields__})


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
    # The others only have other numbers; three of the four moved to another section.
    renumberings = {(one.old, one.new) for one in changes if one.kind is ChangeKind.RENUMBERED}
    ids = {task.text: task.id for task in base.tasks}
    assert renumberings == {
        (ids[task.text], task.id) for task in renumbered(new) if task.text in ids and ids[task.text] != task.id
    }
    assert {one.field for one in changes if one.kind is ChangeKind.CHANGED} <= {"section"}


def plain(value: Any) -> Any:
    """Return a value of the JSON in which typing does not differ; the order of bodies is left."""
    if isinstance(value, dict):
        return {
            key: sorted(plain(one)) if key in {"lead", "support"} else plain(one) for key, one in value.items() if one
        }
    return [plain(one) for one in value] if isinstance(value, list) else re.sub(r"\s*[-–]\s*", "-", value)


HEAD = {Part.PLAN: "", Part.DOCUMENT: "document."}


class Copy:
    """A plan as rows of cells by kind and the cells of its head, to which the items of the JSON are applied."""

    def __init__(self, plan: Plan) -> None:
        self.head: dict[str, Any] = {}
        self.rows: dict[str, list[tuple[str, dict[str, Any]]]] = {}
        # The rows whose heading an item names.
        self._told: set[int] = set()
        self._fill(entry_of(plan, ()))

    def _fill(self, entry: Entry) -> None:
        held = json.loads(json.dumps(cells(entry)))
        if entry.part in HEAD:
            self.head |= {HEAD[entry.part] + name: value for name, value in held.items()}
        else:
            self.rows.setdefault(entry.part.value, []).append((entry.id, held))
        for child in entry.children:
            if child.part not in {Part.CONDITION, Part.COST, Part.STEP}:
                self._fill(child)

    def apply(self, items: list[dict[str, Any]]) -> None:
        """Apply items to the rows; those of the head have no place."""
        for item in items:
            if item["place"] is None:
                self._put(self.head, item)
        before = self._headings()
        derived = {id(held) for row, held in self._rows() if held.get("section") == enclosing_section(row, before)}
        listed = [item for item in items if item["place"]]
        for part in {part for one in listed for part in (one["part"], one["part_before"]) if part}:
            self._apply_to(part, listed)
        self._put_under_headings(listed, before, derived)

    def _headings(self) -> set[str]:
        return {row for row, _ in self.rows.get("section", [])}

    def _rows(self) -> list[tuple[str, dict[str, Any]]]:
        return [one for part in ("task", "indicator") for one in self.rows.get(part, [])]

    def _put_under_headings(self, items: list[dict[str, Any]], before: set[str], derived: set[int]) -> None:
        """Let rows follow the new number of their heading, and their own one if the heading it says is new, or theirs is gone."""
        numbers = {one["old"]: one["new"] for one in items if (one["change"], one["part"]) == ("renumbered", "section")}
        after = self._headings()
        gone, new = before - after - numbers.keys(), after - before - set(numbers.values())
        for row, held in self._rows():
            if id(held) in self._told:
                continue
            own, by_number = held.pop("section", None), enclosing_section(row, after)
            followed = by_number if id(held) in derived and (own in gone or by_number in new) else numbers.get(own, own)
            held.update({"section": followed} if followed else {})

    def _apply_to(self, part: str, items: list[dict[str, Any]]) -> None:
        """Apply the items of rows of one kind; a row that was of another kind is one that came, and went there."""

        def of(*kinds: str) -> list[dict[str, Any]]:
            return [one for one in items if one["part"] == part and not one["part_before"] and one["change"] in kinds]

        ids = {item["old"]: item["new"] for item in of("renumbered")}
        old = {place: (ids.get(row, row), held) for place, (row, held) in enumerate(self.rows.get(part, []), 1)}
        left = [item for item in items if item["part_before"] == part]
        gone = {item["place"]["old"]: old.pop(item["place"]["old"]) for item in [*of("dropped", "moved"), *left]}
        rows = list(old.values())
        came = [*of("added", "moved"), *(one for one in items if one["part_before"] and one["part"] == part)]
        for item in sorted(came, key=lambda item: int(item["place"]["new"])):
            row = gone[item["place"]["old"]] if item in of("moved") else (item["ref"].partition("/")[2], item["new"])
            if item["part_before"] or item["section"] or item["change"] == "added":
                self._told.add(id(row[1]))
            if item["section"]:
                row[1].pop("section", None)
                row[1].update({"section": item["section"]["new"]} if item["section"]["new"] else {})
            rows.insert(item["place"]["new"] - 1, row)
        self.rows[part] = rows
        for item in of("changed"):
            self._put(self.rows[part][item["place"]["new"] - 1][1], item)

    def _put(self, held: dict[str, Any], item: dict[str, Any]) -> None:
        assert plain(held.get(item["field"]) or "") == plain(item["old"] or "")
        held[item["field"]] = item["new"]

    def plain(self) -> Any:
        """Return everything the copy holds, for comparing."""
        rows = {part: [(row, plain(held)) for row, held in some] for part, some in self.rows.items() if some}
        return plain(self.head), rows


def words_edit(text: str, chance: random.Random) -> str:
    words = text.split()
    words[chance.randrange(len(words))] = chance.choice(WORDS)
    return " ".join(words)


def row_edit(row: Any, chance: random.Random, headings: Sequence[str]) -> Any:
    """Return a row after an edit of one cell."""
    bodies = ("so-y-te", "so-tai-chinh", "so-khcn")
    if isinstance(row, Task):
        edits: tuple[dict[str, Any], ...] = (
            {"text": words_edit(row.text, chance)},
            {"schedule": parse_schedule(chance.choice(SCHEDULES)), "steps": (), "phrase": None},
            {"lead": (chance.choice(bodies),)},
            {"support": row.support[1:]},
            {"outputs": (*row.outputs, chance.choice(WORDS))},
            {"section": chance.choice(headings)},
            {"body": BodyVariant(chance.choice(WORDS), (chance.choice(bodies),), chance.choice(WORDS))},
            {"conditions": (*row.conditions, Condition(chance.choice(WORDS), ConditionKind.PER, 1, "so-y-te"))},
            {"now": {"so-khdt": (Heir(chance.choice(bodies), "đầu tư"),)}},
        )
    elif isinstance(row, Indicator):
        level, key = str(chance.randint(1, 99)), chance.choice(("%", "ha", "cơ sở"))
        targets = tuple(
            replace(one, text=level, parts=parse_target(level, unit="%", direction=row.direction, year=one.year))
            for one in row.targets[:1]
        )
        edits = (
            {"name": words_edit(row.name, chance)},
            {"unit": key},
            {"targets": (*targets, *row.targets[1:])},
            {"targets": row.targets[1:]},
            {"lead": (chance.choice(bodies),)},
        )
    elif isinstance(row, Basis):
        edits = ({"number": f"{chance.randint(1, 999)}/QĐ-TTg"}, {"date": None}, {"title": chance.choice(WORDS)})
    elif isinstance(row, Section):
        edits = ({"title": words_edit(row.title, chance)}, {"schedule": parse_schedule(chance.choice(SCHEDULES))})
    elif isinstance(row, ReportingRule):
        edits = ({"recipients": (chance.choice(bodies),)}, {"embedded_in": chance.choice(WORDS)})
    else:
        edits = ({"text": words_edit(row.text, chance)},)
    return replace(row, **chance.choice(edits))


def new_row(like: Any, chance: random.Random) -> Any:
    """Return a row that the plan does not have, of the kind of another one."""
    text, row = " ".join(chance.sample(WORDS, 8)), f"X.{chance.randrange(10**6)}"
    if isinstance(like, Task):
        return Task(row, TaskKind.TASK, text, like.section, ("so-y-te",))
    if isinstance(like, Basis):
        return Basis(None, None, text)
    if isinstance(like, ReportingRule):
        return replace(like, source=row)
    return replace(
        like,
        id=row,
        **{"name" if isinstance(like, Indicator) else "title" if isinstance(like, Section) else "text": text},
    )


def rows_edited(rows: tuple[Any, ...], chance: random.Random, headings: Sequence[str] = ()) -> tuple[Any, ...]:
    """Return rows after one edit that people make."""
    made = list(rows)
    at = chance.randrange(len(made))
    match chance.choice(("cell", "cell", "cell", "drop", "add", "move")):
        case "cell":
            made[at] = row_edit(made[at], chance, headings)
        case "drop":
            del made[at]
        case "add":
            made.insert(at, new_row(made[at], chance))
        case _:
            made.insert(chance.randrange(len(made)), made.pop(at))
    return tuple(made)


def head_edited(plan: Plan, chance: random.Random) -> Plan:
    document = plan.document
    edits: tuple[dict[str, Any], ...] = (
        {"title": words_edit(document.title, chance)},
        {"number": f"{chance.randint(1, 999)}/QĐ-UBND"},
        {"recipients": (*document.recipients[1:], chance.choice(WORDS))},
        {"signer": chance.choice(WORDS)},
    )
    return replace(plan, coordinator="so-y-te", document=replace(document, **chance.choice(edits)))


LISTS = ("tasks", "tasks", "tasks", "indicators", "sections", "objectives", "funding", "clauses", "reporting")


def edited(plan: Plan, chance: random.Random) -> Plan:
    """Return a plan after some edits that people make."""
    for _ in range(chance.randint(1, 8)):
        name = chance.choice((*LISTS, "basis", "head"))
        if name == "head":
            plan = head_edited(plan, chance)
        elif name == "basis" and plan.document.basis:
            basis = rows_edited(plan.document.basis, chance)
            plan = replace(plan, document=replace(plan.document, basis=basis))
        elif name != "basis" and (rows := getattr(plan, name)):
            plan = replace(plan, **{name: rows_edited(rows, chance, [one.id for one in plan.sections])})
    headings = {one.id for one in plan.sections}
    for name in ("tasks", "indicators"):
        # As in a file, a row stands under a heading that is there.
        rows = (
            one if one.section in headings else replace(one, section=enclosing_section(one.id, headings))
            for one in getattr(plan, name)
        )
        plan = replace(plan, **{name: tuple(rows)})
    if chance.random() < 0.3:
        plan = replace(plan, tasks=tuple(replace(one, id=f"N.{at}") for at, one in enumerate(plan.tasks, 1)))
    return plan


@pytest.mark.slow
@settings(max_examples=250)
@given(seed=st.integers(0, 10**9), plan_id=st.sampled_from(["kh-176", "qd-3825", "kh-kl-81", "kh-thai-nguyen-2026"]))
def test_applying_the_changes_gives_the_other_version(catalogue: Catalogue, seed: int, plan_id: str) -> None:
    old = plan_of(catalogue, plan_id)
    new = edited(old, random.Random(seed))
    copy = Copy(old)
    copy.apply(json.loads(json.dumps([change_record(one) for one in row_changes(old, new)], default=str)))
    assert copy.plain() == Copy(new).plain()


def test_a_row_of_another_kind_has_moved(catalogue: Catalogue) -> None:
    """A heading becomes a task with small mends, a task becomes a passage; the rows of the heading go to the one above it."""
    plan = plan_of(catalogue, "qd-3825")
    heading = next(one for one in plan.sections if one.id == "PL.VIII.7")
    row = next(one for one in plan.tasks if one.id == "PL.I.4")
    made = Task("PL.VIII.50", TaskKind.TASK, f"{heading.title} trên địa bàn", "PL.VIII", ("so-tnmt",))
    new = replace(
        plan,
        sections=tuple(one for one in plan.sections if one is not heading),
        tasks=(
            *(
                replace(one, section="PL.VIII") if one.section == heading.id else one
                for one in plan.tasks
                if one is not row
            ),
            made,
        ),
        objectives=(*plan.objectives, Passage("I.9", row.text)),
    )
    changes = row_changes(plan, new)
    assert said(changes) == [("moved", "I.9", ""), ("moved", "PL.VIII.50", "")]
    passage, task = (Sentences(catalogue.directory, plan.province).told(one) for one in changes)
    assert passage.startswith("Trước là nhiệm vụ PL.I.4 (chủ trì: Sở Giáo dục và Đào tạo; phối hợp: ")
    assert passage.endswith("), nay là đoạn.")
    assert task == (
        "Trước là mục PL.VIII.7, nay là nhiệm vụ (chủ trì: Sở Tài nguyên và Môi trường); "
        "nguyên văn “Quản lý chất lượng không khí” → “Quản lý chất lượng không khí trên địa bàn”."
    )


def test_a_row_under_another_heading_is_one_move(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, "qd-3825")
    last = next(one for one in plan.tasks if one.id == "PL.VI.2")
    new = with_rows(plan, PL_VI_2={"id": "PL.VII.3", "section": "PL.VII", "text": f"{last.text} (sửa)"})
    moved, numbered, words = row_changes(plan, new)
    assert said((moved, numbered, words)) == [
        ("moved", "PL.VII.3", ""),
        ("renumbered", "PL.VII.3", ""),
        ("changed", "PL.VII.3", "text"),
    ]
    told = Sentences(catalogue.directory, plan.province).told(moved)
    assert told.startswith("Chuyển sang mục khác: trước ở mục PL.VI “")
    assert "”, đứng sau PL.VI.1, nay ở mục PL.VII “" in told


def test_rows_joined_and_split_name_each_other(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, "qd-3825")
    one, two = (next(task for task in plan.tasks if task.id == row) for row in ("PL.II.5", "PL.II.6"))
    whole = f"{one.text.rstrip('.')}; {two.text[0].lower()}{two.text[1:]}"
    joined = replace(plan, tasks=tuple(task for task in plan.tasks if task is not two))
    joined = with_rows(joined, PL_II_5={"text": whole})
    words, dropped = row_changes(plan, joined)
    assert (dropped.kind, dropped.kin, words.field) == (ChangeKind.DROPPED, "qd-3825/PL.II.5", "text")
    assert Sentences(catalogue.directory, plan.province).told(dropped).endswith("; nội dung này nay ở PL.II.5.")
    words, added = row_changes(joined, plan)
    assert (added.kind, added.kin, words.field) == (ChangeKind.ADDED, "qd-3825/PL.II.5", "text")
    assert Sentences(catalogue.directory, plan.province).told(added).endswith("; nội dung này trước ở PL.II.5.")


def test_texts_swapped_between_rows_are_two_changes(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, "qd-3825")
    one, two = (next(task for task in plan.tasks if task.id == row) for row in ("PL.VIII.3.1", "PL.VIII.3.5"))
    new = with_rows(plan, PL_VIII_3_1={"text": two.text}, PL_VIII_3_5={"text": one.text})
    assert said(row_changes(plan, new)) == [("changed", "PL.VIII.3.1", "text"), ("changed", "PL.VIII.3.5", "text")]
    # Two rows that change places with all they hold move.
    tasks = list(plan.tasks)
    tasks[tasks.index(one)], tasks[tasks.index(two)] = replace(two, id=one.id), replace(one, id=two.id)
    kinds = [kind for kind, _, _ in said(row_changes(plan, replace(plan, tasks=tuple(tasks))))]
    assert kinds == ["moved", "renumbered", "moved", "renumbered"]


def test_a_row_that_passes_another_on_its_way_under_a_heading_moves_alone(catalogue: Catalogue) -> None:
    """The last row of a heading goes behind the first one of the next heading."""
    plan = plan_of(catalogue, "qd-3825")
    tasks = list(plan.tasks)
    at = next(at for at, task in enumerate(tasks) if task.id == "PL.VI.2")
    tasks[at : at + 2] = [tasks[at + 1], replace(tasks[at], section="PL.VII")]
    changes = row_changes(plan, replace(plan, tasks=tuple(tasks)))
    assert said(changes) == [("moved", "PL.VI.2", "")]


def test_a_new_row_is_not_the_dropped_one_whose_number_it_got(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, "qd-3825")
    tasks = list(plan.tasks)
    at = next(at for at, task in enumerate(tasks) if task.id == "PL.II.3")
    made = Task("PL.II.3", TaskKind.TASK, "Xây trạm đo mưa ở các xã miền núi.", "PL.II", ("so-y-te",))
    tasks[at] = made
    # Beside rows that keep their numbers, the row was written anew.
    assert {kind for kind, _, _ in said(row_changes(plan, replace(plan, tasks=tuple(tasks))))} == {"changed"}
    tasks.append(replace(tasks.pop(0), id="X.1"))
    kinds = Counter(kind for kind, _, field in said(row_changes(plan, replace(plan, tasks=tuple(tasks)))) if not field)
    assert kinds == {"added": 1, "dropped": 1, "moved": 1, "renumbered": 1}


def test_changes_stand_in_the_order_of_the_plan(catalogue: Catalogue) -> None:
    """A dropped row stands where it would be, a new one where it is; what a row says comes before its bodies and its time."""
    plan = plan_of(catalogue, "qd-3825")
    tasks = [task for task in plan.tasks if task.id not in {"PL.I.1", "PL.II.2", "PL.VIII.10.4"}]
    at = next(at for at, task in enumerate(tasks) if task.id == "PL.II.5")
    tasks.insert(at, Task("PL.II.9", TaskKind.TASK, "Xây trạm đo mưa ở các xã miền núi.", "PL.II", ("so-y-te",)))
    new = with_rows(
        replace(plan, tasks=tuple(tasks)),
        PL_II_1={"schedule": parse_schedule("Năm 2026"), "lead": ("so-y-te",), "text": "Khác hẳn."},
        PL_II_3={"outputs": ()},
        PL_II_7={"text": "Cũng khác."},
    )
    assert [(row, field) for _, row, field in said(row_changes(plan, new))] == [
        ("PL.I.1", ""),
        ("PL.II.1", "text"),
        ("PL.II.1", "lead"),
        ("PL.II.1", "schedule"),
        ("PL.II.2", ""),
        ("PL.II.3", "outputs"),
        ("PL.II.9", ""),
        ("PL.II.7", "text"),
        ("PL.VIII.10.4", ""),
    ]


def test_a_product_named_twice_counts_twice(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, "qd-3825")
    row = next(task for task in plan.tasks if task.id == "PL.II.3")
    sentences = Sentences(catalogue.directory, plan.province)
    more = with_rows(plan, PL_II_3={"outputs": (*row.outputs, row.outputs[0])})
    assert [sentences.told(one) for one in row_changes(plan, more)] == [f"Sản phẩm: thêm “{row.outputs[0]}”."]
    assert [sentences.told(one) for one in row_changes(more, plan)] == [f"Sản phẩm: bớt “{row.outputs[0]}”."]


def test_a_condition_names_whom_it_waits_for(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, "qd-3825")
    new = with_rows(plan, PL_II_3={"conditions": (Condition("theo hướng dẫn", ConditionKind.PER, None, "so-y-te"),)})
    (change,) = (one for one in row_changes(plan, new) if one.field == "conditions")
    told = Sentences(catalogue.directory, plan.province).told(change)
    assert told.startswith("Điều kiện: thêm “theo hướng dẫn (kiểu làm theo, cơ quan Sở Y tế)”")


def test_what_stands_outside_of_rows_is_named(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, "qd-3825")
    document, objectives = plan.document, plan.objectives
    one, other, third, fourth, *rest = document.basis
    passages = (
        objectives[0],
        replace(objectives[1], text=objectives[1].text.replace("tỉnh", "vùng", 1)),
        *objectives[3:],
    )
    rule = replace(plan.reporting[0], recipients=("so-y-te",))
    new = replace(
        plan,
        document=replace(document, basis=(other, one, replace(third, date=None), *rest), recipients=("Lưu: VT",)),
        objectives=passages,
        reporting=(rule, *plan.reporting[1:]),
    )
    sentences = Sentences(catalogue.directory, plan.province)
    found = {(one.kind.value, one.part.value, one.ref, one.field): one for one in row_changes(plan, new)}
    told = {key: sentences.told(one) for key, one in found.items()}
    assert len(told) == 7
    assert told["moved", "basis", "qd-3825", ""].startswith("Chuyển chỗ căn cứ ban hành “Luật sửa đổi, bổ sung")
    assert told["moved", "basis", "qd-3825", ""].endswith("”, nay đứng đầu.")
    assert told["dropped", "basis", "qd-3825", ""].startswith(f"Bỏ căn cứ ban hành “{fourth.number}, ")
    dated = told["changed", "basis", "qd-3825", "date"]
    assert dated == "Căn cứ ban hành “1658/QĐ-TTg”, ngày ban hành: bỏ “01/10/2021”."
    assert told["changed", "objective", "qd-3825/I.1-2", "text"].startswith("Nguyên văn: ")
    assert told["dropped", "objective", "qd-3825/I.1-3", ""].startswith("Bỏ đoạn “")
    assert ", bớt “Như Điều 2 QĐ”" in told["changed", "document", "qd-3825", "document.recipients"]
    reporting = told["changed", "reporting", "qd-3825", "to"]
    assert reporting.startswith("Chế độ báo cáo “báo cáo của đơn vị”, cơ quan nhận: thêm Sở Y tế, bớt ")
    assert "so-y-te" in bodies_of(found["changed", "reporting", "qd-3825", "to"])


def test_words_of_the_file_are_told_in_vietnamese(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, "qd-3825")
    row = next(task for task in plan.tasks if task.body)
    new = with_rows(plan, **{row.id.replace(".", "_"): {"kind": TaskKind.PROGRAMME, "body": None}})
    told = [Sentences(catalogue.directory, plan.province).told(one) for one in row_changes(plan, new)]
    assert told[0] == "Loại: “nhiệm vụ” → “chương trình, đề án, dự án”."
    assert any(one.startswith("Cơ quan ở thân văn bản: bớt ") for one in told)
    assert any(one.startswith("Câu chữ về cơ quan ở thân văn bản: bỏ “") for one in told)


def test_only_what_concerns_an_agency_is_kept(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, "kh-176")
    new = with_rows(plan, PL2_III_1={"text": "Khác hẳn."}, PL2_II_7={"text": "Cũng khác."})
    agency = catalogue.directory.resolve("Sở Y tế", "thanh-hoa")
    (pair,) = concerning(compare_plans((plan,), (new,)), catalogue.directory, agency)
    assert said(pair.changes) == [("changed", "PL2.III.1", "text")]


def test_bodies_of_one_name_in_two_provinces_are_told_apart(catalogue: Catalogue) -> None:
    plans = [plan_of(catalogue, one) for one in ("kh-176", "kh-thai-nguyen-2026")]
    changed = []
    for plan in plans:
        first, *rest = plan.tasks
        made = replace(first, text=f"{first.text} Thêm.", lead=("so-y-te",), support=("ubnd-tinh",))
        changed.append(replace(plan, tasks=(made, *rest)))
    pairs = compare_plans(tuple(plans), tuple(changed))
    found = {
        one.name: (one.agency, one.province, one.refs)
        for one in concerned(Comparison("a", "b", pairs), catalogue.directory)
    }
    own = {plan.province: (f"{plan.id}/{plan.tasks[0].id}",) for plan in plans}
    assert found["Sở Y tế (Thanh Hóa)"] == ("so-y-te", "thanh-hoa", own["thanh-hoa"])
    assert found["Sở Y tế (Thái Nguyên)"] == ("so-y-te", "thai-nguyen", own["thai-nguyen"])
    told = comparison_listing(Comparison("a", "b", pairs), catalogue.directory).blocks[-1]
    assert f"Sở Y tế (Thái Nguyên): {own['thai-nguyen'][0]}." in told.lines
    one = comparison_listing(Comparison("a", "b", pairs[:1]), catalogue.directory).blocks[-1]
    assert f"Sở Y tế: {plans[0].tasks[0].id}." in one.lines


def test_plans_of_one_side_only_are_named(catalogue: Catalogue) -> None:
    one, two = catalogue.plans[:2]
    pairs = compare_plans((one, two), (one,))
    assert pairs[0].changes == ()
    (gone,) = pairs[1].changes
    assert (gone.kind, gone.part, gone.ref) == (ChangeKind.DROPPED, Part.PLAN, two.id)


def test_the_table_marks_the_words_that_differ(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, "kh-176")
    old = next(task for task in plan.tasks if task.id == "PL2.III.2")
    new = with_rows(plan, PL2_III_2={"text": old.text.replace("bệnh viện Nhi", "bệnh viện Phổi", 1)})
    pair = PlanPair(plan, new, row_changes(plan, new))
    (line,) = compared_lines(Comparison("a", "b", (pair,)), catalogue.directory)
    assert [text for text, changed in line.old if changed] == ["Nhi"]
    assert [text for text, changed in line.new if changed] == ["Phổi"]
    assert "".join(text for text, _ in line.old) == old.text


def test_the_table_marks_whole_numbers_and_names_the_row_of_a_cell(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, "qd-3825")
    row = next(task for task in plan.tasks if task.id == "PL.II.1")
    new = with_rows(plan, PL_II_1={"schedule": parse_schedule("Quý IV/2026"), "outputs": (*row.outputs, "Sổ tay")})
    pair = PlanPair(plan, new, row_changes(plan, new))
    schedule, outputs = compared_lines(Comparison("a", "b", (pair,)), catalogue.directory)
    assert (
        schedule.what
        == "PL.II.1 “Tham mưu xây dựng Kế hoạch hành động tăng trưởng xanh cấp tỉnh/tích hợp các mục …”: thời gian thực hiện"
    )
    assert [text for text, changed in schedule.new if changed] == ["Quý IV/2026"]
    assert [text for text, changed in outputs.old if changed] == []
    assert [text for text, changed in outputs.new if changed] == ["; Sổ tay"]
    first, *_ = compared_lines(Comparison("a", "b", (pair, replace(pair, new=new))), catalogue.directory)
    assert (first.heading, first.what) == (True, plan.document.cite)


def test_the_table_has_one_line_for_all_new_numbers(catalogue: Catalogue) -> None:
    plan = plan_of(catalogue, "kh-kl-81")
    row = Task("II.0", TaskKind.TASK, "Lập bản đồ điểm ngập.", plan.tasks[0].section, ("so-y-te",))
    rows = [replace(task, id=f"N.{number}") for number, task in enumerate((row, *plan.tasks), 1)]
    new = replace(plan, tasks=tuple(rows))
    pair = PlanPair(plan, new, row_changes(plan, new))
    added, numbers = compared_lines(Comparison("a", "b", (pair,)), catalogue.directory)
    name = catalogue.directory.name(plan.province, "so-y-te")
    assert (added.old, added.new) == ((), ((f"Lập bản đồ điểm ngập. (chủ trì: {name})", True),))
    assert numbers.what == f"Đổi số {len(plan.tasks)} dòng"
    assert numbers.new[0][0].startswith("N.2; N.3; ")
