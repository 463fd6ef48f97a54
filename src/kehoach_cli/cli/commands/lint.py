"""`kehoach lint`: CI for edited plan files."""

import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from msgspec import Struct

from kehoach_cli import __version__
from kehoach_cli.cli.runtime import options
from kehoach_cli.cli.runtime.context import Globals
from kehoach_cli.cli.runtime.declare import Argument, Option
from kehoach_cli.cli.runtime.session import Target, deliver, find_folder, in_color, say
from kehoach_cli.core.model.finding import Finding, Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.errors import ExitCode, UsageError
from kehoach_cli.viet.text import without_controls

if TYPE_CHECKING:
    from kehoach_cli.store.workspace.paths import Root
    from kehoach_cli.store.workspace.settings import Settings


class LintFormat(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    JUNIT = "junit"


def parse_lint_format(text: str) -> LintFormat:
    """Return the format named."""
    try:
        return LintFormat(text.lower())
    except ValueError:
        raise UsageError(f'--format "{text}" không có; chọn một trong: {", ".join(LintFormat)}') from None


def parse_jobs(text: str) -> int:
    """Return a number of processes."""
    if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 3 and int(text)):  # noqa: PLR2004 - at most 999
        raise UsageError(f'--jobs "{text}" không hợp lệ; viết số tiến trình, ví dụ 2')
    return int(text)


_WORKING = "Đang kiểm tra"


class Outcome(Struct, frozen=True):
    """What a run over the workspace found, and the files it read."""

    findings: tuple[Finding, ...]
    files: tuple[str, ...]


def lint(
    program: Globals,
    paths: Annotated[
        list[Path] | None, Argument(metavar="[TỆP]...", help="Tệp hoặc thư mục cần kiểm tra (mặc định: mọi tệp).")
    ] = None,
    format_: Annotated[
        LintFormat | None,
        Option(
            "--format",
            "-f",
            parser=parse_lint_format,
            complete=options.complete_from(*LintFormat),
            metavar="text|json|sarif|github|junit",
            help="Dạng kết quả (mặc định: text; trong GitHub Actions: github).",
        ),
    ] = None,
    select: Annotated[
        list[str] | None,
        Option("--select", metavar="MÃ", help="Chỉ các quy tắc này, ví dụ K2,K301 (nối bằng dấu phẩy)."),
    ] = None,
    ignore: Annotated[list[str] | None, Option("--ignore", metavar="MÃ", help="Bỏ các quy tắc này.")] = None,
    strict: Annotated[bool, Option("--strict", help="Cảnh báo cũng làm lệnh thất bại.")] = False,
    changed_since: Annotated[
        str | None,
        Option("--changed-since", metavar="BẢN", help="Chỉ tệp đã đổi so với bản git này, và tệp phụ thuộc chúng."),
    ] = None,
    fix: Annotated[bool, Option("--fix", help="Sửa những gì sửa được an toàn rồi kiểm tra lại.")] = False,
    diff: Annotated[bool, Option("--diff", help="Chỉ cho xem --fix sẽ sửa gì, không ghi tệp.")] = False,
    explain: Annotated[
        str | None, Option("--explain", metavar="MÃ", help="Giải thích một quy tắc, ví dụ K301.")
    ] = None,
    jobs: Annotated[
        int | None,
        Option(
            "--jobs",
            "-j",
            parser=parse_jobs,
            metavar="SỐ",
            help="Số tiến trình cùng kiểm tra (mặc định: bằng số nhân của máy).",
        ),
    ] = None,
    output: options.OutputOption = None,
    force: options.ForceOption = False,
) -> ExitCode:
    """Kiểm tra tệp kế hoạch, danh bạ và báo cáo: chỉ đúng dòng, nói lý do và cách sửa.

    Ví dụ: kehoach lint plans/kh-176.yaml
    """
    target = Target(options.Format.MD, output, force)
    if explain is not None:
        deliver(_explained(explain), target)
        return ExitCode.OK
    run = _Run(program, tuple(paths or ()), _codes(select), _codes(ignore), changed_since, jobs)
    checked = run.check()
    if (fix or diff) and (edits := list(run.edits(checked))):
        if diff:
            clean = output is None and sys.stdout.isatty()
            deliver("".join(_diff(edit, clean=clean) for edit in edits), target)
        else:
            run.write(edits)
            checked = run.check()
    if diff:
        say(_total(checked))
    else:
        deliver(_rendered(checked, _format(format_), color=in_color(program, output), strict=strict), target)
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if any(finding.severity in failing for finding in checked.findings):
        return ExitCode.FINDINGS
    return ExitCode.OK


class Edit(Struct, frozen=True):
    """What `--fix` makes of one file."""

    file: str
    before: str
    after: str


