"""K103: a value of the wrong shape, an empty one, or one that is not in its closed list."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K103",
    slug="wrong-value",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Giá trị không hợp lệ",
    why="""
        Khóa này chỉ nhận một số giá trị định sẵn, hoặc một dạng nhất định (đoạn chữ, danh sách, true/false), và không
        được để trống. Giá trị khác thì không biết phải hiểu thế nào, nên tệp chưa được dùng.

        Chọn một giá trị trong danh mục mà thông báo liệt kê; danh sách viết trong [ ] hoặc mỗi mục một dòng bắt đầu
        bằng "- "; không có nội dung thì xóa cả khóa.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: nhiem-vu
        #         ^
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
    """,
)
