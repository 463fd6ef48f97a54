"""Letters as plans store them: composed, single spaces, nothing that nobody sees."""

import re

from kehoach_cli.source.symbols import PRIVATE, symbol
from kehoach_cli.viet.text import CONTROLS, folded, is_folded

# What ends a line in some program; the others of `CONTROLS` (zero-width characters, soft hyphens) show nothing.
_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(f"[{CONTROLS}]")


def clean(text: str) -> str:
    """Return text on one line: composed letters, single spaces, no invisible character."""
    return text if is_folded(text) else folded(PRIVATE.sub(lambda found: symbol("", found[0]), _UNSEEN.sub("", text)))


def clean_lines(text: str) -> str:
    """Return text with its line breaks, each line clean, without empty lines."""
    if is_folded(text):
        return text
    return "\n".join(filter(None, map(clean, _BREAK.sub("\n", text).split("\n"))))
