"""K113: a citation with another date than the document."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.structure.citation import read_citation
from kehoach_cli.viet.dates import format_partial

_CITE = ("document", "cite")
_AT_VALUE = False


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the plan whose citation gives the document a day that its date cannot mean."""
    plan = document.plan
    issued = plan.document.date if plan else None
    if plan is None or issued is None:
        return
    cited = read_citation(plan.document)
    if cited.day is not None and not issued.first <= cited.day <= issued.last:
        line = document.place(_CITE, _AT_VALUE)[0]
        yield Violation(
            f"ngày ban hành {format_partial(issued)} khác với ngày trong câu viện dẫn, {cited.day_text} (cite, dòng {line})",
            ("document", "date"),
            hint="đối chiếu bản gốc, sửa chỗ sai để hai khóa ghi một ngày",
            others=(_CITE,),
        )


RULE = Rule(
    code="K113",
    slug="citation-date-differs",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    title="Ngày ban hành khác với ngày trong câu viện dẫn",
    why="""
        Câu viện dẫn (cite) được in nguyên trong báo cáo; khóa date quyết định căn cứ nào có trước, hạn "trong 15 ngày kể từ
        ngày ký" rơi vào ngày nào và tên cơ quan được đọc theo thời điểm nào. Hai chỗ ghi hai ngày thì một chỗ đã chép sai.

        Đối chiếu với bản gốc rồi sửa chỗ sai.
    """,
    bad="""
        document:
          type: KH
          number: 176/KH-UBND
          date: 2023-07-01
        #       ^
          issuer: ubnd-tinh
          title: Bảo vệ môi trường
          cite: Kế hoạch số 176/KH-UBND ngày 01/7/2022 của UBND tỉnh
    """,
    good="""
        document:
          type: KH
          number: 176/KH-UBND
          date: 2022-07-01
          issuer: ubnd-tinh
          title: Bảo vệ môi trường
          cite: Kế hoạch số 176/KH-UBND ngày 01/7/2022 của UBND tỉnh
    """,
    check=check,
)
