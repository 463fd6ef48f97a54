"""Loading a whole workspace for a question; a file that cannot be used never hides the others."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from msgspec import Struct

from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.amendment import UnappliedFile
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.finding import Finding, Severity, sorted_findings
from kehoach_cli.core.model.lock import adjustments
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.progress import RefusedForm
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.errors import CannotRunError
from kehoach_cli.store.cache.database import Cache, cache_folder
from kehoach_cli.store.readers.read_file import FileContent, LoadedFile, ReadForm
from kehoach_cli.store.workspace.asked_periods import with_asked_periods, without_senders
from kehoach_cli.store.workspace.locks import locks_in, read_locks
from kehoach_cli.store.workspace.paths import Root, progress_files, shown_path
from kehoach_cli.store.workspace.reader import (
    WorkspaceReader,
    lock_source,
    read_submissions,
    submission_source,
    unusable_plans,
)
from kehoach_cli.store.workspace.received import archive_of, refused_before, refused_now, unread_files
from kehoach_cli.store.workspace.settings import Settings, settings_of, unheeded_periods

ItemT = TypeVar("ItemT")


class Watch(Protocol):
    """Passes items on as they come, and may tell the person how many of `total` there were."""

    def __call__(self, items: Iterable[ItemT], total: int) -> Iterator[ItemT]:
        """Yield the items."""


def unwatched(items: Iterable[ItemT], total: int) -> Iterator[ItemT]:
    """Pass the items on."""
    del total
    return iter(items)


class Workspace(Struct, frozen=True):
    """What was loaded, what was wrong, and the files that could not be used at all.

    `unapplied` are amendment files that could not be applied whole: the text of their plans may be old.
    `submission_files` are the progress files as the rules see them, `lock_files` the locks on them, where they were asked for.
    """

    root: Root
    settings: Settings
    catalogue: Catalogue
    findings: tuple[Finding, ...]
    unusable: tuple[str, ...] = ()
    submission_files: tuple[SourceFile, ...] = ()
    lock_files: tuple[SourceFile, ...] = ()
    unapplied: tuple[UnappliedFile, ...] = ()

    @property
    def errors(self) -> int:
        """How many of the findings are errors; a remark on a form leaves the workspace whole."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)


def load(  # noqa: PLR0913 - each says what is read
    root: Root,
    progress: Iterable[Path] = (),
    *,
    read_form: ReadForm | None = None,
    keep_files: bool = False,
    closed: bool = False,
    cached: bool = True,
    day: date | None = None,
    watch: Watch = unwatched,
) -> Workspace:
    """Return everything in the workspace at `root`, with submissions from `progress` (default: its `progress/` folder).

    `read_form` reads a filled workbook; without it only YAML is read. With `keep_files` the rules can check the progress files
    afterwards. With either of `keep_files` and `closed` the catalogue has the locks and adjustments.
    What did not change since an earlier run comes from the cache, unless `cached` forbids it; the result is the same.
    The plans have the text in force on `day` (None: as they were issued). `watch` sees the plans as they come.

    Raises:
        CannotRunError: there is no plan that can be read.
    """
    settings, findings = settings_of(root)
    findings += root.unread
    with Cache(cache_folder() if cached else None, root.cache_name) as cache:
        reader = WorkspaceReader(root, settings, cache)
        plans = list(watch(reader.plans(), total=len(reader.plan_files)))
        files = [*reader.registries, *reader.legal, *plans]
        broken = unusable_plans(file for file, read in zip(reader.plan_files, plans, strict=True) if read.fatal)
        findings += [
            unheeded_periods(root, plan_id) for plan_id in without_senders(_plans_in_order(plans), settings.asked)
        ]
        in_order = tuple(with_asked_periods(_plans_in_order(plans), settings.asked))
        others = frozenset((*broken, *unusable_plans(reader.left_out)))
        in_force = reader.amended(in_order, day, others)
        in_order = in_force.plans
        files += in_force.files
        catalogue = Catalogue(in_order, reader.directory, unusable=broken, amended=in_force.applied)
        paths = progress_files(root, tuple(progress), forms=read_form is not None)
        if keep_files:
            contents = (FileContent(path, shown_path(path)) for path in paths)
            submissions = [read_submissions(content, catalogue, read_form) for content in contents]
        else:
            submissions = reader.submissions(paths, catalogue, read_form)
    lock_files = read_locks(root.folder / "progress") if (keep_files or closed) and not root.builtin else []
    files += [*submissions, *lock_files]
    unread = unread_files(tuple(progress)) if keep_files else []
    found = tuple(sorted_findings([*findings, *unread, *(finding for file in files for finding in file.findings)]))
    if not catalogue.plans and root.only is None:
        details = [f"{f.file}:{f.line}:{f.column}: {f.code}: {f.message}" for f in found]
        raise CannotRunError(f"không đọc được kế hoạch nào trong {shown_path(root.folder / 'plans')}", *details)
    values = (file.value for file in submissions)
    refused: tuple[RefusedForm, ...] = ()
    if keep_files:
        refused = (*refused_now(submissions, unread, catalogue), *refused_before(archive_of(root, None)))
    locks = locks_in(lock_files)
    changed = adjustments(archive_of(root, None).read()[1], locks) if locks else ()
    catalogue = Catalogue(
        catalogue.plans,
        catalogue.directory,
        tuple(one for value in values if isinstance(value, tuple) for one in value),
        catalogue.unusable,
        refused,
        locks,
        changed,
        in_force.applied,
        in_force.amendments,
    )
    unusable = (*(one.file for one in root.unread), *(file.file for file in files if file.fatal))
    folder = root.folder / "progress"
    sources = tuple(submission_source(file, catalogue, folder) for file in submissions) if keep_files else ()
    closing = tuple(lock_source(file, catalogue) for file in lock_files)
    return Workspace(
        root,
        settings,
        catalogue,
        found,
        unusable,
        sources,
        closing,
        in_force.unapplied,
    )


def load_registries(root: Root, settings: Settings, *, cached: bool = True) -> tuple[Directory, tuple[Finding, ...]]:
    """Return the registries of a workspace that can be used, and what is wrong with them; no plan is read."""
    with Cache(cache_folder() if cached else None, root.cache_name) as cache:
        reader = WorkspaceReader(root, settings, cache)
        return reader.directory, tuple(finding for file in reader.registries for finding in file.findings)


def _plans_in_order(files: Iterable[LoadedFile]) -> tuple[Plan, ...]:
    usable = sorted((file for file in files if file.plan), key=lambda file: file.order)
    return tuple(file.plan for file in usable if file.plan)
