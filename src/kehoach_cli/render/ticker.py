"""A progress bar on stderr, for work that takes longer than a second on a terminal."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

ItemT = TypeVar("ItemT")
_PATIENCE = 1.0


def ticked(items: Iterable[ItemT], label: str) -> Iterator[ItemT]:
    """Yield the items, showing their count once the work has taken longer than a second; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield from items
        return
    started = time.monotonic()
    iterator = enumerate(items, 1)
    for _, item in iterator:
        yield item
        if time.monotonic() - started > _PATIENCE:
            break
    else:
        return
    yield from _shown(iterator, label)


def _shown(iterator: Iterator[tuple[int, ItemT]], label: str) -> Iterator[ItemT]:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}: {task.completed}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(label, total=None)
        for number, item in iterator:
            progress.update(task, completed=number)
            yield item
