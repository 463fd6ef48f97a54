"""Workspaces of which only some plans are read: those that a question is about, or that differ from another version."""

from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from kehoach_cli.store.readers.read_file import FileContent
from kehoach_cli.store.workspace.load import load
from kehoach_cli.store.workspace.paths import (
    SETTINGS_FILE,
    NamedFile,
    Root,
    amendment_files,
    is_plan_name,
    legal_files,
    plan_files,
    registry_files,
    shown_path,
)
from kehoach_cli.store.workspace.reader import id_in_text


def plan_ids(root: Root) -> frozenset[str]:
    """Return the ids of the plans of a workspace, also of those that cannot be read; most files tell theirs in their text."""
    found = {id_in_text(file) for file in plan_files(root)}
    if "" not in found:
        return frozenset(found)
    catalogue = load(root).catalogue
    return frozenset((*(plan.id for plan in catalogue.plans), *catalogue.unusable))


def with_plan(root: Root, plan_id: str) -> Root:
    """Return a workspace of which one plan is read; a file whose text does not tell its id may be that of any plan."""
    return _with(root, (path.name for path, shown in plan_files(root) if id_in_text((path, shown)) in {plan_id, ""}))


def without_plans(root: Root) -> Root:
    """Return a workspace of which no plan is read."""
    return _with(root, ())


def with_plans_of(one: Root, other: Root) -> Root:
    """Return a workspace of which the plans of two restrictions are read."""
    return _with(one, (one.only or frozenset()) | (other.only or frozenset()))


def with_differing(old: Root, new: Root) -> tuple[Root, Root]:
    """Return two workspaces of which the plans are read that may differ: all of them, if what they are read with differs."""
    before, after = (dict(_held(plan_files(root))) for root in (old, new))
    if _read_with(old) != _read_with(new):
        return _with(old, before), _with(new, after)
    return (
        _with(old, (name for name, data in before.items() if after.get(name) != data)),
        _with(new, (name for name, data in after.items() if before.get(name) != data)),
    )


def unread_plans(root: Root, unusable: Iterable[str]) -> dict[str, str]:
    """Return the ids of plan files that cannot be used, by the names of the files; empty where the text does not tell it.

    Those that git could not give are among them.
    """
    unusable = frozenset(unusable)
    found = {file[1]: id_in_text(file) for file in plan_files(root) if file[1] in unusable}
    folder = Path(shown_path(root.folder / "plans"))
    missing = (one.file for one in root.unread)
    return found | {file: "" for file in missing if Path(file).parent == folder and is_plan_name(Path(file).name)}


def _with(root: Root, names: Iterable[str]) -> Root:
    return replace(root, only=frozenset(names))


def _read_with(root: Root) -> list[tuple[str, bytes | None]]:
    """Return what the files hold that plans are read with."""
    settings = root.folder / SETTINGS_FILE
    files = (registry_files(root), legal_files(root), amendment_files(root), [(settings, settings.name)])
    return [one for some in files for one in _held(some)]


def _held(files: Iterable[NamedFile]) -> list[tuple[str, bytes | None]]:
    return [(file[0].name, FileContent(*file).data) for file in files]
