"""Where the files of a workspace are, and which files the command line names."""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from kehoach_cli.core.model.finding import Finding
from kehoach_cli.core.model.revision import Revision
from kehoach_cli.errors import CannotRunError, UsageError, reason
from kehoach_cli.store.files.reading import files_in, is_inside, plain_bytes, real_path

SETTINGS_FILE = "kehoach.toml"
LOCK_FILE = "lock.yaml"
LEGAL_FILE = "legal.yaml"
YAML = (".yaml", ".yml")
WORKBOOKS = (".xls", ".xlsx", ".xlsm", ".xlsb", ".xltx", ".xltm", ".ods")
# Files in a folder of forms that are read, or refused with a reason.
READABLE = (*YAML, *WORKBOOKS)
_KINDS = frozenset({"plan/1", "registry/1", "progress/1", "lock/1", "source/1", "legal/1", "amendment/1"})
# The first key of a file stands within so many bytes, after its comments.
_HEAD = 2**16

# A file and the name messages give it.
NamedFile: TypeAlias = tuple[Path, str]


class Root(Struct, frozen=True):
    """Where the files are; `builtin` is the copy inside the installed package.

    With a `revision`, `folder` holds a copy of what the workspace `home` held then, and `unread` says what could not be copied.
    With `only`, just these files of `plans/` are read as plans, and no submissions.
    """

    folder: Path
    builtin: bool = False
    revision: Revision | None = None
    home: Path | None = None
    unread: tuple[Finding, ...] = ()
    only: frozenset[str] | None = None

    @property
    def cache_name(self) -> Path:
        """What the cache of the workspace is named after; what older revisions held has a cache of its own."""
        return self.home.absolute() / ".revisions" if self.home else self.folder.absolute()

    def given(self, path: Path) -> Path:
        """Return where to read a file or folder that the command line names: one of the workspace as of the revision.

        Raises:
            UsageError: the revision has no such file.
        """
        if self.home is None or not is_inside(path, real_path(self.home)):
            return path
        copy = self.folder / real_path(path).relative_to(real_path(self.home))
        if self.revision and not copy.exists():
            raise UsageError(f'bản {self.revision.name} không có "{path}"')
        return copy


# The folders with copies of a revision's files, and where the files stand for people.
_COPIES: dict[Path, Path] = {}


def show_copies_as(copy: Path, home: Path) -> None:
    """Have messages name the files in the folder `copy` as those in `home`, which they stand for."""
    _COPIES[copy] = home


def find_root(given: Path | None, start: Path) -> Root:
    """Return the workspace `given`, else the nearest one upward of `start`, else the copy in the package.

    Raises:
        UsageError: the folder given is no workspace.
    """
    if given is not None:
        if not is_workspace(given):
            raise UsageError(
                f'"{given}" không phải thư mục làm việc: không có {SETTINGS_FILE} và không có tệp kế hoạch nào trong plans/'
            )
        return Root(given)
    for folder in (start, *start.parents):
        if is_workspace(folder):
            return Root(folder)
    return Root(builtin_folder(), builtin=True)


def builtin_folder() -> Path:
    """Return the folder of the package's own plans; an editable installation has them at the repository's root instead."""
    package = Path(__file__).resolve().parents[2]
    for folder in (package / "_data", package.parent.parent):
        if (folder / "plans").is_dir():
            return folder
    raise CannotRunError("bản cài đặt thiếu các kế hoạch đi kèm; hãy cài lại kehoach")


def folder_of_template(root: Root, name: str) -> Path:
    """Return the folder that has a report template: the workspace's own, else the one in the package."""
    own = root.folder / "templates"
    return own if (own / f"{name}.docx").is_file() else builtin_folder() / "templates"


def shown_path(path: Path) -> str:
    """Return the path as a message names it: relative where the file is below the current folder."""
    for copy, home in _COPIES.items():
        if path.is_relative_to(copy):
            path = home / path.relative_to(copy)
    try:
        return Path(os.path.relpath(path)).as_posix() if real_path(path).is_relative_to(Path.cwd()) else str(path)
    except (OSError, ValueError):
        return str(path)


def registry_files(root: Root) -> list[NamedFile]:
    """Return the registries of a workspace."""
    return [(path, shown_path(path)) for path in _registries(root)]


def plan_files(root: Root) -> list[NamedFile]:
    """Return the plans of a workspace, or of those the ones that are wanted."""
    files = _shown_in(root.folder / "plans", _plans(root))
    return [file for file in files if root.only is None or file[0].name in root.only]


def left_out_files(root: Root) -> list[NamedFile]:
    """Return the plans of a workspace that are not wanted."""
    return (
        [(path, shown_path(path)) for path in _plans(root) if path.name not in root.only]
        if root.only is not None
        else []
    )


def legal_files(root: Root) -> list[NamedFile]:
    """Return the register of replaced legal documents, where the workspace has one."""
    return [(path, shown_path(path)) for path in _legal(root)]


def amendment_files(root: Root) -> list[NamedFile]:
    """Return the amendments of the plans of a workspace, also those that an editor named `….txt`, which are refused."""
    return [(path, shown_path(path)) for path in _amendments(root)]


def record_files(root: Root) -> list[NamedFile]:
    """Return the source records of a workspace."""
    return list(_shown_in(root.folder / "plans" / "sources", _records(root)))


def record_of(plan: Path) -> Path:
    """Return where the source record of a plan file stands."""
    return plan.parent / "sources" / f"{plan.stem}.yaml"


def progress_files(root: Root, given: tuple[Path, ...] = (), *, forms: bool = False) -> list[Path]:
    """Return the progress files in what is `given`, by default in the workspace's folder; with `forms` also workbooks."""
    folder = root.folder / "progress"
    default = (folder,) if not root.builtin and root.only is None and folder.is_dir() else ()
    find = _yaml_and_workbooks if forms else _yaml_files
    found = dict.fromkeys(file for path in given or default for file in find(path))
    return [file for file in found if not _is_lock(file)]


