"""Figures that lost their comma, by the target."""

from fractions import Fraction

import pytest

from kehoach_cli.core.check.scale import lost_comma
from kehoach_cli.core.notation.parse import parse_target


@pytest.mark.parametrize(
    ("value", "target", "meant"),
    [
        ("15", "1,5 - 2", "1.5"),
        ("18", "1,5 - 2", "1.8"),
        ("25", "2,5", "2.5"),
        ("20", "1,5 - 2", None),  # two is no figure with decimals
        ("12", "1,5 - 2", None),
        ("150", "1,5 - 2", None),
        ("2.5", "2,5", None),
        ("15", "15", None),
        ("950", "95", None),
        ("15", "giảm 1,5", None),
    ],
)
def test_a_whole_figure_ten_times_a_target_with_decimals_has_lost_its_comma(
    value: str, target: str, meant: str | None
) -> None:
    (part,) = parse_target(target, unit="ha")
    assert lost_comma(Fraction(value), part) == (Fraction(meant) if meant else None)
