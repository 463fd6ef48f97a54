"""`kehoach templates`: list the Word templates, check whether they can be used, copy them to change."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kehoach_cli.cli.runtime import options
from kehoach_cli.cli.runtime.command import PLAIN, Command, Group, show_overview
from kehoach_cli.cli.runtime.context import Context, Globals
from kehoach_cli.cli.runtime.session import Destination, deliver, find_folder, in_color, say, screen_width
from kehoach_cli.errors import CannotRunError, ExitCode, UsageError, reason
from kehoach_cli.viet.text import without_controls

if TYPE_CHECKING:
    from kehoach_cli.render.listing import Listing


templates = typer.Typer(
    cls=Group,
    callback=show_overview,
    invoke_without_command=True,
    help="""Mẫu báo cáo Word: xem có những mẫu nào, kiểm tra mẫu đã sửa, chép mẫu ra để sửa.

    Ví dụ: kehoach templates export bao-cao-nam -o templates
    """,
    **PLAIN,
)


@templates.command("list", cls=Command, short_help="Các mẫu và dùng để làm gì.")
def list_templates(
    context: Context,
    format_: options.FormatOption = options.Format.TABLE,
    output: options.OutputOption = None,
    force: options.ForceOption = False,
) -> None:
    """Các mẫu có sẵn, dùng để làm gì, đang lấy từ đâu.

    Ví dụ: kehoach templates list
    """
    from kehoach_cli.render.listing import Block, Column, Listing, Sheet
    from kehoach_cli.render.machine import data_formats

    rows = _rows(context.program)
    columns = ("Mẫu", "Công dụng", "Tệp")
    target = Destination(format_, output, force)
    match format_:
        case options.Format.JSON:
            items = [dict(zip(("name", "purpose", "file"), row, strict=True)) for row in rows]
            deliver(data_formats.render_json("templates", items, [], {"count": len(items)}), target)
        case options.Format.CSV:
            deliver(data_formats.render_csv(Sheet(columns, rows)), target)
        case _:
            shown = tuple(Column(name, fixed=name == "Mẫu") for name in columns)
            listing = Listing((Block("", 0, (), shown, rows),))
            deliver(_listed(context.program, listing, target), target)


@templates.command("check", cls=Command, short_help="Mẫu có thẻ hỏng hay biến lạ không, ở đoạn nào.")
def check_templates(
    context: Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[MẪU]...", help="Tên mẫu hoặc tệp .docx (mặc định: mọi mẫu có sẵn)."),
    ] = None,
) -> ExitCode:
    """Kiểm tra mẫu: thẻ hỏng, biến không có, chỉ rõ ở đoạn nào.

    Ví dụ: kehoach templates check mau-cua-toi.docx
    """
    from kehoach_cli.office.docx_package import PackageError
    from kehoach_cli.word.templates import check_named

    lines: list[str] = []
    broken = unreadable = 0
    chosen = list(_chosen(context.program, names))
    for name, path in chosen:
        try:
            problems = check_named(_content(path), path.stem)
        except PackageError as error:
            unreadable += 1
            lines.append(f"{name}: không đọc được: {error}")
            continue
        broken += bool(problems)
        lines += [f"{name}: {problem}" for problem in problems] or [f"{name}: dùng được."]
    deliver("".join(f"{without_controls(line)}\n" for line in lines), Destination(options.Format.TABLE))
    if unreadable == len(chosen):
        return ExitCode.CANNOT_RUN
    if broken or unreadable:
        return ExitCode.FINDINGS
    return ExitCode.OK


@templates.command("export", cls=Command, short_help="Chép mẫu ra thư mục để sửa bằng Word.")
def export_templates(
    context: Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[MẪU]...", help="Tên mẫu (mặc định: mọi mẫu).")] = None,
    folder: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="THƯ MỤC", readable=False, help="Thư mục ghi ra (mặc định: templates/)."
        ),
    ] = Path("templates"),
    force: options.ForceOption = False,
) -> None:
    """Chép mẫu ra để sửa bằng Word; mẫu trong thư mục templates/ của bạn được dùng thay mẫu có sẵn cùng tên.

    Ví dụ: kehoach templates export bao-cao-nam -o templates
    """
    from kehoach_cli.store.files.writing import write_together

    contents = {folder / path.name: _content(path) for _, path in _chosen(context.program, names, files=False)}
    write_together(contents, overwrite=force)
    for path in contents:
        say(f'Đã ghi "{path}".')


def _rows(program: Globals) -> tuple[tuple[str, ...], ...]:
    from kehoach_cli.cli.runtime.templates import known_templates
    from kehoach_cli.store.workspace.paths import shown_path
    from kehoach_cli.word.templates import TEMPLATES

    purposes = {template.name: template.purpose for template in TEMPLATES}
    found = known_templates(find_folder(program))
    return tuple((name, purposes.get(name, "mẫu riêng của đơn vị"), shown_path(path)) for name, path in found.items())


def _chosen(program: Globals, names: list[str] | None, *, files: bool = True) -> Iterable[tuple[str, Path]]:
    """Return the templates asked for by name or by file.

    Raises:
        UsageError: there is no such template.
    """
    from kehoach_cli.cli.runtime.templates import known_templates

    known = known_templates(find_folder(program))
    if not names:
        return known.items()
    chosen: dict[str, Path] = {}
    for name in names:
        if name in known:
            chosen[name] = known[name]
        elif files and Path(name).suffix.lower() == ".docx":
            chosen[name] = Path(name)
        else:
            raise UsageError(f'không có mẫu "{name}"; các mẫu có: {", ".join(known)}')
    return chosen.items()


def _content(path: Path) -> bytes:
    from kehoach_cli.store.files.reading import whole_document

    try:
        return whole_document(path)
    except FileNotFoundError:
        raise UsageError(f'không có tệp "{path}"') from None
    except (OSError, ValueError) as error:
        raise CannotRunError(f'không đọc được "{path}": {reason(error)}') from None


def _listed(program: Globals, listing: "Listing", target: Destination) -> str:
    if target.format is options.Format.MD:
        from kehoach_cli.render.machine.data_formats import render_markdown

        return render_markdown(listing)
    from kehoach_cli.render.table import render_table

    return render_table(listing, screen_width(), color=in_color(program, target.output))
