"""Hundreds of changes planted in the four plans, each found at its place and nothing else with it; no false alarm without one.

The documents are those of the corpus, so the tests skip where the texts are not at hand.
"""

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import combinations, count
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pytest
from msgspec.structs import replace

from kehoach_cli.core.model.plan import Indicator, Plan, Task, TaskKind
from kehoach_cli.core.model.source_text import SourceText
from kehoach_cli.core.verify.result import ClaimStatus, Verification
from kehoach_cli.core.verify.verify import verify
from kehoach_cli.store.workspace.load import load
from kehoach_cli.store.workspace.paths import Root
from tests.conftest import REPOSITORY
from tests.imports.corpus import KINDS, Shape, read
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


def plant_year(chance: random.Random, plan: Plan) -> Planted:
    """Put the year before or behind in the place of a year: both stand elsewhere in the document."""
    found = [(task, one) for task in plan.tasks for one in re.finditer(r"\b20(?:2\d|30)\b", task.text)]
    if not found:
        return plant_digit(chance, plan)
    task, one = chance.choice(found)
    year = str(int(one[0]) + chance.choice([-1, 1]))
    return Planted(with_task(plan, task.id, text=task.text[: one.start()] + year + task.text[one.end() :]), {task.id})


def plant_exchanged_supports(chance: random.Random, plan: Plan) -> Planted:
    tasks = [task for task in plan.tasks if task.as_issued.get("support")]
    if len({task.as_issued["support"] for task in tasks}) < 2:
        return plant_exchanged_texts(chance, plan)
    one = chance.choice(tasks)
    other = chance.choice(
        [task for task in tasks if task.as_issued["support"].strip(".") != one.as_issued["support"].strip(".")]
    )
    first = with_task(plan, one.id, as_issued={**one.as_issued, "support": other.as_issued["support"]})
    return Planted(
        with_task(first, other.id, as_issued={**other.as_issued, "support": one.as_issued["support"]}),
        {one.id, other.id},
    )


def plant_moved(chance: random.Random, plan: Plan) -> Planted:
    """Give a row the next number of another section: its words stand in the document, in their old place."""
    task = chance.choice([task for task in plan.tasks if task.kind is not TaskKind.ORGANISATION])
    filled = {task.section for task in plan.tasks} - {task.section}
    section = chance.choice([section.id for section in plan.sections if section.id in filled])
    moved = replace(task, id=_free_id(plan, f"{section}{'-' if '-' in task.id else '.'}"), section=section)
    tasks = tuple(moved if one.id == task.id else one for one in plan.tasks)
    return Planted(replace(plan, tasks=tasks, indicators=_without(plan, task)), {moved.id})


def plant_duplicate(chance: random.Random, plan: Plan) -> Planted:
    task = chance.choice(plan.tasks)
    twice = replace(task, id=_free_id(plan, task.id[: max(task.id.rfind("."), task.id.rfind("-")) + 1]))
    return Planted(replace(plan, tasks=(*plan.tasks, twice)), {twice.id})


def _free_id(plan: Plan, head: str) -> str:
    taken = {task.id for task in plan.tasks}
    return next(made for number in count(1) if (made := f"{head}{number}") not in taken)


def _without(plan: Plan, task: Task) -> tuple[Indicator, ...]:
    return tuple(row for row in plan.indicators if not row.id.startswith(f"{task.id}-ct"))


def plant_exchanged_targets(chance: random.Random, plan: Plan) -> Planted:
    rows = [row for row in plan.indicators if len(set(row.wording.values())) > 1]
    if not rows:
        return plant_target(chance, plan)
    row = chance.choice(rows)
    one, other = chance.choice(
        [pair for pair in combinations(row.wording, 2) if row.wording[pair[0]] != row.wording[pair[1]]]
    )
    changed = replace(row, wording={**row.wording, one: row.wording[other], other: row.wording[one]})
    return Planted(
        replace(plan, indicators=tuple(changed if one.id == row.id else one for one in plan.indicators)), {row.id}
    )


def plant_case(chance: random.Random, plan: Plan) -> Planted:
    task = chance.choice(plan.tasks)
    at = chance.choice([at for at, letter in enumerate(task.text) if letter.islower()])
    text = f"{task.text[:at]}{task.text[at].upper()}{task.text[at + 1 :]}"
    return Planted(with_task(plan, task.id, text=text), {task.id})


def plant_dropped_comma(chance: random.Random, plan: Plan) -> Planted:
    task = chance.choice([task for task in plan.tasks if "," in task.text])
    at = chance.choice([at for at, letter in enumerate(task.text) if letter == ","])
    return Planted(with_task(plan, task.id, text=task.text[:at] + task.text[at + 1 :]), {task.id})


