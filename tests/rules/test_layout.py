"""The rules of layout: our own documents pass, each planted fault is found and nothing else, hostile files end with a message."""

import io
import json
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from kehoach_cli.core.model.finding import Finding
from kehoach_cli.office.docx_package import PackageError
from kehoach_cli.office.profile import load_profile, profile_for
from kehoach_cli.office.word_document import read_word_document
from kehoach_cli.rules import RULES
from kehoach_cli.rules.base import FoundBy
from kehoach_cli.rules.engine import check_layout
from tests.conftest import Ran
from tests.office.packages import archive as zipped
from tests.office.packages import parts_of
from tests.word.packages import BODY, changed, finished, replaced

Kehoach = Callable[..., Ran]
STATE, PARTY, LETTER = "bao-cao-nam", "bao-cao-dang", "cong-van-don-doc"
STYLES = "word/styles.xml"


def checked(data: bytes, profile: str | None = None) -> list[Finding]:
    read = read_word_document(data)
    return check_layout("t.docx", read, load_profile(profile) if profile else profile_for(read))


def found(data: bytes, profile: str | None = None) -> list[tuple[str, str]]:
    return [(finding.code, finding.message) for finding in checked(data, profile)]


@pytest.mark.parametrize(
    "kind", [STATE, "bao-cao-co-quan", PARTY, LETTER, "cong-van-don-doc-dang", "tong-hop-ky", "tong-hop-ky-dang"]
)
def test_our_own_documents_pass(kind: str) -> None:
    assert checked(finished(kind)) == []
    profile = profile_for(read_word_document(finished(kind)))
    assert profile.id == ("hd05-vptw-2026" if kind.endswith("dang") else "nd30-2020")


def looks(style: str, change: Callable[[str], str]) -> Callable[[bytes], bytes]:
    """Change one paragraph style."""

    def apply(data: bytes) -> bytes:
        pattern = rf'(<w:style [^>]*w:styleId="{style}">.*?</w:style>)'
        return changed(data, lambda xml: re.sub(pattern, lambda one: change(one[1]), xml, flags=re.DOTALL), STYLES)

    return apply


def text(old: str, new: str, name: str = BODY) -> Callable[[bytes], bytes]:
    """Replace some text."""
    return lambda data: replaced(data, old, new, name)


def every(old: str, new: str, name: str = BODY) -> Callable[[bytes], bytes]:
    """Replace every occurrence of a pattern."""
    return lambda data: changed(data, lambda xml: re.sub(old, new, xml, flags=re.DOTALL), name)


def size(points: int) -> Callable[[str], str]:
    return lambda xml: re.sub(r'w:val="\d+"/><w:szCs', f'w:val="{points * 2}"/><w:szCs', xml)


def caps(xml: str) -> str:
    return xml.replace("<w:b/>", "<w:caps/><w:b/>")


def committee(data: bytes) -> bytes:
    """Let a people's committee issue the document: its name takes the lines of parent body and issuer."""
    data = replaced(data, ">UBND TỈNH THANH HÓA<", ">ỦY BAN NHÂN DÂN<")
    return replaced(data, ">SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG<", ">TỈNH THANH HÓA<")


def sized_body(points: int) -> Callable[[bytes], bytes]:
    """Set the first paragraph of the text in letters of another size."""
    size_xml = f'<w:rPr><w:sz w:val="{points * 2}"/></w:rPr>'
    return lambda data: changed(
        data, lambda xml: re.sub(r'(w:val="KHBody"/>.*?<w:r>)(<w:t)', rf"\1{size_xml}\2", xml, count=1, flags=re.DOTALL)
    )


def highlighted(words: str, instead_of: str | None = None) -> Callable[[bytes], bytes]:
    """Highlight some words, which may stand in the place of others."""
    look = '<w:rPr><w:highlight w:val="yellow"/></w:rPr>'
    run = f'<w:r>{look}<w:t xml:space="preserve">{words}</w:t></w:r>'
    pattern = rf"<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t[^>]*>{re.escape(instead_of or words)}</w:t></w:r>"
    return every(pattern, run)


