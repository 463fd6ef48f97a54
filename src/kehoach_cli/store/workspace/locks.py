"""The locks of a workspace: reading them, what they lock, and what has changed since."""

import os
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from kehoach_cli.core.model.agency import CENTRAL
from kehoach_cli.core.model.lock import Lock, LockedFile, PlanLock
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.errors import CannotRunError
from kehoach_cli.store.files.reading import held_bytes
from kehoach_cli.store.readers.lock import read_lock
from kehoach_cli.store.readers.read_file import FileContent, LoadedFile, read_file
from kehoach_cli.store.workspace.paths import (
    LOCK_FILE,
    SETTINGS_FILE,
    NamedFile,
    Root,
    amendment_files,
    folder_of_template,
    lock_files,
    plan_files,
    registry_files,
    shown_path,
)

_PROVINCE = re.compile(rb"^province:[ ]*[\"']?([\w-]+)", re.MULTILINE)
_WORDS = {
    "plan": "kế hoạch",
    "registry": "danh bạ",
    "amendment": "văn bản sửa đổi",
    "settings": "cài đặt",
    "template": "mẫu",
    "report": "báo cáo đã lập",
}


def read_locks(folder: Path) -> list[LoadedFile]:
    """Return the lock files in a folder of progress files, also those that cannot be used."""
    return [read_file(FileContent(path, shown_path(path)), read_lock) for path in lock_files(folder)]


def locks_in(files: list[LoadedFile]) -> tuple[PlanLock, ...]:
    """Return what is closed by these lock files."""
    return tuple(one for file in files if isinstance(file.value, Lock) for one in file.value.plans)


def standing_locks(folder: Path) -> tuple[PlanLock, ...]:
    """Return what is closed in a folder of progress files, for a command that changes them.

    Raises:
        CannotRunError: a lock file cannot be read, so nobody can tell what is closed.
    """
    files = read_locks(folder)
    for file in files:
        if file.fatal:
            found = file.findings[0] if file.findings else None
            why = f"{found.where}: {found.message}" if found else file.file
            raise CannotRunError(f"chưa biết kỳ nào đã chốt vì tệp chốt không đọc được; chưa ghi gì ({why})")
    return locks_in(files)


def lock_path(folder: Path, period: str) -> Path:
    """Return the lock file of a period in a folder of progress files."""
    return folder / period / LOCK_FILE


def used_files(root: Root, plan: Plan, period: str, template: str) -> tuple[LockedFile, ...]:
    """Return the files behind a plan's figures as they are now, with their checksums; files that are not there are left out."""
    own = [("plan", path) for path, shown in plan_files(root) if shown == plan.file]
    own += [("registry", path) for path, _ in _registries(root, plan)]
    own += [("amendment", path) for path, _ in amendment_files(root)]
    own += [("settings", root.folder / SETTINGS_FILE)]
    own += [("template", folder_of_template(root, template) / f"{template}.docx")]
    own += [("report", report_path(root, plan.id, period))]
    return tuple(
        LockedFile(kind, _name(root, kind, path), _sum(path, data))
        for kind, path in own
        if (data := held_bytes(path)) is not None
    )


def report_path(root: Root, plan_id: str, period: str) -> Path:
    """Return where the report of a plan is written unless told otherwise."""
    return root.folder / "reports" / period / f"bao-cao-{plan_id}-{period}.docx"


def changed_files(root: Root, plan: Plan, lock: PlanLock) -> Iterator[str]:
    """Yield in words which files behind the figures are not those that were there when the plan was closed."""
    template = next((Path(one.file).stem for one in lock.files if one.kind == "template"), "")
    now = {(one.kind, one.file): one.sha256 for one in used_files(root, plan, lock.period, template)}
    then = {(one.kind, one.file): one.sha256 for one in lock.files}
    for kind, file in sorted({*now, *then}):
        before, after = then.get((kind, file)), now.get((kind, file))
        if before != after and not (kind == "report" and before is None):
            how = "mới có" if before is None else "không còn" if after is None else "đã thay đổi"
            yield f'{_WORDS[kind]} "{file}" {how}'


def _registries(root: Root, plan: Plan) -> Iterator[NamedFile]:
    """Yield the registries that a plan's names are read with."""
    for path, shown in registry_files(root):
        found = _PROVINCE.search(held_bytes(path) or b"")
        if found and found[1].decode() in {plan.province, CENTRAL}:
            yield path, shown


def _name(root: Root, kind: str, path: Path) -> str:
    if kind == "template":
        return f"templates/{path.name}"
    return seen_from(root, path)


def seen_from(root: Root, path: Path) -> str:
    """Return a path as it is written in a lock: from the workspace, the same on every machine."""
    return Path(os.path.relpath(path, root.folder)).as_posix()


def _sum(path: Path, data: bytes) -> str:
    """Return the checksum of a file. Git may end the lines of a text in another way on another machine."""
    text = path.suffix.lower() != ".docx"
    return sha256(data.replace(b"\r\n", b"\n") if text else data).hexdigest()
