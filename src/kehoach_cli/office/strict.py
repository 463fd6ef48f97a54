"""Turns Strict Open XML (ISO/IEC 29500 Strict) into the Transitional form that Office saves by default and every library reads.

The two forms differ in namespaces and relationship types, in units written into measures, and in the words for left and right.
Only what this program reads is turned.
"""

import re
from collections.abc import Mapping

_STRICT = b"http://purl.oclc.org/ooxml/"
_RELATIONS = "_rels/.rels"
_ADDRESS = re.compile(rb"""(?<=["'])http://purl\.oclc\.org/ooxml/(\w+)/([\w/-]+)""")
_HYPHENS = {b"extendedProperties": b"extended-properties", b"customProperties": b"custom-properties"}
_CONFORMANCE = re.compile(rb"""\s(?:\w+:)?conformance=["']strict["']""")

# Twentieths of a point, the unit of measures without a unit.
_TWIPS = {b"pt": 20.0, b"pc": 240.0, b"pi": 240.0, b"in": 1440.0, b"cm": 1440 / 2.54, b"mm": 144 / 2.54}
_HALF_POINTS = frozenset({b"sz", b"szCs", b"kern", b"position"})
_MEASURED = re.compile(
    rb"<w:(pgSz|pgMar|cols|col|ind|spacing|tab|trHeight|tblW|tcW|gridCol|tblInd|tblCellSpacing|defaultTabStop|framePr"
    rb"|top|left|start|bottom|right|end|sz|szCs|kern|position)\s[^<>]*>"
)
_MEASURE = re.compile(rb"""(?<==["'])(-?[0-9]+(?:\.[0-9]+)?)(pt|pc|pi|in|cm|mm)(?=["'])""")

_ALIGNMENT = re.compile(rb"""(<w:jc\s[^<>]*?w:val=["'])(start|end)(?=["'])""")
_INDENT = re.compile(rb"<w:ind\s[^<>]*>")
# Each has a few short elements. A search without an end would take minutes in a part that opens many and closes none.
_SIDED = re.compile(rb"<w:(tblBorders|tcBorders|tblCellMar|tcMar)>.{0,2000}?</w:\1>", re.DOTALL)
_SIDE = re.compile(rb"(?<=w:)(start|end)(?=(?:Chars)?[\s=/>])")
_SIDES = {b"start": b"left", b"end": b"right"}


def is_strict(parts: Mapping[str, bytes]) -> bool:
    """Whether a package is in the Strict form."""
    return _STRICT in parts.get(_RELATIONS, b"")


def as_transitional(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Return the parts of a package in the Transitional form; those of a Transitional package are returned as they are."""
    if not is_strict(parts):
        return parts
    return {name: _turned(name, part) if name.endswith((".xml", ".rels")) else part for name, part in parts.items()}


def _turned(name: str, part: bytes) -> bytes:
    part = _CONFORMANCE.sub(b"", _ADDRESS.sub(_transitional_address, part), count=1)
    if not name.startswith("word/") or name.endswith(".rels"):
        return part
    part = _MEASURED.sub(_without_units, part)
    part = _ALIGNMENT.sub(lambda found: found[1] + _SIDES[found[2]], part)
    return _SIDED.sub(_left_and_right, _INDENT.sub(_left_and_right, part))


def _transitional_address(found: re.Match[bytes]) -> bytes:
    path = b"/".join(_HYPHENS.get(word, word) for word in found[2].split(b"/"))
    return b"http://schemas.openxmlformats.org/" + found[1] + b"/2006/" + path


def _without_units(found: re.Match[bytes]) -> bytes:
    share = 0.1 if found[1] in _HALF_POINTS else 1.0
    return _MEASURE.sub(lambda one: b"%d" % round(float(one[1]) * _TWIPS[one[2]] * share), found[0])


def _left_and_right(found: re.Match[bytes]) -> bytes:
    return _SIDE.sub(lambda one: _SIDES[one[1]], found[0])
