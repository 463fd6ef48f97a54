"""Puts the notes of a document at the foot of its pages, as Word keeps them, behind the marks in its text."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kehoach_cli.office.reading import Styles, W
from kehoach_cli.office.safe_xml import parse_xml
from kehoach_cli.word.finishing import run_with
from kehoach_cli.word.marks import NOTE

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
# The lines that part the notes from the text.
_EMPTY = (
    f'<w:footnotes xmlns:w="{W[1:-1]}"><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    "</w:footnotes>"
).encode()
_STYLE = "KH Chú thích cuối trang"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def insert_notes(document: "Document", notes: Sequence[str]) -> None:
    """Replace the marks in a filled document by references to its notes, which Word numbers in their order."""
    from lxml import etree

    marked = [node for node in document.element.body.iter(f"{W}t") if NOTE in (node.text or "")]
    if not marked:
        return
    part = _part_of(document)
    root = parse_xml(part.blob)
    first = 1 + max((int(one.get(f"{W}id", "0")) for one in root.iter(f"{W}footnote")), default=0)
    style = Styles(document.styles.element).id_of_name(_STYLE)
    for node in marked:
        _refer(node, first)
    for number, text in enumerate(notes):
        root.append(_footnote(root, first + number, text, style))
    part._blob = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)  # noqa: SLF001 - nothing public does it


def _part_of(document: "Document") -> Any:
    """Return the part that keeps notes; a document without notes may have none."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package: Any = document.part.package
    found = next((one for one in package.parts if one.content_type == _PART), None)
    if found is None:
        found = Part(PackURI("/word/footnotes.xml"), _PART, _EMPTY, package)
        document.part.relate_to(found, RELATIONSHIP_TYPE.FOOTNOTES)
    return found


def _refer(node: "_Element", first: int) -> None:
    """Put references in the place of the marks in a text."""
    run = node.getparent()
    for index, piece in enumerate((node.text or "").split(NOTE)):
        if not piece:
            continue
        part = run_with(run, piece)
        if index % 2:
            part.remove(part[-1])
            _raise(part)
            part.append(part.makeelement(f"{W}footnoteReference", {f"{W}id": str(first + int(piece) - 1)}))
        run.addprevious(part)
    run.remove(node)
    if not any(child.tag != f"{W}rPr" for child in run):
        run.getparent().remove(run)


def _raise(run: "_Element") -> None:
    """Set a run above the line, neither bold nor in italics nor highlighted."""
    if (properties := run.find(f"{W}rPr")) is not None:
        run.remove(properties)
    properties = run.makeelement(f"{W}rPr", {})
    for name in ("b", "i"):
        properties.append(properties.makeelement(f"{W}{name}", {f"{W}val": "0"}))
    properties.append(properties.makeelement(f"{W}vertAlign", {f"{W}val": "superscript"}))
    run.insert(0, properties)


def _footnote(root: "_Element", number: int, text: str, style: str) -> "_Element":
    footnote = root.makeelement(f"{W}footnote", {f"{W}id": str(number)})
    paragraph = root.makeelement(f"{W}p", {})
    if style:
        properties = root.makeelement(f"{W}pPr", {})
        properties.append(root.makeelement(f"{W}pStyle", {f"{W}val": style}))
        paragraph.append(properties)
    mark, words = root.makeelement(f"{W}r", {}), root.makeelement(f"{W}r", {})
    _raise(mark)
    mark.append(root.makeelement(f"{W}footnoteRef", {}))
    own = root.makeelement(f"{W}t", {_XML_SPACE: "preserve"})
    own.text = f" {text}"
    words.append(own)
    paragraph.extend((mark, words))
    footnote.append(paragraph)
    return footnote
