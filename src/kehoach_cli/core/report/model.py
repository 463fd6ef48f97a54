"""Everything a yearly report or a reminding letter says, before anybody lays it out.

Texts are ready to print and Vietnamese. None in a text field means "not known": a visible blank is printed for it, never a value
of another year. An empty list of rows or voices is said in words (`missing`), never passed over in silence.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from msgspec import Struct

from kehoach_cli.core.check.verdict import Verdict
from kehoach_cli.core.duties.assess import Timeliness
from kehoach_cli.core.model.plan import TaskKind
from kehoach_cli.core.model.progress import Status


class ReportKind(StrEnum):
    """Which document it is; the value names the template it is printed with unless another is asked for."""

    COORDINATOR = "bao-cao-nam"
    AGENCY = "bao-cao-co-quan"
    PARTY = "bao-cao-dang"
    LETTER = "cong-van-don-doc"


class Review(StrEnum):
    """What a plan asks of the report of certain years: a mid-term or a final review."""

    MIDTERM = "so-ket"
    FINAL = "tong-ket"


class Column(StrEnum):
    """The eleven columns of the table by agency; every task stands in one, so that they add up to the total."""

    ON_TIME = "on_time"
    LATE = "late"
    UNDATED = "undated"
    IN_TIME = "in_time"
    OVERDUE = "overdue"
    NOT_YET = "not_yet"
    ONGOING = "ongoing"
    WAITING = "waiting"
    CARRIED = "carried"
    DROPPED = "dropped"
    UNREPORTED = "unreported"


COLUMN_HEADERS = {
    Column.ON_TIME: "Hoàn thành đúng hạn",
    Column.LATE: "Hoàn thành quá hạn",
    Column.UNDATED: "Hoàn thành, chưa rõ thời điểm",
    Column.IN_TIME: "Chưa hoàn thành, trong hạn",
    Column.OVERDUE: "Chưa hoàn thành, quá hạn",
    Column.NOT_YET: "Chưa đến thời gian",
    Column.ONGOING: "Thường xuyên",
    Column.WAITING: "Chờ hướng dẫn, tạm dừng",
    Column.CARRIED: "Chuyển tiếp",
    Column.DROPPED: "Dừng",
    Column.UNREPORTED: "Chưa báo cáo",
}


class Source(Struct, frozen=True):
    """Where something stands: a file and a line (1-based, 0 where it cannot be told), in a workbook the cell."""

    file: str
    line: int = 0
    cell: str | None = None

    def __str__(self) -> str:
        """Return `file:line`, or file and cell."""
        if self.cell:
            return f"{self.file}: ô {self.cell}"
        return f"{self.file}:{self.line}" if self.line else self.file


class Figure(Struct, frozen=True):
    """One printed figure: where in the data it stands (`indicators.counts.met`), what it is, its text, what it comes from."""

    key: str
    label: str
    text: str
    sources: tuple[Source, ...]


class Body(Struct, frozen=True):
    """A body as the report names it today.

    `name` is written out as documents do (`Ủy ban nhân dân tỉnh Thanh Hóa`); `formerly` the names the plan used, oldest first,
    where others have taken over since; `certain` is False where that is not confirmed.
    """

    id: str
    name: str
    formerly: tuple[str, ...] = ()
    since: date | None = None
    certain: bool = True


class Identity(Struct, frozen=True):
    """Head and foot of the document.

    `parent` and `issuer` are the lines of the head's left side in capitals (an empty parent: no such line; None: not known).
    `symbol` is what follows the number: `BC-SNNMT`, `BC/VPTU`; in a letter of a state body `SNNMT-` and the drafting unit, or a
    blank for it. `authority` are the lines above `title` (`TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`). `recipients` is "Nơi nhận"
    without dashes and end marks, `archive` its last line; `archive_unit` is who drafted it, asked for (a blank where None) if
    `archive_with_unit`.
    """

    issuer: tuple[str, ...] | None
    parent: tuple[str, ...] | None = ()
    symbol: str | None = None
    number: str | None = None
    place: str | None = None
    dated: date | None = None
    authority: tuple[str, ...] = ()
    title: str | None = None
    signer: str | None = None
    recipients: tuple[str, ...] = ("Như trên",)
    archive: str = "Lưu: VT"
    archive_unit: str | None = None
    archive_with_unit: bool = True


class Routing(Struct, frozen=True):
    """Who sends the report to whom by the plan's own rules, as these bodies are called today.

    `collective` is a report of UBND tỉnh, drafted by a department; `due` the last day in the report's year and `due_text` the
    rule as printed (None: the plan names none); `embedded_in` the wider report this is a part of; `source` the passage.
    """

    sender: Body
    recipients: tuple[Body, ...]
    drafter: Body | None = None
    collective: bool = False
    due: date | None = None
    due_text: str | None = None
    embedded_in: str | None = None
    source: str | None = None


class Voice(Struct, frozen=True):
    """What one agency wrote for a part of the report, word for word."""

    agency: str
    text: str
    source: Source


class Words(Struct, frozen=True):
    """A part in words: sentences computed from the data, then every agency's voice; `missing` is printed where nobody wrote."""

    voices: tuple[Voice, ...]
    missing: str = "Chưa có số liệu."
    facts: tuple[str, ...] = ()


