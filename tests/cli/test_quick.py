"""Plain command lines are read without typer, and as typer reads them."""

import inspect
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kehoach_cli.cli.commands import COMMANDS, function_of
from kehoach_cli.cli.runtime import app, quick
from kehoach_cli.cli.runtime.context import read_globals
from kehoach_cli.cli.runtime.declare import Argument, Group

FUNCTIONS = {name: function_of(name) for name in COMMANDS if not isinstance(function_of(name), Group)}
_WORDS = (
    *("Sở Y tế", "kh-176", "2025", "json", "table", "xlsx", "docx", "yaml", "2025-12-31", "31/12/2025"),
    *("lead", "task", "plan", "a=b", "", " ", "2"),
)
VALUES = st.sampled_from(_WORDS) | st.text("aạ1=-,.[", max_size=6)


class Spy:
    """Stands for a command, declares what it declares, and keeps what it is called with."""

    def __init__(self, function: Any) -> None:
        self.__annotations__ = function.__annotations__
        self.__code__ = function.__code__
        self.__defaults__ = function.__defaults__
        self.__doc__ = function.__doc__
        self.__signature__ = inspect.signature(function)
        self.calls: list[dict[str, Any]] = []

    def __call__(self, **values: Any) -> None:
        bound = self.__signature__.bind(**values)
        bound.apply_defaults()
        self.calls.append(bound.arguments)


@pytest.fixture
def spies(monkeypatch: pytest.MonkeyPatch) -> dict[str, Spy]:
    made = {name: Spy(function) for name, function in FUNCTIONS.items()}
    for module in (app, quick):
        monkeypatch.setattr(module, "function_of", lambda name: made.get(name, function_of(name)))
    return made


@st.composite
def lines(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A command line of the options a command declares, in any order, some with values it does not take."""
    name = draw(st.sampled_from(list(FUNCTIONS)))
    before = [word for words in draw(st.lists(_given(read_globals), max_size=2)) for word in words]
    parts = draw(st.lists(_given(FUNCTIONS[name]), max_size=5))
    required = [["--year", "2025"]] if name in {"report", "form"} and draw(st.booleans()) else []
    return name, [*before, name, *(word for words in draw(st.permutations(parts + required)) for word in words)]


def _given(function: Any) -> st.SearchStrategy[list[str]]:
    said: list[tuple[bool, Argument]] = [
        (hint.__origin__ is bool, hint.__metadata__[0])
        for hint in function.__annotations__.values()
        if hasattr(hint, "__metadata__")
    ]

    def words(flag: bool, one: Argument) -> st.SearchStrategy[list[str]]:  # noqa: FBT001 - of a pair
        if not one.names:
            return VALUES.map(lambda value: [value])
        name = st.sampled_from(one.names)
        if flag:
            return name.map(lambda word: [word])
        apart = st.tuples(name, VALUES).map(list[str])
        return apart | apart.map(lambda pair: ["=".join(pair)])

    return st.sampled_from(said).flatmap(lambda pair: words(*pair))


@settings(max_examples=600)
@given(line=lines())
def test_both_readings_are_the_same(line: tuple[str, list[str]]) -> None:
    name, words = line
    with pytest.MonkeyPatch.context() as patch:
        made = {one: Spy(function) for one, function in FUNCTIONS.items()}
        for module in (app, quick):
            patch.setattr(module, "function_of", made.__getitem__)
        call = quick.plain_call(words)
        assume(call is not None)
        assert call is not None
        call()
        app.app(words, prog_name="kehoach", standalone_mode=False)
        first, second = made[name].calls
    assert first == second
    assert {key: type(value) for key, value in first.items()} == {key: type(value) for key, value in second.items()}


@pytest.mark.parametrize(
    "line",
    [
        ("tasks",),
        ("tasks", "--agency", "Sở Y tế"),
        ("tasks", "-a", "so y te", "--direct", "--format=json", "--plan", "kh-176", "-p", "qd-3825"),
        ("--root", ".", "--no-cache", "lint", "plans/a.yaml", "--strict", "plans/b.yaml"),
        ("show", "kh-176/PL2.III.1", "--as-of", "31/12/2025"),
        ("report", "--year", "2025"),
    ],
    ids=" ".join,
)
def test_what_officers_type_is_plain(line: tuple[str, ...], spies: dict[str, Spy]) -> None:
    call = quick.plain_call(list(line))
    assert call is not None
    call()
    assert sum(len(spy.calls) for spy in spies.values()) == 1


@pytest.mark.parametrize(
    "line",
    [
        (),
        ("--help",),
        ("tasks", "--help"),
        ("--version", "tasks"),
        ("task",),
        ("tasks", "--agensy", "Sở Y tế"),
        ("tasks", "--agen", "Sở Y tế"),
        ("tasks", "-aSở"),
        ("tasks", "-a=Sở"),
        ("tasks", "--agency"),
        ("tasks", "--agency", "--direct"),
        ("tasks", "--direct=yes"),
        ("tasks", "--format", "pdf"),
        ("tasks", "--", "x"),
        ("tasks", "thừa"),
        ("show",),
        ("show", "a", "b"),
        ("report",),
        ("templates", "list"),
        ("--root",),
    ],
    ids=" ".join,
)
def test_what_is_not_plain_is_left_to_typer(line: tuple[str, ...]) -> None:
    assert quick.plain_call(list(line)) is None


def test_completion_is_left_to_typer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_KEHOACH_COMPLETE", "complete_bash")
    assert quick.plain_call(["tasks"]) is None
