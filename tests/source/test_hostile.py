"""Documents made to harm: a refusal or a reading, within five seconds (of computing) and 512 MB."""

import io
import random
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from kehoach_cli.errors import CannotRunError
from kehoach_cli.source.read import read_source
from tests.office.packages import archive, parts_of
from tests.source.test_pdf import _file, pdf_of
from tests.source.word_files import abstract, cell, docx, level, listed, num, paragraph, row, run, style, table, tables

pytestmark = pytest.mark.slow

SECONDS, MEGABYTES = 5, 512
_READ = """
import re, resource, sys
from pathlib import Path
from kehoach_cli.errors import CannotRunError
from kehoach_cli.source.read import read_source
path = Path(sys.argv[1])
data = path.read_bytes()
try:
    found = f"read {len(read_source(path, data).blocks)}"
except CannotRunError as error:
    found = f"refused {error}"
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
seconds = sum(one.ru_utime + one.ru_stime for one in used)
own, inner = (one.ru_maxrss // 1024 for one in used)
# Linux counts the memory of the process that started this one in its maximum; the status file does not.
if (status := Path("/proc/self/status")).exists():
    own = int(re.search(r"VmHWM:\\s*(\\d+)", status.read_text())[1]) // 1024
print(f"{seconds:.2f} {max(own, inner)} {found}")
"""


def _bomb() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("word/document.xml", "w") as part:
        for _ in range(300):
            part.write(b" " * 2**20)
    return written.getvalue()


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    body = f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><x>&a11;</x>'
    return archive(parts_of(docx("")) | {"word/document.xml": body.encode()})


def _chain_of_styles() -> bytes:
    styles = "".join(style(f"S{n}", "<w:rPr><w:b/></w:rPr>", f"S{(n + 1) % 10_000}") for n in range(10_000))
    return docx("".join(paragraph("a", f'<w:pStyle w:val="S{n}"/>') for n in range(10_000)), styles=styles)


def _nested_boxes() -> bytes:
    inside = paragraph("a")
    for _ in range(100):
        inside = (
            f"<w:p><w:r><w:pict><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></w:pict></w:r></w:p>"
        )
    return docx(inside)


def _nested_tables() -> bytes:
    inside = paragraph("a")
    for _ in range(70):
        inside = table(row(cell(inside + paragraph("b"))))
    return docx(inside)


def _wide_spans() -> bytes:
    spans = "".join(cell("a", '<w:gridSpan w:val="9999"/>') for _ in range(1000))
    return docx(
        table(f"<w:tr>{spans}</w:tr>", *(row("b", properties='<w:gridBefore w:val="9999"/>') for _ in range(5000)))
    )


def _nested_fields() -> bytes:
    kinds = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>' * 20_000
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>' * 20_000
    return docx(f"<w:p>{kinds}{run('a') * 20_000}{end}</w:p>")


def _repeated_note() -> bytes:
    note = f'<w:footnote w:id="2">{paragraph("a" * 1_000_000)}</w:footnote>'
    return docx(paragraph('<w:r><w:footnoteReference w:id="2"/></w:r>' * 50_000), footnotes=note)


def _long_labels() -> bytes:
    return docx(listed("a") * 20_000, numbering=abstract(0, level(0, "%1" * 50_000)) + num(1, 0))


def _sheet(rows: str, more: str = "") -> bytes:
    from openpyxl import Workbook

    written = io.BytesIO()
    Workbook().save(written)
    parts = parts_of(written.getvalue())
    name = "xl/worksheets/sheet1.xml"
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData>{more}</worksheet>'
    return archive(parts | {name: text.encode()})


def _merges_over_each_other() -> bytes:
    merges = "".join(f'<mergeCell ref="A{n}:CV5000"/>' for n in range(1, 4000))
    return _sheet('<row r="1"><c r="A1"><v>1</v></c></row>', f"<mergeCells>{merges}</mergeCells>")


def _packed_pdf() -> bytes:
    packer, block = zlib.compressobj(1), b" " * 2**20
    data = b"".join(packer.compress(block) for _ in range(1024)) + packer.flush()
    text = pdf_of("x").decode("latin-1")
    return text.replace(
        "<</Length 1>>\nstream\nx", f"<</Length {len(data)}/Filter/FlateDecode>>\nstream\n{data.decode('latin-1')}"
    ).encode("latin-1")


