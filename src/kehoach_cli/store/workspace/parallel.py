"""Checking the files of a workspace on several processors, with the same findings in the same order as on one."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from kehoach_cli.core.model.finding import Finding
from kehoach_cli.store.cache.remember import Memory
from kehoach_cli.store.cache.stored import Checked
from kehoach_cli.store.workspace.load import Check, Survey

# A file and the name messages give it.
_File: TypeAlias = tuple[Path, str]
_Found: TypeAlias = Iterator[tuple[str, list[Finding]]]


def check_all(survey: Survey, check: Check, jobs: int | None = None, rules: str = "") -> _Found:
    """Yield name and findings of each file that `documents` yields, in its order.

    Plans are checked by up to `jobs` processes (default: one for each processor) where that is worth it; `check` must be
    something other processes can be given. `rules` is the key of all that `check` depends on besides the file, the registries
    and the settings of reading: what did not change since an earlier run with the same key is not checked again (empty: all
    is, and nothing is kept).
    """
    with Memory(rules, survey) as memory:
        yield from _registries(survey, check, memory)
        yield from _plans(survey, check, memory, jobs)
    for files in survey.strange_plans:
        yield from _one_by_one(survey, check, files, {})
    for document in survey.reports():
        yield document.file, check(document)[0]


def _registries(survey: Survey, check: Check, memory: Memory) -> _Found:
    files = zip(survey.registry_files, memory.registries(), strict=True)
    for number, ((path, shown), known) in enumerate(files):
        checked = known or memory.put(survey.checked_registry(number, check), path, shown)
        yield from _asked(survey, checked, shown)
    for document in survey.strange_registries():
        yield document.file, check(document)[0]


def _plans(survey: Survey, check: Check, memory: Memory, jobs: int | None) -> _Found:
    stored = memory.plans()
    files = list(zip(survey.plan_files, stored, strict=True))
    missing = [file for file, known in files if not known]
    fresh = _fresh(survey, check, missing, jobs) if missing else iter(())
    seen: dict[str, str] = {}
    for (path, shown), known in files:
        checked = known or memory.put(next(fresh), path, shown)
        plan_id = checked.about.plan_id
        if plan_id in seen:
            # Checked by itself it knew nothing of the other file.
            yield from _one_by_one(survey, check, [path], seen)
            continue
        if plan_id:
            seen[plan_id] = shown
        survey.keep(checked.plan)
        yield from _asked(survey, checked, shown)


def _asked(survey: Survey, checked: Checked, shown: str) -> _Found:
    if survey.asks(checked.about) and checked.found is not None:
        yield shown, checked.found


def _one_by_one(survey: Survey, check: Check, files: Iterable[Path], seen: dict[str, str]) -> _Found:
    for document in survey.plans(files, seen):
        yield document.file, check(document)[0]


def _fresh(survey: Survey, check: Check, files: list[_File], jobs: int | None) -> Iterator[Checked]:
    from kehoach_cli.store.files.processes import shared

    # Another process has the registries, or is given what was understood of them.
    _ = survey.directory, survey.lasting
    return shared(_ByItself(survey, check), files, jobs)


class _ByItself:
    """Checking a plan as if there were no other, which other processes can do."""

    def __init__(self, survey: Survey, check: Check) -> None:
        self._survey = survey
        self._check = check

    def __call__(self, file: _File) -> Checked:
        return self._survey.checked_plan(*file, self._check)