class _Run:
    """One lint run: where it looks and which rules count."""

    def __init__(
        self,
        program: Globals,
        paths: tuple[Path, ...],
        select: tuple[str, ...],
        ignore: tuple[str, ...],
        changed_since: str | None,
        jobs: int | None = None,
    ) -> None:
        from kehoach_cli.rules.engine import Selection
        from kehoach_cli.store.workspace.lint import LintScope
        from kehoach_cli.store.workspace.paths import files_at
        from kehoach_cli.store.workspace.settings import settings_of

        why = "không có thư mục làm việc ở đây để kiểm tra; nêu tệp cần kiểm tra, hoặc --root THƯ_MỤC trước chữ lint"
        self._root = find_folder(program, own="" if paths else why)
        wanted, foreign = files_at(self._root, paths)
        if foreign:
            say(f'Bỏ qua {len(foreign)} tệp không bắt đầu bằng khóa "kehoach:" (như "{foreign[0]}").')
        self._settings, self._own = settings_of(self._root)
        self._own += list(_unknown_codes(self._settings, self._root.folder))
        changed = _changed(self._root, changed_since) if changed_since is not None else None
        self._scope = LintScope(wanted, changed)
        self._jobs = jobs
        self._cached = program.cache
        self._unknown: dict[str, set[str]] = {}
        self._selection = Selection(
            select or self._settings.select, (*ignore, *self._settings.ignore), self._settings.severities
        )

    def check(self) -> Outcome:
        """Return the findings of every file asked for, in the order of the files."""
        from kehoach_cli.render.ticker import ticked
        from kehoach_cli.rules.engine import judged
        from kehoach_cli.store.workspace.lint import check_files

        findings = [finding for finding in self._own if self._selection.active(finding.code)]
        files: list[str] = []
        check = partial(judged, selection=self._selection)
        checked = check_files(self._root, self._settings, check, self._scope, jobs=self._jobs, rules=self._rules_key())
        for file, found in ticked(checked, _WORKING):
            files.append(file)
            findings += found
        return Outcome(tuple(findings), tuple(files))

    def _rules_key(self) -> str:
        """Return the key of everything findings depend on besides the files; empty where nothing may be remembered."""
        from kehoach_cli.store.cache.keys import hash_of, state_of

        chosen = self._selection
        severities = sorted(chosen.severities.items())
        rules = repr((chosen.select, chosen.ignore, severities))
        return hash_of(state_of("rules"), rules) if self._cached else ""

    def edits(self, checked: Outcome) -> Iterator[Edit]:
        """Yield the files that fixing would change."""
        from kehoach_cli.rules.engine import lint as run_rules
        from kehoach_cli.rules.fix import FIXABLE, NAMED, with_ids

        if not any(finding.code in FIXABLE for finding in checked.findings):
            return
        for document in self._documents():
            findings = [finding for finding in run_rules(document, self._selection) if finding.code in FIXABLE]
            if not findings:
                continue
            before = _standing(document)
            if before is None:
                say(f'"{document.file}" vừa được sửa trong lúc lệnh đang chạy nên chưa sửa gì; hãy chạy lại.')
                continue
            self._note_unknown(document, findings)
            named = [finding for finding in findings if finding.code == NAMED]
            touched = {finding.line for finding in named}
            # A name may move the columns of its line; what else is to mend there is mended the next time.
            after = with_ids(before, document, named)
            after, left = _fixed_safely(
                after, document, [finding for finding in findings if finding.line not in touched]
            )
            if left:
                lines = ", ".join(str(line) for line in left)
                say(f'"{document.file}": không sửa tự động được dòng {lines}; hãy sửa bằng tay.')
            if after != before:
                yield Edit(document.file, before, after)
        yield from self._registry_edits()

    def _note_unknown(self, document: SourceFile, findings: Sequence[Finding]) -> None:
        """Keep the bodies that no registry knows, by province."""
        from kehoach_cli.rules.fix import UNKNOWN, named_in, province_of

        unknown = {named_in(finding) for finding in findings if finding.code == UNKNOWN}
        self._unknown.setdefault(province_of(document), set()).update(unknown)

    def _registry_edits(self) -> Iterator[Edit]:
        """Yield the registries with the entries that the base registry has for bodies they lack."""
        from kehoach_cli.store.base.registry import base_entry, with_entries

        for province, names in self._unknown.items():
            known = sorted(name for name in names if base_entry(name, province))
            file = self._root.folder / "plans" / "agencies" / f"{province}.yaml"
            if known and file.is_file():
                before = file.read_text(encoding="utf-8")
                yield Edit(str(file), before, with_entries(before, province, known))

    def write(self, edits: Sequence[Edit]) -> None:
        """Write the edits: all of them, or none."""
        from kehoach_cli.store.files.writing import write_together

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
        from kehoach_cli.render.ticker import ticked
        from kehoach_cli.store.workspace.lint import source_files

        return ticked(source_files(self._root, self._settings, self._scope), _WORKING)


