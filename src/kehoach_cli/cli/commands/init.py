"""`kehoach init`: a new workspace that works at once."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kehoach_cli.cli.runtime import clock, options
from kehoach_cli.cli.runtime.session import say
from kehoach_cli.errors import CannotRunError, UsageError, reason
from kehoach_cli.viet.text import first_control, folded, loose_key

if TYPE_CHECKING:
    from kehoach_cli.store.workspace.init import Starter

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SHOWN = 4
_SAMPLE = "Tỉnh mẫu"


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="[THƯ MỤC]", readable=False, help="Thư mục mới, hoặc thư mục chưa có các tệp này.")
    ] = Path(),
    province: Annotated[
        str,
        typer.Option(
            "--province",
            metavar="TÊN",
            help='Tỉnh, thành phố, cả tỉnh cũ: tên hay mã ("Nghệ An", ho-chi-minh, bac-kan); hoặc trung-uong.',
        ),
    ] = _SAMPLE,
    plan: Annotated[str, typer.Option("--plan-id", metavar="MÃ", help="Mã của kế hoạch, ví dụ kh-12.")] = "kh-mau",
    title: Annotated[
        str, typer.Option("--title", parser=options.parse_text, metavar="CHỮ", help="Trích yếu của kế hoạch.")
    ] = "Kế hoạch mẫu về giảm chất thải nhựa",
    year: Annotated[
        int | None,
        typer.Option(
            "--year", "-y", parser=options.parse_year, metavar="NĂM", help="Năm đầu của kế hoạch (mặc định: năm nay)."
        ),
    ] = None,
    force: options.ForceOption = False,
) -> None:
    """Tạo thư mục làm việc mới: kế hoạch mẫu, danh bạ cơ quan, cài đặt, lược đồ, cấu hình tự kiểm tra.

    Có tệp nào trùng tên mà khác nội dung thì không ghi gì cả; lần tạo bị dừng giữa chừng thì chạy lại để tạo nốt.

    Ví dụ: kehoach init ke-hoach-tinh --province "Nghệ An" --plan-id kh-12
    """
    from kehoach_cli.store.files.writing import write_together
    from kehoach_cli.store.workspace.init import starter_files

    starter = _starter(province, plan, title, year or clock.today().year)
    files = {folder / name: data for name, data in starter_files(starter).items()}
    missing = _missing(folder, files, force=force)
    write_together(missing, overwrite=force)
    say(f'Đã tạo thư mục làm việc "{folder}": {len(missing)} tệp, kế hoạch mẫu ở "{folder / "plans" / plan}.yaml".')
    enter = "" if folder == Path() else f'cd "{folder}", '
    say(f"Tiếp theo: {enter}kehoach lint, kehoach tasks; đọc README.md để biết thay gì, ở đâu.")


def _starter(province: str, plan: str, title: str, year: int) -> "Starter":
    from kehoach_cli.store.workspace.init import Starter

    if not _SLUG.fullmatch(plan):
        raise UsageError(f'--plan-id "{plan}" chỉ gồm chữ thường không dấu, chữ số và dấu "-", ví dụ kh-12')
    return Starter(*_province(_words("--province", province)), plan, _words("--title", title), year)


def _province(asked: str) -> tuple[str, str]:
    """Return id and name of the province asked, of the centre, or of the sample."""
    from kehoach_cli.core.model.agency import CENTRAL
    from kehoach_cli.store.base.provinces import find_province, near_provinces

    if asked == _SAMPLE:
        return "tinh-mau", asked
    if loose_key(asked).replace(" ", "-") == CENTRAL:
        return CENTRAL, "Trung ương"
    if found := find_province(asked):
        return found.id, found.name
    near = near_provinces(asked)
    hint = (
        f"; ý bạn là {' hay '.join(near)}?" if near else '; viết tên tỉnh, thành phố, ví dụ "Nghệ An", hoặc trung-uong'
    )
    raise UsageError(f'--province "{asked}" không phải tên tỉnh, thành phố{hint}')


def _words(option: str, text: str) -> str:
    """Return the text of an option as it is written to a file."""
    words = folded(text)
    if not words or first_control(words):
        raise UsageError(f"{option} để trống hoặc có ký tự điều khiển")
    return words


def _missing(folder: Path, files: dict[Path, bytes], *, force: bool) -> dict[Path, bytes]:
    """Return the files to write: all, or those that a run that was stopped did not come to.

    Raises:
        CannotRunError: the folder is a file, or has files of these names that are not such a run's.
    """
    try:
        if folder.exists() and not folder.is_dir():
            raise CannotRunError(f'"{folder}" là một tệp, không phải thư mục')
        there = [path for path in files if path.exists()]
        foreign = [] if force else [path for path in there if not path.is_file() or path.read_bytes() != files[path]]
    except (OSError, ValueError) as error:
        raise CannotRunError(f'không tạo được thư mục "{folder}": {reason(error)}') from None
    if force:
        return files
    if foreign or len(there) == len(files):
        names = [path.relative_to(folder).as_posix() for path in foreign or there]
        more = f" và {len(names) - _SHOWN} tệp khác" if len(names) > _SHOWN else ""
        raise CannotRunError(
            f'"{folder}" đã có {", ".join(names[:_SHOWN])}{more}; chọn thư mục khác, hoặc thêm --force để ghi đè'
        )
    return {path: data for path, data in files.items() if path not in there}