def plant_short_cell(chance: random.Random, plan: Plan) -> Planted:
    """Leave out the last word of a cell; in a sentence nothing tells where the words of a list end."""
    tasks = [task for task in plan.tasks if "role" in task.as_issued and " " in task.as_issued.get("support", "")]
    if not tasks:
        return plant_dropped_word(chance, plan)
    task = chance.choice(tasks)
    cell = task.as_issued["support"].rpartition(" ")[0]
    return Planted(with_task(plan, task.id, as_issued={**task.as_issued, "support": cell}), {task.id})


PLANTERS = (
    *(plant_word, plant_dropped_word, plant_tone, plant_digit, plant_target, plant_schedule),
    *(plant_dropped_sentence, plant_dropped_not, plant_exchanged_cells, plant_exchanged_leads, plant_exchanged_texts),
    *(
        plant_invented,
        plant_heading,
        plant_objective,
        plant_year,
        plant_exchanged_supports,
        plant_moved,
        plant_duplicate,
    ),
    *(plant_exchanged_targets, plant_case, plant_dropped_comma, plant_short_cell),
)
CHANGES = 176
assert len(PLANTERS) * 8 == CHANGES


@pytest.fixture(scope="session")
def source(document: Built) -> Callable[[str, str, Shape], SourceText]:
    """Read a document of the corpus once."""
    known: dict[tuple[str, str, Shape], SourceText] = {}

    def source_of(plan: str, kind: str, shape: Shape) -> SourceText:
        if (plan, kind, shape) not in known:
            known[plan, kind, shape] = read(document(plan, kind, shape))
        return known[plan, kind, shape]

    return source_of


@pytest.fixture(scope="session")
def plans() -> dict[str, Plan]:
    """The plans with all their rows: those that are loaded read row by row and cannot be changed."""
    loaded = load(Root(REPOSITORY)).catalogue.plans
    return {plan.id: Plan(**{name: getattr(plan, name) for name in Plan.__struct_fields__}) for plan in loaded}


def wrong_rows(found: Verification) -> set[str]:
    """Return the ids of the rows with something wrong, that of the task for its indicators, the path for what has no row."""
    return {(check.ref.partition("/")[2] or check.path).partition("-ct")[0] for check in found.wrong}


def touched(planted: Planted) -> set[str]:
    """Return what may be wrong: the rows that are changed, and what the rules of reporting quote of them."""
    rows = {row.partition("-ct")[0] for row in planted.rows}
    rules = enumerate(planted.plan.reporting)
    return rows | {
        f"reporting/{at}/{key}" for at, rule in rules if rule.source in rows for key in ("due", "embedded_in")
    }


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
    assert wrong_rows(found) <= touched(planted)
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
    assert len(found.checks) == {"kh-176": 531, "qd-3825": 1005, "kh-thai-nguyen-2026": 140, "kh-kl-81": 55}[plan_id]


@pytest.mark.slow
@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("plan_id", PLANS)
def test_the_plans_agree_with_printed_documents(
    plan_id: str, shape: Shape, plans: dict[str, Plan], source: Callable[[str, str, Shape], SourceText]
) -> None:
    assert not verify(plans[plan_id], source(plan_id, "pdf", shape)).wrong


@pytest.mark.slow
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "docx"])
@pytest.mark.parametrize("plan_id", PLANS)
def test_changes_are_found_in_other_kinds_of_documents(
    plan_id: str, kind: str, plans: dict[str, Plan], source: Callable[[str, str, Shape], SourceText]
) -> None:
    failed = []
    for number in range(len(PLANTERS)):
        planted = planted_in(plans[plan_id], number)
        found = verify(planted.plan, source(plan_id, kind, list(Shape)[number % 3]))
        if not wrong_rows(found) or not wrong_rows(found) <= touched(planted):
            failed.append((PLANTERS[number % len(PLANTERS)].__name__, number, wrong_rows(found)))
    assert failed == []


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("plan_id", PLANS)
def test_how_blanks_and_letters_are_stored_is_no_change(
    plan_id: str, form: Literal["NFC", "NFD"], plans: dict[str, Plan], source: Callable[[str, str, Shape], SourceText]
) -> None:
    tasks = tuple(
        replace(task, text=unicodedata.normalize(form, task.text.replace(" ", "\u00a0")))
        for task in plans[plan_id].tasks
    )
    assert not verify(replace(plans[plan_id], tasks=tasks), source(plan_id, "docx", Shape.TYPED)).wrong


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("plan_id", PLANS)
@pytest.mark.slow
def test_a_deleted_task_is_listed_as_claimed_by_nobody(
    plan_id: str, kind: str, plans: dict[str, Plan], source: Callable[[str, str, Shape], SourceText]
) -> None:
    plan, document = plans[plan_id], source(plan_id, kind, Shape.AUTOMATIC)
    for task in random.Random(SEED).sample(plan.tasks, 6):
        rest = tuple(one for one in plan.tasks if one.id != task.id)
        found = verify(replace(plan, tasks=rest, indicators=_without(plan, task)), document)
        words = " ".join(one.text for one in found.unclaimed)
        assert task.text.removeprefix("- ")[:40].rpartition(" ")[0] in words
