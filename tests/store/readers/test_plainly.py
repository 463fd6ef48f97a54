"""What is read plainly is what the schemas understand of the events, and they have nothing to say about it."""

import importlib.util
import random
import re
import runpy
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kehoach_cli.core.model.agency import Directory
from kehoach_cli.store.readers.judge import Judge
from kehoach_cli.store.readers.plainly import Doubt, Reader, data_of
from kehoach_cli.store.readers.plan import read_plan
from kehoach_cli.store.readers.registry import read_registry
from kehoach_cli.store.schema.shapes import SHAPES
from kehoach_cli.store.workspace.load import Workspace
from kehoach_cli.store.yaml.tree import MAX_EVENTS
from tests.conftest import REPOSITORY
from tests.fuzz.mutate import HOSTILE, YAML_PIECES, mutated_text
from tests.rules.workspaces import PLAN, REGISTRY

needs_native = pytest.mark.skipif(
    importlib.util.find_spec("ryaml") is None, reason="the native reader is not installed"
)
PLANS = {path.stem: path.read_text(encoding="utf-8") for path in sorted((REPOSITORY / "plans").glob("*.yaml"))}
REGISTRIES = {
    path.stem: path.read_text(encoding="utf-8") for path in sorted((REPOSITORY / "plans/agencies").glob("*.yaml"))
}
COUNT = 400


def understood(text: str, directory: Directory | None, *, lines: bool) -> tuple[Any, bool]:
    """Return what is understood of a plan (without directory: of a registry) and whether the events were not asked."""
    judge = Judge("x.yaml", text=text)
    if directory:
        value: Any = read_plan(judge, directory, strict_before=True, lines=lines)
    else:
        value = read_registry(judge)
    # As printed, so that the order in a mapping counts; lines are not printed.
    return (repr(value), getattr(value, "lines", None), judge.findings, judge.fatal, judge.traps), "tree" not in vars(
        judge
    )


def agrees(text: str, directory: Directory | None = None, *, lines: bool = False) -> bool:
    """Whether a text is read natively; however it is read, the result must be that of events and schemas."""
    found, native = understood(text, directory, lines=lines)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Reader, "entries", _doubtful)
        judged, read_by_events = understood(text, directory, lines=lines)
    assert not read_by_events
    assert found == judged
    return native


def _doubtful(*_: object) -> None:
    raise Doubt


def small() -> Directory:
    registry = read_registry(Judge("x.yaml", text=REGISTRY))
    assert registry
    return Directory({"mau": registry})


def tried(text: str, count: int, start: int = 0) -> Iterator[str]:
    """Yield the text with edits, of which every third or so leaves it right."""
    for number in range(start, start + count):
        chance = random.Random(number)
        edit: Callable[[random.Random, str], str] = chance.choice((_edited, _edited, _prodded, _prodded, mutated_text))
        yield edit(chance, text)


def _edited(chance: random.Random, text: str) -> str:
    """Return the text with another value, quoted or not, in the place of one, or with a line doubled."""
    lines = text.split("\n")
    words = (*HOSTILE[:76], *YAML_PIECES, "14,5", "1.234", "12:30", "5", "+5", "0x10", "0o7", "007", "1:", "?x", "a:b")
    for _ in range(chance.choice((1, 1, 2))):
        at = chance.randrange(len(lines))
        word = chance.choice(words)
        word = chance.choice((word, f'"{word}"', f"'{word}'", chance.choice(lines).strip(" -")))
        places = list(re.finditer(r"(?<=: )[^{\[].*$|(?<=: )[^,{}\[\]]+(?=[,}])|(?<=\[)[^\]]*|[0-9]+(?=:)", lines[at]))
        if places:
            place = chance.choice(places)
            lines[at] = lines[at][: place.start()] + word + lines[at][place.end() :]
        elif chance.random() < 0.3:
            lines[at:at] = [chance.choice(lines)]
    return "\n".join(lines)