TYPED_RULE = "<w:p><w:r><w:t>__________</w:t></w:r></w:p>"
PLANTED = [
    # document, change, code, words of the message
    (STATE, every(r'w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"'), "K702", "khổ giấy 216 × 279 mm"),
    (STATE, text('w:left="1701"', 'w:left="1134"'), "K702", "lề trái 20 mm, phải từ 30 đến 35 mm"),
    (STATE, text('w:top="1134"', 'w:top="567"'), "K702", "lề trên 10 mm"),
    (STATE, every('"Times New Roman"', '"Calibri"', STYLES), "K703", 'phông chữ "Calibri"'),
    (STATE, text("<w:r><w:t", '<w:r><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr><w:t'), "K703", ".VnTime"),
    (STATE, text("Nhóm nhiệm vụ", "Nho\u0301m nhie\u0323\u0302m vu\u0323"), "K704", "Unicode dựng sẵn"),
    (STATE, text("Độc lập - Tự do - Hạnh phúc", "Độc lập – Tự do – Hạnh phúc"), "K705", "phải viết"),
    (STATE, text("Độc lập - Tự do - Hạnh phúc", "Độc lập"), "K705", "thiếu tiêu ngữ"),
    (STATE, text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CHÍNH PHỦ"), "K705", "thiếu"),
    (STATE, text("Khen thưởng 02 tập thể.", "ĐẢNG CỘNG SẢN VIỆT NAM"), "K705", "mỗi văn bản chỉ theo một thể thức"),
    (STATE, looks("KHNation", size(15)), "K706", "quốc hiệu"),
    (STATE, looks("KHMotto", lambda xml: xml.replace("<w:b/>", "")), "K706", "phải in đậm"),
    (STATE, looks("KHPlaceDate", lambda xml: xml.replace("<w:i/>", "")), "K706", "phải in nghiêng"),
    (STATE, looks("KHRecipients", size(13)), "K706", "cỡ 13, phải là cỡ 11"),
    (STATE, looks("KHSummary", lambda xml: xml.replace("<w:b/>", "")), "K706", "trích yếu"),
    (STATE, looks("KHBody", size(11)), "K706", "nội dung cỡ 11"),
    (STATE, looks("KHMotto", lambda xml: xml.replace("<w:b/>", '<w:b/><w:u w:val="single"/>')), "K706", "không được gạch chân"),
    (STATE, looks("KHAppendixNumber", size(12)), "K706", "số phụ lục"),
    (STATE, text("Số: 05/BC-SNNMT", "Số 05/BC-SNNMT"), "K707", 'phải viết "Số:"'),
    (STATE, text("Số: 05/BC-SNNMT", "Số: 5/BC-SNNMT"), "K707", "thêm số 0"),
    (STATE, text("Số: 05/BC-SNNMT", "Số: 05 / BC - SNNMT"), "K707", "không đúng dạng"),
    (STATE, text("Thanh Hóa, ngày 08", "Thanh Hóa, ngày 8"), "K708", '"8" phải viết "08"'),
    (STATE, every("ngày 08 tháng 12 năm 2025", "ngày 08 tháng 05 năm 2025"), "K708", '"05" phải viết "5"'),
    (STATE, every("ngày 08 tháng 12 năm 2025", "ngày 08 tháng 2 năm 2025"), "K708", '"2" phải viết "02"'),
    (STATE, every("ngày 08 tháng 12 năm 2025", "ngày 31 tháng 11 năm 2025"), "K708", "không có trong lịch"),
    (STATE, text("Thanh Hóa, ngày", "Thanh Hóa ngày"), "K708", "thiếu dấu phẩy"),
    (STATE, text("Thanh Hóa, ngày", ", ngày"), "K708", "thiếu địa danh"),
    (STATE, text(">BÁO CÁO<", ">Báo cáo<"), "K709", "in hoa"),
    (STATE, text(">Kết quả thực hiện Kế hoạch", ">kết quả thực hiện Kế hoạch"), "K710", "phải bắt đầu bằng chữ hoa"),
    (STATE, text(">./.<", ">.<"), "K711", "phải kết thúc bằng"),
    (STATE, text(">./.<", "> ./.<"), "K711", "không được có dấu cách"),
    (STATE, text("Nơi nhận:", "Gửi:"), "K712", "thiếu"),
    (STATE, text("- Lưu: VT, BVMT.", "- Sở Tài chính."), "K712", "phải bắt đầu bằng"),
    (STATE, text("- Lưu: VT, BVMT.", "- Lưu: VT, BVMT;"), "K712", "phải kết thúc bằng dấu chấm"),
    (STATE, text(" PAGE ", " DATE ", "word/header1.xml"), "K713", "thiếu số trang"),
    (STATE, text("<w:titlePg/>", ""), "K713", "ẩn ở trang đầu"),
    (STATE, looks("KHPageNumber", lambda xml: xml.replace('"center"', '"right"')), "K713", "canh giữa"),
    (STATE, every('<w:pgNumType w:start="1"/>', ""), "K713", "bắt đầu từ 1"),
    (STATE, every(">Phụ lục II<", ">Phụ lục 2<"), "K714", 'phải viết "Phụ lục II"'),
    (STATE, every(">Phụ lục I<", ">PHỤ LỤC I<"), "K714", "in thường"),
    (STATE, text("nêu tại Phụ lục I kèm theo", "nêu kèm theo"), "K715", "Phụ lục I"),
    (STATE, lambda data: looks("KHKind", caps)(text(">BÁO CÁO<", ">BÁO CÁo<")(data)), "K716", "định dạng"),
    (STATE, every("<w:tblHeader/>", ""), "K717", "không lặp lại hàng đầu"),
    (STATE, text('<w:tblStyle w:val="KHPlain"/>', '<w:tblStyle w:val="KHGrid"/>'), "K718", "khung kẻ"),
    (STATE, looks("KHRuleTitle", lambda xml: re.sub("<w:pBdr>.*?</w:pBdr>", "", xml)), "K718", "thiếu đường kẻ"),
    (STATE, text("Hạnh phúc</w:t></w:r></w:p>", f"Hạnh phúc</w:t></w:r></w:p>{TYPED_RULE}"), "K718", "gõ bằng ký tự"),
    (STATE, text("KT. GIÁM ĐỐC", "K/T GIÁM ĐỐC"), "K719", '"K/T" là cách viết của văn bản của Đảng'),
    (PARTY, text("Số 12-BC/VPTU", "Số: 12-BC/VPTU"), "K707", 'phải viết "Số"'),
    (PARTY, text("Số 12-BC/VPTU", "Số 12/BC-VPTU"), "K707", "không đúng dạng"),
    (PARTY, text(">kết quả thực hiện", ">Kết quả thực hiện"), "K710", "phải bắt đầu bằng chữ thường"),
    (PARTY, text("- Lưu Văn phòng Tỉnh ủy.", "- Văn thư."), "K712", "phải bắt đầu bằng"),
    (PARTY, looks("KHRecipientsHead", lambda xml: xml.replace('<w:u w:val="single"/>', "")), "K706", "phải gạch chân"),
    (PARTY, looks("KHOffice", lambda xml: xml.replace("<w:sz ", "<w:b/><w:sz ")), "K706", "không được in đậm"),
    (LETTER, text("V/v đôn đốc", "đôn đốc"), "K709", "V/v"),
    (STATE, text("CỘNG HÒA XÃ", "CỘNG HÒA  XÃ"), "K705", "hai dấu cách liền nhau"),
    (STATE, looks("KHIssuer", lambda xml: xml.replace("<w:b/>", "")), "K706", 'cơ quan ban hành "SỞ NÔNG NGHIỆP'),
    (STATE, committee, "K706", 'cơ quan ban hành "ỦY BAN NHÂN DÂN" phải in đậm'),
    (STATE, looks("KHSigner", lambda xml: xml.replace("<w:b/>", "")), "K706", 'họ tên người ký "Nguyễn Văn A"'),
    (STATE, sized_body(12), "K706", "1 đoạn nội dung cỡ 12, phải là cỡ 13 đến 14"),
    (STATE, text("Thanh Hóa, ngày 08", "THANH HÓA, ngày 08"), "K708", 'địa danh "THANH HÓA" phải viết chữ thường'),
    (STATE, text("Thanh Hóa, ngày 08", "THANH HÓA, NGÀY 08"), "K708", 'địa danh "THANH HÓA" phải viết chữ thường'),
    (STATE, text("Khen thưởng 02 tập thể.", "GHI CHÚ CHO NGƯỜI SOẠN"), "K720", "GHI CHÚ CHO NGƯỜI SOẠN"),
    (STATE, text("Số: 05/BC-SNNMT", "Số:      /BC-SNNMT"), "K721", "số văn bản còn để trống"),
    (STATE, text("ngày 08 tháng 12 năm", "ngày ….. tháng 12 năm"), "K721", "ngày, tháng, năm ban hành còn để trống"),
    (STATE, text("Khen thưởng 02 tập thể.", "{{ result }}"), "K721", 'trường của mẫu chưa điền: "{{ result }}"'),
    (STATE, text(">Nguyễn Văn A<", ">…………<"), "K722", 'họ tên người ký dưới "PHÓ GIÁM ĐỐC"'),
    (STATE, text(">Nguyễn Văn A<", ">PGS.TS. Nguyễn Văn A<"), "K723", '"PGS.TS."'),
    (STATE, text(">Nguyễn Văn A<", ">Thạc sĩ Nguyễn Văn A<"), "K723", '"Thạc sĩ"'),
    (STATE, text(">Nguyễn Văn A<", ">ThS. Nguyễn Văn A<"), "K723", '"ThS."'),
    (STATE, text(">Nguyễn Văn A<", ">TS Nguyễn Văn A<"), "K723", '"TS"'),
    (STATE, every("/BC-SNNMT", "/CV-SNNMT"), "K724", 'ghi "CV", tên loại BÁO CÁO phải ghi "BC"'),
    (LETTER, every("31/SNNMT-BVMT", "31/CV-SNNMT"), "K724", 'công văn không được ghi "CV"'),
    (PARTY, every("12-BC/VPTU", "12-KH/VPTU"), "K724", 'phải ghi "BC"'),
    (STATE, text("Báo cáo số 05/BC-SNNMT", "Báo cáo số 54/BC-SNNMT"), "K725", '"54/BC-SNNMT", văn bản này là số "05/BC-SNNMT"'),
    (STATE, highlighted("Khen thưởng 02 tập thể."), "K726", '"Khen thưởng 02 tập thể."'),
    (STATE, highlighted("      ", "Khen thưởng 02 tập thể."), "K726", "một chỗ trống"),
    (STATE, text("Khen thưởng 02 tập thể.", "Khen thưởng ........ tập thể."), "K726", '"Khen thưởng ........ tập thể."'),
    (STATE, text("SNNMT ngày 08 tháng 12", "SNNMT ngày 18 tháng 12"), "K725", 'ghi "ngày 18 tháng 12 năm 2025", văn bản này'),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "plant", "code", "words"), PLANTED, ids=[f"{kind}-{code}-{words[:24]}" for kind, _, code, words in PLANTED]
)
def test_a_planted_fault_is_found_and_nothing_else(
    kind: str, plant: Callable[[bytes], bytes], code: str, words: str
) -> None:
    faults = found(plant(finished(kind)))
    assert {one for one, _ in faults} == {code}
    assert any(words in message for _, message in faults), faults


