"""The older version of a workspace: what its changed files held, and what changed in each of them since."""

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.changes.compare import Version, compare
from kehoach_cli.core.model.agency import Directory, Registry
from kehoach_cli.core.model.amendment import Amendment
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.finding import Finding, Severity
from kehoach_cli.core.model.legal import LegalRegister
from kehoach_cli.core.model.lock import Lock
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.core.model.source_record import SourceRecord
from kehoach_cli.store.files.git_changes import ChangedFiles
from kehoach_cli.store.files.reading import real_path
from kehoach_cli.store.readers.read_file import FileContent, LoadedFile, ReadForm, read_file
from kehoach_cli.store.workspace.paths import LEGAL_FILE, WORKBOOKS, YAML, Root, is_workbook, shown_path
from kehoach_cli.store.workspace.reader import read_registries, read_submissions

# The files of which git is asked for the older version.
COMPARED = (*YAML, *WORKBOOKS)
# The key that tells the kind of a file stands within so many bytes.
_HEAD = 2**12


class Baseline(Struct, frozen=True, dict=True):
    """The older version of the files that changed. The other files, and `directory` and `plans`, are those of today."""

    root: Root
    changed: ChangedFiles
    directory: Directory
    strict_before: bool
    read_form: ReadForm | None = None
    plans: tuple[Plan, ...] = ()

    def has(self, path: Path) -> bool:
        """Whether a file is one of those that changed."""
        return real_path(path) in self.changed.files

    def compared(self, source: SourceFile, path: Path) -> SourceFile:
        """Return a file as the rules see it, with what changed in it; one that cannot be used now is not compared."""
        path = real_path(path)
        value = source.value
        # Commands write locks and source records: rules say what is wrong with a lock, and people settle doubts in a record.
        if (
            path not in self.changed.files
            or value is None
            or isinstance(value, Lock | SourceRecord | LegalRegister | Amendment)
        ):
            return source
        at = self._origin(path, source.kind, value)
        revision = self.changed.revision
        if at is None:
            return _remarked(source, "K528", f"tệp mới so với bản {revision}: {_contents(value)}")
        old = self._old(source.kind, at)
        if isinstance(old, str):
            message = f"không so được tệp này với bản {revision}: {old}"
            return _remarked(source, "K529", message, "các thay đổi trong tệp không được liệt kê; xem bằng git diff")
        if at != path:
            source = _remarked(source, "K528", f'tệp này ở bản {revision} là "{shown_path(at)}"')
            old = _shared(old, value)
        return replace(source, changes=compare(old, value))

    def gone(self, kind: str, present: Iterable[str]) -> Iterator[tuple[Path, Finding]]:
        """Yield the files of a kind that only the older version has; `present` are the ids of what there is today."""
        here = frozenset(present)
        for path in self._files(kind):
            old = None if os.path.lexists(path) else self._old(kind, path)
            if old is None or (not isinstance(old, str) and ids_of(old) <= here):
                continue
            what = "" if isinstance(old, str) else f": {_contents(old)}"
            message = f"tệp đã bị xóa so với bản {self.changed.revision}{what}"
            yield path, Finding("K528", Severity.INFO, shown_path(path), message)

    def gone_amendments(self) -> Iterator[tuple[Path, Finding]]:
        """Yield the amendments that only the older version has: what they said is not in force any more."""
        folder = real_path(self.root.folder / "plans" / "amendments")
        for path in sorted(self.changed.old):
            if path.is_relative_to(folder) and not os.path.lexists(path):
                revision = self.changed.revision
                message = f"tệp sửa đổi đã bị xóa so với bản {revision}: kế hoạch không còn theo văn bản này"
                hint = f'xóa nhầm thì lấy lại: git checkout {revision} -- "{shown_path(path)}"'
                yield path, Finding("K528", Severity.WARNING, shown_path(path), message, hint=hint)

    def _origin(self, path: Path, kind: str, value: Version) -> Path | None:
        """Return the older file of a file: the one of its name, unless another one holds the same plan, province or report."""
        known = path in self.changed.old
        own = self._old(kind, path) if known else ""
        if isinstance(own, str) and known:
            return path
        if isinstance(own, str) or ids_of(own).isdisjoint(ids_of(value)):
            others = dict.fromkeys((*self._files(kind), *self._elsewhere(kind)))
            if moved := next((one for one in others if one != path and self._may_be(one, kind, value)), None):
                return moved
        return path if known else None

    def _may_be(self, other: Path, kind: str, value: Version) -> bool:
        # An agency may send two reports, so a file that is still there is no other one's origin.
        old = None if kind == "progress" and os.path.lexists(other) else self._old(kind, other)
        return not (old is None or isinstance(old, str)) and not ids_of(old).isdisjoint(ids_of(value))

    def _files(self, kind: str) -> list[Path]:
        """Return the older files that lie where the workspace has files of a kind."""
        plans, progress = real_path(self.root.folder / "plans"), real_path(self.root.folder / "progress")
        folder = plans / "agencies" if kind == "registry" else plans
        return sorted(
            path
            for path in self.changed.old
            if (
                path.is_relative_to(progress)
                if kind == "progress"
                else path.parent == folder and path.name != LEGAL_FILE
            )
        )

    def _elsewhere(self, kind: str) -> Iterator[Path]:
        """Yield the files of a kind that are gone from wherever they lay: a whole workspace may have moved."""
        for path, file in self.changed.old.items():
            if f"{kind}/1".encode() in (file.data or b"")[:_HEAD] and not os.path.lexists(path):
                yield path

    @cached_property
    def _known(self) -> dict[Path, Version | str]:
        return {}

    def _old(self, kind: str, path: Path) -> Version | str:
        """Return what a file held, or why that cannot be told."""
        if path not in self._known:
            file = self.changed.old[path]
            self._known[path] = file.why if file.data is None else self._understood(kind, path, file.data)
        return self._known[path]

    def _understood(self, kind: str, path: Path, data: bytes) -> Version | str:
        content = FileContent(path, shown_path(path), data)
        read = {"registry": _registry, "plan": self._plan}.get(kind, self._submissions)(content)
        if read.value is None or read.fatal or isinstance(read.value, Lock | SourceRecord | LegalRegister | Amendment):
            errors = [finding for finding in read.findings if finding.severity is Severity.ERROR]
            return f"dòng {errors[0].line}: {errors[0].message}" if errors else "không đọc được"
        return read.value

    def _plan(self, content: FileContent) -> LoadedFile:
        from kehoach_cli.store.readers.plan import read_plan

        understand = partial(read_plan, directory=self._directory, strict_before=self.strict_before)
        return read_file(content, understand)

    def _submissions(self, content: FileContent) -> LoadedFile:
        if not is_workbook(content.path) or content.data is None:
            return read_submissions(content, self._catalogue)
        with TemporaryDirectory(prefix="kehoach-") as folder:
            copy = Path(folder, content.path.name)
            copy.write_bytes(content.data)
            return read_submissions(FileContent(copy, content.shown), self._catalogue, self.read_form)

    @cached_property
    def _directory(self) -> Directory:
        """The registries as they were."""
        old = (self._old("registry", path) for path in self._files("registry"))
        was = {registry.province: registry for registry in old if isinstance(registry, Registry)}
        return Directory({**self.directory.registries, **was}, self.directory.replaced)

    @cached_property
    def _catalogue(self) -> Catalogue:
        """The plans as they were."""
        old = (self._old("plan", path) for path in self._files("plan"))
        was = {plan.id: plan for plan in old if isinstance(plan, Plan)}
        today = {plan.id: plan for plan in self.plans}
        return Catalogue(tuple({**today, **was}.values()), self._directory)


