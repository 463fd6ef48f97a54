"""K712: Nơi nhận. Found when a .docx is checked; no YAML can show it."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import Rule

RULE = Rule(
    code="K712",
    slug="recipients-list",
    severity=Severity.ERROR,
    title="Nơi nhận thiếu hoặc không kết thúc bằng dòng lưu",
    why="""
        Mục Nơi nhận liệt kê từng nơi trên một dòng bắt đầu bằng dấu gạch ngang, kết thúc bằng dấu chấm phẩy; dòng cuối
        ghi nơi lưu: "- Lưu: VT, <đơn vị soạn thảo>." ở cơ quan nhà nước, "- Lưu Văn phòng …." ở cơ quan Đảng.

        Thêm dòng lưu vào cuối danh sách và kết thúc dòng đó bằng dấu chấm.
    """,
    bad="",
    good="",
    kind="docx",
)
