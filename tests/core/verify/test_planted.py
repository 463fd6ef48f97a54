"""A hundred changes planted in the four plans, each found at its place and nothing else with it; no false alarm without one.

The documents are those of the corpus, so the tests skip where the texts are not at hand.
"""

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace

from kehoach_cli.core.model.plan import Plan, Task
from kehoach_cli.core.model.source_text import SourceText
from kehoach_cli.core.verify.result import ClaimStatus, Verification
from kehoach_cli.core.verify.verify import verify
from kehoach_cli.source.read import read_source
from kehoach_cli.store.workspace.load import load
from kehoach_cli.store.workspace.paths import Root
from tests.conftest import REPOSITORY
from tests.imports.corpus import KINDS, Shape
from tests.imports.sources import PLANS

Built = Callable[[str, str, Shape], Path]
SEED = 20261129
_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(r"(?<=[.;]) ")


class Planted(NamedTuple):
    """A plan with one change: the ids of the rows it touches, and whether the document has a passage to show beside it."""

    plan: Plan
    rows: set[str]
    located: bool = True


def with_task(plan: Plan, row_id: str, **changes: Any) -> Plan:
    """Return the plan with another task of this id."""
    return replace(plan, tasks=tuple(replace(task, **changes) if task.id == row_id else task for task in plan.tasks))


def another_word(chance: random.Random, text: str) -> str:
    words = text.split(" ")
    at = chance.randrange(len(words))
    words[at] = "nghiên" if words[at] != "nghiên" else "triển"
    return " ".join(words)


def plant_word(chance: random.Random, plan: Plan) -> Planted:
    task = chance.choice(plan.tasks)
    return Planted(with_task(plan, task.id, text=another_word(chance, task.text)), {task.id})


def plant_dropped_word(chance: random.Random, plan: Plan) -> Planted:
    task = chance.choice(plan.tasks)
    words = task.text.split(" ")
    del words[chance.randrange(len(words))]
    return Planted(with_task(plan, task.id, text=" ".join(words)), {task.id})


def plant_tone(chance: random.Random, plan: Plan) -> Planted:
    task = chance.choice([task for task in plan.tasks if "ấ" in task.text or "ế" in task.text])
    text = task.text.replace("ấ", "ầ", 1) if "ấ" in task.text else task.text.replace("ế", "ề", 1)
    return Planted(with_task(plan, task.id, text=text), {task.id})


def plant_digit(chance: random.Random, plan: Plan) -> Planted:
    task = chance.choice([task for task in plan.tasks if _DIGIT.search(task.text)] or [None])
    if task is None:
        return plant_word(chance, plan)
    found = chance.choice(list(_DIGIT.finditer(task.text)))
    digit = str((int(found[0]) + 3) % 10)
    return Planted(
        with_task(plan, task.id, text=task.text[: found.start()] + digit + task.text[found.end() :]), {task.id}
    )


def plant_target(chance: random.Random, plan: Plan) -> Planted:
    if not plan.indicators:
        return plant_digit(chance, plan)
    row = chance.choice(plan.indicators)
    path = chance.choice(list(row.wording))
    text = row.wording[path]
    wording = {**row.wording, path: re.sub(r"\d", lambda found: str((int(found[0]) + 3) % 10), text, count=1)}
    changed = replace(row, wording=wording)
    rows = tuple(changed if one.id == row.id else one for one in plan.indicators)
    return Planted(replace(plan, indicators=rows), {row.id})


def plant_schedule(chance: random.Random, plan: Plan) -> Planted:
    tasks = [task for task in plan.tasks if task.schedule.text and task.schedule.source is None]
    if not tasks:
        return plant_word(chance, plan)
    task = chance.choice(tasks)
    text = task.schedule.text
    other = (
        re.sub(r"\d", lambda found: str((int(found[0]) + 3) % 10), text, count=1) if _DIGIT.search(text) else "Năm 2024"
    )
    return Planted(with_task(plan, task.id, schedule=replace(task.schedule, text=other)), {task.id})


