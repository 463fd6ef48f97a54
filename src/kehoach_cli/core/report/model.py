"""The content of the report of a period, or of a reminder letter, without layout.

Texts are in Vietnamese and ready to print. None in a text field means "not known": a visible blank is printed, never a value of
another year. Where a list of rows or texts is empty, a sentence says so (`missing`).
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from msgspec import Struct

from kehoach_cli.core.check.evaluation import Verdict
from kehoach_cli.core.duties.assess import CountColumn, Timeliness
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import TaskKind
from kehoach_cli.core.model.progress import Status


class ReportKind(StrEnum):
    """The kind of document; the value is the name of its default template."""

    COORDINATOR = "bao-cao-nam"
    AGENCY = "bao-cao-co-quan"
    PARTY = "bao-cao-dang"
    LETTER = "cong-van-don-doc"
    SUMMARY = "tong-hop-ky"
    CONSOLIDATED = "van-ban-hop-nhat"


class Review(StrEnum):
    """The review that a plan asks for in certain years: mid-term or final."""

    MIDTERM = "so-ket"
    FINAL = "tong-ket"


class Source(Struct, frozen=True):
    """A place: a file and a line (1-based, 0 if unknown); in a workbook the cell."""

    file: str
    line: int = 0
    cell: str | None = None

    def __str__(self) -> str:
        """Return `file:line`, or file and cell."""
        if self.cell:
            return f"{self.file}: ô {self.cell}"
        return f"{self.file}:{self.line}" if self.line else self.file


class Figure(Struct, frozen=True):
    """One printed figure: its key in the data (`indicators.counts.met`), its label, its text and its sources."""

    key: str
    label: str
    text: str
    sources: tuple[Source, ...]


class Body(Struct, frozen=True):
    """A body as the report names it today; `id` is the one by which the plan's province knows it.

    `name` is the full name as in documents (`Ủy ban nhân dân tỉnh Thanh Hóa`). If the body took over from others, `formerly`
    holds their names, oldest first; `certain` is False if that is not confirmed.
    """

    id: str
    name: str
    formerly: tuple[str, ...] = ()
    since: date | None = None
    certain: bool = True


class Identity(Struct, frozen=True):
    """Head and foot of the document.

    `parent` and `issuer` are the lines at the upper left, in capitals (an empty parent: no such line; None: not known).
    `symbol` follows the number: `BC-SNNMT`, `BC/VPTU`; in a letter of a state body `SNNMT-` and the drafting unit, or a blank
    for it. `authority` are the lines above `title` (`TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`). `recipients` is "Nơi nhận" without
    dashes and end marks, `archive` its last line. With `archive_with_unit` that line names the drafting unit, `archive_unit`
    (None: a blank).
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
    """Who sends the report to whom by the plan's rules, with the names of today.

    `collective` means a report of UBND tỉnh that a department drafts. `due` is the last day in the report's year, `due_text` the
    rule as printed (None: the plan has none), `embedded_in` the larger report that this is a part of, `source` the passage.
    `asked_by` is the document that asks for the report where the plan does not.
    """

    sender: Body
    recipients: tuple[Body, ...]
    drafter: Body | None = None
    collective: bool = False
    due: date | None = None
    due_text: str | None = None
    embedded_in: str | None = None
    asked_by: str | None = None
    source: str | None = None


class AgencyText(Struct, frozen=True):
    """The text of one agency for a part of the report, unchanged."""

    agency: str
    text: str
    source: Source


class NarrativeText(Struct, frozen=True):
    """A part of the outline: computed sentences, then the text of every agency.

    `missing` says why there is none; a document has a blank there.
    """

    voices: tuple[AgencyText, ...]
    missing: str = "Chưa có số liệu."
    facts: tuple[str, ...] = ()


class NarrativePart(Struct, frozen=True):
    """The parts of the outline that agencies write; `lessons` is None in a year without a review."""

    directing: NarrativeText
    strengths: NarrativeText
    limits: NarrativeText
    causes_objective: NarrativeText
    causes_subjective: NarrativeText
    lessons: NarrativeText | None
    funding: NarrativeText
    next_year: NarrativeText
    proposals_central: NarrativeText
    proposals_province: NarrativeText
    proposals_others: NarrativeText


class IndicatorLine(Struct, frozen=True):
    """One row of Bảng 1, its cells as printed; `number` counts in the table, values by scope are joined by "; ".

    `word` is the verdict in words. Between milestones it is "Chưa đến kỳ đánh giá", and `note` has the comparison with the
    straight line. `value` and `goal` are for charts: None if there is no single quantity. `doubtful`: a check doubts the figure.
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
    doubtful: bool = False


class IndicatorGroup(Struct, frozen=True):
    """The rows under one heading of the plan; `number` is its printed number (`I`, `II.1`), or empty.

    `place` says the same so that nobody takes it for a number of the report: `Mục II.1 của Kế hoạch`.
    """

    id: str
    number: str
    title: str
    lines: tuple[IndicatorLine, ...]
    place: str = ""


class IndicatorCounts(Struct, frozen=True):
    """Indicators of the plan, each once: `total` = `official` + `between`.

    `official` (the year is a milestone) = exceeded + met + partly + missed + no_data. `between` = reached + short + unknown,
    compared with the next milestone.
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
    """II.1: the summary sentences, the notes on them, and Bảng 1. A plan without indicators has no counts.

    `doubts` are for the drafting officer: values that cannot be right, or cannot all be right.
    """

    sentences: tuple[str, ...]
    notes: tuple[str, ...]
    counts: IndicatorCounts | None
    groups: tuple[IndicatorGroup, ...]
    doubts: tuple[str, ...] = ()

    @property
    def lines(self) -> Iterator[IndicatorLine]:
        """Every row of the table."""
        return (line for group in self.groups for line in group.lines)


