"""Automatic numbers are those that Word counts; LibreOffice's rendering is the second opinion."""

import random
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.source.word_files import (
    abstract,
    cell,
    docx,
    grid,
    level,
    listed,
    num,
    paragraph,
    printed,
    read,
    row,
    said,
    style,
    table,
    tables,
)

THREE = (level(0, "%1.", "upperRoman"), level(1, "%1.%2."), level(2, "%3)", "lowerLetter"))
NO_NUMBER = '<w:numPr><w:numId w:val="0"/></w:numPr>'


def test_levels_count_and_deeper_ones_begin_anew() -> None:
    body = [
        listed("a"),
        listed("b", level=1),
        listed("c", level=2),
        listed("d", level=1),
        listed("e"),
        listed("f", level=1),
    ]
    found = read("".join(body), numbering=abstract(0, *THREE) + num(1, 0))
    assert printed(found) == ["I. a", "I.1. b", "a) c", "I.2. d", "II. e", "II.1. f"]
    assert [one.level for one in found.paragraphs()] == [0, 1, 2, 1, 0, 1]


def test_lists_of_one_definition_count_together() -> None:
    numbering = abstract(0, level(0, "%1.")) + num(1, 0) + num(2, 0)
    found = read(listed("a", 1) + listed("b", 2) + listed("c", 1), numbering=numbering)
    assert printed(found) == ["1. a", "2. b", "3. c"]


def test_a_list_begins_anew_once() -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = abstract(0, level(0, "%1.")) + num(1, 0) + num(2, 0, restart)
    body = listed("a", 1) + listed("b", 1) + listed("c", 2) + listed("d", 2) + listed("e", 1) + listed("f", 2)
    assert printed(read(body, numbering=numbering)) == ["1. a", "2. b", "1. c", "2. d", "3. e", "4. f"]


def test_a_list_has_levels_of_its_own() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "Điều %1.", start=5)}</w:lvlOverride>'
    assert printed(read(listed("a"), numbering=abstract(0, level(0, "%1.")) + num(1, 0, own))) == ["Điều 5. a"]


def test_a_level_that_was_skipped_counts_as_begun() -> None:
    body = listed("a", level=1) + listed("b", level=1) + listed("c")
    assert printed(read(body, numbering=abstract(0, *THREE) + num(1, 0))) == ["I.1. a", "I.2. b", "II. c"]


@pytest.mark.parametrize(("restart", "last"), [('<w:lvlRestart w:val="0"/>', "3. d"), ("", "1. d")])
def test_a_level_goes_on_where_it_says_so(restart: str, last: str) -> None:
    numbering = abstract(0, level(0, "%1."), level(1, "%2.", more=restart)) + num(1, 0)
    body = listed("x") + listed("b", level=1) + listed("c", level=1) + listed("y") + listed("d", level=1)
    assert printed(read(body, numbering=numbering))[-1] == last


def test_a_level_begins_anew_only_below_the_level_it_names() -> None:
    levels = (level(0, "%1."), level(1, "%1.%2."), level(2, "%3)", more='<w:lvlRestart w:val="1"/>'))
    body = listed("a") + listed("b", level=1) + listed("c", level=2) + listed("d", level=1) + listed("e", level=2)
    found = read(body + listed("f") + listed("g", level=2), numbering=abstract(0, *levels) + num(1, 0))
    assert printed(found) == ["1. a", "1.1. b", "1) c", "1.2. d", "2) e", "2. f", "1) g"]


def test_legal_numbers_are_digits() -> None:
    levels = (level(0, "%1.", "upperRoman"), level(1, "%1.%2.", more="<w:isLgl/>"))
    found = read(listed("a") + listed("b", level=1), numbering=abstract(0, *levels) + num(1, 0))
    assert printed(found) == ["I. a", "1.1. b"]


def test_a_number_that_is_not_printed_counts() -> None:
    levels = (level(0, "", "none"), level(1, "%1%2."))
    found = read(listed("a") + listed("b", level=1), numbering=abstract(0, *levels) + num(1, 0))
    assert printed(found) == ["a", "1. b"]


@pytest.mark.parametrize(
    ("kind", "count", "shown"),
    [
        ("upperRoman", 49, "XLIX"), ("lowerRoman", 4, "iv"), ("upperLetter", 27, "AA"), ("lowerLetter", 54, "bbb"),
        ("decimalZero", 7, "07"), ("decimalZero", 12, "12"), ("decimal", 10, "10"),
    ],
)  # fmt: skip
def test_kinds_of_numbers(kind: str, count: int, shown: str) -> None:
    found = read(listed("a"), numbering=abstract(0, level(0, "%1", kind, start=count)) + num(1, 0))
    assert printed(found) == [f"{shown} a"]
    assert not found.remarks


def test_an_unknown_kind_of_number_is_said() -> None:
    found = read(listed("a"), numbering=abstract(0, level(0, "%1.", "cardinalText")) + num(1, 0))
    assert printed(found) == ["1. a"]
    assert 'đoạn 1: số tự động kiểu "cardinalText"' in said(found)


