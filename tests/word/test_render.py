"""Rendering: no data is evaluated or lost, templates can do no harm, and the same input gives the same bytes."""

import random
import re
import unicodedata

import pytest
from lxml import etree
from msgspec.structs import replace

from kehoach_cli.core.report.model import NarrativeText, ReportData, ReportKind
from kehoach_cli.errors import CannotRunError
from kehoach_cli.word.context import report_charts, report_view
from kehoach_cli.word.marks import blank
from kehoach_cli.word.render import render
from kehoach_cli.word.template_variables import variables
from tests.word import samples
from tests.word.packages import W, changed, document, names, part, template, texts, tiny

KINDS = ("bao-cao-nam", "bao-cao-co-quan", "bao-cao-dang", "cong-van-don-doc", "cong-van-don-doc-dang")
ODD = (
    "A & B < C > D",
    "{{ 7 * 7 }} {% if x %} {# y #}",
    "{_{ tên }_} {_% x %_}",
    "[/x] [bold]đậm[/bold]",
    "“trích” ‘dẫn’ — –",
    "]]> <!-- --> &amp; &#65;",
    "100% }} %} #}",
    "\\1 \\g<0> $1",
)


@pytest.mark.parametrize("text", ODD)
def test_data_is_printed_letter_by_letter_and_never_evaluated(text: str) -> None:
    data = tiny("{{ text }}", "Trước {{ text }} sau", header="{{ text }}")
    result = render(data, {"text": text})
    assert texts(result) == [text, f"Trước {text} sau"]
    assert texts(result, "word/header1.xml") == [text]


def test_odd_data_in_a_whole_report_survives_in_body_cell_and_title() -> None:
    text = " ".join(ODD)
    data = samples.report(3)
    line = replace(data.tasks.groups[0].lines[0], result=text)
    group = replace(data.tasks.groups[0], lines=(line, *data.tasks.groups[0].lines[1:]))
    data = replace(
        data,
        summary=text,
        tasks=replace(data.tasks, groups=(group,)),
        narrative=replace(data.narrative, strengths=samples.words(text)),
    )
    result = render(template("bao-cao-nam"), variables(report_view(data)), data.expected)
    assert texts(result).count(text) == 2
    assert f"- Sở Y tế: {text}" in texts(result)
    title = etree.fromstring(part(result, "docProps/core.xml").encode()).findtext(
        "{http://purl.org/dc/elements/1.1/}title"
    )
    assert title == text


def test_lines_of_a_text_are_lines_of_the_document() -> None:
    assert texts(render(tiny("{{ text }}"), {"text": "một\nhai"})) == ["một\nhai"]


def test_decomposed_letters_are_composed() -> None:
    result = render(tiny("{{ text }}"), {"text": unicodedata.normalize("NFD", "Ủy ban nhân dân")})
    assert texts(result) == ["Ủy ban nhân dân"]


@pytest.mark.parametrize(
    "control", ["\x00", "\x07", "\x0b", "\x0c", "\x1b", "\x85", "\u202e", "\u200b", "\ufffe", "\ud800"]
)
def test_control_and_hidden_characters_are_refused_with_their_origin(control: str) -> None:
    data = samples.report(3)
    line = replace(data.tasks.groups[0].lines[1], result=f"Đã xong{control} 2 trạm")
    group = replace(data.tasks.groups[0], lines=(line,))
    data = replace(data, tasks=replace(data.tasks, groups=(group,)))
    with pytest.raises(CannotRunError) as caught:
        render(template("bao-cao-nam"), variables(report_view(data)))
    assert f"U+{ord(control):04X}" in str(caught.value)
    assert "III.1.2" in caught.value.details[0]
    assert "result" in caught.value.details[0]
    assert control not in "".join(caught.value.details)


@pytest.mark.parametrize("mark", ["\ue001", "\ue002"])
def test_data_cannot_forge_the_marks_rendering_uses(mark: str) -> None:
    data = samples.report(1)
    data = replace(data, opening=f"Mở đầu {mark}agencies{mark}")
    with pytest.raises(CannotRunError, match="U\\+E00"):
        report_view(data)


