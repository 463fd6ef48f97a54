"""Completion in the shell: what typer leaves open, in Vietnamese."""

import os
import re
from typing import Any

from typer import _completion_classes, _completion_shared

from kehoach_cli.errors import UsageError

OPTIONS = ("--install-completion", "--show-completion")
_PROGRAM, _VARIABLE = "kehoach", "_KEHOACH_COMPLETE"
# Whatever else a candidate may hold, a shell would take apart or replace.
_SPECIAL = re.compile(r"([^\w@%+=:,./-])")


class QuotingBash(_completion_classes.BashComplete):
    """Bash puts a candidate into the line as it is, and would then take `Sở Y tế` for three words."""

    def format_completion(self, item: Any) -> str:
        """Return a candidate that stays one word; within an open quote it is one already."""
        candidate = super().format_completion(item)
        words = os.environ["COMP_WORDS"].split("\n")
        typed = words[int(os.environ["COMP_CWORD"])] if len(words) > int(os.environ["COMP_CWORD"]) else ""
        return candidate if typed[:1] in {'"', "'"} else _SPECIAL.sub(r"\\\1", candidate)


def install() -> None:
    """Give typer our classes."""
    vars(_completion_classes)["BashComplete"] = QuotingBash
    # Typer renders the text beside a completion as rich markup: ours has none, and importing rich takes 150 ms.
    vars(_completion_classes)["_sanitize_help_text"] = str


def answer(option: str, shells: list[str]) -> str:
    """Return what an option of completion prints, for the shell named after it or the one that is running.

    Raises:
        UsageError: there is no completion for this shell.
    """
    known = [shell.value for shell in _completion_shared.Shells]
    shell = shells[0].lower() if shells else _completion_shared._get_shell_name()  # noqa: SLF001 - typer's own way
    if shell not in known:
        what = f'không có tự điền lệnh cho "{shell}"' if shell else "không biết shell đang dùng"
        raise UsageError(f"{what}; nêu một trong: {', '.join(known)}, ví dụ {option} zsh")
    if option == "--show-completion":
        return _completion_shared.get_completion_script(prog_name=_PROGRAM, complete_var=_VARIABLE, shell=shell)
    _, path = _completion_shared.install(shell=shell, prog_name=_PROGRAM, complete_var=_VARIABLE)
    return f'Đã cài tự điền lệnh cho {shell} ở "{path}"; mở cửa sổ lệnh mới để dùng.'
