"""Finding a workspace and loading everything in it; one broken file never hides the others."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Protocol, TypeAlias, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.forms.form import Filled
from kehoach_cli.core.model.agency import CENTRAL, Directory, Registry
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.finding import Finding, Severity, sorted_findings
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.core.model.source_file import Document
from kehoach_cli.errors import CannotRunError, UsageError, reason
from kehoach_cli.store.cache.cache import Cache, DamagedError, cache_folder, encoded, entry_of, hash_of
from kehoach_cli.store.cache.codec import built, plain
from kehoach_cli.store.cache.stored import (
    About,
    Checked,
    Reading,
    built_registry,
    plain_registry,
    plan_chunks,
    stored_plan,
    stored_values,
    values_chunks,
)
from kehoach_cli.store.files.reading import MAX_BYTES, files_in, plain_bytes, real_path
from kehoach_cli.store.workspace.settings import FILE_NAME, Settings, read_settings

if TYPE_CHECKING:
    from kehoach_cli.store.readers.judge import Judge


ItemT = TypeVar("ItemT")

# Above so many plans not in the cache they are shared by the processors, and not kept as they are read.
_FEW = 48
# So many files are hashed at a time.
_BATCH = 64
_YAML = (".yaml", ".yml")
_WORKBOOKS = (".xls", ".xlsx", ".xlsm", ".xlsb", ".xltx", ".xltm")

_KINDS = frozenset({"plan/1", "registry/1", "progress/1"})

# Within so many bytes stands the first key of a file, behind its comments.
_HEAD = 2**16

# A file and the name messages give it.
_File: TypeAlias = tuple[Path, str]

# Reads a filled workbook: its path, and the name messages give it.
ReadForm: TypeAlias = Callable[[Path, str], Filled]


class Watch(Protocol):
    """Passes items on as they come, and may tell the person how many of `total` there were."""

    def __call__(self, items: Iterable[ItemT], total: int) -> Iterator[ItemT]:
        """Yield the items."""


def unwatched(items: Iterable[ItemT], total: int) -> Iterator[ItemT]:
    """Pass the items on."""
    del total
    return iter(items)


# Gives the findings of a file, and whether they will be the same the next time.
Check: TypeAlias = Callable[[Document], tuple[list[Finding], bool]]


class Root(Struct, frozen=True):
    """Where the files are; `builtin` is the copy inside the installed package."""

    folder: Path
    builtin: bool = False


class Workspace(Struct, frozen=True):
    """What was loaded, what was wrong, and the files that could not be used at all.

    `reports` are the progress files as the rules see them, where they were asked for.
    """

    root: Root
    settings: Settings
    catalogue: Catalogue
    findings: tuple[Finding, ...]
    unusable: tuple[str, ...] = ()
    reports: tuple[Document, ...] = ()

    @property
    def errors(self) -> int:
        """How many of the findings are errors; a remark on a form leaves the workspace whole."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)


def find_root(given: Path | None, start: Path) -> Root:
    """Return the workspace `given`, else the nearest one upward of `start`, else the copy in the package.

    Raises:
        UsageError: the folder given is no workspace.
    """
    if given is not None:
        if not _is_workspace(given):
            raise UsageError(
                f'"{given}" không phải thư mục làm việc: không có {FILE_NAME} và không có tệp kế hoạch nào trong plans/'
            )
        return Root(given)
    for folder in (start, *start.parents):
        if _is_workspace(folder):
            return Root(folder)
    return Root(builtin_folder(), builtin=True)