PAYLOADS = (
    "{{ cycler.__init__.__globals__ }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ text.__class__ }}",
    "{{ '{0.__class__}'.format(text) }}",
    "{{ text.format(1) }}",
    "{{ range(10**9) }}",
    "{{ 'a' * 1000000000 }}",
    "{{ 9 ** 999999999 }}",
    "{{ '%999999999d' % 1 }}",
    "{{ text|center(1000000000) }}",
    "{{ text|safe }}",
    "{{ text|attr('__class__') }}",
    "{{ self.__init__ }}",
    "{{ namespace(a=1) }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% macro m() %}{% endmacro %}",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_template_does_nothing_and_is_named(payload: str) -> None:
    with pytest.raises(CannotRunError) as caught:
        render(tiny("Đầu", payload), {"text": "x"})
    assert "mẫu" in str(caught.value)
    assert not re.search(r"root:|uid=|<class", "".join((str(caught.value), *caught.value.details)))


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("{{ txet }}", 'đoạn 2 ("{{ txet }}"): không có biến "txet"; ý bạn là "text"?'),
        ("{{ text", 'đoạn 2 ("{{ text"): thẻ bị hỏng'),
        ("text }}", "đoạn 2"),
        ("{% if text %}", 'thẻ "if" không được đóng'),
        ("{% endif %}", "không có thẻ mở"),
        ("{{ text| }}", "sai cú pháp"),
        ("{{ text|uper }}", '"uper" không dùng được'),
        ("{%p if text %} và chữ này", "đứng một mình"),
        ("{% else %}", "không nằm trong"),
    ],
)
def test_a_faulty_template_fails_with_the_paragraph_and_the_name(tag: str, words: str) -> None:
    with pytest.raises(CannotRunError) as caught:
        render(tiny("Đầu", tag), {"text": "x"})
    assert any(words in detail for detail in caught.value.details), caught.value.details
    assert all("đoạn 2" in detail for detail in caught.value.details)


def test_styles_listed_as_another_kind_of_part_are_an_unusable_template() -> None:
    broken = changed(
        tiny("{{ text }}"), lambda xml: xml.replace("wordprocessingml.styles+xml", "x+xml"), "[Content_Types].xml"
    )
    with pytest.raises(CannotRunError, match="không dùng được mẫu"):
        render(broken, {"text": "x"})


def test_a_value_that_is_not_there_is_named_with_its_paragraph() -> None:
    data = samples.report(1)
    assert data.indicators.counts is None
    with pytest.raises(CannotRunError, match="không có trong văn bản này") as caught:
        render(tiny("Đầu", "{{ indicators.counts.no_data }}"), variables(report_view(data)))
    assert caught.value.details[0] == 'tên "no_data": đoạn 2 ("{{ indicators.counts.no_data }}")'


def test_xml_written_by_a_template_can_not_break_the_document() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    row = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl>"
    with pytest.raises(CannotRunError):
        render(tiny(row.format("{% if text %}"), row.format("{% endif %}")), {"text": "x"})


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_input_gives_the_same_bytes(kind: str) -> None:
    document.cache_clear()
    first = document(kind)
    document.cache_clear()
    assert document(kind) == first


def test_what_is_expected_must_be_in_the_document() -> None:
    data = tiny("{{ text }}")
    assert render(data, {"text": "mã (III.1.10), xong"}, ["III.1.10"])
    for missing in ("III.1.1", "III.1", "1.10"):
        with pytest.raises(CannotRunError, match=re.escape(missing)):
            render(data, {"text": "mã (III.1.10), xong"}, ["III.1.10", missing])


def test_a_template_without_the_table_of_tasks_is_refused() -> None:
    data = samples.report(3)
    lines = r"<w:tr>(?:(?!</w:tr>).)*line\.text(?:(?!</w:tr>).)*</w:tr>"
    bare = changed(template("bao-cao-nam"), lambda xml: re.sub(lines, "", xml))
    with pytest.raises(CannotRunError, match=r"thiếu 3 mục: III\.1\.1, III\.1\.2"):
        render(bare, variables(report_view(data)), data.expected)


def test_blanks_are_highlighted_and_nothing_else() -> None:
    result = render(tiny("Số: {{ text }} năm"), {"text": f"12/{blank(3)}"})
    assert texts(result) == ["Số: 12/\u00a0\u00a0\u00a0 năm"]
    root = etree.fromstring(part(result).encode())
    marked = [run for run in root.iter(f"{W}r") if run.find(f"{W}rPr/{W}highlight") is not None]
    assert ["".join(run.itertext()) for run in marked] == ["\u00a0\u00a0\u00a0"]


