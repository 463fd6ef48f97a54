"""Parts II.2, II.3 and IV of a report: tasks by section and by agency, overdue tasks, and tasks of the next period.

Every task is counted once, in one of eleven columns that add up to the total. A task without any submission is never "chưa hoàn
thành". Duties of the part "Tổ chức thực hiện" have no end and are not counted.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property

from msgspec import Struct

from kehoach_cli.core.amend.words import moved_text, phrase_moved_text
from kehoach_cli.core.check.locked import adjusted_text
from kehoach_cli.core.check.promise import Promise
from kehoach_cli.core.check.wording import (
    COLUMN_HEADERS,
    plain_state_text,
    shown_share,
    state_text,
)
from kehoach_cli.core.duties.assess import DONE, CountColumn, State, TaskStates, Timeliness
from kehoach_cli.core.duties.bodies import names_at
from kehoach_cli.core.duties.coverage import voice
from kehoach_cli.core.duties.led_parts import LedPart, bearer_name, led_parts, part_state
from kehoach_cli.core.duties.owed import is_current
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import ConditionKind, Plan, Task, TaskKind
from kehoach_cli.core.model.progress import Paper, Status, SubmittedTask
from kehoach_cli.core.report.bodies import in_order
from kehoach_cli.core.report.model import (
    AgencyRow,
    NextLine,
    NextPart,
    OverdueLine,
    TaskCounts,
    TaskGroup,
    TaskLine,
    TaskPart,
)
from kehoach_cli.core.report.places import heading_number, heading_place
from kehoach_cli.core.report.sources import Evidence
from kehoach_cli.core.report.texts import under_name
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.number import rounded
from kehoach_cli.viet.text import capitalized

_SHARED = (
    "Một nhiệm vụ có nhiều cơ quan chủ trì được ghi ở dòng của từng cơ quan và chỉ tính một lần ở dòng Tổng; nhóm cơ quan ghi "
    "một dòng. Tỷ lệ hoàn thành = số đã hoàn thành chia cho tổng của số đã hoàn thành, số quá hạn và số đã quá thời hạn mà chưa "
    "có báo cáo; số chưa đến hạn không tính."
)
_SINCE_BEGUN = "Trạng thái nhiệm vụ là kết quả lũy kế từ khi ban hành Kế hoạch đến ngày chốt số liệu."


class Row(Struct, frozen=True, dict=True):
    """A task with its state on the day of the report."""

    task: Task
    state: State

    @cached_property
    def column(self) -> CountColumn:
        """The column in which the task is counted."""
        return self.state.column

    @property
    def late(self) -> bool:
        """Whether the task is open past its deadline, reported or not."""
        return self.state.timeliness in {Timeliness.OVERDUE, Timeliness.UNREPORTED}


def count(rows: Iterable[Row]) -> TaskCounts:
    """Return the counts of tasks; each task is counted once."""
    listed = list(rows)
    columns = Counter(row.column for row in listed)
    done = sum(columns[column] for column in DONE)
    overdue = columns[CountColumn.OVERDUE]
    unreported = sum(row.state.timeliness is Timeliness.UNREPORTED for row in listed)
    due = done + overdue + unreported
    return TaskCounts(
        total=len(listed),
        by_column=tuple(columns[column] for column in CountColumn),
        done=done,
        due=due,
        due_unreported=unreported,
        rate=shown_share(done, due) if due else None,
        share=shown_share(done, len(listed)) if listed else None,
    )


class TaskWriter:
    """Writes the parts on tasks of one plan on one day; `own`: this is an agency's own report."""

    def __init__(
        self,
        evidence: Evidence,
        directory: Directory,
        rows: tuple[Row, ...],
        period: Period,
        day: date,
        *,
        own: bool = False,
    ) -> None:
        """Keep the rows, tasks and programmes only, in the plan's order."""
        self._evidence = evidence
        self._plan: Plan = evidence.plan
        self._directory = directory
        self._rows = rows
        self._period = period
        self._day = day
        self._own = own
        self._states = TaskStates(directory, evidence.submissions)

    def part(self, *, review: bool = False, promise: Promise | None = None) -> TaskPart:
        """Return parts II.2 and II.3 with their tables; a review says that the states count from the plan's first year.

        `promise` is what the report of the year before said had to be done by now.
        """
        counts = count(self._rows)
        tasks = [row for row in self._rows if row.task.kind is TaskKind.TASK]
        programmes = [row for row in self._rows if row.task.kind is TaskKind.PROGRAMME]
        numbers = {row.task.id: number for number, row in enumerate((*tasks, *programmes), 1)}
        by_agency = () if self._own else self._by_agency()
        both = bool(tasks and programmes)
        part = TaskPart(
            sentences=(
                *_sentences(counts, count(tasks), count(programmes), own=self._own),
                *self._without_deadline(),
                *(self._since_last_year(promise) if promise else ()),
                *((_SINCE_BEGUN,) if review else ()),
            ),
            counts=counts,
            task_sentence=_task_sentence(count(tasks)) if both else "",
            task_counts=count(tasks),
            groups=self._groups(tasks, numbers, "nhiệm vụ"),
            programme_sentence=_programme_sentence(programmes, own=self._own),
            programme_counts=count(programmes),
            programmes=self._groups(programmes, numbers, "chương trình, đề án, dự án"),
            by_agency=tuple(by_agency),
            note=_SHARED,
            overdue=self._overdue(),
            overdue_missing=f"Không có nhiệm vụ{', dự án' if programmes else ''} quá hạn.",
        )
        self._note_part(part, tasks, programmes)
        return part

    def _since_last_year(self, promise: Promise) -> Iterator[str]:
        """Yield what became of the tasks that the report of the year before said had to be done by the end of this year."""
        states = {row.task.id: row for row in self._rows}
        rows = [states[one.task.id] for one in promise.tasks if one.task.id in states]
        if not rows:
            return
        counts, label = count(rows), f"Nhiệm vụ phải hoàn thành theo báo cáo {promise.made_in.text}"
        sources = self._evidence.tasks(row.task.id for row in rows)
        self._evidence.note("tasks.sentences", label, counts.total, sources)
        for column in CountColumn:
            some = [row.task.id for row in rows if row.column is column]
            if some:
                words = f"{label}: {COLUMN_HEADERS[column].lower()}"
                self._evidence.note("tasks.sentences", words, len(some), self._evidence.tasks(some))
        closed = " đã chốt" if promise.closed else ""
        said = _counted(counts, "nhiệm vụ phải hoàn thành đến hết " + self._period.full_text)
        yield f"Theo số liệu báo cáo {promise.made_in.text}{closed}, có {said}"

    def _without_deadline(self) -> Iterator[str]:
        """Yield how many tasks that count as done in time have no deadline: their lines in the table say so."""
        free = [
            row for row in self._rows if row.column is CountColumn.ON_TIME and row.state.timeliness is Timeliness.NONE
        ]
        if free:
            sources = self._evidence.tasks(row.task.id for row in free)
            self._evidence.note("tasks.sentences", "Nhiệm vụ hoàn thành, không ấn định thời hạn", len(free), sources)
            yield f"Số hoàn thành đúng hạn gồm cả {len(free)} nhiệm vụ đã hoàn thành mà Kế hoạch không ấn định thời hạn."

    def next_period(self) -> NextPart:
        """Return the tasks that are due, begin or continue in the following period."""
        now, after = self._period.full_text, self._period.following
        year, when = after.year, after.full_text
        if not self._plan.period.covers(year):
            text = (
                f"Thời kỳ của Kế hoạch kết thúc năm {self._plan.period.end}; {when} không còn nhiệm vụ theo Kế hoạch."
            )
            return NextPart(year, text, (), "Không có.")
        open_rows = [row for row in self._rows if not row.state.closed]
        late = [row for row in open_rows if row.late]
        due = [
            row for row in open_rows if row.state.deadline and after.contains(row.state.deadline) and row not in late
        ]
        # A deadline between the day of the report and the end of its period is listed too.
        pressing = [
            row
            for row in open_rows
            if row.state.deadline and self._day <= row.state.deadline < after.first_day and row not in due
        ]
        begin = [row for row in open_rows if _begins(row.task, after) and row not in due]
        listed = {row.task.id for some in (late, due, pressing, begin) for row in some}
        rest = [row for row in open_rows if row.task.id not in listed and is_current(self._plan, row.task, year)]
        lines = self._next_lines(
            (late, f"Đã quá thời hạn, chuyển sang {'kỳ' if self._period.part else 'năm'} sau"),
            (pressing, f"Đến hạn trong {now}"),
            (due, f"Đến hạn trong {when}"),
            (begin, f"Bắt đầu từ {when}"),
        )
        parts = (
            (due, "nhiệm vụ đến hạn"),
            (late, "nhiệm vụ đã quá thời hạn chuyển sang"),
            (begin, "nhiệm vụ bắt đầu thực hiện"),
            (rest, f"nhiệm vụ{' khác' if due or late or begin else ''} tiếp tục thực hiện"),
            (pressing, f"nhiệm vụ phải hoàn thành trong {now}"),
        )
        for some, label in parts:
            sources = self._evidence.tasks(row.task.id for row in some)
            self._evidence.note("next.sentence", f"{capitalized(when)}: {label}", len(some), sources)
        said = ", ".join(f"{len(some)} {label}" for some, label in parts[:-1] if some)
        sentence = f"Theo Kế hoạch, {when} có {said or 'không có nhiệm vụ nào'}.".replace("có không có", "không có")
        if pressing:
            sentence += f" Còn {len(pressing)} nhiệm vụ phải hoàn thành trong {now}."
        return NextPart(year, sentence, lines, f"Không có nhiệm vụ đến hạn hoặc bắt đầu trong {when}.")

    def _next_lines(self, *parts: tuple[list[Row], str]) -> tuple[NextLine, ...]:
        return tuple(
            NextLine(number, row.task.id, capitalized(row.task.text), self._lead(row.task), self._deadline(row), word)
            for number, (row, word) in enumerate(((row, word) for rows, word in parts for row in rows), 1)
        )

    def _lead(self, task: Task) -> str:
        province, now = self._plan.province, task.now
        if task.lead:
            return names_at(self._directory, province, task.lead, self._day, now, "lead")
        clauses = self._plan.clauses_for(task)
        return (
            "; ".join(
                f"{names_at(self._directory, province, clause.agencies, self._day, now)} (theo điều khoản chung {clause.id})"
                for clause in clauses
            )
            or "-"
        )

    def _deadline(self, row: Row) -> str:
        schedule, state = row.task.schedule, row.state
        if state.extension and state.deadline:
            document = f" theo {state.extension.document}" if state.extension.document else ""
            before = f"; thời hạn theo Kế hoạch: {format_date(schedule.deadline)}" if schedule.deadline else ""
            return f"{format_date(state.deadline)} (gia hạn{document}{before}){moved_text(schedule)}"
        return f"{schedule.text or '-'}{phrase_moved_text(schedule)}"

    def _groups(self, rows: Iterable[Row], numbers: dict[str, int], noun: str) -> tuple[TaskGroup, ...]:
        """Return the rows under the plan's headings, in the order in which the headings first occur."""
        found: dict[str | None, list[Row]] = {}
        for row in rows:
            found.setdefault(row.task.section, []).append(row)
        groups = []
        for section_id, under in found.items():
            section = self._plan.section(section_id)
            counts = count(under)
            lines = tuple(self._line(numbers[row.task.id], row) for row in under)
            number, title = heading_number(section_id), section.title if section else ""
            place = heading_place(section_id)
            groups.append(TaskGroup(section_id or "", number, title, lines, counts, _counted(counts, noun), place))
        return tuple(groups)

    def _line(self, number: int, row: Row) -> TaskLine:
        task, state = row.task, row.state
        return TaskLine(
            number=number,
            id=task.id,
            kind=task.kind,
            text=capitalized(task.text),
            lead=self._lead(task),
            support=names_at(self._directory, self._plan.province, task.support, self._day, task.now, "support") or "-",
            deadline=self._deadline(row),
            outputs="; ".join(task.outputs) or "-",
            result=self._said(task, _result_text) or "-",
            word=word_of(state),
            difficulty=self._said(task, lambda entry, _: entry.difficulty or "") or "-",
            note=_note(task, state, self._adjusted(task)),
            status=state.status,
            timeliness=state.timeliness,
            column=row.column,
            due=state.deadline,
            doubtful=self._evidence.doubts.on("tasks", task.id),
        )

    def _said(self, task: Task, read: Callable[[SubmittedTask, Period], str]) -> str:
        """Return the last texts of the agencies on a task; of several agencies, each on a line with its name.

        In the report of a year an agency's texts for the parts of that year stand before it, in order.
        """
        said: dict[str, dict[Period, str]] = {}
        for submission, entry in self._evidence.entries(task.id):
            if text := read(entry, submission.period):
                who = voice(self._directory, self._plan.province, submission.agency)
                of_sender = said.setdefault(who, {})
                of_sender.pop(submission.period, None)
                of_sender[submission.period] = text
        pieces = {}
        for who, by_period in said.items():
            words = self._told(by_period, mark="- " if len(said) > 1 else "")
            name = self._directory.name(self._plan.province, who)
            pieces[who] = under_name(name, words) if len(said) > 1 else words
        return "\n".join(in_order(self._directory, self._plan.province, pieces))

    def _adjusted(self, task: Task) -> list[str]:
        """Return which answers were changed after their period had been closed."""
        return [adjusted_text(one) for one in self._evidence.adjusted("tasks", task.id)]

    def _told(self, by_period: dict[Period, str], mark: str) -> str:
        """Return the texts of one agency: the last one, before it those of other parts of the report's year, each on a line."""
        latest = next(reversed(by_period))
        of_year = [
            one
            for one in sorted(by_period, key=lambda one: one.order)
            if self._period.part is None and one.part and one.year == self._period.year and one != latest
        ]
        last = by_period[latest].rstrip(".")
        if not of_year:
            return last if latest == self._period else f"{last} (báo cáo {latest.text})"
        told = [(one.text, by_period[one].rstrip(".")) for one in of_year]
        told.append(("cả năm" if latest == self._period else latest.text, last))
        return "\n".join(f"{mark}{capitalized(when)}: {text}" for when, text in told)

    def _overdue(self) -> tuple[OverdueLine, ...]:
        late = [row for row in self._rows if row.late]
        late.sort(key=lambda row: row.state.deadline or date.max)
        return tuple(
            OverdueLine(
                number=number,
                id=row.task.id,
                text=capitalized(row.task.text),
                lead=self._lead(row.task),
                deadline=f"{format_date(row.state.deadline)}{moved_text(row.task.schedule)}"
                if row.state.deadline
                else "-",
                days=row.state.days,
                word=capitalized(plain_state_text(row.state)),
                days_text=rounded(row.state.days),
            )
            for number, row in enumerate(late, 1)
        )

    def _by_agency(self) -> list[AgencyRow]:
        """Return a row for each body that leads a task on the day, in the order of its first task."""
        led: dict[str, list[tuple[Task, LedPart]]] = {}
        for row in self._rows:
            for part in led_parts(self._directory, self._plan, row.task, self._day):
                led.setdefault(part.bearer, []).append((row.task, part))
        rows = []
        for number, (bearer, tasks) in enumerate(led.items(), 1):
            led_rows = [Row(task, part_state(self._states, self._plan, task, part, self._day)) for task, part in tasks]
            counts = count(led_rows)
            agency = self._directory.get(self._plan.province, bearer)
            whole = LedPart(bearer, tuple(one for _, part in tasks for one in part.named))
            name = bearer_name(self._directory, self._plan.province, whole, self._day)
            rows.append(AgencyRow(number, bearer, name, agency.group if agency else False, counts))
            self._note_counts(f"tasks.by_agency[{bearer}].counts", name, counts, led_rows)
        return rows

    def _note_part(self, part: TaskPart, tasks: list[Row], programmes: list[Row]) -> None:
        self._note_counts("tasks.counts", "Nhiệm vụ", part.counts, list(self._rows))
        self._note_counts("tasks.task_counts", "Nhiệm vụ, giải pháp", part.task_counts, tasks)
        self._note_counts("tasks.programme_counts", "Chương trình, đề án, dự án", part.programme_counts, programmes)
        rows = {row.task.id: row for row in self._rows}
        for name, groups in (("groups", part.groups), ("programmes", part.programmes)):
            for group in groups:
                some = [rows[line.id] for line in group.lines]
                self._note_counts(f"tasks.{name}[{group.id}].counts", f"Mục {group.id}", group.counts, some)
        for line in part.overdue:
            key = f"tasks.overdue[{line.id}].days"
            self._evidence.note(key, f"{line.id}: số ngày quá hạn", line.days, self._evidence.task(line.id))

    def _note_counts(self, key: str, label: str, counts: TaskCounts, rows: list[Row]) -> None:
        def put(name: str, words: str, value: object, some: Iterable[Row]) -> None:
            # The sources of a zero are all rows that were counted.
            sources = self._evidence.tasks(row.task.id for row in list(some) or rows)
            self._evidence.note(f"{key}.{name}", f"{label}: {words}", value, sources)

        done = [row for row in rows if row.column in DONE]
        unreported = [row for row in rows if row.state.timeliness is Timeliness.UNREPORTED]
        overdue = [row for row in rows if row.column is CountColumn.OVERDUE]
        due = [*done, *overdue, *unreported]
        put("total", "tổng số", counts.total, rows)
        for column in CountColumn:
            some = [row for row in rows if row.column is column]
            put(f"by_column.{column.value}", COLUMN_HEADERS[column].lower(), counts[column], some)
        put("done", "đã hoàn thành", counts.done, done)
        put("due", "đến hạn hoặc đã hoàn thành", counts.due, due)
        put("due_unreported", "đã quá thời hạn, chưa có báo cáo", counts.due_unreported, unreported)
        if counts.rate is not None:
            put("rate", "tỷ lệ hoàn thành (%)", counts.rate, due)
        if counts.share is not None:
            put("share", "tỷ lệ trên tổng số (%)", counts.share, rows)


