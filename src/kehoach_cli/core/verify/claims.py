"""What a plan file claims to be the wording of its document, text by text."""

import re
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from kehoach_cli.core.draft.roles import Role
from kehoach_cli.core.model.plan import Document, Indicator, Plan, Section, Task
from kehoach_cli.core.verify.passages import plain
from kehoach_cli.viet.dates import PartialDate

_POINTS = str.maketrans("", "", ".,")


class How(StrEnum):
    """How a text stands in the document.

    WHOLE: a passage of its own. CELL: the cell of its row, or the line with its label. PART: some words of the row it belongs
    to, or of any passage. SCOPED: some words of its cell, beside those of their scope. LINE: from the beginning of a line to
    its end. BEGINNING: from the beginning of a passage to a mark. HEAD: the words of the column head or label. NUMBER: in any
    case and with blanks around strokes. DATE: a day, beside what it dates.
    """

    WHOLE = "whole"
    CELL = "cell"
    PART = "part"
    SCOPED = "scoped"
    LINE = "line"
    BEGINNING = "beginning"
    HEAD = "head"
    NUMBER = "number"
    DATE = "date"


class Claim(Struct, frozen=True):
    """A text of the plan file. `item` is the row or passage whose words it must be among, empty for the whole document.

    `path` is the key path from the item ("tasks/III.7/lead"), `role` what the cell holds, `key` the year or period of a target,
    `near` what stands before a date, or the scope of a target.
    """

    path: str
    text: str
    how: How
    item: str = ""
    role: Role | None = None
    key: str = ""
    near: str = ""
    day: PartialDate | None = None


class Anchor(Struct, frozen=True):
    """A text that has passages of its own, with its id; `printed` is its number where the id differs from it."""

    claim: Claim
    id: str
    section: bool = False
    parent: str | None = None
    printed: str | None = None
    spellings: tuple[str, ...] = ()


def anchors_of(plan: Plan) -> Iterator[Anchor]:
    """Yield the texts that stand alone: headings, objectives, sources of funding, tasks, indicators of tables."""
    for section in plan.sections:
        yield _section(section)
    for key, passages in (("objectives", plan.objectives), ("funding", plan.funding)):
        for passage in passages:
            yield _anchor(f"{key}/{passage.id}/text", passage.id, passage.text)
    for task in plan.tasks:
        yield _anchor(f"tasks/{task.id}/text", task.id, task.text, task.section)
    for row in plan.indicators:
        if name := row.as_issued.get("name"):
            yield _anchor(f"indicators/{row.id}/as_issued/name", row.id, name, row.section)
        elif parent_of(row.id) is None:
            spellings = tuple(f"{row.name} {form}" for form in _units(row.unit))
            claim = Claim(f"indicators/{row.id}/name", plain(row.name), How.WHOLE, row.id)
            yield Anchor(claim, row.id, parent=row.section, spellings=spellings)


def parent_of(row_id: str) -> str | None:
    """Return the id of the task in whose text an indicator stands; None for one with a row of its own."""
    task, mark, number = row_id.rpartition("-ct")
    return task if mark and number.isdigit() else None


def _is_respelt(text: str, printed: str) -> bool:
    """Whether a target is the printed one with other marks in its figure: "62,5" for "62.5"."""
    return text != printed and text.translate(_POINTS) == printed.translate(_POINTS)


def _units(unit: str | None) -> tuple[str, ...]:
    return (f"({unit})", unit) if unit else ()


def _section(section: Section) -> Anchor:
    claim = Claim(f"sections/{section.id}/title", plain(section.title), How.WHOLE, section.id)
    spellings = (f"{claim.text}:", f"{claim.text} :", f"{claim.text}.")
    return Anchor(claim, section.id, section=True, printed=section.printed, spellings=spellings)


def _anchor(path: str, row_id: str, text: str, parent: str | None = None) -> Anchor:
    return Anchor(Claim(path, plain(text), How.WHOLE, row_id), row_id, parent=parent)


def claims_of(plan: Plan) -> Iterator[Claim]:
    """Yield every other text of the plan file, in the order of the file."""
    found = (*_of_document(plan), *_of_rules(plan))
    rows = (claim for task in plan.tasks for claim in _of_task(task))
    indicators = (claim for row in plan.indicators for claim in _of_indicator(row))
    for claim in (*found, *rows, *indicators):
        if claim.text or claim.day:
            yield claim


def _of_document(plan: Plan) -> Iterator[Claim]:
    document = plan.document
    yield Claim("document/number", plain(document.number or ""), How.NUMBER)
    if document.date:
        yield Claim("document/date", "", How.DATE, day=document.date)
    yield Claim("document/title", plain(document.title), How.PART)
    if not _is_put_together(document):
        yield Claim("document/cite", plain(document.cite), How.NUMBER)
    for index, basis in enumerate(document.basis):
        at = f"document/basis/{index}"
        yield Claim(f"{at}/number", plain(basis.number or ""), How.NUMBER)
        yield Claim(f"{at}/title", plain(basis.title or ""), How.PART)
        if basis.date:
            yield Claim(f"{at}/date", "", How.DATE, near=plain(basis.number or basis.title or ""), day=basis.date)
    for index, line in enumerate(document.authority):
        yield Claim(f"document/signer/authority/{index}", plain(line), How.PART)
    yield Claim("document/signer/name", plain(document.signer or ""), How.PART)
    for index, line in enumerate(document.recipients):
        yield Claim(f"document/recipients/{index}", plain(line), How.LINE)


