"""Forms that a test fills in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kehoach_cli.core.model.catalogue import Catalogue
from tests.excel.forms import Desk, form_of


@pytest.fixture
def desk(catalogue: Catalogue, tmp_path: Path) -> Callable[..., Desk]:
    """Return a function that opens the form of an agency (by default Sở Y tế): `desk("Sở Xây dựng", "kh-176")`."""

    def put(name: str = "Sở Y tế", *plans: str) -> Desk:
        return Desk(catalogue, form_of(catalogue, name, *(plans or ("kh-176", "qd-3825"))), tmp_path)

    return put
