"""Finds the versions of plans that the words of `diff` name: a plan file, a plan id, a git revision, a folder, or two of them."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.cli.runtime.context import Globals
from kehoach_cli.cli.runtime.plan_file import errors, read_plan_alone, told
from kehoach_cli.cli.runtime.session import find_folder, say_some, say_unapplied, watched
from kehoach_cli.errors import CannotRunError, KehoachError, UsageError
from kehoach_cli.viet.text import without_controls

if TYPE_CHECKING:
    from kehoach_cli.core.comparison.plans import UnreadPlan
    from kehoach_cli.core.model.agency import Directory
    from kehoach_cli.core.model.plan import Plan
    from kehoach_cli.store.workspace.load import Workspace
    from kehoach_cli.store.workspace.paths import Root

_PLAN_FILE = re.compile(r"\.ya?ml$", re.IGNORECASE)


class Version(Struct, frozen=True):
    """One side of a comparison: its name for people, its plans, and the workspace that they were read in.

    `which` is the plan that was named, empty for all of them.
    """

    name: str
    plans: "tuple[Plan, ...]"
    workspace: "Workspace"
    which: str = ""

    def unread(self, *, was: bool) -> "Iterator[UnreadPlan]":
        """Yield the plan files of this version (`was`: the old one) that cannot be read; a plan that is named can."""
        from kehoach_cli.core.comparison.plans import UnreadPlan
        from kehoach_cli.store.workspace.restrict import unread_plans

        found = {} if self.which else unread_plans(self.workspace.root, self.workspace.unusable)
        for file, plan in found.items():
            error = next(iter(errors(one for one in self.workspace.findings if one.file == file)))
            place = f"dòng {error.line}, cột {error.column}: " if (error.line, error.column) > (1, 1) else ""
            yield UnreadPlan(plan, file, f"{place}{error.code}: {error.message}", was)

    @property
    def directory(self) -> "Directory":
        """The registries that the plans are read with."""
        return self.workspace.catalogue.directory


class _Side(Struct, frozen=True):
    """What a word names before any plan is read: where, and there a plan by its id, a file, or all plans."""

    name: str
    root: "Root"
    plan: str = ""
    file: Path | None = None
    shown: str = ""


def two_versions(program: Globals, old: str, new: str | None) -> tuple[Version, Version]:
    """Return the versions that two words name; one word alone is compared with what is here now.

    Only plans that are asked for and that can differ are read. All amendments are in them, but none where a side is a file.

    Raises:
        UsageError: there is no such file, plan or revision.
        CannotRunError: a plan that was named cannot be read.
    """
    words = _Words(program)
    pair = words.default_pair(old) if new is None else (words.side(old), words.side(new))
    one, other = _alike(*pair)
    day = None if one.file or other.file else date.max
    workspaces = _loaded(program, _restricted(one, other), day)
    files = [
        read_plan_alone(side.file, side.shown, found) if side.file else None
        for side, found in zip((one, other), workspaces, strict=True)
    ]
    # Only now is known which plan a file holds whose text does not tell.
    read = next((file.id for file in files if file), "")
    before, after = (
        _version(side if side.file or side.plan else replace(side, plan=read), found, file)
        for side, found, file in zip((one, other), workspaces, files, strict=True)
    )
    return before, after


def _alike(one: _Side, other: _Side) -> tuple[_Side, _Side]:
    """Return two sides of which the other one is the same plan where one of them is a plan or a file."""
    from kehoach_cli.store.workspace.reader import id_in_text

    plan = (
        next((id_in_text((side.file, side.shown)) for side in (one, other) if side.file), "") or one.plan or other.plan
    )
    one, other = (side if side.plan or side.file else replace(side, plan=plan) for side in (one, other))
    return one, other


class _Words:
    """Says what words name, seen from the workspace of the command."""

    def __init__(self, program: Globals) -> None:
        self._program = program
        self._root = find_folder(program)

    def side(self, text: str) -> _Side:
        """Return what a word names."""
        from kehoach_cli.store.workspace.restrict import plan_ids

        if (path := Path(text)).is_file():
            return self._file(path, text)
        if (plan_id := text.strip().casefold()) in plan_ids(self._root):
            return self._now(plan_id)
        if path.is_dir():
            from kehoach_cli.store.workspace.paths import find_root

            return _Side(f'thư mục "{without_controls(text)}"', find_root(path, path))
        revision, colon, which = text.rpartition(":")
        if colon:
            return self._at_revision(revision, which, text)
        try:
            return self._at_revision(text, "", text)
        except KehoachError as error:
            # What is no revision is perhaps a file or a plan that is not there.
            known = ", ".join(sorted(plan_ids(self._root)))
            message = f'không có tệp, kế hoạch hay bản git nào tên "{without_controls(text)}"; các kế hoạch có: {known}'
            raise UsageError(message, str(error)) from None

    def default_pair(self, text: str) -> tuple[_Side, _Side]:
        """Return the two sides of a single word: a plan, or its file, at HEAD and now; all else and what is now."""
        if plan_id := self._own(text):
            return self._at_revision("HEAD", plan_id, text), self._now(plan_id)
        return self.side(text), self._now()

    def _own(self, text: str) -> str:
        """Return the id of the plan of the workspace that a word names, by its id or as the path of its file; empty for none."""
        from kehoach_cli.store.workspace.paths import plan_files, shown_path
        from kehoach_cli.store.workspace.reader import id_in_text
        from kehoach_cli.store.workspace.restrict import plan_ids

        path = Path(text)
        if not path.is_file():
            plan_id = text.strip().casefold()
            return plan_id if plan_id in plan_ids(self._root) else ""
        shown = shown_path(path)
        return next((id_in_text(file) for file in plan_files(self._root) if file[1] == shown), "")

    def _now(self, plan_id: str = "") -> _Side:
        name = f"{plan_id} hiện nay" if plan_id else "bản hiện nay trong thư mục làm việc"
        return _Side(name, self._root, plan_id)

    def _file(self, path: Path, shown: str) -> _Side:
        return _Side(f'tệp "{without_controls(shown)}"', self._root, file=path, shown=shown)

    def _at_revision(self, revision: str, which: str, asked: str) -> _Side:
        """Return a git revision: all plans of it, one by its id, or a file."""
        from kehoach_cli.render.labels import revision_text
        from kehoach_cli.store.workspace.paths import SETTINGS_FILE
        from kehoach_cli.store.workspace.restrict import plan_ids
        from kehoach_cli.store.workspace.revision import root_at

        if not revision:
            raise UsageError(f'"{without_controls(asked)}": thiếu bản git trước dấu ":"')
        also = [Path(which)] if _PLAN_FILE.search(which) else []
        root = root_at(self._program.root, Path.cwd(), revision, also, parts=(SETTINGS_FILE, "plans"))
        name = revision_text(root.revision) if root.revision else f"bản {revision}"
        if not which:
            return _Side(name, root)
        if (plan_id := which.strip().casefold()) in plan_ids(root):
            return _Side(f"{name}: {which}", root, plan_id)
        if also:
            return _Side(f"{name}: {which}", root, file=_copy_of(root, Path(which)), shown=which)
        raise _no_plan(root, name, which)


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


def _restricted(old: _Side, new: _Side) -> "tuple[Root, Root]":
    """Return the workspaces of two sides, restricted to the plan files that must be read."""
    from kehoach_cli.store.workspace.restrict import with_differing, with_plan, without_plans

    if not any(side.plan or side.file for side in (old, new)):
        return with_differing(old.root, new.root)
    one, other = (
        without_plans(side.root) if side.file else with_plan(side.root, side.plan) if side.plan else side.root
        for side in (old, new)
    )
    return one, other


def _loaded(program: Globals, roots: "tuple[Root, Root]", day: date | None) -> "tuple[Workspace, Workspace]":
    """Return the workspaces with the amendments up to a day in their plans; one that is asked twice is loaded once.

    What is wrong in the files as they are now is said, and which amendments could not be applied.
    """
    from kehoach_cli.store.workspace.restrict import with_plans_of

    one, other = roots
    if one.folder == other.folder:
        return (_loaded_once(program, with_plans_of(one, other), day),) * 2
    return _loaded_once(program, one, day), _loaded_once(program, other, day)


def _loaded_once(program: Globals, root: "Root", day: date | None) -> "Workspace":
    from kehoach_cli.store.workspace.load import load

    made = load(root, cached=program.cache, day=day, watch=watched())
    if root.revision is None:
        say_some(made.findings)
    say_unapplied(made)
    return made


def _version(side: _Side, workspace: "Workspace", file: "Plan | None") -> Version:
    """Return the plans of a side.

    Raises:
        CannotRunError: the plan that was named cannot be read.
    """
    if file:
        return Version(side.name, (file,), workspace, file.id)

    catalogue = workspace.catalogue
    if not side.plan:
        return Version(side.name, catalogue.plans, workspace)
    if broken := catalogue.unusable.get(side.plan):
        # What is wrong in the files as they are now was said.
        why = told(one for one in workspace.findings if one.file == broken) if side.root.revision else ()
        raise CannotRunError(
            f'không so được kế hoạch "{side.plan}": {side.name} có tệp "{broken}" không đọc được', *why
        )
    plan = catalogue.plan(side.plan)
    if plan is None:
        raise _no_plan(side.root, side.name, side.plan)
    return Version(side.name, (plan,), workspace, side.plan)


def _no_plan(root: "Root", name: str, plan: str) -> KehoachError:
    """Return what to say where a version does not have a plan, as far as its files can be read."""
    from kehoach_cli.store.workspace.restrict import plan_ids, unread_plans

    if unread_plans(root, ()):
        return CannotRunError(f'không tìm được kế hoạch "{plan}": {name} có tệp không đọc được', *told(root.unread))
    return UsageError(f'{name} không có kế hoạch "{plan}"; các kế hoạch có: {", ".join(sorted(plan_ids(root)))}')
