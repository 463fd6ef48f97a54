"""K712: Nơi nhận; its last entry says where the document is kept."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.layout_profile import LayoutProfile
from kehoach_cli.core.model.word_document import WordDocument
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.layout.wording import shortened

_DASHES = ("-", "–", "—", "−")


def check(document: WordDocument, profile: LayoutProfile) -> Iterator[Violation]:
    """Yield a missing heading, a list without entries, and a wrong last entry."""
    article, heading = profile.cite(profile.elements["recipients"].article), document.elements.recipients
    if heading is None:
        if document.elements.administrative:
            yield Violation('thiếu "Nơi nhận:"', hint=article)
        return
    lines, archive = document.elements.recipient_lines, profile.words.archive
    entries = [line for line in lines if line.text.startswith(_DASHES)]
    if not entries:
        message = "Nơi nhận không có dòng nào (mỗi dòng bắt đầu bằng dấu gạch ngang)"
        yield Violation(message, place=heading.place, hint=article)
        return
    last = entries[-1]
    if not last.text.startswith(archive):
        message = f'dòng cuối của Nơi nhận là "{shortened(last.text)}", phải bắt đầu bằng "{archive}"'
        yield Violation(message, place=last.place, hint=article)
    elif not lines[-1].text.endswith("."):
        yield Violation("dòng cuối của Nơi nhận phải kết thúc bằng dấu chấm", place=lines[-1].place, hint=article)


RULE = Rule(
    code="K712",
    slug="recipients-list",
    severity=Severity.ERROR,
    found_by=FoundBy.LAYOUT,
    title="Nơi nhận thiếu hoặc không kết thúc bằng dòng lưu",
    why="""
        Mục Nơi nhận liệt kê từng nơi trên một dòng bắt đầu bằng dấu gạch ngang, kết thúc bằng dấu chấm phẩy; dòng cuối
        ghi nơi lưu: "- Lưu: VT, <đơn vị soạn thảo>." ở cơ quan nhà nước, "- Lưu Văn phòng …." ở cơ quan Đảng.

        Thêm dòng lưu vào cuối danh sách và kết thúc dòng đó bằng dấu chấm.
    """,
    bad="",
    good="",
    kind="docx",
    check=check,
)
