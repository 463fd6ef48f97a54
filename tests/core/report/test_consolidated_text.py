"""The consolidated text of random amendments of real plans: every change has its note, in the order of the document."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from kehoach_cli.core.amend.apply import consolidated
from kehoach_cli.core.amend.cells import Row
from kehoach_cli.core.model.amendment import Amendment, AmendmentChange, AmendmentOp
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.plan import Indicator, Plan, Section, Task
from kehoach_cli.core.report.consolidated_text import ConsolidatedText, Noted, consolidated_text

pytestmark = pytest.mark.slow

PLANS = ("kh-176", "qd-3825", "kh-kl-81", "kh-thai-nguyen-2026")
FIRST = date(2026, 6, 1)
SCHEDULES = ("2026 - 2028", "đến hết năm 2027", "Thường xuyên", "Quý V", "năm 2027")
BODIES = ("Sở Y tế", "Sở Tài chính; Sở Xây dựng", "Sở Không Có", "Các sở, ban, ngành có liên quan")


def random_change(plan: Plan, chance: random.Random, number: int) -> AmendmentChange:
    """Return a change of any kind and place; many of them cannot be applied."""
    rows: list[Row] = [*plan.tasks, *plan.indicators, *plan.sections, *plan.objectives, *plan.funding, *plan.clauses]
    row = chance.choice(rows)
    old: str | None = None
    new, cell = f"Lời mới {number}.", ""
    op = chance.choice(list(AmendmentOp))
    if op is AmendmentOp.ADD and chance.random() < 0.5:
        kind = chance.choice(["task", "section", "organisation"])
        keys = {"kind": kind, "text": new, "schedule": chance.choice(SCHEDULES), "lead": ["so-y-te"]}
        return AmendmentChange(op, f"{row.id}.{number + 90}", ("changes", number), row=keys)
    if op is AmendmentOp.RENUMBER:
        return AmendmentChange(op, row.id, ("changes", number), None, f"{row.id}a")
    if op is not AmendmentOp.REPEAL or chance.random() < 0.3:
        cell, old, new = random_cell(row, chance, new)
        if op is AmendmentOp.REPLACE_PHRASE and old:
            words = old.split()
            start = chance.randrange(len(words))
            old = " ".join(words[start : start + 3])
    place = f"{row.id}/{cell}" if cell else row.id
    return AmendmentChange(op, place, ("changes", number), old, None if op is AmendmentOp.REPEAL else new)


def random_cell(row: Row, chance: random.Random, new: str) -> tuple[str, str | None, str]:
    cells: dict[str, tuple[str | None, str]]
    if isinstance(row, Task):
        cells = {
            "text": (row.text, new),
            "schedule": (row.schedule.text or None if row.schedule.source is None else None, chance.choice(SCHEDULES)),
            "lead": (row.as_issued.get("lead"), chance.choice(BODIES)),
            "outputs": ("; ".join(row.outputs) or None, "Đề án; tờ trình"),
        }
    elif isinstance(row, Indicator):
        target = row.targets[0]
        cells = {"name": (row.name, new), f"targets/{target.year}": (target.text, "≥ 90"), "unit": (row.unit, "km")}
    elif isinstance(row, Section):
        cells = {"title": (row.title, new), "schedule": (row.schedule.text or None, chance.choice(SCHEDULES))}
    else:
        cells = {"text": (row.text, new)}
    cell = chance.choice(list(cells))
    return cell, *cells[cell]


def noted(made: ConsolidatedText) -> Iterator[Noted]:
    """Yield the texts in the order in which people read them."""
    for chapter in made.chapters:
        yield chapter.heading
        for block in chapter.blocks:
            yield from (one.text for one in block.paragraphs)
            for group in block.tasks:
                yield from (group.heading, *group.texts)
                for task in group.tasks:
                    yield from (task.number, task.text, task.lead, task.support, task.schedule, task.outputs)
            for group in block.indicators:
                yield from (group.heading, *group.texts)
                for row in group.indicators:
                    yield from (row.number, row.name, row.unit, row.lead, *row.targets)


@pytest.mark.parametrize("seed", range(24))
def test_every_change_in_force_has_its_note_and_notes_are_read_in_order(catalogue: Catalogue, seed: int) -> None:
    chance, which = random.Random(seed), PLANS[seed % len(PLANS)]
    plan = catalogue.plan(which)
    assert plan
    amendments = []
    for at in range(3):
        changes = tuple(random_change(plan, chance, at * 20 + number) for number in range(20))
        day = FIRST + timedelta(days=at)
        amendments.append(
            Amendment(which, f"Quyết định số {at + 1}/QĐ", day, day, changes, f"{at}.yaml", f"{at + 1}/QĐ")
        )
    made = consolidated(plan, amendments, catalogue.directory, None)
    text = consolidated_text(made.plan, made.applied, catalogue.directory, FIRST + timedelta(days=9))
    numbers = [note for one in noted(text) for _, note in one.notes]
    assert numbers == list(range(1, len(text.notes) + 1))
    assert all(0 <= at <= len(one.text) for one in noted(text) for at, _ in one.notes)
    gone = {
        one.id for rows in (made.plan.sections, made.plan.tasks, made.plan.indicators) for one in rows if one.withdrawn
    }
    hidden = {one.row for one in made.applied if one.row in gone}
    below = {task.id for task in made.plan.tasks if any(str(task.section).startswith(one) for one in gone)}
    said = " ".join(text.notes)
    for change in made.applied:
        if change.row not in hidden | below:
            assert change.cite in said
    for fault in made.faults:
        assert fault.message
    assert len(made.applied) + len(made.faults) >= 60 - sum(one.op is AmendmentOp.REPEAL for one in made.applied)
