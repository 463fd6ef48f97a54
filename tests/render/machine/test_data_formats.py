"""CSV cells: numbers with a sign are kept, formulas are made harmless."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach_cli.render.listing import Sheet
from kehoach_cli.render.machine.data_formats import render_csv


def written(cell: str) -> str:
    """Return what a spreadsheet reads for a cell."""
    (_, (found,)) = csv.reader(io.StringIO(render_csv(Sheet(("Ô",), ((cell,),))), newline=""))
    return found


@pytest.mark.parametrize("text", ["+1,5 điểm %", "-1 điểm %", "+0,25 điểm %", "-1.250 tỷ đồng", "bằng 98,5% mục tiêu"])
def test_a_difference_stays_as_it_is(text: str) -> None:
    assert written(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-cmd|' /C calc'!A0", "+1+cmd|' /C calc'!A0", "-1-A1", "+1 A1", "+1 SUM(A1)",
        "+1 điểm %=A1", "+1 điểm\n=A1", "\t=1", "+1", "-2+3",
    ],
)  # fmt: skip
def test_a_formula_becomes_text(text: str) -> None:
    assert written(text) == f"'{text}"


@given(st.text(alphabet="+-=@0159.,% aĐđể|!()'\"\t\n&:A", max_size=12))
def test_whatever_begins_like_a_formula_is_text_or_a_number_with_a_unit(text: str) -> None:
    found = written(text)
    if found[:1] in {"=", "@", "\t", "\r"}:
        raise AssertionError(found)
    if found[:1] in {"+", "-"}:
        assert not set(found[1:]) & set("+-=@|!()'\"&:\n\t")