FORM = (
    "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length 5>>\nstream\n/X Do\nendstream"
)
PDF_PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 6 0 R>>>>>>"
CATALOGUE, KIDS = "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[{}]/Count 1>>"
CASES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "bomb": ("a.docx", _bomb, "refused"),
    "entities": ("a.docx", _laughs, "refused"),
    "styles": ("a.docx", _chain_of_styles, "read 10000"),
    "boxes": ("a.docx", _nested_boxes, "refused"),
    "tables": ("a.docx", _nested_tables, "read 70"),
    "spans": ("a.docx", _wide_spans, ""),
    "cells": ("a.docx", lambda: docx(table(row(*["a"] * 100) * 10_000)), "refused"),
    "letters": ("a.docx", lambda: docx(paragraph("a" * 70_000_000)), "refused"),
    "paragraphs": ("a.docx", lambda: docx("<w:p/>" * 190_000), "refused"),
    "fields": ("a.docx", _nested_fields, "read 1"),
    "notes": ("a.docx", _repeated_note, "refused"),
    "labels": ("a.docx", _long_labels, "read 20000"),
    "rows": ("a.xlsx", lambda: _sheet("".join(f'<row r="{n}"><c><v>1</v></c></row>' for n in range(1, 100_001))), "refused"),
    "merges": ("a.xlsx", _merges_over_each_other, "refused"),
    "tags": ("a.html", lambda: b"<table>" * 5_000 + b"a", "refused"),
    "depth": ("a.html", lambda: b"<div>" * 100_000 + b"a", "refused"),
    "html spans": ("a.html", lambda: b"<table>" + b"<tr><td colspan=1000 rowspan=65000>a" * 9_000, "refused"),
    "html list": ("a.html", lambda: b"<ol>" + b"<li>a" * 90_000, "read 90000"),
    "mail": ("a.mht", lambda: b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n--a\n" * 3_000, "refused"),
    "marks": ("a.txt", lambda: b"**a" * 3_000_000, "read 1"),
    "heading": ("a.md", lambda: b"# a" + b" " * 5_000_000 + b"b", "read 1"),
    "pipes": ("a.txt", lambda: (b"|" * 2000 + b"\n") * 2000, "refused"),
    "lines": ("a.txt", lambda: b"xin chao\n" * 199_999, "read"),
    "pages in a circle": ("a.pdf", lambda: _file(CATALOGUE, KIDS.format("2 0 R")), "refused"),
    "forms in a circle": ("a.pdf", lambda: _file(CATALOGUE, KIDS.format("3 0 R"), PDF_PAGE, FORM, "0", FORM), "refused"),
    "packed": ("a.pdf", _packed_pdf, "refused"),
    "rectangles": ("a.pdf", lambda: pdf_of("".join(f"{n % 500} {n // 500} 7 7 re S\n" for n in range(200_000))), "refused"),
}  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured with the module resource")
@pytest.mark.parametrize("name", CASES)
def test_harm_ends_soon(name: str, tmp_path: Path) -> None:
    file, made, wanted = CASES[name]
    path = tmp_path / file
    path.write_bytes(made())
    done = subprocess.run(
        [sys.executable, "-c", _READ, str(path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    seconds, megabytes, found = done.stdout.split(" ", 2)
    assert found.startswith(wanted), found
    assert (float(seconds) < SECONDS, int(megabytes) < MEGABYTES) == (True, True), done.stdout


VALUES = (b"-1", b"99999999", b"", b"abc", b"1e9", "²".encode(), b"%9", b"true")


def _damaged(data: bytes, chance: random.Random) -> bytes:
    """Return a part with other values and tags in some places."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        values = [found.span(1) for found in re.finditer(rb'="([^"]*)"', bytes(changed))]
        tags = [found.span() for found in re.finditer(rb"<[^>]*>", bytes(changed))]
        if values and chance.random() < 0.6:
            start, end = chance.choice(values)
            changed[start:end] = chance.choice(VALUES)
        elif tags:
            start, end = chance.choice(tags)
            changed[start:end] = chance.choice((b"", b"<w:p/>", b"<w:r/>"))
    return bytes(changed)


@pytest.mark.parametrize("seed", range(4))
def test_damaged_documents_are_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    numbering = abstract(0, level(0, "%1."), level(1, "%1.%2.")) + num(1, 0)
    styles = style("A", "<w:rPr><w:b/></w:rPr>", "B") + style("B", based="A")
    merged = row(cell("a", '<w:vMerge w:val="restart"/>'), cell("b", '<w:gridSpan w:val="2"/>'))
    body = listed("a") + listed("b", level=1) + paragraph("c", '<w:pStyle w:val="A"/>')
    parts = parts_of(
        docx(body + table(merged, row(cell("", "<w:vMerge/>"), "c", "d")), numbering=numbering, styles=styles)
    )
    outcomes = set()
    for _ in range(150):
        name = chance.choice([one for one in parts if one.startswith("word/") and one.endswith(".xml")])
        data = archive(parts | {name: _damaged(parts[name], chance)})
        try:
            found = read_source(Path("k.docx"), data)
        except CannotRunError as error:
            outcomes.add("\n" not in str(error))
        else:
            outcomes.add(all(len(line) == one.columns for one in tables(found) for line in one.grid))
    assert outcomes == {True}
