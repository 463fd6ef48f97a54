"""Finding a workspace and loading everything in it; one broken file never hides the others."""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kehoach_cli.core.agency import Directory, Registry
from kehoach_cli.core.catalogue import Catalogue
from kehoach_cli.core.finding import Finding, Severity, sorted_findings
from kehoach_cli.core.plan import Plan
from kehoach_cli.core.progress import Submission
from kehoach_cli.errors import CannotRunError, UsageError, reason
from kehoach_cli.store.settings import FILE_NAME, Settings, read_settings

if TYPE_CHECKING:
    from kehoach_cli.store.judge import Judge


@dataclass(frozen=True, slots=True)
class Root:
    """Where the files are; `builtin` is the copy inside the installed package."""

    folder: Path
    builtin: bool = False


@dataclass(frozen=True, slots=True)
class Workspace:
    """What was loaded, what was wrong, and the files that could not be used at all."""

    root: Root
    settings: Settings
    catalogue: Catalogue
    findings: tuple[Finding, ...]
    unusable: tuple[str, ...] = ()


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
    return Root(_builtin_folder(), builtin=True)


def load(root: Root, progress: Iterable[Path] = ()) -> Workspace:
    """Return everything in the workspace at `root`, with reports from `progress` (default: its `progress/` folder).

    The values depend only on the files' contents and this version, so a cache of parsed files fits between `_judge` and the
    readers without changing a result.

    Raises:
        CannotRunError: there is no plan that can be read.
    """
    from kehoach_cli.store.judge import Judge
    from kehoach_cli.store.read_plan import read_plan
    from kehoach_cli.store.read_progress import read_progress

    settings, findings = read_settings(root.folder, _shown(root.folder / FILE_NAME))
    judges: list[Judge] = []
    plans_folder = root.folder / "plans"
    directory = _load_directory(plans_folder / "agencies", judges)
    plans: dict[str, Plan] = {}
    for path in sorted(plans_folder.glob("*.yaml")):
        plan, judge = None, _judge(path, judges)
        with _own_faults(judge):
            plan = read_plan(judge, directory, strict_before=settings.strict_before)
        if plan and plan.id in plans:
            judge.report("K105", ("id",), f'mã kế hoạch "{plan.id}" đã dùng ở một tệp khác', soft=False)
        elif plan:
            plans[plan.id] = plan
    catalogue = Catalogue(tuple(sorted(plans.values(), key=_plan_order)), directory)
    submissions: list[Submission] = []
    for path in _progress_files(root, tuple(progress)):
        judge = _judge(path, judges)
        with _own_faults(judge):
            submissions += read_progress(judge, catalogue)
    findings += [finding for judge in judges for finding in judge.findings]
    if not plans:
        details = [f"{f.file}:{f.line}:{f.column}: {f.code}: {f.message}" for f in sorted_findings(findings)]
        raise CannotRunError(f"không đọc được kế hoạch nào trong {_shown(plans_folder)}", *details)
    loaded = Catalogue(catalogue.plans, directory, tuple(submissions))
    unusable = tuple(judge.file for judge in judges if judge.fatal)
    return Workspace(root, settings, loaded, tuple(sorted_findings(findings)), unusable)


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


def _load_directory(folder: Path, judges: list["Judge"]) -> Directory:
    from kehoach_cli.core.agency import CENTRAL
    from kehoach_cli.store.read_registry import check_references, read_registry

    registries: dict[str, Registry] = {}
    read = []
    for path in sorted(folder.glob("*.yaml")):
        registry, judge = None, _judge(path, judges)
        with _own_faults(judge):
            registry = read_registry(judge)
        if registry and registry.province in registries:
            judge.report("K105", ("province",), f'danh bạ của "{registry.province}" đã có ở một tệp khác', soft=False)
        elif registry:
            registries[registry.province] = registry
            read.append((judge, registry))
    central = set(registries[CENTRAL].agencies) if CENTRAL in registries else set()
    for judge, registry in read:
        check_references(judge, central | set(registry.agencies))
    return Directory(registries)


def _judge(path: Path, judges: list["Judge"]) -> "Judge":
    """Read one file into a tree under judgement; what cannot be read has an empty tree and a finding that says why."""
    from kehoach_cli.store.judge import Judge
    from kehoach_cli.store.tree import MAX_BYTES, parse

    judge = Judge(_shown(path), None)
    judges.append(judge)

    def fault(code: str, message: str, line: int = 1, column: int = 1, hint: str | None = None) -> None:
        judge.findings.append(Finding(code, Severity.ERROR, judge.file, message, line, column, (), hint))
        judge.fatal = True

    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        fault("K001", f"không mở được tệp: {reason(error)}")
        return judge
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fault("K001", "tệp không phải văn bản UTF-8", line, hint="lưu lại tệp với bảng mã UTF-8")
        return judge
    if len(data) > MAX_BYTES:
        fault("K005", f"tệp lớn hơn {MAX_BYTES // 2**20} MB")
        return judge
    parsed = parse(text)
    judge.tree = parsed.tree
    for problem in parsed.problems:
        fault(problem.code, problem.message, *problem.mark, problem.hint)
    if judge.tree is None and not parsed.problems:
        fault("K002", "tệp trống", hint='tệp phải bắt đầu bằng khóa "kehoach:"')
    return judge


def _is_workspace(folder: Path) -> bool:
    try:
        if (folder / FILE_NAME).is_file():
            return True
        return any(_begins_as_plan(path) for path in sorted((folder / "plans").glob("*.yaml")))
    except (OSError, ValueError):
        return False


def _begins_as_plan(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as lines:
            first = next((line for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
    except OSError:
        return False
    return bool(re.match(r"kehoach\s*:\s*[\"']?plan/", first))


def _builtin_folder() -> Path:
    """Return the package's own plans; an editable installation has them at the repository's root instead."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_data", package.parent.parent):
        if (folder / "plans").is_dir():
            return folder
    raise CannotRunError("bản cài đặt thiếu các kế hoạch đi kèm; hãy cài lại kehoach")


def _progress_files(root: Root, given: tuple[Path, ...]) -> list[Path]:
    for path in given:
        if not _exists(path):
            raise UsageError(f'không có tệp hay thư mục "{path}"')
    default = () if root.builtin else (root.folder / "progress",)
    files: list[Path] = []
    for path in given or default:
        files += sorted(path.rglob("*.yaml")) if path.is_dir() else [path] if path.exists() else []
    return list(dict.fromkeys(files))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _shown(path: Path) -> str:
    """Return the path as a message names it: relative where the file is below the current folder."""
    try:
        return Path(os.path.relpath(path)).as_posix() if path.resolve().is_relative_to(Path.cwd()) else str(path)
    except (OSError, ValueError):
        return str(path)