def word_of(state: State) -> str:
    """Return the state in official words, beginning with a capital."""
    return capitalized(state_text(state))


def _sentences(counts: TaskCounts, tasks: TaskCounts, programmes: TaskCounts, *, own: bool) -> tuple[str, ...]:
    """Return the sentences on all tasks; where there are two kinds, the columns are left to the sentence of each."""
    if not counts.total:
        return ("Không có nhiệm vụ.",)
    whose = "Cơ quan được giao chủ trì" if own else "Kế hoạch giao"
    if tasks.total and programmes.total:
        first = (
            f"{whose} {counts.total} nhiệm vụ, gồm {tasks.total} nhiệm vụ, giải pháp và {programmes.total} chương trình, "
            "đề án, dự án."
        )
    elif programmes.total:
        first = f"{whose} {counts.total} chương trình, đề án, dự án, không có nhiệm vụ, giải pháp khác."
    else:
        first = f"Trong tổng số {counts.total} nhiệm vụ: {_columns(counts, 'nhiệm vụ ')}."
    return first, _rate_sentence(counts)


def _task_sentence(counts: TaskCounts) -> str:
    return f"Trong tổng số {counts.total} nhiệm vụ, giải pháp: {_columns(counts, 'nhiệm vụ ')}."


def _rate_sentence(counts: TaskCounts) -> str:
    if counts.rate is None:
        return "Chưa có nhiệm vụ nào đến hạn hoặc được báo cáo đã hoàn thành nên chưa tính tỷ lệ hoàn thành."
    unreported = (
        f", trong đó {counts.due_unreported} nhiệm vụ đã quá thời hạn theo Kế hoạch, chưa có báo cáo"
        if counts.due_unreported
        else ""
    )
    return (
        f"Tỷ lệ hoàn thành: {counts.done}/{counts.due} nhiệm vụ đến hạn hoặc đã hoàn thành ({counts.rate}%){unreported}; tính "
        f"trên tổng số nhiệm vụ: {counts.done}/{counts.total} ({counts.share}%)."
    )


