"""What `import` knows of a plan's document: its hash, the place of each value, and the doubts a person has not settled yet."""

import json
from enum import StrEnum
from hashlib import sha256
from typing import Any

from msgspec import Struct

_LENGTH = 10


class DoubtKind(StrEnum):
    """What a doubt is about."""

    AGENCY = "agency"
    NUMBER = "number"
    SCHEDULE = "schedule"
    TARGET = "target"
    COLUMN = "column"
    HEAD = "head"
    UNREAD = "unread"
    READING = "reading"
    CHANGED = "changed"


class Doubt(Struct, frozen=True):
    """Something a person has to look at. `at` is the value in the plan file ("tasks/III.7/lead"), empty where there is none.

    `text` is the wording in the document at `place`; `why` says what is unsure, `mend` what to do.
    """

    at: str
    place: str
    kind: DoubtKind
    text: str
    why: str
    mend: str

    @property
    def mark(self) -> str:
        """What tells this doubt from others when the document is imported again; its place may have moved."""
        return digest([self.at, self.kind.value, self.text, self.why])


class RecordedValue(Struct, frozen=True):
    """A value of the plan file (`at`), its place in the document, and the digest of what was imported."""

    at: str
    place: str
    was: str


class SourceRecord(Struct, frozen=True):
    """The record of one plan's document. `raised` are the marks of all doubts so far: one that is gone was settled."""

    plan: str
    file: str
    kind: str
    sha256: str
    values: tuple[RecordedValue, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    raised: tuple[str, ...] = ()


_encoded = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def digest(value: Any) -> str:
    """Return a short digest of a value of a plan file: numbers and days count as their text."""
    return sha256(_encoded(_as_text(value)).encode()).hexdigest()[:_LENGTH]


def _as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _as_text(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_as_text(one) for one in value]
    return None if value is None or value == "null" else str(value)
