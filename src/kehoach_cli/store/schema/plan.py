"""Plan files (`kehoach: plan/1`)."""

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from kehoach_cli.store.schema.base import (
    FileModel,
    Flag,
    MaybeDate,
    RowId,
    ScheduleText,
    SingleYearKey,
    Slug,
    TargetValue,
    Text,
    Year,
    YearKey,
    one_of,
    refuse,
    shown,
)

TASK_KINDS = {"task": "nhiệm vụ", "programme": "chương trình, đề án, dự án", "organisation": "tổ chức thực hiện"}
DIRECTIONS = {"increase": "càng cao càng tốt", "decrease": "càng thấp càng tốt", "maintain": "duy trì"}
OBJECTIVE_KINDS = {
    "purpose": "mục đích",
    "requirement": "yêu cầu",
    "viewpoint": "quan điểm",
    "general": "mục tiêu chung",
    "specific": "mục tiêu cụ thể",
    "vision": "tầm nhìn",
}
CLAUSE_ROLES = {"implement": "thực hiện", "direct": "lãnh đạo, chỉ đạo"}
LEVELS = {"unit": "đơn vị báo cáo", "coordinator": "cơ quan đầu mối báo cáo"}
CONDITION_KINDS = {"after": "sau khi", "per": "theo"}


def _slugs(value: Any) -> Any:
    """Accept one id where a list of ids is meant."""
    return [value] if isinstance(value, str) else value


def _scope(value: Any) -> int | None:
    if value == "all":
        return None
    if not isinstance(value, str) or not value.isdigit() or value == "0":
        refuse("K103", f'phạm vi "{shown(value)}" phải là all (cả nhiệm vụ) hoặc số thứ tự của gạch đầu dòng')
    return int(value)


def _some_targets(targets: dict[str, Any]) -> dict[str, Any]:
    if not targets:
        refuse("K302", "chỉ tiêu không có mục tiêu nào", hint='viết ví dụ {2025: "85", 2030: "90"}')
    return targets


def _in_order(period: "PeriodEntry") -> "PeriodEntry":
    if period.to is not None and period.to < period.from_:
        refuse("K404", f"thời kỳ kết thúc năm {period.to} trước khi bắt đầu năm {period.from_}")
    return period


Slugs = Annotated[list[Slug], BeforeValidator(_slugs)]


class BasisEntry(FileModel):
    """A legal basis, as far as the opening names it."""

    number: Text | None = None
    date: MaybeDate | None = None
    title: Text | None = None


class SignerEntry(FileModel):
    """The signature block: the lines above the name, and the name."""

    authority: list[Text]
    name: Text


class DocumentEntry(FileModel):
    """The issued document."""

    type: Text
    number: Text | None
    date: MaybeDate | None
    issuer: Slug
    title: Text
    cite: Text
    basis: list[BasisEntry] = []
    signer: SignerEntry | None = None
    recipients: list[Text] = []


class PeriodEntry(FileModel):
    """Years in force."""

    from_: Year = Field(alias="from")
    to: Year | None
    vision: Year | None = None
    note: Text | None = None


class ObjectiveEntry(FileModel):
    """A numbered passage of purposes, viewpoints or objectives."""

    id: RowId
    kind: Annotated[str, BeforeValidator(one_of(OBJECTIVE_KINDS))] | None = None
    text: Text


class FundingEntry(FileModel):
    """A source of funding."""

    id: RowId
    text: Text


class ReportingEntry(FileModel):
    """One level of the plan's own reporting rules."""

    level: Annotated[str, BeforeValidator(one_of(LEVELS))]
    drafter: Slug | None = None
    from_: Slugs = Field(alias="from")
    to: Slugs
    via: Slugs = []
    leads_only: Flag = False
    embedded_in: Text | None = None
    due: ScheduleText | None = None
    source: RowId


class ClauseEntry(FileModel):
    """A general clause for rows naming nobody."""

    id: RowId
    role: Annotated[str, BeforeValidator(one_of(CLAUSE_ROLES))]
    agencies: Slugs
    applies_to: list[RowId]
    text: Text


class SectionEntry(FileModel):
    """A heading."""

    id: RowId
    title: Text
    printed: Text | None = None
    schedule: ScheduleText | None = None
    errata: Text | None = None


class TaskCells(FileModel):
    """The cells of a row as printed."""

    lead: Text | None = None
    support: Text | None = None
    role: Text | None = None
    schedule: Text | None = None
    outputs: Text | None = None


class ConditionEntry(FileModel):
    """A condition in place of a date."""

    text: Text
    kind: Annotated[str, BeforeValidator(one_of(CONDITION_KINDS))]
    scope: Annotated[int | None, BeforeValidator(_scope)]
    awaits: Slug | None = None


class HeirEntry(FileModel):
    """Today's bearer of a split body's row."""

    agency: Slug
    scope: Text | None = None
    basis: Text | None = None


class BodyCells(FileModel):
    """The wording of the body where it differs from the appendix."""

    lead: Text | None = None


class BodyEntry(FileModel):
    """What the body of the decision adds to the appendix row."""

    id: RowId | None = None
    lead: Slugs = []
    as_issued: BodyCells | None = None
    note: Text | None = None


class TaskEntry(FileModel):
    """A task, programme or duty."""

    id: RowId
    kind: Annotated[str, BeforeValidator(one_of(TASK_KINDS))]
    text: Text
    section: RowId | None = None
    lead: Slugs = []
    support: Slugs = []
    as_issued: TaskCells | None = None
    schedule: ScheduleText | None = None
    outputs: list[Text] = []
    conditions: list[ConditionEntry] = []
    now: dict[Slug, list[HeirEntry]] = {}
    body: BodyEntry | None = None
    note: Text | None = None
    errata: Text | None = None


class IndicatorCells(FileModel):
    """The cells of an indicator as printed."""

    name: Text | None = None
    lead: Text | None = None
    role: Text | None = None
    targets: dict[YearKey, Text] = {}


class IndicatorEntry(FileModel):
    """An indicator with its targets."""

    id: RowId
    name: Text
    unit: Text | None = None
    lead: Slugs = []
    direction: Annotated[str, BeforeValidator(one_of(DIRECTIONS))]
    direction_note: Text | None = None
    targets: Annotated[dict[YearKey, TargetValue], AfterValidator(_some_targets)]
    baseline: dict[SingleYearKey, Text | None] = {}
    as_issued: IndicatorCells | None = None
    section: RowId | None = None
    note: Text | None = None
    errata: Text | None = None


class PlanFile(FileModel):
    """A plan file."""

    kehoach: Annotated[str, BeforeValidator(one_of({"plan/1": "kế hoạch"}))]
    id: Slug
    province: Slug
    document: DocumentEntry
    period: Annotated[PeriodEntry, AfterValidator(_in_order)]
    objectives: list[ObjectiveEntry] = []
    funding: list[FundingEntry] = []
    coordinator: Slug
    reporting: list[ReportingEntry] = []
    clauses: list[ClauseEntry] = []
    sections: list[SectionEntry] = []
    tasks: list[TaskEntry]
    indicators: list[IndicatorEntry] = []
