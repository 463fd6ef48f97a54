"""K131: a plan cites a document that was probably replaced before the plan was issued."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.structure.replaced_documents import citations


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the citations of what is known for replaced, without certainty."""
    return citations(document, certain=False)


RULE = Rule(
    code="K131",
    slug="basis-perhaps-replaced",
    severity=Severity.INFO,
    found_by=FoundBy.RULE,
    title="Viện dẫn văn bản có thể không còn hiệu lực",
    why="""
        Sổ văn bản căn cứ (plans/legal.yaml) ghi văn bản này đã được thay thế trước ngày ban hành kế hoạch, nhưng theo nguồn chưa
        chắc chắn (certain: false): chưa ai đọc điều khoản thi hành của văn bản mới. Kế hoạch ban hành trước ngày đó viện dẫn
        đúng văn bản lúc ấy, nên không bị nói gì.

        Kiểm tra trong chính văn bản mới; đúng thì ghi certain: true và nguồn, khi đó là cảnh báo K130.
    """,
    bad="""
        # plans/legal.yaml: Nghị định 1/2015/NĐ-CP có thể đã được thay thế từ 2021-01-01
        document:
          date: 2022-01-10
          basis:
            - {number: 1/2015/NĐ-CP, date: 2015-01-05}
        #     ^
    """,
    good="""
        # plans/legal.yaml: Nghị định 1/2015/NĐ-CP có thể đã được thay thế từ 2023-01-01
        document:
          date: 2022-01-10
          basis:
            - {number: 1/2015/NĐ-CP, date: 2015-01-05}
    """,
    check=check,
)
