"""K011: a workbook, or a cell of it, that cannot be used."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K011",
    slug="workbook-unusable",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Biểu Excel hoặc ô trong biểu không đọc được",
    why="""
        Biểu báo cáo phải là tệp .xlsx do lệnh form tạo ra, còn đủ các trang và cột Mã. Ô trả lời phải là chữ, số hoặc
        ngày: công thức, ô gộp, ô báo lỗi đều không dùng được, vì không biết cơ quan muốn báo cáo số nào. Tệp quá lớn,
        có macro, có mật khẩu hoặc không phải Excel thì không được mở.

        Điều chỉ cần biết (ô định dạng phần trăm, ghi chú ngoài bảng, trang thừa, ô khóa bị sửa) là lưu ý hoặc cảnh báo,
        biểu vẫn được nhận. Tệp .ods được đọc qua LibreOffice nếu máy có; tệp khác trong thư mục được nêu tên kèm cách lưu lại.

        Thông báo nêu tên ô (Chỉ tiêu!G12) và cách sửa. Ô nào sai thì sửa ô đó; biểu hỏng thì tạo lại bằng lệnh form.
    """,
    bad="",
    good="",
    kind="progress",
)
