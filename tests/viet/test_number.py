from collections.abc import Iterator
from contextlib import contextmanager
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach_cli.viet.number import NumberError, exact, format_number, parse_number, rounded


def decimals(digits: int) -> st.SearchStrategy[Decimal]:
    def build(value: int, places: int) -> Decimal:
        return Decimal((int(value < 0), Decimal(abs(value)).as_tuple().digits, -places))

    return st.builds(build, st.integers(-(10**digits) + 1, 10**digits - 1), st.integers(0, digits))


def exactly(value: Decimal) -> tuple[bool, str]:
    """Return sign and digits: a context of Decimal cannot round them."""
    return value.is_signed() and bool(value), f"{value.copy_abs():f}"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("54,2", "54.2"),
        ("1,5", "1.5"),
        ("88.823,44", "88823.44"),
        ("88.823", "88823"),
        ("10.000", "10000"),
        ("4516", "4516"),
        ("4.516", "4516"),
        ("1.234.567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("100", "100"),
        ("0", "0"),
        ("0,05", "0.05"),
        ("03", "3"),
        ("02", "2"),
        ("06", "6"),
        ("-1,2", "-1.2"),
        ("-10.000", "-10000"),
        ("6,0 triệu", "6000000"),
        ("1 nghìn", "1000"),
        ("1 ngàn", "1000"),
        ("2,5 tỷ", "2500000000"),
        ("12.500 tỷ", "12500000000000"),
        (" 54,2 ", "54.2"),
    ],
)
def test_reads_vietnamese_notation(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "as_decimal"), [("2.5", "2,5"), ("4.0", "4,0"), ("1.5", "1,5"), ("10.00", "10,00"), ("88.8234", "88,8234")]
)
def test_any_other_dot_is_refused_with_both_readings(text: str, as_decimal: str) -> None:
    with pytest.raises(NumberError) as caught:
        parse_number(text)
    readings = caught.value.readings
    assert as_decimal in readings
    assert all(f'"{reading}"' in str(caught.value) for reading in readings)
    assert len({parse_number(reading) for reading in readings}) == 2


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("1,250", ("1,25", "1.250")),
        ("2,000", ("2", "2.000")),
        ("10,000", ("10", "10.000")),
        ("85,000", ("85", "85.000")),
        ("1,234", ("1,2340", "1.234")),
        ("-1,250", ("-1,25", "-1.250")),
        ("1,250 tỷ", ("1,25 tỷ", "1.250 tỷ")),
    ],
)
def test_a_comma_and_three_digits_is_refused_with_both_readings(text: str, readings: tuple[str, str]) -> None:
    with pytest.raises(NumberError) as caught:
        parse_number(text)
    assert caught.value.readings == readings
    assert len({parse_number(reading) for reading in readings}) == 2


