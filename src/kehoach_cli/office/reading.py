"""Adds up styles and direct formatting: how the runs of a .docx look."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kehoach_cli.core.model.word_document import TextLook

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARAGRAPH_PROPERTIES, RUN_PROPERTIES = f"{W}pPr", f"{W}rPr"
_VERTICAL = f"{W}vertAlign"
_STYLE_OF_PARAGRAPH, _STYLE_OF_RUN = f"{W}pStyle", f"{W}rStyle"
_OFF = frozenset({"0", "false", "off", "none"})
# Word itself follows ten styles; a longer chain would only cost time.
_LONGEST_CHAIN = 20


def child_of(parent: "_Element", *tags: str) -> "_Element | None":
    """Return the first child with a tag, or the one at the end of a way of tags. lxml's own `find` takes twice as long."""
    found: _Element | None = parent
    for tag in tags:
        if found is None:
            return None
        found = next(found.iterchildren(tag), None)
    return found


def flag(properties: "_Element", name: str) -> bool | None:
    """Return whether a switch such as bold is on or off, None where the properties do not say."""
    found = child_of(properties, f"{W}{name}")
    return None if found is None else found.get(f"{W}val", "1") not in _OFF


class Styles:
    """The styles of a document, each added up along the styles it is based on."""

    def __init__(self, root: "_Element | None", theme: Mapping[str, str] | None = None) -> None:
        self._theme = theme or {}
        self._by_id: dict[str, _Element] = {}
        self._names: dict[str, str] = {}
        self._known: dict[tuple[TextLook, str], TextLook] = {}
        self._default = ""
        self.base = TextLook()
        if root is None:
            return
        for style in root.iter(f"{W}style"):
            name = style.get(f"{W}styleId", "")
            self._by_id[name] = style
            if (shown := style.find(f"{W}name")) is not None:
                self._names[name] = shown.get(f"{W}val", "")
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true"}:
                self._default = name
        if (defaults := root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")) is not None:
            self.base = self.dressed(self.base, defaults)

    def id_of(self, paragraph: "_Element") -> str:
        """Return the id of a paragraph's style."""
        named = child_of(paragraph, PARAGRAPH_PROPERTIES, _STYLE_OF_PARAGRAPH)
        return named.get(f"{W}val", "") if named is not None else self._default

    def chain(self, paragraph: "_Element") -> "Iterator[_Element]":
        """Yield the styles of a paragraph, the nearest first; styles based on each other in a circle are yielded once."""
        yield from self._chain(self.id_of(paragraph))

    def named(self, name: str) -> "Iterator[_Element]":
        """Yield the style with an id and those it is based on, the nearest first."""
        yield from self._chain(name)

    def _chain(self, name: str) -> "Iterator[_Element]":
        seen: set[str] = set()
        while name in self._by_id and name not in seen and len(seen) < _LONGEST_CHAIN:
            seen.add(name)
            yield self._by_id[name]
            based = self._by_id[name].find(f"{W}basedOn")
            name = based.get(f"{W}val", "") if based is not None else ""

    def name(self, paragraph: "_Element") -> str:
        """Return the name of a paragraph's style as Word shows it; style ids change when another program saves the file."""
        return self._names.get(self.id_of(paragraph), "")

    def id_of_name(self, name: str) -> str:
        """Return the id of the style that Word shows by a name, empty where there is none."""
        return next((one for one, shown in self._names.items() if shown == name), "")

    def table_borders(self, name: str) -> "list[_Element]":
        """Return the borders of the nearest style in the chain of a table style that has any."""
        for style in self._chain(name):
            if (borders := style.find(f"{W}tblPr/{W}tblBorders")) is not None:
                return [borders]
        return []

    def of_paragraph(self, paragraph: "_Element") -> TextLook:
        """Return the look that a paragraph's style gives its runs."""
        return self._styled(self.base, self.id_of(paragraph))

    def of_run(self, run: "_Element", paragraph_look: TextLook) -> TextLook:
        """Return the look of a run in a paragraph."""
        properties = child_of(run, RUN_PROPERTIES)
        if properties is None:
            return paragraph_look
        named = child_of(properties, _STYLE_OF_RUN)
        look = paragraph_look if named is None else self._styled(paragraph_look, named.get(f"{W}val", ""))
        return self.dressed(look, properties)

    def _styled(self, base: TextLook, name: str) -> TextLook:
        # From the nearest style whose look is known, or from the last of the chain, down to this one.
        above: list[_Element] = []
        look = base
        for style in self._chain(name):
            known = self._known.get((base, style.get(f"{W}styleId", "")))
            if known is not None:
                look = known
                break
            above.append(style)
        for style in reversed(above):
            own = style.find(f"{W}rPr")
            look = look if own is None else self.dressed(look, own)
            self._known[base, style.get(f"{W}styleId", "")] = look
        return look

    def dressed(self, look: TextLook, properties: "_Element") -> TextLook:
        """Return a look with the changes that these run properties make."""
        changes = _changes(properties, look)
        if (fonts := properties.find(f"{W}rFonts")) is not None:
            changes["fonts"] = tuple(
                self._themed(fonts.get(f"{W}{script}Theme")) or fonts.get(f"{W}{script}") or own
                for script, own in zip(("ascii", "hAnsi"), look.fonts, strict=True)
            )
        return replace(look, **changes) if changes else look

    def _themed(self, name: str | None) -> str:
        return self._theme.get("major" if name.startswith("major") else "minor", "") if name else ""


def _changes(properties: "_Element", look: TextLook) -> dict[str, object]:
    changes: dict[str, object] = {}
    for name, key in (("b", "bold"), ("i", "italic"), ("caps", "capitals"), ("vanish", "hidden")):
        if (on := flag(properties, name)) is not None:
            changes[key] = on
    if (aligned := child_of(properties, _VERTICAL)) is not None:
        changes["raised"] = aligned.get(f"{W}val") == "superscript"
    if (size := properties.find(f"{W}sz")) is not None:
        changes["size"] = _number(size.get(f"{W}val", ""), look.size * 2) / 2
    if (under := properties.find(f"{W}u")) is not None:
        changes["underline"] = under.get(f"{W}val", "single") not in _OFF
    return changes


def _number(text: str, default: float) -> float:
    try:
        return float(text)
    except ValueError:
        return default


def runs(paragraph: "_Element") -> "Iterator[_Element]":
    """Yield the runs of a paragraph, also those in links and content controls, but not those of a text box in it."""
    for run in paragraph.iter(f"{W}r"):
        if next(run.iterancestors(f"{W}p")) is paragraph:
            yield run


def shown_runs(paragraph: "_Element") -> "Iterator[_Element]":
    """Yield the runs of a paragraph without those that change tracking has moved away or deleted."""
    for run in runs(paragraph):
        if next(run.iterancestors(f"{W}p", f"{W}moveFrom", f"{W}del")) is paragraph:
            yield run


def paragraph_text(paragraph: "_Element") -> str:
    """Return the text of a paragraph as a reader sees it, without the paragraphs nested in it (in a text box)."""
    pieces = []
    for node in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen"):
        if next(node.iterancestors(f"{W}p")) is not paragraph or node.getparent().tag != f"{W}r":
            continue
        pieces.append({f"{W}t": node.text or "", f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}.get(node.tag, "\n"))
    return "".join(pieces)