def paragraph(words: str, look: str = "", style: str = "KHBody") -> str:
    run = f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def wrapped(entry: str, *lines: str) -> Callable[[bytes], bytes]:
    """Type one entry of the recipients over several lines."""
    between = '</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="KHRecipients"/></w:pPr><w:r><w:t>'
    return text(f">{entry}<", f">{between.join(lines)}<")


def moved_away(data: bytes) -> bytes:
    """Put a second head before the text, moved away under change tracking."""
    run = "<w:r><w:t>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</w:t></w:r>"
    return replaced(data, "<w:body>", f'<w:body><w:p><w:moveFrom w:id="1" w:author="A">{run}</w:moveFrom></w:p>')


def form_in_an_appendix(data: bytes) -> bytes:
    """Put an application form, with a head of its own, behind the last appendix."""
    head = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "……, ngày … tháng … năm …")
    form = "".join(map(paragraph, head))
    return changed(data, lambda xml: re.sub(r"(<w:sectPr>(?!.*<w:sectPr>))", rf"{form}\1", xml, flags=re.DOTALL))


def counted(pages: int, share: float = 1) -> Callable[[bytes], bytes]:
    """Take the page number out, and state how many pages and letters the program counted that saved the file."""

    def apply(data: bytes) -> bytes:
        letters = sum(len("".join(words.split())) for words in read_word_document(data).paragraphs)
        counts = f"<Properties><Pages>{pages}</Pages><Characters>{int(letters * share)}</Characters></Properties>"
        parts = parts_of(replaced(data, " PAGE ", " DATE ", "word/header1.xml"))
        return zipped({**parts, "docProps/app.xml": counts.encode()})

    return apply


