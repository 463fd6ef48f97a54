"""The registries, plans and progress files of a workspace, read once each or taken from the cache."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.model.agency import CENTRAL, Directory, Registry
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.legal import LegalRegister
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.errors import CannotRunError
from kehoach_cli.store.cache.database import Cache, DamagedError, EncodedPlan
from kehoach_cli.store.cache.keys import hash_of
from kehoach_cli.store.cache.plans import CachedPlan, PlanBrief, decoded_brief, encoded_plan
from kehoach_cli.store.cache.values import (
    LegalEntry,
    RegistryEntry,
    SubmissionEntry,
    decoded_or_none,
    encoded,
    encoded_or_none,
)
from kehoach_cli.store.files.processes import shared
from kehoach_cli.store.files.reading import real_path
from kehoach_cli.store.readers.read_file import FileContent, LoadedFile, ReadForm, loaded, read_file, source_file
from kehoach_cli.store.workspace.amended_plans import AmendedPlans
from kehoach_cli.store.workspace.paths import (
    YAML,
    NamedFile,
    Root,
    amendment_files,
    left_out_files,
    legal_files,
    plan_files,
    registry_files,
    shown_path,
)
from kehoach_cli.store.workspace.settings import Settings

ResultT = TypeVar("ResultT")
FreshT = TypeVar("FreshT")

_ID = re.compile(rb"^id:[ ]*[\"']?([\w.-]+)", re.MULTILINE)
# So many files are hashed at a time.
_BATCH = 64


class PlanReader(Struct, frozen=True):
    """What plans are read with. `read_with` is its key: the names of registries stand in findings on these and nowhere else."""

    directory: Directory
    strict_before: bool
    read_with: str

    def read(self, content: FileContent) -> LoadedFile:
        """Return a plan file."""
        from kehoach_cli.store.readers.plan import read_plan

        return read_file(content, partial(read_plan, directory=self.directory, strict_before=self.strict_before))

    def key(self, content: FileContent) -> str:
        """Return the key of a plan file in the cache."""
        return hash_of(self.read_with, *content.hashed)

    def reread(self, path: Path) -> Plan:
        """Return a plan that was read before.

        Raises:
            CannotRunError: it can no longer be read.
        """
        if plan := self.read(FileContent(path, shown_path(path))).plan:
            return plan
        raise CannotRunError(f'tệp "{shown_path(path)}" đã thay đổi trong khi đọc; hãy chạy lại')


class EncodedFile(Struct, frozen=True):
    """A plan file as the cache keeps it. The key is that of the bytes that were read, which may have changed since hashing."""

    key: str
    lasting: bool
    plan: EncodedPlan


def encoded_file(reader: PlanReader, content: FileContent, file: LoadedFile) -> EncodedFile:
    """Return a plan file as the cache keeps it: without its name, which depends on the current folder."""
    findings = tuple(replace(finding, file="") for finding in file.findings)
    brief = PlanBrief(findings, file.fatal, file.order, file.id_mark)
    return EncodedFile(reader.key(content), file.lasting, encoded_plan(brief, file.plan))


class _ReadPlan(Struct, frozen=True):
    """Reads one plan into what the cache keeps of it; other processes can do this."""

    reader: PlanReader

    def __call__(self, file: NamedFile) -> EncodedFile:
        content = FileContent(*file)
        return encoded_file(self.reader, content, self.reader.read(content))


class WorkspaceReader:
    """The registries and plans of a workspace, from the cache as far as they are in it."""

    def __init__(self, root: Root, settings: Settings, cache: Cache) -> None:
        """Find the files, and read the bytes of the registries: every key depends on them."""
        self._root = root
        self._cache = cache
        self._strict = settings.strict_before
        self._contents = [FileContent(*file) for file in registry_files(root)]
        self._legal = [FileContent(*file) for file in legal_files(root)]
        self.plan_files = plan_files(root)
        self.left_out = left_out_files(root)
        hashes = (part for content in (*self._contents, *self._legal) for part in content.hashed)
        self.read_with = hash_of("plan", str(self._strict), *hashes)

    @property
    def legal_files(self) -> list[NamedFile]:
        """The register of replaced legal documents, where there is one."""
        return [(content.path, content.shown) for content in self._legal]

    @property
    def registry_files(self) -> list[NamedFile]:
        """The registries of the workspace."""
        return [(content.path, content.shown) for content in self._contents]

    @cached_property
    def registries(self) -> list[LoadedFile]:
        """The registries."""
        key = hash_of("registries", self.read_with, *(content.shown for content in self._contents))
        entries = decoded_or_none(self._cache.get(key), list[RegistryEntry])
        if entries is not None and len(entries) == len(self._contents):
            return [LoadedFile(one.file, one.findings, one.fatal, _registry(one)) for one in entries]
        read = read_registries(self._contents)
        if all(file.lasting for file in read) and (data := encoded_or_none([_registry_entry(file) for file in read])):
            self._cache.put(key, data)
        return read

    @cached_property
    def legal(self) -> list[LoadedFile]:
        """The register of replaced legal documents, where there is one."""
        return [self._known_legal(content) for content in self._legal]

    def _known_legal(self, content: FileContent) -> LoadedFile:
        key = hash_of("legal", content.shown, *content.hashed)
        if entry := decoded_or_none(self._cache.get(key), LegalEntry):
            return LoadedFile(content.shown, entry.findings, entry.fatal, entry.register)
        read = read_legal_file(content)
        register = read.value if isinstance(read.value, LegalRegister) else None
        if read.lasting and (data := encoded_or_none(LegalEntry(read.findings, read.fatal, register))):
            self._cache.put(key, data)
        return read

    def fresh_registries(self) -> list[LoadedFile]:
        """Return the registries with their texts, which the cache does not hold."""
        if any(file.reading is None for file in self.registries):
            self.registries = read_registries(self._contents)
        return self.registries

    @cached_property
    def directory(self) -> Directory:
        """All registries that can be used."""
        found = (file.value for file in self.registries)
        replaced = (one for file in self.legal if isinstance(file.value, LegalRegister) for one in file.value.replaced)
        registries = {registry.province: registry for registry in found if isinstance(registry, Registry)}
        return Directory(registries, tuple(replaced))

    @property
    def lasting(self) -> bool:
        """Whether the next run will find the same registries."""
        return all(file.lasting for file in self.registries)

    @property
    def plan_reader(self) -> PlanReader:
        """What reads plans."""
        return PlanReader(self.directory, self._strict, self.read_with)

    @cached_property
    def plan_keys(self) -> list[str]:
        """The key of each plan file; many files are hashed by all processors."""
        hashed = partial(_keys_of, self.read_with)
        batches = [self.plan_files[start : start + _BATCH] for start in range(0, len(self.plan_files), _BATCH)]
        if len(batches) <= 1:
            return hashed(self.plan_files)
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return [key for keys in pool.map(hashed, batches) for key in keys]

    def plans(self) -> Iterator[LoadedFile]:
        """Yield each plan file; of two plans with the same id the second cannot be used."""
        seen: dict[str, str] = {}
        self._cache.want(_keys_of(self.read_with, self.left_out))
        known = [self.cached_plan(*file) for file in zip(self.plan_files, self.plan_keys, strict=True)]
        fresh = known_or_fresh(known, self.plan_files, lambda: _ReadPlan(self.plan_reader))
        for number, (file, found) in enumerate(zip(self.plan_files, fresh, strict=True)):
            read = found
            if isinstance(read, EncodedFile):
                self.plan_keys[number] = read.key
                read = self.keep(file, read)
            if read.plan and (other := seen.setdefault(read.plan.id, read.file)) != read.file:
                read = read.with_id_taken(other)
            yield read

    def cached_plan(self, file: NamedFile, key: str) -> LoadedFile | None:
        """Return a plan file from the cache, None where it is not there."""
        try:
            data = self._cache.brief(key)
            return self._loaded(file, key, decoded_brief(data)) if data is not None else None
        except DamagedError:
            return None

    def keep(self, file: NamedFile, encoded: EncodedFile, *, lasting: bool = True) -> LoadedFile:
        """Keep a plan file that was read (for later runs if `lasting`), and return it as it comes from the cache."""
        self._cache.put_plan(encoded.key, encoded.plan, lasting=lasting and encoded.lasting and self.lasting)
        return self._loaded(file, encoded.key, decoded_brief(encoded.plan.brief))

    def _loaded(self, file: NamedFile, key: str, brief: PlanBrief) -> LoadedFile:
        path, shown = file
        findings = tuple(replace(finding, file=shown) for finding in brief.findings)
        plan = None
        if brief.id is not None:
            plan = CachedPlan.of(self._cache, key, brief, shown, lambda: self.plan_reader.reread(path))
        return LoadedFile(shown, findings, brief.fatal, plan, None, brief.order, brief.id_mark)

    def amended(self, plans: tuple[Plan, ...], day: date | None, unusable: frozenset[str]) -> AmendedPlans:
        """Return the plans with the text in force on a day (None: as they were issued), and the amendments in them."""
        files = amendment_files(self._root) if day else []
        if not files or day is None:
            return AmendedPlans(plans)
        # Most workspaces have no amendments.
        from kehoach_cli.store.workspace.amendments import AmendmentReader

        amending = AmendmentReader(self.directory, self._strict, unusable)
        return amending.in_force(amending.known(files, plans, self._cache, self.plan_keys), plans, day)

    def submissions(self, files: Iterable[Path], catalogue: Catalogue, read_form: ReadForm | None) -> list[LoadedFile]:
        """Return progress files; what they mean depends on all plans, and on what is in force of their amendments."""
        plans = hash_of(*self.plan_keys, encoded(catalogue.amended))
        return [self._submission(FileContent(path, shown_path(path)), plans, catalogue, read_form) for path in files]

    def _submission(
        self, content: FileContent, plans: str, catalogue: Catalogue, read_form: ReadForm | None
    ) -> LoadedFile:
        key = hash_of("submission", plans, content.shown, *content.hashed)
        if entry := decoded_or_none(self._cache.get(key), SubmissionEntry):
            return LoadedFile(content.shown, entry.findings, entry.fatal, entry.submissions)
        read = read_submissions(content, catalogue, read_form)
        # A workbook is opened by its reader once more, and may be larger than what is hashed.
        same = content.whole and FileContent(content.path, content.shown).data == content.data
        if same and self.lasting and read.lasting:
            submissions = read.value if isinstance(read.value, tuple) else None
            if data := encoded_or_none(SubmissionEntry(read.findings, read.fatal, submissions)):
                self._cache.put(key, data)
        return read


def known_or_fresh(
    known: Sequence[ResultT | None],
    files: Sequence[NamedFile],
    work: Callable[[], Callable[[NamedFile], FreshT]],
    jobs: int | None = None,
) -> Iterator[ResultT | FreshT]:
    """Yield for each file what is known of it, or what `work` makes of it; several processes share the work."""
    missing = [file for file, found in zip(files, known, strict=True) if found is None]
    fresh = shared(work(), missing, jobs) if missing else iter(())
    for found in known:
        yield next(fresh) if found is None else found


def unusable_plans(files: Iterable[NamedFile]) -> dict[str, str]:
    """Return the names of plan files that could not be read, by the ids that their texts or else their names give."""
    return {id_in_text(file) or file[0].stem: file[1] for file in files}


def id_in_text(file: NamedFile) -> str:
    """Return the id that a plan file gives on a line of its own, without reading the rest; empty where it does not."""
    given = _ID.search(FileContent(*file).data or b"")
    return given[1].decode("utf-8", "replace") if given else ""


def read_legal_file(content: FileContent) -> LoadedFile:
    """Return a register of replaced legal documents."""
    from kehoach_cli.store.readers.legal import read_legal

    return read_file(content, read_legal)


def read_registries(contents: Iterable[FileContent]) -> list[LoadedFile]:
    """Return registries, each with the references to agencies that are in none; the second one of a province is refused."""
    from kehoach_cli.store.readers.registry import check_references, read_registry

    owners: dict[str, str] = {}
    read: list[tuple[LoadedFile, Registry | None]] = []
    for file in (read_file(content, read_registry) for content in contents):
        registry = file.value if isinstance(file.value, Registry) else None
        if registry and (owner := owners.setdefault(registry.province, file.file)) != file.file and file.reading:
            message = f'danh bạ của "{registry.province}" đã có ở tệp "{owner}"'
            file.reading.report("K105", ("province",), message, soft=False)
            registry = None
        read.append((file, registry))
    central = next((set(one.agencies) for _, one in read if one and one.province == CENTRAL), set())
    elsewhere = _with_province(one for _, one in read if one)
    for file, registry in read:
        if registry and file.reading:
            check_references(file.reading, central | elsewhere | set(registry.agencies))
    return [loaded(file.reading, registry) if file.reading else file for file, registry in read]


def read_outside_registry(content: FileContent, directory: Directory) -> LoadedFile:
    """Return a registry from outside the workspace; plans of the workspace do not see its agencies."""
    from kehoach_cli.store.readers.registry import check_references, read_registry

    central = directory.registries.get(CENTRAL)
    file = read_file(content, read_registry)
    if isinstance(file.value, Registry) and file.reading:
        known = _with_province(directory.registries.values()) | set(central.agencies if central else ())
        check_references(file.reading, known | set(file.value.agencies))
        return loaded(file.reading, file.value)
    return file


def _with_province(registries: Iterable[Registry]) -> set[str]:
    """Return the ids of bodies as other provinces write them: `thai-nguyen/so-y-te`."""
    return {f"{registry.province}/{agency_id}" for registry in registries for agency_id in registry.agencies}


def read_submissions(content: FileContent, catalogue: Catalogue, read_form: ReadForm | None = None) -> LoadedFile:
    """Return a progress file, or a filled workbook where `read_form` reads these."""
    from kehoach_cli.store.readers.progress import read_progress

    form = read_form if content.path.suffix.lower() not in YAML else None
    return read_file(content, partial(read_progress, catalogue=catalogue), form)


def submission_source(file: LoadedFile, catalogue: Catalogue, folder: Path) -> SourceFile:
    """Return a progress file as the lint rules see it; locks close what is in `folder`, and no form outside of it."""
    path = Path(file.reading.path) if file.reading else Path()
    locks = catalogue.locks if real_path(path).is_relative_to(real_path(folder)) else ()
    return source_file(file, "progress", catalogue.directory, catalogue.plans, catalogue.submissions, locks)


def lock_source(file: LoadedFile, catalogue: Catalogue) -> SourceFile:
    """Return a lock file as the lint rules see it."""
    return source_file(file, "lock", catalogue.directory, catalogue.plans, catalogue.submissions)


def _keys_of(read_with: str, files: Iterable[NamedFile]) -> list[str]:
    return [hash_of(read_with, *FileContent(*file).hashed) for file in files]


def _registry(entry: RegistryEntry) -> Registry | None:
    registry = entry.registry
    if registry and entry.by_key is not None:
        registry.__dict__["by_key"] = entry.by_key
    return registry


def _registry_entry(file: LoadedFile) -> RegistryEntry:
    registry = file.value if isinstance(file.value, Registry) else None
    return RegistryEntry(file.file, file.findings, file.fatal, registry, registry.by_key if registry else None)
