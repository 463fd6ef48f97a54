"""What a template can show: the variables of `{{ }}`, all of them ready to print.

The field names are the variables' names; `templates.check` holds a template against the types, so an unknown name is found
before anything is rendered. Parts that need no dressing are those of `core.report`.
"""

from msgspec import Struct

from kehoach_cli.core.report.model import (
    AgencyRow,
    CoveragePart,
    DueLine,
    FundingPart,
    IndicatorPart,
    NextPart,
    OverdueLine,
    TaskCounts,
    TaskGroup,
)

# Around what somebody has to fill in; rendering takes the marks away and highlights what stands between them. From the
# private use area, which no text of ours may contain.
BLANK = "\ue001"
# Around the name of a chart, in the place where it is drawn.
CHART = "\ue002"


def blank(width: int) -> str:
    """Return a gap of so many spaces to be filled in by hand, visible on the screen."""
    return BLANK + "\u00a0" * width + BLANK


class Head(Struct, frozen=True):
    """Đầu văn bản: dòng cơ quan chủ quản, dòng cơ quan ban hành, số và ký hiệu, địa danh và thời gian."""

    parent: tuple[str, ...]
    issuer: tuple[str, ...]
    number: str
    place_date: str


class Foot(Struct, frozen=True):
    """Cuối văn bản: quyền hạn, chức vụ, họ tên người ký, nơi nhận."""

    authority: tuple[str, ...]
    office: str
    signer: str
    recipients: tuple[str, ...]


class Narrative(Struct, frozen=True):
    """Các phần lời văn, mỗi phần gồm các đoạn; `lessons` trống khi năm đó không sơ kết, tổng kết."""

    directing: tuple[str, ...]
    strengths: tuple[str, ...]
    limits: tuple[str, ...]
    causes_objective: tuple[str, ...]
    causes_subjective: tuple[str, ...]
    lessons: tuple[str, ...]
    funding: tuple[str, ...]
    next_year: tuple[str, ...]
    proposals_central: tuple[str, ...]
    proposals_province: tuple[str, ...]
    proposals_others: tuple[str, ...]


class Tasks(Struct, frozen=True):
    """Nhiệm vụ: câu tổng hợp, các mục của kế hoạch, bảng theo cơ quan, danh mục quá hạn; `all` đếm mỗi nhiệm vụ một lần."""

    sentences: tuple[str, ...]
    groups: tuple[TaskGroup, ...]
    programme_sentence: str
    programmes: tuple[TaskGroup, ...]
    by_agency: tuple[AgencyRow, ...]
    all: TaskCounts
    note: str
    overdue: tuple[OverdueLine, ...]
    overdue_missing: str


class Appendix(Struct, frozen=True):
    """Tên từng phụ lục ("Phụ lục I"), trống khi phụ lục không có dòng nào."""

    indicators: str
    tasks: str
    agencies: str
    overdue: str
    units: str
    next: str


class Charts(Struct, frozen=True):
    """Chỗ vẽ biểu đồ, mỗi biểu đồ đứng một mình trong đoạn; trống khi không có gì để vẽ."""

    indicators: str
    agencies: str


class ReportView(Struct, frozen=True):
    """Mọi biến của mẫu báo cáo."""

    head: Head
    foot: Foot
    title: str
    summary: str
    to: tuple[str, ...]
    opening: str
    closing: str
    year: int
    as_of_text: str
    cite: str
    part: bool
    narrative: Narrative
    indicators: IndicatorPart
    tasks: Tasks
    funding: FundingPart
    coverage: CoveragePart
    next: NextPart
    appendix: Appendix
    reference: str
    charts: Charts
    notes: tuple[str, ...]


class LetterView(Struct, frozen=True):
    """Mọi biến của mẫu công văn."""

    head: Head
    foot: Foot
    summary: str
    to: tuple[str, ...]
    body: tuple[str, ...]
    lines: tuple[DueLine, ...]
    missing: str
    request: str
    closing: str
    year: int
    cite: str
    notes: tuple[str, ...]


def variables(view: ReportView | LetterView) -> dict[str, object]:
    """Return the variables of a template by name."""
    return {name: getattr(view, name) for name in view.__struct_fields__}
