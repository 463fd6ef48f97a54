"""The options that stand before the command."""

from pathlib import Path
from typing import Annotated

from msgspec import Struct

from kehoach_cli.cli.runtime.declare import Option


class Globals(Struct, frozen=True):
    """Where the workspace is, whether colors are wanted, whether the cache may be used, and whether only the version is."""

    root: Path | None = None
    color: bool = True
    cache: bool = True
    version: bool = False


def read_globals(
    root: Annotated[
        Path | None,
        Option(
            "--root",
            metavar="THƯ MỤC",
            help="Thư mục làm việc chứa plans/ (mặc định: tìm từ thư mục hiện tại trở lên).",
        ),
    ] = None,
    no_color: Annotated[bool, Option("--no-color", help="Không dùng màu.")] = False,
    no_cache: Annotated[bool, Option("--no-cache", help="Không dùng bộ nhớ đệm.")] = False,
    debug: Annotated[bool, Option("--debug", help="Hiện chi tiết khi kehoach gặp lỗi nội bộ.")] = False,
    version: Annotated[bool, Option("--version", help="In số phiên bản rồi thoát.")] = False,
) -> Globals:
    """Kế hoạch hành động của tỉnh dưới dạng dữ liệu: tra cứu, kiểm tra, báo cáo.

    Ví dụ: kehoach tasks --agency "Sở Y tế"
    """
    # `--debug` is read before the options are parsed, so that it also serves a fault in them.
    del debug
    return Globals(root=root, color=not no_color, cache=not no_cache, version=version)
