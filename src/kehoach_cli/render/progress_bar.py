"""A progress bar on stderr, for work that takes longer than a second on a terminal."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

ItemT = TypeVar("ItemT")
_PATIENCE = 1.0


def with_progress(items: Iterable[ItemT], label: str, total: int | None = None) -> Iterator[ItemT]:
    """Yield the items; show a progress bar after the first second if stderr is a terminal."""
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
    yield from _shown(iterator, label, total)


def _shown(iterator: Iterator[tuple[int, ItemT]], label: str, total: int | None) -> Iterator[ItemT]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    counted = (BarColumn(), MofNCompleteColumn()) if total else (TextColumn("{task.completed}"),)
    columns = (SpinnerColumn(), TextColumn("{task.description}:"), *counted, TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(label, total=total)
        for number, item in iterator:
            progress.update(task, completed=number)
            yield item
