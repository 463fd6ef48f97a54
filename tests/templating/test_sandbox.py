"""Templates show values of any document, and can do nothing else."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec import Struct

from kehoach_cli.errors import CannotRunError
from kehoach_cli.templating.controls import refuse_controls
from kehoach_cli.templating.names import check_names
from kehoach_cli.templating.sandbox import MissingValueError, fill


class Row(Struct, frozen=True):
    id: str
    text: str | None
    amount: float = 0

    @property
    def title(self) -> str:
        return f"{self.id}. {self.text}"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("<b>", "&lt;b&gt;"),
        ("Ủy ban", "Ủy ban"),
        (None, "…"),
        (12345.5, "12.345,5"),
        (Decimal("0.25"), "0,25"),
        (date(2025, 12, 1), "01/12/2025"),
        (7, "7"),
    ],
)
def test_values_are_shown_in_vietnamese_notation(value: object, shown: str) -> None:
    assert fill("{{ value }}", {"value": value}, "…") == shown


def test_text_that_is_no_xml_is_not_escaped() -> None:
    assert fill("{{ value }}", {"value": "A & B"}, "", escape=False) == "A & B"


def test_each_kind_of_document_has_its_own_gap() -> None:
    assert [fill("{{ value }}", {"value": None}, gap) for gap in ("…", "___", "…")] == ["…", "___", "…"]


def test_a_value_that_is_not_there_is_named() -> None:
    for source, name in (("{{ row.price }}", "price"), ("{{ rows }}", "rows")):
        with pytest.raises(MissingValueError) as caught:
            fill(source, {"row": Row("I.1", "x")}, "")
        assert caught.value.name == name


@pytest.mark.parametrize(
    "source",
    [
        "{{ row.text.upper() }}",
        "{{ row.__class__ }}",
        "{{ row.text * 1000000000 }}",
        "{{ 9 ** 9 }}",
        "{{ range(9) }}",
        "{{ row.text|center(9) }}",
        "{% include 'x' %}",
    ],
)
def test_nothing_is_called_or_reached(source: str) -> None:
    with pytest.raises(CannotRunError, match="mẫu"):
        fill(source, {"row": Row("I.1", "x")}, "")


def test_numbers_can_be_computed_with() -> None:
    assert fill("{{ row.amount / 4 + 1 }}", {"row": Row("I.1", "x", 10)}, "") == "3,5"


SCHEMA: dict[str, Any] = {"rows": tuple[Row, ...], "first": Row | None, "other": Any}


@pytest.mark.parametrize(
    ("sources", "faults"),
    [
        (["{% for row in rows %}", "{{ row.title }}", "{{ row.amount|round }}", "{% endfor %}"], []),
        (["{{ first.text }}", "{{ other.anything }}"], []),
        (["{{ first.text }}", "{{ first.txet }}"], [(1, 'không có thuộc tính "txet"; ý bạn là "text"?')]),
        (["{{ rwos }}"], [(0, 'không có biến "rwos"; ý bạn là "rows"?')]),
        (["{% for row in first %}", "{% endfor %}"], [(0, "chỉ lặp được qua một danh sách")]),
        (["{{ first.text }}", "{{ first.text| }}"], [(1, "thẻ viết sai cú pháp")]),
        (["{{ first.text|center }}"], [(0, 'bộ lọc "center" không dùng được trong mẫu')]),
        (["{{ other() }}"], [(0, "mẫu không được gọi hàm")]),
    ],
)
def test_names_are_checked_against_types_before_anything_is_filled(
    sources: list[str], faults: list[tuple[int, str]]
) -> None:
    assert list(check_names(sources, SCHEMA)) == faults


def test_control_and_reserved_characters_are_refused_with_their_row() -> None:
    refuse_controls({"rows": (Row("I.1", "x\ue001"),)})
    for text, reserved, name in (("x\x1b", "", "U+001B"), ("x\ue001y", "\ue001", "U+E001")):
        with pytest.raises(CannotRunError, match=r"ký tự điều khiển") as caught:
            refuse_controls({"rows": (Row("I.0", "x"), Row("I.1", text))}, reserved)
        assert name in str(caught.value)
        assert caught.value.details[0].startswith("ở rows[1] (I.1).text: x⟦")
