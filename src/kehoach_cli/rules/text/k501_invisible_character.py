"""K501: a control or invisible character."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K501",
    slug="invisible-character",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Ký tự điều khiển hoặc ký tự vô hình",
    why="""
        Ký tự không nhìn thấy (khoảng trắng có độ rộng bằng không, dấu đổi chiều chữ, ký tự điều khiển) thường theo vào khi
        chép từ trang web hay tệp PDF. Chúng làm tra cứu không tìm thấy chữ, có thể che nội dung thật và làm hỏng tệp Word.

        Văn bản chính thức không có ký tự nào như vậy: xóa đi, hoặc gõ lại cụm từ đó.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra\u200b việc xử lý nước thải.
        #                 ^
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
