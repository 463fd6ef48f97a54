"""K704: letters in decomposed form. Found when a .docx is checked; no YAML can show it."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import Rule

RULE = Rule(
    code="K704",
    slug="decomposed-letters",
    severity=Severity.ERROR,
    title="Chữ Unicode tổ hợp trong văn bản Word",
    why="""
        Chữ tổ hợp lưu dấu tách khỏi chữ cái: nhìn vẫn đúng nhưng tìm kiếm không ra, và một số máy in lệch dấu. Tiêu
        chuẩn TCVN 6909:2001 và việc trao đổi văn bản điện tử dùng chữ dựng sẵn.

        Đặt bộ gõ ở bảng mã "Unicode dựng sẵn" và gõ lại, hoặc dùng công cụ chuyển mã của bộ gõ.
    """,
    bad="",
    good="",
    kind="docx",
)