@pytest.mark.parametrize(
    ("text", "value"), [("0,125", "0.125"), ("88.823,443", "88823.443"), ("1234,567", "1234.567"), ("1,2500", "1.25")]
)
def test_three_decimals_with_one_reading_are_read(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["PTR0", "PM10", "PM2.5", "CO2", "IPHM", "3 không", "2022-2023", "70%", "1,2,3", "5 triệuu"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(NumberError):
        parse_number(text)


@pytest.mark.parametrize("text", ["", " ", "-", "…", "x", ","])
def test_a_missing_value_is_never_zero(text: str) -> None:
    with pytest.raises(NumberError):
        parse_number(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("54.2", "54,2"),
        ("88823.44", "88.823,44"),
        ("10000", "10.000"),
        ("9999", "9999"),
        ("4516", "4516"),
        ("1234567", "1.234.567"),
        ("-1.2", "-1,2"),
        ("-10000", "-10.000"),
        ("6.0", "6,0"),
        ("6.0E+6", "6.000.000"),
        ("0", "0"),
        ("0.05", "0,05"),
        ("70", "70"),
        ("1.250", "1,2500"),
        ("0.125", "0,125"),
    ],
)
def test_prints_vietnamese_notation(value: str, text: str) -> None:
    assert format_number(Decimal(value)) == text


@given(decimals(25))
def test_what_is_printed_is_read_back_digit_for_digit(value: Decimal) -> None:
    negative, digits = exactly(parse_number(format_number(value)))
    # Three decimals get a zero, so that nobody reads them as thousands.
    assert (negative, digits) in {exactly(value), (exactly(value)[0], f"{exactly(value)[1]}0")}


@pytest.mark.parametrize("sign", ["", "-"])
def test_no_number_is_too_long_to_be_printed_exactly(sign: str) -> None:
    text = f"{sign}1234,567890123456789012345678901234567891"
    assert format_number(parse_number(text)) == text


def test_a_scale_word_rounds_nothing() -> None:
    text = "1,234567890123456789012345678901234567891"
    assert exactly(parse_number(f"{text} triệu")) == (False, "1234567.890123456789012345678901234567891")


@given(st.integers(1000, 10**30))
def test_dots_between_groups_of_three_change_nothing(value: int) -> None:
    assert parse_number(f"{value:,}".replace(",", ".")) == parse_number(str(value)) == value


@given(decimals(20), st.sampled_from([("nghìn", 3), ("ngàn", 3), ("triệu", 6), ("tỷ", 9)]))
def test_a_scale_word_moves_the_comma(value: Decimal, scale: tuple[str, int]) -> None:
    word, places = scale
    assert parse_number(f"{format_number(value)} {word}") == Decimal(f"{value:f}E{places}")


@given(st.text() | st.text("0123456789.,- triệutỷnghìn%x", max_size=15))
def test_any_text_is_a_number_or_refused_as_one(text: str) -> None:
    refusal, value = None, None
    try:
        value = parse_number(text)
    except NumberError as error:
        refusal = error
    if refusal:
        assert str(refusal)
        assert refusal.text == text
    else:
        assert value is not None
        assert value.is_finite()


def test_a_refusal_passes_through_a_context_manager() -> None:
    @contextmanager
    def passing() -> Iterator[None]:
        yield

    with pytest.raises(NumberError), passing():
        parse_number("1.5")


@pytest.mark.parametrize("text", ["١٢", "１２", "1٫5", "५"])
def test_only_the_ten_figures_are_figures(text: str) -> None:
    with pytest.raises(NumberError):
        parse_number(text)


@pytest.mark.parametrize(
    ("value", "unequal", "text"),
    [
        (Fraction(1094286, 10000), 100, "109,43"),
        (Fraction(1, 200), 100, "0,01"),
        (Fraction(-1, 3), 0, "-0,33"),
        (Fraction(100), 100, "100"),
        (Fraction(99996, 1000), 100, "99,9960"),
        (Fraction(100004, 1000), 100, "100,0040"),
        (Fraction(-4, 10000), 0, "-0,0004"),
        (Fraction(12345678905, 1000), 100, "12.345.678,91"),
    ],
)
def test_print_is_rounded_half_up_and_never_to_a_figure_it_is_not(value: Fraction, unequal: int, text: str) -> None:
    assert rounded(value, unequal) == text


@given(st.fractions(), st.fractions())
def test_what_is_printed_is_equal_only_where_it_is_equal(value: Fraction, bound: Fraction) -> None:
    printed = Fraction(parse_number(rounded(value, bound)))
    assert (printed == bound) <= (value == bound)
    assert abs(printed - value) <= Fraction(1, 200)


@given(decimals(9))
def test_two_decimals_are_those_of_half_up(value: Decimal) -> None:
    assert parse_number(rounded(Fraction(value))) == value.quantize(Decimal("0.01"), ROUND_HALF_UP)


@given(decimals(30))
def test_what_ends_is_written_whole(value: Decimal) -> None:
    assert Fraction(parse_number(exact(Fraction(value)))) == Fraction(value)
