"""Notes for the officer who drafts: what is open, uncertain or in doubt. They never stand in the document itself."""

from collections.abc import Callable, Iterator
from datetime import date

from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.legal import in_force_no_more, legal_text, replaced_text
from kehoach_cli.core.model.plan import Plan, Task
from kehoach_cli.core.notation.schedule import ScheduleKind
from kehoach_cli.core.report.doubts import Doubts
from kehoach_cli.core.report.model import FundingPart, IndicatorPart, NarrativePart, NarrativeText
from kehoach_cli.core.report.tasks import Row

_PARTS = (
    ("directing", "phần I, công tác chỉ đạo, điều hành"),
    ("strengths", "mục III.1, ưu điểm"),
    ("limits", "mục III.2, tồn tại, hạn chế"),
    ("causes_objective", "mục III.3, nguyên nhân khách quan"),
    ("causes_subjective", "mục III.3, nguyên nhân chủ quan"),
    ("lessons", "mục III.4, bài học kinh nghiệm"),
    ("next_year", "phần IV, phương hướng, nhiệm vụ"),
    ("proposals_central", "mục V.1, kiến nghị với Trung ương"),
    ("proposals_province", "mục V.2, kiến nghị với tỉnh"),
    ("proposals_others", "mục V.3, kiến nghị với các cơ quan, đơn vị khác"),
)


def drafting_notes(
    words: NarrativePart, indicators: IndicatorPart, rows: tuple[Row, ...], funding: FundingPart, doubts: Doubts
) -> tuple[str, ...]:
    """Return what the drafting officer must write, settle or check before the report is signed."""
    return (
        *_blanks(words),
        *indicators.doubts,
        *funding.doubts,
        *_about_tasks(rows),
        *(f"Cần kiểm tra: {line}" for line in doubts.lines),
    )


def basis_notes(plan: Plan, directory: Directory, day: date) -> Iterator[str]:
    """Yield which documents that the plan is based on are no longer in force on the day of the report."""
    for one in in_force_no_more(plan, "", directory.replaced, day):
        yield (
            f"Căn cứ: Kế hoạch viện dẫn {legal_text(one.document)}, {replaced_text(one)}."
            " Phần căn cứ của báo cáo viện dẫn văn bản đang có hiệu lực."
        )


def _blanks(words: NarrativePart) -> Iterator[str]:
    open_parts: dict[str, list[str]] = {}
    for name, place in _PARTS:
        part: NarrativeText | None = getattr(words, name)
        if part and not part.voices and not part.facts:
            open_parts.setdefault(part.missing, []).append(place)
    for missing, places in open_parts.items():
        yield f"Để trống, cần viết: {'; '.join(places)}. {missing}"


def _about_tasks(rows: tuple[Row, ...]) -> Iterator[str]:
    listed: tuple[tuple[str, Callable[[Row], bool]], ...] = (
        ("Chưa hiểu được thời gian ghi trong Kế hoạch, không tính được thời hạn", lambda row: _unread(row.task)),
        ("Có báo cáo nhưng chưa nêu trạng thái", lambda row: row.state.answered and row.state.status is None),
        (
            "Báo cáo gia hạn, chuyển tiếp hoặc dừng mà không nêu văn bản cho phép (số, ngày); vẫn tính theo thời hạn cũ",
            lambda row: row.state.undecided or row.state.requested is not None,
        ),
        ("Chỉ có báo cáo của cơ quan không chủ trì, tính là chưa có báo cáo", lambda row: row.state.aside > 0),
    )
    for text, concerns in listed:
        if ids := [row.task.id for row in rows if concerns(row)]:
            yield f"{text}: {', '.join(ids)}."


def _unread(task: Task) -> bool:
    return task.schedule.kind is ScheduleKind.UNKNOWN
