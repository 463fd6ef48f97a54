"""Shares work on many files among processes; the results come in the order of the files."""

import gc
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain, islice
from typing import Any, TypeVar

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")

# Below this many files for each process, starting one takes longer than it saves.
_WORTH = 24
_BATCH = 8


def processors() -> int:
    """Return how many processors this process may use."""
    with suppress(AttributeError, OSError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def shared(work: Callable[[ItemT], ResultT], items: list[ItemT], jobs: int | None = None) -> Iterator[ResultT]:
    """Return what `work` makes of each item; the work begins at once.

    Up to `jobs` processes (default: one for each processor) share the items where that is worth it. If a process dies, its items
    are done here. It must be possible to pickle `work`, the items and the results.
    """
    results = _shared(work, items, jobs)
    # Fork now (for the second item), before a thread draws a progress bar.
    return chain(list(islice(results, 2)), results)


def _shared(work: Callable[[ItemT], ResultT], items: list[ItemT], jobs: int | None) -> Iterator[ResultT]:
    done = 0
    workers = min(jobs or processors(), len(items) // _WORTH)
    if workers > 1:
        from concurrent.futures.process import BrokenProcessPool

        # Forked processes inherit what the first item makes this process import and compile.
        yield work(items[0])
        done = 1
        with suppress(BrokenProcessPool, OSError):
            for result in _by_others(work, items[1:], workers):
                yield result
                done += 1
    yield from map(work, items[done:])


def _by_others(work: Callable[[ItemT], ResultT], items: list[ItemT], workers: int) -> Iterator[ResultT]:
    from concurrent.futures import ProcessPoolExecutor

    batches = [items[start : start + _BATCH] for start in range(0, len(items), _BATCH)]
    # The garbage collector would write to the memory that forked processes share, and so copy it.
    gc.freeze()
    pool = ProcessPoolExecutor(workers, initializer=_begin, initargs=(work,))
    try:
        for results in pool.map(_do, batches):
            yield from results
    finally:
        pool.shutdown(cancel_futures=True)


class _Work:
    """The work of this process."""

    do: Callable[[Any], Any]


def _begin(work: Callable[[Any], Any]) -> None:
    # Ctrl-C reaches every process of a terminal; the parent reports it and ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _Work.do = staticmethod(work)


def _do(items: list[Any]) -> list[Any]:
    return [_Work.do(item) for item in items]
