"""The documents say what the program does."""

import re
import shlex
from collections.abc import Callable

import pytest

from tests.cli.test_program import COMMANDS
from tests.conftest import REPOSITORY, Ran

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def test_the_screen_in_the_readme_is_real(kehoach: Callable[..., Ran]) -> None:
    shown = re.search(r"```console\n\$ python3 run\.py (tasks [^\n]*--as-of[^\n]*)\n(.*?)```", README, re.DOTALL)
    assert shown
    assert kehoach(*shlex.split(shown[1])).out.rstrip() == shown[2].rstrip()


@pytest.mark.parametrize(
    "command",
    re.findall(r"`kehoach ((?:plans|tasks|show|indicators|agencies|check|report|lint|schema)(?![\w-])[^`]*)`", README),
)
def test_every_command_in_the_readme_works(kehoach: Callable[..., Ran], command: str) -> None:
    ran = kehoach(*shlex.split(command))
    assert ran.code == 0
    assert ran.out


def test_every_command_is_in_the_readme(kehoach: Callable[..., Ran]) -> None:
    commands = re.findall(r"^  ([\w-]+)  ", kehoach("--help").out.partition("Lệnh:")[2], re.MULTILINE)
    assert len(commands) == len(COMMANDS)
    for command in commands:
        assert re.search(rf"(?:`|\$ )kehoach {command}(?![\w-])", README)
