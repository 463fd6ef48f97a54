"""K707: number and ký hiệu. Found when a .docx is checked; no YAML can show it."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import Rule

RULE = Rule(
    code="K707",
    slug="document-number",
    severity=Severity.ERROR,
    title="Số, ký hiệu sai dạng",
    why="""
        Cơ quan nhà nước viết "Số: 12/BC-SNNMT": có dấu hai chấm, gạch chéo sau số, gạch nối giữa các nhóm, không có dấu
        cách trong ký hiệu, số nhỏ hơn 10 thêm số 0. Cơ quan Đảng viết "Số 12-BC/TU": không có dấu hai chấm.

        Văn bản chưa lấy số được để trống chỗ ghi số. Công văn không có tên loại trong ký hiệu, ví dụ "Số: 3605/SNNMT-
        BVMT".
    """,
    bad="",
    good="",
    kind="docx",
)
