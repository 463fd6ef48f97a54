"""K125: a section whose title begins with another number than its id."""

import re
from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Section
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.numbering import last_number, steps
from kehoach_cli.rules.rows import sections

_NUMBER = re.compile(r"(?:(?:\d+|[IVXLC]+)\.)*(\d+|[IVXLC]+)[.):]\s")
_APPENDIX = re.compile(r"phụ lục(?: số)? (\d+|[ivxlc]+)(?!\w)", re.IGNORECASE)
_DIGITS = 4


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the sections whose title begins with a number that is neither the one of the id nor the one in `printed`."""
    for path, section in sections(document.plan):
        if printed := _other_number(section):
            message = f'mục {section.id} có tiêu đề đánh số "{printed}"'
            hint = "sửa mã của mục, hoặc tiêu đề chép nhầm; số in khác với mã thì ghi ở khóa printed"
            yield Violation(message, (*path, "title"), hint=hint)


def _other_number(section: Section) -> str:
    """Return the number that a title begins with, where it is another one than that of the section; else nothing."""
    first = steps(section.id)[0]
    if appendix := _APPENDIX.match(section.title):
        return appendix[0] if first[0] == "PL" and first[2] and _value(appendix[1]) != int(first[2]) else ""
    found = _NUMBER.match(f"{section.title} ")
    own = {_value(section.printed or ""), (last_number(section.id) or ("", 0))[1]}
    return found[1] if found and _value(found[1]) not in own else ""


def _value(numeral: str) -> int:
    """Return the value of a printed numeral; 0 where it is none."""
    text = numeral.upper().rpartition(".")[2]
    if not re.fullmatch(rf"[0-9]{{1,{_DIGITS}}}|[IVXLC]+", text):
        return 0
    return (last_number(text) or ("", 0))[1]


RULE = Rule(
    code="K125",
    slug="number-against-title",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Số của mục trái với tiêu đề",
    why="""
        Tiêu đề chép cả số ("2. Nước thải", "Phụ lục 2") thì số đó phải là số của mục; khác đi thì mã mục hoặc tiêu đề chép
        nhầm, và các dòng mang tiêu đề của mục khác.

        Đối chiếu văn bản rồi sửa chỗ chép sai. Số in trong văn bản khác với mã (hai mục "IV") thì ghi vào khóa printed.
    """,
    bad="""
        sections:
          - {id: I, title: "II. NHIỆM VỤ"}
        #                  ^
    """,
    good="""
        sections:
          - {id: I, title: "I. NHIỆM VỤ"}
    """,
    check=check,
)