def _columns(counts: TaskCounts, noun: str) -> str:
    """Return the columns that are not empty, in words; they add up to the total."""
    return "; ".join(f"{counts[column]} {noun}{_in_words(column)}" for column in CountColumn if counts[column])


def _in_words(column: CountColumn) -> str:
    words = {
        CountColumn.ONGOING: "thực hiện thường xuyên",
        CountColumn.DROPPED: "dừng, không thực hiện",
        CountColumn.NOT_YET: "chưa đến thời gian thực hiện",
        CountColumn.UNREPORTED: "chưa có báo cáo",
    }
    header = COLUMN_HEADERS[column]
    return words.get(column, header[:1].lower() + header[1:])


def _counted(counts: TaskCounts, noun: str) -> str:
    used = [column for column in CountColumn if counts[column]]
    if len(used) == 1:
        every = "đều " if counts.total > 1 else ""
        return f"{counts.total} {noun}, {every}{_in_words(used[0])}."
    return f"{counts.total} {noun}, gồm {_columns(counts, '')}."


def _programme_sentence(programmes: list[Row], *, own: bool) -> str:
    if not programmes:
        whose = "Cơ quan không được giao chủ trì" if own else "Kế hoạch không có danh mục"
        return f"{whose} chương trình, đề án, dự án{'' if own else ' riêng'}."
    counts = count(programmes)
    return f"Trong tổng số {counts.total} chương trình, đề án, dự án: {_columns(counts, '')}."


