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


@pytest.mark.parametrize(
    ("key", "after", "before", "words", "kind"),
    [
        ("2026", "2027", "2025", "năm 2026", "year"),
        ("2026-H1", "2026-H2", "2025-H1", "6 tháng đầu năm 2026", "half"),
        ("2026-H2", "2027-H1", "2025-H2", "6 tháng cuối năm 2026", "half"),
        ("2026-9M", "2026-Q4", "2025-9M", "9 tháng đầu năm 2026", "nine_months"),
        ("2026-Q3", "2026-Q4", "2025-Q3", "quý III năm 2026", "quarter"),
        ("2026-Q4", "2027-Q1", "2025-Q4", "quý IV năm 2026", "quarter"),
        ("2026-12", "2027-01", "2025-12", "tháng 12 năm 2026", "month"),
        ("2026-09", "2026-10", "2025-09", "tháng 9 năm 2026", "month"),
    ],
)
def test_a_period_knows_its_neighbours(key: str, after: str, before: str, words: str, kind: str) -> None:
    period = parse_period(key)
    assert period is not None
    assert (period.following.key, period.year_before.key, period.full_text, period.kind) == (after, before, words, kind)
    assert period.following.first_day == date.fromordinal(period.last_day.toordinal() + 1)
    assert period.at(period.last_day) == period


def test_periods_are_told_by_their_last_day_and_the_shorter_one_first() -> None:
    keys = ["2026-03", "2026-Q1", "2026-06", "2026-Q2", "2026-H1", "2026-9M", "2026-12", "2026-Q4", "2026-H2", "2026"]
    periods = [period for key in reversed(keys) if (period := parse_period(key))]
    assert [period.key for period in sorted(periods, key=lambda one: one.order)] == keys
