"""K112: a citation with another number than the document."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.structure.citation import read_citation, same_number, symbol_kind

_NUMBER, _CITE = ("document", "number"), ("document", "cite")
_AT_VALUE = False


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the plan whose citation names the document by another number; at the one that the rest of the file contradicts."""
    plan = document.plan
    number = plan.document.number if plan else None
    if plan is None or number is None:
        return
    cited = read_citation(plan.document).number
    if cited is None or same_number(number, cited):
        return
    # The kind in the number, and the figures that many ids repeat ("kh-176"), tell which of the two is wrong.
    number_stands = symbol_kind(number) == plan.document.type and _figures(number) in plan.id.split("-")
    path, other = (_CITE, _NUMBER) if number_stands else (_NUMBER, _CITE)
    line = document.place(other, _AT_VALUE)[0]
    if number_stands:
        message = f'câu viện dẫn ghi số "{cited}", khóa number (dòng {line}) ghi "{number}"'
    else:
        message = f'số văn bản ghi "{number}", câu viện dẫn (cite, dòng {line}) ghi số "{cited}"'
    yield Violation(message, path, hint="đối chiếu bản gốc, sửa chỗ sai để hai khóa ghi một số", others=(other,))


def _figures(number: str) -> str:
    return number.partition("/")[0].partition("-")[0].strip()


RULE = Rule(
    code="K112",
    slug="citation-number-differs",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    title="Số văn bản khác với số trong câu viện dẫn",
    why="""
        Báo cáo gọi tên kế hoạch bằng câu ở cite, còn danh sách và tra cứu dùng number. Hai chỗ ghi hai số thì một chỗ đã
        chép sai, và văn bản gửi đi sẽ viện dẫn một văn bản không có.

        Đối chiếu với bản gốc rồi sửa chỗ sai. Số của văn bản khác mà câu viện dẫn nhắc tới ("thực hiện Quyết định số …")
        không bị so sánh.
    """,
    bad="""
        document:
          type: KH
          number: 167/KH-UBND
        #         ^
          date: 2022-07-01
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