def load(
    root: Root,
    progress: Iterable[Path] = (),
    *,
    read_form: ReadForm | None = None,
    keep_reports: bool = False,
    cached: bool = True,
    watch: Watch = unwatched,
) -> Workspace:
    """Return everything in the workspace at `root`, with reports from `progress` (default: its `progress/` folder).

    `read_form` reads a filled workbook; without it only YAML is read. With `keep_reports` the progress files can be judged by
    the rules afterwards.

    What did not change since an earlier run comes from the cache, unless that may not be used (`cached`); the result is the
    same. `watch` sees the plans as they come.

    Raises:
        CannotRunError: there is no plan that can be read.
    """
    settings, findings = settings_of(root)
    judged: list[tuple[Judge, list[Submission]]] = []
    with Cache(cache_folder() if cached else None, root.folder.absolute()) as cache:
        library = _Library(cache, root.folder / "plans", watch, strict_before=settings.strict_before)
        catalogue = Catalogue(library.plans, library.directory)
        files = _progress_files(root, tuple(progress), forms=read_form is not None)
        if keep_reports:
            judged = list(_submissions(files, catalogue, read_form))
            reports = [_reading(judge, tuple(found)) for judge, found in judged]
        else:
            reports = library.reports(files, catalogue, read_form)
    readings = (*library.readings, *reports)
    findings += [finding for reading in readings for finding in reading.findings]
    if not library.plans:
        details = [f"{f.file}:{f.line}:{f.column}: {f.code}: {f.message}" for f in sorted_findings(findings)]
        raise CannotRunError(f"không đọc được kế hoạch nào trong {shown_path(root.folder / 'plans')}", *details)
    loaded = Catalogue(library.plans, library.directory, tuple(one for reading in reports for one in reading.value))
    unusable = tuple(reading.file for reading in readings if reading.fatal)
    documents = tuple(_reports(judged, loaded)) if keep_reports else ()
    return Workspace(root, settings, loaded, tuple(sorted_findings(findings)), unusable, documents)


class _Library:
    """The registries and plans of a workspace, and the reports on them, from the cache as far as they are in it."""

    def __init__(self, cache: Cache, folder: Path, watch: Watch, *, strict_before: bool) -> None:
        self._cache = cache
        self._watch = watch
        self._strict = strict_before
        self._lasting = True
        registries = self._registries(folder / "agencies")
        self.directory = Directory({one.value.province: one.value for one in registries if one.value})
        plans = self._plans(folder)
        self.readings = (*registries, *plans)
        found = sorted((one for one in plans if one.value), key=lambda one: one.order)
        self.plans: tuple[Plan, ...] = tuple(one.value for one in found)

    def _registries(self, folder: Path) -> list[Reading]:
        sources = [_Source(path) for path in _yaml_in(folder)]
        self._key = _read_with(sources, strict_before=self._strict)
        key = hash_of("registries", self._key, *(source.shown for source in sources))
        with suppress(DamagedError):
            if (entry := self._cache.get(key)) is not None:
                return stored_values(entry, built_registry)
        readings = [_reading(judge, registry) for judge, registry in _read_registries(sources)]
        self._lasting = all(_lasting(reading.findings) for reading in readings)
        if self._lasting:
            self._cache.put(key, values_chunks(readings, plain_registry))
        return readings

    def _plans(self, folder: Path) -> list[Reading]:
        seen: dict[str, str] = {}
        readings: list[Reading] = []
        files = list(_shown_in(folder, _yaml_in(folder)))
        for reading in self._watch(self._each(files), total=len(files)):
            plan: Plan | None = reading.value
            if plan is None or plan.id not in seen:
                readings.append(reading)
                seen.update({plan.id: reading.file} if plan else {})
                continue
            clash = _id_clash(reading.file, plan.id, seen[plan.id], reading.id_mark)
            readings.append(replace(reading, value=None, fatal=True, findings=(*reading.findings, clash)))
        return readings

    def _each(self, files: list[_File]) -> Iterator[Reading]:
        """Yield each plan by itself: what is in the cache from there, the others as they are read."""
        self._plan_keys: list[str] = []
        keys = list(plan_keys(self._key, [path for path, _ in files]))
        missing = {file: None for file, key in zip(files, keys, strict=True) if key not in self._cache}
        many = missing if len(missing) > _FEW else {}
        read = self._read_many(list(many)) if many else iter(())
        for file, key in zip(files, keys, strict=True):
            yield next(read) if file in many else self._plan(*file, key)

    def _read_many(self, files: list[_File]) -> Iterator[Reading]:
        """Return plans as they would come from the cache: so many are neither read by one processor nor kept as they are."""
        from kehoach_cli.store.files.processes import shared

        work = _Encode(self.directory, self._key, strict_before=self._strict)
        return map(self._encoded, files, shared(work, files))

    def _encoded(self, file: _File, given: tuple[str, bool, list[bytes]]) -> Reading:
        path, shown = file
        key, lasting, lines = given
        self._plan_keys.append(key)
        entry = self._cache.put_lines(key, lines) if self._lasting and lasting else entry_of(lines)
        try:
            return stored_plan(entry, shown, partial(self._reread, path))
        except DamagedError:
            return stored_plan(entry_of(lines), shown, partial(self._reread, path))

    def _plan(self, path: Path, shown: str, key: str) -> Reading:
        with suppress(DamagedError):
            if (entry := self._cache.get(key)) is not None:
                self._plan_keys.append(key)
                return stored_plan(entry, shown, partial(self._reread, path))
        source = _Source(path, shown)
        # The file may have changed since it was hashed; what is read now counts.
        key = hash_of(self._key, *source.hashed)
        self._plan_keys.append(key)
        reading = self._read_plan(source)
        if self._lasting and _lasting(reading.findings):
            self._cache.put(key, plan_chunks(reading))
        return reading

    def _read_plan(self, source: "_Source") -> Reading:
        return _plan_reading(self.directory, source, strict_before=self._strict)

    def _reread(self, path: Path) -> Plan:
        plan: Plan | None = self._read_plan(_Source(path)).value
        return plan or _gone(path)

    def reports(self, files: Iterable[Path], catalogue: Catalogue, read_form: ReadForm | None) -> list[Reading]:
        """Return the submissions in progress files, one reading for each file; what they mean depends on all plans."""
        plans = hash_of(*self._plan_keys)
        readings: list[Reading] = []
        for source in map(_Source, files):
            key = hash_of("report", plans, source.shown, *source.hashed)
            reading = self._stored_report(key)
            if reading is None:
                judge, found = _submissions_in(source, catalogue, read_form)
                reading = _reading(judge, tuple(found))
                # A workbook is opened by its reader once more, and may be larger than what is hashed.
                whole = len(source.data or b"") <= MAX_BYTES
                if whole and self._lasting and _lasting(reading.findings) and _Source(source.path).data == source.data:
                    self._cache.put(key, values_chunks([reading], plain))
            readings.append(reading)
        return readings

    def _stored_report(self, key: str) -> Reading | None:
        with suppress(DamagedError):
            if (entry := self._cache.get(key)) is not None:
                return stored_values(entry, built)[0]
        return None


