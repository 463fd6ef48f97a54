"""Where two texts differ, word by word, each place with a few words around it."""

import re

from msgspec import Struct

from kehoach_cli.core.changes.blocks import Block, changed_blocks

_CUT = "…"
# So many equal words are shown on each side; two places with no more between them are shown as one.
_AROUND = 2
# Of a place that is longer, this many words are shown from its beginning and from its end.
_ENDS = 8
# A number with its commas and slashes is one word, a mark beside a word is another.
_TOKEN = re.compile(r"\d+(?:[.,/]\d+)*|\w+|[^\w\s]")


class WordDifference(Struct, frozen=True):
    """One place: what stood there and what stands there now, with the words around it. Left out words are "…"."""

    old: str
    new: str


def differences(old: str, new: str) -> tuple[WordDifference, ...]:
    """Return where two texts differ, in order."""
    before, after = _words(old), _words(new)
    blocks: list[Block] = []
    for start, end, first, last in changed_blocks(before, after):
        if blocks and start - blocks[-1][1] <= 2 * _AROUND:
            blocks[-1] = (blocks[-1][0], end, blocks[-1][2], last)
        else:
            blocks.append((start, end, first, last))
    return tuple(
        WordDifference(_around(before, start, end), _around(after, first, last)) for start, end, first, last in blocks
    )


def shortened(text: str) -> str:
    """Return the first words of a long text."""
    words = _words(text)
    return " ".join(words[: 2 * _ENDS] + [_CUT] * (len(words) > 2 * _ENDS))


def _words(text: str) -> list[str]:
    """Return the words of a text; a slash stands for the end of a line."""
    return re.findall(r"\S+", text.replace("\n", " / "))


def _around(words: list[str], start: int, end: int) -> str:
    first, last = max(start - _AROUND, 0), min(end + _AROUND, len(words))
    shown = words[first:last]
    if len(shown) > 2 * _ENDS + 1:
        shown = [*shown[:_ENDS], _CUT, *shown[-_ENDS:]]
    return " ".join([_CUT] * (first > 0) + shown + [_CUT] * (last < len(words)))


def marked(old: str, new: str) -> tuple[tuple[tuple[str, bool], ...], tuple[tuple[str, bool], ...]]:
    """Return two texts in pieces, each with whether it is only in that one; no piece of that kind begins or ends with a space."""
    before, after = (list(_TOKEN.finditer(text)) for text in (old, new))
    blocks = changed_blocks([one[0] for one in before], [one[0] for one in after])
    ours = _pieces(old, before, [(start, end) for start, end, _, _ in blocks])
    theirs = _pieces(new, after, [(first, last) for _, _, first, last in blocks])
    return ours, theirs


def _pieces(text: str, tokens: list[re.Match[str]], blocks: list[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    found: list[tuple[str, bool]] = []
    at = 0
    for start, end in blocks:
        if start < end:
            first, last = tokens[start].start(), tokens[end - 1].end()
            found += [(text[at:first], False), (text[first:last], True)]
            at = last
    found.append((text[at:], False))
    return tuple((piece, changed) for piece, changed in found if piece)
