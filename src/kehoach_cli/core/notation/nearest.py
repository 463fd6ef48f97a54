"""The nearest form that works: the longest part of a refused phrase that has a meaning of its own."""

from collections.abc import Callable, Iterator

from kehoach_cli.core.notation.parse import parse_schedule, parse_target
from kehoach_cli.core.notation.refusal import PhraseError
from kehoach_cli.core.notation.tokens import Phrase, tokenize

# Windows grow with the square of this number; longer phrases are sentences, of which no part helps.
_MOST_TOKENS = 24


def nearest_schedule(text: str, *, year: int | None = None) -> str | None:
    """Return the longest part of a phrase that is a schedule, as printed; None where there is none."""
    return _nearest(text, lambda part: parse_schedule(part, year=year))


def nearest_target(text: str, *, unit: str | None = None) -> str | None:
    """Return the longest part of a phrase that is a target, as printed; None where there is none."""
    return _nearest(text, lambda part: parse_target(part, unit=unit))


def is_schedule(text: str) -> bool:
    """Whether a phrase is understood as a schedule."""
    return _works(text, parse_schedule)


def is_target(text: str, *, unit: str | None = None) -> bool:
    """Whether a phrase is understood as a target."""
    return _works(text, lambda phrase: parse_target(phrase, unit=unit))


def _nearest(text: str, understood: Callable[[str], object]) -> str | None:
    phrase = tokenize(text)
    if len(phrase.tokens) > _MOST_TOKENS:
        return None
    return next((part for part in _windows(phrase) if _works(part, understood)), None)


def _windows(phrase: Phrase) -> Iterator[str]:
    """Yield the parts of a phrase, longest first; each holds a number, since words alone would lead astray."""
    count = len(phrase.tokens)
    for length in range(count - 1, 0, -1):
        for start in range(count - length + 1):
            if any(token.kind == "number" for token in phrase.tokens[start : start + length]):
                yield phrase.between(start, start + length)


def _works(part: str, understood: Callable[[str], object]) -> bool:
    try:
        understood(part)
    except PhraseError:
        return False
    return True
