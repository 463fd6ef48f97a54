"""The day and the time of a run."""

import os
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kehoach_cli.core.model.period import Period


def now() -> datetime:
    """Return the time where the user is. Tests and the screens of the guides set the day by `KEHOACH_TODAY`."""
    if day := os.environ.get("KEHOACH_TODAY"):
        return datetime.fromisoformat(day).astimezone()
    return datetime.now().astimezone()


def day_in(period: "Period") -> date:
    """Return the last day of a period, or today where it has not ended."""
    return min(today(), period.last_day)


def today() -> date:
    """Return the day where the user is."""
    return now().date()
