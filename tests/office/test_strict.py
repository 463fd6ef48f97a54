"""Strict Open XML is read like the Transitional form."""

from collections.abc import Callable

import pytest

from kehoach_cli.office.docx_package import open_package
from kehoach_cli.office.strict import as_transitional
from kehoach_cli.word.context import report_view
from kehoach_cli.word.render import render
from kehoach_cli.word.template_variables import variables
from kehoach_cli.word.templates import check_named
from tests.excel.conftest import blank, desk
from tests.excel.forms import Desk
from tests.office.packages import archive, as_strict, parts_of
from tests.rules.test_layout import checked
from tests.word import samples
from tests.word.packages import finished, template

__all__ = ["blank", "desk"]

STRICT = b"http://purl.oclc.org/ooxml/"
RELATIONS = b'<Relationship Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"/>'


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["bao-cao-nam", "cong-van-don-doc"])
def test_a_strict_document_has_no_more_faults_than_the_same_document(kind: str) -> None:
    strict = as_strict(finished(kind))
    assert STRICT in parts_of(strict)["word/document.xml"]
    assert b'pt"' in parts_of(strict)["word/document.xml"]
    assert checked(strict) == checked(finished(kind))
    assert checked(strict) == []


def test_a_strict_template_gives_the_same_report() -> None:
    data = samples.report(5)
    strict = as_strict(template("bao-cao-nam"))
    assert check_named(strict, "bao-cao-nam") == []
    report = variables(report_view(data))
    assert render(strict, report, data.expected) == render(template("bao-cao-nam"), report, data.expected)


def test_a_strict_form_gives_the_same_answers(desk: Callable[..., Desk]) -> None:
    form = desk()
    form.fill("Chỉ tiêu", "kh-176/PL1.17", {"Giá trị": "86,5", "Ghi chú": "x"})
    form.fill("Nhiệm vụ", "kh-176/PL2.III.1", {"Trạng thái": "Đã hoàn thành", "Ngày hoàn thành": "20/10/2025"})
    expected = form.sent()
    assert expected.documents[0]["indicators"] == {"PL1.17": {"value": "86,5", "note": "x"}}
    assert form.sent_as(as_strict) == expected


def test_what_macros_and_links_are_is_known_in_the_strict_form() -> None:
    kind = 'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/oleObject"'
    relation = f'<Relationship Id="rId99" {kind} Target="x.bin"/></Relationships>'
    parts = parts_of(template("bao-cao-nam"))
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", relation.encode())
    with pytest.raises(ValueError, match=r"đối tượng nhúng"):
        check_named(as_strict(archive(parts)), "bao-cao-nam")


def test_a_transitional_document_that_names_the_address_is_left_alone() -> None:
    parts = parts_of(finished("bao-cao-nam"))
    text = '<w:body><w:p><w:r><w:t>"http://purl.oclc.org/ooxml/drawingml/main"</w:t></w:r></w:p>'
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:body>", text.encode(), 1)
    assert open_package(archive(parts)) == parts


@pytest.mark.parametrize(
    ("strict", "transitional"),
    [
        ('<w:pgSz w:w="595.3pt" w:h="841.9pt"/>', '<w:pgSz w:w="11906" w:h="16838"/>'),
        ('<w:pgMar w:top="2cm" w:left="30mm" w:right="1in"/>', '<w:pgMar w:top="1134" w:left="1701" w:right="1440"/>'),
        ('<w:ind w:start="36pt" w:end="-7.2pt"/>', '<w:ind w:left="720" w:right="-144"/>'),
        ('<w:sz w:val="14pt"/><w:sz w:val="28"/>', '<w:sz w:val="28"/><w:sz w:val="28"/>'),
        ('<w:jc w:val="start"/><w:jc w:val="end"/>', '<w:jc w:val="left"/><w:jc w:val="right"/>'),
        ('<w:tcBorders><w:start w:val="nil"/></w:tcBorders>', '<w:tcBorders><w:left w:val="nil"/></w:tcBorders>'),
        ('<w:lvl><w:start w:val="1"/></w:lvl>', '<w:lvl><w:start w:val="1"/></w:lvl>'),
        ('<w:t>cao "12pt" và "start"</w:t>', '<w:t>cao "12pt" và "start"</w:t>'),
        ('<w:style w:styleId="12pt"/>', '<w:style w:styleId="12pt"/>'),
    ],
)
def test_measures_and_sides_are_turned_and_nothing_else(strict: str, transitional: str) -> None:
    parts = {"_rels/.rels": RELATIONS, "word/styles.xml": strict.encode()}
    assert as_transitional(parts)["word/styles.xml"].decode() == transitional
