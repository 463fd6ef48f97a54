"""Helpers that look into .docx files and change them as Word or an attacker does."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache

from lxml import etree
from msgspec.structs import replace

from kehoach_cli.core.model.word_document import WordDocument
from kehoach_cli.core.report.model import ReportKind
from kehoach_cli.office.word_document import read_word_document
from kehoach_cli.word.context import consolidated_view, letter_view, report_charts, report_view, summary_view
from kehoach_cli.word.render import render
from kehoach_cli.word.template_variables import variables
from tests.conftest import REPOSITORY
from tests.word import samples

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = "word/document.xml"


def template(name: str) -> bytes:
    """Return a shipped template."""
    return (REPOSITORY / "templates" / f"{name}.docx").read_bytes()


@cache
def document(kind: str, tasks: int = 12) -> bytes:
    """Return the sample document of a kind, rendered."""
    if kind.startswith("cong-van"):
        letter = samples.letter(party=kind.endswith("-dang"))
        return render(template(kind), variables(letter_view(letter)), letter.expected)
    if kind.startswith("tong-hop"):
        summary = samples.summary(party=kind.endswith("-dang"))
        return render(template(kind), variables(summary_view(summary)), summary.expected)
    if kind.startswith("van-ban"):
        text = samples.consolidated(party=kind.endswith("-dang"))
        return render(template(kind), variables(consolidated_view(text)), text.expected, notes=text.notes)
    data = samples.report(tasks, ReportKind(kind))
    return render(template(kind), variables(report_view(data)), data.expected, report_charts(data))


@cache
def finished(kind: str) -> bytes:
    """Return the sample document of a kind as it is issued: without notes for the drafter, nothing left blank."""
    if kind.startswith("cong-van"):
        letter = samples.letter(party=kind.endswith("-dang"))
        symbol = letter.identity.symbol if letter.party else "SNNMT-BVMT"
        issued = replace(letter.identity, symbol=symbol, number="31", dated=date(2025, 12, 15), signer="Nguyễn Văn A")
        letter = replace(letter, identity=issued)
        return filled_in(render(template(kind), variables(letter_view(letter)), letter.expected))
    if kind.startswith(("tong-hop", "van-ban")):
        return filled_in(document(kind))
    data = replace(samples.report(12, ReportKind(kind)), notes=())
    return filled_in(render(template(kind), variables(report_view(data)), data.expected, report_charts(data)))


def filled_in(data: bytes) -> bytes:
    """Do what an officer does in Word: write into the blanks, and take the highlights away."""

    def fill(xml: str) -> str:
        blank = r'(<w:highlight w:val="yellow"/>(?:(?!</w:r>).)*<w:t[^>]*>)\s+(</w:t>)'
        return re.sub(blank, r"\1Không có.\2", xml).replace('<w:highlight w:val="yellow"/>', "")

    return changed(data, fill)


@cache
def read(kind: str) -> WordDocument:
    """Return the sample document of a kind, read."""
    return read_word_document(document(kind))


def part(data: bytes, name: str = BODY) -> str:
    """Return a part as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def names(data: bytes) -> list[str]:
    """Return the names of the parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def changed(data: bytes, change: Callable[[str], str], name: str = BODY) -> bytes:
    """Return the package with one part changed; a change without effect is a fault of the test."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            content = old.read(entry)
            if entry == name:
                after = change(content.decode()).encode()
                assert after != content, "nothing was changed"
                content = after
            new.writestr(entry, content)
    return written.getvalue()


def replaced(data: bytes, old: str, new: str, name: str = BODY) -> bytes:
    """Return the package with some text of a part replaced, once."""
    return changed(data, lambda text: text.replace(old, new, 1), name)


def texts(data: bytes, name: str = BODY) -> list[str]:
    """Return the paragraphs that have text; a line break within one is a line feed."""
    root = etree.fromstring(part(data, name).encode())
    found = []
    for paragraph in root.iter(f"{W}p"):
        pieces = [node.text or "" if node.tag == f"{W}t" else "\n" for node in paragraph.iter(f"{W}t", f"{W}br")]
        if text := "".join(pieces).strip():
            found.append(text)
    return found


def tiny(*paragraphs: str, header: str = "") -> bytes:
    """Return a small template: one paragraph per text, given as XML-escaped text or as whole paragraphs."""
    body = "".join(
        text if text.startswith("<w:") else f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
        for text in paragraphs
    )
    data = changed(
        template("cong-van-don-doc"),
        lambda xml: re.sub(r"<w:body>.*?(<w:sectPr>)", lambda found: f"<w:body>{body}{found[1]}", xml, flags=re.DOTALL),
    )
    data = replaced(data, "{{ summary }}", "Tên", "docProps/core.xml")
    data = changed(data, lambda xml: re.sub(r"\{\{.*?\}\}", "Cơ quan", xml), "docProps/core.xml")
    if header:
        data = changed(
            data, lambda xml: re.sub(r"<w:r>.*</w:r>", f"<w:r><w:t>{header}</w:t></w:r>", xml), "word/header1.xml"
        )
    return data
