"""Numbers as documents print them: at most two decimals, comma as decimal mark, dots between thousands."""

from decimal import Decimal
from fractions import Fraction

_PLACES = 2
# A difference that shows in none of so many decimals is not shown at all.
_MOST_PLACES = 12


def printed_number(value: Fraction | Decimal | int, *, apart_from: Fraction | Decimal | int | None = None) -> str:
    """Return a number rounded half up to two decimals: `45.200`, `27.500,25`.

    A number that differs from `apart_from` keeps as many decimals as it takes to look different.
    """
    exact = Fraction(value)
    other = None if apart_from is None else Fraction(apart_from)
    places = _PLACES
    while other not in {None, exact} and places < _MOST_PLACES and _rounded(exact, places) == other:
        places += 1
    return _grouped(_rounded(exact, places), places)


def _rounded(value: Fraction, places: int) -> Fraction:
    """Return the nearest number with so many decimals; a half goes away from zero."""
    scale = 10**places
    steps = (abs(value) * scale + Fraction(1, 2)).__floor__()
    return Fraction(steps if value >= 0 else -steps, scale)


def _grouped(value: Fraction, places: int) -> str:
    digits = f"{abs(value.numerator) * 10**places // value.denominator:0{places + 1}d}"
    whole, fraction = digits[:-places], digits[-places:].rstrip("0")
    sign = "-" if value < 0 else ""
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{sign}{grouped},{fraction}" if fraction else f"{sign}{grouped}"
