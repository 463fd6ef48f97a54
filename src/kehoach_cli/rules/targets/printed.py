"""Printed cells of indicators beside the data: the words and the unit of a name, the numbers of a target."""

import re
from collections.abc import Iterable

from kehoach_cli.core.notation.quantity import parse_unit
from kehoach_cli.viet.text import folded, match_key

_BRACKET = re.compile(r"\s*\((?P<inside>[^()]*)\)\s*[.;:,]*\s*$")
_WORD = re.compile(r"[^\W_]+")
_SPELLINGS = {"phần trăm": "%", "tỉ": "tỷ", "ngàn": "nghìn", "²": "2", "³": "3", "hecta": "ha", "héc ta": "ha"}
_SPELLING = re.compile("|".join(_SPELLINGS))
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def name_and_unit(printed: str) -> tuple[str, str | None]:
    """Return a printed name without the unit in brackets at its end, and that unit; None where no brackets end the name."""
    found = _BRACKET.search(folded(printed))
    return (folded(printed)[: found.start()], found["inside"].strip()) if found else (folded(printed), None)


def words(text: str) -> list[str]:
    """Return the words of a text as they are compared: without case, marks and the placement of tones."""
    return _WORD.findall(match_key(text))


def figures(texts: Iterable[str]) -> list[str]:
    """Return the digits of each number: "1.5" and "1,5" are the same figures."""
    return [re.sub(r"\D", "", number) for text in texts for number in _NUMBER.findall(text)]


def same_unit(one: str, other: str) -> bool:
    """Whether two units are one, scale words and spelling included ("tỉ đồng" is "tỷ đồng")."""
    first, second = (
        parse_unit(_SPELLING.sub(lambda found: _SPELLINGS[found[0]], match_key(text))) for text in (one, other)
    )
    return first == second
