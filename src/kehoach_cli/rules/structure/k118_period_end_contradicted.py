"""K118: a last year of the plan that its own headings, schedules and targets contradict."""

import re
from collections import Counter
from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.plan import Plan, PlanYears
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation

# A year that a heading names as an end: "đến năm 2030", "giai đoạn 2021 - 2030"; not that of a vision.
_END = re.compile(r"(?:(?<!tầm nhìn )đến (?:hết )?năm|\d{4}\s*[-–])\s*(?P<year>\d{4})\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_MANY, _SHARE = 3, 2
# A text may name the year of another document.
_RARER = 5


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the plan whose last year the file hardly names while it often names a year like it, or which most rows pass."""
    plan = document.plan
    if plan is None or plan.period.end is None:
        return
    end = plan.period.end
    ends = _ends_of_rows(plan)
    late = [year for year in ends if year > end and year != plan.period.vision]
    if len(late) >= _MANY and len(late) * _SHARE >= len(ends):
        meant = max(set(late), key=late.count)
        yield _violation(plan.period, f"{len(late)}/{len(ends)} thời hạn và mốc nằm sau năm đó, nhiều nhất là {meant}")
        return
    if (titled := _titled_end(plan)) and titled != end:
        yield _violation(plan.period, f"tên văn bản ghi giai đoạn {plan.period.start} - {titled}")
        return
    named = _named_ends(plan) | {year for year in ends if ends.count(year) >= _MANY}
    likely = sorted(year for year in named if year >= plan.period.start and _is_slip(year, end))
    if not likely or end in named or (plan.document.date and plan.document.date.year == end):
        return
    times = _mentions(plan)
    if times[end] * _RARER <= times[likely[-1]]:
        rare = f"chỉ {times[end]} chỗ khác trong tệp" if times[end] else "không chỗ nào khác trong tệp"
        yield _violation(plan.period, f"{rare} ghi năm đó, nhiều chỗ ghi {likely[-1]}")


def _violation(period: PlanYears, why: str) -> Violation:
    message = f"năm cuối của kế hoạch ghi {period.end}, mà {why}"
    return Violation(message, ("period", "to"), hint="đối chiếu tên và thời kỳ của văn bản rồi sửa period.to")


def _ends_of_rows(plan: Plan) -> list[int]:
    schedules = [row.schedule for rows in (plan.sections, plan.tasks) for row in rows]
    own = [schedule.end for schedule in schedules if schedule.end and not schedule.source]
    return own + [target.year for indicator in plan.indicators for target in indicator.targets]


def _headings(plan: Plan) -> Iterator[str]:
    yield plan.document.title
    yield plan.document.cite
    for section in plan.sections:
        yield section.title
        yield section.schedule.text


def _titled_end(plan: Plan) -> int | None:
    """Return the end of the one period in the title that begins in the plan's first year: "giai đoạn 2021 - 2030"."""
    periods = re.findall(rf"giai đoạn {plan.period.start}\s*[-–]\s*(\d{{4}})\b", plan.document.title, re.IGNORECASE)
    return int(periods[0]) if len(set(periods)) == 1 else None


def _named_ends(plan: Plan) -> set[int]:
    return {int(found["year"]) for text in _headings(plan) for found in _END.finditer(text)}


def _mentions(plan: Plan) -> Counter[int]:
    """Return how many texts of the plan name each year, whatever for."""
    passages = (passage.text for passage in (*plan.objectives, *plan.funding))
    rows = (text for task in plan.tasks for text in (task.text, task.schedule.text))
    texts = (*_headings(plan), *passages, *rows, plan.period.note or "")
    return Counter(int(year) for text in texts for year in set(_YEAR.findall(text)))


def _is_slip(one: int, other: int) -> bool:
    """Return whether two years differ in one figure, or by two figures swapped."""
    first, second = str(one), str(other)
    differing = [at for at, pair in enumerate(zip(first, second, strict=True)) if pair[0] != pair[1]]
    return len(differing) == 1 or (sorted(first) == sorted(second) and len(differing) == _SHARE)


RULE = Rule(
    code="K118",
    slug="period-end-contradicted",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Năm cuối của kế hoạch trái với chính nội dung",
    why="""
        Năm cuối (period.to) quyết định năm nào còn phải báo cáo. Gõ sai một chữ số thì mọi thời hạn và mốc sau đó thành
        "ngoài thời kỳ", hoặc kế hoạch đã hết vẫn bị đòi báo cáo. Chính tệp cho thấy: phần lớn thời hạn và mốc ở sau năm đó,
        tên văn bản ghi một giai đoạn khác, hoặc hầu như không chỗ nào ghi năm đó mà tên, tiêu đề và các dòng ghi một năm chỉ
        khác một chữ số.

        Đối chiếu với tên văn bản rồi sửa. Nếu văn bản đúng là như vậy thì giữ nguyên và ghi chú bỏ qua kèm lý do.
    """,
    bad="""
        period: {from: 2022, to: 2039}
        #                        ^
        sections:
          - {id: I, title: NHIỆM VỤ ĐẾN NĂM 2030}
    """,
    good="""
        period: {from: 2022, to: 2030}
        sections:
          - {id: I, title: NHIỆM VỤ ĐẾN NĂM 2030}
    """,
    check=check,
)
