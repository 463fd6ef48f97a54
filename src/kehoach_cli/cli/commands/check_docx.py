"""`kehoach check-docx`: the layout of any Word document against the rules."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from msgspec import Struct

from kehoach_cli.cli.runtime import options
from kehoach_cli.cli.runtime.context import Context
from kehoach_cli.cli.runtime.session import Destination, deliver, exit_code, in_color
from kehoach_cli.core.model.finding import Finding
from kehoach_cli.errors import ExitCode, UsageError, reason

_UNREADABLE = "K701"
# Short names for the profiles, as officers name the two kinds of documents.
_PROFILES = {"nd30": "nd30-2020", "nha-nuoc": "nd30-2020", "hd05": "hd05-vptw-2026", "dang": "hd05-vptw-2026"}


_FORMATS = (options.Format.TEXT, options.Format.JSON)


def parse_profile(text: str) -> str:
    """Return the id of the profile named."""
    name = _PROFILES.get(text.lower(), text.lower())
    if name not in _PROFILES.values():
        known = ", ".join(sorted({*_PROFILES, *_PROFILES.values()}))
        raise UsageError(f'không có thể thức "{text}"; chọn một trong: {known}')
    return name


class Checked(Struct, frozen=True):
    """One file: the profile it was checked against (None where it could not be read) and the findings."""

    file: str
    profile: str | None
    findings: tuple[Finding, ...]


def check_docx(
    context: Context,
    paths: Annotated[
        list[Path], typer.Argument(metavar="TỆP...", readable=False, help="Tệp .docx, hoặc thư mục chứa tệp .docx.")
    ],
    profile: Annotated[
        str | None,
        typer.Option(
            "--profile",
            parser=parse_profile,
            autocompletion=options.complete_from("nha-nuoc", "dang"),
            metavar="nha-nuoc|dang",
            help="Thể thức để đối chiếu (mặc định: nhận theo tiêu đề văn bản).",
        ),
    ] = None,
    format_: Annotated[
        options.Format,
        options.format_option(_FORMATS, "Dạng kết quả in ra."),
    ] = options.Format.TEXT,
    strict: Annotated[bool, typer.Option("--strict", help="Cảnh báo cũng làm lệnh thất bại.")] = False,
    output: options.OutputOption = None,
    force: options.ForceOption = False,
) -> ExitCode:
    """Kiểm tra thể thức văn bản Word: trang, phông, tiêu đề, số, ngày, trích yếu, nơi nhận, phụ lục.

    Ví dụ: kehoach check-docx bao-cao.docx
    """
    from kehoach_cli.render.progress_bar import with_progress

    checked = [_checked(path, profile) for path in with_progress(_files(paths), "Đang kiểm tra")]
    text = _rendered(checked, format_, color=in_color(context.program, output))
    deliver(text, Destination(options.Format.JSON, output, force))
    if all(one.profile is None for one in checked):
        return ExitCode.CANNOT_RUN
    return exit_code([finding for one in checked for finding in one.findings], strict=strict)


def _files(paths: Iterable[Path]) -> list[Path]:
    """Return the files named and the documents in the folders named, without the lock files of Word (`~$…`).

    Raises:
        UsageError: a path does not exist, or a folder has no document.
    """
    found: list[Path] = []
    for path in paths:
        try:
            own = _documents_in(path) if path.is_dir() else [path] if path.exists() else []
        except (OSError, ValueError):
            own = []
        own = [file for file in own if not file.name.startswith("~$")]
        if not own:
            raise UsageError(f'không có tệp "{path}", hoặc thư mục này không có tệp .docx nào')
        found += own
    return list(dict.fromkeys(found))


def _documents_in(folder: Path) -> list[Path]:
    """Return the documents of a folder; programs of old write the extension in capitals."""
    return sorted(file for file in folder.iterdir() if file.suffix.lower() == ".docx")


def _checked(path: Path, profile: str | None) -> Checked:
    from kehoach_cli.office.docx_package import PackageError
    from kehoach_cli.office.profile import load_profile, profile_for
    from kehoach_cli.office.word_document import read_word_document
    from kehoach_cli.rules.engine import check_layout
    from kehoach_cli.store.files.reading import whole_document
    from kehoach_cli.store.workspace.paths import shown_path

    file = shown_path(path)
    try:
        document = read_word_document(whole_document(path))
    except PackageError as error:
        return Checked(file, None, (_unreadable(file, str(error)),))
    except OSError as error:
        return Checked(file, None, (_unreadable(file, f"không mở được tệp: {reason(error)}"),))
    chosen = load_profile(profile) if profile else profile_for(document)
    return Checked(file, chosen.id, tuple(check_layout(file, document, chosen)))


def _unreadable(file: str, message: str) -> Finding:
    from kehoach_cli.rules import BY_CODE

    return Finding(_UNREADABLE, BY_CODE[_UNREADABLE].severity, file, message)


def _rendered(checked: list[Checked], form: options.Format, *, color: bool) -> str:
    from kehoach_cli.render.lint_result import findings_json, findings_text
    from kehoach_cli.render.machine.lint_formats import RuleInfo
    from kehoach_cli.rules import RULES

    findings = [finding for one in checked for finding in one.findings]
    if form is options.Format.TEXT:
        rules = [RuleInfo(rule.code, rule.slug, rule.title, rule.why, rule.severity) for rule in RULES]
        return findings_text(findings, len(checked), rules, color=color)
    items = [{"file": one.file, "profile": one.profile, "findings": len(one.findings)} for one in checked]
    return findings_json("check-docx", items, findings, len(checked))
