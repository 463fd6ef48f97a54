"""Forms that a test fills in."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from kehoach_cli.core.model.catalogue import Catalogue
from tests.excel.forms import Desk, form_of, workbook_of


@pytest.fixture(scope="session")
def blank(catalogue: Catalogue) -> Callable[..., bytes]:
    """The blank workbook of an agency, made once: `blank("Sở Xây dựng", "kh-176")`."""

    @cache
    def made(name: str, *plans: str) -> bytes:
        return workbook_of(catalogue, form_of(catalogue, name, *plans))

    return made


@pytest.fixture
def desk(blank: Callable[..., bytes], tmp_path: Path) -> Callable[..., Desk]:
    """Return a function that opens the form of an agency (by default Sở Y tế for `kh-176`): `desk("Sở Xây dựng", "qd-3825")`."""

    def put(name: str = "Sở Y tế", *plans: str) -> Desk:
        return Desk(blank(name, *(plans or ("kh-176",))), tmp_path)

    return put
