"""Fills a template: no data is evaluated, nothing is lost, and the same input gives the same bytes."""

import io
import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from kehoach_cli.errors import CannotRunError
from kehoach_cli.office.docx_package import (
    PackageError,
    content_parts,
    open_package,
    parse_part,
    transitional_docx,
)
from kehoach_cli.office.reading import Styles, W, paragraph_text
from kehoach_cli.templating.controls import refuse_controls
from kehoach_cli.templating.meter import Allowance, TagError
from kehoach_cli.templating.sandbox import MissingValueError, environment, fill
from kehoach_cli.word.charts import Chart, draw
from kehoach_cli.word.finishing import (
    drop_empty_section,
    fit_columns,
    fit_rules,
    free_tall_rows,
    highlight_blanks,
    keep_remarks,
)
from kehoach_cli.word.footnotes import insert_notes
from kehoach_cli.word.marks import BLANK, blank
from kehoach_cli.word.saving import saved
from kehoach_cli.word.template_tags import Tag, jinja_source, problem_of, read_tags
from kehoach_cli.word.templates import problems_for

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

# The longest property that Word stores.
_LONGEST_PROPERTY = 255
_PROPERTIES = ("author", "comments", "language", "subject", "title")
_TEXT_NODES = (f"{W}t", f"{W}br", f"{W}tab")
_TEXT_WITH_LINES = re.compile(r"<w:t(?: [^>]*)?>[^<]*[\n\t][^<]*</w:t>")
_WORD = re.compile(r"[^\s()\[\];,]+")
_MOST_LISTED = 10
_FAULTY = "mẫu có lỗi, chưa lập được văn bản"
_TAG_BEGINS = re.compile(r"\{[{%][-+]?")
_TAG_ENDS = re.compile(r"[-+]?[%}]\}")


class _TagOfTextError(CannotRunError):
    """A tag that cannot be filled in, with its text."""

    def __init__(self, message: str, text: str) -> None:
        super().__init__(message)
        self.text = text


