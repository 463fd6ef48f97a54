"""The documents of the corpus, built once for all tests that read them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.imports.corpus import Shape, build


@pytest.fixture(scope="session")
def document(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str, Shape], Path]:
    """Return the path of a document: `document("kh-176", "docx", Shape.TYPED)`."""
    folder = tmp_path_factory.mktemp("documents")

    def built(plan: str, kind: str, shape: Shape) -> Path:
        return build(plan, kind, shape, folder)

    return built
