"""What a lock file holds is read again as it was written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach_cli.core.model.lock import (
    Assessment,
    Lock,
    LockedFile,
    LockedSubmission,
    LockedTask,
    LockedValue,
    PlanLock,
)
from kehoach_cli.core.model.progress import SubmittedIndicator
from kehoach_cli.store.readers.file_reading import FileReading
from kehoach_cli.store.readers.lock import lock_text, read_lock
from kehoach_cli.viet.text import first_control, folded

# Printable text as the readers of submissions leave it: NFC, without blanks at its ends.
WORDS = (
    st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=12)
    .map(folded)
    .filter(lambda text: text and not first_control(text))
)
SUMS = st.text("0123456789abcdef", min_size=64, max_size=64)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
REPORTED = st.builds(
    SubmittedIndicator,
    value=st.none() | WORDS,
    parts=st.dictionaries(WORDS, WORDS, max_size=2),
    levels=st.dictionaries(st.integers(2000, 2100), WORDS, max_size=2),
    estimate=st.booleans(),
    note=st.none() | WORDS,
    met=st.none() | st.booleans(),
)
VALUES = st.builds(
    LockedValue,
    WORDS,
    WORDS,
    st.booleans(),
    st.none() | WORDS,
    st.none() | REPORTED,
    st.none() | WORDS,
    st.none() | st.integers(2000, 2100),
)
TASKS = st.builds(LockedTask, WORDS, WORDS, WORDS, st.none() | WORDS, st.none() | DAYS, st.none() | DAYS)
PLANS = st.builds(
    PlanLock,
    st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4})?", fullmatch=True),
    st.just("2026-Q3"),
    DAYS,
    st.datetimes(timezones=st.timezones()).map(lambda time: time.replace(microsecond=0).isoformat()),
    WORDS,
    st.just("") | WORDS,
    st.lists(st.builds(LockedSubmission, WORDS, WORDS, SUMS), max_size=2).map(tuple),
    st.lists(st.builds(LockedFile, st.sampled_from(["plan", "report"]), WORDS, SUMS), max_size=2).map(tuple),
    st.builds(Assessment, st.lists(VALUES, max_size=3).map(tuple), st.lists(TASKS, max_size=3).map(tuple)),
    st.just("lock.yaml"),
)


@pytest.mark.slow
@given(st.lists(PLANS, min_size=1, max_size=2, unique_by=lambda plan: plan.plan))
def test_a_lock_is_read_as_it_was_written(plans: list[PlanLock]) -> None:
    lock = Lock("2026-Q3", tuple(sorted(plans, key=lambda plan: plan.plan)))
    reading = FileReading("lock.yaml", "/x/2026-Q3/lock.yaml", lock_text(lock))
    assert (read_lock(reading), reading.findings) == (lock, [])
    assert reading.traps == ()
