"""K106: a row or a clause names a section that is not in `sections`."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K106",
    slug="unknown-section",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Mục không có trong phần sections",
    why="""
        Nhiệm vụ, chỉ tiêu ghi một mục không có thì không lấy được thời hạn nêu ở tiêu đề và bị xếp ngoài mục lục;
        điều khoản chung áp dụng cho một mục không có thì không giao việc cho ai.

        Sửa lại mã mục, hoặc thêm mục đó vào phần sections với đúng tiêu đề của văn bản. Nếu mã của dòng đã bắt đầu
        bằng mã mục thì bỏ khóa "section".
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            section: II
        #            ^
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            section: I
    """,
)
