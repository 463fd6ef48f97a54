"""K104: a key that must be there is not."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K104",
    slug="missing-key",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Thiếu khóa bắt buộc",
    why="""
        Thiếu thông tin này thì không thể liệt kê, đánh giá hay trích dẫn dòng đó, nên tệp chưa được dùng.

        Thêm khóa được nêu tên. Văn bản không ghi số hoặc ngày ban hành thì viết number: null, date: null để biết là
        không có chứ không phải quên; những điều khác mà văn bản không ghi thì không bịa ra.
    """,
    bad="""
        tasks:
          - id: I.1
        #   ^
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
