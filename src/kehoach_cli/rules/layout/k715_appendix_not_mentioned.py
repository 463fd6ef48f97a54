"""K715: appendices the text points to. Found when a .docx is checked; no YAML can show it."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import Rule

RULE = Rule(
    code="K715",
    slug="appendix-not-mentioned",
    severity=Severity.WARNING,
    title="Nội dung không nhắc đến phụ lục",
    why="""
        Phần nội dung phải có chỉ dẫn về từng phụ lục kèm theo; không thì người đọc không biết phụ lục thuộc về ý nào,
        và phụ lục bị bỏ sót khi sao gửi.

        Thêm câu dẫn vào nội dung, ví dụ "(chi tiết tại Phụ lục II kèm theo)".
    """,
    bad="",
    good="",
    kind="docx",
)
