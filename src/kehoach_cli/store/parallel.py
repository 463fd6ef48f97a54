"""Checking the files of a workspace on several processors, with the same findings in the same order as on one."""

import gc
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from kehoach_cli.core.document import Document
from kehoach_cli.core.finding import Finding
from kehoach_cli.core.plan import Plan
from kehoach_cli.record import record
from kehoach_cli.store.settings import Settings
from kehoach_cli.store.workspace import Root, Survey

Check: TypeAlias = Callable[[Document], list[Finding]]

# A process that starts anew reads the registries again; below this many files for each it is not worth it.
_WORTH = 24
_BATCH = 8


def processors() -> int:
    """Return how many processors this process may use."""
    with suppress(AttributeError, OSError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def check_all(
    root: Root,
    settings: Settings,
    check: Check,
    wanted: frozenset[Path] | None = None,
    changed: frozenset[Path] | None = None,
    jobs: int | None = None,
) -> Iterator[tuple[str, list[Finding]]]:
    """Yield name and findings of each file that `documents` yields, in its order.

    Plans are checked by up to `jobs` processes (default: one for each processor) where that is worth it; `check` must be
    something other processes can be given.
    """
    survey = Survey(root, settings, wanted, changed)
    for document in survey.registries():
        yield document.file, check(document)
    own, *strange = survey.plan_files
    workers = min(jobs or processors(), len(own) // _WORTH)
    # What changed tells which reports to look at, and is kept in one process.
    if workers > 1 and changed is None:
        seen: dict[str, str] = {}
        # What the first plan makes this process import, compile and remember, a process forked from it has already.
        yield from _one_by_one(survey, check, own[:1], seen)
        yield from _Pool(survey, check, workers).plans(own[1:], seen)
    else:
        yield from _one_by_one(survey, check, own, {})
    for files in strange:
        yield from _one_by_one(survey, check, files, {})
    for document in survey.reports():
        yield document.file, check(document)


def _one_by_one(
    survey: Survey, check: Check, files: Iterable[Path], seen: dict[str, str]
) -> Iterator[tuple[str, list[Finding]]]:
    for document in survey.plans(files, seen):
        yield document.file, check(document)


@record
class _Result:
    """What another process found in one file: its id and the plan (where reports need it); not asked for: no findings."""

    ids: dict[str, str]
    kept: list[Plan]
    found: list[tuple[str, list[Finding]]]


class _Pool:
    """The processes that share the plans of a workspace."""

    def __init__(self, survey: Survey, check: Check, workers: int) -> None:
        self._survey = survey
        self._check = check
        self._workers = workers

    def plans(self, files: list[Path], seen: dict[str, str]) -> Iterator[tuple[str, list[Finding]]]:
        """Yield name and findings of each plan; what a process that died leaves is checked here."""
        from concurrent.futures.process import BrokenProcessPool

        done = 0
        with suppress(BrokenProcessPool, OSError):
            for result in self._results(files):
                yield from self._taken(result, files[done], seen)
                done += 1
        yield from _one_by_one(self._survey, self._check, files[done:], seen)

    def _results(self, files: list[Path]) -> Iterator[_Result]:
        from concurrent.futures import ProcessPoolExecutor

        # Collecting what is alive anyway would copy the memory that forked processes share.
        gc.freeze()
        pool = ProcessPoolExecutor(self._workers, initializer=_begin, initargs=(self._survey, self._check))
        try:
            for batch in pool.map(_checked, _batches(files)):
                yield from batch
        finally:
            pool.shutdown(cancel_futures=True)

    def _taken(self, result: _Result, path: Path, seen: dict[str, str]) -> Iterator[tuple[str, list[Finding]]]:
        if result.ids.keys() & seen.keys():
            # An id used twice is a matter of the order of files, which no other process knows.
            yield from _one_by_one(self._survey, self._check, [path], seen)
            return
        seen.update(result.ids)
        self._survey.kept += result.kept
        yield from result.found


def _batches(files: Iterable[Path]) -> Iterator[list[Path]]:
    rest = iter(files)
    while batch := list(islice(rest, _BATCH)):
        yield batch


class _Work:
    """What a process was given when it began."""

    survey: Survey
    check: Check


def _begin(survey: Survey, check: Check) -> None:
    # Ctrl-C reaches every process of a terminal; the first one says so and ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _Work.survey, _Work.check = survey, staticmethod(check)


def _checked(files: list[Path]) -> list[_Result]:
    results = []
    for path in files:
        ids: dict[str, str] = {}
        _Work.survey.kept.clear()
        found = list(_one_by_one(_Work.survey, _Work.check, [path], ids))
        results.append(_Result(ids, list(_Work.survey.kept), found))
    return results
