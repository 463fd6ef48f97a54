"""K110: a legal basis dated after the document that rests on it."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import Hit, Rule
from kehoach_cli.viet.dates import format_partial


def check(document: SourceFile) -> Iterator[Hit]:
    """Yield the bases that are certainly younger than the document, however their missing parts are filled in."""
    plan = document.plan
    issued = plan.document.date if plan else None
    if plan is None or issued is None:
        return
    for index, basis in enumerate(plan.document.basis):
        if basis.date and basis.date.first > issued.last:
            name = basis.number or f"thứ {index + 1}"
            message = (
                f"căn cứ {name} ({format_partial(basis.date)}) có sau ngày ban hành văn bản ({format_partial(issued)})"
            )
            yield Hit(message, ("document", "basis", index, "date"), hint="đối chiếu bản gốc và sửa ngày bị chép sai")


RULE = Rule(
    code="K110",
    slug="basis-after-document",
    severity=Severity.ERROR,
    title="Căn cứ có sau ngày ban hành văn bản",
    why="""
        Văn bản chỉ có thể căn cứ vào văn bản đã có trước nó. Căn cứ mang ngày muộn hơn nghĩa là ngày của căn cứ hoặc ngày ban
        hành bị chép sai, và báo cáo sẽ dẫn sai. Ngày chỉ ghi một phần thì chỉ báo khi chắc chắn muộn hơn.

        Đối chiếu với bản gốc rồi sửa. Nếu chính văn bản in như vậy thì giữ nguyên và ghi chú bỏ qua kèm lý do.
    """,
    bad="""
        document:
          type: KH
          number: 12/KH-UBND
          date: 2022-03-15
          issuer: ubnd-tinh
          title: Bảo vệ môi trường
          cite: Kế hoạch số 12/KH-UBND ngày 15/3/2022
          basis:
            - {number: 72/2020/QH14, date: 2022-11-17, title: Luật Bảo vệ môi trường}
        #                                  ^
    """,
    good="""
        document:
          type: KH
          number: 12/KH-UBND
          date: 2022-03-15
          issuer: ubnd-tinh
          title: Bảo vệ môi trường
          cite: Kế hoạch số 12/KH-UBND ngày 15/3/2022
          basis:
            - {number: 72/2020/QH14, date: 2020-11-17, title: Luật Bảo vệ môi trường}
    """,
    check=check,
)
