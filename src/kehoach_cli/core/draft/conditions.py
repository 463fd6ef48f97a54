"""Conditions in the wording of a task: what it waits for ("sau khi …"), what it follows ("theo hướng dẫn …")."""

import re
from itertools import islice
from typing import Any

from kehoach_cli.core.draft.agencies import AgencyReader

_CONDITION = re.compile(
    r"\((?P<in>(?:sau khi (?=[^()]{0,300}(?:hướng dẫn|ban hành|phê duyệt|chỉ đạo|thông qua|ý kiến|quyết định))|theo hướng dẫn"
    r"|theo đề nghị|khi có)\s[^()]+)\)"
    r"|(?P<out>\b(?:(?<!ngay )sau khi (?:có |được |[^.;,()]{1,200}? )"
    r"(?:hướng dẫn|ban hành|phê duyệt|chỉ đạo|phát động)[^.;,()]*"
    r"|theo (?:văn bản )?hướng dẫn(?: và phát động)? của (?:các [^.;()]{1,200}?Trung ương(?: có liên quan)?|[^.;,()]+)))"
)
_ISSUED = re.compile(r"theo\s[^.;()]*\bsố\s+\d+[\w/-]*,?\s+ngày\b")
_NEAR = 60
_DASHES = re.compile(r"(?:^|(?<=[.;:…)])\s?)-\s(?=[^\W\d])")
# The body is behind one of the last such words.
_LAST_NAMES = 3
# The names of bodies in a condition are no longer.
_LONGEST_NAMES = 400
# No task has more conditions.
_MOST = 30
_BEFORE_NAME = re.compile(r"\b(?:của|khi)\s+")


def conditions_of(text: str, agencies: AgencyReader) -> list[dict[str, Any]]:
    """Return the conditions of a task as its keys have them."""
    found = []
    for one in islice(_CONDITION.finditer(text), _MOST):
        if text.count("“", 0, one.start()) > text.count("”", 0, one.start()):
            # Inside the quoted name of something else.
            continue
        if _ISSUED.match(text, one.start("in" if one["in"] else "out"), one.end() + _NEAR):
            # What has a number and a day is there already.
            continue
        words = (one["in"] or _with_whole_name(text, one, agencies)).strip()
        kind = "after" if words.startswith(("sau khi", "khi có")) else "per"
        entry: dict[str, Any] = {"text": words, "kind": kind, "scope": _scope(text, one.start())}
        if awaited := _awaited(words, agencies):
            entry["awaits"] = awaited
        found.append(entry)
    return found


def _with_whole_name(text: str, found: re.Match[str], agencies: AgencyReader) -> str:
    """Return the words of a condition with the whole name of the body that they end with: "Bộ Văn hóa, Thể thao và Du lịch"."""
    ends = [one.end() for one in _BEFORE_NAME.finditer(text, found.start(), found.end())]
    for begun in reversed(ends[-_LAST_NAMES:]):
        ids, end = agencies.run(text, begun)
        if len(ids) == 1 and end > found.end():
            return text[found.start() : end]
    return found[0]


def _scope(text: str, at: int) -> str | int:
    """Return the number of the dash a place is in, "all" where it stands in none."""
    return sum(dash.start() <= at for dash in _DASHES.finditer(text)) or "all"


def _awaited(words: str, agencies: AgencyReader) -> str | None:
    """Return the one body that words behind "của" or "khi" name, the last such words first."""
    ends = [one.end() for one in _BEFORE_NAME.finditer(words)]
    for start in (*reversed(ends[-_LAST_NAMES:]), 0):
        name = words[start : start + _LONGEST_NAMES]
        content = agencies.directory.read_cell(agencies.province, name, agencies.day)
        ids = {mention.id for mention in content.mentions}
        if len(ids) == 1:
            return ids.pop()
        if found := agencies.directory.id_of(agencies.province, name):
            return found
    return None