def test_what_is_not_known_is_a_gap_and_never_the_word_none() -> None:
    data = samples.report(3)
    bare = replace(
        data.identity, parent=None, number=None, place=None, dated=None, signer=None, title=None, symbol=None
    )
    result = render(template("bao-cao-nam"), variables(report_view(replace(data, identity=bare))), data.expected)
    assert "None" not in " ".join(texts(result))
    root = etree.fromstring(part(result).encode())
    assert len(list(root.iter(f"{W}highlight"))) >= 8


@pytest.mark.parametrize("junk", [b"", b"PK\x03\x04", b"not a zip", b"\xd0\xcf\x11\xe0" + bytes(600)])
def test_what_is_no_template_is_said(junk: bytes) -> None:
    with pytest.raises(CannotRunError, match="không dùng được mẫu"):
        render(junk, {})


def split_runs(xml: str, chance: random.Random) -> str:
    """Split every text into runs at random places, with the marks that Word puts between them."""
    strewn = (
        '<w:proofErr w:type="spellStart"/>',
        '<w:bookmarkStart w:id="7" w:name="x"/><w:bookmarkEnd w:id="7"/>',
        "",
    )

    def split(found: re.Match[str]) -> str:
        # Word treats an entity as one letter.
        letters = re.findall(r"&\w+;|.", found[1])
        pieces, piece = [], ""
        for letter in letters:
            piece += letter
            if chance.random() < 0.35:
                pieces.append(piece)
                piece = ""
        pieces.append(piece)
        texts_of = [f'<w:t xml:space="preserve">{one}</w:t>' for one in pieces if one]
        between = '</w:r>{}<w:r w:rsidR="00AB12CD"><w:rPr><w:lang w:val="en-US"/></w:rPr>'
        joined = texts_of[0]
        for one in texts_of[1:]:
            joined += between.format(chance.choice(strewn)) + one
        return joined

    return re.sub(r'<w:t xml:space="preserve">([^<]+)</w:t>', split, xml)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("kind", ["bao-cao-nam", "bao-cao-dang"])
@pytest.mark.slow
def test_a_template_saved_by_word_still_renders(kind: str, seed: int) -> None:
    data = samples.report(5, ReportKind(kind))
    chance = random.Random(seed)
    split = changed(template(kind), lambda xml: split_runs(xml, chance))
    result = render(split, variables(report_view(data)), data.expected, report_charts(data))
    assert texts(result) == texts(document(kind, 5))


def test_a_restyled_template_keeps_its_style_and_all_its_text() -> None:
    data = samples.report(5)
    restyled = changed(
        template("bao-cao-nam"),
        lambda xml: xml.replace('<w:sz w:val="28"/>', '<w:sz w:val="26"/>').replace('"KHKind"', '"TenLoai"'),
        "word/styles.xml",
    )
    restyled = changed(restyled, lambda xml: xml.replace('"KHKind"', '"TenLoai"'))
    restyled = changed(
        restyled, lambda xml: xml.replace("<w:r><w:t", '<w:r><w:rPr><w:color w:val="1F4E79"/></w:rPr><w:t')
    )
    result = render(restyled, variables(report_view(data)), data.expected, report_charts(data))
    assert texts(result) == texts(document("bao-cao-nam", 5))
    assert 'w:val="TenLoai"' in part(result)
    assert 'w:val="1F4E79"' in part(result)


def test_section_breaks_in_a_statement_s_paragraph_are_kept() -> None:
    # An editor may attach the section break to the paragraph of the tag before it, which rendering removes.
    own = r'<w:p><w:pPr><w:pStyle w:val="KHAfterTable"/>(<w:sectPr>.*?</w:sectPr>)</w:pPr></w:p>'
    tag = r"(<w:p><w:pPr>)((?:(?!<w:p>).)*\{%p endif %\}</w:t></w:r></w:p>)"
    moved = changed(template("bao-cao-nam"), lambda xml: re.sub(tag + own, r"\1\3\2", xml, count=1, flags=re.DOTALL))
    data = samples.report(5)
    result = render(moved, variables(report_view(data)), data.expected)
    assert part(result).count("<w:sectPr>") == part(document("bao-cao-nam", 5)).count("<w:sectPr>")


