"""Progress files (`kehoach: progress/1`): one document, or a list of them."""

from typing import Annotated, Any

from pydantic import BeforeValidator, PlainValidator

from kehoach_cli.store.schema.base import (
    FileModel,
    Flag,
    IsoDate,
    RowId,
    SingleYearKey,
    Text,
    Year,
    one_of,
    refuse,
    shown,
)

STATUSES = {
    "not_started": "chưa thực hiện",
    "in_progress": "đang thực hiện",
    "done": "đã hoàn thành",
    "ongoing": "thực hiện thường xuyên",
    "paused": "tạm dừng",
    "waiting": "chờ hướng dẫn",
    "carried": "chuyển tiếp",
    "dropped": "dừng, không thực hiện",
}


def _value(value: Any) -> str | dict[str, str] | None:
    """A value as typed, one for each scope where the target is scoped; its notation is judged with the indicator."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dict) and all(isinstance(part, str) for part in value.values()):
        return {str(scope): str(part) for scope, part in value.items()}
    return refuse("K103", f'giá trị "{shown(value)}" phải là một số viết trong dấu nháy kép, ví dụ "86,5"')


class PaperEntry(FileModel):
    """A cited document."""

    number: Text
    date: IsoDate | None = None


class ExtensionEntry(FileModel):
    """A moved deadline."""

    to: IsoDate
    document: Text | None = None


class TaskReportEntry(FileModel):
    """What an agency reports on a task."""

    status: Annotated[str, BeforeValidator(one_of(STATUSES))] | None = None
    result: Text | None = None
    documents: list[PaperEntry] = []
    completed: IsoDate | None = None
    extension: ExtensionEntry | None = None
    condition_met: Flag | None = None
    done_this_year: Flag | None = None
    difficulty: Text | None = None


class IndicatorReportEntry(FileModel):
    """What an agency reports on an indicator."""

    value: Annotated[Any, PlainValidator(_value)] = None
    estimate: Flag = False
    to_date: Text | None = None
    levels: dict[SingleYearKey, Text] = {}
    source: Text | None = None
    note: Text | None = None


class FundingReportEntry(FileModel):
    """Money planned and spent from one source."""

    source: Text
    planned: Text | None = None
    spent: Text | None = None
    unit: Text | None = None


class CausesEntry(FileModel):
    """Causes of what fell short."""

    objective: Text | None = None
    subjective: Text | None = None


class ProposalsEntry(FileModel):
    """Proposals by addressee."""

    central: Text | None = None
    province: Text | None = None
    others: Text | None = None


class NarrativeEntry(FileModel):
    """The report's parts in words."""

    directing: Text | None = None
    strengths: Text | None = None
    limits: Text | None = None
    causes: CausesEntry | None = None
    lessons: Text | None = None
    funding: Text | None = None
    next_year: Text | None = None
    proposals: ProposalsEntry | None = None


class ProgressFile(FileModel):
    """One agency's report on one plan for one year."""

    kehoach: Annotated[str, BeforeValidator(one_of({"progress/1": "báo cáo tiến độ"}))]
    plan: Text
    agency: Text
    year: Year
    cutoff: IsoDate
    submitted: IsoDate | None = None
    indicators: dict[RowId, IndicatorReportEntry] = {}
    tasks: dict[RowId, TaskReportEntry] = {}
    funding: list[FundingReportEntry] = []
    narrative: NarrativeEntry | None = None
