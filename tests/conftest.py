"""Shared fixtures: the real plans of this repository, loaded once, and the program run in process."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner
from hypothesis import HealthCheck, settings
from ruamel.yaml.constructor import SafeConstructor

from kehoach_cli.__main__ import run
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.store.workspace.load import Workspace, load
from kehoach_cli.store.workspace.paths import Root

REPOSITORY = Path(__file__).resolve().parent.parent

# The machine may be busy, so no property fails because of time. The fixture `kehoach` may serve many examples.
settings.register_profile(
    "untimed",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("untimed")


@dataclass(frozen=True)
class Ran:
    """Exit code and output of one run."""

    code: int
    out: str
    err: str


def checked_by_schema(*arguments: str | Path) -> Ran:
    """Run check-jsonschema in this process, because starting it takes ten times as long as its work."""
    with pytest.MonkeyPatch.context() as patch:
        # It makes ruamel.yaml read dates as text, and changes the table that every reader in the process shares.
        patch.setattr(SafeConstructor, "yaml_constructors", dict(SafeConstructor.yaml_constructors))
        result = CliRunner().invoke(check_jsonschema, [str(argument) for argument in arguments])
    return Ran(result.exit_code, result.stdout, result.stderr)


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep every test, and every process it starts, away from the cache of the person who runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def workspace() -> Workspace:
    """The repository's own plans and registries."""
    return load(Root(REPOSITORY))


@pytest.fixture(scope="session")
def catalogue(workspace: Workspace) -> Catalogue:
    """The plans, registries and submissions of the repository."""
    return workspace.catalogue


@pytest.fixture(scope="session")
def document(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str, str], Path]:
    """Return the path of a document built from one of the four sources: `document("kh-176", "docx", "typed")`.

    The processes of one run share the documents.
    """
    from tests.imports.corpus import Shape, build

    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "documents"
    folder.mkdir(exist_ok=True)
    return lambda plan, kind, shape: build(plan, kind, Shape(shape), folder)


@pytest.fixture
def kehoach(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Run the program in process from the repository's root: `kehoach("tasks", "--agency", "Sở Y tế")`."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("KEHOACH_TODAY", "2025-12-31")
    monkeypatch.chdir(REPOSITORY)

    def call(*arguments: str) -> Ran:
        code = run(list(arguments))
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return call
