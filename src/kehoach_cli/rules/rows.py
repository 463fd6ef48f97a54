"""The rows of a plan, each with its key path: what the rules of several families go through."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.plan import Indicator, Plan, Section, Task

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


def _numbered(key: str, rows: Iterable[RowT]) -> Iterator[tuple[KeyPath, RowT]]:
    return (((key, index), row) for index, row in enumerate(rows))