def _changed(root: "Root", revision: str) -> frozenset[Path]:
    from kehoach_cli.store.files.git import changed_since

    return changed_since(root.folder, revision)


def _standing(document: SourceFile) -> str | None:
    """Return the text of a file as it stands; None where it is no longer what was checked."""
    try:
        text = Path(document.file).read_bytes().decode("utf-8", errors="surrogateescape")
    except OSError:
        return None
    return text if tuple(re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))) == document.lines else None


def _fixed_safely(before: str, document: SourceFile, findings: Sequence[Finding]) -> tuple[str, list[int]]:
    """Return the text with every mend that leaves its data as they were, and the lines where a mend would change them."""
    from kehoach_cli.rules.fix import fixed
    from kehoach_cli.store.yaml.tree import same_data

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


def _codes(texts: Sequence[str] | None) -> tuple[str, ...]:
    """Return the prefixes listed, each of which must fit some rule."""
    codes = tuple(code.strip().upper() for text in texts or () for code in text.split(",") if code.strip())
    for code in codes:
        if not _fits_some_rule(code):
            raise UsageError(f'không có quy tắc "{code}"; ví dụ: K2, K301 (xem docs/rules.md)')
    return codes


def _unknown_codes(settings: "Settings", folder: Path) -> Iterator[Finding]:
    """Yield a finding for each code in the settings that fits no rule: a slip there would change nothing, silently."""
    from kehoach_cli.store.workspace.paths import SETTINGS_FILE, shown_path
    from kehoach_cli.store.workspace.settings import line_of_setting

    for code in (*settings.select, *settings.ignore, *settings.severities):
        if not _fits_some_rule(code):
            message = f'[lint] nêu mã "{code}" mà không có quy tắc nào như vậy'
            yield Finding(
                "K007", Severity.ERROR, shown_path(folder / SETTINGS_FILE), message, line_of_setting(folder, code), 1
            )


def _fits_some_rule(prefix: str) -> bool:
    from kehoach_cli.rules import BY_CODE

    return any(code.startswith(prefix) for code in BY_CODE)


def _format(asked: LintFormat | None) -> LintFormat:
    return asked or (LintFormat.GITHUB if os.environ.get("GITHUB_ACTIONS") == "true" else LintFormat.TEXT)


def _rendered(checked: Outcome, form: LintFormat, *, color: bool, strict: bool) -> str:
    from kehoach_cli.rules import RULES

    if form is LintFormat.TEXT:
        from kehoach_cli.render import lint_text

        slugs = {rule.code: rule.slug for rule in RULES}
        return lint_text.render_text(checked.findings, slugs=slugs, checked=len(checked.files), color=color)
    from kehoach_cli.render.machine import lint_formats, plain

    match form:
        case LintFormat.JSON:
            counts = Counter(finding.severity for finding in checked.findings)
            summary = {"files": len(checked.files), **{severity.value: counts[severity] for severity in Severity}}
            return plain.render_json("lint", [], checked.findings, summary)
        case LintFormat.SARIF:
            infos = [lint_formats.RuleInfo(rule.code, rule.slug, rule.title, rule.why, rule.severity) for rule in RULES]
            return lint_formats.render_sarif(checked.findings, infos, Path.cwd(), __version__)
        case LintFormat.GITHUB:
            return lint_formats.render_github(checked.findings)
        case LintFormat.JUNIT:
            return lint_formats.render_junit(checked.findings, checked.files, strict=strict)


def _total(checked: Outcome) -> str:
    from kehoach_cli.render.lint_text import total_line

    return total_line(checked.findings, len(checked.files))


def _explained(code: str) -> str:
    from difflib import get_close_matches

    from kehoach_cli.render.rules import RuleText, explain
    from kehoach_cli.rules import BY_CODE

    by_name = {**BY_CODE, **{rule.slug: rule for rule in BY_CODE.values()}}
    rule = by_name.get(code.upper()) or by_name.get(code.lower())
    if rule is None:
        near = get_close_matches(code.upper(), by_name, n=1, cutoff=0.5)
        raise UsageError(f'không có quy tắc "{code}"' + (f"; ý bạn là {near[0]}?" if near else ""))
    texts = RuleText(
        rule.code, rule.slug, rule.severity, rule.title, rule.why, rule.bad, rule.good, fixable=rule.fixable
    )
    return explain(texts)


def _diff(edit: Edit, *, clean: bool) -> str:
    """Return an edit as a unified diff; `clean` keeps from a terminal what would act on it."""
    from difflib import unified_diff

    lines = unified_diff(
        edit.before.splitlines(keepends=True), edit.after.splitlines(keepends=True), f"a/{edit.file}", f"b/{edit.file}"
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ không có dấu xuống dòng ở cuối tệp\n"
        for line in (f"{without_controls(line.rstrip())}\n" if clean else line for line in lines)
    )