def plant_dropped_sentence(chance: random.Random, plan: Plan) -> Planted:
    task = chance.choice([task for task in plan.tasks if len(_SENTENCE.split(task.text)) > 1])
    sentences = _SENTENCE.split(task.text)
    del sentences[chance.randrange(len(sentences))]
    return Planted(with_task(plan, task.id, text=" ".join(sentences)), {task.id})


def plant_dropped_not(chance: random.Random, plan: Plan) -> Planted:
    tasks = [task for task in plan.tasks if " không " in task.text]
    if not tasks:
        return plant_dropped_word(chance, plan)
    task = chance.choice(tasks)
    return Planted(with_task(plan, task.id, text=task.text.replace(" không ", " ", 1)), {task.id})


def plant_exchanged_cells(chance: random.Random, plan: Plan) -> Planted:
    tasks = [task for task in plan.tasks if _differ(task.as_issued, "lead", "support")]
    if plan.id not in {"kh-176", "qd-3825"}:
        return plant_exchanged_texts(chance, plan)
    task = chance.choice([task for task in tasks if task.as_issued.get("role")])
    cells = {**task.as_issued, "lead": task.as_issued["support"], "support": task.as_issued["lead"]}
    return Planted(with_task(plan, task.id, as_issued=cells), {task.id})


def _differ(cells: dict[str, str], one: str, other: str) -> bool:
    return one in cells and other in cells and cells[one] != cells[other]


def plant_exchanged_leads(chance: random.Random, plan: Plan) -> Planted:
    tasks = [task for task in plan.tasks if task.as_issued.get("role")]
    if not tasks:
        return plant_exchanged_texts(chance, plan)
    one = chance.choice(tasks)
    other = chance.choice(
        [task for task in tasks if task.as_issued["lead"].strip(".") != one.as_issued["lead"].strip(".")]
    )
    first = with_task(plan, one.id, as_issued={**one.as_issued, "lead": other.as_issued["lead"]})
    return Planted(
        with_task(first, other.id, as_issued={**other.as_issued, "lead": one.as_issued["lead"]}), {one.id, other.id}
    )


def plant_exchanged_texts(chance: random.Random, plan: Plan) -> Planted:
    """Exchange two neighbours: the same words stand in the document, each under the other's number."""
    pairs = [
        (one, other)
        for one, other in zip(plan.tasks, plan.tasks[1:], strict=False)
        if one.section == other.section and one.text != other.text and _siblings(one, other)
    ]
    one, other = chance.choice(pairs)
    first = with_task(plan, one.id, text=other.text, conditions=other.conditions)
    return Planted(with_task(first, other.id, text=one.text, conditions=one.conditions), {one.id, other.id})


def _siblings(one: Task, other: Task) -> bool:
    cut = max(one.id.rfind("."), one.id.rfind("-"))
    return one.id[: cut + 1] == other.id[: cut + 1]


def plant_invented(chance: random.Random, plan: Plan) -> Planted:
    like = chance.choice(plan.tasks)
    made = replace(
        like,
        id=f"{like.section}-99",
        text="Tổ chức ngày hội đạp xe quanh hồ và tặng quà lưu niệm cho khách nước ngoài.",
        as_issued={},
        conditions=(),
        outputs=(),
        body=None,
    )
    return Planted(replace(plan, tasks=(*plan.tasks, made)), {made.id}, located=False)


def plant_heading(chance: random.Random, plan: Plan) -> Planted:
    section = chance.choice([section for section in plan.sections if len(section.title.split()) > 3])
    title = another_word(chance, section.title)
    sections = tuple(replace(one, title=title) if one.id == section.id else one for one in plan.sections)
    return Planted(replace(plan, sections=sections), {f"sections/{section.id}/title"})


def plant_objective(chance: random.Random, plan: Plan) -> Planted:
    passage = chance.choice(plan.objectives)
    text = another_word(chance, passage.text)
    objectives = tuple(replace(one, text=text) if one.id == passage.id else one for one in plan.objectives)
    return Planted(replace(plan, objectives=objectives), {f"objectives/{passage.id}/text"})