def landscape_within_an_appendix(data: bytes) -> bytes:
    """Go on with the last appendix in a section of its own, whose pages count on."""

    def split(xml: str) -> str:
        before, last = re.fullmatch(r"(.*)(<w:sectPr>.*?</w:sectPr>.*)", xml, re.DOTALL).groups()  # type: ignore[union-attr]
        section, rest = re.fullmatch(r"(.*</w:sectPr>)(.*)", last, re.DOTALL).groups()  # type: ignore[union-attr]
        counted_on = section.replace('<w:pgNumType w:start="1"/>', "")
        return f"{before}<w:p><w:pPr>{section}</w:pPr></w:p>{counted_on}{rest}"

    return changed(data, split)


def centred_by_a_tab(data: bytes) -> bytes:
    """Put the page number behind a tab to a stop in the middle instead of centring it."""
    stops = '<w:pPr><w:tabs><w:tab w:val="center" w:pos="4677"/></w:tabs>'
    data = looks("KHPageNumber", lambda xml: xml.replace('"center"', '"left"'))(data)
    data = replaced(data, "<w:pPr>", stops, "word/header1.xml")
    return replaced(data, "</w:pPr>", "</w:pPr><w:r><w:tab/></w:r>", "word/header1.xml")


NO_BORDERS = "".join(f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right"))
FRAMED = text('<w:tblStyle w:val="KHPlain"/>', '<w:tblStyle w:val="KHGrid"/>')
PLAIN_DASH = '</w:t></w:r><w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>-</w:t></w:r><w:r><w:t xml:space="preserve">'
SMALL = '<w:sz w:val="22"/>'
NOTE = paragraph(f"Ghi chú: {'số liệu do các địa phương tự báo cáo ' * 3}", SMALL)
PART_I = '<w:p><w:pPr><w:pStyle w:val="KHPart"/>'
RIGHT: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "a recipient over two lines": (STATE, wrapped("- Như trên;", "- Các sở, ban, ngành", "cấp tỉnh;")),
    "the last recipient over two lines": (STATE, wrapped("- Lưu: VT, BVMT.", "- Lưu: VT,", "BVMT.")),
    "the new tone placement of the decree": (STATE, text("CỘNG HÒA XÃ", "CỘNG HOÀ XÃ")),
    "text that was moved away": (STATE, moved_away),
    "a form with its own head in an appendix": (STATE, form_in_an_appendix),
    "one page without a page number": (LETTER, counted(1)),
    "a dash in another weight": (STATE, text("Độc lập - Tự do", f"Độc lập {PLAIN_DASH} Tự do")),
    "an appendix that leaves the number blank": (STATE, text("Báo cáo số 05/BC-SNNMT", "Báo cáo số      /BC-SNNMT")),
    "dots of a sentence": (STATE, text("Khen thưởng 02 tập thể.", "Khen thưởng tập thể, cá nhân, v.v... và khác….")),
    "an appendix of another document": (STATE, text("theo Báo cáo số 05/BC-SNNMT", "theo Quyết định số 7/QĐ-UBND")),
    "a framed table whose cells draw nothing": (
        STATE,
        lambda data: every("<w:tcPr>", f"<w:tcPr><w:tcBorders>{NO_BORDERS}</w:tcBorders>")(FRAMED(data)),
    ),
    "an appendix of two sections": (STATE, landscape_within_an_appendix),
    "a page number behind a tab": (STATE, centred_by_a_tab),
    "a small note": (STATE, text(PART_I, f"{NOTE}{PART_I}")),
}


