"""K108: a document without a number."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import Hit, Rule


def check(document: SourceFile) -> Iterator[Hit]:
    """Yield the plan whose document has no number."""
    plan = document.plan
    if plan and plan.document.number is None:
        yield Hit(
            "văn bản chưa có số, ký hiệu",
            ("document", "number"),
            key=True,
            hint="ghi số, ký hiệu theo bản phát hành chính thức",
        )


RULE = Rule(
    code="K108",
    slug="document-number-missing",
    severity=Severity.INFO,
    title="Văn bản chưa có số, ký hiệu",
    why="""
        Báo cáo phải dẫn số, ký hiệu của kế hoạch. Chưa có số thì phần căn cứ của báo cáo để trống chỗ này, và không chắc
        bản đang dùng đã phát hành hay còn là dự thảo.

        Tìm bản phát hành chính thức để ghi số. Nếu chỉ có bản sao không ghi số thì giữ null, không tự đặt số, và ghi chú bỏ
        qua kèm lý do.
    """,
    bad="""
        document:
          type: KH
          number: null
        # ^
          date: 2022-03-15
          issuer: ubnd-tinh
          title: Bảo vệ môi trường
          cite: Kế hoạch ngày 15/3/2022
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