def ids_of(value: Version) -> frozenset[str]:
    """Return what tells a value from others of its kind: the plan's id, the province, or who reported on what for when."""
    if isinstance(value, Plan):
        return frozenset({value.id})
    if isinstance(value, Registry):
        return frozenset({value.province})
    return frozenset(f"{one.plan} {one.agency} {one.period.key}" for one in value)


def _registry(content: FileContent) -> LoadedFile:
    return read_registries([content])[0]


def _shared(old: Version, new: Version) -> Version:
    """Return those submissions of a file that the new one has, too: a list may have been split."""
    if isinstance(old, tuple) and isinstance(new, tuple):
        return tuple(one for one in old if ids_of((one,)) <= ids_of(new))
    return old


def _remarked(source: SourceFile, code: str, message: str, hint: str | None = None) -> SourceFile:
    remark = Finding(code, Severity.INFO, source.file, message, 1, 1, (), hint)
    return replace(source, found=(*source.found, remark))


def _contents(value: Version) -> str:
    """Return in words what a file holds."""
    if isinstance(value, Plan):
        return f'kế hoạch "{value.id}", {len(value.tasks)} nhiệm vụ, {len(value.indicators)} chỉ tiêu'
    if isinstance(value, Registry):
        return f'danh bạ "{value.province}", {len(value.agencies)} cơ quan và nhóm'
    first: Sequence[str] = [f"{one.agency} về {one.plan}, {one.period.key}" for one in value][:3]
    more = f" và {len(value) - len(first)} báo cáo nữa" if len(value) > len(first) else ""
    return f"báo cáo của {'; '.join(first)}{more}"