class Narrative(Struct, frozen=True):
    """The parts of the outline that agencies write; `lessons` is None where the year asks for no review."""

    directing: Words
    strengths: Words
    limits: Words
    causes_objective: Words
    causes_subjective: Words
    lessons: Words | None
    funding: Words
    next_year: Words
    proposals_central: Words
    proposals_province: Words
    proposals_others: Words


class IndicatorLine(Struct, frozen=True):
    """One row of Bảng 1, its cells as printed; `number` counts within the table, `values` of scoped targets are joined by "; ".

    `word` is the verdict in words; between milestones "Chưa đến kỳ đánh giá", and the comparison with the straight line stands
    in `note`. `value` and `goal` are for charts: None where there is no single quantity.
    """

    number: int
    id: str
    name: str
    unit: str
    agency: str
    target: str
    previous: str
    result: str
    difference: str
    word: str
    note: str
    verdict: Verdict
    official: bool
    estimate: bool
    value: float | None
    goal: float | None


class IndicatorGroup(Struct, frozen=True):
    """The rows under one heading of the plan's table; `number` is the heading's printed number (`I`, `II.1`), may be empty."""

    id: str
    number: str
    title: str
    lines: tuple[IndicatorLine, ...]


class IndicatorCounts(Struct, frozen=True):
    """Indicators of the plan, each once: `total` = `official` + `between`.

    `official` (the year is a milestone of the row) = exceeded + met + partly + missed + no_data; `between` = reached + short +
    unknown, compared with the next milestone.
    """

    total: int
    official: int
    exceeded: int
    met: int
    partly: int
    missed: int
    no_data: int
    between: int
    reached: int
    short: int
    unknown: int


class IndicatorPart(Struct, frozen=True):
    """II.1: the summary sentences, what must be said beside them, and Bảng 1. A plan without indicators has no counts."""

    sentences: tuple[str, ...]
    notes: tuple[str, ...]
    counts: IndicatorCounts | None
    groups: tuple[IndicatorGroup, ...]

    @property
    def lines(self) -> Iterator[IndicatorLine]:
        """Every row of the table."""
        return (line for group in self.groups for line in group.lines)


class TaskLine(Struct, frozen=True):
    """One row of Bảng 2, its cells as printed. `word` is the official status word; `note` holds extensions and conditions."""

    number: int
    id: str
    kind: TaskKind
    text: str
    lead: str
    support: str
    deadline: str
    outputs: str
    result: str
    word: str
    difficulty: str
    note: str
    status: Status | None
    timeliness: Timeliness
    column: Column
    due: date | None


class TaskCounts(Struct, frozen=True):
    """Tasks counted once each: `by_column` in the order of `Column` adds up to `total`.

    `due` is what completion is measured on (done + overdue + reported by nobody though due), `due_unreported` the last of these;
    `rate` and `share` are percentages with one decimal, done of `due` and done of `total` (None: nothing to measure).
    """

    total: int
    by_column: tuple[int, ...]
    done: int
    due: int
    due_unreported: int
    rate: str | None
    share: str | None

    def __getitem__(self, column: Column) -> int:
        """Return the count of one column."""
        return self.by_column[list(Column).index(column)]


class TaskGroup(Struct, frozen=True):
    """The rows under one heading of the plan, with their counts and one sentence on them."""

    id: str
    number: str
    title: str
    lines: tuple[TaskLine, ...]
    counts: TaskCounts
    sentence: str


class AgencyRow(Struct, frozen=True):
    """One row of Bảng 3; `group` is a group of bodies standing as one. `name` says what a dissolved body is today."""

    number: int
    id: str
    name: str
    group: bool
    counts: TaskCounts


class OverdueLine(Struct, frozen=True):
    """A task past its deadline; `days` since then, `word` says whether it is late or nobody reported."""

    number: int
    id: str
    text: str
    lead: str
    deadline: str
    days: int
    word: str


