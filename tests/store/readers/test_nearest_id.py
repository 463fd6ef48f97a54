"""Which id of an agency is offered for one that no registry has."""

import pytest

from kehoach_cli.store.readers.nearest_id import nearest_id

KNOWN = ("so-y-te", "so-khcn", "so-tai-chinh", "bo-khdt", "bo-tai-chinh", "ubnd-cap-huyen")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("so-yte", "so-y-te"),
        ("os-tai-chinh", "so-tai-chinh"),
        ("ubnd-cap-huyn", "ubnd-cap-huyen"),
        ("so-khdt", None),
        ("so-khong", None),
    ],
)
def test_no_body_of_another_kind_is_offered(written: str, meant: str | None) -> None:
    assert nearest_id(written, KNOWN) == meant