def _begins(task: Task, period: Period) -> bool:
    """Whether a task begins in a period: by the day its schedule names, else in the first period of its year."""
    schedule = task.schedule
    if period.part is None:
        return schedule.start == period.year
    begins = schedule.starts or (date(schedule.start, 1, 1) if schedule.start else None)
    return begins is not None and period.contains(begins)


def _result_text(entry: SubmittedTask, period: Period) -> str:
    """Return what was done; below a result of several lines, documents and dates are one line of their own."""
    result = (entry.result or "").rstrip(".")
    said = [_paper(paper) for paper in entry.documents]
    if entry.completed:
        said.append(f"hoàn thành ngày {format_date(entry.completed)}")
    if entry.done_this_year is not None:
        when = "năm" if period.part is None else "kỳ"
        said.append(f"{'đã' if entry.done_this_year else 'chưa'} thực hiện trong {when}")
    if entry.settled:
        said.append(f"cơ quan đầu mối kết luận theo {entry.settled}")
    proof = "; ".join(said)
    if "\n" in result and proof:
        return f"{capitalized(result)}.\n{capitalized(proof)}"
    return capitalized("; ".join(part for part in (result, proof) if part))


def _paper(paper: Paper) -> str:
    """Return a document as a sentence names it; a bare number says that it is a document's."""
    number = f"văn bản số {paper.number}" if paper.number[:1].isdigit() else paper.number
    return f"{number} ngày {format_date(paper.dated)}" if paper.dated else number


def _note(task: Task, state: State, adjusted: Iterable[str]) -> str:
    notes = list(adjusted)
    if task.withdrawn and state.status is Status.DROPPED:
        notes.append(f"đã bãi bỏ: {task.withdrawn.document}")
    for condition in task.conditions:
        how = "điều kiện" if condition.kind is ConditionKind.AFTER else "theo"
        notes.append(condition.text if how == "theo" else f"{how}: {condition.text}")
    if state.timeliness is Timeliness.SUSPENDED:
        notes.append("điều kiện chưa được đáp ứng")
    return capitalized("; ".join(notes)) or "-"
