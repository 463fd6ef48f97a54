"""Reads XML of unknown origin: nothing is fetched, no entity is expanded, and size and depth are bounded."""

import re
from enum import Enum, auto
from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_DEPTH = 64
_MOST_TAG = 2**20
_MOST_ATTRIBUTES = 256
_CHUNK = 2**16
# In another encoding the tags could be hidden from code that counts them in the bytes.
_ENCODING = re.compile(
    rb"""(?:\xef\xbb\xbf)?\s*(?:<\?xml(?![^>]*encoding)|<\?xml[^>]*encoding\s*=\s*["'](?:utf-8|utf-16|us-ascii)["']|<(?!\?xml))"""
    rb"""|\xff\xfe<\x00|\xfe\xff\x00<""",
    re.IGNORECASE,
)


class XmlRefusal(Enum):
    """Why XML is refused."""

    MALFORMED = auto()
    ENCODING = auto()
    DOCTYPE = auto()
    TOO_LARGE = auto()


class XmlRefusedError(Exception):
    """XML that is not read."""

    def __init__(self, refusal: XmlRefusal) -> None:
        """Keep the reason."""
        super().__init__(refusal.name)
        self.refusal = refusal


def parse_xml(data: bytes) -> "_Element":
    """Return the root of an XML document.

    Raises:
        XmlRefusedError: it is malformed, in an unusual encoding, nested too deep, or has a document type (entities are declared
            there, and no Office file has one).
    """
    from lxml import etree

    if not _ENCODING.match(data):
        raise XmlRefusedError(XmlRefusal.ENCODING)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise XmlRefusedError(XmlRefusal.MALFORMED) from None
    if root.getroottree().docinfo.doctype:
        raise XmlRefusedError(XmlRefusal.DOCTYPE)
    return root


class XmlWalker:
    """Walks XML parts without keeping them; bounds elements over all parts, and depth, attributes and length of each tag.

    A subclass takes what it needs in `element`.
    """

    def __init__(self, most_elements: int) -> None:
        """Begin with no element seen."""
        self._left = most_elements
        self._depth = 0

    def walk(self, data: bytes) -> None:
        """Walk one part.

        Raises:
            XmlRefusedError: it is malformed, has a document type, or leaves the bounds.
        """
        self._depth = 0
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            for start in range(0, len(data), _CHUNK):
                parser.Parse(data[start : start + _CHUNK], False)  # noqa: FBT003 - expat's own signature
                # What has been fed without an event is one tag that is still open.
                if start - max(parser.CurrentByteIndex, 0) > _MOST_TAG:
                    raise XmlRefusedError(XmlRefusal.TOO_LARGE)
            parser.Parse(b"", True)  # noqa: FBT003 - expat's own signature
        except (expat.ExpatError, UnicodeError, LookupError, ValueError):
            raise XmlRefusedError(XmlRefusal.MALFORMED) from None

    def element(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the start of an element; `ValueError` means that the part is malformed."""

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._left -= 1
        # openpyxl removes attributes one by one and searches all of them each time.
        if self._depth > _MOST_DEPTH or self._left < 0 or len(attributes) > _MOST_ATTRIBUTES:
            raise XmlRefusedError(XmlRefusal.TOO_LARGE)
        self.element(tag, attributes)

    def _end(self, _: str) -> None:
        self._depth -= 1

    @staticmethod
    def _doctype(*_: object) -> None:
        raise XmlRefusedError(XmlRefusal.DOCTYPE)
