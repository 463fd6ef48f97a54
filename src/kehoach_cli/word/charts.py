"""Draws charts that people can edit in Word: native chart parts with their figures in a workbook.

The chart XML comes from python-pptx (extra `charts`). Without it the paragraph says in words what the chart would show.
"""

import io
import re
from collections.abc import Mapping
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct

from kehoach_cli.office.reading import W, paragraph_text, runs
from kehoach_cli.office.safe_zip import repacked
from kehoach_cli.viet.number import rounded
from kehoach_cli.word.marks import CHART
from kehoach_cli.word.rooms import room_mm

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_EMU_PER_MM = 36_000
# Millimetres for a category: one bar, or two with their figures beside them.
_STACKED_MM, _PAIR_MM = 8, 10
# The gap between pairs of bars, in per cent of a bar: narrow, so that a bar is as high as the figure beside it.
_PAIR_GAP = "30"
_FRAME_MM = 32
# A chart leaves room on its page for a heading.
_MOST_OF_PAGE = 0.88
_MOST_STEPS = 10
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_TITLE = (
    '<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1200" b="1">{font}</a:defRPr></a:pPr>'
    '<a:r><a:rPr lang="vi-VN" sz="1200" b="1">{font}</a:rPr><a:t>{text}</a:t></a:r></a:p></c:rich></c:tx>'
    '<c:overlay val="0"/></c:title>'
)
_TEXT = (
    '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1000">{font}</a:defRPr></a:pPr>'
    '<a:endParaRPr lang="vi-VN"/></a:p></c:txPr>'
)
_FILL = '<c:spPr><a:solidFill><a:srgbClr val="{}"/></a:solidFill></c:spPr>'
_SHOWN = (
    '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)
# Written out, because a number format would follow the machine of the reader, not the language of the document.
_LABEL = (
    '<c:dLbl><c:idx val="{}"/><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:rPr lang="vi-VN" sz="900">{}</a:rPr><a:t>{}</a:t></a:r>'
    "</a:p></c:rich></c:tx>" + _SHOWN + "</c:dLbl>"
)


class Chart(Struct, frozen=True):
    """A bar chart: `series` are (name, fill, one value per category); `words` says the same without a picture."""

    title: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, str, tuple[float | None, ...]], ...]
    stacked: bool
    words: str
    font: str


def draw(document: "Document", charts: Mapping[str, Chart]) -> None:
    """Put each chart where the template asks for it; its words instead where it cannot be drawn."""
    pattern = re.compile(f"{CHART}(.*?){CHART}")
    marked = [node for node in document.element.body.iter(f"{W}t") if CHART in (node.text or "")]
    for paragraph in dict.fromkeys(next(node.iterancestors(f"{W}p")) for node in marked):
        text = paragraph_text(paragraph)
        found = pattern.search(text)
        if not found:
            continue
        chart = charts.get(found[1])
        room = room_mm(paragraph, document)
        drawn = _drawing(document, chart, room) if chart and pattern.fullmatch(text.strip()) else None
        if drawn is None:
            words = pattern.sub(lambda match: charts[match[1]].words if match[1] in charts else "", text)
            _replace_runs(paragraph, words)
        else:
            _replace_runs(paragraph, drawn)


def _replace_runs(paragraph: "_Element", content: "_Element | str") -> None:
    """Leave one run in a paragraph, which holds the content only."""
    first, *others = runs(paragraph)
    for run in others:
        run.getparent().remove(run)
    for child in [child for child in first if child.tag != f"{W}rPr"]:
        first.remove(child)
    if isinstance(content, str):
        text = first.makeelement(f"{W}t", {})
        text.text = content
        content = text
    first.append(content)