class TaskPart(Struct, frozen=True):
    """II.2, II.3 and the tables behind them.

    `groups` are the plan's sections in order (nhiệm vụ, giải pháp and tổ chức thực hiện), `programmes` those with programmes;
    `note` goes under the table by agency.
    """

    sentences: tuple[str, ...]
    counts: TaskCounts
    groups: tuple[TaskGroup, ...]
    programme_sentence: str
    programme_counts: TaskCounts
    programmes: tuple[TaskGroup, ...]
    by_agency: tuple[AgencyRow, ...]
    note: str
    overdue: tuple[OverdueLine, ...]
    overdue_missing: str

    @property
    def lines(self) -> Iterator[TaskLine]:
        """Every row of the table of tasks."""
        return (line for group in (*self.groups, *self.programmes) for line in group.lines)


class FundingLine(Struct, frozen=True):
    """Money of one source as an agency reported it; amounts as typed."""

    number: int
    agency: str
    source: str
    planned: str
    spent: str
    unit: str
    share: str


class FundingTotal(Struct, frozen=True):
    """The sum over one unit of money; None where no line gives the amount."""

    unit: str
    planned: str | None
    spent: str | None


class FundingPart(Struct, frozen=True):
    """II.4: sources the plan names, what was reported, and the sums; `missing` is printed where nothing was."""

    plan_sources: tuple[str, ...]
    lines: tuple[FundingLine, ...]
    totals: tuple[FundingTotal, ...]
    missing: str = "Chưa có số liệu."


class UnitLine(Struct, frozen=True):
    """A body that owes a report or sent one: `word` says whether it is there, late or missing.

    `required` is whether the plan asks it for one; `unanswered` are the ids of the rows it leaves open.
    """

    number: int
    id: str
    name: str
    required: bool
    cutoff: str
    submitted: str
    word: str
    late: bool
    silent: bool
    unanswered: tuple[str, ...] = ()


class CoveragePart(Struct, frozen=True):
    """Who reported and who did not: `expected` = reported + awaited + missing; `late` are some of the reported.

    `others` reported though the plan does not ask them. `source` is the rule's passage, None where the plan has no such rule.
    """

    sentence: str
    expected: int
    reported: int
    late: int
    awaited: int
    missing: int
    others: int
    source: str | None
    lines: tuple[UnitLine, ...]


class NextLine(Struct, frozen=True):
    """A task for the next year: due in it, or carried over because it is open past its deadline."""

    number: int
    id: str
    text: str
    lead: str
    deadline: str
    word: str


class NextPart(Struct, frozen=True):
    """IV: what falls due next year, what is still open, and the reporting date of the next report."""

    year: int
    sentence: str
    lines: tuple[NextLine, ...]
    missing: str


class ReportData(Struct, frozen=True):
    """A whole report.

    `title` is tên loại, `summary` trích yếu; `closing` lacks its end mark (`./.`), which is the layout's; `part` prints the
    sections without head and foot. `notes` are for whoever drafts (what is uncertain, who took over); they are shown and removed
    before signing. `unit` is the agency whose own report this is.
    """

    kind: ReportKind
    plan: str
    cite: str
    year: int
    as_of: date
    as_of_text: str
    part: bool
    review: Review | None
    identity: Identity
    routing: Routing
    title: str
    summary: str
    opening: str
    closing: str
    narrative: Narrative
    indicators: IndicatorPart
    tasks: TaskPart
    funding: FundingPart
    coverage: CoveragePart | None
    next: NextPart
    notes: tuple[str, ...]
    figures: tuple[Figure, ...]
    unit: Body | None = None

    @property
    def party(self) -> bool:
        """Whether the layout of Party documents holds."""
        return self.kind is ReportKind.PARTY

    @property
    def expected(self) -> tuple[str, ...]:
        """The ids of every task and indicator that must be found in the finished document."""
        return (*(line.id for line in self.indicators.lines), *(line.id for line in self.tasks.lines))


class DueLine(Struct, frozen=True):
    """What an agency still owes: an unanswered indicator or task, or one past its deadline."""

    number: int
    id: str
    text: str
    deadline: str
    word: str


class LetterData(Struct, frozen=True):
    """A letter urging an agency that is late or has not reported.

    `body` are the paragraphs before the table; `request` is what stands before and after the day asked for, `until` (a blank
    where None). `missing` is printed where the table is empty.
    """

    plan: str
    cite: str
    year: int
    as_of: date
    party: bool
    identity: Identity
    routing: Routing
    summary: str
    body: tuple[str, ...]
    lines: tuple[DueLine, ...]
    missing: str
    request: tuple[str, str]
    until: date | None
    closing: str
    notes: tuple[str, ...]
    figures: tuple[Figure, ...]

    @property
    def kind(self) -> ReportKind:
        """It is always the letter."""
        return ReportKind.LETTER

    @property
    def expected(self) -> tuple[str, ...]:
        """The ids that must be found in the finished document."""
        return tuple(line.id for line in self.lines)
