"""The documents say what the program does."""

import json
import re
import runpy
import shlex
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from kehoach_cli.cli.app import program
from kehoach_cli.errors import ExitCode
from tests.cli.test_program import COMMANDS
from tests.conftest import REPOSITORY, Ran

PAGES = sorted([*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")])
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def test_the_screen_in_the_readme_is_what_the_program_prints(kehoach: Callable[..., Ran]) -> None:
    shown = re.search(r"```console\n\$ python3 run\.py (tasks [^\n]*--as-of[^\n]*)\n(.*?)```", README, re.DOTALL)
    assert shown
    assert kehoach(*shlex.split(shown[1])).out.rstrip() == shown[2].rstrip()


@pytest.mark.parametrize(
    "command",
    re.findall(
        r"`kehoach ((?:plans|tasks|show|indicators|agencies|check|summary|report|lint|schema)(?![\w-])[^`]*)`", README
    ),
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


def test_the_generated_pages_are_current(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    pages = runpy.run_path(str(REPOSITORY / "scripts" / "build_docs.py"))["pages"]()
    assert {"rules.md", "suppressed.md", "lenh.md", "luoc-do.md", "templates.md", "cach-ghi.md"} <= {
        path.name for path in pages
    }
    for path, text in pages.items():
        assert path.read_text(encoding="utf-8") == text, f"python scripts/build_docs.py ({path.name})"


def test_the_page_of_commands_matches_help(kehoach: Callable[..., Ran]) -> None:
    page = (REPOSITORY / "docs/lenh.md").read_text(encoding="utf-8")
    for command in set(COMMANDS) - {"templates"}:
        section = page.partition(f"\n## {command}\n")[2].partition("\n## ")[0]
        options = re.findall(r"^  (?:-\w, )?(--[\w-]+)", kehoach(command, "--help").out, re.MULTILINE)
        assert set(options) - {"--help"} == set(re.findall(r"`(--[\w-]+)`(?:, `-\w`)? \|", section)), command
    for code in ExitCode:
        assert f"\n| {code.value} | " in page


def test_the_page_of_keys_has_every_key_of_the_schemas() -> None:
    page = (REPOSITORY / "docs/luoc-do.md").read_text(encoding="utf-8")
    found: set[str] = set()

    def collect(node: Any) -> None:
        if isinstance(node, dict):
            found.update(node["properties"] if isinstance(node.get("properties"), dict) else ())
            for part in node.values():
                collect(part)

    for schema in (REPOSITORY / "schemas").glob("*.json"):
        collect(json.loads(schema.read_text(encoding="utf-8")))
    assert len(found) > 60
    assert found == set(re.findall(r"^\| `(\w+)`(?: \*\*\(bắt buộc\)\*\*)? \|", page, re.MULTILINE))


def command_lines(page: Path) -> list[str]:
    """Return the command lines in a page."""
    text = page.read_text(encoding="utf-8")
    return re.findall(r"^\$ kehoach (.*)$", text, re.MULTILINE) + re.findall(r"`kehoach ([^`\n]*)`", text)


def parse(words: list[str]) -> None:
    """Parse a command line without running it."""
    if not words or "--help" in words:
        return
    command = program().load(words[0])
    if hasattr(command, "commands") and words[1:]:
        command, words = command.commands[words[1]], words[1:]
    if words[1:]:
        command.make_context(words[0], words[1:])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_line_of_the_pages_parses(page: Path) -> None:
    for line in command_lines(page):
        words = shlex.split(line.replace("\\|", "|"), comments=True)
        while words[:1] == ["--root"] or (words and words[0] in {"--version", "--install-completion", "--debug"}):
            words = words[2 if words[0] == "--root" else 1 :]
        # Skip patterns such as `kehoach LỆNH --help`, and lines with a part left out.
        if not re.search(r"[…[|]|^LỆNH\b", " ".join(words)):
            parse(words)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_has_a_target(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        if re.match(r"https?:|mailto:", target):
            continue
        path, _, anchor = unquote(target).partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.is_file(), f"{page.name}: {target}"
        if anchor:
            aimed = file.read_text(encoding="utf-8")
            headings = [
                re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-")
                for one in re.findall(r"^#+ (.*)$", aimed, re.MULTILINE)
            ]
            assert anchor in headings or f'<a id="{anchor}">' in aimed, f"{page.name}: {target}"


def test_the_picture_shows_the_layers_of_the_import_contract() -> None:
    script = runpy.run_path(str(REPOSITORY / "scripts" / "picture.py"))
    drawn = script["TARGET"].read_text(encoding="utf-8")
    assert drawn == script["picture"](), "python scripts/picture.py"
    assert {"cli", "render", "store", "core", "errors"} <= set(re.findall(r'font-weight="bold">(\w+)<', drawn))


def test_what_the_installed_program_ships_is_in_the_sdist() -> None:
    hatch = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"][
        "targets"
    ]
    for folder in hatch["wheel"]["force-include"]:
        assert f"/{folder}" in hatch["sdist"]["include"]
