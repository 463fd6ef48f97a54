"""`kehoach import`: a signed document as the draft of a plan file."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kehoach_cli.cli.runtime import clock, options
from kehoach_cli.cli.runtime.context import Context
from kehoach_cli.cli.runtime.documents import read_document
from kehoach_cli.cli.runtime.session import Destination, deliver, find_folder, say, say_some
from kehoach_cli.errors import CannotRunError, ExitCode, UsageError
from kehoach_cli.viet.text import loose_key

if TYPE_CHECKING:
    from kehoach_cli.core.draft.make import DraftRequest
    from kehoach_cli.core.draft.notes import Draft
    from kehoach_cli.core.model.agency import Directory
    from kehoach_cli.core.model.source_text import SourceText
    from kehoach_cli.store.workspace.paths import Root

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


_FORMATS = (options.Format.TEXT, options.Format.JSON)


def parse_id(text: str) -> str:
    """Return the id of a plan."""
    if not _SLUG.fullmatch(text):
        raise UsageError(f'--id "{text}" chỉ gồm chữ thường không dấu, chữ số và dấu "-", ví dụ kh-12')
    return text


def import_(
    context: Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="TỆP", readable=False, help="Văn bản đã ký: Word, Excel, PDF có chữ, trang web, tệp chữ."
        ),
    ],
    province: options.ProvinceOption = None,
    plan_id: Annotated[
        str | None,
        typer.Option(
            "--id", parser=parse_id, metavar="MÃ", help="Mã kế hoạch (mặc định: theo số văn bản, ví dụ kh-176)."
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="TỆP", readable=False, help="Tệp kế hoạch (mặc định: plans/<mã>.yaml)."),
    ] = None,
    format_: Annotated[
        options.Format,
        options.format_option(_FORMATS, "Dạng kết quả in ra."),
    ] = options.Format.TEXT,
    force: options.ForceOption = False,
) -> ExitCode:
    """Nhập văn bản đã ký thành tệp kế hoạch nháp: chép nguyên văn, không đoán; chỗ chưa chắc ghi vào sổ nguồn.

    Nhập lại cùng văn bản (hoặc bản đã sửa) thì những gì đã sửa tay trong tệp kế hoạch vẫn giữ nguyên.

    Ví dụ: kehoach import "KH 12.docx" --province "Nghệ An"
    """
    from kehoach_cli.core.draft.make import DraftRequest
    from kehoach_cli.render.importing import import_json, import_text, unread_lines
    from kehoach_cli.store.workspace.load import load_registries
    from kehoach_cli.store.workspace.paths import record_of, shown_path
    from kehoach_cli.store.workspace.records import merged_with, standing_at, write_draft
    from kehoach_cli.store.workspace.settings import settings_of

    source = read_document(file)
    root = find_folder(context.program)
    settings, _ = settings_of(root)
    directory, findings = load_registries(root, settings, cached=context.program.cache)
    say_some(findings)
    wanted = _province(directory, province or settings.province)
    fallback = "-".join(re.findall(r"[a-z0-9]+", loose_key(file.stem))) or "ke-hoach"
    request = DraftRequest(directory, plan_id, fallback, wanted, _known_in_base, clock.today().year)
    draft = _draft(source, request)
    if not draft.plan["tasks"] and not draft.plan.get("indicators"):
        message = f'không thấy nhiệm vụ hay chỉ tiêu nào trong "{file}"; chưa ghi gì'
        raise CannotRunError(message, "xem văn bản có phải kế hoạch không", *unread_lines(draft.doubts))
    path = output or _default(root, draft.plan["id"])
    standing = standing_at(path, force=force)
    found = merged_with(draft, standing)
    write_draft(found, source, standing)
    shown = shown_path(path)
    say(f'Đã ghi "{shown}" và sổ nguồn "{shown_path(record_of(path))}".')
    text = import_json(found) if format_ is options.Format.JSON else import_text(found, shown)
    deliver(text, Destination(options.Format.JSON))
    return ExitCode.OK


def _province(directory: "Directory", asked: str | None) -> str | None:
    """Return the province asked for, or the only one of the workspace.

    Raises:
        UsageError: no registry has this province.
    """
    from kehoach_cli.core.model.agency import CENTRAL

    if asked:
        if found := directory.province(asked):
            return found
        known = ", ".join(directory.registries)
        raise UsageError(f'không có danh bạ của tỉnh "{asked}"; các tỉnh có: {known}; tạo bằng kehoach init --province')
    own = [province for province in directory.registries if province != CENTRAL]
    return own[0] if len(own) == 1 else None


def _draft(source: "SourceText", request: "DraftRequest") -> "Draft":
    from decimal import Decimal

    from kehoach_cli.core.draft.make import MOST_LETTERS, MOST_LINES, TooManyLinesError, UnclearProvinceError, draft_of
    from kehoach_cli.viet.number import format_number

    try:
        return draft_of(source, request)
    except TooManyLinesError:
        lines, letters = (format_number(Decimal(most)) for most in (MOST_LINES, MOST_LETTERS))
        raise CannotRunError(
            f'"{source.file}" có hơn {lines} đoạn và dòng bảng, hoặc hơn {letters} chữ cái, dài hơn mọi kế hoạch',
            "xin tệp chỉ có kế hoạch và phụ lục, hoặc tách phụ lục dài ra tệp khác",
        ) from None
    except UnclearProvinceError:
        known = ", ".join(request.directory.registries)
        raise UsageError(f"không rõ văn bản của tỉnh nào; thêm --province, các tỉnh có danh bạ: {known}") from None


def _default(root: "Root", plan_id: str) -> Path:
    if root.builtin:
        raise UsageError("không có thư mục làm việc ở đây; thêm -o TỆP, hoặc tạo thư mục bằng kehoach init")
    return root.folder / "plans" / f"{plan_id}.yaml"


def _known_in_base(name: str, province: str) -> tuple[str, str] | None:
    from kehoach_cli.store.base.registry import base_entry

    found = base_entry(name, province)
    return (found["id"], found["name"]) if found else None