@pytest.mark.parametrize(("kind", "change"), RIGHT.values(), ids=RIGHT)
def test_what_real_documents_do_is_no_fault(kind: str, change: Callable[[bytes], bytes]) -> None:
    assert found(change(finished(kind))) == []


@pytest.mark.parametrize(("pages", "share"), [(2, 1), (1, 0), (1, 0.1)])
def test_pages_that_need_a_number_or_were_not_counted(pages: int, share: float) -> None:
    assert {code for code, _ in found(counted(pages, share)(finished(STATE)))} == {"K713"}


def small(*paragraphs: str) -> bytes:
    """Return a document of these paragraphs with our styles and page."""
    texts = "".join(paragraphs)
    return changed(
        finished(LETTER), lambda xml: re.sub(r"<w:body>.*(?=<w:sectPr>)", f"<w:body>{texts}", xml, flags=re.DOTALL)
    )


NATION = paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", style="KHNation")
MOTTO = paragraph("Độc lập - Tự do - Hạnh phúc", '<w:u w:val="single"/>', style="KHMotto")
CHARTER = (
    paragraph("ĐIỀU LỆ (SỬA ĐỔI, BỔ SUNG)", "<w:b/>"),
    paragraph("HỘI KHUYẾN HỌC TỈNH", "<w:b/>"),
    paragraph("(Kèm theo Quyết định số      /QĐ-UBND ngày      tháng 9 năm 2025"),
    paragraph("của Chủ tịch Ủy ban nhân dân tỉnh)"),
    paragraph("Chương I"),
    paragraph("Điều 1. Văn bản này quy định về tổ chức và hoạt động của Hội Khuyến học tỉnh."),
)
APPLICATION = (
    paragraph("ĐƠN ĐỀ NGHỊ CẤP BẢN SAO", "<w:b/>"),
    paragraph("Kính gửi: ……………"),
    paragraph("Tôi tên là: …………"),
    paragraph("……, ngày … tháng … năm …"),
)


