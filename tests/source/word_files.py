"""Word documents for the readers, written as XML: what no library writes must be read, too."""

from pathlib import Path

from kehoach_cli.core.model.source_text import SourceParagraph, SourceTable, SourceText
from kehoach_cli.source.read import read_source
from tests.office.packages import archive

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = (
    f'xmlns:w="{_W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex"'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KINDS = ("numbering", "styles", "footnotes")


def docx(body: str, **parts: str) -> bytes:
    """Return a .docx of a body and the insides of other parts (`numbering`, `styles`, `footnotes`)."""
    content = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    given = {kind: text for kind, text in parts.items() if kind in _KINDS}
    types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{content}.{name}+xml"/>' for name in given)
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATION}/{name}" Target="{name}.xml"/>'
        for number, name in enumerate(given, 1)
    )
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{content}.document.main+xml"/>{types}</Types>',
        "_rels/.rels": _relations(
            f'<Relationship Id="rId1" Type="{_RELATION}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/_rels/document.xml.rels": _relations(relations),
        "word/document.xml": f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>",
        **{f"word/{name}.xml": f"<w:{name} {_NAMES}>{text}</w:{name}>" for name, text in given.items()},
    }
    return archive({name: text.encode() for name, text in files.items()})


def _relations(text: str) -> str:
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{text}</Relationships>'


def read(body: str, **parts: str) -> SourceText:
    """Return a document of this body as it is read."""
    return read_source(Path("k.docx"), docx(body, **parts))


def run(text: str, properties: str = "") -> str:
    """Return a run."""
    dressed = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{dressed}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inside: str, properties: str = "") -> str:
    """Return a paragraph of runs, or of a text."""
    runs = inside if inside.startswith("<") else run(inside) if inside else ""
    dressed = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{dressed}{runs}</w:p>"


def listed(text: str, number: int = 1, level: int = 0) -> str:
    """Return a paragraph of a list."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(index: int, text: str, kind: str = "decimal", more: str = "", start: int = 1) -> str:
    """Return a level of a list; `more` stands behind the kind."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(number: int, *levels: str, more: str = "") -> str:
    """Return a definition of lists."""
    inside = f'<w:multiLevelType w:val="multilevel"/>{more}{"".join(levels)}'
    return f'<w:abstractNum w:abstractNumId="{number}">{inside}</w:abstractNum>'


def num(number: int, definition: int, overrides: str = "") -> str:
    """Return a list of a definition."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/>{overrides}</w:num>'


def style(name: str, properties: str = "", based: str = "", shown: str = "") -> str:
    """Return a style of paragraphs."""
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown or name}"/>{on}{properties}</w:style>'


def table(*rows: str) -> str:
    """Return a table."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """Return a row of cells, or of the texts of cells."""
    made = (one if one.startswith(("<w:tc>", "<w:sdt>")) else cell(one) for one in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(made)}</w:tr>"


def cell(inside: str, properties: str = "") -> str:
    """Return a cell of paragraphs, or of a text."""
    content = inside if inside.startswith(("<w:p>", "<w:tbl>")) else paragraph(inside)
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{content}</w:tc>"


def printed(source: SourceText) -> list[str]:
    """Return the paragraphs of the body with their numbers."""
    return [block.printed for block in source.blocks if isinstance(block, SourceParagraph)]


def tables(source: SourceText) -> list[SourceTable]:
    """Return the tables."""
    return [block for block in source.blocks if isinstance(block, SourceTable)]


def grid(source: SourceTable) -> list[list[str | None]]:
    """Return the texts of a table by row and column."""
    return [[None if one is None else one.text for one in line] for line in source.grid]


def said(source: SourceText) -> str:
    """Return what reading remarks, a line for each."""
    return "\n".join(f"{one.place}: {one.message}" for one in source.remarks)
