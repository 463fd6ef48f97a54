"""What checking the files of a workspace gave, kept for the next lint."""

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Self

from msgspec.structs import replace

from kehoach_cli.core.model.plan import Plan
from kehoach_cli.store.cache.cache import Cache, DamagedError, Entry, cache_folder, entry_of, hash_of
from kehoach_cli.store.cache.stored import Checked, checked_chunk, stored_checked, stored_plan
from kehoach_cli.store.workspace.load import Survey, plan_keys

# Findings of other selections, and plans that the other commands have meanwhile stored themselves.
_SPARE = 64 * 2**20


class Memory:
    """What earlier runs found in the files of a workspace by the same rules, and what this run adds.

    It has a file of its own in the cache folder, since other commands ask for other entries. Plans, which only reports need,
    are looked for in the file of those commands first; that one is only read here.
    """

    def __init__(self, rules: str, survey: Survey) -> None:
        """Open what there is for `rules`, the key of how files are checked; empty: nothing is known, nothing is kept."""
        folder = cache_folder() if rules else None
        self._survey = survey
        self._on = folder is not None
        self._cache = Cache(folder, survey.folder, "lint", _SPARE)
        self._others = Cache(folder if survey.needs_plans else None, survey.folder)
        self._key = hash_of("checked", rules, survey.read_with, *(shown for _, shown in survey.registry_files))

    def registries(self) -> list[Checked | None]:
        """Return what is known of each registry, None where it must be checked."""
        return [
            self._stored(self._key_of("registry", shown), path, "registry")
            for path, shown in self._survey.registry_files
        ]

    def plans(self) -> list[Checked | None]:
        """Return what is known of each plan, None where it must be checked."""
        files = self._survey.plan_files
        if not self._on:
            return [None] * len(files)
        keys = plan_keys(self._survey.read_with, [path for path, _ in files])
        return [self._plan(path, shown, key) for (path, shown), key in zip(files, list(keys), strict=True)]

    def put(self, checked: Checked, path: Path, shown: str) -> Checked:
        """Keep what checking a file gave, and return it with its plan read from where that is kept."""
        if self._on and checked.lasting:
            self._cache.put(self._key_of(checked.about.kind, shown, checked.key), [checked_chunk(checked)])
        if not checked.lines:
            return checked
        entry = self._others.get(checked.key) or (
            self._cache.put_lines(checked.key, checked.lines) if checked.lasting else entry_of(checked.lines)
        )
        try:
            plan = self._plan_of(entry, path, shown)
        except DamagedError:
            plan = self._plan_of(entry_of(checked.lines), path, shown)
        return replace(checked, plan=plan, lines=())

    def _plan_of(self, entry: Entry, path: Path, shown: str) -> Plan | None:
        plan: Plan | None = stored_plan(entry, shown, partial(self._survey.reread, path)).value
        return plan

    def _key_of(self, kind: str, shown: str, key: str = "") -> str:
        return hash_of(kind, self._key, shown, key)

    def _stored(self, key: str, path: Path, kind: str) -> Checked | None:
        with suppress(DamagedError):
            if (entry := self._cache.get(key)) is not None:
                checked = stored_checked(entry, str(path), kind)
                if checked.found is not None or not self._survey.asks(checked.about):
                    return checked
        return None

    def _plan(self, path: Path, shown: str, key: str) -> Checked | None:
        checked = self._stored(self._key_of("plan", shown, key), path, "plan")
        if checked is None or checked.about.plan_id is None or not self._survey.needs_plans:
            return checked
        for cache in (self._others, self._cache):
            with suppress(DamagedError):
                if (entry := cache.get(key)) is not None:
                    return replace(checked, plan=self._plan_of(entry, path, shown))
        return None

    def __enter__(self) -> Self:
        self._cache.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        """Keep what was added, unless something went wrong."""
        self._cache.__exit__(kind, *rest)
