import re
from calendar import isleap
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach_cli.viet.dates import (
    DateError,
    PartialDate,
    format_date,
    format_partial,
    parse_date,
    parse_iso,
)

days = st.dates(date(1000, 1, 1), date(9999, 12, 31))
like_dates = st.text("0123456789/ -", max_size=12) | st.text() | st.from_regex(r"\d{1,2} ?/ ?\d{1,2}( ?/ ?\d{4})?")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("13/4/2022", date(2022, 4, 13)),
        ("05/8/2020", date(2020, 8, 5)),
        ("10/01/2022", date(2022, 1, 10)),
        ("22/7/2022", date(2022, 7, 22)),
        ("24/01/2025", date(2025, 1, 24)),
        ("01 / 7 /2022", date(2022, 7, 1)),
        ("ngày 23 tháng 8 năm 2019", date(2019, 8, 23)),
        ("ngày 18 tháng 10 năm 2023", date(2023, 10, 18)),
        ("ngày 03/6/2013", date(2013, 6, 3)),
        ("01/7/2022", date(2022, 7, 1)),
        ("18/10/2023", date(2023, 10, 18)),
        ("14/4/2026", date(2026, 4, 14)),
        ("04/6/2024", date(2024, 6, 4)),
        ("31/12/2026", date(2026, 12, 31)),
        ("29/02/2024", date(2024, 2, 29)),
        (" 06/10/2020 ", date(2020, 10, 6)),
    ],
)
def test_reads_dates_as_documents_write_them(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "12/15/2026",
        "4/13/2022",
        "31/6/2026",
        "29/02/2025",
        "0/7/2022",
        "1/0/2022",
        "2022-07-01",
        "15/11",
        "01/7/22",
        "ngày tháng 4 năm 2026",
        "năm 2020",
        "2022",
        "tháng Tư",
        "tầm nhìn đến năm 2050",
        "",
    ],
)
def test_no_day_is_swapped_guessed_or_filled_in(text: str) -> None:
    with pytest.raises(DateError):
        parse_date(text)


def test_a_us_order_date_is_explained() -> None:
    with pytest.raises(DateError, match="tháng 15"):
        parse_date("12/15/2026")


@pytest.mark.parametrize(
    ("text", "partial"),
    [
        ("2022-07-01", PartialDate(2022, 7, 1)),
        ("2023-10-18", PartialDate(2023, 10, 18)),
        ("2026-04", PartialDate(2026, 4)),
        ("2022", PartialDate(2022)),
    ],
)
def test_reads_iso_as_far_as_it_is_known(text: str, partial: PartialDate) -> None:
    assert parse_iso(text) == partial
    assert str(partial) == text


@pytest.mark.parametrize(
    "text",
    [
        "2026-06-31",
        "2026-13-01",
        "2026-13",
        "2026-00",
        "2026-04-00",
        "2026-00-05",
        "2026-4",
        "2026-04-",
        "01/7/2022",
        "20260401",
        "26-04-01",
        "",
        "-",
    ],
)
def test_refuses_iso_that_is_none(text: str) -> None:
    with pytest.raises(DateError):
        parse_iso(text)


@pytest.mark.parametrize(
    ("partial", "first", "last", "printed"),
    [
        (PartialDate(2022, 7, 1), date(2022, 7, 1), date(2022, 7, 1), "01/7/2022"),
        (PartialDate(2026, 4), date(2026, 4, 1), date(2026, 4, 30), "tháng 4/2026"),
        (PartialDate(2024, 2), date(2024, 2, 1), date(2024, 2, 29), "tháng 02/2024"),
        (PartialDate(2025, 2), date(2025, 2, 1), date(2025, 2, 28), "tháng 02/2025"),
        (PartialDate(2025, 12), date(2025, 12, 1), date(2025, 12, 31), "tháng 12/2025"),
        (PartialDate(2026), date(2026, 1, 1), date(2026, 12, 31), "năm 2026"),
    ],
)
def test_a_blank_stays_a_blank(partial: PartialDate, first: date, last: date, printed: str) -> None:
    assert (partial.first, partial.last) == (first, last)
    assert format_partial(partial) == printed


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (date(2022, 7, 1), "01/7/2022"),
        (date(2022, 1, 10), "10/01/2022"),
        (date(2025, 2, 5), "05/02/2025"),
        (date(2025, 3, 5), "05/3/2025"),
        (date(2023, 10, 18), "18/10/2023"),
        (date(2026, 12, 31), "31/12/2026"),
    ],
)
def test_prints_with_the_padding_of_decrees(day: date, printed: str) -> None:
    assert format_date(day) == printed


@given(days)
def test_what_is_printed_is_read_back(day: date) -> None:
    printed = format_date(day)
    assert re.fullmatch(r"\d\d/(0[12]|[3-9]|1[0-2])/\d{4}", printed)
    assert parse_date(printed) == day
    words = f"ngày {day.day:02d} tháng {day.month} năm {day.year}"
    assert parse_date(words) == parse_date(words.replace("ngày ", "")) == day
    assert parse_iso(day.isoformat()).first == parse_iso(day.isoformat()).last == day


@given(days)
def test_a_month_spans_its_days(day: date) -> None:
    partial = PartialDate(day.year, day.month)
    assert partial.first <= day <= partial.last
    assert parse_iso(str(partial)) == partial
    assert (PartialDate(day.year, 2).last.day == 29) == isleap(day.year)


@given(like_dates, st.sampled_from([parse_date, parse_iso]))
def test_any_text_is_a_date_or_refused_as_one(text: str, reader: Callable[[str], object]) -> None:
    refusal, value = "", None
    try:
        value = reader(text)
    except DateError as error:
        refusal = str(error)
    assert bool(refusal) != (value is not None)
