"""What a draft is made of: the keys of a plan file, the place of each value, and the doubts a person has to settle."""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct, field

from kehoach_cli.core.model.source_record import Doubt, DoubtKind
from kehoach_cli.core.model.source_text import SourceRemark

# What stands in a place before the number of a line in a paragraph: "đoạn 2, dòng 31". A page has lines of its own.
LINE = ", dòng "
_PARAGRAPH = "đoạn"


class Draft(Struct, frozen=True):
    """The keys of a plan file as the document gives them, the place of each value, and the doubts in the order of reading.

    `places` maps a value ("tasks/III.7/lead") to its place in the document.
    """

    plan: dict[str, Any]
    places: dict[str, str]
    doubts: tuple[Doubt, ...]


class DraftNotes(Struct):
    """Collects places and doubts while a document is read."""

    places: dict[str, str] = field(default_factory=dict)
    doubts: dict[Doubt, None] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    """The places of lines whose words are in the plan in another form, or say nothing."""
    _cells: dict[str, list[str]] = field(default_factory=dict)

    def found(self, at: str, place: str) -> None:
        """Keep where a value stands; the first place counts."""
        self.places.setdefault(at, place)

    def doubt(self, kind: DoubtKind, where: tuple[str, str], text: str, why: str, mend: str) -> None:
        """Keep a doubt about the value and place in `where`; the same doubt is kept once."""
        self.doubts.setdefault(Doubt(where[0], where[1], kind, text, why, mend))

    def stands_in(self, at: str, place: str) -> None:
        """Keep that a value, given or blank, stands in the cell of a table at a place."""
        self._cells.setdefault(place, []).append(at)

    def remarked(self, remarks: Iterable[SourceRemark]) -> tuple[Doubt, ...]:
        """Return all doubts behind those of reading: a remark at a cell or a paragraph is a doubt about each value in it."""
        values = {place: list(held) for place, held in self._cells.items()}
        for at, place in self.places.items():
            if place not in self._cells:
                values.setdefault(place.partition(LINE)[0] if place.startswith(_PARAGRAPH) else place, []).append(at)
        reading = [
            Doubt(at, one.place, DoubtKind.READING, "", one.message, one.hint)
            for one in remarks
            for at in values.get(one.place, [""])
        ]
        return tuple(dict.fromkeys([*reading, *self.doubts]))


def quoted(words: Iterable[str]) -> str:
    """Return words for a message, each once and in quotes."""
    return ", ".join(f'"{one}"' for one in dict.fromkeys(map(str.strip, words)))
