"""The layout of rendered documents, element by element, against the numbers of the rules themselves, not of our profiles."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

import pytest
from lxml import etree
from msgspec.structs import replace

from kehoach_cli.core.model.word_document import TextLook
from kehoach_cli.core.report.model import Body, ReportKind
from kehoach_cli.office.reading import Styles, runs
from kehoach_cli.word.context import report_view
from kehoach_cli.word.render import render
from kehoach_cli.word.template_variables import variables
from kehoach_cli.word.text_width import width_mm
from tests.word import samples
from tests.word.packages import W, document, names, part, read, template, texts

STATE, AGENCY, PARTY, LETTER, PARTY_LETTER, SUMMARY, PARTY_SUMMARY, CONSOLIDATED, PARTY_CONSOLIDATED = (
    "bao-cao-nam", "bao-cao-co-quan", "bao-cao-dang", "cong-van-don-doc", "cong-van-don-doc-dang",
    "tong-hop-ky", "tong-hop-ky-dang", "van-ban-hop-nhat", "van-ban-hop-nhat-dang",
)  # fmt: skip
EVERY = (
    STATE, AGENCY, PARTY, LETTER, PARTY_LETTER, SUMMARY, PARTY_SUMMARY, CONSOLIDATED, PARTY_CONSOLIDATED,
)  # fmt: skip
REPORTS = (STATE, AGENCY, PARTY)
SUMMARIES = (SUMMARY, PARTY_SUMMARY)
MM = 1440 / 25.4
QUOC_HIEU, TIEU_NGU = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
DANG = "ĐẢNG CỘNG SẢN VIỆT NAM"


@dataclass(frozen=True)
class Printed:
    """A paragraph of a document: its text, how its first letters look, and its properties added up."""

    text: str
    look: TextLook
    element: etree._Element
    styles: Styles
    runs: tuple[str, ...]

    def of(self, name: str) -> dict[str, str]:
        """Return the attributes of a paragraph property, from the paragraph or its style."""
        found: dict[str, str] = {}
        for holder in reversed([self.element, *self.styles.chain(self.element)]):
            own = holder.find(f"{W}pPr/{W}{name}")
            if own is not None:
                found |= {key.removeprefix(W): value for key, value in own.attrib.items()}
        return found

    def has(self, name: str) -> bool:
        """Whether a paragraph property is set."""
        return any(
            holder.find(f"{W}pPr/{W}{name}") is not None for holder in (self.element, *self.styles.chain(self.element))
        )

    @property
    def align(self) -> str:
        return self.of("jc").get("val", "left")


def sections(kind: str) -> list[etree._Element]:
    """Return the properties of the sections of a document."""
    return list(etree.fromstring(part(document(kind)).encode()).iter(f"{W}sectPr"))


def header(kind: str, section: etree._Element, which: str) -> str:
    """Return the text and the fields of a page header of a section."""
    (reference,) = (one for one in section.iter(f"{W}headerReference") if one.get(f"{W}type") == which)
    relations = etree.fromstring(part(document(kind), "word/_rels/document.xml.rels").encode())
    targets = {one.get("Id"): one.get("Target") for one in relations}
    name = targets[reference.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")]
    return "".join(etree.fromstring(part(document(kind), f"word/{name}").encode()).itertext())


def printed(kind: str) -> list[Printed]:
    """Return the paragraphs of a sample document that have text."""
    data = document(kind)
    styles = Styles(etree.fromstring(part(data, "word/styles.xml").encode()))
    found = []
    for paragraph in etree.fromstring(part(data).encode()).iter(f"{W}p"):
        base = styles.of_paragraph(paragraph)
        own = [(run, "".join(node.text or "" for node in run.iter(f"{W}t"))) for run in runs(paragraph)]
        own = [(run, text) for run, text in own if text]
        if own:
            look = styles.of_run(own[0][0], base)
            found.append(
                Printed("".join(text for _, text in own), look, paragraph, styles, tuple(text for _, text in own))
            )
    return found


def one(kind: str, beginning: str) -> Printed:
    """Return the first paragraph that begins so."""
    return next(found for found in printed(kind) if found.text.startswith(beginning))


UP, BOLD, ITALIC, BOLD_ITALIC = (False, False), (True, False), (False, True), (True, True)
ELEMENTS = [
    # document, beginning of the text, sizes the rule allows, (bold, italic), alignment
    (STATE, QUOC_HIEU, (12, 13), BOLD, "center"),
    (STATE, TIEU_NGU, (13, 14), BOLD, "center"),
    (STATE, "UBND TỈNH THANH HÓA", (12, 13), UP, "center"),
    (STATE, "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", (12, 13), BOLD, "center"),
    (STATE, "Số: 05/BC-SNNMT", (13, 13), UP, "center"),
    (STATE, "Thanh Hóa, ngày 08 tháng 12 năm 2025", (13, 14), ITALIC, "center"),
    (STATE, "BÁO CÁO", (13, 14), BOLD, "center"),
    (STATE, "Kết quả thực hiện", (13, 14), BOLD, "center"),
    (STATE, "Kính gửi:", (13, 14), UP, "left"),
    (STATE, "Thực hiện Kế hoạch", (13, 14), UP, "both"),
    (STATE, "I. CÔNG TÁC", (13, 14), BOLD, "both"),
    (STATE, "1. Kết quả thực hiện các chỉ tiêu", (13, 14), BOLD, "both"),
    (STATE, "a) Nguyên nhân khách quan", (13, 14), UP, "both"),
    (STATE, "KT. GIÁM ĐỐC", (13, 14), BOLD, "center"),
    (STATE, "PHÓ GIÁM ĐỐC", (13, 14), BOLD, "center"),
    (STATE, "Nguyễn Văn A", (13, 14), BOLD, "center"),
    (STATE, "Nơi nhận:", (12, 12), BOLD_ITALIC, "left"),
    (STATE, "- Như trên;", (11, 11), UP, "left"),
    (STATE, "- Lưu: VT, BVMT.", (11, 11), UP, "left"),
    (STATE, "BIỂU TỔNG HỢP KẾT QUẢ", (13, 14), BOLD, "center"),
    (STATE, "(Kèm theo Báo cáo số 05/BC-SNNMT ngày 08 tháng 12", (13, 14), ITALIC, "center"),
    (LETTER, "V/v đôn đốc", (12, 13), UP, "center"),
    (LETTER, "Kính gửi: Sở Xây dựng.", (13, 14), UP, "center"),
    (AGENCY, "BÁO CÁO", (13, 14), BOLD, "center"),
    (PARTY, DANG, (15, 15), BOLD, "center"),
    (PARTY, "TỈNH ỦY THANH HÓA", (14, 14), UP, "center"),
    (PARTY, "VĂN PHÒNG", (14, 14), BOLD, "center"),
    (PARTY, "*", (14, 14), UP, "center"),
    (PARTY, "Số 12-BC/VPTU", (14, 14), UP, "center"),
    (PARTY, "Thanh Hóa, ngày 05 tháng 01 năm 2026", (14, 14), ITALIC, "center"),
    (PARTY, "BÁO CÁO", (15, 16), BOLD, "center"),
    (PARTY, "kết quả thực hiện", (14, 15), BOLD, "center"),
    (PARTY, "-----", (14, 15), UP, "center"),
    (PARTY, "Thực hiện Kế hoạch", (14, 15), UP, "both"),
    (PARTY, "CHÁNH VĂN PHÒNG", (14, 14), UP, "center"),
    (PARTY, "Nơi nhận:", (14, 14), UP, "left"),
    (PARTY, "- Như trên;", (12, 12), UP, "left"),
    (PARTY, "- Lưu Văn phòng Tỉnh ủy.", (12, 12), UP, "left"),
    (PARTY_LETTER, DANG, (15, 15), BOLD, "center"),
]


@pytest.mark.parametrize(("kind", "text", "sizes", "weight", "align"), ELEMENTS)
def test_each_element_has_its_size_weight_and_place(
    kind: str, text: str, sizes: tuple[int, int], weight: tuple[bool, bool], align: str
) -> None:
    found = one(kind, text)
    assert sizes[0] <= found.look.size <= sizes[1]
    assert (found.look.bold, found.look.italic) == weight
    assert found.align == align
    assert not found.look.capitals
    assert found.look.underline is (kind == PARTY and text == "Nơi nhận:")


@pytest.mark.parametrize("kind", EVERY)
def test_one_font_is_named_for_every_script(kind: str) -> None:
    data = document(kind)
    for name in names(data):
        if name.endswith(".xml") and name.startswith("word/"):
            text = part(data, name)
            assert set(re.findall(r'w:(?:ascii|hAnsi|cs|eastAsia)="([^"]*[A-Za-z]{4}[^"]*)"', text)) <= {
                "Times New Roman"
            }
            assert "Theme=" not in text
            assert set(re.findall(r'typeface="([^"]*)"', text)) <= {"Times New Roman"}
    default = re.search(r"<w:rPrDefault>.*?</w:rPrDefault>", part(data, "word/styles.xml"))
    assert default
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        assert f'w:{script}="Times New Roman"' in default[0]


@pytest.mark.parametrize("kind", EVERY)
def test_all_text_is_composed(kind: str) -> None:
    text = part(document(kind))
    assert unicodedata.is_normalized("NFC", text)
    assert "w:caps" not in text + part(document(kind), "word/styles.xml")


@pytest.mark.parametrize("kind", EVERY)
def test_pages_are_a4_with_margins_in_the_ranges(kind: str) -> None:
    for number, section in enumerate(sections(kind)):
        size, margins = section.find(f"{W}pgSz").attrib, section.find(f"{W}pgMar").attrib
        paper = round(int(size[f"{W}w"]) / MM), round(int(size[f"{W}h"]) / MM)
        landscape = number > 0 or kind in SUMMARIES
        assert paper == ((297, 210) if landscape else (210, 297))
        for side, low, high in (("top", 20, 25), ("bottom", 20, 25), ("left", 30, 35), ("right", 15, 20)):
            assert low - 0.1 <= int(margins[f"{W}{side}"]) / MM <= high + 0.1


@pytest.mark.parametrize("kind", EVERY)
def test_page_numbers_stand_in_the_top_margin_and_not_on_the_first_page(kind: str) -> None:
    data = document(kind)
    for section in sections(kind):
        assert section.find(f"{W}titlePg") is not None
        assert section.find(f"{W}pgNumType").get(f"{W}start") == "1"
        assert "PAGE" in header(kind, section, "default")
        assert "PAGE" not in header(kind, section, "first")
        assert round(int(section.find(f"{W}pgMar").get(f"{W}header")) / MM) == 10
    style = re.search(r'w:styleId="KHPageNumber">.*?</w:style>', part(data, "word/styles.xml"))
    assert style
    assert '<w:jc w:val="center"/>' in style[0]
    size = re.search(r'<w:sz w:val="(\d+)"/>', style[0])
    assert size
    assert int(size[1]) in ({28} if kind in {PARTY, PARTY_LETTER, PARTY_SUMMARY} else {26, 28})


@pytest.mark.parametrize("kind", EVERY)
def test_there_is_one_title_of_one_kind(kind: str) -> None:
    found = [text for text in texts(document(kind)) if text in {QUOC_HIEU, TIEU_NGU, DANG}]
    assert found == (
        [DANG] if kind in {PARTY, PARTY_LETTER, PARTY_SUMMARY, PARTY_CONSOLIDATED} else [QUOC_HIEU, TIEU_NGU]
    )


@pytest.mark.parametrize("kind", EVERY)
def test_fixed_words_stand_unbroken_in_one_run(kind: str) -> None:
    for found in printed(kind):
        if found.text in {QUOC_HIEU, TIEU_NGU, DANG}:
            assert len(found.runs) == 1
        if found.text.endswith("./.") and not found.text.startswith(
            ("Mã trong", "Số liệu", "Nhiệm vụ có", "Biểu đồ vẽ")
        ):
            assert found.runs[-1] == "./."


@pytest.mark.parametrize("kind", EVERY)
def test_the_text_ends_with_its_mark_and_stays_with_the_signature(kind: str) -> None:
    paragraphs = printed(kind)
    texts_ = [found.text for found in paragraphs]
    last = paragraphs[texts_.index("Nơi nhận:") - 1]
    assert last.text.endswith("./.")
    assert not last.text.endswith((" ./.", "../."))
    assert last.has("keepNext")
    table = next(one(kind, "Nơi nhận:").element.iterancestors(f"{W}tbl"))
    row = table.find(f"{W}tr")
    assert row.find(f"{W}trPr/{W}cantSplit") is not None
    assert len(row.findall(f"{W}tc")) == 2


@pytest.mark.parametrize(("kind", "indent", "lines"), [(STATE, (10, 12.7), "auto"), (PARTY, (9, 11), "exact")])
def test_paragraphs_of_the_text(kind: str, indent: tuple[float, float], lines: str) -> None:
    found = one(kind, "Thực hiện Kế hoạch")
    first = int(found.of("ind")["firstLine"]) / MM
    assert indent[0] - 0.1 <= first <= indent[1] + 0.1
    spacing = found.of("spacing")
    assert int(spacing["before"]) + int(spacing["after"]) >= 6 * 20
    assert spacing["lineRule"] == lines
    line = int(spacing["line"])
    assert 240 <= line <= 360 if lines == "auto" else 18 * 20 <= line <= 22 * 20


def test_parts_are_in_capitals_and_clauses_are_not() -> None:
    parts = [found for found in printed(STATE) if re.match(r"(I|II|III|IV|V)\. ", found.text) and found.align == "both"]
    assert [found.text.split(".")[0] for found in parts] == ["I", "II", "III", "IV", "V"]
    assert all(found.text.isupper() for found in parts)


@pytest.mark.parametrize("kind", EVERY)
def test_head_and_foot_are_tables_without_a_frame(kind: str) -> None:
    data = document(kind)
    tables = list(etree.fromstring(part(data).encode()).iter(f"{W}tbl"))
    style = re.search(r'w:styleId="KHPlain">.*?</w:style>', part(data, "word/styles.xml"))
    assert style
    assert set(re.findall(r'<w:(?:top|left|bottom|right|insideH|insideV) w:val="(\w+)"', style[0])) == {"nil"}
    plain = [table for table in tables if table.find(f"{W}tblPr/{W}tblStyle").get(f"{W}val") == "KHPlain"]
    assert len(plain) == 2
    for table in plain:
        assert not list(table.iter(f"{W}tcBorders"))
        assert table.find(f"{W}tblPr/{W}tblBorders") is None


@pytest.mark.parametrize("kind", EVERY)
def test_number_and_date_are_level_and_so_are_issuer_and_title(kind: str) -> None:
    head = next(etree.fromstring(part(document(kind)).encode()).iter(f"{W}tbl"))
    first, second = head.findall(f"{W}tr")
    left, right = ("".join(cell.itertext()) for cell in first.findall(f"{W}tc"))
    assert left.startswith(("UBND TỈNH", "TỈNH ỦY"))
    assert right.startswith((QUOC_HIEU, DANG))
    number, date = ("".join(cell.itertext()) for cell in second.findall(f"{W}tc"))
    assert number.startswith("Số")
    assert "ngày" in date
    assert sum(
        int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) for cell in first.findall(f"{W}tc")
    ) / MM == pytest.approx(252 if kind in SUMMARIES else 165, abs=0.2)


def rule_below(kind: str, beginning: str, room: float) -> float:
    """Return the length of the rule below a paragraph, in millimetres, in a column of so many."""
    line = one(kind, beginning).element.getnext()
    styles = Styles(etree.fromstring(part(document(kind), "word/styles.xml").encode()))
    assert any(style.find(f"{W}pPr/{W}pBdr/{W}bottom") is not None for style in styles.chain(line))
    assert not "".join(line.itertext())
    indent = line.find(f"{W}pPr/{W}ind").attrib
    return room - (int(indent[f"{W}left"]) + int(indent[f"{W}right"])) / MM


def test_rules_are_drawn_at_their_lengths() -> None:
    motto = width_mm(TIEU_NGU, 13, bold=True)
    assert rule_below(STATE, TIEU_NGU, 90) == pytest.approx(motto, rel=0.02)
    assert rule_below(PARTY, DANG, 90) == pytest.approx(width_mm(DANG, 15, bold=True), rel=0.02)
    issuer = width_mm("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", 12, bold=True)
    assert issuer / 3 <= rule_below(STATE, "SỞ NÔNG NGHIỆP", 75) <= issuer / 2
    assert 165 / 3 <= rule_below(STATE, "Kết quả thực hiện", 165) <= 165 / 2


@pytest.mark.parametrize(
    ("text", "size", "bold", "wide"),
    [
        ("Độc lập - Tự do - Hạnh phúc", 13, True, 56.1),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True, 87.7),
        ("ĐẢNG CỘNG SẢN VIỆT NAM", 15, True, 72.7),
        ("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", 12, True, 73.9),
        ("UBND TỈNH THANH HÓA", 12, False, 49.1),
        ("TỈNH ỦY THANH HÓA", 14, False, 50.3),
    ],
)
def test_lines_are_measured_as_the_font_is(text: str, size: float, bold: bool, wide: float) -> None:  # noqa: FBT001 - parametrized
    # Widths measured with a font that has the metrics of Times New Roman.
    assert width_mm(text, size, bold=bold) == pytest.approx(wide, rel=0.025)


@pytest.mark.parametrize("kind", REPORTS)
def test_appendices_are_landscape_numbered_and_mentioned(kind: str) -> None:
    found = read(kind)
    appendices = found.elements.appendices
    printed_numbers = [appendix.number for appendix in appendices]
    assert printed_numbers == ["I", "II", "III", "IV", "V", "VI"][: len(printed_numbers)]
    assert len(printed_numbers) == (4 if kind == AGENCY else 6)
    assert [section.find(f"{W}pgSz").get(f"{W}orient") for section in sections(kind)] == [
        None,
        *["landscape"] * len(printed_numbers),
    ]
    text = " ".join(line.text for line in found.lines[: found.elements.closing_index])
    for line in (appendix.heading for appendix in appendices):
        assert re.search(rf"{line.text}\b", text)
        assert line.text.startswith("Phụ lục ")
        heading = one(kind, line.text)
        assert (heading.look.size, heading.look.bold, heading.align) == (14, True, "center")


@pytest.mark.parametrize("kind", REPORTS)
def test_each_appendix_has_title_reference_and_end(kind: str) -> None:
    found = texts(document(kind))
    for number in ("Phụ lục I", "Phụ lục II"):
        at = found.index(number)
        assert found[at + 1].isupper()
        assert found[at + 2].startswith("(Kèm theo Báo cáo số ")
    remarks = [text for text in found if text.endswith("./.")]
    assert len(remarks) == 1 + len(read(kind).elements.appendices)


@pytest.mark.parametrize("kind", EVERY)
def test_data_tables_repeat_their_head_and_keep_rows_whole(kind: str) -> None:
    tables = [
        table
        for table in etree.fromstring(part(document(kind)).encode()).iter(f"{W}tbl")
        if table.find(f"{W}tblPr/{W}tblStyle").get(f"{W}val") == "KHGrid"
    ]
    assert tables
    for table in tables:
        rows = table.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert not any(row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows[1:])
        width = sum(int(column.get(f"{W}w")) for column in table.find(f"{W}tblGrid")) / MM
        assert width == pytest.approx(165, abs=0.5) or width == pytest.approx(252, abs=0.5)


def test_the_table_by_agency_adds_up_as_printed() -> None:
    rows = [
        [cell.text for cell in row]
        for row in (
            [etree.ElementTree(cell).getroot() for cell in row.iter(f"{W}t")]
            for table in etree.fromstring(part(document(STATE)).encode()).iter(f"{W}tbl")
            for row in table.iter(f"{W}tr")
        )
    ]
    total = next(row for row in rows if row[:1] == ["Tổng"])
    assert int(total[1]) == sum(int(cell) for cell in total[2:-1] if cell != "-") == 12
    assert "0" not in total[2:-1]


def columns_of(result: bytes, title: str) -> dict[str, float]:
    """Return the columns of a table, by its first headings, with their widths in millimetres."""
    for table in etree.fromstring(part(result).encode()).iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        heads = ["".join(cell.itertext()) for cell in rows[0].findall(f"{W}tc")]
        if title in heads:
            widths = [int(column.get(f"{W}w")) / MM for column in table.find(f"{W}tblGrid")]
            spans = {int(span.get(f"{W}val")) for span in table.iter(f"{W}gridSpan")}
            assert spans <= {len(heads)}
            return dict(zip(heads, widths, strict=True))
    raise AssertionError(title)


def tasks_report(**changed: str) -> bytes:
    """Return a sample report whose tasks all say the same in some columns."""
    data = samples.report(6)
    (group,) = data.tasks.groups
    group = replace(group, lines=tuple(replace(line, **changed) for line in group.lines))
    data = replace(data, tasks=replace(data.tasks, groups=(group,)))
    return render(template(STATE), variables(report_view(data)), data.expected)


def test_a_column_in_which_no_row_says_anything_is_left_out() -> None:
    silent = columns_of(tasks_report(outputs="-", note="-", difficulty=""), "Kết quả thực hiện")
    assert not {"Sản phẩm theo Kế hoạch", "Ghi chú", "Khó khăn, vướng mắc"} & silent.keys()
    spoken = columns_of(tasks_report(outputs="Báo cáo", note="Theo Luật", difficulty="Thiếu vốn"), "Kết quả thực hiện")
    assert {"Sản phẩm theo Kế hoạch", "Ghi chú", "Khó khăn, vướng mắc"} <= spoken.keys()
    assert sum(silent.values()) == pytest.approx(sum(spoken.values()), abs=0.5) == pytest.approx(252, abs=0.5)


def test_a_column_that_must_be_there_stays_without_content() -> None:
    assert {"TT", "Nhiệm vụ", "Chủ trì", "Trạng thái"} <= columns_of(
        tasks_report(result="-"), "Kết quả thực hiện"
    ).keys()


def test_the_column_with_long_results_is_the_widest() -> None:
    short = columns_of(tasks_report(result="Đã xong"), "Kết quả thực hiện")["Kết quả thực hiện"]
    columns = columns_of(tasks_report(result="Đã hoàn thành trạm xử lý nước thải. " * 40), "Kết quả thực hiện")
    assert columns["Kết quả thực hiện"] == max(columns.values()) > short
    assert columns["Kết quả thực hiện"] >= 252 / 3
    assert min(width for name, width in columns.items() if name not in {"TT", "Thời hạn"}) >= 12


@pytest.mark.parametrize("kind", REPORTS)
def test_an_appendix_ends_below_its_chart(kind: str) -> None:
    body = etree.fromstring(part(document(kind)).encode()).find(f"{W}body")
    drawn = [node for node in body.findall(f"{W}p") if node.find(f".//{W}drawing") is not None]
    for paragraph in drawn:
        assert "".join(paragraph.getnext().itertext()) == "Biểu đồ vẽ theo số liệu của bảng trên./."
        before = "".join(paragraph.getprevious().findall(f"{W}tr")[-1].itertext())
        assert before.endswith(".")
        assert not before.endswith("./.")


def rows_by_id(result: bytes) -> dict[str, etree._Element]:
    """Return the rows of tables that end with an id in brackets in their second cell."""
    rows = etree.fromstring(part(result).encode()).iter(f"{W}tr")
    found = ((re.search(r"\(([A-Z0-9.]+)\)", "".join(row.itertext())), row) for row in rows)
    return {match[1]: row for match, row in reversed(list(found)) if match}


@pytest.mark.parametrize(("kind", "lines"), [(STATE, 30), (PARTY, 60), (STATE, 400)])
def test_a_row_much_higher_than_others_may_break_and_no_other(kind: str, lines: int) -> None:
    data = samples.report(6, ReportKind(kind))
    (group,) = data.tasks.groups
    long = replace(group.lines[2], result="\n".join(f"- Đã hoàn thành trạm số {number}" for number in range(lines)))
    changed = replace(group, lines=(*group.lines[:2], long, *group.lines[3:]))
    data = replace(data, tasks=replace(data.tasks, groups=(changed,)))
    rows = rows_by_id(render(template(kind), variables(report_view(data)), data.expected))
    whole = {row_id: row.find(f"{W}trPr/{W}cantSplit") is not None for row_id, row in rows.items()}
    assert whole == {row_id: row_id != long.id for row_id in whole}
    assert "".join(rows[long.id].itertext()).count("Đã hoàn thành trạm số") == lines
    assert len(list(rows[long.id].iter(f"{W}br"))) >= lines - 1


def rows_of_tables(kind: str) -> list[etree._Element]:
    """Return the rows of all tables of a sample document."""
    return list(etree.fromstring(part(document(kind)).encode()).iter(f"{W}tr"))


@pytest.mark.parametrize("kind", REPORTS)
def test_the_head_of_a_table_stays_with_its_first_row(kind: str) -> None:
    heads = [row for row in rows_of_tables(kind) if row.find(f"{W}trPr/{W}tblHeader") is not None]
    assert len(heads) >= 4
    for head in heads:
        assert all(cell.find(f"{W}pPr/{W}keepNext") is not None for cell in head.iter(f"{W}p"))


def test_numbers_of_the_plan_say_that_they_are_its() -> None:
    data = samples.report(3)
    (group,) = data.tasks.groups
    group = replace(group, id="III.1", number="III.1", place="Mục III.1 của Kế hoạch")
    other = replace(group, lines=samples.task_lines(2, 4, "III.2"), place="Mục III.2 của Kế hoạch")
    data = replace(data, tasks=replace(data.tasks, groups=(group, other)))
    found = texts(render(template(STATE), variables(report_view(data)), data.expected))
    assert "Mục III.1 của Kế hoạch: Nhóm nhiệm vụ về hạ tầng" in found
    assert "- Mục III.2 của Kế hoạch (Nhóm nhiệm vụ về hạ tầng): 3 nhiệm vụ." in found
    assert not [text for text in found if text.startswith(("- III.", "III.1", "III.2"))]


@pytest.mark.parametrize("kind", EVERY)
def test_notes_for_the_drafter_and_the_tool_are_not_in_the_document(kind: str) -> None:
    text = " ".join(texts(document(kind)))
    assert "kehoach" not in text.lower()
    assert "GHI CHÚ" not in text
    for note in samples.report().notes:
        assert note not in text


def test_a_committee_has_two_bold_lines_and_no_parent() -> None:
    data = samples.report(2)
    identity = replace(
        samples.STATE_IDENTITY,
        parent=(),
        issuer=("ỦY BAN NHÂN DÂN", "TỈNH THANH HÓA"),
        symbol="BC-UBND",
        authority=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"),
        title="PHÓ CHỦ TỊCH",
    )
    data = replace(data, identity=identity, routing=replace(data.routing, recipients=(Body("bo", "Bộ Tài chính"),)))
    found = texts(render(template(STATE), variables(report_view(data)), data.expected))
    assert found[:2] == ["ỦY BAN NHÂN DÂN", "TỈNH THANH HÓA"]
    assert "Kính gửi: Bộ Tài chính." in found
    at = found.index("TM. ỦY BAN NHÂN DÂN")
    assert found[at : at + 4] == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Văn A"]


@pytest.mark.parametrize(
    ("number", "printed_as"),
    [
        ("5", "Số: 05/BC-SNNMT"),
        ("05", "Số: 05/BC-SNNMT"),
        ("12", "Số: 12/BC-SNNMT"),
        ("9" * 5000, f"Số: {'9' * 5000}/BC-SNNMT"),
    ],
)
def test_numbers_below_ten_are_padded(number: str, printed_as: str) -> None:
    data = samples.report(1)
    view = report_view(replace(data, identity=replace(data.identity, number=number)))
    assert view.head.number == printed_as


@pytest.mark.parametrize(
    ("day", "printed_as"),
    [
        ("2026-01-05", "ngày 05 tháng 01 năm 2026"),
        ("2029-06-29", "ngày 29 tháng 6 năm 2029"),
        ("2025-02-10", "ngày 10 tháng 02 năm 2025"),
        ("2025-12-08", "ngày 08 tháng 12 năm 2025"),
    ],
)
def test_days_and_months_are_padded_by_the_rule(day: str, printed_as: str) -> None:

    data = samples.report(1)
    view = report_view(replace(data, identity=replace(data.identity, dated=date.fromisoformat(day))))
    assert view.head.place_date == f"Thanh Hóa, {printed_as}"


def test_the_properties_of_the_file_are_filled() -> None:
    core = part(document(STATE), "docProps/core.xml")
    assert "Kết quả thực hiện Kế hoạch số 176/KH-UBND" in core
    assert "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG" in core
    assert "vi-VN" in core
    assert "{{" not in core
