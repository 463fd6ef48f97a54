"""K114: a type of document that its number or its citation contradicts."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Document
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.structure.citation import KINDS, read_citation, symbol_kind

_HINT = "đối chiếu bản gốc: sửa type, hoặc sửa số và câu viện dẫn"


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the plan whose type is another one than its number, or without a number its citation, says."""
    plan = document.plan
    if plan and (fault := _fault(plan.document)):
        yield Violation(f'loại văn bản "{plan.document.type}" {fault}', ("document", "type"), hint=_HINT)


def _fault(document: Document) -> str:
    if document.type not in KINDS:
        return ""
    cited = read_citation(document)
    if cited.number and symbol_kind(cited.number) == document.type:
        # A number of another kind is then a number that differs (K112).
        return ""
    symbol = symbol_kind(document.number) if document.number else None
    if symbol in KINDS and symbol != document.type:
        return f'khác với số văn bản "{document.number}"'
    if cited.kind is not None and cited.kind != KINDS[document.type]:
        return f'({KINDS[document.type]}) khác với câu viện dẫn, câu này gọi là "{cited.kind}"'
    return ""


RULE = Rule(
    code="K114",
    slug="document-type-differs",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    title="Loại văn bản khác với số hoặc câu viện dẫn",
    why="""
        Chữ viết tắt trong số, ký hiệu là của chính loại văn bản (KH kế hoạch, QĐ quyết định…), nên "176/KH-UBND" không thể
        là một quyết định. Câu viện dẫn cũng gọi đúng loại đó: "Kế hoạch …", hoặc "… ban hành kèm theo Quyết định …".

        Đối chiếu với bản gốc rồi sửa. Với kế hoạch ban hành kèm theo quyết định, type là QĐ và câu viện dẫn nêu quyết định
        đó.
    """,
    bad="""
        document:
          type: QĐ
        #       ^
          number: 176/KH-UBND
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