@pytest.mark.parametrize(
    "texts",
    [
        CHARTER,
        (NATION, MOTTO, *CHARTER),
        (
            paragraph("Phụ lục I"),
            paragraph("(Ban hành kèm theo Kế hoạch số 5/KH-UBND)"),
            *(paragraph(f"{number}. Mẫu báo cáo của đơn vị.") for number in range(1, 10)),
            NATION,
            MOTTO,
            paragraph("Số: 7"),
        ),
        (NATION, MOTTO, *APPLICATION),
    ],
    ids=["attached", "attached with a head", "appendix with specimens", "application"],
)
def test_what_no_agency_issues_by_itself_needs_no_number_and_no_signature(texts: tuple[str, ...]) -> None:
    assert {code for code, _ in found(small(*texts))} <= {"K706"}
    assert not [message for _, message in found(small(*texts)) if "gạch chân" not in message]


def test_a_text_without_any_head_gets_one_finding_for_it() -> None:
    assert found(small(paragraph("Tài liệu hướng dẫn sử dụng phần mềm."))) == [
        ("K705", 'thiếu "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" ở đầu văn bản')
    ]


def test_elements_side_by_side_on_one_line_are_told_apart() -> None:
    both = (
        '<w:r><w:t xml:space="preserve">UBND TỈNH THANH HÓA          </w:t></w:r>'
        "<w:r><w:rPr><w:b/></w:rPr><w:t>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</w:t></w:r>"
    )
    number = '<w:r><w:t xml:space="preserve">Số:      /BC-SYT          Thanh Hóa, ngày 05 tháng 3 năm 2026</w:t></w:r>'
    lines = read_word_document(small(f"<w:p>{both}</w:p>", f"<w:p>{number}</w:p>")).lines
    assert [(line.text, line.look.bold) for line in lines] == [
        ("UBND TỈNH THANH HÓA", False),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True),
        ("Số: /BC-SYT", False),
        ("Thanh Hóa, ngày 05 tháng 3 năm 2026", False),
    ]


def test_the_issuer_is_found_where_the_date_is_missing() -> None:
    undated = looks("KHIssuer", lambda xml: xml.replace("<w:b/>", ""))(
        text("Thanh Hóa, ngày 08 tháng 12 năm 2025", "Thanh Hóa")(finished(STATE))
    )
    assert {code for code, _ in found(undated)} == {"K706", "K708"}


TAB = "</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>"
ROW = "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"


@pytest.mark.parametrize(
    "foot",
    [
        (
            paragraph(f"Nơi nhận:{TAB}TL. CHỦ TỊCH"),
            paragraph(f"- Như trên;{TAB}CHÁNH VĂN PHÒNG"),
            paragraph("- Lưu: VT, NC"),
            paragraph("Đỗ Thị A"),
        ),
        (
            "<w:tbl><w:tblPr/>",
            ROW.format(paragraph("Nơi nhận:"), paragraph("TL. CHỦ TỊCH")),
            ROW.format(paragraph("- Như trên;") + paragraph("- Lưu: VT, NC"), paragraph("CHÁNH VĂN PHÒNG")),
            ROW.format(paragraph(""), paragraph("Đỗ Thị A")),
            "</w:tbl>",
        ),
    ],
    ids=["tabs", "rows"],
)
def test_recipients_beside_the_signature(foot: tuple[str, ...]) -> None:
    elements = read_word_document(small(paragraph("Số: 5/X-Y"), *foot)).elements
    assert [line.text for line in elements.recipient_lines] == ["- Như trên;", "- Lưu: VT, NC"]
    assert elements.signer
    assert elements.signer.text == "Đỗ Thị A"


def test_a_decree_is_a_kind_of_document() -> None:
    decree = every(">BÁO CÁO<", ">NGHỊ ĐỊNH<")(finished(STATE))
    assert found(every("theo Báo cáo số", "theo Nghị định số")(decree)) == []


def test_one_typed_rule_is_one_finding() -> None:
    plain = looks("KHRuleTitle", lambda xml: re.sub("<w:pBdr>.*?</w:pBdr>", "", xml))(finished(STATE))
    for sign in "_─=":
        typed = text("Hạnh phúc</w:t></w:r></w:p>", f"Hạnh phúc</w:t></w:r></w:p>{paragraph(sign * 12)}")(plain)
        assert [code for code, _ in found(typed)] == ["K718"]


