"""Placeholder until the writer lands."""

from collections.abc import Sequence


def listing_workbook(sheets: Sequence[tuple[str, Sequence[str], Sequence[Sequence[str]]]]) -> bytes:
    """Write."""
    raise NotImplementedError
