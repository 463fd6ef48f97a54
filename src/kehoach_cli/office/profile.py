"""Loads the layout profiles from `profiles/*.toml`, and finds the profile that fits a document."""

import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from kehoach_cli.core.model.layout_profile import LayoutProfile
from kehoach_cli.core.model.word_document import WordDocument

STATE, PARTY = "nd30-2020", "hd05-vptw-2026"
PROFILES = (STATE, PARTY)


@cache
def load_profile(name: str) -> LayoutProfile:
    """Return the profile with this id, one of `PROFILES`.

    Raises:
        msgspec.ValidationError: the file has an unknown key, lacks one, or holds a wrong value.
    """
    data = tomllib.loads((files("kehoach_cli.office") / "profiles" / f"{name}.toml").read_text(encoding="utf-8"))
    return msgspec.convert(data, LayoutProfile)


def profile_for(document: WordDocument) -> LayoutProfile:
    """Return the profile that the title of a document calls for; without any title that of state bodies."""
    elements = document.elements
    return load_profile(PARTY if elements.party_titles and not elements.titles else STATE)