class TaskLine(Struct, frozen=True):
    """One row of Bảng 2, its cells as printed. `word` is the state in official words; `note` holds withdrawal and conditions.

    `doubtful`: a check doubts what was reported.
    """

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
    column: CountColumn
    due: date | None
    doubtful: bool = False


class TaskCounts(Struct, frozen=True):
    """Tasks counted once each: `by_column` in the order of `CountColumn` adds up to `total`.

    `due` = done + overdue + `due_unreported`; the completion rate is measured on it. `rate` and `share` are percentages with one
    decimal: done of `due`, and done of `total` (None: there is none).
    """

    total: int
    by_column: tuple[int, ...]
    done: int
    due: int
    due_unreported: int
    rate: str | None
    share: str | None

    def __getitem__(self, column: CountColumn) -> int:
        """Return the count of one column."""
        return self.by_column[list(CountColumn).index(column)]


class TaskGroup(Struct, frozen=True):
    """The tasks under one heading of the plan, with their counts and one sentence on them."""

    id: str
    number: str
    title: str
    lines: tuple[TaskLine, ...]
    counts: TaskCounts
    sentence: str
    place: str = ""


class AgencyRow(Struct, frozen=True):
    """One row of Bảng 3. `group` marks a group of bodies; `name` also gives the former or present names of the body."""

    number: int
    id: str
    name: str
    group: bool
    counts: TaskCounts


class OverdueLine(Struct, frozen=True):
    """A task past its deadline by `days` (`days_text` as printed); `word` says whether it is overdue or has no submission."""

    number: int
    id: str
    text: str
    lead: str
    deadline: str
    days: int
    word: str
    days_text: str = ""


class TaskPart(Struct, frozen=True):
    """II.2, II.3 and the tables behind them.

    `sentences` are on all tasks. `groups` are the plan's sections with tasks (nhiệm vụ, giải pháp), counted in `task_sentence`,
    `programmes` those with programmes, counted in `programme_sentence`; a part that is all there is repeats nothing. `note` is
    printed under the table by agency.
    """

    sentences: tuple[str, ...]
    counts: TaskCounts
    task_sentence: str
    task_counts: TaskCounts
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
    """The money of one source in a submission, in the unit of the whole table.

    `doubtful`: an amount is no amount, or cannot be right; it is printed as typed and not added.
    """

    number: int
    agency: str
    source: str
    planned: str
    spent: str
    unit: str
    share: str
    doubtful: bool = False


class FundingTotal(Struct, frozen=True):
    """The sum in one unit of money; None if no line gives the amount. `share` is None unless every line gives both amounts."""

    unit: str
    planned: str | None
    spent: str | None
    share: str | None = None


class FundingPart(Struct, frozen=True):
    """II.4: the sources in the plan, the amounts in submissions, and their sums; `missing` is printed if there are none.

    `title` is that of the table: in a part of a year amounts are those from 1 January on. `doubts` are for the drafting officer.
    """

    plan_sources: tuple[str, ...]
    lines: tuple[FundingLine, ...]
    totals: tuple[FundingTotal, ...]
    title: str = ""
    missing: str = "Chưa có số liệu."
    doubts: tuple[str, ...] = ()


class UnitLine(Struct, frozen=True):
    """A body that owes or sent a submission; `word` says whether it is sent, late or missing.

    `required` tells whether the plan asks for it; `unanswered` are the ids of the open rows.
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
    """Who reported and who did not: `expected` = reported + refused + awaited + missing; `late` is a part of reported.

    `refused` sent a form that could not be taken. `others` reported although the plan does not ask them. `source` is the passage
    of the rule, None without a rule.
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
    refused: int = 0


class NextLine(Struct, frozen=True):
    """A task for the next year: due in it, beginning in it, or open past its deadline."""

    number: int
    id: str
    text: str
    lead: str
    deadline: str
    word: str


class NextPart(Struct, frozen=True):
    """IV: the tasks for the next year; `sentence` sums them up."""

    year: int
    sentence: str
    lines: tuple[NextLine, ...]
    missing: str


class ReportData(Struct, frozen=True):
    """A whole report.

    `title` is tên loại, `summary` trích yếu. `closing` has no end mark (`./.`); the template adds it. `part` means the sections
    without head and foot. `notes` tell the drafting officer what is uncertain and who took over; they are removed before
    signing. `unit` is the agency, if this is an agency's own report.
    """

    kind: ReportKind
    plan: str
    cite: str
    year: int
    period: Period
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
    narrative: NarrativePart
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
        """Whether the layout is that of Party documents."""
        return self.kind is ReportKind.PARTY

    @property
    def expected(self) -> tuple[str, ...]:
        """The ids of all tasks and indicators that the finished document must contain."""
        return (*(line.id for line in self.indicators.lines), *(line.id for line in self.tasks.lines))


class DueLine(Struct, frozen=True):
    """A row that an agency still owes: an indicator or a task without an answer, or a task past its deadline."""

    number: int
    id: str
    text: str
    deadline: str
    word: str


class LetterData(Struct, frozen=True):
    """A reminder letter to an agency that is late or has not reported.

    `body` holds the paragraphs before the table; `request` the text before and after the requested day, `until` (None: a
    blank). `missing` is printed if the table is empty.
    """

    plan: str
    cite: str
    year: int
    period: Period
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
        """Always the letter."""
        return ReportKind.LETTER

    @property
    def expected(self) -> tuple[str, ...]:
        """The ids that the finished document must contain."""
        return tuple(line.id for line in self.lines)
