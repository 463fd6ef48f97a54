"""The 34 provinces and cities, and those merged into them in 2025."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from kehoach_cli.viet.text import loose_key

FOLDER = Path(__file__).resolve().parent
MERGER = date(2025, 7, 1)
MERGER_BASIS = "Nghị quyết 202/2025/QH15 ngày 12/6/2025"
_PREFIXES = ("tinh ", "thanh pho ", "tp. ", "tp.", "tp ")


@dataclass(frozen=True, slots=True)
class Province:
    """A province or city; `heir` is the one it was merged into, `facts` the numbers of regions it belongs to."""

    id: str
    name: str
    city: bool = False
    was_province: bool = False
    also: tuple[str, ...] = ()
    heir: str | None = None
    facts: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """Its id and every name, without "tỉnh" or "thành phố"."""
        return (self.id, self.name, *self.also)


@cache
def provinces() -> tuple[Province, ...]:
    """Return every province: those of today first, then those merged into them."""
    entries = load_yaml("provinces.yaml")["provinces"]
    today = [
        Province(
            entry["id"],
            entry["name"],
            entry.get("city", False),
            entry.get("was_province", False),
            tuple(entry.get("also", ())),
            facts=entry,
        )
        for entry in entries
    ]
    merged = [
        Province(old["id"], old["name"], also=tuple(old.get("also", ())), heir=entry["id"])
        for entry in entries
        for old in entry.get("merged", ())
    ]
    return (*today, *merged)


@cache
def find_province(text: str) -> Province | None:
    """Return the province meant by its id or its name, with or without accents, "tỉnh" or "thành phố" before it."""
    wanted = _bare(text)
    return next((one for one in provinces() if wanted in {_letters(name) for name in one.names}), None)


def near_provinces(text: str) -> tuple[str, ...]:
    """Return the names of the provinces nearest to a name that is none."""
    from difflib import get_close_matches

    names = {_letters(one.name): one.name for one in provinces()}
    return tuple(names[key] for key in get_close_matches(_bare(text), names, n=3, cutoff=0.7))


def load_yaml(name: str) -> Any:
    """Return the data of a file of the base."""
    from ruamel.yaml import YAML

    return YAML(typ="safe").load((FOLDER / name).read_text(encoding="utf-8"))


def _bare(text: str) -> str:
    key = loose_key(text)
    prefix = next((prefix for prefix in _PREFIXES if key.startswith(prefix)), "")
    return _letters(key.removeprefix(prefix))


def _letters(text: str) -> str:
    return "".join(letter for letter in loose_key(text) if letter.isalnum())