def lock_files(folder: Path) -> list[Path]:
    """Return the lock files in a folder of progress files."""
    return [file for file in files_in(folder, YAML, deep=True) if _is_lock(file)]


def _is_lock(path: Path) -> bool:
    """Whether a file is a lock: by its first key, and by its name where the first key cannot be read."""
    if path.name == LOCK_FILE or is_workbook(path):
        return path.name == LOCK_FILE
    try:
        # Hundreds of submissions are looked at for every listing; few of them need their first key found.
        likely = b"lock/" in plain_bytes(path, _HEAD)
    except OSError:
        return False
    return likely and _first_key(path).startswith("lock/")


def files_at(root: Root, paths: tuple[Path, ...]) -> tuple[frozenset[Path] | None, tuple[str, ...]]:
    """Return the files that `paths` name (None: no path, every file), and those in a folder among them that are not for us.

    In a folder, files of the workspace and files that begin with the key `kehoach` count; hidden files and folders do not, since
    they hold the settings of other programs. A file that is named itself always counts.

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
        for file in _yaml_and_workbooks(path):
            if folder and any(part.startswith(".") for part in file.relative_to(path).parts):
                continue
            if not folder or real_path(file) in own or (not is_workbook(file) and _first_key(file)):
                wanted.add(real_path(file))
            elif not is_workbook(file):
                foreign.append(shown_path(file))
    # What is in doubt in a plan stands in its record.
    records = {real_path(path) for path in _records(root)}
    wanted |= {record for path in tuple(wanted) if (record := record_of(path)) in records}
    return frozenset(wanted), tuple(foreign)


def outside_files(root: Root, wanted: frozenset[Path]) -> dict[str, list[NamedFile]]:
    """Return the files from outside the workspace by what their first key says they are; a workbook is a `form`."""
    found: dict[str, list[NamedFile]] = {}
    for path in sorted(wanted - {real_path(path) for path in _own_files(root)}):
        kind = "form" if is_workbook(path) else _first_key(path).partition("/")[0]
        found.setdefault(kind, []).append((path, shown_path(path)))
    return found


def is_plan_name(name: str) -> bool:
    """Whether a file of this name in the folder of plans is one."""
    return name.lower().endswith(YAML) and name != LEGAL_FILE


def is_workbook(path: Path) -> bool:
    """Whether a file is named like a workbook of Excel."""
    return path.name.lower().endswith(WORKBOOKS)


def _own_files(root: Root) -> list[Path]:
    progress = root.folder / "progress"
    locks = lock_files(progress) if not root.builtin else []
    return [
        *_registries(root),
        *_plans(root),
        *_legal(root),
        *_amendments(root),
        *_records(root),
        *progress_files(root, forms=True),
        *locks,
    ]


def _registries(root: Root) -> list[Path]:
    return files_in(root.folder / "plans" / "agencies", YAML)


def _plans(root: Root) -> list[Path]:
    return [path for path in files_in(root.folder / "plans", YAML) if is_plan_name(path.name)]


def _legal(root: Root) -> list[Path]:
    return [path for path in files_in(root.folder / "plans", YAML) if path.name == LEGAL_FILE]


def _amendments(root: Root) -> list[Path]:
    found = files_in(root.folder / "plans" / "amendments", (*YAML, ".txt"), deep=True)
    return [path for path in found if path.name.lower().endswith(YAML) or _first_key(path).startswith("amendment/")]


def _records(root: Root) -> list[Path]:
    return files_in(root.folder / "plans" / "sources", YAML)


def is_workspace(folder: Path) -> bool:
    """Whether a folder has settings or plans.

    Raises:
        CannotRunError: nobody can tell, because the folder of plans cannot be read.
    """
    try:
        if (folder / SETTINGS_FILE).is_file():
            return True
        files = [path for path in (folder / "plans").iterdir() if path.name.lower().endswith(YAML)]
    except PermissionError as error:
        raise CannotRunError(f'không đọc được thư mục "{folder / "plans"}": {reason(error)}') from None
    except (OSError, ValueError):
        return False
    return any(_first_key(path).startswith("plan/") or _is_locked(path) for path in files)


def _is_locked(path: Path) -> bool:
    """Whether a file may not be read: it can be a plan."""
    try:
        plain_bytes(path, 1)
    except PermissionError:
        return True
    except OSError:
        return False
    return False


def _yaml_files(path: Path) -> list[Path]:
    if not _exists(path):
        raise UsageError(f'không có tệp hay thư mục "{path}"')
    return files_in(path, YAML, deep=True) if path.is_dir() else [path]


def _yaml_and_workbooks(path: Path) -> list[Path]:
    """Return YAML files and workbooks; `~$…` are lock files of Office."""
    files = _yaml_files(path)
    if path.is_dir():
        files += [file for file in files_in(path, WORKBOOKS, deep=True) if not file.name.startswith(("~$", "."))]
    return sorted(files)


def _shown_in(folder: Path, files: Iterable[Path]) -> Iterator[NamedFile]:
    """Yield each file of a folder with its name in messages: they begin alike, since only a link leads out of the folder."""
    shown = (Path(shown_path(folder)) / "x").as_posix()[:-1]
    links: set[str] = set()
    with suppress(OSError), os.scandir(folder) as entries:
        links = {entry.name for entry in entries if entry.is_symlink()}
    for path in files:
        yield path, shown_path(path) if path.name in links else f"{shown}{path.name}"


def _first_key(path: Path) -> str:
    """Return the value of the first key of a file if that is `kehoach`, else nothing."""
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


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
