"""K109: a document without a date, or with part of one."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import Hit, Rule
from kehoach_cli.viet.dates import format_partial


def check(document: SourceFile) -> Iterator[Hit]:
    """Yield the plan whose document's day of issue is not fully known."""
    plan = document.plan
    if plan is None:
        return
    date, path = plan.document.date, ("document", "date")
    hint = "ghi đủ năm-tháng-ngày theo bản phát hành chính thức"
    if date is None:
        yield Hit("văn bản chưa có ngày ban hành", path, key=True, hint=hint)
    elif date.day is None:
        missing = "thiếu ngày" if date.month else "thiếu ngày và tháng"
        yield Hit(f"ngày ban hành chỉ ghi {format_partial(date)}, {missing}", path, hint=hint)


RULE = Rule(
    code="K109",
    slug="document-date-missing",
    severity=Severity.INFO,
    title="Văn bản chưa có ngày ban hành đầy đủ",
    why="""
        Báo cáo phải dẫn ngày ban hành của kế hoạch; ngày này cũng cho biết kế hoạch có từ khi nào và căn cứ nào có trước nó.
        Thiếu ngày thì chỗ đó trong báo cáo để trống và một số phép kiểm tra không làm được.

        Tìm bản phát hành chính thức để ghi đủ ngày. Nếu bản sao để trống thì ghi phần đã biết ("2026-04") hoặc null, không
        đoán, và ghi chú bỏ qua kèm lý do.
    """,
    bad="""
        document:
          type: KH
          number: 12/KH-UBND
          date: 2022-03
        #       ^
          issuer: ubnd-tinh
          title: Bảo vệ môi trường
          cite: Kế hoạch số 12/KH-UBND
    """,
    good="""
        document:
          type: KH
          number: 12/KH-UBND
          date: 2022-03-15
          issuer: ubnd-tinh
          title: Bảo vệ môi trường
          cite: Kế hoạch số 12/KH-UBND ngày 15/3/2022
    """,
    check=check,
)