def _drawing(document: "Document", chart: Chart, room: tuple[float, float]) -> "_Element | None":
    """Add the parts of a chart to the document and return its drawing, as wide as `room`; None without the extra."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml

    made = _chart_parts(chart)
    if made is None:
        return None
    xml, workbook = made
    package = document.part.package
    number = sum(str(part.partname).startswith("/word/charts/") for part in package.iter_parts()) + 1
    book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), CONTENT_TYPE.SML_SHEET, workbook, package)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, b"", package)
    data = part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
    external = f'<c:externalData r:id="{data}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    part._blob = xml.replace(b"</c:chartSpace>", external.encode())  # noqa: SLF001 - the id is known only now
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    wanted = _FRAME_MM + (_STACKED_MM if chart.stacked else _PAIR_MM) * len(chart.categories)
    width, height = round(room[0]), min(wanted, round(room[1] * _MOST_OF_PAGE))
    size = f'cx="{width * _EMU_PER_MM}" cy="{height * _EMU_PER_MM}"'
    words = quoteattr(chart.words)
    drawing: _Element = parse_xml(
        f'<w:drawing {_NAMESPACES}><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{5000 + number}" name="Biểu đồ {number}" descr={words} title={quoteattr(chart.title)}/>'
        "<wp:cNvGraphicFramePr/><a:graphic>"
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
    return drawing


def _chart_parts(chart: Chart) -> tuple[bytes, bytes] | None:
    """Return the XML of a chart and its workbook, with equal bytes for equal charts; None without the extra."""
    try:
        from pptx.chart.data import CategoryChartData
        from pptx.chart.xmlwriter import ChartXmlWriter
        from pptx.enum.chart import XL_CHART_TYPE
    except ImportError:
        return None
    data = CategoryChartData()
    data.categories = list(chart.categories)
    for name, _, values in chart.series:
        data.add_series(name, list(values))
    kind = XL_CHART_TYPE.BAR_STACKED if chart.stacked else XL_CHART_TYPE.BAR_CLUSTERED
    xml = str(ChartXmlWriter(kind, data).xml).encode()
    return _styled(xml, chart), repacked(_workbook(data), _without_time)


def _workbook(data: Any) -> bytes:
    """Return the figures as python-pptx lays them out; its own writer would turn some texts into formulas and links."""
    from xlsxwriter import Workbook

    as_typed = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    written = io.BytesIO()
    workbook = Workbook(written, as_typed)
    data._workbook_writer._populate_worksheet(workbook, workbook.add_worksheet())  # noqa: SLF001 - nothing public does it
    workbook.close()
    return written.getvalue()


def _styled(xml: bytes, chart: Chart) -> bytes:
    """Return the chart XML with title, legend, values, fills and font, in the order that the schema requires."""
    from lxml import etree

    def made(text: str) -> "_Element":
        return etree.fromstring(f"<x {_NAMESPACES}>{text}</x>")[0]

    root = etree.fromstring(xml, etree.XMLParser(remove_blank_text=True))
    for old in [*root.iter(f"{_C}txPr"), *root.iter(f"{_C}autoTitleDeleted"), *root.iter(f"{_C}legend")]:
        old.getparent().remove(old)
    font = f'<a:latin typeface="{chart.font}"/><a:ea typeface="{chart.font}"/><a:cs typeface="{chart.font}"/>'
    frame = root.find(f"{_C}chart")
    plot = frame.find(f"{_C}plotArea")
    frame.insert(0, made(_TITLE.format(font=font, text=escape(chart.title))))
    frame.insert(1, made('<c:autoTitleDeleted val="0"/>'))
    plot.addnext(made('<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'))
    frame.addnext(made(_TEXT.format(font=font)))
    for name, (_, fill, _) in zip(list(plot.iter(f"{_C}tx")), chart.series, strict=True):
        if (own := name.getnext()) is not None and own.tag == f"{_C}spPr":
            own.getparent().remove(own)
        name.addnext(made(_FILL.format(fill)))
    for last, (_, _, values) in [] if chart.stacked else zip(list(plot.iter(f"{_C}cat")), chart.series, strict=True):
        last.addprevious(made(_labels(values, chart.series[0][2], font)))
    if not chart.stacked:
        _close_up(plot)
    _turn_axes(plot)
    _scale(plot, chart)
    styled: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return styled


def _close_up(plot: "_Element") -> None:
    """Leave little room between the pairs of bars."""
    for bars in plot.iterfind(f"{_C}barChart"):
        for old in bars.findall(f"{_C}gapWidth"):
            bars.remove(old)
        after = next(found for name in ("overlap", "axId") if (found := bars.find(f"{_C}{name}")) is not None)
        after.addprevious(bars.makeelement(f"{_C}gapWidth", {"val": _PAIR_GAP}))


def _turn_axes(plot: "_Element") -> None:
    """Turn the axes: bars stand in the order of the table from the top, the scale is below and begins at 0."""
    for orientation in plot.iterfind(f"{_C}catAx/{_C}scaling/{_C}orientation"):
        orientation.set("val", "maxMin")
    # Else a program that finds the page low leaves out every second name.
    for before in plot.iterfind(f"{_C}catAx/{_C}noMultiLvlLbl"):
        before.addprevious(before.makeelement(f"{_C}tickLblSkip", {"val": "1"}))
    for crosses in plot.iterfind(f"{_C}valAx/{_C}crosses"):
        crosses.set("val", "max")
    # Bars that do not begin at 0 exaggerate differences.
    for scaling in plot.iterfind(f"{_C}valAx/{_C}scaling"):
        scaling.append(scaling.makeelement(f"{_C}min", {"val": "0"}))


def _labels(values: tuple[float | None, ...], beside: tuple[float | None, ...], font: str) -> str:
    """Return the figures of a series, rounded so that no two different ones of a category look alike."""
    shown = "".join(
        _LABEL.format(index, font, rounded(_exact(value), _exact(other or 0)))
        for index, (value, other) in enumerate(zip(values, beside, strict=True))
        if value is not None
    )
    return f"<c:dLbls>{shown}{_SHOWN}</c:dLbls>"


def _exact(value: float) -> Fraction:
    return Fraction(str(value))


def _scale(plot: "_Element", chart: Chart) -> None:
    """Give counts a scale of whole numbers; bars with their figures beside them need no scale."""
    for axis in plot.iterfind(f"{_C}valAx"):
        if not chart.stacked:
            axis.find(f"{_C}delete").set("val", "1")
            for lines in axis.findall(f"{_C}majorGridlines"):
                axis.remove(lines)
            continue
        longest = max(
            sum(value or 0 for value in values) for values in zip(*(one[2] for one in chart.series), strict=True)
        )
        _replace(axis, "numFmt", ("majorGridlines", "axPos"), {"formatCode": "0", "sourceLinked": "0"})
        _replace(axis, "majorUnit", ("crossBetween", "crosses"), {"val": str(max(1, ceil(longest / _MOST_STEPS)))})


def _replace(axis: "_Element", name: str, after: tuple[str, ...], values: dict[str, str]) -> None:
    """Set a property of an axis, after the first of these that there is: the schema requires an order."""
    for old in axis.findall(f"{_C}{name}"):
        axis.remove(old)
    before = next(found for one in after if (found := axis.find(f"{_C}{one}")) is not None)
    before.addnext(axis.makeelement(f"{_C}{name}", values))


def _without_time(name: str, part: bytes) -> bytes:
    """Return a part of the workbook without the time it was made."""
    if name != "docProps/core.xml":
        return part
    return re.sub(rb">\d{4}-\d\d-\d\dT[\d:]+Z<", b">1980-01-01T00:00:00Z<", part)
