"""Reported figures as a document prints them: one notation, whatever the agencies typed."""

import re
from fractions import Fraction

from kehoach_cli.viet.number import NumberError, parse_number, rounded

# A bare number. Whatever has words of its own ("6,0 triệu") says more than a number and stays as typed.
_FIGURE = re.compile(r"-?[0-9][0-9.,]*")


def printed_text(text: str, unit: str | None = None, apart_from: Fraction | None = None) -> str:
    """Return a typed figure in the notation of documents, without its unit; what is no number stays as typed.

    A figure that differs from `apart_from` is not rounded to look like it.
    """
    figure = text.strip()
    if unit and figure.casefold().endswith(unit.casefold()):
        figure = figure[: -len(unit)].rstrip()
    if not _FIGURE.fullmatch(figure):
        return text
    try:
        return rounded(parse_number(figure), *(() if apart_from is None else (apart_from,)))
    except NumberError:
        return text
