"""K221: a body under `now` that the row does not name."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.agencies.plan_agencies import known_plan, row_bodies
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.rows import items


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the keys of `now` that neither lead nor support the row."""
    plan = known_plan(document)
    for path, row in items(plan):
        named = row_bodies(row) if row.now else ()
        for old in row.now:
            # An id that no registry has is reported as such (K201).
            if plan and old not in named and document.directory.get(plan.province, old):
                yield Violation(
                    f'{row.id}: now ghi "{old}" mà dòng này không giao cho cơ quan đó',
                    (*path, "now", old),
                    key=True,
                    hint=f"khóa ở now là một trong các mã của dòng: {', '.join(named)}" if named else "bỏ khóa now",
                )


RULE = Rule(
    code="K221",
    slug="now-of-another-body",
    severity=Severity.ERROR,
    found_by=FoundBy.RULE,
    title="Khóa now nêu cơ quan không có trong dòng",
    why="""
        Khóa now thay một cơ quan đã chia tách của chính dòng đó bằng cơ quan hôm nay. Cơ quan không có ở lead hay support
        thì không có gì để thay: phân công ghi ra không có tác dụng, và cơ quan cần thay vẫn chưa có ai nhận việc.

        Ghi đúng mã cơ quan cũ của dòng, hoặc bỏ khóa now.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
            now:
              so-tach: [{agency: so-b, scope: khám bệnh}]
        #     ^
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-tach]
            now:
              so-tach: [{agency: so-b, scope: khám bệnh}]
    """,
    check=check,
)
