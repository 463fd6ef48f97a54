"""K219: a department or ministry whose name has not the letters of its id."""

import re
from collections.abc import Iterator

from kehoach_cli.core.model.agency import Agency
from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.agencies.registry_bodies import bodies
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.viet.text import loose_key

# Other bodies have ids with words of our own ("tinh" for a city's body, "cap").
_KINDS = frozenset({"so", "bo"})
_SHORTEST = 4


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the departments and ministries whose id is neither their name nor its initials."""
    for path, agency in bodies(document):
        if agency.kind in _KINDS and not _fits(agency):
            yield Violation(
                f'tên "{agency.name}" không hợp với mã "{agency.id}"; ô cơ quan in tên cũ sẽ không còn đọc được',
                (*path, "name"),
                hint="đổi tên thì lập cơ quan mới, cơ quan cũ ghi valid.to và successors; gõ sai thì sửa lại tên",
            )


def _fits(agency: Agency) -> bool:
    """Return whether the letters of the id follow one another in the name; a letter may be typed once too often."""
    own = agency.id.partition("-")[2]
    if len(own) < _SHORTEST or re.search(r"\d", own):
        return True
    name, at, before = re.sub(r"[^a-z]", "", loose_key(agency.name).partition(" ")[2]), 0, ""
    for letter in own.replace("-", ""):
        found = name.find(letter, at)
        if found < 0 and letter != before:
            return False
        at, before = max(at, found + 1), letter
    return True


RULE = Rule(
    code="K219",
    slug="name-does-not-fit-id",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    kind="registry",
    title="Tên cơ quan không hợp với mã",
    why="""
        Mã của sở, bộ là tên hay chữ đầu của tên (so-y-te, so-nnmt) và không đổi sau khi đã dùng. Tên không có các chữ của
        mã thường là tên cũ bị sửa đè thành tên mới: kế hoạch ban hành trước đó in tên cũ nên ô cơ quan không đọc được, còn
        cơ quan mới thì nhận việc không phải của mình.

        Cơ quan đổi tên, sáp nhập: thêm một mục mới với mã mới, mục cũ giữ tên cũ, ghi valid.to và successors.
    """,
    bad="""
        agencies:
          - {id: ubnd-tinh, name: UBND tỉnh Mẫu, kind: ubnd}
          - {id: so-a, name: Sở Tài nguyên, kind: so}
          - {id: so-b, name: Sở Y tế, kind: so}
          - {id: so-khdt, name: Sở Tài chính, kind: so}
        #                       ^
    """,
    good="""
        agencies:
          - {id: ubnd-tinh, name: UBND tỉnh Mẫu, kind: ubnd}
          - {id: so-a, name: Sở Tài nguyên, kind: so}
          - {id: so-b, name: Sở Y tế, kind: so}
          - {id: so-khdt, name: Sở Kế hoạch và Đầu tư, kind: so}
    """,
    check=check,
)
