"""Finding a workspace and loading everything in it; one broken file never hides the others."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from kehoach_cli.core.agency import CENTRAL, Directory, Registry
from kehoach_cli.core.catalogue import Catalogue
from kehoach_cli.core.document import Document
from kehoach_cli.core.finding import Finding, Severity, sorted_findings
from kehoach_cli.core.form import Filled
from kehoach_cli.core.plan import Plan
from kehoach_cli.core.progress import Submission
from kehoach_cli.errors import CannotRunError, UsageError, reason
from kehoach_cli.record import record, replace
from kehoach_cli.store.cache import Cache, DamagedError, cache_folder, hash_of
from kehoach_cli.store.codec import built, plain
from kehoach_cli.store.files import MAX_BYTES, files_in, plain_bytes, real_path
from kehoach_cli.store.settings import FILE_NAME, Settings, read_settings
from kehoach_cli.store.stored import (
    Reading,
    built_registry,
    plain_registry,
    plan_chunks,
    stored_plan,
    stored_values,
    values_chunks,
)

if TYPE_CHECKING:
    from kehoach_cli.store.judge import Judge


# So many files are hashed at a time.
_BATCH = 64
_YAML = (".yaml", ".yml")
_WORKBOOKS = (".xls", ".xlsx", ".xlsm", ".xlsb", ".xltx", ".xltm")

_KINDS = frozenset({"plan/1", "registry/1", "progress/1"})

# Within so many bytes stands the first key of a file, behind its comments.
_HEAD = 2**16

# Reads a filled workbook: its path, and the name messages give it.
ReadForm: TypeAlias = Callable[[Path, str], Filled]


@record
class Root:
    """Where the files are; `builtin` is the copy inside the installed package."""

    folder: Path
    builtin: bool = False


@record
class Workspace:
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
) -> Workspace:
    """Return everything in the workspace at `root`, with reports from `progress` (default: its `progress/` folder).

    `read_form` reads a filled workbook; without it only YAML is read. With `keep_reports` the progress files can be judged by
    the rules afterwards.

    What did not change since an earlier run comes from the cache, unless that may not be used (`cached`); the result is the
    same.

    Raises:
        CannotRunError: there is no plan that can be read.
    """
    settings, findings = settings_of(root)
    judged: list[tuple[Judge, list[Submission]]] = []
    with Cache(cache_folder() if cached else None, root.folder.absolute()) as cache:
        library = _Library(cache, root.folder / "plans", strict_before=settings.strict_before)
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

    def __init__(self, cache: Cache, folder: Path, *, strict_before: bool) -> None:
        self._cache = cache
        self._strict = strict_before
        registries = self._registries(folder / "agencies")
        self.directory = Directory({one.value.province: one.value for one in registries if one.value})
        plans = self._plans(folder)
        self.readings = (*registries, *plans)
        found = sorted((one for one in plans if one.value), key=lambda one: one.order)
        self.plans: tuple[Plan, ...] = tuple(one.value for one in found)

    def _registries(self, folder: Path) -> list[Reading]:
        sources = [_Source(path) for path in _yaml_in(folder)]
        # What plans are read with; the names of the files stand in findings on registries, and nowhere else.
        self._key = hash_of("plan", str(self._strict), *(source.hashed for source in sources))
        key = hash_of("registries", self._key, *(source.shown for source in sources))
        with suppress(DamagedError):
            if (entry := self._cache.get(key)) is not None:
                return stored_values(entry, built_registry)
        readings = [_reading(judge, registry) for judge, registry in _read_registries(sources)]
        if all(map(_lasting, readings)):
            self._cache.put(key, values_chunks(readings, plain_registry))
        return readings

    def _plans(self, folder: Path) -> list[Reading]:
        seen: dict[str, str] = {}
        readings: list[Reading] = []
        self._plan_keys: list[str] = []
        files = _yaml_in(folder)
        for (path, shown), key in zip(_shown_in(folder, files), self._keys(files), strict=True):
            reading = self._plan(path, shown, key)
            plan: Plan | None = reading.value
            if plan and plan.id in seen:
                clash = _id_clash(reading.file, plan.id, seen[plan.id], reading.id_mark)
                reading = replace(reading, value=None, fatal=True, findings=(*reading.findings, clash))
            elif plan:
                seen[plan.id] = reading.file
            readings.append(reading)
        return readings

    def _keys(self, files: list[Path]) -> Iterator[str]:
        """Yield the key of each plan in the cache: the hashing of many files is shared by the processors."""

        def keys_of(some: list[Path]) -> list[str]:
            return [hash_of(self._key, _Source(path, path.name).hashed) for path in some]

        batches = [files[start : start + _BATCH] for start in range(0, len(files), _BATCH)]
        if len(batches) <= 1:
            yield from (key for batch in batches for key in keys_of(batch))
            return
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for keys in pool.map(keys_of, batches):
                yield from keys

    def _plan(self, path: Path, shown: str, key: str) -> Reading:
        with suppress(DamagedError):
            if (entry := self._cache.get(key)) is not None:
                self._plan_keys.append(key)
                return stored_plan(entry, shown, lambda: self._reread(path))
        source = _Source(path, shown)
        # The file may have changed since it was hashed; what is read now counts.
        key = hash_of(self._key, source.hashed)
        self._plan_keys.append(key)
        reading = self._read_plan(source)
        if _lasting(reading):
            self._cache.put(key, plan_chunks(reading))
        return reading

    def _read_plan(self, source: "_Source") -> Reading:
        from kehoach_cli.store.read_plan import read_plan

        plan, judge = None, _judge(source)
        with _own_faults(judge):
            plan = read_plan(judge, self.directory, strict_before=self._strict)
        return _reading(judge, plan)

    def _reread(self, path: Path) -> Plan:
        plan: Plan | None = self._read_plan(_Source(path)).value
        if plan is None:
            raise CannotRunError(f'tệp "{shown_path(path)}" đã thay đổi trong khi đọc; hãy chạy lại')
        return plan

    def reports(self, files: Iterable[Path], catalogue: Catalogue, read_form: ReadForm | None) -> list[Reading]:
        """Return the submissions in progress files, one reading for each file; what they mean depends on all plans."""
        plans = hash_of(*self._plan_keys)
        readings: list[Reading] = []
        for source in map(_Source, files):
            key = hash_of("report", plans, source.shown, source.hashed)
            reading = self._stored_report(key)
            if reading is None:
                judge, found = _submissions_in(source, catalogue, read_form)
                reading = _reading(judge, tuple(found))
                # A workbook is opened by its reader once more, and may be larger than what is hashed.
                whole = len(source.data or b"") <= MAX_BYTES
                if whole and _lasting(reading) and _Source(source.path).data == source.data:
                    self._cache.put(key, values_chunks([reading], plain))
            readings.append(reading)
        return readings

    def _stored_report(self, key: str) -> Reading | None:
        with suppress(DamagedError):
            if (entry := self._cache.get(key)) is not None:
                return stored_values(entry, built)[0]
        return None


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
    def hashed(self) -> bytes:
        """What a key of the cache is made of: no file is as empty as one that cannot be opened."""
        return b"-" if self.data is None else b"+" + self.data


def _reading(judge: "Judge", value: Any) -> Reading:
    plan = value if isinstance(value, Plan) else None
    order, mark = (_plan_order(plan), judge.mark(("id",))) if plan else ((), (1, 1))
    return Reading(judge.file, tuple(judge.findings), judge.fatal, value, order, mark)


def _lasting(reading: Reading) -> bool:
    """Whether a reading says something of the file only: a file that could not be opened, or a fault of ours, may pass."""
    return not any(finding.code in {"K001", "K006"} for finding in reading.findings)


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
    for files in survey.plan_files:
        yield from survey.plans(files, {})
    yield from survey.reports()


class Survey:
    """The files of a workspace as `documents` yields them, kind by kind."""

    def __init__(
        self, root: Root, settings: Settings, wanted: frozenset[Path] | None, changed: frozenset[Path] | None
    ) -> None:
        """Read the registries; nothing of another file is understood without them."""
        self.directory, self._registries = _load_directory(root.folder / "plans" / "agencies")
        self._settings = settings
        self._affected = _Affected(root, wanted, changed)
        strangers = _strangers(root, wanted or frozenset())
        self._strange_registries = strangers.pop("registry", [])
        self._report_files = [*_progress_files(root, ()), *strangers.pop("progress", [])]
        self.kept: list[Plan] = []
        # An id used outside the workspace, in a draft say, is no clash with one inside.
        self.plan_files: tuple[list[Path], ...] = (_yaml_in(root.folder / "plans"), *strangers.values())

    def __getstate__(self) -> dict[str, Any]:
        """Return what another process needs, which reads plans only."""
        return {**self.__dict__, "_registries": []}

    def registries(self) -> Iterator[Document]:
        """Yield the registries, those of the workspace first."""
        own = [(judge, registry) for judge, registry in self._registries if self._affected.registry(judge)]
        for judge, registry in (*own, *_strange_registries(self._strange_registries, self.directory)):
            yield _document(judge, "registry", registry, self.directory)

    def plans(self, files: Iterable[Path], seen: dict[str, str]) -> Iterator[Document]:
        """Yield the plans asked for among `files`; `seen` are the ids met before, with their files."""
        for judge, plan in _plans(self.directory, self._settings, files, seen):
            self.kept += [plan] if plan and self._report_files else []
            if self._affected.plan(judge):
                yield _document(judge, "plan", plan, self.directory)

    def reports(self) -> Iterator[Document]:
        """Yield the progress files, once all plans were."""
        read = list(_submissions(self._report_files, Catalogue(tuple(self.kept), self.directory)))
        submissions = tuple(one for _, found in read for one in found)
        wanted = [(judge, found) for judge, found in read if self._affected.progress(judge)]
        yield from _reports(wanted, Catalogue(tuple(self.kept), self.directory, submissions))


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

    # What another file may have caused: an id taken, a name, a plan or an item that is not there.
    _FROM_ELSEWHERE = frozenset({"K105", "K201", "K202", "K204", "K601", "K602", "K603"})

    def __init__(self, root: Root, wanted: frozenset[Path] | None, changed: frozenset[Path] | None) -> None:
        self._wanted = wanted
        # The settings bear on every file.
        self._changed = None if changed is not None and real_path(root.folder / FILE_NAME) in changed else changed
        plans = real_path(root.folder / "plans")
        self._plans_changed = any(path.is_relative_to(plans) for path in self._changed or ())
        self._provinces: set[str] = set()
        self._plans: set[str] = set()

    def registry(self, judge: "Judge") -> bool:
        if self._changed is None:
            return self._is_wanted(judge)
        if hit := self._is_changed(judge):
            self._provinces.add(judge.province)
        return hit and self._is_wanted(judge)

    def plan(self, judge: "Judge") -> bool:
        if self._changed is None:
            return self._is_wanted(judge)
        if hit := self._is_changed(judge) or bool(self._provinces & {judge.province, CENTRAL}):
            self._plans.update(judge.ids("id"))
        return hit and self._is_wanted(judge)

    def progress(self, judge: "Judge") -> bool:
        return self._is_wanted(judge) and (self._is_changed(judge) or bool(self._plans.intersection(judge.ids("plan"))))

    def _is_changed(self, judge: "Judge") -> bool:
        if self._changed is None or real_path(Path(judge.path)) in self._changed:
            return True
        return self._plans_changed and any(finding.code in self._FROM_ELSEWHERE for finding in judge.findings)

    def _is_wanted(self, judge: "Judge") -> bool:
        return self._wanted is None or real_path(Path(judge.path)) in self._wanted


def _strange_registries(files: Iterable[Path], directory: Directory) -> Iterator[tuple["Judge", Registry | None]]:
    """Read registries from outside the workspace by themselves; they name nobody in its plans."""
    from kehoach_cli.store.read_registry import check_references, read_registry

    central = directory.registries.get(CENTRAL)
    for path in files:
        registry, judge = None, _judge(_Source(path))
        with _own_faults(judge):
            if registry := read_registry(judge):
                check_references(judge, registry, {*registry.agencies, *(central.agencies if central else ())})
        yield judge, registry


def _document(
    judge: "Judge",
    kind: str,
    value: Plan | Registry | tuple[Submission, ...] | None,
    directory: Directory,
    plans: tuple[Plan, ...] = (),
) -> Document:
    from kehoach_cli.store.tree import place, quoted_lines, starts

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
    directory: Directory, settings: Settings, files: Iterable[Path], seen: dict[str, str]
) -> Iterator[tuple["Judge", Plan | None]]:
    from kehoach_cli.store.read_plan import read_plan

    for path in files:
        plan, judge = None, _judge(_Source(path))
        with _own_faults(judge):
            plan = read_plan(judge, directory, strict_before=settings.strict_before, lines=False)
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
    from kehoach_cli.store.read_progress import read_progress

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


def _load_directory(folder: Path) -> tuple[Directory, list[tuple["Judge", Registry | None]]]:
    read = _read_registries([_Source(path) for path in _yaml_in(folder)])
    return Directory({registry.province: registry for _, registry in read if registry}), read


def _read_registries(sources: Iterable[_Source]) -> list[tuple["Judge", Registry | None]]:
    from kehoach_cli.store.read_registry import check_references, read_registry

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
    for judge, registry in read:
        if registry:
            check_references(judge, registry, central | set(registry.agencies))
    return read


def _judge(source: _Source) -> "Judge":
    """Open one file for judgement; what cannot be read has an empty tree and a finding that says why."""
    from kehoach_cli.store.judge import Judge

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
    from kehoach_cli.store.judge import Judge
    from kehoach_cli.store.tree import as_tree

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
        return any(_begins_as_plan(path) for path in _yaml_in(folder / "plans"))
    except (OSError, ValueError, CannotRunError):
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
    package = Path(__file__).resolve().parent.parent
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
