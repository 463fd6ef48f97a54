"""Checking the files of a workspace one by one: by several processes, and only what is not known from an earlier run."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.finding import Finding
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.store.cache.database import Cache, cache_folder
from kehoach_cli.store.cache.keys import hash_of
from kehoach_cli.store.cache.values import LintEntry, LintFacts, decoded_or_none, encoded_or_none
from kehoach_cli.store.files.git_changes import ChangedFiles
from kehoach_cli.store.readers.lock import read_lock
from kehoach_cli.store.readers.read_file import FileContent, LoadedFile, ReadForm, read_file, source_file
from kehoach_cli.store.workspace.affected import Affected, facts_of
from kehoach_cli.store.workspace.amended_plans import AmendedPlans
from kehoach_cli.store.workspace.baseline import Baseline, ids_of
from kehoach_cli.store.workspace.locks import locks_in
from kehoach_cli.store.workspace.paths import (
    NamedFile,
    Root,
    amendment_files,
    lock_files,
    outside_files,
    progress_files,
    record_files,
    shown_path,
)
from kehoach_cli.store.workspace.reader import (
    EncodedFile,
    PlanReader,
    WorkspaceReader,
    encoded_file,
    known_or_fresh,
    lock_source,
    read_legal_file,
    read_outside_registry,
    read_submissions,
    submission_source,
    unusable_plans,
)
from kehoach_cli.store.workspace.settings import Settings

# Checks a file, and tells whether the next run would find the same.
Check: TypeAlias = Callable[[SourceFile], tuple[Any, bool]]
_Found: TypeAlias = Iterator[tuple[str, Any]]
_NOBODY: Mapping[str, str] = MappingProxyType({})


class LintScope(Struct, frozen=True):
    """Which files are checked: those `wanted` (None: all of the workspace), also from outside its folders.

    With `changed`, only the files among them and what depends on one of these: the plans of a registry, the progress files of a
    plan, and files that name something unknown. The rules then also see what changed in each file.
    """

    wanted: frozenset[Path] | None = None
    changed: ChangedFiles | None = None


class LintOptions(Struct, frozen=True):
    """How files are checked.

    Up to `jobs` processes (default: one for each processor) share the plans where that is worth it. `rules` is the key of all
    that the check depends on besides the file, the registries and the settings of reading: what did not change since an earlier
    run with the same key is not checked again (empty: everything is checked, and nothing is kept). Workbooks are checked where
    `read_form` reads them.
    """

    jobs: int | None = None
    rules: str = ""
    read_form: ReadForm | None = None


class WorkspaceNames:
    """What a check has met: the registries, and the ids of plans; None where a file that is broken may hold another one.

    `gone` are findings on files that were deleted since an older version, with their paths.
    """

    def __init__(self) -> None:
        """Start with nothing met."""
        self.directory: Directory | None = None
        self.plans: frozenset[str] | None = None
        self.gone: tuple[tuple[Path, Finding], ...] = ()


def check_files(
    root: Root,
    settings: Settings,
    check: Check,
    scope: LintScope | None = None,
    options: LintOptions | None = None,
    names: WorkspaceNames | None = None,
) -> _Found:
    """Yield the name of each file and what `check` finds in it: registries, then plans, then progress files.

    `check` must be something that other processes can be given. A plan is let go before the next is read, unless progress files
    speak of it. What the workspace has goes into `names`.
    """
    options = options or LintOptions()
    with Cache(cache_folder() if options.rules else None, root.folder.absolute()) as cache:
        run = _Run(root, settings, check, scope or LintScope(), _LintCache(cache, options.rules), options.read_form)
        yield from run.registries()
        yield from run.plans(options.jobs)
        yield from run.legal()
        yield from run.amendments()
        yield from run.records()
        if names:
            names.directory, names.plans = run.directory, run.plan_ids
        yield from run.submissions()
        if names:
            names.gone = tuple(run.gone())


def source_files(root: Root, settings: Settings, scope: LintScope | None = None) -> Iterator[SourceFile]:
    """Yield the files of a workspace as the rules see them."""
    for _, source in check_files(root, settings, lambda source: (source, True), scope, LintOptions(jobs=1)):
        yield source


class _Checked(Struct, frozen=True):
    """What checking one file by itself gave; `plan` is its plan where progress files may speak of it."""

    facts: LintFacts
    found: Any
    lasting: bool = False
    key: str = ""
    encoded: EncodedFile | None = None
    plan: Plan | None = None


class _CheckPlan(Struct, frozen=True):
    """Checks a plan; other processes can do this."""

    reader: PlanReader
    check: Check
    affected: Affected
    needs_plans: bool
    baseline: Baseline | None

    def __call__(self, file: NamedFile, taken: Mapping[str, str] = _NOBODY) -> _Checked:
        """Return what checking a plan gives; `taken` are the ids of other plans with their files."""
        content = FileContent(*file)
        read = self.reader.read(content)
        if read.plan and read.plan.id in taken:
            read = read.with_id_taken(taken[read.plan.id])
        facts = facts_of(read, "plan")
        found, lasting = None, True
        if self.affected.asks("plan", content.path, facts):
            source = source_file(read, "plan", self.reader.directory)
            if self.baseline:
                source = self.baseline.compared(source, content.path)
            found, lasting = self.check(source)
            lasting = lasting and not (self.baseline and self.baseline.has(content.path))
        encoded = encoded_file(self.reader, content, read) if self.needs_plans and read.plan else None
        return _Checked(facts, found, lasting and read.lasting, self.reader.key(content), encoded)


class _LintCache:
    """What earlier runs found in the files of a workspace by the same rules; without a key, nothing is known or kept."""

    def __init__(self, cache: Cache, rules: str) -> None:
        self.cache = cache
        self._rules = rules

    def get(self, *parts: str) -> _Checked | None:
        entry = decoded_or_none(self.cache.get(self._key(*parts)), LintEntry) if self._rules else None
        return _Checked(entry.facts, entry.findings) if entry else None

    def put(self, checked: _Checked, *parts: str) -> None:
        if not self._rules:
            return
        found = None if checked.found is None else tuple(checked.found)
        if data := encoded_or_none(LintEntry(checked.facts, found)):
            self.cache.put(self._key(*parts), data)

    def _key(self, *parts: str) -> str:
        return hash_of("lint", self._rules, *parts)


class _Run:
    """One check of the files of a workspace, kind by kind."""

    def __init__(
        self,
        root: Root,
        settings: Settings,
        check: Check,
        scope: LintScope,
        known: _LintCache,
        read_form: ReadForm | None,
    ) -> None:
        self._check = check
        self._root, self._settings, self._changed = root, settings, scope.changed
        self._affected = Affected(root, scope.wanted, scope.changed.files if scope.changed else None)
        outside = outside_files(root, scope.wanted or frozenset())
        self._outside_registries = outside.pop("registry", [])
        self._outside_legal = outside.pop("legal", [])
        self._amending, self._outside_amendments = amendment_files(root), outside.pop("amendment", [])
        # The plans with the text in force on a day.
        self._amended: Callable[[date | None], AmendedPlans] | None = None
        self._read_form = read_form
        self._records = [*record_files(root), *outside.pop("source", [])]
        own_locks = lock_files(root.folder / "progress") if not root.builtin else []
        self._locks = [*((path, shown_path(path)) for path in own_locks), *outside.pop("lock", [])]
        self._folder = root.folder / "progress"
        forms = outside.pop("form", []) if read_form else []
        own = [(path, shown_path(path)) for path in progress_files(root, forms=read_form is not None)]
        self._progress = [*own, *outside.pop("progress", []), *forms]
        outside.pop("form", None)
        self._outside_plans = tuple(outside.values())
        self._files = WorkspaceReader(root, settings, known.cache)
        self._known = known
        # The names of registries stand in findings on them.
        self._place = (self._files.read_with, *(shown for _, shown in self._files.registry_files))
        self._plans: list[Plan] = []
        self._submissions: list[Submission] = []
        self._broken: list[NamedFile] = []
        self._ids: set[str] = set()

    @property
    def directory(self) -> Directory | None:
        """The registries of the workspace; None where one of them is broken."""
        found = self._files.directory
        return found if len(found.registries) == len(self._files.registry_files) else None

    @property
    def plan_ids(self) -> frozenset[str] | None:
        """The ids of the plans; None where one of them does not tell its id."""
        return None if "" in self._ids else frozenset(self._ids)

    @property
    def _needs_plans(self) -> bool:
        """Whether other files than plans speak of them."""
        return bool(self._progress or self._locks or self._amending or self._outside_amendments)

    @cached_property
    def _baseline(self) -> Baseline | None:
        """The older version, where one was asked for."""
        if self._changed is None:
            return None
        strict = self._settings.strict_before
        return Baseline(self._root, self._changed, self._files.directory, strict, self._read_form)

    def gone(self) -> Iterator[tuple[Path, Finding]]:
        """Yield the files that only the older version has, each with its finding. Ask when all files were checked."""
        if self._baseline is None:
            return
        baseline = replace(self._baseline, plans=tuple(self._plans))
        yield from baseline.gone("registry", self._files.directory.registries)
        yield from baseline.gone("plan", self._ids)
        yield from baseline.gone("progress", ids_of(tuple(self._submissions)))
        yield from baseline.gone_amendments()

    def registries(self) -> _Found:
        """Yield what is found in the registries, those of the workspace first."""
        for number, (path, shown) in enumerate(self._files.registry_files):
            checked = self._asked("registry", path, self._known.get("registry", *self._place, shown))
            if checked is None:
                checked = self._checked_registry(path, self._files.fresh_registries()[number])
                if checked.lasting:
                    self._known.put(checked, "registry", *self._place, shown)
            yield from self._answer("registry", (path, shown), checked)
        for file in self._outside_registries:
            read = read_outside_registry(FileContent(*file), self._files.directory)
            yield from self._answer("registry", file, self._checked_registry(file[0], read))

    def plans(self, jobs: int | None) -> _Found:
        """Yield what is found in the plans. An id outside the workspace, in a draft say, does not clash with one inside."""
        files, keys = self._files.plan_files, self._files.plan_keys
        self._known.cache.want(keys)
        known = [self._known_plan(file, key) for file, key in zip(files, keys, strict=True)]
        yield from self._plans_of(files, known, jobs)
        for outside in self._outside_plans:
            yield from self._plans_of(outside, [None] * len(outside), 1, keep=False)

    def legal(self) -> _Found:
        """Yield what is found in registers of replaced legal documents."""
        for path, shown in self._files.legal_files:
            checked = self._asked("legal", path, self._known.get("legal", *self._place, shown))
            if checked is None:
                checked = self._checked_legal(path, shown)
                if checked.lasting:
                    self._known.put(checked, "legal", *self._place, shown)
            yield from self._answer("legal", (path, shown), checked)
        for file in self._outside_legal:
            yield from self._answer("legal", file, self._checked_legal(*file))

    def _checked_legal(self, path: Path, shown: str) -> _Checked:
        read = read_legal_file(FileContent(path, shown))
        found, lasting = self._check(source_file(read, "legal", self._files.directory))
        return _Checked(facts_of(read, "legal"), found, lasting and read.lasting)

    def amendments(self) -> _Found:
        """Yield what is found in the amendments, each applied to the plan it amends."""
        files = [*self._amending, *self._outside_amendments]
        if not files:
            return
        from kehoach_cli.store.workspace.amendments import AmendmentReader

        broken = frozenset(unusable_plans(self._broken))
        reader = AmendmentReader(self._files.directory, self._settings.strict_before, broken)
        read = reader.read(files, self._plans)
        self._amended = partial(reader.in_force, read[: len(self._amending)], self._plans)
        for (path, shown), one in zip(files, read, strict=True):
            if self._affected.asks("amendment", path, facts_of(one, "amendment")):
                yield shown, self._check(source_file(one, "amendment", self._files.directory))[0]

    def records(self) -> _Found:
        """Yield what is found in the source records."""
        if not self._records:
            return
        # A warm run without records needs nothing that reads files.
        from kehoach_cli.store.workspace.records import read_record

        for path, shown in self._records:
            read = read_record(FileContent(path, shown))
            if self._affected.asks("source", path, facts_of(read, "source")):
                yield shown, self._check(source_file(read, "source", self._files.directory))[0]

    def submissions(self) -> _Found:
        """Yield what is found in the progress files and in the locks on them, once all plans were read."""
        if not self._progress and not self._locks:
            return
        catalogue = self._catalogue(None)
        read = [(file, self._submission(file, catalogue)) for file in self._progress]
        values = (one.value for _, one in read)
        self._submissions = [one for value in values if isinstance(value, tuple) for one in value]
        locks = [(file, read_file(FileContent(*file), read_lock)) for file in self._locks]
        closed = locks_in([one for _, one in locks])
        catalogue = Catalogue(catalogue.plans, catalogue.directory, tuple(self._submissions), locks=closed)
        baseline = replace(self._baseline, plans=catalogue.plans) if self._baseline else None
        for (path, shown), one in read:
            if self._affected.asks_submission(path, one):
                source = submission_source(one, catalogue, self._folder)
                yield shown, self._check(baseline.compared(source, path) if baseline else source)[0]
        for (path, shown), one in locks:
            if self._affected.asks_lock(path):
                yield shown, self._check(lock_source(one, catalogue))[0]

    def _catalogue(self, day: date | None) -> Catalogue:
        """Return the plans as they are in force on a day (None: with every amendment)."""
        plans = self._amended(day).plans if self._amended else tuple(self._plans)
        return Catalogue(plans, self._files.directory, unusable=unusable_plans(self._broken))

    def _submission(self, file: NamedFile, catalogue: Catalogue) -> LoadedFile:
        """Return a progress file, read against the text in force at the end of its period."""
        content = FileContent(*file)
        read = read_submissions(content, catalogue, self._read_form)
        if self._amended is None or not isinstance(read.value, tuple) or not read.value:
            return read
        day = max(one.period.last_day for one in read.value)
        return read_submissions(content, self._catalogue(day), self._read_form)

    def _plans_of(
        self, files: list[NamedFile], known: list[_Checked | None], jobs: int | None, *, keep: bool = True
    ) -> _Found:
        taken: dict[str, str] = {}
        results = known_or_fresh(known, files, self._work, jobs)
        for file, result in zip(files, results, strict=True):
            plan = self._kept(file, result, keep=keep)
            if result.facts.plan_id in taken:
                # It was checked by itself, without knowledge of the other file.
                yield from self._answer("plan", file, self._work()(file, taken))
                continue
            if result.facts.plan_id is None:
                self._broken.append(file)
            else:
                taken[result.facts.plan_id] = file[1]
            if keep:
                self._ids |= {result.facts.plan_id} if result.facts.plan_id else set(result.facts.ids) or {""}
            self._plans += [plan] if plan else []
            yield from self._answer("plan", file, result)

    def _work(self) -> _CheckPlan:
        return _CheckPlan(self._files.plan_reader, self._check, self._affected, self._needs_plans, self._baseline)

    def _known_plan(self, file: NamedFile, key: str) -> _Checked | None:
        checked = self._asked("plan", file[0], self._known.get("plan", *self._place, file[1], key))
        if checked is None or checked.facts.plan_id is None or not self._needs_plans:
            return checked
        cached_plan = self._files.cached_plan(file, key)
        plan = cached_plan.plan if cached_plan else None
        return _Checked(checked.facts, checked.found, plan=plan) if plan else None

    def _asked(self, kind: str, path: Path, checked: _Checked | None) -> _Checked | None:
        """Return what is known of a file; None where it was not asked for then and is now, and where it is to be compared."""
        if checked and self._affected.asks(kind, path, checked.facts):
            return None if checked.found is None or self._is_compared(path) else checked
        return checked

    def _is_compared(self, path: Path) -> bool:
        return self._baseline is not None and self._baseline.has(path)

    def _checked_registry(self, path: Path, read: LoadedFile) -> _Checked:
        facts = facts_of(read, "registry")
        if not self._affected.asks("registry", path, facts):
            return _Checked(facts, None, self._files.lasting)
        source = source_file(read, "registry", self._files.directory)
        found, lasting = self._check(self._baseline.compared(source, path) if self._baseline else source)
        return _Checked(facts, found, lasting and self._files.lasting and not self._is_compared(path))

    def _kept(self, file: NamedFile, checked: _Checked, *, keep: bool) -> Plan | None:
        """Keep what was found for the next run (with `keep`), and return the plan where progress files need it."""
        if keep and checked.lasting and self._files.lasting:
            self._known.put(checked, "plan", *self._place, file[1], checked.key)
        return self._files.keep(file, checked.encoded, lasting=keep).plan if checked.encoded else checked.plan

    def _answer(self, kind: str, file: NamedFile, checked: _Checked) -> _Found:
        if self._affected.asks(kind, file[0], checked.facts) and checked.found is not None:
            yield file[1], checked.found