def _plan_reading(directory: Directory, source: "_Source", *, strict_before: bool) -> Reading:
    from kehoach_cli.store.readers.plan import read_plan

    plan, judge = None, _judge(source)
    with _own_faults(judge):
        plan = read_plan(judge, directory, strict_before=strict_before)
    return _reading(judge, plan)


class _Encode:
    """Reading a plan into what the cache keeps of it, which other processes can do."""

    def __init__(self, directory: Directory, read_with: str, *, strict_before: bool) -> None:
        self._directory = directory
        self._read_with = read_with
        self._strict = strict_before

    def __call__(self, file: _File) -> tuple[str, bool, list[bytes]]:
        """Return the key of a plan, whether it may be kept, and its encoded chunks."""
        source = _Source(*file)
        reading = _plan_reading(self._directory, source, strict_before=self._strict)
        key = hash_of(self._read_with, *source.hashed)
        return key, _lasting(reading.findings), encoded(plan_chunks(reading))


def _read_with(registries: Iterable["_Source"], *, strict_before: bool) -> str:
    """Return the key of what plans are read with; the names of registries stand in findings on these, and nowhere else."""
    return hash_of("plan", str(strict_before), *(part for source in registries for part in source.hashed))


def plan_keys(read_with: str, files: list[Path]) -> Iterator[str]:
    """Yield the key of each plan in the cache: the hashing of many files is shared by the processors."""

    def keys_of(some: list[Path]) -> list[str]:
        return [hash_of(read_with, *_Source(path, path.name).hashed) for path in some]

    batches = [files[start : start + _BATCH] for start in range(0, len(files), _BATCH)]
    if len(batches) <= 1:
        yield from (key for batch in batches for key in keys_of(batch))
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for keys in pool.map(keys_of, batches):
            yield from keys


