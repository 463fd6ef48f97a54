"""What the commands share: load the workspace, check what was asked, write the result, report what is broken."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from kehoach_cli.cli.runtime.clock import today
from kehoach_cli.cli.runtime.context import Globals
from kehoach_cli.cli.runtime.options import Format
from kehoach_cli.errors import CannotRunError, ExitCode, UsageError, reason, tell, to_nowhere
from kehoach_cli.viet.text import without_controls

if TYPE_CHECKING:
    from kehoach_cli.core.forms.form import Filled
    from kehoach_cli.core.model.agency import Agency
    from kehoach_cli.core.model.catalogue import Catalogue, Item, NotFound
    from kehoach_cli.core.model.finding import Finding
    from kehoach_cli.core.model.revision import Revision
    from kehoach_cli.render.listing import Listing, Sheet
    from kehoach_cli.store.workspace.load import Watch, Workspace
    from kehoach_cli.store.workspace.paths import Root

_PIPE_WIDTH = 120
_WIDEST = 1000
_MOST_LINES = 10


class Destination(Struct, frozen=True):
    """Where the result goes, and in which format."""

    format: Format
    output: Path | None = None
    force: bool = False


def read_form(path: Path, shown: str) -> "Filled":
    """Return the answers in a filled workbook; the reader of workbooks is imported only when there is one."""
    from kehoach_cli.excel.read import read_form as read

    if path.suffix.lower() != ".ods" or not path.is_file():
        return read(path, shown)
    from kehoach_cli.office.libreoffice import converted
    from kehoach_cli.store.files.reading import whole_document

    try:
        data = whole_document(path)
    except OSError:
        return read(path, shown)
    # Without LibreOffice the reader says how to save the file.
    with converted(data, ".ods", "xlsx") as workbook:
        return read(workbook or path, shown)


def open_workspace(
    program: Globals,
    progress: Iterable[Path] | None = None,
    *,
    keep_files: bool = False,
    closed: bool = False,
    tell: bool = True,
    day: date | None = None,
    as_issued: bool = False,
) -> "Workspace":
    """Return the workspace of the command; print whether it is the built-in one, and with `tell` what is wrong in its files.

    With `closed` it knows the periods that are closed, as it always does with `keep_files`. The plans have the text in force on
    `day`, by default today; `as_issued` leaves amendments out.
    """
    from kehoach_cli.store.workspace.load import load

    cached, named = program.cache, tuple(progress or ())
    root = find_folder(program, also=named)
    given = [root.given(path) for path in named]
    workspace = load(
        root,
        given,
        read_form=read_form,
        keep_files=keep_files,
        closed=closed,
        cached=cached,
        day=None if as_issued else day or today(),
        watch=watched(),
    )
    if tell:
        say_some(workspace.findings)
    say_unapplied(workspace)
    return workspace


def watched() -> "Watch":
    """Return what shows the progress of loading: on a terminal a progress bar, if loading takes long."""
    if sys.stderr.isatty():
        from functools import partial

        from kehoach_cli.render.progress_bar import with_progress

        return partial(with_progress, label="Đang đọc kế hoạch")
    from kehoach_cli.store.workspace.load import unwatched

    return unwatched


def find_folder(program: Globals, *, own: str = "", also: Iterable[Path] = ()) -> "Root":
    """Return where the workspace is; print whether it is the built-in one, or which revision it is.

    Of a revision, the files and folders in `also` are there besides those that every workspace has.

    Raises:
        CannotRunError: there is only the built-in one, and the command needs one of the user: `own` is the message.
    """
    from kehoach_cli.store.workspace.paths import find_root

    try:
        here = Path.cwd()
    except OSError:
        raise CannotRunError("thư mục hiện tại không còn; chuyển sang thư mục khác rồi chạy lại") from None
    if program.rev is not None:
        return _at_revision(program.root, here, program.rev, also)
    root = find_root(program.root, here)
    if root.builtin and own:
        raise CannotRunError(own)
    if not root.builtin:
        _finish_collecting(root)
    else:
        say("Không có thư mục kế hoạch ở đây; dùng các kế hoạch đi kèm kehoach.")
    return root


def _at_revision(given: Path | None, here: Path, name: str, also: Iterable[Path]) -> "Root":
    """Return the workspace as it was at a revision; print which one that is."""
    from kehoach_cli.render.labels import revision_text
    from kehoach_cli.store.workspace.revision import root_at

    root = root_at(given, here, name, also)
    if root.revision:
        say(f"{revision_text(root.revision)}; tệp và dòng nêu dưới đây là của bản đó.")
    if root.home and (root.home / "progress").is_dir() and not (root.folder / "progress").is_dir():
        say("Bản này không có progress/: lúc đó chưa đưa vào git, hoặc git bỏ qua; không có báo cáo nào được đọc.")
    return root


def _finish_collecting(root: "Root") -> None:
    """Finish what a killed `collect` or `remind --sent` had begun, so that no command sees half of it, unless it still runs."""
    folder = root.folder / "progress"
    try:
        begun = any(name.startswith(".kehoach-") for name in os.listdir(folder))  # noqa: PTH208 - makes no paths of the rest
    except OSError:
        return
    if begun:
        from kehoach_cli.store.files.leftovers import finish_left

        if finish_left(folder):
            say("Đã ghi nốt lần ghi trước bị ngắt giữa chừng.")


def in_color(program: Globals, output: Path | None) -> bool:
    """Whether the result goes to a terminal that wants colors."""
    return output is None and sys.stdout.isatty() and program.color and not os.environ.get("NO_COLOR")


def find_agencies(workspace: "Workspace", asked: str | None, province: str | None) -> "tuple[Agency, ...]":
    """Return the agency asked for, one for each province that has it; none if none is asked for.

    Raises:
        UsageError: no agency has this name; the message gives similar names.
    """
    directory = workspace.catalogue.directory
    province = check_province(workspace, province)
    if asked is None:
        return ()
    if not asked.strip():
        raise UsageError('--agency để trống; viết tên cơ quan, ví dụ "Sở Y tế"')
    if found := directory.resolve(asked, province):
        return found
    near = directory.suggest(asked, province)
    hint = f"; ý bạn là {' hay '.join(near)}?" if near else '; xem danh sách bằng "kehoach agencies"'
    raise UsageError(f'không có cơ quan "{asked}" trong danh bạ{hint}')


def check_province(workspace: "Workspace", province: str | None) -> str | None:
    """Return the province asked for, or the one in the settings of the workspace.

    Raises:
        UsageError: no registry has this province.
    """
    wanted = province or workspace.settings.province
    if not wanted:
        return None
    directory = workspace.catalogue.directory
    if found := directory.province(wanted):
        return found
    where = "" if province else "kehoach.toml: "
    known = ", ".join(directory.registries)
    raise UsageError(f'{where}không có tỉnh "{wanted}"; các tỉnh có: {known}{_unusable(workspace)}')


def check_plans(workspace: "Workspace", plans: Sequence[str] | None) -> frozenset[str]:
    """Return the plan ids asked for, in lower case.

    Raises:
        UsageError: no plan has this id.
    """
    known = [plan.id for plan in workspace.catalogue.plans]
    wanted = [plan_id.strip().casefold() for plan_id in plans or ()]
    for plan_id in wanted:
        if plan_id not in known:
            raise UsageError(
                f'không có kế hoạch "{plan_id}"; các kế hoạch có: {", ".join(known)}{_unusable(workspace)}'
            )
    return frozenset(wanted)


def check_year(workspace: "Workspace", year: int | None, plans: Sequence[str] | None) -> int | None:
    """Return the year asked for.

    Raises:
        UsageError: none of the plans asked for is in force in it.
    """
    wanted = check_plans(workspace, plans)
    asked = [plan for plan in workspace.catalogue.plans if not wanted or plan.id in wanted]
    if year is None or any(plan.period.covers(year) for plan in asked):
        return year
    periods = "; ".join(f"{plan.id}: {plan.period.start} - {plan.period.end or 'nay'}" for plan in asked)
    raise UsageError(f"năm {year} nằm ngoài thời kỳ của kế hoạch ({periods})")


def find_item(catalogue: "Catalogue", reference: str) -> "Item":
    """Return the task or indicator of a reference.

    Raises:
        UsageError: no item has it, or more than one.
    """
    from kehoach_cli.core.model.catalogue import NotFound

    found = catalogue.find(reference)
    if isinstance(found, NotFound):
        raise UsageError(_not_found(found))
    return found


def _not_found(missing: "NotFound") -> str:
    asked = missing.reference
    if missing.ambiguous:
        plans = {candidate.partition("/")[0] for candidate in missing.candidates}
        where = "có trong nhiều kế hoạch" if len(plans) > 1 else "là mã của một dòng, nay là số của dòng khác"
        return f'mã "{asked}" {where}; viết rõ: {" hay ".join(missing.candidates)}'
    hint = (
        f"; ý bạn là {' hay '.join(missing.candidates)}?"
        if missing.candidates
        else '; xem danh sách bằng "kehoach tasks"'
    )
    return f'không có nhiệm vụ hay chỉ tiêu nào mang mã "{asked}"{hint}'


def _unusable(workspace: "Workspace") -> str:
    """Return the files that could not be used: they may hold what was not found."""
    return f" (chưa dùng được: {', '.join(workspace.unusable)})" if workspace.unusable else ""


class Result(Struct, frozen=True):
    """The answer of a command in every format; only the format asked for is made."""

    name: str
    records: Callable[[], Iterable[Mapping[str, Any]]]
    listing: Callable[[], "Listing"]
    sheet: Callable[[], "Sheet"]
    summary: Mapping[str, Any]
    book: Callable[[], "Sequence[tuple[str, Sheet]]"] | None = None
    junit: Callable[[], str] | None = None
    # Further lists of records by their names, for JSON.
    more: Callable[[], Mapping[str, Iterable[Mapping[str, Any]]]] | None = None
    document: Callable[[], bytes] | None = None
    # Findings of the command itself, in addition to those of loading.
    findings: "Sequence[Finding]" = ()


def say_unapplied(workspace: "Workspace") -> None:
    """Say which amendments could not be applied whole."""
    revision = workspace.root.revision
    where = f" của bản {revision.name}" if revision else "; sửa lỗi trong tệp đó trước"
    for one in workspace.unapplied:
        plan = f" ({one.plan})" if one.plan else ""
        say(f'NỘI DUNG KẾ HOẠCH CÓ THỂ ĐÃ CŨ{plan}: chưa áp dụng được hết "{one.file}"{where}.')


def finish(program: Globals, workspace: "Workspace", result: Result, target: Destination) -> ExitCode:
    """Write the result, say which files it lacks, and return the exit code they call for."""
    write_result(program, result, target, workspace.findings, workspace.root.revision)
    if workspace.errors:
        say(f"Có {workspace.errors} lỗi trong tệp dữ liệu; phần còn lại vẫn được tra cứu.")
        if workspace.unusable:
            say(f"CHƯA DÙNG ĐƯỢC, kết quả trên không có: {', '.join(workspace.unusable)}.")
        return ExitCode.FINDINGS
    return ExitCode.OK


def exit_code(findings: "Iterable[Finding]", *, strict: bool) -> ExitCode:
    """Return the exit code that findings call for; with `strict`, a warning counts as an error."""
    from kehoach_cli.core.model.finding import Severity

    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return ExitCode.FINDINGS if any(finding.severity in failing for finding in findings) else ExitCode.OK


def write_result(
    program: Globals,
    result: Result,
    target: Destination,
    findings: "Iterable[Finding]" = (),
    revision: "Revision | None" = None,
) -> None:
    """Write the result: JSON has the findings of loading, what is kept says of which revision it is."""
    deliver(_render(program, result, target, findings, revision), target)


def _render(
    program: Globals,
    result: Result,
    target: Destination,
    findings: "Iterable[Finding]",
    revision: "Revision | None",
) -> str | bytes | Iterable[str]:
    from kehoach_cli.render.machine import data_formats

    match target.format:
        case Format.JSON:
            more = result.more() if result.more else None
            summary = data_formats.with_revision(result.summary, revision)
            return data_formats.json_pieces(result.name, result.records(), [*findings, *result.findings], summary, more)
        case Format.CSV:
            return data_formats.render_csv(result.sheet())
        case Format.MD:
            return data_formats.render_markdown(_kept_listing(result, revision))
        case Format.XLSX | Format.DOCX if target.output is None:
            raise UsageError(f'--format {target.format} cần nơi ghi; thêm "-o ket-qua.{target.format}"')
        case Format.DOCX if result.document:
            return result.document()
        case Format.XLSX:
            from kehoach_cli.excel.sheets import listing_workbook

            book = result.book() if result.book else [("Kết quả", result.sheet())]
            return listing_workbook([(title, sheet.headers, sheet.rows) for title, sheet in book])
        case Format.JUNIT if result.junit:
            return result.junit()
        case _:
            from kehoach_cli.render.table import render_table

            listing = _kept_listing(result, revision) if target.output else result.listing()
            return render_table(listing, screen_width(), color=in_color(program, target.output))


def _kept_listing(result: Result, revision: "Revision | None") -> "Listing":
    """Return a listing that is kept: it says itself of which revision it is."""
    from kehoach_cli.render.labels import revision_text
    from kehoach_cli.render.listing import Block, Listing

    found = result.listing()
    return Listing((Block(lines=(f"{revision_text(revision)}.",)), *found.blocks)) if revision else found


def deliver(text: str | bytes | Iterable[str], target: Destination) -> None:
    """Print the text, or write it to the file: completely or not at all. Bytes are always written to a file.

    Raises:
        CannotRunError: the file exists and `--force` is not given, or it cannot be written.
    """
    if target.output is None:
        _print([text] if isinstance(text, str) else map(str, text))
        return
    from kehoach_cli.store.files.writing import write_whole

    # Excel recognises UTF-8 only by the byte order mark.
    mark = "utf-8-sig" if target.format is Format.CSV else "utf-8"
    # Only file names can hold bytes that are not UTF-8; they are written as on the screen.
    data = text if isinstance(text, bytes) else "".join(text).encode(mark, errors="replace")
    write_whole(target.output, data, overwrite=target.force)
    say(f'Đã ghi "{target.output}".')


def _print(pieces: Iterable[str]) -> None:
    try:
        sys.stdout.writelines(pieces)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (`| head`) stopped reading.
        to_nowhere(sys.stdout)
    except OSError as error:
        to_nowhere(sys.stdout)
        raise CannotRunError(f"không in được kết quả: {reason(error)}") from None


def say(message: str) -> None:
    """Print a message for the user on stderr: stdout has only data."""
    tell(f"{without_controls(message)}\n")


def say_all(findings: "Iterable[Finding]") -> None:
    """Print each finding on a line of its own."""
    for finding in findings:
        from kehoach_cli.render.labels import finding_text

        say(finding_text(finding))


def say_some(findings: "Iterable[Finding]") -> None:
    """Print what is wrong in the workspace, errors first: each fault of a file once, and after ten lines only how many more.

    Remarks (INFO) belong to `lint`.
    """
    from kehoach_cli.core.model.finding import Severity

    told: dict[tuple[str, str, str], Finding] = {}
    for one in findings:
        if one.severity is not Severity.INFO:
            told.setdefault((one.file, one.code, one.message), one)
    faults = sorted(told.values(), key=lambda one: one.severity is not Severity.ERROR)
    say_all(faults[:_MOST_LINES])
    left = faults[_MOST_LINES:]
    errors = sum(one.severity is Severity.ERROR for one in left)
    counts = [(errors, "lỗi"), (len(left) - errors, "cảnh báo")]
    if left:
        more = ", ".join(f"{count} {word}" for count, word in counts if count)
        say(f"… và còn {more} nữa; xem bằng kehoach lint")


def screen_width() -> int:
    """Return the width of the terminal, also when stdout is piped (`| less`); COLUMNS goes before it."""
    if os.environ.get("COLUMNS", "").isdigit():
        import shutil

        return min(shutil.get_terminal_size((_PIPE_WIDTH, 24)).columns, _WIDEST)
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        try:
            return os.get_terminal_size(stream.fileno()).columns or _PIPE_WIDTH
        except (OSError, ValueError, AttributeError):
            continue
    return _PIPE_WIDTH
