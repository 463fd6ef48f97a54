"""`kehoach schema`: the JSON Schemas with which an editor completes and explains the files."""

from pathlib import Path
from typing import Annotated

import typer

from kehoach_cli.cli.runtime import options
from kehoach_cli.cli.runtime.session import Destination, deliver, say
from kehoach_cli.errors import CannotRunError, UsageError, reason

_NAMES = ("plan", "registry", "progress", "lock", "source", "legal", "amendment")


def schema(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[TÊN]",
            autocompletion=options.complete_from(*_NAMES),
            help=(
                "Lược đồ cần in: plan (kế hoạch), registry (danh bạ cơ quan), progress (báo cáo tiến độ), lock (chốt số liệu),"
                " source (sổ nguồn), legal (sổ văn bản căn cứ), amendment (sửa đổi kế hoạch)."
            ),
        ),
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="THƯ MỤC",
            readable=False,
            help="Ghi lược đồ thành tệp vào thư mục này (không nêu tên thì ghi tất cả) thay vì in ra màn hình.",
        ),
    ] = None,
    force: options.ForceOption = False,
) -> None:
    """In hoặc ghi lược đồ JSON Schema để trình soạn thảo gợi ý và giải thích các khóa của tệp.

    Ví dụ: kehoach schema plan
    """
    if name is not None and name not in _NAMES:
        raise UsageError(f'không có lược đồ "{name}"; chọn một trong: {", ".join(_NAMES)}')
    if name is None and folder is None:
        raise UsageError(f"nêu tên lược đồ ({', '.join(_NAMES)}), hoặc -o THƯ MỤC để ghi tất cả")
    from kehoach_cli.store.schema.json_schema import schema_file, schema_text

    if folder is None:
        deliver(schema_text(str(name)), Destination(options.Format.JSON))
        return
    texts = {folder / schema_file(each): schema_text(each) for each in ([name] if name else _NAMES)}
    _write(folder, texts, force=force)


def _write(folder: Path, texts: dict[Path, str], *, force: bool) -> None:
    """Write the files that differ: all of them, or none if one would be overwritten without `--force`."""
    from kehoach_cli.store.files.writing import write_together

    try:
        if folder.exists() and not folder.is_dir():
            raise CannotRunError(f'"{folder}" là một tệp, không phải thư mục')
        stale = {path: text for path, text in texts.items() if _content(path) != text}
        there = [path for path in stale if path.exists()]
    except (OSError, ValueError) as error:
        raise CannotRunError(f'không ghi được vào "{folder}": {reason(error)}') from None
    if there and not force:
        raise CannotRunError(f'tệp "{there[0]}" đã có và khác nội dung; thêm --force để ghi đè')
    written = {path: text.encode() for path, text in stale.items()}
    write_together(written, overwrite=force, unchanged=texts.keys() - stale.keys())
    for path in texts:
        say(f'Đã ghi "{path}".' if path in stale else f'"{path}" đã đúng, không phải ghi lại.')


def _content(path: Path) -> str | None:
    """Return the text of the file; None if there is no file or it is not text."""
    try:
        return path.read_text(encoding="utf-8") if path.is_file() else None
    except (FileNotFoundError, UnicodeDecodeError):
        return None
