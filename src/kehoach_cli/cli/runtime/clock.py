"""The day and the time of a run."""

import os
from datetime import date, datetime


def now() -> datetime:
    """Return the time where the user is. Tests and the screens of the guides set the day by `KEHOACH_TODAY`."""
    if day := os.environ.get("KEHOACH_TODAY"):
        return datetime.fromisoformat(day).astimezone()
    return datetime.now().astimezone()


def today() -> date:
    """Return the day where the user is."""
    return now().date()
