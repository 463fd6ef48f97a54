"""Typer in Vietnamese: help pages and usage errors."""

import re
from typing import Any

from typer.core import TyperCommand, TyperGroup

from kehoach_cli.errors import UsageError

# Longest first within a line: the framework's own words on a help page, and ours.
_HELP_WORDS = (
    (re.compile(r"^Usage:", re.MULTILINE), "Cách dùng:"),
    (re.compile(r"^Options:$", re.MULTILINE), "Tùy chọn:"),
    (re.compile(r"^Commands:$", re.MULTILINE), "Lệnh:"),
    (re.compile(r"^Arguments:$", re.MULTILINE), "Tham số:"),
    (re.compile(r"\[OPTIONS\]"), "[TÙY CHỌN]"),
    (re.compile(r"COMMAND \[ARGS\]\.\.\."), "LỆNH [THAM SỐ]..."),
    (re.compile(r"\[default: "), "[mặc định: "),
    (re.compile(r"\[required\]"), "[bắt buộc]"),
    (re.compile(r"Show this message and exit\."), "Hiện trợ giúp này rồi thoát."),
    (re.compile(r"Install completion for the current\s+shell\."), "Cài tự điền lệnh cho shell đang dùng."),
    (
        re.compile(r"Show completion for the current shell,\s+to\s+copy it or\s+customize the\s+installation\."),
        "In mã tự điền lệnh của shell đang dùng để chép hoặc chỉnh sửa.",
    ),
)


def _translated(page: str) -> str:
    for words, vietnamese in _HELP_WORDS:
        page = words.sub(vietnamese, page)
    return page


class VietnameseCommand(TyperCommand):
    """A command whose help page is Vietnamese."""

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        return _translated(super().get_help(ctx))


class VietnameseGroup(TyperGroup):
    """The program: commands in the order they are declared, unknown ones answered with the nearest."""

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        return _translated(super().get_help(ctx))

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the commands in the order of declaration."""
        del ctx
        return list(self.commands)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command named first in `args`.

        Raises:
            UsageError: there is no such command.
        """
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], list(self.commands), n=1, cutoff=0.5)
            hint = f'ý bạn là "{near[0]}"?' if near else f"các lệnh có: {', '.join(self.commands)}"
            raise UsageError(f'không có lệnh "{args[0]}"; {hint}')
        return super().resolve_command(ctx, args)


def usage_message(error: Any) -> str:
    """Return a usage error of the framework in Vietnamese; its class and fields say what is wrong."""
    kind = type(error).__name__
    if kind == "NoSuchOption":
        near = f"; ý bạn là {' hay '.join(error.possibilities)}?" if error.possibilities else ""
        return f'không có tùy chọn "{error.option_name}"{near}'
    if kind == "MissingParameter":
        name = error.param.human_readable_name if error.param else ""
        return f"thiếu {'tham số' if error.param and error.param.param_type_name == 'argument' else 'tùy chọn'} {name}".rstrip()
    if kind == "BadOptionUsage":
        return f'tùy chọn "{error.option_name}" dùng sai: thiếu giá trị hoặc thừa giá trị'
    if found := re.search(r"unexpected extra argument\S* \((.*)\)", error.message or ""):
        return f'thừa tham số: {found[1]} (tên có dấu cách phải đặt trong dấu nháy: "Sở Y tế")'
    name = error.param.opts[0] if getattr(error, "param", None) else ""
    return f"giá trị của {name} không hợp lệ" if name else "câu lệnh không hợp lệ"
