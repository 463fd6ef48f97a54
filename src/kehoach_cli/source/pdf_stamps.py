"""What is stamped or typed on a signed page: the number and the day of a document that a signing program writes in fields."""

from collections.abc import Iterator
from typing import Any

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import LIT, literal_name
from pdfminer.utils import apply_matrix_pt

# In points: a higher field is the picture of a signature, or a form; a line of text is lower.
_HIGHEST = 30.0
_MOST = 50
# The flags of what is hidden, and of what is not viewed (PDF 32000-1, 12.5.3).
_HIDDEN = 0b10 | 0b100000
_IDENTITY = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]


def draw_stamps(page: PDFPage) -> None:
    """Add the appearance of each low field and note of a page to what the page draws, there where it is seen."""
    objects = resolve1(page.resources.get("XObject"))
    drawn: dict[str, PDFStream] = {}
    content = ""
    for number, (look, matrix) in enumerate(_looks(page)):
        name = f"KehoachStamp{number}"
        drawn[name] = look
        content += f"q {' '.join(f'{one:.4f}' for one in matrix)} cm /{name} Do Q\n"
    if drawn:
        page.resources = {**page.resources, "XObject": {**(objects if isinstance(objects, dict) else {}), **drawn}}
        stream = PDFStream({}, content.encode())
        # A stream without a number is not drawn; no stream of a file has this one.
        stream.set_objid(-1, 0)
        page.contents = [*page.contents, stream]


def _looks(page: PDFPage) -> Iterator[tuple[PDFStream, list[float]]]:
    """Yield what fields and notes of a page look like, and the matrix that puts each into its place."""
    notes = resolve1(page.annots)
    for one in notes[:_MOST] if isinstance(notes, list) else ():
        note = resolve1(one)
        if not isinstance(note, dict) or _is_hidden(note):
            continue
        looks = resolve1(note.get("AP"))
        look = resolve1(looks.get("N")) if isinstance(looks, dict) else None
        rect = _numbers(note.get("Rect"), 4)
        if not isinstance(look, PDFStream) or rect is None or not 0 < rect[3] - rect[1] <= _HIGHEST:
            continue
        look.attrs["Subtype"] = LIT("Form")
        if matrix := _placed(rect, look):
            yield look, matrix


def _is_hidden(note: dict[str, Any]) -> bool:
    flags, kind = resolve1(note.get("F", 0)), literal_name(resolve1(note.get("Subtype")))
    return kind not in {"Widget", "FreeText", "Stamp"} or not isinstance(flags, int) or bool(flags & _HIDDEN)


def _placed(rect: list[float], look: PDFStream) -> list[float] | None:
    """Return the matrix that maps an appearance to a rectangle (PDF 32000-1, 12.5.5), None for one without a size."""
    box, matrix = _numbers(look.get("BBox"), 4), _numbers(look.get("Matrix", _IDENTITY), 6)
    if box is None or matrix is None:
        return None
    a, b, c, d, e, f = matrix
    corners = [apply_matrix_pt((a, b, c, d, e, f), (x, y)) for x in box[::2] for y in box[1::2]]
    (left, right), (bottom, top) = ((min(edges), max(edges)) for edges in zip(*corners, strict=True))
    if left == right or bottom == top:
        return None
    across, up = (rect[2] - rect[0]) / (right - left), (rect[3] - rect[1]) / (top - bottom)
    return [across, 0.0, 0.0, up, rect[0] - left * across, rect[1] - bottom * up]


def _numbers(value: object, count: int) -> list[float] | None:
    """Return a list of so many numbers, None for all else: these come from the file."""
    found = resolve1(value)
    made = [resolve1(one) for one in found] if isinstance(found, list) else []
    if len(made) != count or not all(isinstance(one, int | float) for one in made):
        return None
    return [float(one) for one in made]
