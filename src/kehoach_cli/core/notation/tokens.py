"""Tokens of a printed phrase, the cursor that reads them, and lexicons of fixed words.

A token keeps the text as printed and a key that is the same under case, Unicode form, tone placement and kind of dash.
White space only separates tokens.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

from kehoach_cli.viet.text import LOOKALIKES, folded, old_style_key

Value = TypeVar("Value")
Value_co = TypeVar("Value_co", covariant=True)

# Longer than any schedule or target in a document; the grammars read at most this many tokens.
MOST_TOKENS = 400

_TOKEN = re.compile(
    r"(?P<number>[0-9]+(?:[.,][0-9]+)*)"
    r"|(?P<word>[^\W\d_]+(?:[0-9]+(?:[.,][0-9]+)*)?)"
    r"|(?P<sign>>=|=>|<=|=<|[^\w\s]|[\d_])"
)
_SIGNS = {
    ">=": "≥",
    "=>": "≥",
    "<=": "≤",
    "=<": "≤",
    "≈": "~",
    "÷": "-",
    "∼": "~",
    "&": "và",
    "“": '"',
    "”": '"',
    "…": "...",
}
_SPELLINGS = {"quí": "quý", "qúy": "quý"}
_ENDING = ".;,: "


class Token(NamedTuple):
    """A number, a word or a sign; `key` is what it is compared by, `start` and `end` its place in the folded text."""

    kind: str
    key: str
    text: str
    start: int
    end: int


class Phrase(NamedTuple):
    """A text, folded, with its tokens."""

    text: str
    tokens: tuple[Token, ...]

    def between(self, start: int, end: int) -> str:
        """Return the text from one token up to another, as printed."""
        if start >= end:
            return ""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end]


def tokenize(text: str) -> Phrase:
    """Return the tokens of a text without its final marks."""
    clean = folded(text).translate(LOOKALIKES).rstrip(_ENDING)
    return Phrase(clean, tuple(_tokens(clean)))


def _tokens(clean: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(clean):
        kind, text = str(found.lastgroup), found[0]
        key = _word_key(text) if kind == "word" else _SIGNS.get(text, text)
        yield Token(kind, key, text, found.start(), found.end())


def _word_key(text: str) -> str:
    key = old_style_key(text)
    return _SPELLINGS.get(key, key)


class Lexicon(Generic[Value_co]):
    """Fixed words, one or several tokens each, with their meaning; the longest match counts."""

    def __init__(self, words: Mapping[str, Value_co]) -> None:
        """Cut the words into tokens."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], Value_co]]] = {}
        for phrase, value in words.items():
            # Most phrases are plain words, which are their own keys.
            plain = phrase.replace(" ", "").isalpha()
            cut = tuple(phrase.casefold().split()) if plain else tuple(token.key for token in _tokens(phrase))
            self._by_first.setdefault(cut[0], []).append((cut, value))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def find(self, tokens: tuple[Token, ...], at: int) -> tuple[Value_co, int] | None:
        """Return the meaning of the words that begin at a token, and the token after them."""
        for cut, value in self._by_first.get(tokens[at].key, ()) if at < len(tokens) else ():
            if len(cut) == 1 or tuple(token.key for token in tokens[at : at + len(cut)]) == cut:
                return value, at + len(cut)
        return None


def listed(*texts: str) -> list[str]:
    """Return the phrases of lists written "một | hai | ba"."""
    return [" ".join(phrase.split()) for text in texts for phrase in text.split("|")]


def words(*texts: str) -> Lexicon[str]:
    """Return a lexicon whose phrases ("một | hai | ba") mean themselves."""
    return Lexicon({phrase: phrase for phrase in listed(*texts)})


def keys(text: str) -> frozenset[str]:
    """Return the single words of a text, as a set of keys."""
    return frozenset(text.split())


def alike(value: Value, text: str) -> dict[str, Value]:
    """Return phrases ("một | hai | ba") that all mean `value`, as a part of a lexicon."""
    return dict.fromkeys(listed(text), value)


class Cursor:
    """A place in a phrase. Readers move it forward; who tries a reading in vain sets `at` back."""

    def __init__(self, phrase: Phrase, at: int = 0, end: int | None = None) -> None:
        """Begin at a token, and see none from `end` on."""
        self.phrase = phrase
        self.tokens = phrase.tokens if end is None else phrase.tokens[:end]
        self.at = at

    @property
    def done(self) -> bool:
        """Whether no token is left."""
        return self.at >= len(self.tokens)

    def peek(self, ahead: int = 0) -> Token | None:
        """Return a token to come, None after the last."""
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def key(self, ahead: int = 0) -> str:
        """Return the key of a token to come, nothing after the last."""
        token = self.peek(ahead)
        return token.key if token else ""

    def take(self, *wanted: str) -> str | None:
        """Step over a token with one of these keys."""
        if self.key() in wanted:
            self.at += 1
            return self.tokens[self.at - 1].key
        return None

    def take_words(self, phrase: str) -> bool:
        """Step over these words if all of them follow."""
        wanted = phrase.split()
        if [token.key for token in self.tokens[self.at : self.at + len(wanted)]] != wanted:
            return False
        self.at += len(wanted)
        return True

    def find(self, lexicon: Lexicon[Value]) -> Value | None:
        """Step over words of a lexicon and return their meaning."""
        found = lexicon.find(self.tokens, self.at)
        if found is None:
            return None
        self.at = found[1]
        return found[0]

    def skip(self, lexicon: Lexicon[object]) -> bool:
        """Step over words of a lexicon, and tell whether they were there."""
        found = lexicon.find(self.tokens, self.at)
        if found is not None:
            self.at = found[1]
        return found is not None

    def number(self, digits: Iterable[int] = ()) -> str | None:
        """Step over a number and return it as printed; `digits` limits it to whole numbers of so many digits."""
        token, allowed = self.peek(), tuple(digits)
        if token is None or token.kind != "number":
            return None
        if allowed and not (token.key.isdecimal() and len(token.key) in allowed):
            return None
        self.at += 1
        return token.key
