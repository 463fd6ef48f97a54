"""Checking the files of a workspace on several processors, with the same findings in the same order as on one."""

import os
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from kehoach_cli.core.finding import Finding
from kehoach_cli.store.remember import Memory
from kehoach_cli.store.stored import Checked
from kehoach_cli.store.workspace import Check, Survey

# A file and the name messages give it.
_File: TypeAlias = tuple[Path, str]
_Found: TypeAlias = Iterator[tuple[str, list[Finding]]]

# A process that starts anew reads the registries again; below this many files for each it is not worth it.
_WORTH = 24
_BATCH = 8


def processors() -> int:
    """Return how many processors this process may use."""
    with suppress(AttributeError, OSError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def check_all(survey: Survey, check: Check, jobs: int | None = None, rules: str = "") -> _Found:
    """Yield name and findings of each file that `documents` yields, in its order.

    Plans are checked by up to `jobs` processes (default: one for each processor) where that is worth it; `check` must be
    something other processes can be given. `rules` is the key of all that `check` depends on besides the file, the registries
    and the settings of reading: what did not change since an earlier run with the same key is not checked again (empty: all
    is, and nothing is kept).
    """
    with Memory(rules, survey) as memory:
        yield from _registries(survey, check, memory)
        yield from _plans(survey, check, memory, jobs or processors())
    for files in survey.strange_plans:
        yield from _one_by_one(survey, check, files, {})
    for document in survey.reports():
        yield document.file, check(document)[0]


def _registries(survey: Survey, check: Check, memory: Memory) -> _Found:
    files = zip(survey.registry_files, memory.registries(), strict=True)
    for number, ((_, shown), known) in enumerate(files):
        checked = known or survey.checked_registry(number, check)
        if not known:
            memory.put(checked, shown)
        yield from _asked(survey, checked, shown)
    for document in survey.strange_registries():
        yield document.file, check(document)[0]


def _plans(survey: Survey, check: Check, memory: Memory, jobs: int) -> _Found:
    stored = memory.plans()
    files = list(zip(survey.plan_files, stored, strict=True))
    missing = [file for file, known in files if not known]
    fresh = _fresh(survey, check, missing, min(jobs, len(missing) // _WORTH))
    seen: dict[str, str] = {}
    for (path, shown), known in files:
        checked = known or next(fresh)
        if not known:
            memory.put(checked, shown)
        plan_id = checked.about.plan_id
        if plan_id in seen:
            # Checked by itself it knew nothing of the other file.
            yield from _one_by_one(survey, check, [path], seen)
            continue
        if plan_id:
            seen[plan_id] = shown
        survey.keep(checked.reading.value if checked.reading else None)
        yield from _asked(survey, checked, shown)


def _asked(survey: Survey, checked: Checked, shown: str) -> _Found:
    if survey.asks(checked.about) and checked.found is not None:
        yield shown, checked.found


def _one_by_one(survey: Survey, check: Check, files: Iterable[Path], seen: dict[str, str]) -> _Found:
    for document in survey.plans(files, seen):
        yield document.file, check(document)[0]


def _fresh(survey: Survey, check: Check, files: list[_File], workers: int) -> Iterator[Checked]:
    """Yield what checking each plan by itself gives; what a process that died leaves is checked here."""
    done = 0
    if workers > 1:
        with suppress(BrokenProcessPool, OSError):
            for checked in _shared(survey, check, files, workers):
                yield checked
                done += 1
    for path, shown in files[done:]:
        yield survey.checked_plan(path, shown, check)


def _shared(survey: Survey, check: Check, files: list[_File], workers: int) -> Iterator[Checked]:
    # A process that is forked has the registries already.
    _ = survey.directory
    pool = ProcessPoolExecutor(workers, initializer=_begin, initargs=(survey, check))
    try:
        for batch in pool.map(_checked, _batches(files)):
            yield from batch
    finally:
        pool.shutdown(cancel_futures=True)


def _batches(files: Iterable[_File]) -> Iterator[list[_File]]:
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


def _checked(files: list[_File]) -> list[Checked]:
    return [_Work.survey.checked_plan(path, shown, _Work.check) for path, shown in files]
