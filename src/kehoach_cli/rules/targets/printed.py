"""What the document prints of indicators beside the data: the words and the unit of a name, the numbers of a target."""

import re
from collections import Counter
from collections.abc import Iterable

from kehoach_cli.core.model.plan import Indicator, Plan
from kehoach_cli.core.notation.quantity import parse_unit
from kehoach_cli.rules.numbering import above, steps
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


def sentence_of(plan: Plan, indicator: Indicator) -> str | None:
    """Return the text of the task that sets an indicator ("I.2" sets "I.2-ct1"), where it has the name of the indicator."""
    if steps(indicator.id)[-1][0] != "-ct":
        return None
    texts = [task.text for task in plan.tasks if task.id == above(indicator.id)]
    name = " ".join(words(indicator.name))
    return next((text for text in texts if f" {name} " in f" {' '.join(words(text))} "), None)


def not_in(sentence: str, target: str, indicator: Indicator) -> list[str]:
    """Return the numbers of a target, or of its printed cell, that the sentence does not have and errata does not explain."""
    # "Giảm 2 lần" has no single meaning, so whoever enters it writes what is meant in other numbers.
    if "lần" in sentence:
        return []
    known = figures([sentence, indicator.errata or ""])
    return [number for number in _NUMBER.findall(target) if Counter(figures([number])) - Counter(known)]