def test_page_size_that_is_not_set_is_said_once() -> None:
    assert found(every("<w:pgSz[^>]*/>", "")(finished(LETTER))) == [("K702", "văn bản không đặt khổ giấy và lề trang")]


def test_every_rule_has_a_planted_fault() -> None:
    planted = {code for _, _, code, _ in PLANTED}
    assert planted == {rule.code for rule in RULES if rule.found_by is FoundBy.LAYOUT}


def test_every_fault_names_the_article_of_its_rule() -> None:
    findings = checked(every("<w:tblHeader/>", "")(text(">BÁO CÁO<", ">Báo cáo<")(finished(STATE))))
    assert {finding.hint for finding in findings} == {
        "Nghị định 30/2020/NĐ-CP, Phụ lục I, Mục II, khoản 5",
        "thông lệ; Nghị định 30/2020/NĐ-CP, Phụ lục I không quy định",
    }
    (party,) = checked(text("Số 12-BC/VPTU", "Số: 12-BC/VPTU")(finished(PARTY)))
    assert "cần đối chiếu toàn văn" in str(party.hint)


def test_a_document_can_be_held_against_the_other_profile() -> None:
    codes = {code for code, _ in found(finished(STATE), "hd05-vptw-2026")}
    assert {"K705", "K706", "K707"} <= codes


def blank_page() -> Any:
    """Return an empty document of Word's default styles with the page set right and its number in the header."""
    word = docx.Document()
    word.styles["Normal"].font.name = "Times New Roman"
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number._p.append(field)  # noqa: SLF001 - python-docx has no fields
    return word


def underlined_by_a_border(paragraph: Any) -> None:
    border, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    bottom.set(qn("w:val"), "single")
    border.append(bottom)
    paragraph._p.get_or_add_pPr().append(border)  # noqa: SLF001 - python-docx has no borders


def word_report(*, right: bool) -> bytes:
    """Return a report made the way people make them in Word: default styles, direct formatting."""
    word = blank_page()

    def line(where: Any, words: str, points: float, *, bold: bool = False, italic: bool = False) -> None:
        run = where.add_paragraph().add_run(words)
        run.font.size, run.bold, run.italic = Pt(points), bold, italic

    head = word.add_table(2, 2)
    (left, nation), (symbol, day) = head.rows[0].cells, head.rows[1].cells
    line(left, "UBND TỈNH THANH HÓA", 12)
    line(left, "SỞ Y TẾ", 12, bold=True)
    line(nation, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True)
    line(nation, "Độc lập - Tự do - Hạnh phúc", 13, bold=True)
    underlined_by_a_border(nation.paragraphs[-1])
    line(symbol, "Số:   12/BC-SYT", 13)
    line(day, "Thanh Hóa, ngày 10 tháng 11 năm 2025" if right else "Thanh Hóa ngày 10/11/2025", 13, italic=True)
    line(word, "BÁO CÁO" if right else "Báo cáo", 14, bold=True)
    line(word, "Kết quả thực hiện Kế hoạch số 176/KH-UBND", 14, bold=True)
    for words in ("Kính gửi: Sở Nông nghiệp và Môi trường.", "Sở Y tế báo cáo như sau:", "Đã hoàn thành 2 nhiệm vụ./."):
        line(word, words, 14)
    foot = word.add_table(1, 2)
    line(foot.rows[0].cells[0], "Nơi nhận:", 12, bold=True, italic=True)
    line(foot.rows[0].cells[0], "- Như trên;", 11)
    line(foot.rows[0].cells[0], "- Lưu: VT, NVY.", 11)
    line(foot.rows[0].cells[1], "GIÁM ĐỐC", 14, bold=True)
    line(foot.rows[0].cells[1], "Lê Văn C", 14, bold=True)
    written = io.BytesIO()
    word.save(written)
    return written.getvalue()


def test_a_right_document_made_in_word_passes() -> None:
    assert found(word_report(right=True)) == []


def test_faults_of_a_document_made_in_word_are_found() -> None:
    assert {code for code, _ in found(word_report(right=False))} == {"K708", "K709"}


