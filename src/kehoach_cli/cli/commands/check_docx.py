"""`kehoach check-docx`: the layout of any Word document against the rules."""

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from msgspec import Struct

from kehoach_cli.cli.runtime import options
from kehoach_cli.cli.runtime.context import Globals
from kehoach_cli.cli.runtime.declare import Argument, Option
from kehoach_cli.cli.runtime.session import Target, deliver, in_color
from kehoach_cli.core.model.finding import Finding, Severity
from kehoach_cli.errors import ExitCode, UsageError, reason

_UNREADABLE = "K701"
# Short names for the profiles: what people call the two kinds of documents.
_PROFILES = {"nd30": "nd30-2020", "nha-nuoc": "nd30-2020", "hd05": "hd05-vptw-2026", "dang": "hd05-vptw-2026"}


class CheckFormat(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"


def parse_check_format(text: str) -> CheckFormat:
    """Return the format named."""
    try:
        return CheckFormat(text.lower())
    except ValueError:
        raise UsageError(f'--format "{text}" không có; chọn một trong: {", ".join(CheckFormat)}') from None


def parse_profile(text: str) -> str:
    """Return the id of the profile named."""
    name = _PROFILES.get(text.lower(), text.lower())
    if name not in _PROFILES.values():
        known = ", ".join(sorted({*_PROFILES, *_PROFILES.values()}))
        raise UsageError(f'không có thể thức "{text}"; chọn một trong: {known}')
    return name


class Checked(Struct, frozen=True):
    """One file: the profile it was held against (None: it could not be read) and what was found."""

    file: str
    profile: str | None
    findings: tuple[Finding, ...]


def check_docx(
    program: Globals,
    paths: Annotated[list[Path], Argument(metavar="TỆP...", help="Tệp .docx, hoặc thư mục chứa tệp .docx.")],
    profile: Annotated[
        str | None,
        Option(
            "--profile",
            parser=parse_profile,
            complete=options.complete_from("nha-nuoc", "dang"),
            metavar="nha-nuoc|dang",
            help="Thể thức để đối chiếu (mặc định: nhận theo tiêu đề văn bản).",
        ),
    ] = None,
    format_: Annotated[
        CheckFormat,
        Option(
            "--format",
            "-f",
            parser=parse_check_format,
            complete=options.complete_from(*CheckFormat),
            metavar="text|json",
            help="Dạng kết quả in ra.",
        ),
    ] = CheckFormat.TEXT,
    strict: Annotated[bool, Option("--strict", help="Cảnh báo cũng làm lệnh thất bại.")] = False,
    output: options.OutputOption = None,
    force: options.ForceOption = False,
) -> ExitCode:
    """Kiểm tra thể thức văn bản Word: trang, phông, tiêu đề, số, ngày, trích yếu, nơi nhận, phụ lục.

    Ví dụ: kehoach check-docx bao-cao.docx
    """
    from kehoach_cli.render.ticker import ticked

    checked = [_checked(path, profile) for path in ticked(_files(paths), "Đang kiểm tra")]
    text = _rendered(checked, format_, color=in_color(program, output))
    deliver(text, Target(options.Format.JSON, output, force))
    if all(one.profile is None for one in checked):
        return ExitCode.CANNOT_RUN
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if any(finding.severity in failing for one in checked for finding in one.findings):
        return ExitCode.FINDINGS
    return ExitCode.OK


def _files(paths: Iterable[Path]) -> list[Path]:
    """Return the files named and the documents in the folders named; `~$…` are the locks Word leaves.

    Raises:
        UsageError: a path does not exist, or a folder has no document.
    """
    found: list[Path] = []
    for path in paths:
        try:
            own = sorted(path.glob("*.docx")) if path.is_dir() else [path] if path.exists() else []
        except (OSError, ValueError):
            own = []
        own = [file for file in own if not file.name.startswith("~$")]
        if not own:
            raise UsageError(f'không có tệp "{path}", hoặc thư mục này không có tệp .docx nào')
        found += own
    return list(dict.fromkeys(found))


def _checked(path: Path, profile: str | None) -> Checked:
    from kehoach_cli.office.package import PackageError
    from kehoach_cli.store.files.reading import whole_document
    from kehoach_cli.store.workspace.paths import shown_path
    from kehoach_cli.word.check import check_document

    file = shown_path(path)
    try:
        rules, faults = check_document(whole_document(path), profile)
    except PackageError as error:
        return Checked(file, None, (_finding(file, _UNREADABLE, str(error)),))
    except OSError as error:
        return Checked(file, None, (_finding(file, _UNREADABLE, f"không mở được tệp: {reason(error)}"),))
    findings = [_finding(file, one.code, one.message, one.place or None, one.article) for one in faults]
    return Checked(file, rules.id, tuple(findings))


def _finding(file: str, code: str, message: str, place: str | None = None, article: str = "") -> Finding:
    from kehoach_cli.rules import BY_CODE

    return Finding(code, BY_CODE[code].severity, file, message, cell=place, hint=article or None)


def _rendered(checked: list[Checked], form: CheckFormat, *, color: bool) -> str:
    from kehoach_cli.render import lint_text
    from kehoach_cli.render.machine import plain
    from kehoach_cli.rules import RULES

    findings = [finding for one in checked for finding in one.findings]
    if form is CheckFormat.TEXT:
        slugs = {rule.code: rule.slug for rule in RULES}
        return lint_text.render_text(findings, slugs=slugs, checked=len(checked), color=color)
    counts = Counter(finding.severity for finding in findings)
    summary = {"files": len(checked), **{severity.value: counts[severity] for severity in Severity}}
    return plain.render_json("check-docx", list(_records(checked)), findings, summary)


def _records(checked: list[Checked]) -> Iterator[dict[str, Any]]:
    for one in checked:
        yield {"file": one.file, "profile": one.profile, "findings": len(one.findings)}
