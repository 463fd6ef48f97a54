"""Reporting periods: their keys, their days and their words."""

from datetime import date

import pytest

from kehoach_cli.core.model.period import parse_period, usual_cutoff

KEYS = {
    "2026": (date(2026, 1, 1), date(2026, 12, 31), "năm 2026"),
    "2026-H1": (date(2026, 1, 1), date(2026, 6, 30), "6 tháng đầu năm 2026"),
    "2026-H2": (date(2026, 7, 1), date(2026, 12, 31), "6 tháng cuối năm 2026"),
    "2026-9M": (date(2026, 1, 1), date(2026, 9, 30), "9 tháng đầu năm 2026"),
    "2026-Q3": (date(2026, 7, 1), date(2026, 9, 30), "quý III/2026"),
    "2024-02": (date(2024, 2, 1), date(2024, 2, 29), "tháng 2/2024"),
}


@pytest.mark.parametrize("key", KEYS)
def test_a_period_has_its_calendar_days_and_words(key: str) -> None:
    period = parse_period(key)
    assert period is not None
    first, last, words = KEYS[key]
    assert (period.first_day, period.last_day, period.text, period.key) == (first, last, words, key)
    assert period.contains(first)
    assert period.contains(last)
    assert not period.contains(date.fromordinal(first.toordinal() - 1))
    assert not period.contains(date.fromordinal(last.toordinal() + 1))


@pytest.mark.parametrize(
    "text", ["2026-Q5", "2026-13", "2026-00", "2026-H3", "26", "1826", "2026-Q", "quý 3", "2026-3", ""]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    assert parse_period(text) is None


def test_letters_of_a_key_may_be_small() -> None:
    assert parse_period(" 2026-q3 ") == parse_period("2026-Q3")


def test_figures_usually_run_to_the_14th_of_the_last_month() -> None:
    year, quarter = parse_period("2025"), parse_period("2026-Q3")
    assert year is not None
    assert quarter is not None
    assert (usual_cutoff(year), usual_cutoff(quarter)) == (date(2025, 12, 14), date(2026, 9, 14))