def _prodded(chance: random.Random, text: str) -> str:
    """Return the text with a sign of YAML put in, or a letter left out, here and there."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        at = chance.randrange(len(text))
        end = at + chance.choice((0, 0, 1))
        sign = chance.choice((*"?:-,[]{}#&*!|>'\"%@`~ \n0+.=\\", "", ": ", "- ", " #", "\n  ", ", "))
        text = text[:at] + sign + text[end:]
    return text


def test_the_shapes_follow_the_models() -> None:
    shapes = runpy.run_path(str(REPOSITORY / "scripts" / "build_shapes.py"))["shapes"]()
    assert shapes == SHAPES, "python scripts/build_shapes.py"


@needs_native
def test_small_files_are_read_natively_by_whatever_lines_end() -> None:
    assert agrees(REGISTRY)
    assert agrees(PLAN, small())
    assert agrees(PLAN.replace("\n", "\r\n"), small())
    assert agrees(PLAN.replace("\n", "\r"), small())
    assert not agrees(PLAN, small(), lines=True)


@needs_native
def test_most_plans_of_this_repository_are_read_natively(workspace: Workspace) -> None:
    directory = workspace.catalogue.directory
    assert {name for name, text in PLANS.items() if not agrees(text, directory)} == {"kh-176"}
    assert all(map(agrees, REGISTRIES.values()))


def test_no_right_plan_needs_the_schemas(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Judge, "validate", None)
    for text in PLANS.values():
        assert read_plan(Judge("x.yaml", text=text), workspace.catalogue.directory, strict_before=True)
    for text in REGISTRIES.values():
        assert read_registry(Judge("x.yaml", text=text))


@pytest.mark.parametrize("lines", [True, False])
def test_edited_plans_are_read_alike(lines: bool) -> None:  # noqa: FBT001
    found = [agrees(text, small(), lines=lines) for text in tried(PLAN, COUNT)]
    assert lines or importlib.util.find_spec("ryaml") is None or 20 < sum(found) < COUNT


def test_edited_registries_are_read_alike() -> None:
    found = [agrees(text) for text in tried(REGISTRY, COUNT)]
    assert importlib.util.find_spec("ryaml") is None or 20 < sum(found) < COUNT


@pytest.mark.parametrize("name", PLANS)
def test_edited_real_plans_are_read_alike(workspace: Workspace, name: str) -> None:
    for text in tried(PLANS[name], 8):
        agrees(text, workspace.catalogue.directory)


@pytest.mark.parametrize("name", REGISTRIES)
def test_edited_real_registries_are_read_alike(name: str) -> None:
    for text in tried(REGISTRIES[name], 15):
        agrees(text)


@pytest.mark.parametrize(
    "value",
    [
        *(
            "yes",
            "No",
            "on",
            "y",
            "010",
            "+5",
            "-5",
            "0",
            "0x1f",
            "0o17",
            "0b11",
            "5.",
            ".5",
            "1e3",
            "1,5",
            "12:30",
            "1.10",
        ),
        *(
            "1_000",
            ".inf",
            "9" * 30,
            "&a x",
            "*a",
            "!x y",
            "!!str 5",
            "a: b",
            "[a]",
            "{a: b}",
            "a?",
            "?",
            ": x",
            "~",
            "null",
        ),
        *(
            "x # y",
            "'",
            '"',
            "@x",
            "- x",
            '"a\\tb"',
            '"a\\"b"',
            "'a''b'",
            '" x "',
            ">-\n      a\n      b",
            "|\n      a\n       b",
        ),
        *(
            "a\n\n      b",
            "1\n      2",
            "e\u0302",
            "a\u00a0b",
            "a\tb",
            "\u200b",
            "<<",
            "=",
            "true",
            "2022-01-10",
            "2025",
        ),
    ],
)
@pytest.mark.parametrize(
    "key", ["text: Kiểm tra việc xử lý nước thải.", "schedule: 2022 - 2025", "lead: [so-a]", '"95"']
)
def test_every_value_is_read_alike(key: str, value: str) -> None:
    before = key.partition(": ")[0] + ": " if ": " in key else ""
    assert key in PLAN
    for text in (PLAN.replace(key, f"{before}{value}"), PLAN.replace(key, f"{before}{{a: {value}}}")):
        agrees(text, small())


@needs_native
def test_the_native_reader_is_not_asked_for_more_than_a_file_may_hold() -> None:
    head = "a: ["
    assert data_of(f"{head}{', '.join(['x'] * (MAX_EVENTS - 20))}]")
    for text in (f"{head}{', '.join(['x'] * MAX_EVENTS)}]", "\n" * 600_000):
        with pytest.raises(Doubt):
            data_of(text)