class _Source:
    """One file as it is read: its bytes, None where it cannot be opened, and the name messages give it."""

    __slots__ = ("data", "fault", "path", "shown")

    def __init__(self, path: Path, shown: str = "") -> None:
        """Read the file; `shown` is its name where that is known."""
        self.path = path
        self.shown = shown or shown_path(path)
        self.data: bytes | None = None
        self.fault: OSError | None = None
        try:
            self.data = plain_bytes(path, MAX_BYTES)
        except OSError as error:
            self.fault = error

    @property
    def hashed(self) -> tuple[bytes, ...]:
        """What a key of the cache is made of: no file is as empty as one that cannot be opened."""
        return (b"-",) if self.data is None else (b"+", self.data)


def _reading(judge: "Judge", value: Any) -> Reading:
    plan = value if isinstance(value, Plan) else None
    order, mark = (_plan_order(plan), judge.mark(("id",))) if plan else ((), (1, 1))
    return Reading(judge.file, tuple(judge.findings), judge.fatal, value, order, mark)


def _lasting(findings: Iterable[Finding]) -> bool:
    """Whether findings say something of the file only: a file that could not be opened, or a fault of ours, may pass."""
    return not any(finding.code in {"K001", "K006"} for finding in findings)


def _id_clash(file: str, plan_id: str, other: str, mark: tuple[int, int]) -> Finding:
    message = f'mã kế hoạch "{plan_id}" đã dùng ở tệp "{other}"'
    return Finding("K105", Severity.ERROR, file, message, *mark, ("id",))


def settings_of(root: Root) -> tuple[Settings, list[Finding]]:
    """Return the settings of a workspace and what is wrong with them."""
    return read_settings(root.folder, shown_path(root.folder / FILE_NAME))


def files_at(root: Root, paths: tuple[Path, ...]) -> tuple[frozenset[Path] | None, tuple[str, ...]]:
    """Return the files named by `paths` (None: no path, every file), and those in a folder among them that are none of ours.

    A folder gives the files of the workspace in it and whatever begins with the key `kehoach`; hidden files and folders hold
    other programs' settings. A file named itself is always taken.

    Raises:
        UsageError: a path does not exist.
    """
    if not paths:
        return None, ()
    own = {real_path(path) for path in _own_files(root)}
    wanted: set[Path] = set()
    foreign: list[str] = []
    for path in paths:
        folder = path.is_dir() if _exists(path) else False
        for file in _yaml_files(path):
            if folder and any(part.startswith(".") for part in file.relative_to(path).parts):
                continue
            if not folder or real_path(file) in own or _first_key(file):
                wanted.add(real_path(file))
            else:
                foreign.append(shown_path(file))
    return frozenset(wanted), tuple(foreign)


def documents(
    root: Root, settings: Settings, wanted: frozenset[Path] | None = None, changed: frozenset[Path] | None = None
) -> Iterator[Document]:
    """Yield the files of a workspace one by one, for lint: all of them, or those `wanted`, also from outside its folders.

    With `changed`, only files among them and what depends on one: the plans of a registry, the progress files of a plan, and
    what no longer finds something it names. A plan is let go before the next is read, so that memory does not grow with their
    number; only progress files, which speak of plans, need them kept.
    """
    survey = Survey(root, settings, wanted, changed)
    yield from survey.registries()
    for files in ([path for path, _ in survey.plan_files], *survey.strange_plans):
        yield from survey.plans(files, {})
    yield from survey.reports()


