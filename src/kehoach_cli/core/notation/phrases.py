"""A target from its phrase: clauses with numbers, states in words, dated events."""

from decimal import Decimal

from kehoach_cli.core.notation.clauses import NOT_UNDERSTOOD, TargetContext, numbers_of, read_parts
from kehoach_cli.core.notation.quantity import parse_unit
from kehoach_cli.core.notation.refusal import PhraseError, Why
from kehoach_cli.core.notation.states import is_event, is_nothing, is_state
from kehoach_cli.core.notation.target import Direction, Operator, TargetPart
from kehoach_cli.core.notation.tokens import MOST_TOKENS, Phrase, tokenize, words

_UNCHANGED = words(
    "không giảm",
    "không tăng",
    "không thay đổi",
    "giữ nguyên",
    "duy trì",
    "duy trì ổn định",
    "giữ ổn định",
    "không biến động",
)


def read_target(text: str, unit: str | None, direction: Direction | None, year: int | None) -> tuple[TargetPart, ...]:
    """Return the clauses of a target phrase.

    Raises:
        PhraseError: it has no single meaning.
    """
    phrase = tokenize(text)
    if not phrase.tokens:
        raise PhraseError("để trống", Why.BLANK)
    if len(phrase.tokens) > MOST_TOKENS:
        raise PhraseError(NOT_UNDERSTOOD)
    context = TargetContext(unit or None, direction, year)
    parts = _in_words(phrase, context) or read_parts(phrase, context)
    if parts is None:
        for _ in numbers_of(phrase):
            pass
        raise PhraseError(NOT_UNDERSTOOD)
    return parts


def _in_words(phrase: Phrase, context: TargetContext) -> tuple[TargetPart, ...] | None:
    found = _UNCHANGED.find(phrase.tokens, 0)
    if found is not None and found[1] == len(phrase.tokens):
        return (TargetPart(None, maintained=True, remark=phrase.text),)
    if is_event(phrase):
        return (TargetPart(low=None, event=phrase.text),)
    if not is_state(phrase, graded=context.direction is not None):
        return None
    if is_nothing(phrase) and context.unit and parse_unit(context.unit).base:
        return (TargetPart(Decimal(0), operator=Operator.AT_MOST, remark=phrase.text),)
    return (TargetPart(None, state=phrase.text),)
