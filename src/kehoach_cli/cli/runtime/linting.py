"""One run of `lint`: which files and rules, what was found, and what `--fix` makes of the files."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.cli.runtime.context import Globals
from kehoach_cli.cli.runtime.session import find_folder, read_form, say
from kehoach_cli.core.model.finding import Finding, Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.errors import UsageError
from kehoach_cli.render.progress_bar import with_progress
from kehoach_cli.rules import BY_CODE
from kehoach_cli.rules.engine import Selection, lint_for_cache
from kehoach_cli.rules.engine import lint as run_rules
from kehoach_cli.rules.fix import FIXABLE, NAMED, UNKNOWN, fixed, named_in, province_of, with_ids
from kehoach_cli.store.base.registry import base_entry, with_entries
from kehoach_cli.store.cache.keys import hash_of, state_of
from kehoach_cli.store.files.git import repository_of
from kehoach_cli.store.files.git_changes import ChangedFiles, changed_since
from kehoach_cli.store.files.reading import real_path
from kehoach_cli.store.files.writing import write_together
from kehoach_cli.store.workspace.baseline import COMPARED
from kehoach_cli.store.workspace.lint import LintOptions, LintScope, WorkspaceNames, check_files, source_files
from kehoach_cli.store.workspace.paths import SETTINGS_FILE, files_at, shown_path
from kehoach_cli.store.workspace.settings import Settings, line_of_setting, settings_of
from kehoach_cli.store.yaml.tree import same_data

_WORKING = "Đang kiểm tra"


class LintRequest(Struct, frozen=True):
    """What is to be checked, and by which rules."""

    paths: tuple[Path, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    changed_since: str | None = None
    jobs: int | None = None


class LintResult(Struct, frozen=True):
    """What a run over the workspace found, and the files it read."""

    findings: tuple[Finding, ...]
    files: tuple[str, ...]


class Edit(Struct, frozen=True):
    """What `--fix` makes of one file."""

    file: str
    before: str
    after: str


class LintRun:
    """Checks the files asked for, as often as it is asked to."""

    def __init__(self, program: Globals, asked: LintRequest) -> None:
        why = "không có thư mục làm việc ở đây để kiểm tra; nêu tệp cần kiểm tra, hoặc --root THƯ_MỤC trước chữ lint"
        self._root = find_folder(program, own="" if asked.paths else why)
        wanted, foreign = files_at(self._root, asked.paths)
        if foreign:
            say(f'Bỏ qua {len(foreign)} tệp không bắt đầu bằng khóa "kehoach:" (như "{foreign[0]}").')
        self._settings, self._own = settings_of(self._root)
        self._own += list(_unknown_codes(self._settings, self._root.folder))
        self._scope = LintScope(wanted, _changed(self._root.folder, asked.changed_since))
        self._asked = asked.paths
        self._jobs = asked.jobs
        self._cached = program.cache
        # The names for which `edits` found an entry in the base registry.
        self._added: set[str] = set()
        self._selection = Selection(
            asked.select or self._settings.select,
            (*asked.ignore, *self._settings.ignore),
            self._settings.severities,
        )

    @property
    def top(self) -> Path:
        """The folder that other programs name files from."""
        here = Path.cwd()
        return repository_of(here if self._root.builtin else self._root.folder) or here

    def check(self) -> LintResult:
        """Return the findings of every file asked for, in the order of the files."""
        findings = [finding for finding in self._own if self._selection.active(finding.code)]
        files: list[str] = []
        names = WorkspaceNames()
        check = partial(lint_for_cache, selection=self._selection)
        options = LintOptions(self._jobs, self._rules_key(), read_form)
        checked = check_files(self._root, self._settings, check, self._scope, options, names)
        for file, found in with_progress(checked, _WORKING):
            files.append(file)
            findings += found
        unknown = [] if self._root.builtin else _unknown_names(self._settings, self._root.folder, names)
        findings[:0] = [finding for finding in unknown if self._selection.active(finding.code)]
        findings += self._on_deleted(names)
        return LintResult(tuple(findings), tuple(files))

    def _on_deleted(self, names: WorkspaceNames) -> Iterator[Finding]:
        """Yield what is said of deleted files that lie in what was asked for."""
        folders = [real_path(path) for path in self._asked]
        for path, finding in names.gone:
            asked = not folders or any(path.is_relative_to(folder) for folder in folders)
            if asked and self._selection.active(finding.code):
                yield replace(finding, severity=self._selection.severity(finding.code, finding.severity))

    def _rules_key(self) -> str:
        """Return the key of everything findings depend on besides the files; empty where the cache may not be used."""
        chosen = self._selection
        severities = sorted(chosen.severities.items())
        rules = repr((chosen.select, chosen.ignore, severities))
        return hash_of(state_of("rules"), rules) if self._cached else ""

    def edits(self, checked: LintResult) -> Iterator[Edit]:
        """Yield the files that fixing would change."""
        if not any(finding.code in FIXABLE for finding in checked.findings):
            return
        unknown: dict[str, set[str]] = {}
        for document in self._documents():
            findings = [finding for finding in run_rules(document, self._selection) if finding.code in FIXABLE]
            missing = {named_in(finding) for finding in findings if finding.code == UNKNOWN}
            unknown.setdefault(province_of(document), set()).update(missing)
            if findings and (edit := _edit(document, findings)):
                yield edit
        yield from self._registry_edits(unknown)

    def _registry_edits(self, unknown: Mapping[str, Iterable[str]]) -> Iterator[Edit]:
        """Yield the registries, with the entries that the base registry has for bodies they lack."""
        for province, names in unknown.items():
            known = sorted(name for name in names if base_entry(name, province))
            self._added.update(known)
            file = self._root.folder / "plans" / "agencies" / f"{province}.yaml"
            if known and file.is_file():
                before = file.read_text(encoding="utf-8")
                yield Edit(str(file), before, with_entries(before, province, known))

    def unfixable(self, checked: LintResult) -> list[Finding]:
        """Return the errors and warnings that the edits leave, and what changed since an older version."""
        return [
            one
            for one in checked.findings
            if (one.severity is not Severity.INFO or BY_CODE[one.code].compares)
            and (one.code not in FIXABLE or (one.code == UNKNOWN and named_in(one) not in self._added))
        ]

    def write(self, edits: Sequence[Edit]) -> None:
        """Write the edits: all of them, or none."""

        def coded(text: str) -> bytes:
            return text.encode("utf-8", errors="surrogateescape")

        write_together(
            {Path(edit.file): coded(edit.after) for edit in edits},
            overwrite=True,
            read={Path(edit.file): coded(edit.before) for edit in edits},
        )
        for edit in edits:
            say(f'Đã sửa "{edit.file}".')

    def _documents(self) -> Iterator[SourceFile]:
        return with_progress(source_files(self._root, self._settings, self._scope), _WORKING)


def _edit(document: SourceFile, findings: Sequence[Finding]) -> Edit | None:
    """Return what fixing makes of a file; None where nothing changes or the file is no longer what was checked."""
    before = current_text(document)
    if before is None:
        say(f'"{document.file}" vừa được sửa trong lúc lệnh đang chạy nên chưa sửa gì; hãy chạy lại.')
        return None
    named = [finding for finding in findings if finding.code == NAMED]
    moved = {finding.line for finding in named}
    # An id in the place of a name moves the columns of its line: what else is to fix there waits for the next run.
    others = [finding for finding in findings if finding.line not in moved]
    after, left = _fixed_safely(with_ids(before, document, named), document, others)
    if left:
        lines = ", ".join(str(line) for line in left)
        say(f'"{document.file}": không sửa tự động được dòng {lines}; hãy sửa bằng tay.')
    return Edit(document.file, before, after) if after != before else None


def current_text(document: SourceFile) -> str | None:
    """Return the text of a file as it is on the disk; None where it is no longer what was checked."""
    try:
        text = Path(document.file).read_bytes().decode("utf-8", errors="surrogateescape")
    except OSError:
        return None
    return text if tuple(re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))) == document.lines else None


def _fixed_safely(before: str, document: SourceFile, findings: Sequence[Finding]) -> tuple[str, list[int]]:
    """Return the text with every fix that leaves its data unchanged, and the lines where a fix would change them."""
    after = fixed(before, document, findings)
    if after == before or same_data(before, after):
        return after, []
    lines = sorted({finding.line for finding in findings})
    if len(lines) == 1:
        return before, lines
    middle = lines[len(lines) // 2]
    after, left = _fixed_safely(before, document, [finding for finding in findings if finding.line < middle])
    after, more = _fixed_safely(after, document, [finding for finding in findings if finding.line >= middle])
    return after, left + more


def rule_codes(texts: Sequence[str] | None) -> tuple[str, ...]:
    """Return the code prefixes in lists separated by commas.

    Raises:
        UsageError: no rule has such a code.
    """
    codes = tuple(code.strip().upper() for text in texts or () for code in text.split(",") if code.strip())
    for code in codes:
        if not _fits_some_rule(code):
            raise UsageError(f'không có quy tắc "{code}"; ví dụ: K2, K301 (xem docs/rules.md)')
    return codes


def _unknown_names(settings: Settings, folder: Path, names: WorkspaceNames) -> Iterator[Finding]:
    """Yield a finding for each province and plan in the settings that the workspace does not have."""
    province, directory, plans = settings.province, names.directory, names.plans
    if province and directory and not directory.province(province):
        message = f'không có tỉnh "{province}"; các tỉnh có: {", ".join(directory.registries)}'
        yield _wrong_setting(folder, message, line_of_setting(folder, "province"))
    for plan_id in settings.reports if plans is not None else ():
        if plan_id not in (plans or ()):
            message = f'có [report.{plan_id}] nhưng không có kế hoạch "{plan_id}"'
            yield _wrong_setting(folder, message, line_of_setting(folder, plan_id))


def _wrong_setting(folder: Path, message: str, line: int) -> Finding:
    return Finding("K007", Severity.ERROR, shown_path(folder / SETTINGS_FILE), message, line, 1)


def _unknown_codes(settings: Settings, folder: Path) -> Iterator[Finding]:
    """Yield a finding for each code in the settings that fits no rule: otherwise a slip there would have no effect."""
    for code in (*settings.select, *settings.ignore, *settings.severities):
        if not _fits_some_rule(code):
            message = f'[lint] nêu mã "{code}" mà không có quy tắc nào như vậy'
            yield _wrong_setting(folder, message, line_of_setting(folder, code))


def _fits_some_rule(prefix: str) -> bool:
    return any(code.startswith(prefix) for code in BY_CODE)


def _changed(folder: Path, revision: str | None) -> ChangedFiles | None:
    return None if revision is None else changed_since(folder, revision, COMPARED)
