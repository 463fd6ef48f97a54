"""Archives to read: changed by part, and in the Strict form that Word and Excel offer under "Save as"."""

import io
import re
import zipfile

_ADDRESS = re.compile(r'(?<=")http://schemas\.openxmlformats\.org/(\w+ml|officeDocument)/2006/([\w/-]+)(?=")')
_WORDS = {"extended-properties": "extendedProperties", "custom-properties": "customProperties"}
_MEASURED = re.compile(r"<w:(?:pgSz|pgMar|ind|spacing|tcW|trHeight|gridCol|tab)\s[^<>]*>")


def archive(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return parts as an archive."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as result:
        for name, part in parts.items():
            result.writestr(name, part)
    return written.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        return {name: found.read(name) for name in found.namelist()}


def as_strict(data: bytes) -> bytes:
    """Return a document in the Strict form: other addresses, points for twentieths, start and end for left and right."""
    return archive({name: _strict(name, part) for name, part in parts_of(data).items()})


def _strict(name: str, part: bytes) -> bytes:
    if not name.endswith((".xml", ".rels")) or name in {"[Content_Types].xml", "docProps/core.xml"}:
        return part
    text = _ADDRESS.sub(lambda found: f"http://purl.oclc.org/ooxml/{found[1]}/{_path(found[2])}", part.decode())
    if name == "word/document.xml":
        text = text.replace("<w:document ", '<w:document w:conformance="strict" ', 1)
    if name == "xl/workbook.xml":
        text = text.replace("<workbook ", '<workbook conformance="strict" ', 1)
    if name.startswith("word/"):
        text = _MEASURED.sub(lambda found: _in_points(found[0]), text)
        text = re.sub(r'(<w:jc w:val=")(left|right)"', lambda found: f'{found[1]}{_side(found[2])}"', text)
        text = re.sub(r"<w:(tc|tbl)(Mar|CellMar|Borders)>.*?</w:\1\2>", lambda found: _sides(found[0]), text)
    return text.encode()


def _path(path: str) -> str:
    return "/".join(_WORDS.get(word, word) for word in path.split("/"))


def _in_points(tag: str) -> str:
    if tag.startswith("<w:ind"):
        tag = _sides(tag)
    names = r"\b(w:(?:w|h|top|right|bottom|left|start|end|header|footer|gutter|firstLine|hanging|before|after|pos))"
    if tag.startswith("<w:trHeight"):
        names = r"\b(w:val)"
    return re.sub(names + r'="(\d+)"', lambda found: f'{found[1]}="{int(found[2]) / 20:g}pt"', tag)


def _sides(text: str) -> str:
    return re.sub(r"(?<=w:)(left|right)\b", lambda found: _side(found[1]), text)


def _side(word: str) -> str:
    return {"left": "start", "right": "end"}[word]
