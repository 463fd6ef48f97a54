"""One value of a submission in words, as the list of changes and the history of a row print it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from kehoach_cli.core.check.wording import STATUSES
from kehoach_cli.render.labels import day_text

_STATUSES = {str(code): word for code, word in STATUSES.items()}


def said_text(path: Sequence[str | int], value: Any) -> str:
    """Return the value at a key path of a submission in words, a dash for none."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, dict):
        return ", ".join(said_text((key,), child) for key, child in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(said_text(path, child) for child in value)
    if path and path[-1] == "status":
        return _STATUSES.get(str(value), str(value))
    return str(value)