def render(
    template: bytes,
    context: Mapping[str, object],
    expected: Collection[str] = (),
    charts: Mapping[str, Chart] | None = None,
    notes: Sequence[str] = (),
) -> bytes:
    """Return the document; every text of `expected` is found in it, or nothing is returned. Texts of it have marks for `notes`.

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
        raise CannotRunError(_FAULTY, *map(str, problems))
    document = _filled(template, context)
    _finish(document, charts or {})
    insert_notes(document, notes)
    result = saved(document)
    _refuse_incomplete(result, expected)
    return result


def _finish(document: "Document", charts: Mapping[str, Chart]) -> None:
    body = document.element.body
    styles = Styles(document.styles.element)
    highlight_blanks(body)
    fit_rules(document, styles)
    draw(document, charts)
    fit_columns(body, styles)
    free_tall_rows(document, styles)
    keep_remarks(body, styles)
    drop_empty_section(body)


def _filled(template: bytes, context: Mapping[str, object]) -> "Document":
    try:
        safe = _template_class()(io.BytesIO(transitional_docx(template)))
        safe.init_docx()
        _spare_sections(safe.docx.element.body)
        safe.render(dict(context), environment(blank()), autoescape=True)
        # Styles that the package lists as another kind of part fail when they are asked for.
        _ = safe.docx.styles.element
    except MissingValueError as error:
        raise CannotRunError(str(error), *_places_of(template, error.name)) from None
    except _TagOfTextError as error:
        raise CannotRunError(_FAULTY, *_problems_of(template, error.text, str(error))) from None
    except CannotRunError:
        raise
    except Exception:  # noqa: BLE001 - a template of the user's may break the libraries in any way
        raise CannotRunError("không dùng được mẫu; mở bằng Word, lưu lại rồi thử lại") from None
    document: Document = safe.docx
    return document


def _tags_of(template: bytes) -> list[Tag]:
    parts = open_package(template)
    return [tag for part in content_parts(parts) for tag in read_tags(parse_part(parts, part), part)[0]]


def _problems_of(template: bytes, text: str, message: str) -> list[str]:
    """Return what is wrong with the tags of this text, each with its place."""
    tags = [tag for tag in _tags_of(template) if " ".join(jinja_source(tag.text)[2:-2].split()) == text]
    return list(dict.fromkeys(str(problem_of(tag, message)) for tag in tags)) or [
        f'"{text}": {message}' if text else message
    ]


def _places_of(template: bytes, name: str) -> list[str]:
    """Return where a template uses a name."""
    tags = _tags_of(template)
    places = [f'{tag.place} ("{tag.text}")' for tag in tags if re.search(rf"\b{re.escape(name)}\b", tag.text)]
    return [f'tên "{name}": {", ".join(places)}', "bọc chỗ đó trong {%p if … %} và {%p endif %}"]


def _spare_sections(body: "_Element") -> None:
    """Move the properties of a section out of the paragraph of a statement, which is removed; some editors put them there."""
    for properties in list(body.iterfind(f"{W}p/{W}pPr/{W}sectPr")):
        paragraph = properties.getparent().getparent()
        if not paragraph_text(paragraph).lstrip().startswith("{%p"):
            continue
        bearer = paragraph.makeelement(f"{W}p", {})
        bearer.append(paragraph.makeelement(f"{W}pPr", {}))
        bearer[0].append(properties)
        paragraph.addnext(bearer)


@cache
def _template_class() -> Any:
    from docxtpl import DocxTemplate
    from lxml import etree

    class SafeTemplate(DocxTemplate):  # type: ignore[misc]
        """docxtpl without what it repairs or rewrites silently; parts are filled in our sandbox only."""

        def __init__(self, file: io.BytesIO) -> None:
            super().__init__(file)
            self.allowance = Allowance()

        def render_xml_part(self, src_xml: str, part: Any, context: dict[str, object], jinja_env: Any = None) -> str:
            """Fill one part. Unlike the original, leave `{_{` in data alone and refuse XML that would need repair."""
            del jinja_env
            self.current_rendering_part = part
            filled = _TEXT_WITH_LINES.sub(_with_breaks, _with_values(src_xml, context, self.allowance, escape=True))
            try:
                etree.fromstring(filled.encode(), etree.XMLParser(resolve_entities=False, huge_tree=True))
            except etree.XMLSyntaxError:
                raise CannotRunError(
                    "mẫu cho ra văn bản hỏng; kiểm tra các thẻ {%p %} và {%tr %} bằng lệnh kehoach templates check"
                ) from None
            return filled

        def render_properties(self, context: dict[str, object], jinja_env: Any = None) -> None:
            """Fill the properties of the file; they are no XML, so nothing is escaped."""
            del jinja_env
            properties = self.docx.core_properties
            for name in _PROPERTIES:
                filled = _with_values(getattr(properties, name), context, self.allowance, escape=False)
                setattr(properties, name, " ".join(filled.replace(BLANK, "").split())[:_LONGEST_PROPERTY])

    return SafeTemplate


def _with_values(source: str, context: Mapping[str, object], allowance: Allowance, *, escape: bool) -> str:
    """Return a part filled in.

    Raises:
        _TagOfTextError: a tag cannot be filled in.
    """
    # With each tag on a line of its own, the number of a line names a tag.
    lines = _TAG_BEGINS.sub(lambda found: f"{found[0]}\n", source)
    try:
        return fill(lines, context, blank(), escape=escape, allowance=allowance)
    except TagError as error:
        text = _TAG_ENDS.split(lines.split("\n")[error.line - 1])[0] if error.line else ""
        raise _TagOfTextError(str(error), " ".join(text.split())) from None


def _with_breaks(found: re.Match[str]) -> str:
    """Return a text with line feeds and tabs as Word writes them."""
    opened = '<w:t xml:space="preserve">'
    return found[0].replace("\n", f"</w:t><w:br/>{opened}").replace("\t", f"</w:t><w:tab/>{opened}")


def _refuse_incomplete(result: bytes, expected: Collection[str]) -> None:
    """Open the result again and look for what must be in it.

    Raises:
        CannotRunError: something is missing.
    """
    try:
        body = parse_part(open_package(result), "word/document.xml")
    except PackageError as error:
        raise CannotRunError(f"mẫu cho ra một văn bản không mở được: {error}") from None
    words: set[str] = set()
    for paragraph in body.iter(f"{W}p"):
        texts = (node.text or "" if node.tag == f"{W}t" else " " for node in paragraph.iter(*_TEXT_NODES))
        words.update(_WORD.findall("".join(texts)))
    missing = [text for text in expected if text not in words]
    if missing:
        listed = ", ".join(missing[:_MOST_LISTED]) + (", …" if len(missing) > _MOST_LISTED else "")
        raise CannotRunError(
            f"văn bản lập ra thiếu {len(missing)} mục: {listed}",
            "mẫu phải có bảng nhiệm vụ và bảng chỉ tiêu, in cả mã ({{ line.id }})",
        )