def _is_put_together(document: Document) -> bool:
    """Whether the way to cite a document is only its kind, number, date and issuer: each is compared by itself."""
    cite = plain(document.cite)
    if re.fullmatch(rf"[^\d,;]{{3,40}} {re.escape(plain(document.title))}", cite):
        return True
    found = re.fullmatch(r"[^\d,;]{3,40} số (\S+) ngày (\d{1,2})/(\d{1,2})/(\d{4})(?: của [^\d,;]{3,60})?", cite)
    if found is None or document.date is None:
        return False
    day = document.date
    return found[1] == document.number and (int(found[2]), int(found[3]), int(found[4])) == (
        day.day,
        day.month,
        day.year,
    )


def _of_rules(plan: Plan) -> Iterator[Claim]:
    for index, rule in enumerate(plan.reporting):
        at = f"reporting/{index}"
        yield Claim(f"{at}/due", plain(rule.due.text), How.PART, rule.source)
        yield Claim(f"{at}/embedded_in", plain(rule.embedded_in or ""), How.PART, rule.source)
    for clause in plan.clauses:
        yield Claim(f"clauses/{clause.id}/text", plain(clause.text), How.BEGINNING, clause.id)


def _of_task(task: Task) -> Iterator[Claim]:
    at, own = f"tasks/{task.id}", task.id
    cells = (
        ("lead", Role.LEAD),
        ("support", Role.SUPPORT),
        ("schedule", Role.SCHEDULE),
        ("outputs", Role.OUTPUTS),
    )
    for key, role in cells:
        yield Claim(f"{at}/as_issued/{key}", plain(task.as_issued.get(key, "")), How.CELL, own, role)
    yield Claim(f"{at}/as_issued/role", plain(task.as_issued.get("role", "")), How.HEAD, own, Role.LEAD)
    yield from _schedule_and_outputs(task)
    for index, condition in enumerate(task.conditions):
        yield Claim(f"{at}/conditions/{index}/text", plain(condition.text), How.PART, own)
    for index, cost in enumerate(task.cost):
        yield Claim(f"{at}/cost/{index}/text", plain(cost.text or ""), How.CELL, own, Role.COST)
        yield Claim(f"{at}/cost/{index}/amount", plain(cost.amount or ""), How.PART, own)
        yield Claim(f"{at}/cost/{index}/source", plain(cost.source or ""), How.PART, own)
    for index, step in enumerate(task.steps):
        yield Claim(f"{at}/milestones/{index}/text", plain(step.text), How.PART, own)
        yield Claim(f"{at}/milestones/{index}/schedule", plain(step.schedule), How.PART, own)
    if task.body and task.body.as_issued:
        yield Claim(f"{at}/body/as_issued/lead", plain(task.body.as_issued), How.PART, task.body.id or "")


def _schedule_and_outputs(task: Task) -> Iterator[Claim]:
    at, own = f"tasks/{task.id}", task.id
    phrase = task.phrase or task.schedule
    if phrase.source is None:
        yield Claim(f"{at}/schedule", plain(phrase.text), How.CELL, own, Role.SCHEDULE)
    for index, output in enumerate(task.outputs):
        yield Claim(f"{at}/outputs/{index}", plain(output), How.PART, own, Role.OUTPUTS)


def _of_indicator(row: Indicator) -> Iterator[Claim]:
    at = f"indicators/{row.id}"
    own = parent_of(row.id) or row.id
    if parent_of(row.id) or "name" in row.as_issued:
        yield Claim(f"{at}/name", plain(row.name), How.PART, own)
    yield Claim(f"{at}/as_issued/lead", plain(row.as_issued.get("lead", "")), How.CELL, own, Role.LEAD)
    yield Claim(f"{at}/as_issued/role", plain(row.as_issued.get("role", "")), How.HEAD, own, Role.LEAD)
    yield Claim(f"{at}/unit", plain(row.unit or ""), How.PART, own, Role.UNIT)
    for path, text in row.wording.items():
        _, key, *scope = path.split("/", 2)
        if not scope and _is_respelt(text, row.printed_targets.get(key, "")):
            # What the document prints is claimed below.
            continue
        # The whole cell of a target may be kept beside its parts.
        how = How.PART if own != row.id or key in row.printed_targets else How.CELL
        if scope:
            yield Claim(f"{at}/{path}", plain(text), How.SCOPED, own, Role.TARGET, key, plain(scope[0]))
            yield Claim(f"{at}/{path}", plain(scope[0]), How.PART, own, Role.TARGET, key)
        else:
            yield Claim(f"{at}/{path}", plain(text), how, own, Role.TARGET, key)
    for key, text in row.printed_targets.items():
        how = How.PART if own != row.id else How.CELL
        yield Claim(f"{at}/as_issued/targets/{key}", plain(text), how, own, Role.TARGET, key)
    for year, level in row.baseline.items():
        yield Claim(f"{at}/baseline/{year}", plain(level or ""), How.PART, own)
