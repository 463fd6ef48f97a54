"""Mends what is safe to mend: Unicode form, spaces, quotes around traps, tone placement in our own keys.

Only lines with a finding change. Official wording keeps every letter, also where our own words quote it. Comments and
indentation stay.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from kehoach_cli.core.model.finding import Finding
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.text.k507_stray_space import ODD_SPACE
from kehoach_cli.viet.text import other_tone_style

TRAP, NOT_NFC, TONES, SPACES = "K008", "K502", "K503", "K507"
NAMED, UNKNOWN = "K211", "K201"
FIXABLE = frozenset({TRAP, NOT_NFC, TONES, SPACES, NAMED, UNKNOWN})

# `errata` is missing here: errata repeat what is printed, so they are official wording.
_OWN_KEY = re.compile(r"(?P<indent>[ -]*)(?:note|reason|direction_note):")
# Words quoted inside a value. The quotes of YAML itself stand right behind the key and do not count.
_QUOTED = re.compile(r"“[^”]*”?|‘[^’]*’?|«[^»]*»?|(?:(?<=[^:\s-] )|(?<=\())\\?[\"'][^\"']*\\?[\"']?")
_SEVERAL = re.compile(r"(?<=\S) {2,}(?=\S)")
_COMMENT = re.compile(r"(?:^|\s+)#")


def fixed(text: str, document: SourceFile, findings: Iterable[Finding]) -> str:
    """Return the text with its fixable findings mended."""
    wanted: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.code in FIXABLE:
            wanted.setdefault(finding.line, []).append(finding)
    if not wanted:
        return text
    own = _own_words(document)
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text)
    for number, found in wanted.items():
        body = lines[number - 1].rstrip("\r\n")
        end = lines[number - 1][len(body) :]
        columns = {finding.column for finding in found if finding.code == TONES} & own.get(number, set())
        lines[number - 1] = _mended(body, {finding.code for finding in found}, columns, document, number) + end
    return "".join(lines)


def with_ids(text: str, document: SourceFile, findings: Iterable[Finding]) -> str:
    """Return the text with the id in the place of each name found (the later ones of a line first, columns stay)."""
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text)
    province = province_of(document)
    for finding in sorted(findings, key=lambda finding: (finding.line, -finding.column)):
        line, start = lines[finding.line - 1], finding.column - 1
        name = named_in(finding)
        agency_id = document.directory.id_of(province, name)
        for printed in (name, f'"{name}"', f"'{name}'"):
            if agency_id and line.startswith(printed, start):
                lines[finding.line - 1] = line[:start] + agency_id + line[start + len(printed) :]
                break
    return "".join(lines)


def named_in(finding: Finding) -> str:
    """Return the name or id of a body that a finding quotes."""
    quoted = re.search(r'"([^"]*)"', finding.message)
    return quoted[1] if quoted else ""


def province_of(document: SourceFile) -> str:
    """Return the province a plan file says it is of, also where the file cannot be used."""
    found = (re.match(r"province:\s*[\"']?([a-z0-9-]+)", line) for line in document.lines)
    return next((one[1] for one in found if one), "")


def _mended(body: str, codes: set[str], tones: set[int], document: SourceFile, number: int) -> str:
    # Columns are those of the unchanged line, so the change that keeps its length comes first.
    for column in tones:
        pair = body[column - 1 : column + 1]
        body = body[: column - 1] + other_tone_style(pair) + body[column + 1 :]
    if TRAP in codes:
        body = _quoted(body, document, number)
    if NOT_NFC in codes:
        body = unicodedata.normalize("NFC", body)
    return _single_spaced(body) if SPACES in codes else body


def _quoted(body: str, document: SourceFile, number: int) -> str:
    for trap in sorted(document.traps, key=lambda trap: -trap.column):
        start = trap.column - 1
        if trap.line == number and body.startswith(trap.text, start):
            body = f'{body[:start]}"{trap.text}"{body[start + len(trap.text) :]}'
    return body


def _single_spaced(body: str) -> str:
    # Spaces behind the dash of a list item set the indentation below it; spaces before a comment may align comments.
    body = ODD_SPACE.sub(" ", body).rstrip()
    depth = len(body) - len(re.sub(r"^ *(?:- +)*", "", body))
    comment = _COMMENT.search(body, depth)
    end = comment.start() if comment else len(body)
    return body[:depth] + _SEVERAL.sub(" ", body[depth:end]) + body[end:]


def _own_words(document: SourceFile) -> dict[int, set[int]]:
    """Return, for each line of our own words, its columns (1-based) outside quotation marks."""
    found: dict[int, set[int]] = {}
    for block in _own_blocks(document):
        text = "\n".join(document.lines[number - 1] for number in block)
        free = _QUOTED.sub(lambda quote: re.sub(r"[^\n]", "\0", quote[0]), text)
        for number, line in zip(block, free.split("\n"), strict=True):
            found[number] = {column for column, letter in enumerate(line, 1) if letter != "\0"}
    return found


def _own_blocks(document: SourceFile) -> Iterator[range]:
    """Yield the lines of each of our own keys, down to the last line that is indented deeper."""
    starts = set(document.starts)
    for number, line in enumerate(document.lines, 1):
        # A line inside a block of text may look like such a key.
        if (key := _OWN_KEY.match(line)) and number in starts:
            end = number
            while end < len(document.lines) and _is_deeper(document.lines[end], len(key["indent"])):
                end += 1
            yield range(number, end + 1)


def _is_deeper(line: str, depth: int) -> bool:
    return not line.strip() or len(line) - len(line.lstrip(" ")) > depth