class Survey:
    """The files of a workspace as `documents` yields them, kind by kind."""

    def __init__(
        self,
        root: Root,
        settings: Settings,
        wanted: frozenset[Path] | None = None,
        changed: frozenset[Path] | None = None,
    ) -> None:
        """Look for the files, and read the registries: no plan is understood without them."""
        self.folder = root.folder.absolute()
        self._settings = settings
        self._affected = _Affected(root, wanted, changed)
        strangers = _strangers(root, wanted or frozenset())
        self._sources = [_Source(path) for path in _yaml_in(root.folder / "plans" / "agencies")]
        self._strange_registries = strangers.pop("registry", [])
        self._report_files = [*_progress_files(root, ()), *strangers.pop("progress", [])]
        self._kept: list[Plan] = []
        # An id used outside the workspace, in a draft say, is no clash with one inside.
        self.strange_plans = tuple(strangers.values())
        folder = root.folder / "plans"
        self.plan_files = list(_shown_in(folder, _yaml_in(folder)))
        self.read_with = _read_with(self._sources, strict_before=settings.strict_before)

    @cached_property
    def directory(self) -> Directory:
        """All registries, read when they are first asked for."""
        return Directory({registry.province: registry for _, registry in self._registries if registry})

    @cached_property
    def _registries(self) -> list[tuple["Judge", Registry | None]]:
        return _read_registries(self._sources)

    @property
    def registry_files(self) -> list[_File]:
        """The registries of the workspace, each with the name messages give it."""
        return [(source.path, source.shown) for source in self._sources]

    @cached_property
    def lasting(self) -> bool:
        """Whether the registries say the same the next time they are read as they are."""
        return all(_lasting(judge.findings) for judge, _ in self._registries)

    @property
    def needs_plans(self) -> bool:
        """Whether there are reports, which speak of plans."""
        return bool(self._report_files)

    def asks(self, about: About) -> bool:
        """Whether a file is asked for; those that depend on it are from now on, too."""
        return self._affected.hit(about)

    def keep(self, plan: Plan | None) -> None:
        """Keep a plan for the reports."""
        if plan and self._report_files:
            self._kept.append(plan)

    def __getstate__(self) -> dict[str, Any]:
        """Return what another process needs, which reads plans only."""
        return {**self.__dict__, "_registries": []}

    def registries(self) -> Iterator[Document]:
        """Yield the registries, those of the workspace first."""
        for number, (judge, registry) in enumerate(self._registries):
            if self.asks(_about(judge, "registry", registry)):
                yield self._registry(number)
        yield from self.strange_registries()

    def strange_registries(self) -> Iterator[Document]:
        """Yield the registries from outside the workspace."""
        if self._strange_registries:
            for judge, registry in _strange_registries(self._strange_registries, self.directory):
                yield _document(judge, "registry", registry, self.directory)

    def _registry(self, number: int) -> Document:
        judge, registry = self._registries[number]
        return _document(judge, "registry", registry, self.directory)

    def plans(self, files: Iterable[Path], seen: dict[str, str]) -> Iterator[Document]:
        """Yield the plans asked for among `files`; `seen` are the ids met before, with their files."""
        for judge, plan in _plans(self.directory, self._settings, map(_Source, files), seen):
            self.keep(plan)
            if self.asks(_about(judge, "plan", plan)):
                yield _document(judge, "plan", plan, self.directory)

    def checked_registry(self, number: int, check: Check) -> Checked:
        """Return what checking one registry of the workspace gives."""
        about = _about(self._registries[number][0], "registry", self._registries[number][1])
        found, lasting = check(self._registry(number)) if self.asks(about) else (None, True)
        return Checked(about, found, lasting=lasting and self.lasting)

    def checked_plan(self, path: Path, shown: str, check: Check) -> Checked:
        """Return what checking one plan by itself gives, as if there were no other."""
        source = _Source(path, shown)
        ((judge, plan),) = _plans(self.directory, self._settings, [source], {})
        about = _about(judge, "plan", plan)
        found, lasting = check(_document(judge, "plan", plan, self.directory)) if self.asks(about) else (None, True)
        lines: list[bytes] = []
        if plan and self.needs_plans:
            # No rule asks where the id of a plan stands, or what loading found in it.
            lines = encoded(plan_chunks(Reading(judge.file, (), judge.fatal, plan, _plan_order(plan))))
        lasting = lasting and self.lasting and _lasting(judge.findings)
        return Checked(about, found, None, lasting, hash_of(self.read_with, *source.hashed), lines)

    def reread(self, path: Path) -> Plan:
        """Return a plan that was read before.

        Raises:
            CannotRunError: it can no longer be read.
        """
        ((_, plan),) = _plans(self.directory, self._settings, [_Source(path)], {})
        return plan or _gone(path)

    def reports(self) -> Iterator[Document]:
        """Yield the progress files, once all plans were."""
        if not self._report_files:
            return
        plans = tuple(self._kept)
        read = list(_submissions(self._report_files, Catalogue(plans, self.directory)))
        submissions = tuple(one for _, found in read for one in found)
        wanted = [(judge, found) for judge, found in read if self._affected.progress(judge)]
        yield from _reports(wanted, Catalogue(plans, self.directory, submissions))


def _gone(path: Path) -> NoReturn:
    raise CannotRunError(f'tệp "{shown_path(path)}" đã thay đổi trong khi đọc; hãy chạy lại')


