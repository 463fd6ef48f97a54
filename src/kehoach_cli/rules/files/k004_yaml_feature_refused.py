"""K004: anchors, aliases, tags, merge keys, directives, several documents."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K004",
    slug="yaml-feature-refused",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Dùng tính năng YAML không được phép",
    why="""
        Mốc (&), tham chiếu (*), khóa gộp (<<), thẻ kiểu (!), chỉ thị (%) và nhiều tài liệu trong một tệp làm cho nội
        dung phải đọc ở chỗ khác mới hiểu; sửa một nơi thì nơi kia đổi theo mà người sửa không thấy. Tệp dữ liệu phải
        đọc được từng dòng như văn bản.

        Viết lại đầy đủ nội dung ở từng chỗ; nếu đó là chữ của văn bản thì đặt trong dấu nháy kép.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            outputs: [&bao-cao Báo cáo năm]
        #             ^
          - id: I.2
            kind: task
            text: Kiểm tra việc xử lý khí thải.
            lead: [so-a]
            outputs: [*bao-cao]
        #             ^
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            outputs: [Báo cáo năm]
          - id: I.2
            kind: task
            text: Kiểm tra việc xử lý khí thải.
            lead: [so-a]
            outputs: [Báo cáo năm]
    """,
)