def test_bullets_are_what_their_font_shows() -> None:
    wingdings = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'
    levels = (level(0, "-", "bullet"), level(1, "\uf0d8", "bullet").replace("</w:lvl>", f"{wingdings}</w:lvl>"))
    found = read(listed("a") + listed("b", level=1), numbering=abstract(0, *levels) + num(1, 0))
    assert printed(found) == ["- a", "➢ b"]


def test_headings_are_numbered_by_their_style() -> None:
    numbering = abstract(
        0, level(0, "%1.", "upperRoman", '<w:pStyle w:val="H1"/>'), level(1, "%2.", more='<w:pStyle w:val="H2"/>')
    ) + num(1, 0)
    number = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = style("H1", number, shown="heading 1") + style("H2", number, shown="heading 2") + style("Mine", "", "H2")
    body = "".join(
        paragraph(text, f'<w:pStyle w:val="{name}"/>') for text, name in (("a", "H1"), ("b", "H2"), ("c", "Mine"))
    )
    body += paragraph("d", '<w:pStyle w:val="H2"/>' + NO_NUMBER)
    found = read(body, numbering=numbering, styles=styles)
    assert printed(found) == ["I. a", "1. b", "2. c", "d"]
    assert [one.heading for one in found.paragraphs()] == [True, True, False, True]


def test_a_paragraph_changes_the_level_of_its_style() -> None:
    numbering = abstract(0, *THREE) + num(1, 0)
    styles = style("L", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    deeper = '<w:pStyle w:val="L"/><w:numPr><w:ilvl w:val="1"/></w:numPr>'
    found = read(paragraph("a", '<w:pStyle w:val="L"/>') + paragraph("b", deeper), numbering=numbering, styles=styles)
    assert printed(found) == ["I. a", "I.1. b"]


def test_a_list_takes_its_levels_from_a_style_of_lists() -> None:
    numbering = (
        abstract(0, level(0, "Mục %1."), more='<w:styleLink w:val="S"/>')
        + abstract(1, more='<w:numStyleLink w:val="S"/>')
        + num(1, 0)
        + num(2, 1)
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="S"><w:name w:val="S"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    assert printed(read(listed("a", 2) + listed("b", 2), numbering=numbering, styles=styles)) == [
        "Mục 1. a",
        "Mục 2. b",
    ]


def test_links_of_lists_in_a_circle_end() -> None:
    numbering = abstract(0, more='<w:numStyleLink w:val="S"/>') + num(1, 0)
    styles = (
        '<w:style w:type="numbering" w:styleId="S"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    assert printed(read(listed("a"), numbering=numbering, styles=styles)) == ["a"]


def test_the_first_column_of_a_table_is_counted() -> None:
    body = table(row("TT", "Nhiệm vụ"), *(row(cell(listed("")), text) for text in ("Một", "Hai")))
    found = read(body, numbering=abstract(0, level(0, "%1")) + num(1, 0))
    assert grid(tables(found)[0]) == [["TT", "Nhiệm vụ"], ["1", "Một"], ["2", "Hai"]]


def test_deleted_and_hidden_paragraphs_are_not_counted() -> None:
    properties = '<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr>{}</w:rPr>'
    gone = (
        f"<w:p><w:pPr>{properties.format('<w:del/>')}</w:pPr><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>"
    )
    hidden = (
        f"<w:p><w:pPr>{properties.format('<w:vanish/>')}</w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:p>"
    )
    found = read(listed("a") + gone + hidden + listed("b"), numbering=abstract(0, level(0, "%1.")) + num(1, 0))
    assert printed(found) == ["1. a", "2. b"]
    assert "đã xóa" in said(found)
    assert "chữ ẩn" in said(found)


def _random_document(seed: int) -> bytes:
    """Return a document of three lists, two of them of one definition; levels are skipped at random."""
    chance = random.Random(seed)
    # Without `isLgl`: LibreOffice 7.4 keeps the letters, where the standard asks for digits.
    kinds = ("upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "decimal")
    definitions = [
        abstract(
            number,
            *(
                level(
                    index,
                    "".join(f"%{one + 1}." for one in range(chance.randint(0, index), index + 1)),
                    chance.choice(kinds),
                    "",
                    chance.choice((1, 1, 3)),
                )
                for index in range(4)
            ),
        )
        for number in (0, 1)
    ]
    body = "".join(
        listed(f"đoạn {number}", chance.randint(1, 3), chance.randint(0, 3))
        if chance.random() < 0.8
        else paragraph(f"đoạn {number}")
        for number in range(40)
    )
    return docx(body, numbering="".join(definitions) + num(1, 0) + num(2, 1) + num(3, 0))


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_numbers_are_those_of_libreoffice(tmp_path: Path) -> None:
    from kehoach_cli.source.read import read_source

    names = []
    for seed in range(20):
        (tmp_path / f"{seed}.docx").write_bytes(_random_document(seed))
        names.append(f"{seed}.docx")
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "txt:Text",
    ]
    subprocess.run([*command, *names], cwd=tmp_path, check=True, capture_output=True, timeout=300)
    for name in names:
        rendered = (tmp_path / name).with_suffix(".txt").read_text(encoding="utf-8-sig").split("\n")
        found = printed(read_source(Path(name), (tmp_path / name).read_bytes()))
        assert found == [" ".join(line.split()) for line in rendered if line.strip()], name
