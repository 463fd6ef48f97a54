"""K101: a key the file format does not know."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K101",
    slug="unknown-key",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Khóa không có trong mẫu tệp",
    why="""
        Khóa gõ sai mà được bỏ qua thì giống như không khai: cơ quan phối hợp viết ở khóa "suport" sẽ không thấy nhiệm
        vụ của mình. Vì vậy khóa lạ làm cho tệp chưa được dùng.

        Sửa theo khóa được gợi ý. Thông tin không có khóa riêng thì ghi vào "note".
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            suport: [so-b]
        #   ^
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            support: [so-b]
    """,
)
