"""Vietnamese numbers: decimal comma, thousands dots, scale words.

A dot followed by exactly three digits groups thousands; any other dot is refused and both readings are named, because
reading it wrongly changes a quantity a thousandfold. So is its mirror: one to three digits, a comma and exactly three digits
("1,250"), which may be a decimal or thousands grouped the English way.
"""

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from itertools import count

# Figures as a power or the mark of a note prints them.
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}

_PARTS = re.compile(rf"(?P<sign>-?)(?P<figures>[0-9][0-9.,]*)(?:\s*(?P<scale>{'|'.join(SCALES)}))?")
_MIRROR = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+")
_VALID = re.compile(r"(?:[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,[0-9]+)?")


# No quantity is longer. A longer text is a typing slip or an attack.
_MOST_FIGURES = 100
# Decimals in print, and digits enough for the quotient of two such numbers.
_PLACES, _PRECISION = 2, 400


class NumberError(ValueError):
    """A text that is not a Vietnamese number; `readings` holds the two numbers it may mean, for the message."""

    def __init__(self, text: str, readings: tuple[str, ...] = ()) -> None:
        """Keep the text and its readings."""
        super().__init__(text, readings)
        self.text = text
        self.readings = readings

    def __str__(self) -> str:
        """Return the Vietnamese message without its subject."""
        if len(self.readings) > 1:
            return "không rõ: viết " + " hay ".join(f'"{reading}"' for reading in self.readings) + "?"
        return "không phải là số viết theo cách viết tiếng Việt (ví dụ: 54,2 hoặc 10.000)"


def parse_number(text: str) -> Decimal:
    """Return the exact quantity of `88.823,44`, `6,0 triệu`, `03`; `-1,2` and `(1,2)`, as accountants write it, are negative.

    Raises:
        NumberError: the text is not a number, or can be read in two ways (`1.5`).
    """
    written = text.strip().lower()
    bracketed = written.startswith("(") and written.endswith(")")
    found = _PARTS.fullmatch(written[1:-1] if bracketed else written)
    if not found or len(written) > _MOST_FIGURES or (bracketed and found["sign"]):
        raise NumberError(text)
    figures = found["figures"]
    if not _VALID.fullmatch(figures) or _MIRROR.fullmatch(figures):
        raise NumberError(text, _readings(text, figures))
    value = Decimal(figures.replace(".", "").replace(",", ".")).as_tuple()
    # Built from digits and exponent, because Decimal's arithmetic rounds to the precision of its context.
    shift = len(str(SCALES[found["scale"]])) - 1 if found["scale"] else 0
    negative = int(bool(found["sign"]) or bracketed)
    return Decimal((negative, value.digits, int(value.exponent) + shift))


def format_number(value: Decimal) -> str:
    """Return `value` in Vietnamese notation: comma as decimal mark, dots from 10.000 up."""
    return clear_decimal(_formatted(value))


def exact(value: Fraction) -> str:
    """Return a quantity in Vietnamese notation, every digit of it; one that does not end has four places and "…"."""
    # A slip of the keyboard may be longer than the usual precision, and must still be shown.
    with localcontext(prec=_PRECISION, rounding=ROUND_HALF_UP):
        places = Decimal(value.numerator) / Decimal(value.denominator)
        if Fraction(places) == value:
            return format_number(places.normalize() if places % 1 else places.quantize(Decimal(1)))
        return f"{format_number(places.quantize(Decimal('0.0001')).normalize())}…"


def rounded(value: Fraction | Decimal | int, *unequal: int | Fraction, places: int = _PLACES) -> str:
    """Return a quantity for print: at most `places` decimals, half up, dots from one thousand on: `45.200`, `27.500,25`.

    It has more decimals where it would else look equal to one of the figures `unequal` without being so.
    """
    quantity = Fraction(value)
    near = [Fraction(one) for one in unequal if one != quantity]
    for most in count(places):
        shown = _half_up(quantity, most)
        if shown not in (_half_up(one, most) for one in near):
            return clear_decimal(_grouped(shown))
    raise AssertionError


def _half_up(value: Fraction, places: int) -> Decimal:
    figures = int(abs(value) * 10**places + Fraction(1, 2))
    while places and not figures % 10:
        figures, places = figures // 10, places - 1
    return Decimal((int(value < 0 and figures > 0), tuple(map(int, str(figures))), -places))


def clear_decimal(text: str) -> str:
    """Return a decimal with one more zero where it could be read as thousands too: `1,2500` for `1,250`."""
    return f"{text}0" if _MIRROR.fullmatch(text.removeprefix("-")) else text


def _formatted(value: Decimal) -> str:
    sign = "-" if value < 0 else ""
    whole, _, fraction = f"{value.copy_abs():f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", ".") if len(whole) > len("9999") else whole
    return f"{sign}{grouped},{fraction}" if fraction else f"{sign}{grouped}"


def _grouped(value: Decimal) -> str:
    whole, _, fraction = f"{value:f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", ".") if whole != "-0" else whole
    return f"{grouped},{fraction}" if fraction else grouped


def _readings(text: str, figures: str) -> tuple[str, ...]:
    """Return what a number may have meant: a decimal, or a whole number with a stray dot or with commas for thousands."""
    if _MIRROR.fullmatch(figures):
        return tuple(text.replace(figures, reading) for reading in _mirrored(figures))
    if "." not in figures or "," in figures or figures.endswith("."):
        return ()
    head, _, tail = figures.partition(".")
    if not head or "." in tail:
        return ()
    return text.replace(figures, f"{head},{tail}"), text.replace(figures, f"{head}{tail}".lstrip("0") or "0")


def _mirrored(figures: str) -> tuple[str, ...]:
    """Return how each reading of "1,250" is written without doubt: "1,25" and "1.250"; "1,234" as a decimal needs "1,2340"."""
    thousands = figures.replace(",", ".")
    if figures.count(",") > 1:
        return (thousands,)
    decimal = figures.rstrip("0").rstrip(",")
    return clear_decimal(decimal), thousands
