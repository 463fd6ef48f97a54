"""How much room a paragraph has on its page."""

from typing import TYPE_CHECKING

from kehoach_cli.office.reading import W

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_TWIPS_PER_MM = 1440 / 25.4


def room_mm(node: "_Element", document: "Document") -> tuple[float, float]:
    """Return width and height of the page between its margins, in millimetres, where a paragraph or table stands."""
    own = section_of(node, document)
    size, margins = own.find(f"{W}pgSz"), own.find(f"{W}pgMar")
    width = float(size.get(f"{W}w")) - float(margins.get(f"{W}left")) - float(margins.get(f"{W}right"))
    height = float(size.get(f"{W}h")) - float(margins.get(f"{W}top")) - float(margins.get(f"{W}bottom"))
    return width / _TWIPS_PER_MM, height / _TWIPS_PER_MM


def section_of(node: "_Element", document: "Document") -> "_Element":
    """Return the properties of the section in which a paragraph or table stands."""
    following = node.itersiblings(f"{W}p")
    found = (own for other in following if (own := other.find(f"{W}pPr/{W}sectPr")) is not None)
    section: _Element = next(found, document.element.body.find(f"{W}sectPr"))
    return section
