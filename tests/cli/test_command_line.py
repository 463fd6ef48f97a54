"""How a command line is read: spellings that mean the same, values that reach the command, and what is refused."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kehoach_cli.cli.app import program
from kehoach_cli.cli.commands import COMMANDS
from kehoach_cli.cli.runtime.context import Globals
from kehoach_cli.core.model.plan import TaskKind
from tests.conftest import REPOSITORY, Ran

Kehoach = Callable[..., Ran]


def values(*words: str) -> dict[str, Any]:
    """Return what a command line gives to its command."""
    group = program()
    given: dict[str, Any] = {}
    with group.make_context("kehoach", list(words)) as root:
        name, command, rest = group.resolve_command(root, [*root._protected_args, *root.args])  # noqa: SLF001 - as the group itself does
        with command.make_context(name, rest, parent=root) as context:
            given = {key: value for key, value in context.params.items() if value not in (None, False, ())}
            given["program"] = context.program
    return given


@pytest.mark.parametrize(
    "words",
    [
        ("--agency", "Sở Y tế", "--direct", "--format", "json", "--plan", "kh-176"),
        ("-p", "kh-176", "-f", "json", "--direct", "-a", "so y te"),
        ("--format=json", "--agency=SYT", "--plan=KH-176", "--direct"),
        ("-aSở Y tế", "-fjson", "-pkh-176", "--direct"),
        ("--format", "table", "--format", "JSON", "-a", "x", "-a", "so-y-te", "--direct", "-p", "kh-176"),
    ],
    ids=" ".join,
)
def test_spellings_that_mean_the_same(kehoach: Kehoach, words: tuple[str, ...]) -> None:
    ran = kehoach("tasks", *words)
    assert ran.code == 0, ran.err
    items = json.loads(ran.out)["items"]
    assert len(items) == 2
    assert {item["plan"] for item in items} == {"kh-176"}


def test_texts_become_values() -> None:
    given = values("tasks", "--due-by", "31/12/2025", "--as-of", "2026-01-02", "--year", "2025", "--kind", "PROGRAMME")
    assert given["due_by"] == date(2025, 12, 31)
    assert given["as_of"] == date(2026, 1, 2)
    assert given["year"] == 2025
    assert given["kind"] is TaskKind.PROGRAMME
    assert values("lint", "a.yaml", "--strict", "b.yaml")["paths"] == ("a.yaml", "b.yaml")
    assert values("tasks", "-p", "a", "--plan", "b")["plan"] == ("a", "b")


def test_options_before_the_command_reach_every_command() -> None:
    assert values("tasks")["program"] == Globals()
    given = ("--root", "x", "--no-cache", "--no-color")
    wanted = Globals(root=Path("x"), color=False, cache=False)
    assert values(*given, "tasks")["program"] == wanted
    assert values(*given, "templates", "list")["program"] == wanted


def test_help_is_shown_whatever_else_is_wrong(kehoach: Kehoach) -> None:
    assert kehoach("report", "--help").code == 0
    assert kehoach("show", "a", "b", "-h").code == 0
    assert kehoach("--version", "tasks").out == kehoach("--version").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("tasks", "--agen", "x"), 'không có tùy chọn "--agen"; ý bạn là --agency hay --plan?'),
        (("tasks", "--direct=yes"), 'tùy chọn "--direct" dùng sai'),
        (("tasks", "--", "--direct"), "thừa tham số: --direct"),
        (("tasks", "x", "--agency", "Sở Y tế", "y"), "thừa tham số: x y"),
        (("show", "a", "b"), "thừa tham số: b"),
        (("report",), "thiếu kỳ báo cáo: thêm --year NĂM"),
        (("report", "--year", "2026", "--period", "2026-Q3"), "chỉ dùng một trong hai"),
        (("form", "--all", "--period", "2026-Q5"), 'kỳ "2026-Q5" không hợp lệ'),
        (("collect",), "thiếu tham số TỆP..."),
        (("--root",), 'tùy chọn "--root" dùng sai'),
        (("templates", "lst"), 'ý bạn là "list"?'),
        (("templates", "list", "x"), "thừa tham số: x"),
        (("nothing-like-it",), "các lệnh có: plans, tasks"),
    ],
)
def test_a_wrong_command_line_is_answered_with_the_mend(kehoach: Kehoach, words: tuple[str, ...], said: str) -> None:
    ran = kehoach(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("kehoach: ")
    assert said in ran.err


@pytest.mark.parametrize("name", COMMANDS)
def test_an_announced_command_is_the_command(name: str) -> None:
    group = program()
    loaded = group.load(name)
    assert loaded.help
    own = loaded.commands.values() if hasattr(loaded, "commands") else [loaded]
    for command in own:
        assert command.short_help
        assert all(parameter.help for parameter in command.params)


def test_a_path_that_cannot_be_read_is_for_the_command_to_refuse(kehoach: Kehoach, tmp_path: Path) -> None:
    locked = tmp_path / "khóa.yaml"
    locked.write_text("x", encoding="utf-8")
    locked.chmod(0)
    ran = kehoach("--root", str(REPOSITORY), "lint", str(locked))
    assert "giá trị của" not in ran.err
