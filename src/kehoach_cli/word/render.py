"""Filling a template: nothing in the data is evaluated, nothing is lost, and the same input gives the same bytes."""

import io
import re
from collections.abc import Collection, Mapping
from copy import deepcopy
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kehoach_cli.errors import CannotRunError
from kehoach_cli.office.docx_package import PackageError, content_parts, open_package, parse_part, transitional_docx
from kehoach_cli.office.profile import STATE, load_profile
from kehoach_cli.office.reading import Styles, W, paragraph_text
from kehoach_cli.office.safe_zip import repacked
from kehoach_cli.word.charts import Chart, draw
from kehoach_cli.word.measure import width_mm
from kehoach_cli.word.sandbox import environment, refuse_controls
from kehoach_cli.word.tags import read_tags
from kehoach_cli.word.templates import problems_for
from kehoach_cli.word.view import BLANK

if TYPE_CHECKING:
    from docx.document import Document
    from jinja2 import Template
    from lxml.etree import _Element

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TWIPS_PER_MM = 1440 / 25.4
# Word stores no longer ones.
_LONGEST_PROPERTY = 255
# Styles of our templates, by the names Word shows.
_RULES = {
    "KH Đường kẻ dưới tiêu ngữ": "title",
    "KH Đường kẻ dưới cơ quan": "issuer",
    "KH Đường kẻ dưới trích yếu": "summary",
    "KH Đường kẻ dưới phụ lục": "summary",
}
_REMARK = "KH Ghi chú dưới bảng"


def render(
    template: bytes,
    context: Mapping[str, object],
    expected: Collection[str] = (),
    charts: Mapping[str, Chart] | None = None,
) -> bytes:
    """Return the document; every text of `expected` is found in it, or nothing is returned.

    Raises:
        CannotRunError: the template is no usable .docx, names an unknown variable or holds a broken tag (the message names the
            paragraph), a text holds a control character (the message names where), or the result lacks something.
    """
    refuse_controls(context)
    try:
        problems = problems_for(template, context)
    except PackageError as error:
        raise CannotRunError(f"không dùng được mẫu: {error}") from None
    if problems:
        raise CannotRunError("mẫu có lỗi, chưa lập được văn bản", *map(str, problems))
    document = _filled(template, context)
    _highlight_blanks(document.element.body)
    styles = Styles(document.styles.element)
    _fit_rules(document, styles)
    draw(document, charts or {})
    _keep_remarks(document.element.body, styles)
    _drop_empty_section(document.element.body)
    written = io.BytesIO()
    document.save(written)
    result = repacked(written.getvalue())
    _compare(result, expected)
    return result


def _filled(template: bytes, context: Mapping[str, object]) -> "Document":
    from jinja2.exceptions import SecurityError, TemplateError, UndefinedError

    try:
        safe = _template_class()(io.BytesIO(transitional_docx(template)))
        safe.init_docx()
        _spare_sections(safe.docx.element.body)
        safe.render(dict(context), environment(), autoescape=True)
    except SecurityError as error:
        raise CannotRunError(f"mẫu làm điều không được phép: {error}") from None
    except UndefinedError as error:
        raise CannotRunError("mẫu dùng một giá trị không có trong văn bản này", *_places_of(template, error)) from None
    except TemplateError as error:
        raise CannotRunError(f"mẫu có lỗi, chưa lập được văn bản: {error}") from None
    except CannotRunError:
        raise
    except Exception as error:  # noqa: BLE001 - a template of the user's may break the libraries in any way
        raise CannotRunError(
            f"không dùng được mẫu ({type(error).__name__}); mở bằng Word, lưu lại rồi thử lại"
        ) from None
    document: Document = safe.docx
    return document


def _places_of(template: bytes, error: Exception) -> list[str]:
    """Return where a template asks for the name an error speaks of."""
    name = next(reversed(re.findall(r"'(\w+)'", str(error))), "")
    parts = open_package(template)
    tags = [tag for part in content_parts(parts) for tag in read_tags(parse_part(parts, part), part)[0]]
    places = [f'{tag.place} ("{tag.text}")' for tag in tags if re.search(rf"\b{re.escape(name)}\b", tag.text)]
    return [f'tên "{name}": {", ".join(places)}', "bọc chỗ đó trong {%p if … %} và {%p endif %}"]


