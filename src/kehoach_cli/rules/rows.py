"""The rows of a plan, each with its key path: what the rules of several families go through."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.plan import Indicator, Passage, Plan, Section, Task

RowT = TypeVar("RowT")


def sections(plan: Plan | None) -> Iterator[tuple[KeyPath, Section]]:
    """Yield the sections of a plan; nothing without one."""
    return _numbered("sections", plan.sections if plan else ())


def tasks(plan: Plan | None) -> Iterator[tuple[KeyPath, Task]]:
    """Yield the tasks of a plan; nothing without one."""
    return _numbered("tasks", plan.tasks if plan else ())


def indicators(plan: Plan | None) -> Iterator[tuple[KeyPath, Indicator]]:
    """Yield the indicators of a plan; nothing without one."""
    return _numbered("indicators", plan.indicators if plan else ())


def items(plan: Plan | None) -> Iterator[tuple[KeyPath, Task | Indicator]]:
    """Yield the tasks and then the indicators of a plan; nothing without one."""
    yield from tasks(plan)
    yield from indicators(plan)


def passages(plan: Plan | None) -> Iterator[tuple[KeyPath, Passage]]:
    """Yield the objectives and the sources of funding of a plan; nothing without one."""
    yield from _numbered("objectives", plan.objectives if plan else ())
    yield from _numbered("funding", plan.funding if plan else ())


def ids(plan: Plan) -> set[str]:
    """Return the ids of the sections, rows and passages of a plan."""
    found = {section.id for section in plan.sections} | {task.id for task in plan.tasks}
    return found | {row.id for row in plan.indicators} | {row.id for row in (*plan.objectives, *plan.funding)}


def official_texts(plan: Plan | None) -> Iterator[tuple[KeyPath, str]]:
    """Yield what a plan file keeps of the document's own wording, apart from printed cells, each text with its key path."""
    if plan is None:
        return
    yield ("document", "title"), plan.document.title
    yield from (((*path, "text"), passage.text) for path, passage in passages(plan))
    yield from (((*path, "text"), clause.text) for path, clause in _numbered("clauses", plan.clauses))
    yield from (((*path, "title"), section.title) for path, section in sections(plan))
    for path, task in tasks(plan):
        yield (*path, "text"), task.text
        yield from (((*path, *at), text) for at, text in _numbered("outputs", task.outputs))
        yield from (((*path, *at, "text"), one.text) for at, one in _numbered("conditions", task.conditions))
    yield from (((*path, "name"), row.name) for path, row in indicators(plan))


def _numbered(key: str, rows: Iterable[RowT]) -> Iterator[tuple[KeyPath, RowT]]:
    return (((key, index), row) for index, row in enumerate(rows))
