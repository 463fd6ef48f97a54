"""Completion as bash, zsh and fish do it: keys go into a terminal, and what reaches the program counts."""

import os
import select
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, Ran

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")]

Kehoach = Callable[..., Ran]
_READY, _PATIENCE = b"READY>", 60.0
# A function of this name writes the words it is given to a file, unless it is asked for completions.
_FUNCTION = (
    'kehoach() {{ if [ -n "$_KEHOACH_COMPLETE" ]; then command kehoach; else printf "%s\\n" "$@" > {got}; fi; }}'
)
SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], f"source {{script}}; PS1='READY''> '; {_FUNCTION}"),
    "zsh": (
        ["zsh", "-f", "-i"],
        f"autoload -Uz compinit; compinit -u -D; source {{script}}; PS1='READY''> '; {_FUNCTION}",
    ),
    "fish": (
        ["fish", "--private", "-i"],
        "source {script}; function fish_prompt; echo -n READY'> '; end; function kehoach; printf '%s\\n' $argv > {got}; end",
    ),
}
WORDS = [
    ("kehoach tasks --agency VCCI\t", ["tasks", "--agency", "VCCI chi nhánh Thanh Hóa"]),
    ("kehoach tasks --agency Sở\\ Y\t", ["tasks", "--agency", "Sở Y tế"]),
    ('kehoach tasks --agency "Sở Y\t', ["tasks", "--agency", "Sở Y tế"]),
    ("kehoach tasks --agency so-y\t", ["tasks", "--agency", "so-y-te"]),
    ("kehoach tas\t", ["tasks"]),
    ("kehoach query viec\t", ["query", "viec-theo-co-quan"]),
    ("kehoach export --format pa\t", ["export", "--format", "parquet"]),
    ("kehoach calendar --role su\t", ["calendar", "--role", "support"]),
]


class Terminal:
    """A shell in a pseudo-terminal."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        import pty

        self._shell, self._screen = pty.fork()
        if not self._shell:
            os.execvpe(command[0], command, environment)  # noqa: S606 - it is one
        self._seen = b""

    def type(self, keys: str) -> None:
        os.write(self._screen, keys.encode())

    def wait_for(self, words: bytes) -> None:
        """Wait until the words are on the screen, and forget what came before."""
        end = time.monotonic() + _PATIENCE
        while words not in self._seen:
            assert time.monotonic() < end, self._seen
            if select.select([self._screen], [], [], 0.1)[0]:
                self._seen += os.read(self._screen, 65536)
        self._seen = self._seen.rpartition(words)[2]

    def close(self) -> None:
        os.kill(self._shell, signal.SIGKILL)
        os.waitpid(self._shell, 0)
        os.close(self._screen)


@pytest.mark.parametrize("shell", SHELLS)
def test_names_with_spaces_stay_one_word(tmp_path: Path, kehoach: Kehoach, shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    script, got = tmp_path / "script", tmp_path / "got"
    program = tmp_path / "bin" / "kehoach"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m kehoach_cli "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script.write_text(kehoach("--show-completion", shell).out, encoding="utf-8")
    environment = {
        **os.environ,
        "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(REPOSITORY / "src"),
        "LC_ALL": "C.UTF-8",
        "HOME": str(tmp_path),
        "TERM": "xterm",
    }
    command, setup = SHELLS[shell]
    terminal = Terminal(command, environment)
    try:
        terminal.type(setup.format(script=script, got=got) + "\n")
        terminal.wait_for(_READY)
        for keys, words in WORDS:
            terminal.type(f"{keys}\n")
            end = time.monotonic() + _PATIENCE
            while not (got.exists() and got.read_text(encoding="utf-8").endswith("\n")):
                assert time.monotonic() < end, keys
                time.sleep(0.05)
            assert got.read_text(encoding="utf-8").split("\n")[:-1] == words, keys
            got.unlink()
            terminal.wait_for(_READY)
    finally:
        terminal.close()


def test_bash_completes_an_abbreviation(
    monkeypatch: pytest.MonkeyPatch, kehoach: Kehoach, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("_KEHOACH_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_CWORD", "3")
    for typed, offered in (("SYT", "Sở\\ Y\\ tế"), ("'SYT", "Sở Y tế"), ("so-y", "so-y-te")):
        monkeypatch.setenv("COMP_WORDS", f"kehoach\ntasks\n--agency\n{typed}")
        with pytest.raises(SystemExit):
            kehoach()
        assert capsys.readouterr().out == f"{offered}\n"


@pytest.mark.parametrize(
    ("shell", "begin"),
    [
        ("bash", "_kehoach_completion() {"),
        ("zsh", "#compdef kehoach"),
        ("fish", "complete --command kehoach"),
        ("powershell", "Import-Module PSReadLine"),
    ],
)
def test_the_script_is_that_of_the_shell_named(kehoach: Kehoach, shell: str, begin: str) -> None:
    assert kehoach("--show-completion", shell).out.startswith(begin)


@pytest.mark.parametrize("option", ["--show-completion", "--install-completion"])
def test_a_shell_without_completion_is_refused(kehoach: Kehoach, option: str) -> None:
    ran = kehoach(option, "xonsh")
    assert (ran.code, ran.out) == (2, "")
    assert 'không có tự điền lệnh cho "xonsh"; nêu một trong: bash, zsh, fish' in ran.err


def test_completion_is_installed_for_the_shell_named(
    kehoach: Kehoach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    ran = kehoach("--install-completion", "fish")
    assert ran.code == 0
    assert ran.out.startswith("Đã cài tự điền lệnh cho fish")
    assert (tmp_path / ".config" / "fish" / "completions" / "kehoach.fish").is_file()