def archive(**parts: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return written.getvalue()


BOMB = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w>&b;</w>'
FETCH = b'<?xml version="1.0"?><!DOCTYPE w SYSTEM "file:///etc/passwd"><w/>'
DEEP = b"<w>" * 5_000 + b"</w>" * 5_000


def understated(data: bytes) -> bytes:
    """Return an archive whose directory says that its parts are small."""
    return data.replace(struct.pack("<L", 100 * 2**20), struct.pack("<L", 100))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "trống"),
        (b"PK\x03\x04", "hỏng"),
        (b"xin chao", "không phải tệp .docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000), "kiểu cũ"),
        (archive(xl__workbook_xml=b"<x/>"), "Excel"),
        (archive(a=b""), "không phải văn bản Word"),
        (archive(word__document_xml=BOMB), "DTD"),
        (archive(word__document_xml=FETCH), "DTD"),
        (archive(word__document_xml=DEEP), "quá sâu"),
        (archive(word__document_xml=b"<w"), "XML"),
        (archive(word__document_xml=b"\xff\xfe\x00"), "XML"),
        (archive(**{f"a{number}": b"" for number in range(6_000)}), "6000 mục"),
    ],
    # The bytes of an archive hold the time: as a name, two processes would not agree on it.
    ids=range(12),
)
def test_hostile_files_end_with_a_message(data: bytes, words: str) -> None:
    with pytest.raises(PackageError, match=words):
        checked(data)


@pytest.mark.slow
def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = archive(word__document_xml=bytes(100 * 2**20), word__media__a=bytes(120 * 2**20))
    assert len(bomb) < 2**20
    with pytest.raises(PackageError, match="200 MB"):
        checked(bomb)
    with pytest.raises(PackageError, match="80 MB"):
        checked(archive(word__document_xml=bytes(100 * 2**20)))
    with pytest.raises(PackageError, match="hỏng"):
        checked(understated(archive(word__document_xml=bytes(100 * 2**20))))


def test_any_truncation_or_flipped_byte_ends_with_a_message() -> None:
    data = finished(LETTER)
    for cut in range(0, len(data), 211):
        with pytest.raises(PackageError):
            checked(data[:cut])
    for at in range(0, len(data), 97):
        broken = bytearray(data)
        broken[at] ^= 0xFF
        try:
            checked(bytes(broken))
        except PackageError as error:
            assert str(error)  # noqa: PT017 - both endings are right, a third would fail the test


def test_findings_as_text_and_json(kehoach: Kehoach, tmp_path: Path) -> None:
    good, bad, junk = tmp_path / "a.docx", tmp_path / "b.docx", tmp_path / "c.docx"
    good.write_bytes(finished(STATE))
    bad.write_bytes(text("Thanh Hóa, ngày 08", "Thanh Hóa, ngày 8")(finished(STATE)))
    junk.write_bytes(b"PK")
    assert kehoach("check-docx", str(good)).code == 0
    ran = kehoach("check-docx", str(tmp_path))
    assert ran.code == 1
    assert f'{bad}: đoạn 8: lỗi K708 (place-and-date): ngày "8" phải viết "08"' in ran.out
    assert "(Nghị định 30/2020/NĐ-CP, Phụ lục I, Mục II, khoản 4)" in ran.out
    assert f"{junk}: lỗi K701" in ran.out
    assert "đã kiểm tra 3 tệp" in ran.out
    data = json.loads(kehoach("check-docx", str(bad), "--format", "json").out)
    assert data["kehoach"] == "check-docx/1"
    assert data["items"] == [{"file": str(bad), "profile": "nd30-2020", "findings": 1}]
    (finding,) = data["findings"]
    assert (finding["code"], finding["cell"], finding["severity"]) == ("K708", "đoạn 8", "error")
    assert kehoach("check-docx", str(junk)).code == 3
    assert kehoach("check-docx", str(tmp_path / "nowhere.docx")).code == 2
    assert kehoach("check-docx", str(good), "--profile", "xyz").code == 2
    assert kehoach("check-docx", str(good), "--profile", "dang").code == 1


def test_a_folder_is_read_whole_whatever_the_extension(kehoach: Kehoach, tmp_path: Path) -> None:
    (tmp_path / "BAOCAO.DOCX").write_bytes(finished(STATE))
    (tmp_path / "~$OCAO.DOCX").write_bytes(b"")
    assert "đã kiểm tra 1 tệp" in kehoach("check-docx", str(tmp_path)).out


def test_warnings_fail_only_when_asked(kehoach: Kehoach, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(every("<w:tblHeader/>", "")(finished(STATE)))
    assert kehoach("check-docx", str(path)).code == 0
    assert kehoach("check-docx", str(path), "--strict").code == 1
