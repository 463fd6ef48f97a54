"""The variables of the templates, all of them ready to print.

A field is a variable of the same name. `templates.check_template` checks a template against the types, so an unknown name is
found before anything is filled in. Parts of `core.report` that are printed as they are have no class here.
"""

from typing import TypeAlias

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
from kehoach_cli.core.report.summary_document import CountLine, ProofGroup
from kehoach_cli.templating.values import field_names


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


class NarrativeParagraphs(Struct, frozen=True):
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


class TaskTexts(Struct, frozen=True):
    """Nhiệm vụ: câu tổng hợp, các mục của kế hoạch, bảng theo cơ quan, danh mục quá hạn; `all` đếm mỗi nhiệm vụ một lần."""

    sentences: tuple[str, ...]
    task_sentence: str
    sections: tuple[str, ...]
    groups: tuple[TaskGroup, ...]
    programme_sentence: str
    programme_sections: tuple[str, ...]
    programmes: tuple[TaskGroup, ...]
    by_agency: tuple[AgencyRow, ...]
    all: TaskCounts
    note: str
    overdue: tuple[OverdueLine, ...]
    overdue_missing: str


class AppendixNames(Struct, frozen=True):
    """Tên từng phụ lục ("Phụ lục I"), trống khi phụ lục không có dòng nào."""

    indicators: str
    tasks: str
    agencies: str
    overdue: str
    units: str
    next: str


class ChartPlaces(Struct, frozen=True):
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
    period: str
    period_capitals: str
    next_period_capitals: str
    previous_period: str
    as_of_text: str
    cite: str
    part: bool
    narrative: NarrativeParagraphs
    indicators: IndicatorPart
    tasks: TaskTexts
    funding: FundingPart
    coverage: CoveragePart
    next: NextPart
    appendix: AppendixNames
    reference: str
    charts: ChartPlaces
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
    period: str
    cite: str
    notes: tuple[str, ...]


class SummaryView(Struct, frozen=True):
    """Mọi biến của mẫu tổng hợp trong kỳ."""

    head: Head
    foot: Foot
    title: str
    summary: str
    to: tuple[str, ...]
    opening: tuple[str, ...]
    heading: str
    lines: tuple[CountLine, ...]
    all: CountLine
    remarks: tuple[str, ...]
    proofs: tuple[ProofGroup, ...]
    closing: str


class ParagraphText(Struct, frozen=True):
    """Một tiêu đề (cấp 1 đến 3), hoặc một đoạn (cấp 0)."""

    level: int
    text: str


class AmendedTask(Struct, frozen=True):
    """Một nhiệm vụ, các ô như văn bản in; chỗ được sửa có dấu chú thích."""

    number: str
    text: str
    lead: str
    support: str
    schedule: str
    outputs: str


class AmendedIndicator(Struct, frozen=True):
    """Một chỉ tiêu, các ô như văn bản in; chỗ được sửa có dấu chú thích."""

    number: str
    name: str
    unit: str
    lead: str
    targets: str


class AmendedTasks(Struct, frozen=True):
    """Các nhiệm vụ của một mục, dưới tiêu đề và lời dẫn của mục."""

    title: str
    texts: tuple[str, ...]
    rows: tuple[AmendedTask, ...]


class AmendedIndicators(Struct, frozen=True):
    """Các chỉ tiêu của một mục, dưới tiêu đề và lời dẫn của mục."""

    title: str
    texts: tuple[str, ...]
    rows: tuple[AmendedIndicator, ...]


class TextBlockView(Struct, frozen=True):
    """Các đoạn, rồi bảng nhiệm vụ và bảng chỉ tiêu đứng sau."""

    paragraphs: tuple[ParagraphText, ...]
    tasks: tuple[AmendedTasks, ...]
    indicators: tuple[AmendedIndicators, ...]


class ChapterView(Struct, frozen=True):
    """Một phần của kế hoạch; `name` là tên phụ lục, trống ở phần chính."""

    name: str
    title: str
    blocks: tuple[TextBlockView, ...]


class ConsolidatedView(Struct, frozen=True):
    """Mọi biến của mẫu văn bản hợp nhất."""

    head: Head
    foot: Foot
    title: str
    summary: str
    as_of_text: str
    original: str
    amendments: tuple[str, ...]
    bases: tuple[str, ...]
    chapters: tuple[ChapterView, ...]
    appendices: tuple[ChapterView, ...]
    reference: str
    provisions: tuple[str, ...]
    closing: str


View: TypeAlias = ReportView | LetterView | SummaryView | ConsolidatedView
VIEWS: tuple[type[View], ...] = (ReportView, LetterView, SummaryView, ConsolidatedView)


def variables(view: View) -> dict[str, object]:
    """Return the variables of a template by name."""
    return {name: getattr(view, name) for name in field_names(view)}