def paragraphs(data: ReportData) -> tuple[list[str], set[str]]:
    """Return the paragraphs of a report, blanks too, and the texts that are highlighted."""
    result = render(template("bao-cao-nam"), variables(report_view(data)), data.expected)
    root = etree.fromstring(part(result).encode())
    marked = [run for run in root.iter(f"{W}r") if run.find(f"{W}rPr/{W}highlight") is not None]
    found = ["".join(node.text or "" for node in one.iter(f"{W}t")) for one in root.iter(f"{W}p")]
    return [text for text in found if text], {"".join(run.itertext()) for run in marked}


def test_where_nobody_wrote_there_is_a_highlighted_blank_and_no_statement() -> None:
    data = samples.report(2)
    empty = replace(data.narrative, strengths=NarrativeText(()), next_year=NarrativeText((), "Chưa có nội dung."))
    found, marked = paragraphs(replace(data, narrative=empty))
    gap = found[found.index("1. Ưu điểm") + 1]
    assert not gap.strip()
    assert gap in marked
    assert "Chưa có nội dung." not in found
    assert "Không có." not in found


@pytest.mark.parametrize("nothing", ["Không có.", "không", "Không có kiến nghị", "Không có đề xuất, kiến nghị gì."])
def test_there_is_nothing_only_where_somebody_said_so(nothing: str) -> None:
    data = samples.report(2)
    said = replace(data.narrative, proposals_central=samples.words(nothing))
    found, _ = paragraphs(replace(data, narrative=said))
    assert found[found.index("1. Với Trung ương") + 1] == "Không có."
    both = NarrativeText((*samples.words(nothing).voices, *samples.words("Bố trí vốn.", "Sở Xây dựng").voices))
    found, _ = paragraphs(replace(data, narrative=replace(data.narrative, proposals_central=both)))
    assert found[found.index("1. Với Trung ương") + 1] == "- Sở Xây dựng: Bố trí vốn."
    assert "Không có." not in found


def test_the_lines_of_an_agency_stand_below_its_name() -> None:
    data = samples.report(2)
    text = "- Hoàn thành 04 trạm\n- Tiếp tục đầu tư 02 trạm"
    found, _ = paragraphs(replace(data, narrative=replace(data.narrative, limits=samples.words(text))))
    at = found.index("2. Tồn tại, hạn chế")
    assert found[at + 1 : at + 4] == ["- Sở Y tế:", "+ Hoàn thành 04 trạm", "+ Tiếp tục đầu tư 02 trạm"]


def test_what_is_open_or_in_doubt_is_highlighted() -> None:
    data = samples.report(2)
    first, *rest = data.indicators.groups[0].lines
    group = replace(data.indicators.groups[0], lines=(replace(first, doubtful=True), *rest))
    task = replace(
        data.tasks.groups[0].lines[0], lead="Sở Xây dựng, cần xác nhận (Kế hoạch ghi: Sở Giao thông vận tải)"
    )
    tasks = replace(data.tasks, groups=(replace(data.tasks.groups[0], lines=(task,)),))
    found, marked = paragraphs(replace(data, indicators=replace(data.indicators, groups=(group,)), tasks=tasks))
    assert f"{first.word} (cần kiểm tra)" in found
    assert {"cần kiểm tra", "cần xác nhận"} <= marked


def test_sections_for_a_wider_report_have_no_head_and_no_foot() -> None:
    data = replace(samples.report(2), part=True)
    result = render(template("bao-cao-nam"), variables(report_view(data)), data.expected)
    found = texts(result)
    assert not {"Nơi nhận:", "BÁO CÁO", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"} & set(found)
    assert "III. ĐÁNH GIÁ CHUNG" in found


def test_links_and_macros_of_no_kind_are_in_the_result() -> None:
    found = names(document("bao-cao-nam"))
    assert not [name for name in found if re.search(r"vba|\.bin|activeX|media", name)]
    assert "TargetMode" not in part(document("bao-cao-nam"), "word/_rels/document.xml.rels")
