import copy
import dataclasses
import pickle
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pytest

from kehoach_cli.record import field, record, replace


@record
class Row:
    """A row."""

    id: str
    lead: tuple[str, ...] = ()
    cells: dict[str, str] = field(default_factory=dict)
    file: str = field(default="", compare=False)

    @property
    def ref(self) -> str:
        return f"x/{self.id}"


@dataclass(frozen=True, slots=True)
class Same:
    id: str
    lead: tuple[str, ...] = ()
    cells: dict[str, str] = dataclasses.field(default_factory=dict)
    file: str = dataclasses.field(default="", compare=False)


@record
class Lazy:
    words: str

    @cached_property
    def count(self) -> int:
        return len(self.words.split())


def test_it_is_what_dataclass_makes() -> None:
    row, same = Row("I.1", cells={"a": "b"}), Same("I.1", cells={"a": "b"})
    assert repr(row) == repr(same).replace("Same", "Row")
    assert dataclasses.asdict(row) == dataclasses.asdict(same)
    assert [(one.name, one.compare) for one in dataclasses.fields(row)] == [
        (one.name, one.compare) for one in dataclasses.fields(same)
    ]
    assert Row.__match_args__ == Same.__match_args__
    assert (row.ref, Row.__doc__, Row.__name__) == ("x/I.1", "A row.", "Row")


def test_equality_and_hash_leave_out_what_is_not_compared() -> None:
    assert Row("I.1", file="a") == Row("I.1", file="b") != Row("I.2", file="a")
    assert Row("I.1") != Same("I.1")  # type: ignore[comparison-overlap]
    assert hash(Lazy("a b")) == hash(Lazy("a b"))


def test_every_object_gets_its_own_default() -> None:
    assert Row("I.1").cells is not Row("I.2").cells


@pytest.mark.parametrize("values", [(), ("I.1", (), {}, "", "thừa")])
def test_wrong_arguments_are_refused(values: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError, match=r"Row\.__init__\(\)"):
        Row(*values)


def test_it_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Row("I.1").id = "I.2"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del Row("I.1").id
    for changed in (dataclasses.replace(Row("I.1"), id="I.2"), replace(Row("I.1"), id="I.2")):
        assert changed == Row("I.2")
    with pytest.raises(TypeError):
        replace(Row("I.1"), unknown="x")


def test_the_field_of_dataclasses_is_no_field_of_a_record() -> None:
    with pytest.raises(TypeError, match="its own field"):

        @record
        class _Wrong:
            cells: dict[str, str] = dataclasses.field(default_factory=dict)


def test_it_can_be_copied_and_sent_to_another_process() -> None:
    row = Row("I.1", ("so-a",), {"a": "b"})
    assert copy.deepcopy(row) == pickle.loads(pickle.dumps(row)) == row  # noqa: S301 - our own bytes


def test_cached_properties_are_kept() -> None:
    lazy = Lazy("một hai ba")
    assert (lazy.count, lazy.__dict__) == (3, {"count": 3})