def _reports(read: Iterable[tuple["Judge", list[Submission]]], catalogue: Catalogue) -> Iterator[Document]:
    for judge, found in read:
        document = _document(judge, "progress", tuple(found) or None, catalogue.directory, catalogue.plans)
        yield replace(document, peers=catalogue.submissions)


def _strangers(root: Root, wanted: frozenset[Path]) -> dict[str, list[Path]]:
    """Return the files from outside the workspace by what their first key says they are."""
    found: dict[str, list[Path]] = {}
    for path in sorted(wanted - {real_path(path) for path in _own_files(root)}):
        found.setdefault(_first_key(path).partition("/")[0], []).append(path)
    return found


def _own_files(root: Root) -> list[Path]:
    folder = root.folder / "plans"
    return [*_yaml_in(folder / "agencies"), *_yaml_in(folder), *_progress_files(root, ())]


class _Affected:
    """Which files are asked for: those wanted (None: all), and of those the changed ones with their dependants."""

    def __init__(self, root: Root, wanted: frozenset[Path] | None, changed: frozenset[Path] | None) -> None:
        self._wanted = wanted
        # The settings bear on every file.
        self._changed = None if changed is not None and real_path(root.folder / FILE_NAME) in changed else changed
        plans = real_path(root.folder / "plans")
        self._plans_changed = any(path.is_relative_to(plans) for path in self._changed or ())
        self._provinces: set[str] = set()
        self._plans: set[str] = set()

    def hit(self, about: About) -> bool:
        if self._changed is None:
            return self._is_wanted(about.path)
        hit = self._is_changed(about.path, elsewhere=about.elsewhere)
        if about.kind == "plan":
            hit = hit or bool(self._provinces & {about.province, CENTRAL})
            self._plans.update(about.ids if hit else ())
        elif hit:
            self._provinces.add(about.province)
        return hit and self._is_wanted(about.path)

    def progress(self, judge: "Judge") -> bool:
        if not self._is_wanted(judge.path):
            return False
        changed = self._is_changed(judge.path, elsewhere=_elsewhere(judge))
        return changed or bool(self._plans.intersection(judge.ids("plan")))

    def _is_changed(self, path: str, *, elsewhere: bool) -> bool:
        if self._changed is None or real_path(Path(path)) in self._changed:
            return True
        return self._plans_changed and elsewhere

    def _is_wanted(self, path: str) -> bool:
        return self._wanted is None or real_path(Path(path)) in self._wanted


# What another file may have caused: an id taken, a name, a plan or an item that is not there.
_FROM_ELSEWHERE = frozenset({"K105", "K201", "K202", "K204", "K601", "K602", "K603"})


def _elsewhere(judge: "Judge") -> bool:
    return any(finding.code in _FROM_ELSEWHERE for finding in judge.findings)


def _about(judge: "Judge", kind: str, value: Plan | Registry | None) -> About:
    # What was understood says it without the tree, for which a right file need not be read by events.
    province = value.province if value else judge.province
    if isinstance(value, Plan):
        return About(judge.path, kind, province, (value.id,), _elsewhere(judge), value.id)
    ids = tuple(sorted(judge.ids("id"))) if kind == "plan" else ()
    return About(judge.path, kind, province, ids, _elsewhere(judge), None)


def _strange_registries(files: Iterable[Path], directory: Directory) -> Iterator[tuple["Judge", Registry | None]]:
    """Read registries from outside the workspace by themselves; they name nobody in its plans."""
    from kehoach_cli.store.readers.registry import check_references, read_registry

    central = directory.registries.get(CENTRAL)
    known = _with_province(directory.registries.values()) | set(central.agencies if central else ())
    for path in files:
        registry, judge = None, _judge(_Source(path))
        with _own_faults(judge):
            if registry := read_registry(judge):
                check_references(judge, registry, known | set(registry.agencies))
        yield judge, registry


