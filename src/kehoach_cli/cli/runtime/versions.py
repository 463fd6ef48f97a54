"""Finds the versions of plans that the words of `diff` name: a plan file, a plan id, a git revision, or both."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from kehoach_cli.cli.runtime.context import Globals
from kehoach_cli.cli.runtime.session import say_unapplied
from kehoach_cli.errors import CannotRunError, KehoachError, UsageError
from kehoach_cli.viet.text import without_controls

if TYPE_CHECKING:
    from kehoach_cli.core.model.agency import Directory
    from kehoach_cli.core.model.amendment import AppliedChange
    from kehoach_cli.core.model.plan import Plan
    from kehoach_cli.store.workspace.load import Workspace
    from kehoach_cli.store.workspace.paths import Root

_MOST_ERRORS = 5
_PLAN_FILE = re.compile(r"\.ya?ml$", re.IGNORECASE)


class Version(Struct, frozen=True):
    """One side of a comparison: its name for people, its plans, and the registries they are read with."""

    name: str
    plans: "tuple[Plan, ...]"
    directory: "Directory"
    # The plan that was named, empty for all of them.
    which: str = ""
    # What amendments changed in the plans.
    amended: "tuple[AppliedChange, ...]" = ()
    # The files that cannot be read, by the id of their plan.
    unusable: Mapping[str, str] = field(default_factory=dict)


def day_of(*words: str | None) -> date | None:
    """Return up to which day amendments are in the plans: all of them, but none where a side is a file, the text as issued."""
    return None if any(word and _names_a_file(word) for word in words) else date.max


def _names_a_file(text: str) -> bool:
    return Path(text).is_file() or (":" in text and bool(_PLAN_FILE.search(text)))


def version_of(program: Globals, workspace: "Workspace", text: str, day: date | None) -> Version:
    """Return the plans that a word names, with the amendments up to a day.

    Raises:
        UsageError: there is no such file, plan or revision.
        CannotRunError: a plan cannot be read.
    """
    if (path := Path(text)).is_file():
        return _file(workspace, path, text)
    if found := _named(workspace, text):
        return _one(f"{found.id} hiện nay", workspace, found)
    if path.is_dir():
        return _at_folder(path, text, day)
    revision, colon, which = text.rpartition(":")
    if colon:
        return _at_revision(program, revision, which, text, day)
    try:
        return _at_revision(program, text, "", text, day)
    except KehoachError as error:
        # What is no revision is perhaps a file or a plan that is not there.
        raise _unknown(workspace, text, str(error)) from None


def default_pair(program: Globals, workspace: "Workspace", one: str, day: date | None) -> tuple[Version, Version]:
    """Return the two sides of a single word: a plan, or its file, in the last commit and now; all else and what is here now."""
    if plan_id := _own(workspace, one):
        old = _at_revision(program, "HEAD", plan_id, one, day)
        return old, version_of(program, workspace, plan_id, day)
    old = version_of(program, workspace, one, day)
    mine = {plan.id for plan in old.plans}
    here = tuple(plan for plan in workspace.catalogue.plans if not old.which or plan.id in mine)
    if not here:
        raise UsageError(f'thư mục làm việc không có kế hoạch "{", ".join(sorted(mine))}"; nêu cả bản thứ hai')
    now = _all("bản hiện nay trong thư mục làm việc", workspace)
    return old, replace(now, plans=here, which=old.which)


def _own(workspace: "Workspace", one: str) -> str:
    """Return the id of the plan of the workspace that a word names, by its id or as the path of its file; empty for none."""
    from kehoach_cli.store.workspace.paths import shown_path

    path = Path(one)
    if not path.is_file():
        found = _named(workspace, one)
        return found.id if found else ""
    file = shown_path(path)
    return next((plan.id for plan in workspace.catalogue.plans if plan.file == file), "")


def _named(workspace: "Workspace", text: str) -> "Plan | None":
    """Return the plan with an id.

    Raises:
        CannotRunError: its file cannot be read.
    """
    plan_id = text.strip().casefold()
    if file := workspace.catalogue.unusable.get(plan_id):
        raise CannotRunError(
            f'không so được: kế hoạch "{plan_id}" ở tệp "{file}" chưa đọc được; sửa lỗi trong tệp đó trước'
        )
    return workspace.catalogue.plan(plan_id)


def _all(name: str, workspace: "Workspace") -> Version:
    found = workspace.catalogue
    return Version(name, found.plans, found.directory, amended=found.amended, unusable=found.unusable)


def _one(name: str, workspace: "Workspace", plan: "Plan") -> Version:
    return Version(name, (plan,), workspace.catalogue.directory, plan.id, workspace.catalogue.amended)


def _loaded(root: "Root", day: date | None) -> "Workspace":
    """Return another workspace with the amendments up to a day in its plans; say which ones could not be applied."""
    from kehoach_cli.store.workspace.load import load

    found = load(root, cached=False, day=day)
    say_unapplied(found)
    return found


def _file(workspace: "Workspace", path: Path, shown: str) -> Version:
    from kehoach_cli.store.readers.read_file import FileContent
    from kehoach_cli.store.workspace.reader import PlanReader

    directory = workspace.catalogue.directory
    reader = PlanReader(directory, workspace.settings.strict_before, "")
    read = reader.read(FileContent(path, shown))
    if read.plan is None or read.fatal:
        details = [
            f"{one.file}:{one.line}:{one.column}: {one.code}: {one.message}" for one in read.findings[:_MOST_ERRORS]
        ]
        raise CannotRunError(
            f'không so được: "{without_controls(shown)}" không đọc được như một tệp kế hoạch', *details
        )
    return Version(f'tệp "{without_controls(shown)}"', (read.plan,), directory, read.plan.id)


def _at_folder(folder: Path, shown: str, day: date | None) -> Version:
    from kehoach_cli.store.workspace.paths import find_root

    there = _loaded(find_root(folder, folder), day)
    return _all(f'thư mục "{without_controls(shown)}"', there)


def _at_revision(program: Globals, revision: str, which: str, asked: str, day: date | None) -> Version:
    """Return the plans of a git revision: all, one by its id, or a file."""
    from kehoach_cli.render.labels import revision_text
    from kehoach_cli.store.workspace.revision import root_at

    if not revision:
        raise UsageError(f'"{without_controls(asked)}": thiếu bản git trước dấu ":"')
    root = root_at(program.root, Path.cwd(), revision, [Path(which)] if _PLAN_FILE.search(which) else [])
    there = _loaded(root, day)
    name = revision_text(root.revision) if root.revision else f"bản {revision}"
    if not which:
        return _all(name, there)
    if found := _named(there, which):
        return _one(f"{name}: {which}", there, found)
    if _PLAN_FILE.search(which):
        file = _file(there, _copy_of(root, Path(which)), which)
        return Version(f"{name}: {which}", file.plans, there.catalogue.directory, file.which)
    known = ", ".join(plan.id for plan in there.catalogue.plans)
    raise UsageError(f'{name} không có kế hoạch "{which}"; các kế hoạch có: {known}')


def _copy_of(root: "Root", path: Path) -> Path:
    """Return where a revision's file is: as git does, one of the workspace wherever the command runs, else one seen from here.

    Raises:
        UsageError: the revision has no such file; one that is on the disk alone is never taken for it.
    """
    from kehoach_cli.store.files.reading import is_inside

    for copy in (root.folder / path, root.given(path)):
        if is_inside(copy, root.folder) and copy.is_file():
            return copy
    name = root.revision.name if root.revision else ""
    raise UsageError(f'bản {name} không có tệp "{without_controls(str(path))}" trong thư mục làm việc')


def _unknown(workspace: "Workspace", text: str, why: str) -> UsageError:
    known = ", ".join(plan.id for plan in workspace.catalogue.plans)
    message = f'không có tệp, kế hoạch hay bản git nào tên "{without_controls(text)}"; các kế hoạch có: {known}'
    return UsageError(message, why)
