"""K643: a progress file that is named after another agency than the one that reports."""

import re
from collections.abc import Iterator

from kehoach_cli.core.duties.coverage import voice
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation

_NAME = re.compile(r"(?:^|[/\\])[a-z0-9-]+--([a-z0-9-]+)\.ya?ml$")


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the submission of a file whose name holds the id of a body that is neither the sender nor its heir."""
    named = _NAME.search(document.file)
    for at, plan, submission in document.submissions if named else ():
        owner = document.directory.get(plan.province, named[1]) if named and not at else None
        if owner is None or owner.group:
            continue
        voices = {voice(document.directory, plan.province, one) for one in (submission.agency, owner.id)}
        if len(voices) > 1:
            sender = document.directory.official_name(plan.province, submission.agency)
            message = f"tệp mang tên {owner.name} nhưng cơ quan báo cáo là {sender}"
            yield Violation(message, (*at, "agency"), hint="sửa agency, hoặc đổi tên tệp")


RULE = Rule(
    code="K643",
    slug="file-of-another-agency",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Tên tệp và cơ quan báo cáo khác nhau",
    why="""
        Tệp <kế hoạch>--<cơ quan>.yaml giữ báo cáo của cơ quan ghi ở tên tệp. Bên trong ghi cơ quan khác (thường do chép tệp
        của cơ quan khác rồi sửa) thì số liệu tính cho cơ quan đó, còn cơ quan ở tên tệp thành chưa gửi báo cáo.

        Sửa khóa agency, hoặc đổi tên tệp. Cơ quan kế thừa báo cáo thay cơ quan trước đây thì không báo.
    """,
    bad="""
        # tệp: progress/2025/kh-mau--so-b.yaml
        agency: so-a
        #       ^
    """,
    good="""
        # tệp: progress/2025/kh-mau--so-a.yaml
        agency: so-a
    """,
    check=check,
    kind="progress",
)
