"""Mending what is safe to mend: Unicode form, spaces, quotes round traps, tone placement in our own keys.

Only lines with a finding change, official wording keeps every letter, comments and layout stay.
"""

import re
import unicodedata
from collections.abc import Iterable

from kehoach_cli.core.document import Document
from kehoach_cli.core.finding import Finding
from kehoach_cli.viet.text import old_style_tones

TRAP, NOT_NFC, TONES, SPACES = "K008", "K502", "K503", "K507"
FIXABLE = frozenset({TRAP, NOT_NFC, TONES, SPACES})

_OWN_KEY = re.compile(r"(?P<indent>[ -]*)(?:note|reason|direction_note|errata):")


def fixed(text: str, document: Document, findings: Iterable[Finding]) -> str:
    """Return the text with its fixable findings mended; the same text where none is."""
    wanted: dict[int, set[str]] = {}
    for finding in findings:
        if finding.code in FIXABLE:
            wanted.setdefault(finding.line, set()).add(finding.code)
    if not wanted:
        return text
    own = _own_lines(document.lines)
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text)
    for number, codes in wanted.items():
        body = lines[number - 1].rstrip("\r\n")
        end = lines[number - 1][len(body) :]
        lines[number - 1] = _mended(body, codes - {TONES} if number not in own else codes, document, number) + end
    return "".join(lines)


def _mended(body: str, codes: set[str], document: Document, number: int) -> str:
    if TRAP in codes:
        body = _quoted(body, document, number)
    if NOT_NFC in codes:
        body = unicodedata.normalize("NFC", body)
    if SPACES in codes:
        body = _single_spaced(body)
    return old_style_tones(body) if TONES in codes else body


def _quoted(body: str, document: Document, number: int) -> str:
    for trap in sorted(document.traps, key=lambda trap: -trap.column):
        start = trap.column - 1
        if trap.line == number and body.startswith(trap.text, start):
            body = f'{body[:start]}"{trap.text}"{body[start + len(trap.text) :]}'
    return body


def _single_spaced(body: str) -> str:
    # The spaces behind a list's dash set the depth of the keys below it.
    depth = len(body) - len(re.sub(r"^ *(?:- +)*", "", body))
    return body[:depth] + re.sub(r"[ \u00a0]+", " ", body[depth:]).rstrip()


def _own_lines(lines: tuple[str, ...]) -> set[int]:
    """Return the lines of our own words: from such a key until the indentation comes back."""
    found: set[int] = set()
    depth: int | None = None
    for number, line in enumerate(lines, 1):
        indent = len(line) - len(line.lstrip(" "))
        if depth is not None and (indent > depth or not line.strip()):
            found.add(number)
            continue
        depth = None
        if key := _OWN_KEY.match(line):
            found.add(number)
            depth = len(key["indent"])
    return found
