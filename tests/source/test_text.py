"""Plain text: lines are paragraphs, and two lines are one only where that is certain."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach_cli.core.model.source_text import SourceTable, SourceText
from kehoach_cli.errors import CannotRunError
from kehoach_cli.source.read import read_source
from tests.source.word_files import grid, printed, said, tables

SOURCES = Path(__file__).parents[2].parent / "shared" / "sources"


def _read(text: str, encoding: str = "utf-8", name: str = "k.txt") -> SourceText:
    return read_source(Path(name), text.encode(encoding))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(encoding: str) -> None:
    found = _read("Sở Y tế\r\n\r\nUBND tỉnh", encoding)
    assert [(one.place, one.text) for one in found.paragraphs()] == [("dòng 1", "Sở Y tế"), ("dòng 3", "UBND tỉnh")]


def test_an_old_encoding_is_refused_with_the_mend() -> None:
    with pytest.raises(CannotRunError, match="UTF-8; mở bằng Notepad"):
        read_source(Path("k.txt"), b"S\xeb T\xb5i ch\xddnh")


def test_marks_of_markdown() -> None:
    found = list(_read("# KẾ HOẠCH\n**Đẩy mạnh** việc\n**Cả dòng**\n", name="k.md").paragraphs())
    assert [(one.text, one.heading, one.bold) for one in found] == [
        ("KẾ HOẠCH", True, False),
        ("Đẩy mạnh việc", False, False),
        ("Cả dòng", False, True),
    ]


def test_tables_of_pipes() -> None:
    found = _read("Trước\n| TT | Việc |\n|---|:--:|\n| 1 | a\\|b<br>c |\nSau", name="k.md")
    assert grid(tables(found)[0]) == [["TT", "Việc"], ["1", "a|b\nc"]]
    assert tables(found)[0].heads == 1
    assert printed(found) == ["Trước", "Sau"]


def _bars(*rows: str) -> str:
    """Return the rows of a table with each bar and each text on a line of its own."""
    return "\n".join(part for row in rows for part in re.split(r"(\|)", row) if part) + "\n"


def test_a_table_copied_as_lines_is_a_table_where_its_bars_tell_one() -> None:
    text = _bars("|TT|Việc|Sở|Hạn|", "|I|Trồng cây|", "|1|Trồng\ntre|Sở Y tế||", "|2|Trồng gạo||2026|")
    (found,) = _read(text).blocks
    assert isinstance(found, SourceTable)
    assert grid(found) == [
        ["TT", "Việc", "Sở", "Hạn"],
        ["I", *["Trồng cây"] * 3],
        ["1", "Trồng\ntre", "Sở Y tế", ""],
        ["2", "Trồng gạo", "", "2026"],
    ]
    assert "bảng 1: bảng chép thành chữ" in said(_read(text))


@pytest.mark.parametrize("last", ["|3|a|b|c|d|", "|3|a|\nđi bộ\n|", "|3|a|b|c|\nd"])
def test_a_table_copied_as_lines_that_fits_no_columns_is_one_cell(last: str) -> None:
    (found,) = _read(_bars("|TT|Việc|Sở|Hạn|", "|1|a|b|", "|2||b|", last)).blocks[:1]
    assert isinstance(found, SourceTable)
    assert (found.rows, found.columns) == (1, 1)
    assert "không dựng lại được" in said(_read(_bars("|TT|Việc|Sở|Hạn|", "|1|a|b|", "|2||b|", last)))


def test_a_bar_alone_ends_a_paragraph() -> None:
    assert printed(_read("UBND TỈNH\n|\nCỘNG HÒA\n")) == ["UBND TỈNH", "CỘNG HÒA"]


def test_a_page_break_ends_a_line_and_counts_none() -> None:
    found = _read("Một\n\fHai\nBa\fBốn\nNăm")
    assert [(one.text, one.place) for one in found.paragraphs()] == [
        ("Một", "dòng 1"),
        ("Hai", "dòng 2"),
        ("Ba", "dòng 3"),
        ("Bốn", "dòng 3"),
        ("Năm", "dòng 4"),
    ]


@pytest.mark.parametrize(("numbers", "kept"), [((2, 3, 5), 0), ((2, 3), 2), ((3, 2, 4), 3), ((2, 3, 9), 3)])
def test_numbers_of_pages_are_left_out_where_they_count_on(numbers: tuple[int, ...], kept: int) -> None:
    text = "\n".join(line for number in numbers for line in (*(f"Việc {at}." for at in range(20)), f"  - {number} -"))
    found = [one.text for one in _read(text).paragraphs()]
    assert sum(not one.startswith("Việc") for one in found) == kept


def test_a_document_of_three_pages_has_two_numbers() -> None:
    text = "\n".join(line for number in (2, 3) for line in (*(f"Việc {at}." for at in range(40)), str(number)))
    assert all(one.text.startswith("Việc") for one in _read(text).paragraphs())


def test_numbers_of_rows_are_no_numbers_of_pages() -> None:
    text = "\n".join(line for number in range(2, 8) for line in (str(number), "Ươm cây", "Sở Y tế"))
    assert len(list(_read(text).paragraphs())) == 18


def test_a_sentence_goes_on_behind_the_number_of_a_page() -> None:
    line = "Bảo đảm các cấp chính quyền và người dân cùng tham gia trồng cây và cùng"
    page = [
        line,
        *(["giữ cây được trồng ở ven sông và ven biển theo các kế hoạch đã nêu ở đây,"] * 16),
        "",
        "{}",
        "",
        "và nước.",
    ]
    text = "\n".join("\n".join(page).format(number) for number in (2, 3, 4))
    found = list(_read(text).paragraphs())
    assert len(found) == 3
    assert found[0].text.endswith("đã nêu ở đây, và nước.")


def test_lines_of_a_file_that_is_not_wrapped_stay() -> None:
    text = "Sở Y tế chủ trì\nphối hợp với\n" + "Một câu dài hơn mọi dòng bị ngắt. " * 10
    assert len(list(_read(text).paragraphs())) == 3


WRAPPED = "\n".join(
    [
        "ỦY BAN NHÂN DÂN",
        "TỈNH THANH HÓA",
        "BAN HÀNH KẾ HOẠCH HÀNH ĐỘNG VỀ TĂNG TRƯỞNG XANH TỈNH THANH",
        "HÓA GIAI ĐOẠN 2021 - 2030",
        "Căn cứ Quyết định số",
        "1658/QĐ-TTg ngày 01/10/2021 của Thủ tướng Chính phủ phê duyệt Chiến lược",
        "quốc gia;",
        "- Sở Tài chính chủ trì, phối hợp với Sở Kế hoạch và Đầu tư, Sở Công Thương, Ủy",
        "ban nhân dân cấp huyện:",
        "xây dựng kế hoạch.",
        *["Đẩy mạnh việc thu gom tại các khu đô thị, khu dân cư tập trung giai đoạn 2021", "- 2030", "và xử lý."] * 11,
    ]
)


def test_wrapped_lines_are_joined_where_that_is_certain() -> None:
    found = _read(WRAPPED)
    assert printed(found)[:7] == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH THANH HÓA",
        "BAN HÀNH KẾ HOẠCH HÀNH ĐỘNG VỀ TĂNG TRƯỞNG XANH TỈNH THANH HÓA GIAI ĐOẠN 2021 - 2030",
        "Căn cứ Quyết định số 1658/QĐ-TTg ngày 01/10/2021 của Thủ tướng Chính phủ phê duyệt Chiến lược quốc gia;",
        "- Sở Tài chính chủ trì, phối hợp với Sở Kế hoạch và Đầu tư, Sở Công Thương, Ủy ban nhân dân cấp huyện:",
        "xây dựng kế hoạch.",
        "Đẩy mạnh việc thu gom tại các khu đô thị, khu dân cư tập trung giai đoạn 2021 - 2030 và xử lý.",
    ]
    assert "ngắt dòng cứng" in said(found)


@pytest.mark.skipif(not SOURCES.is_dir(), reason="the sources are not here")
@pytest.mark.parametrize("name", ["qd-3825.txt", "kh-176.txt", "kh-kl-81.txt", "kh-thai-nguyen-2026.txt"])
def test_no_word_of_a_real_text_is_lost(name: str) -> None:
    data = (SOURCES / name).read_bytes()
    found = read_source(Path(name), data)
    written = unicodedata.normalize("NFC", data.decode()).replace("*", "").replace("|", " ").split()
    assert " ".join(one.printed for one in found.paragraphs()).replace("*", "").split() == written


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="|#*_\0\ufffe\uffff"), max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = _read(text)
    except CannotRunError:
        return
    assert all(one.text.strip() for one in found.paragraphs())


NUMBERS = ("nhất", "nhì", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
APART = (
    "\n\n".join(
        f"- Công việc thứ {NUMBERS[at]} trong kế hoạch này\n"
        f"được giao cho các cơ quan. Việc đó\nhoàn thành trong giai đoạn 2026\n- 2030 theo quy định;"
        for at in range(10)
    )
    + "\n"
)


def test_paragraphs_that_stand_apart_are_whole_whatever_their_lines_begin_and_end_with() -> None:
    found = printed(
        _read(APART + "\n**3.**\n**Chăm sóc cây\nven sông.**\n\nViệc chung gồm:\n- tưới cây;\n- bón phân.\n")
    )
    assert found[0] == (
        "- Công việc thứ nhất trong kế hoạch này được giao cho các cơ quan. Việc đó hoàn thành trong giai đoạn 2026 - 2030 "
        "theo quy định;"
    )
    assert found[10:] == ["3. Chăm sóc cây ven sông.", "Việc chung gồm:", "- tưới cây;", "- bón phân."]


def test_the_lists_in_cells_of_a_copied_table_do_not_bring_paragraphs_together() -> None:
    cells = "|\n" + "\n".join(f"- Sở thứ {one};" for one in NUMBERS * 2) + "\n|\n\n"
    found = printed(_read(cells + APART + "\nGửi Văn phòng, Bộ\nNông nghiệp trước hạn.\n\n7.\nTrồng cây.\n"))
    assert found[-2:] == ["Gửi Văn phòng, Bộ Nông nghiệp trước hạn.", "7. Trồng cây."]


def test_a_number_or_sign_at_the_edge_of_a_wrapped_item_begins_no_line() -> None:
    text = (
        APART
        + "\n- Trồng cây theo Điều\n2. của Quy chế và mức\n- 2030 cây mỗi năm;\n+ tưới cây\n\n1. Bón\n- phân cho cây.\n"
    )
    assert printed(_read(text))[10:] == [
        "- Trồng cây theo Điều 2. của Quy chế và mức - 2030 cây mỗi năm;",
        "+ tưới cây",
        "1. Bón - phân cho cây.",
    ]


def test_the_cells_of_a_copied_letterhead_stay_lines() -> None:
    head = (
        "|\n**ỦY BAN\nNHÂN DÂN**\nTỈNH NINH BÌNH\n|\nSố:\n21/KH-UBND\n|\n*Ninh Bình, ngày 03\ntháng 02 năm 2026*\n|\n\n"
    )
    assert printed(_read(head + APART))[:4] == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH NINH BÌNH",
        "Số: 21/KH-UBND",
        "Ninh Bình, ngày 03 tháng 02 năm 2026",
    ]


def test_marks_of_emphasis_inside_a_line_are_none_of_its_words() -> None:
    text = "**1. **Tập huấn\n*Đơn vị chủ trì: *Sở Y tế\nxã (*cấp xã*) và phường*.*\n(*) Ghi chú; 2 * 3\n** **\n* việc\n"
    assert printed(_read(text)) == [
        "1. Tập huấn",
        "Đơn vị chủ trì: Sở Y tế",
        "xã (cấp xã) và phường.",
        "(*) Ghi chú; 2 * 3",
        "* việc",
    ]


def test_emphasis_around_a_comma_goes_over_the_end_of_a_line() -> None:
    found = _read(f"{WRAPPED}\n- Giao xã tưới cây*,\n*bón phân.\n")
    assert printed(found)[-1] == "- Giao xã tưới cây, bón phân."
    assert "*" not in said(found)


def test_emphasis_whose_end_is_not_found_is_said() -> None:
    found = _read("Trồng cây (*)\nTưới cây* ven sông\n")
    assert [one.place for one in found.remarks if "*" in one.message] == ["dòng 2"]


def test_emphasis_around_nothing_is_an_empty_line() -> None:
    text = f"{APART}\n|\n* *\n*Nơi nhận:*\n- Sở Y tế;\n- Lưu: VT.\n|\n"
    assert printed(_read(text))[-3:] == ["Nơi nhận:", "- Sở Y tế;", "- Lưu: VT."]


def test_a_name_a_title_and_a_sentence_behind_a_colon_that_a_line_cuts_are_joined() -> None:
    cut = (
        "\nbáo cáo Văn phòng\nTrung ương Đảng trong tháng.\n**KT. CHÁNH\nVĂN PHÒNG**\n"
        "- Sở Tài chính chủ trì việc thống kê các công trình, dự án của các xã:\ntên, quy mô.\n"
    )
    assert printed(_read(WRAPPED + cut))[-3:] == [
        "báo cáo Văn phòng Trung ương Đảng trong tháng.",
        "KT. CHÁNH VĂN PHÒNG",
        "- Sở Tài chính chủ trì việc thống kê các công trình, dự án của các xã: tên, quy mô.",
    ]


def test_a_number_alone_on_its_line_is_the_number_of_the_next_and_bold_ends_no_sentence() -> None:
    cut = "\n**2.****\n**Giao xã trồng cây, **xong trước ngày 30/11/2026.**\n(3) Bón phân.\n"
    assert printed(_read(WRAPPED + cut))[-2:] == ["2. Giao xã trồng cây, xong trước ngày 30/11/2026.", "(3) Bón phân."]


def test_a_number_cut_behind_its_hyphen_gets_no_blank() -> None:
    text = WRAPPED.replace("Căn cứ Quyết định số\n", "Thực hiện Chỉ thị 52-\nCT/TW và Quyết định số\n")
    assert any("Chỉ thị 52-CT/TW và" in one for one in printed(_read(text)))
