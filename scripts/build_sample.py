"""Write the signed document that the guide imports: `python scripts/build_sample.py`.

Its words are those that the guide quotes; the province does not exist.
"""

from datetime import UTC, datetime
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH

TARGET = Path(__file__).resolve().parents[1] / "docs" / "huong-dan" / "vi-du" / "kh-05.docx"
LEFT = ("ỦY BAN NHÂN DÂN", "TỈNH MẪU", "Số: 05/KH-UBND")
RIGHT = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Tỉnh mẫu, ngày 15 tháng 01 năm 2026")
TITLE = ("KẾ HOẠCH", "Bảo đảm nước sạch nông thôn tỉnh mẫu giai đoạn 2026 - 2030")
BODY = (
    "I. MỤC TIÊU",
    "Người dân nông thôn được sử dụng nước sạch, an toàn.",
    "II. NHIỆM VỤ",
    (
        "1. Rà soát, công bố hiện trạng các công trình cấp nước nông thôn. Chủ trì: Sở Nông nghiệp và Môi trường; phối hợp: UBND"
        " các xã, phường; thời gian: trước ngày 30/6/2026."
    ),
    "2. Kiểm tra chất lượng nước tại các công trình cấp nước. Chủ trì: Sở Y tế; thời gian: thường xuyên, hằng năm.",
    (
        "3. Lắp đặt thiết bị lọc nước uống tại các trường học. Chủ trì: Sở Giáo dục và Đào tạo; phối hợp: Sở Y tế, Sở Tài chính,"
        " Hội Cấp nước tỉnh; thời gian: 2026 - 2028."
    ),
    "III. TỔ CHỨC THỰC HIỆN",
    "1. Sở Y tế, Sở Giáo dục và Đào tạo báo cáo kết quả về Sở Nông nghiệp và Môi trường trước ngày 15/12 hằng năm.",
    "2. Sở Nông nghiệp và Môi trường theo dõi, tổng hợp, báo cáo UBND tỉnh trước ngày 25/12 hằng năm./.",
)
RECIPIENTS = ("Nơi nhận:", "- Các sở, ngành, UBND các xã, phường;", "- Lưu: VT.")
SIGNATURE = ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "Nguyễn Văn Mẫu")
TABLE = (
    ("TT", "Chỉ tiêu", "Đơn vị tính", "2026", "2028", "2030", "Cơ quan chủ trì"),
    ("1", "Tỷ lệ hộ dân nông thôn được sử dụng nước sạch", "%", "62.5", "70", "≥80", "Sở Nông nghiệp và Môi trường"),
    ("2", "Tỷ lệ công trình cấp nước được kiểm tra chất lượng", "%", "80", "90", "100", "Sở Y tế"),
    ("3", "Tỷ lệ trường học có nước uống hợp vệ sinh", "%", "75", "85", "100", "Sở Giáo dục và Đào tạo"),
)


def main() -> None:
    """Write the document; its properties hold no time of writing."""
    document = Document()
    document.core_properties.created = document.core_properties.modified = datetime(2026, 1, 15, tzinfo=UTC)
    _add_beside(document, LEFT, RIGHT)
    _add_centred(document, TITLE)
    for line in BODY:
        document.add_paragraph(line)
    _add_beside(document, RECIPIENTS, SIGNATURE)
    _add_centred(document, ("PHỤ LỤC", "CÁC CHỈ TIÊU"))
    table = document.add_table(len(TABLE), len(TABLE[0]))
    for row, texts in zip(table.rows, TABLE, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(str(TARGET))


def _add_beside(document: DocumentObject, left: tuple[str, ...], right: tuple[str, ...]) -> None:
    for cell, lines in zip(document.add_table(1, 2).rows[0].cells, (left, right), strict=True):
        cell.text = "\n".join(lines)


def _add_centred(document: DocumentObject, lines: tuple[str, ...]) -> None:
    for line in lines:
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER


if __name__ == "__main__":
    main()