def _document(
    judge: "Judge",
    kind: str,
    value: Plan | Registry | tuple[Submission, ...] | None,
    directory: Directory,
    plans: tuple[Plan, ...] = (),
) -> Document:
    from kehoach_cli.store.yaml.tree import place, quoted_lines, starts

    return Document(
        file=judge.file,
        kind=kind,
        lines=tuple(judge.unix_text.split("\n")),
        value=None if judge.fatal else value,
        directory=directory,
        found=tuple(judge.findings),
        place=lambda path, key: place(judge.tree, path, key=key),
        find_quoted=lambda: tuple(quoted_lines(judge.text)),
        find_starts=lambda: tuple(sorted(set(starts(judge.tree)))),
        traps=judge.traps,
        plans=plans,
        cell=judge.cell,
    )


def _plans(
    directory: Directory, settings: Settings, sources: Iterable[_Source], seen: dict[str, str]
) -> Iterator[tuple["Judge", Plan | None]]:
    from kehoach_cli.store.readers.plan import read_plan

    for source in sources:
        plan, judge = None, _judge(source)
        with _own_faults(judge):
            plan = read_plan(judge, directory, strict_before=settings.strict_before)
        if plan and plan.id in seen:
            judge.findings.append(_id_clash(judge.file, plan.id, seen[plan.id], judge.mark(("id",))))
            judge.fatal, plan = True, None
        elif plan:
            seen[plan.id] = judge.file
        yield judge, plan


def _submissions(
    files: Iterable[Path], catalogue: Catalogue, read_form: ReadForm | None = None
) -> Iterator[tuple["Judge", list[Submission]]]:
    for path in files:
        yield _submissions_in(_Source(path), catalogue, read_form)


def _submissions_in(
    source: _Source, catalogue: Catalogue, read_form: ReadForm | None
) -> tuple["Judge", list[Submission]]:
    from kehoach_cli.store.readers.progress import read_progress

    found: list[Submission] = []
    form = read_form if source.path.suffix.lower() not in _YAML else None
    judge = _judge_form(source.path, form) if form else _judge(source)
    with _own_faults(judge):
        found = read_progress(judge, catalogue)
    return judge, found


@contextmanager
def _own_faults(judge: "Judge") -> Iterator[None]:
    """Turn a fault of our own in one file into a finding on it: the other files must still be served."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - whatever it is, it must not take the other files with it
        message = f"kehoach gặp lỗi nội bộ khi đọc tệp này ({type(error).__name__}); hãy báo cho nhóm phát triển"
        judge.report("K006", (), message, soft=False)


def _plan_order(plan: Plan) -> tuple[str, int, int, str]:
    day = plan.document.date
    return plan.province, day.year if day else plan.period.start, (day.month or 0) if day else 0, plan.id


def _read_registries(sources: Iterable[_Source]) -> list[tuple["Judge", Registry | None]]:
    from kehoach_cli.store.readers.registry import check_references, read_registry

    read: list[tuple[Judge, Registry | None]] = []
    owner: dict[str, str] = {}
    for source in sources:
        registry, judge = None, _judge(source)
        with _own_faults(judge):
            registry = read_registry(judge)
        if registry and registry.province in owner:
            judge.report(
                "K105",
                ("province",),
                f'danh bạ của "{registry.province}" đã có ở tệp "{owner[registry.province]}"',
                soft=False,
            )
            registry = None
        elif registry:
            owner[registry.province] = judge.file
        read.append((judge, registry))
    central = next((set(registry.agencies) for _, registry in read if registry and registry.province == CENTRAL), set())
    elsewhere = _with_province(one for _, one in read if one)
    for judge, registry in read:
        if registry:
            check_references(judge, registry, central | elsewhere | set(registry.agencies))
    return read


def _with_province(registries: Iterable[Registry]) -> set[str]:
    """Return the ids of bodies as other provinces write them: `thai-nguyen/so-y-te`."""
    return {f"{registry.province}/{agency_id}" for registry in registries for agency_id in registry.agencies}


def _judge(source: _Source) -> "Judge":
    """Open one file for judgement; what cannot be read has an empty tree and a finding that says why."""
    from kehoach_cli.store.readers.judge import Judge

    judge, data = Judge(source.shown, str(source.path)), source.data
    if data is None:
        judge.refuse("K001", f"không mở được tệp: {reason(source.fault or OSError())}")
    elif len(data) > MAX_BYTES:
        judge.refuse("K005", f"tệp lớn hơn {MAX_BYTES // 2**20} MB")
    else:
        try:
            judge.text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            judge.refuse("K001", "tệp không phải văn bản UTF-8", (line, 1), hint="lưu lại tệp với bảng mã UTF-8")
    if judge.fatal:
        judge.tree = None
    return judge


def _judge_form(path: Path, read_form: ReadForm) -> "Judge":
    """Read a filled workbook into a tree under judgement."""
    from kehoach_cli.store.readers.judge import Judge
    from kehoach_cli.store.yaml.tree import as_tree

    filled = read_form(path, shown_path(path))
    judge = Judge(shown_path(path), str(path), cells=filled.cells)
    judge.tree = as_tree(filled.documents)
    judge.findings += filled.findings
    judge.fatal = any(finding.severity is Severity.ERROR for finding in filled.findings)
    return judge


def _is_workspace(folder: Path) -> bool:
    try:
        if (folder / FILE_NAME).is_file():
            return True
        files = (folder / "plans").iterdir()
        return any(path.name.lower().endswith(_YAML) and _begins_as_plan(path) for path in files)
    except (OSError, ValueError):
        return False


def _yaml_files(path: Path) -> list[Path]:
    if not _exists(path):
        raise UsageError(f'không có tệp hay thư mục "{path}"')
    return files_in(path, _YAML, deep=True) if path.is_dir() else [path]


def _yaml_in(folder: Path) -> list[Path]:
    """Return the YAML files of a folder in order, with either of the two endings in use."""
    return files_in(folder, _YAML)


def _shown_in(folder: Path, files: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Yield each file of a folder with the name messages give it; only a link can lead elsewhere than its folder."""
    shown = (Path(shown_path(folder)) / "x").as_posix()[:-1]
    links: set[str] = set()
    with suppress(OSError), os.scandir(folder) as entries:
        links = {entry.name for entry in entries if entry.is_symlink()}
    for path in files:
        yield path, shown_path(path) if path.name in links else f"{shown}{path.name}"