def _spare_sections(body: "_Element") -> None:
    """Move the properties of a section out of a paragraph that a statement takes the place of; an editor may put them there."""
    for properties in list(body.iterfind(f"{W}p/{W}pPr/{W}sectPr")):
        paragraph = properties.getparent().getparent()
        if not paragraph_text(paragraph).lstrip().startswith("{%p"):
            continue
        bearer = paragraph.makeelement(f"{W}p", {})
        bearer.append(paragraph.makeelement(f"{W}pPr", {}))
        bearer[0].append(properties)
        paragraph.addnext(bearer)


@lru_cache(maxsize=16)
def _compiled(source: str) -> "Template":
    """Return a part of a template compiled; the next document of the same kind needs it again."""
    return environment().from_string(source)


def _template_class() -> Any:
    from docxtpl import DocxTemplate
    from lxml import etree

    class SafeTemplate(DocxTemplate):  # type: ignore[misc]
        """docxtpl without what it repairs or rewrites in silence."""

        def render_xml_part(self, src_xml: str, part: Any, context: dict[str, object], jinja_env: Any = None) -> str:
            """Fill one part; unlike the original, leave `{_{` in data alone and refuse XML that would need repair."""
            del jinja_env  # parts are compiled once, in the one environment there is
            self.current_rendering_part = part
            filled = _TEXT_WITH_LINES.sub(_lines_apart, _compiled(src_xml).render(context))
            try:
                etree.fromstring(filled.encode(), etree.XMLParser(resolve_entities=False, huge_tree=True))
            except etree.XMLSyntaxError:
                raise CannotRunError(
                    "mẫu cho ra văn bản hỏng; kiểm tra các thẻ {%p %} và {%tr %} bằng lệnh kehoach templates check"
                ) from None
            return filled

        def render_properties(self, context: dict[str, object], jinja_env: Any = None) -> None:
            """Fill the properties of the file; they are no XML, so nothing is escaped."""
            plain = jinja_env.overlay(autoescape=False)
            properties = self.docx.core_properties
            for name in ("author", "comments", "language", "subject", "title"):
                filled = plain.from_string(getattr(properties, name)).render(context).replace(BLANK, "")
                setattr(properties, name, " ".join(filled.split())[:_LONGEST_PROPERTY])

    return SafeTemplate


def _highlight_blanks(body: "_Element") -> None:
    """Take the marks of blanks away and highlight what stands between them: it is to be filled in by hand."""
    for node in [node for node in body.iter(f"{W}t") if BLANK in (node.text or "")]:
        run = node.getparent()
        pieces = (node.text or "").split(BLANK)
        for index, piece in enumerate(pieces):
            if not piece:
                continue
            part = deepcopy(run)
            for other in [child for child in part if child.tag != f"{W}rPr"]:
                part.remove(other)
            text = part.makeelement(f"{W}t", {_XML_SPACE: "preserve"})
            text.text = piece
            part.append(text)
            if index % 2:
                _mark(part)
            run.addprevious(part)
        run.remove(node)
        if not any(child.tag != f"{W}rPr" for child in run):
            run.getparent().remove(run)


def _mark(run: "_Element") -> None:
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = run.makeelement(f"{W}rPr", {})
        run.insert(0, properties)
    mark = properties.makeelement(f"{W}highlight", {f"{W}val": "yellow"})
    # The schema wants an order; size and underline come after it only where a run has them itself.
    after = next((child for child in properties if child.tag in {f"{W}u", f"{W}effect", f"{W}lang"}), None)
    if after is None:
        properties.append(mark)
    else:
        after.addprevious(mark)


