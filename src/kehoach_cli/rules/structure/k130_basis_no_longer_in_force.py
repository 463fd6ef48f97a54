"""K130: a plan cites a document that was replaced before the plan was issued."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.structure.replaced_documents import citations


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the citations of what is known for certain to be replaced."""
    return citations(document, certain=True)


RULE = Rule(
    code="K130",
    slug="basis-no-longer-in-force",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Viện dẫn văn bản không còn hiệu lực",
    why="""
        Sổ văn bản căn cứ (plans/legal.yaml) ghi văn bản nào đã được thay thế, bởi văn bản nào, từ ngày nào, theo nguồn nào. Kế
        hoạch ban hành sau ngày đó mà vẫn viện dẫn văn bản cũ là sai căn cứ. Kế hoạch ban hành trước ngày đó viện dẫn đúng văn
        bản lúc ấy, nên không bị nói gì. Điều chưa chắc chắn (certain: false) là lưu ý K131.

        Dự thảo thì viện dẫn văn bản mới; văn bản đã ban hành thì giữ nguyên chữ.
    """,
    bad="""
        # plans/legal.yaml: Nghị định 1/2015/NĐ-CP đã được thay thế từ 2021-01-01
        document:
          date: 2022-01-10
          basis:
            - {number: 1/2015/NĐ-CP, date: 2015-01-05}
        #     ^
    """,
    good="""
        # plans/legal.yaml: Nghị định 1/2015/NĐ-CP đã được thay thế từ 2023-01-01
        document:
          date: 2022-01-10
          basis:
            - {number: 1/2015/NĐ-CP, date: 2015-01-05}
    """,
    check=check,
)