def _begins_as_plan(path: Path) -> bool:
    return _first_key(path).startswith("plan/")


def _first_key(path: Path) -> str:
    """Return what the first key `kehoach` of a file says it is, empty where there is none."""
    try:
        lines = plain_bytes(path, _HEAD).decode("utf-8-sig", errors="replace").splitlines()
    except OSError:
        return ""
    first = next((line for line in lines if line.strip() and not line.lstrip().startswith(("#", "---"))), "")
    # Nearly every file begins so, and the expression need not be compiled for it.
    if first.startswith("kehoach: ") and (kind := first.removeprefix("kehoach: ").rstrip()) in _KINDS:
        return kind
    found = re.match(r"(?:-\s+)?kehoach\s*:\s*[\"']?([\w/]+)", first)
    return found[1] if found else ""


def folder_of_template(root: Root, name: str) -> Path:
    """Return the folder that has a report template: the workspace's own, else the one in the package."""
    own = root.folder / "templates"
    return own if (own / f"{name}.docx").is_file() else builtin_folder() / "templates"


def builtin_folder() -> Path:
    """Return the package's own plans; an editable installation has them at the repository's root instead."""
    package = Path(__file__).resolve().parents[2]
    for folder in (package / "_data", package.parent.parent):
        if (folder / "plans").is_dir():
            return folder
    raise CannotRunError("bản cài đặt thiếu các kế hoạch đi kèm; hãy cài lại kehoach")


def _progress_files(root: Root, given: tuple[Path, ...], *, forms: bool = False) -> list[Path]:
    folder = root.folder / "progress"
    default = (folder,) if not root.builtin and folder.is_dir() else ()
    find = _report_files if forms else _yaml_files
    return list(dict.fromkeys(file for path in given or default for file in find(path)))


def _report_files(path: Path) -> list[Path]:
    """Return the reports named or in a folder, YAML and workbooks; `~$…` are the locks that Office leaves."""
    files = _yaml_files(path)
    if path.is_dir():
        files += [file for file in files_in(path, _WORKBOOKS, deep=True) if not file.name.startswith(("~$", "."))]
    return sorted(files)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def shown_path(path: Path) -> str:
    """Return the path as a message names it: relative where the file is below the current folder."""
    try:
        return Path(os.path.relpath(path)).as_posix() if real_path(path).is_relative_to(Path.cwd()) else str(path)
    except (OSError, ValueError):
        return str(path)