def _fit_rules(document: "Document", styles: Styles) -> None:
    """Make each drawn rule as long as its share of the text above it; a template without these styles keeps its own."""
    shares = load_profile(STATE).rules
    for paragraph in document.element.body.iter(f"{W}p"):
        key = _RULES.get(styles.name(paragraph))
        above = paragraph.getprevious() if key else None
        if key is None or above is None or above.tag != f"{W}p":
            continue
        room = _room(paragraph, document)
        look = styles.of_paragraph(above)
        text = min(room, width_mm(paragraph_text(above).strip(), look.size, bold=look.bold))
        indent = str(round((room - text * getattr(shares, key)) / 2 * _TWIPS_PER_MM))
        properties = paragraph.find(f"{W}pPr")
        for old in properties.findall(f"{W}ind"):
            properties.remove(old)
        spacing = properties.find(f"{W}spacing")
        fitted = properties.makeelement(f"{W}ind", {f"{W}left": indent, f"{W}right": indent})
        (properties.insert(1, fitted) if spacing is None else spacing.addnext(fitted))


def _room(paragraph: "_Element", document: "Document") -> float:
    """Return the width a paragraph may take, in millimetres: its cell's, else the page's between the margins."""
    cell = next(paragraph.iterancestors(f"{W}tc"), None)
    if cell is not None and (width := cell.find(f"{W}tcPr/{W}tcW")) is not None:
        return float(width.get(f"{W}w", "0")) / _TWIPS_PER_MM
    following = paragraph.itersiblings(f"{W}p")
    own = next((found for other in following if (found := other.find(f"{W}pPr/{W}sectPr")) is not None), None)
    properties = document.element.body.find(f"{W}sectPr") if own is None else own
    size, margins = properties.find(f"{W}pgSz"), properties.find(f"{W}pgMar")
    width = float(size.get(f"{W}w")) - float(margins.get(f"{W}left")) - float(margins.get(f"{W}right"))
    return width / _TWIPS_PER_MM


def _keep_remarks(body: "_Element", styles: Styles) -> None:
    """Keep the last row of a table on one page with the row of its remark."""
    for table in body.iterchildren(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        remark = rows[-1].find(f"{W}tc/{W}p") if len(rows) > 1 else None
        if remark is None or styles.name(remark) != _REMARK:
            continue
        for paragraph in rows[-2].iter(f"{W}p"):
            properties = paragraph.find(f"{W}pPr")
            if properties is not None and properties.find(f"{W}keepNext") is None:
                properties.insert(1, properties.makeelement(f"{W}keepNext", {}))


def _drop_empty_section(body: "_Element") -> None:
    """Let the last section with text be the last: an empty one behind it would print an empty page."""
    last = body.find(f"{W}sectPr")
    if last is None:
        return
    before = last.getprevious()
    carried = before.find(f"{W}pPr/{W}sectPr") if before is not None else None
    if carried is not None:
        body.replace(last, carried)


_TEXTS = (f"{W}t", f"{W}br", f"{W}tab")
_TEXT_WITH_LINES = re.compile(r"<w:t(?: [^>]*)?>[^<]*[\n\t][^<]*</w:t>")


def _lines_apart(found: re.Match[str]) -> str:
    """Return a text with its line feeds and tabs as Word writes them."""
    opened = '<w:t xml:space="preserve">'
    return found[0].replace("\n", f"</w:t><w:br/>{opened}").replace("\t", f"</w:t><w:tab/>{opened}")


_WORD = re.compile(r"[^\s()\[\];,]+")


def _compare(result: bytes, expected: Collection[str]) -> None:
    """Open the result again and look for what must be in it.

    Raises:
        CannotRunError: something is missing.
    """
    parts = open_package(result)
    body = parse_part(parts, "word/document.xml")
    words = {
        word
        for paragraph in body.iter(f"{W}p")
        for word in _WORD.findall(
            "".join(text.text or "" if text.tag == f"{W}t" else " " for text in paragraph.iter(*_TEXTS))
        )
    }
    missing = [text for text in expected if text not in words]
    if missing:
        listed = ", ".join(missing[:10]) + (", …" if len(missing) > 10 else "")  # noqa: PLR2004 - enough to see which
        raise CannotRunError(
            f"văn bản lập ra thiếu {len(missing)} mục: {listed}",
            "mẫu phải có bảng nhiệm vụ và bảng chỉ tiêu, in cả mã ({{ line.id }})",
        )
