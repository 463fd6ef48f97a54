"""Vietnamese words for typer's help pages and usage errors."""

from typing import Any

from typer import core
from typer._click import exceptions
from typer._click.formatting import HelpFormatter

OPTIONS = "[TÙY CHỌN]"
SUBCOMMAND = "LỆNH [THAM SỐ]..."
# The texts of the options that typer itself adds, by the name of the option.
OWN_OPTIONS = {
    "help": "Hiện trợ giúp này rồi thoát.",
    "install_completion": "Cài tự điền lệnh cho shell đang dùng, hoặc shell nêu sau nó: bash, zsh, fish, powershell.",
    "show_completion": "In mã tự điền lệnh của shell đang dùng, hoặc của shell nêu sau nó, để chép hoặc chỉnh sửa.",
}
_CATALOGUE = {
    "Arguments": "Tham số",
    "Commands": "Lệnh",
    "Options": "Tùy chọn",
    "default: {default}": "mặc định: {default}",
    "required": "bắt buộc",
}


def install() -> None:
    """Give typer the Vietnamese catalogue.

    Typer looks its words up with gettext, under the name `_`. A gettext catalogue in a file would also need an environment
    variable, which the programs we start would inherit.
    """
    vars(core)["_"] = lambda words: _CATALOGUE.get(words, words)


class Formatter(HelpFormatter):
    """A help page that begins with a Vietnamese word."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how the command is typed."""
        super().write_usage(prog, args, "Cách dùng: " if prefix is None else prefix)


def usage_message(error: Exception) -> str:
    """Return a usage error of typer in Vietnamese; its class and fields say what is wrong."""
    match error:
        case exceptions.NoSuchOption():
            near = f"; ý bạn là {' hay '.join(error.possibilities)}?" if error.possibilities else ""
            return f'không có tùy chọn "{error.option_name}"{near}'
        case exceptions.MissingParameter():
            return _missing(error.param)
        case exceptions.BadOptionUsage():
            return f'tùy chọn "{error.option_name}" dùng sai: thiếu giá trị hoặc thừa giá trị'
        case exceptions.BadParameter(param=param) if param is not None:
            return f"giá trị của {param.opts[0]} không hợp lệ"
    return "câu lệnh không hợp lệ"


def _missing(parameter: Any) -> str:
    if parameter is None:
        return "thiếu tùy chọn"
    kind = "tham số" if parameter.param_type_name == "argument" else "tùy chọn"
    return f"thiếu {kind} {parameter.human_readable_name}".rstrip()


def extra_message(words: list[str]) -> str:
    """Return the message for words that no parameter takes."""
    return f'thừa tham số: {" ".join(words)} (tên có dấu cách phải đặt trong dấu nháy: "Sở Y tế")'
