"""Numbers and dates of a workbook as Excel prints them on a Vietnamese computer: "70%", "1.500", "30/6/2026"."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from kehoach_cli.office.workbook import number_text

# Literal text, and what shows none: colours and languages in brackets, a space as wide as a letter, a filling letter.
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_(.)|\*.')
_DIGITS = re.compile(r"[#0?](?:[#0?,]*)(?:\.[#0?]*)?,*")
_TOKENS = re.compile(r"y+|m+|d+", re.IGNORECASE)
_OTHER = re.compile(r"[eE][+-]|/|@")
# Excel prints these in the manner of the computer.
_OF_THE_SYSTEM = frozenset({"mm-dd-yy", "m/d/yyyy", "m/d/yy", "general"})
_LONG_YEAR, _PADDED = 2, 2
_MOST_PLACES = 30
# A letter of the private area stands for each literal text while tokens are replaced.
_FIRST_MARK = 0xE000


def date_text(day: date, pattern: str) -> str:
    """Return a day as its format prints it."""
    plain, literals = _without_literals(pattern.partition(";")[0])
    if plain.strip().casefold() in _OF_THE_SYSTEM or not _TOKENS.search(plain):
        return f"{day:%d/%m/%Y}"
    return _with_literals(_TOKENS.sub(lambda found: _part(day, found[0].lower()), plain), literals)


def _part(day: date, token: str) -> str:
    if token[0] == "y":
        return f"{day.year:04}" if len(token) > _LONG_YEAR else f"{day.year % 100:02}"
    count = day.month if token[0] == "m" else day.day
    return f"{count:02}" if len(token) >= _PADDED else str(count)


def figure_text(value: float, pattern: str) -> str:
    """Return a number as its format prints it; a format with other signs prints all its digits."""
    sections = pattern.split(";")
    negative = value < 0 and len(sections) > 1 and sections[1].strip() != ""
    plain, literals = _without_literals(sections[1] if negative else sections[0])
    digits = _DIGITS.search(plain)
    if digits is None or _OTHER.search(plain):
        return number_text(value)
    exact = Decimal(repr(abs(value) if negative else value)) * (100 if "%" in plain else 1)
    shown = _figures(exact, digits[0])
    sign = "-" if shown.startswith("-") else ""
    around = plain[: digits.start()], plain[digits.end() :]
    return _with_literals(f"{sign}{around[0]}{shown.removeprefix('-')}{around[1]}", literals).strip()


def _figures(value: Decimal, pattern: str) -> str:
    """Return the digits of a number in the Vietnamese notation, rounded as the pattern says."""
    whole, _, rest = pattern.partition(".")
    scale = len(pattern) - len(pattern.rstrip(","))
    places = min(len(rest.rstrip(",")), _MOST_PLACES)
    needed = rest.count("0")
    rounded = (value / 1000**scale).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    grouped = "," in whole.rstrip(",")
    text = f"{rounded:,f}" if grouped else f"{rounded:f}"
    front, _, behind = text.partition(".")
    while len(behind) > needed and behind.endswith("0"):
        behind = behind[:-1]
    front = front.replace(",", ".").zfill(whole.count("0")) if not grouped else front.replace(",", ".")
    return f"{front},{behind}" if behind else front


def _without_literals(pattern: str) -> tuple[str, list[str]]:
    """Return a format with marks for its literal texts, and these."""
    literals: list[str] = []

    def marked(found: re.Match[str]) -> str:
        if found[1] is None and found[2] is None:
            return " " if found[3] else ""
        literals.append(found[1] if found[1] is not None else found[2])
        return chr(_FIRST_MARK + len(literals) - 1)

    return _LITERAL.sub(marked, pattern), literals


def _with_literals(text: str, literals: list[str]) -> str:
    for number, literal in enumerate(literals):
        text = text.replace(chr(_FIRST_MARK + number), literal)
    return text