PLANTERS = (
    *(plant_word, plant_dropped_word, plant_tone, plant_digit, plant_target, plant_schedule),
    *(plant_dropped_sentence, plant_dropped_not, plant_exchanged_cells, plant_exchanged_leads, plant_exchanged_texts),
    *(plant_invented, plant_heading, plant_objective),
)
CHANGES = 112
assert len(PLANTERS) * 8 == CHANGES


@pytest.fixture(scope="session")
def source(document: Built) -> Callable[[str, str, Shape], SourceText]:
    """Read a document of the corpus once."""
    known: dict[tuple[str, str, Shape], SourceText] = {}

    def read(plan: str, kind: str, shape: Shape) -> SourceText:
        if (plan, kind, shape) not in known:
            path = document(plan, kind, shape)
            known[plan, kind, shape] = read_source(path, path.read_bytes())
        return known[plan, kind, shape]

    return read


@pytest.fixture(scope="session")
def plans() -> dict[str, Plan]:
    """The plans with all their rows: those that are loaded read row by row and cannot be changed."""
    loaded = load(Root(REPOSITORY)).catalogue.plans
    return {plan.id: Plan(**{name: getattr(plan, name) for name in Plan.__struct_fields__}) for plan in loaded}


def wrong_rows(found: Verification) -> set[str]:
    """Return the ids of the rows with something wrong, the path for what belongs to no row."""
    return {check.ref.partition("/")[2] or check.path for check in found.wrong}


def planted_in(plan: Plan, number: int) -> Planted:
    return PLANTERS[number % len(PLANTERS)](random.Random(SEED + number), plan)


def every_change() -> Iterator[Any]:
    for number in range(CHANGES):
        planter = PLANTERS[number % len(PLANTERS)].__name__
        yield pytest.param(number, PLANS[(number + number // len(PLANTERS)) % len(PLANS)], id=f"{planter}-{number}")


@pytest.mark.parametrize(("number", "plan_id"), list(every_change()))
def test_a_planted_change_is_found_and_nothing_else(
    number: int, plan_id: str, plans: dict[str, Plan], source: Callable[[str, str, Shape], SourceText]
) -> None:
    planted = planted_in(plans[plan_id], number)
    shape = list(Shape)[number % 3]
    found = verify(planted.plan, source(plan_id, "docx", shape))
    assert wrong_rows(found)
    # Rows of running text that lost their own words may drag what is read out of them along, never another row.
    owners = {row.partition("-ct")[0] for row in wrong_rows(found)}
    assert owners <= {row.partition("-ct")[0] for row in planted.rows}
    for check in found.wrong:
        if planted.located and check.status is ClaimStatus.DIFFERS:
            assert check.place
            assert check.differences
    if not planted.located:
        assert {check.status for check in found.wrong} == {ClaimStatus.MISSING}


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "pdf"])
@pytest.mark.parametrize("plan_id", PLANS)
def test_the_plans_agree_with_their_documents(
    plan_id: str, kind: str, shape: Shape, plans: dict[str, Plan], source: Callable[[str, str, Shape], SourceText]
) -> None:
    found = verify(plans[plan_id], source(plan_id, kind, shape))
    assert not found.wrong
    assert len(found.checks) == {"kh-176": 531, "qd-3825": 1005, "kh-thai-nguyen-2026": 140, "kh-kl-81": 56}[plan_id]


@pytest.mark.slow
@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("plan_id", PLANS)
def test_the_plans_agree_with_printed_documents(
    plan_id: str, shape: Shape, plans: dict[str, Plan], source: Callable[[str, str, Shape], SourceText]
) -> None:
    assert not verify(plans[plan_id], source(plan_id, "pdf", shape)).wrong


@pytest.mark.parametrize("number", range(len(PLANTERS)))
@pytest.mark.parametrize("kind", ["xlsx", "html"])
def test_every_kind_of_change_is_found_in_other_kinds_of_documents(
    number: int, kind: str, plans: dict[str, Plan], source: Callable[[str, str, Shape], SourceText]
) -> None:
    plan_id = PLANS[number % 2]
    planted = planted_in(plans[plan_id], number)
    rows = wrong_rows(verify(planted.plan, source(plan_id, kind, Shape.AUTOMATIC)))
    assert rows
    assert rows <= planted.rows
