"""Conditions in the wording of a task: what it waits for ("sau khi …"), what it follows ("theo hướng dẫn …")."""

import re
from typing import Any

from kehoach_cli.core.draft.agencies import AgencyReader

_CONDITION = re.compile(
    r"\((?P<in>(?:sau khi|theo hướng dẫn|theo đề nghị|khi có)\s[^()]+)\)"
    r"|(?P<out>\b(?:sau khi (?:có |được )?[^.;,()]*?(?:hướng dẫn|ban hành|phê duyệt|chỉ đạo|phát động)[^.;,()]*"
    r"|theo (?:văn bản )?hướng dẫn(?: và phát động)? của (?:các [^.;()]+?Trung ương(?: có liên quan)?|[^.;,()]+)))"
)
_DASHES = re.compile(r"(?:^|(?<=[.;:…)])\s?)-\s(?=[^\W\d])")
_AWAITS = re.compile(r"(?:của|khi)\s+(?P<name>.+)$")


def conditions_of(text: str, agencies: AgencyReader) -> list[dict[str, Any]]:
    """Return the conditions of a task as its keys have them."""
    found = []
    for one in _CONDITION.finditer(text):
        words = (one["in"] or one["out"]).strip()
        kind = "after" if words.startswith(("sau khi", "khi có")) else "per"
        entry: dict[str, Any] = {"text": words, "kind": kind, "scope": _scope(text, one.start())}
        if awaited := _awaited(words, agencies):
            entry["awaits"] = awaited
        found.append(entry)
    return found


def _scope(text: str, at: int) -> str | int:
    """Return the number of the dash a place is in, "all" where the text is not cut up by dashes."""
    if not text.startswith("- "):
        return "all"
    return max(1, sum(dash.start() <= at for dash in _DASHES.finditer(text)))


def _awaited(words: str, agencies: AgencyReader) -> str | None:
    named = _AWAITS.search(words)
    content = agencies.directory.read_cell(agencies.province, named["name"] if named else words, agencies.day)
    ids = {mention.id for mention in content.mentions}
    if not ids and named and (found := agencies.directory.id_of(agencies.province, named["name"])):
        return found
    return ids.pop() if len(ids) == 1 else None
