import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.plan import TaskKind
from kehoach_cli.store.cache.codec import built, plain


def test_every_plan_and_agency_comes_back_as_it_was(catalogue: Catalogue) -> None:
    for plan in catalogue.plans:
        for row in (*plan.tasks, *plan.indicators):
            assert built(json.loads(json.dumps(plain(row)))) == row
    for registry in catalogue.directory.registries.values():
        agencies = dict(registry.agencies)
        assert built(json.loads(json.dumps(plain(agencies)))) == agencies


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        0,
        "chữ",
        (),
        [],
        {},
        ("a", ["b", ("c",)]),
        {"a": {2025: ("x",)}},
        {("tasks", "I.1"): 3},
        frozenset({("lead", "so-a"), ("support", "so-b")}),
        date(2026, 6, 30),
        Decimal("1.50"),
        TaskKind.PROGRAMME,
    ],
)
def test_values_keep_their_types(value: object) -> None:
    found = built(json.loads(json.dumps(plain(value))))
    assert (found, type(found)) == (value, type(value))


def test_what_it_does_not_know_is_refused() -> None:
    @dataclass
    class Stranger:
        name: str

    with pytest.raises(TypeError, match="Stranger"):
        plain({"a": (Stranger("x"),)})


@pytest.mark.parametrize("data", [[], [999, 1], ["?", 1], [0, "quá ít"], ["d", "hôm nay"], ["n", "mười"], [-1], [[1]]])
def test_what_is_none_of_ours_is_refused(data: list[object]) -> None:
    with pytest.raises((ValueError, TypeError, LookupError, ArithmeticError)):
        built(data)
