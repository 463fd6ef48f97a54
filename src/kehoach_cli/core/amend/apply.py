"""Applies amendments to a plan in the order in which they take effect; what cannot be applied is a fault, never silence."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from difflib import SequenceMatcher, get_close_matches
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.amend.cells import SECTION, CellError, Cells, Row, has_cell, joined, moved
from kehoach_cli.core.amend.words import place_text
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.amendment import Amendment, AmendmentChange, AmendmentOp, AppliedChange
from kehoach_cli.core.model.plan import (
    Clause,
    Indicator,
    Passage,
    Plan,
    Section,
    Task,
    Withdrawal,
    enclosing_section,
    is_within,
)
from kehoach_cli.core.notation.schedule import NO_SCHEDULE
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.text import LOOKALIKES, folded

UNKNOWN, DIFFERS, TWICE, DATES, WRONG = "K140", "K141", "K142", "K143", "K144"
_LIKE = 0.6
# Which lists of a plan hold the rows of a kind.
_LISTS: dict[type, tuple[str, ...]] = {
    Task: ("tasks",),
    Indicator: ("indicators",),
    Section: ("sections",),
    Passage: ("objectives", "funding"),
    Clause: ("clauses",),
}
_ALL_LISTS = tuple(name for names in _LISTS.values() for name in names)
_QUOTES = str.maketrans("“”„‘’", '"""\'\'')
_MOST_NAMED = 5
_TELLING = 6
# A longer text is quoted from so many words before the first difference.
_LONG, _BEFORE = 120, 6


class AmendmentFault(Struct, frozen=True):
    """Why a change of an amendment cannot be applied, and the mend; `change` is None where the whole amendment is at fault."""

    amendment: Amendment
    change: AmendmentChange | None
    code: str
    message: str
    hint: str | None = None


class Consolidated(Struct, frozen=True):
    """A plan with its amendments in it: those in force, what each of them changed, and what could not be applied."""

    plan: Plan
    amendments: tuple[Amendment, ...]
    applied: tuple[AppliedChange, ...]
    faults: tuple[AmendmentFault, ...]


def consolidated(
    plan: Plan, amendments: Iterable[Amendment], directory: Directory, day: date | None, *, strict: bool = True
) -> Consolidated:
    """Return the text of a plan that is in force on a day (None: with every amendment), from the plan as it was issued."""
    mine = sorted((one for one in amendments if one.amends == plan.id), key=lambda one: one.order)
    run = _Run(plan, directory, strict=strict)
    taken = [one for one in mine if (day is None or one.effective <= day) and run.take(one)]
    return Consolidated(run.plan, tuple(taken), tuple(run.applied), tuple(run.faults))


class _CannotApplyError(CellError):
    """A change that cannot be applied, with the code of what is wrong."""

    def __init__(self, code: str, reason: str, hint: str | None = None) -> None:
        super().__init__(reason, hint)
        self.code = code


class _Run:
    """A plan while amendments are applied to it."""

    def __init__(self, plan: Plan, directory: Directory, *, strict: bool) -> None:
        # A plan that comes from the cache fills its fields when they are asked for.
        self.plan = Plan(**{name: getattr(plan, name) for name in Plan.__struct_fields__})
        self.applied: list[AppliedChange] = []
        self.faults: list[AmendmentFault] = []
        self._directory, self._strict = directory, strict
        # What was amended on which day: by row and day, each cell ("" for the whole row) with the amendment.
        self._done: dict[tuple[str, date], dict[str, Amendment]] = {}
        self._taken: list[Amendment] = []

    def take(self, amendment: Amendment) -> bool:
        """Apply the changes of an amendment one by one; return whether it could be taken at all."""
        try:
            self._check(amendment)
        except _CannotApplyError as error:
            self.faults.append(AmendmentFault(amendment, None, error.code, str(error), error.hint))
            return False
        self._taken.append(amendment)
        for change in amendment.changes:
            try:
                _Step(self, amendment, change).apply()
            except CellError as error:
                code = error.code if isinstance(error, _CannotApplyError) else WRONG
                message = f"{place_text(change.item, '' if error.of_row else change.cell)}: {error}"
                self.faults.append(AmendmentFault(amendment, change, code, message, error.hint))
        return True

    def _check(self, amendment: Amendment) -> None:
        same = next((one for one in self._taken if one.same_as(amendment)), None)
        if same:
            message = f'{amendment.cite} đã có ở tệp "{same.file}"; chưa áp dụng tệp này'
            raise _CannotApplyError(TWICE, message, "mỗi văn bản sửa đổi chỉ để một tệp; xóa tệp thừa")
        issued = self.plan.document.date
        if amendment.effective < amendment.issued:
            what = "có hiệu lực trước ngày ban hành"
        elif issued and amendment.issued < issued.first:
            what = "ban hành trước kế hoạch"
        else:
            return
        raise _CannotApplyError(
            DATES, f"{amendment.cite} {what}; chưa áp dụng thay đổi nào", "kiểm tra ngày ban hành, ngày hiệu lực"
        )

    def cells(self, amendment: Amendment) -> Cells:
        return Cells(self.plan, self._directory, amendment.issued, strict=self._strict)

    def rows(self) -> Iterator[Row]:
        for name in _ALL_LISTS:
            yield from getattr(self.plan, name)

    def with_id(self, row_id: str) -> list[Row]:
        """Return the rows with an id: tasks and indicators share a space of ids, headings have one of their own."""
        return [row for row in self.rows() if row.id == row_id]

    def put(self, old: Row, new: Row) -> None:
        """Put a row in the place of another, and what its heading sets into the rows below."""
        for name in _LISTS[type(old)]:
            rows = getattr(self.plan, name)
            if any(one is old for one in rows):
                self.plan = replace(self.plan, **{name: tuple(new if one is old else one for one in rows)})
        if isinstance(new, Task | Section):
            self._inherit()

    def insert(self, row: Row, after: str | None) -> None:
        """Put a new row behind another one of its kind, by default at the end."""
        (name,) = _LISTS[type(row)]
        rows = list(getattr(self.plan, name))
        at = next((at for at, one in enumerate(rows, 1) if one.id == after), len(rows))
        self.plan = replace(self.plan, **{name: (*rows[:at], row, *rows[at:])})
        if isinstance(row, Task | Section):
            self._inherit()

    def _inherit(self) -> None:
        """Give the rows without a schedule of their own that of the nearest heading which has one."""
        headings = {one.id: one.schedule for one in self.plan.sections if one.schedule.text}
        self.plan = replace(self.plan, tasks=tuple(_inheriting(one, headings) for one in self.plan.tasks))

    def conflict(self, amendment: Amendment, item: str, cell: str) -> Amendment | None:
        """Return the amendment that changed a place, or the row around it or a cell in it, on the same day."""
        done = self._done.get((item, amendment.effective), {})
        if cell == _NUMBER:
            return done.get(_NUMBER) or done.get("")
        touched = (one for place, one in done.items() if place != _NUMBER and (not cell or place in {cell, ""}))
        return next(touched, None)

    def mark(self, amendment: Amendment, item: str, cell: str) -> None:
        self._done.setdefault((item, amendment.effective), {})[cell] = amendment

    def amended_by(self, item: str, cell: str) -> str | None:
        """Return the last document that changed a place."""
        found = [one.cite for one in self.applied if (one.row, one.cell) == (item, cell)]
        return found[-1] if found else None


# The place of a row's printed number among its cells.
_NUMBER = "number"


class _Step:
    """One change while it is applied to the plan of a run."""

    def __init__(self, run: _Run, amendment: Amendment, change: AmendmentChange) -> None:
        self._run, self._amendment, self._change = run, amendment, change

    def apply(self) -> None:
        """Apply the change.

        Raises:
            CellError: it cannot be applied.
        """
        run, change = self._run, self._change
        place = _NUMBER if change.op is AmendmentOp.RENUMBER else change.cell
        if other := run.conflict(self._amendment, change.item, place):
            day = format_date(self._amendment.effective)
            raise _CannotApplyError(
                TWICE, f"được sửa hai lần trong ngày {day} ({other.cite})", "gộp thành một thay đổi"
            )
        rows = run.with_id(change.item)
        if change.op is AmendmentOp.ADD and not change.cell:
            self._add_row(rows)
        elif not rows:
            near = get_close_matches(change.item, [row.id for row in run.rows()], n=1)
            hint = f'ý bạn là "{near[0]}"?' if near else None
            raise _CannotApplyError(UNKNOWN, f'kế hoạch "{run.plan.id}" không có "{change.item}"', hint)
        elif change.op is AmendmentOp.RENUMBER and not change.cell:
            self._renumber(rows[0])
        elif change.op is AmendmentOp.REPEAL and not change.cell:
            self._repeal(rows[0])
        elif not change.cell:
            raise CellError("thiếu ô cần sửa", f"ghi ví dụ {change.item}/{'title' if _is_section(rows) else 'text'}")
        else:
            self._change_cell(rows)
        run.mark(self._amendment, change.item, place)

    # -- cells ---------------------------------------------------------------------------------------------------------------

    def _change_cell(self, rows: Sequence[Row]) -> None:
        """Change a cell; a passage that the plan holds as a task and as a general clause is changed in both."""
        cell = self._change.cell
        holders = [row for row in _holders(rows, cell) if has_cell(row, cell)] or rows[:1]
        refused: CellError | None = None
        written = None
        for row in holders:
            try:
                found = self._written(row)
            except CellError as error:
                refused = refused or error
                continue
            self._run.put(row, found[0])
            written = written or found[1:]
        if written is None and refused:
            raise refused
        if written:
            self._note(*written)

    def _written(self, row: Row) -> tuple[Row, str | None, str | None]:
        """Return the row with the new words in its cell, the old words and the new ones."""
        change = self._change
        if row.withdrawn and row.withdrawn.since <= self._amendment.effective:
            since = format_date(row.withdrawn.since)
            raise CellError(f"{change.item} đã bị bãi bỏ từ ngày {since}", "kiểm tra mã, hoặc xóa thay đổi này")
        cells = self._run.cells(self._amendment)
        was = cells.printed(row, change.cell)
        if change.op is AmendmentOp.RENUMBER:
            raise CellError("đổi số là đổi số của cả dòng", f"ghi at: {change.item}")
        new = self._new_words(row, was)
        if new is not None and was is not None and folded(new) == folded(was):
            raise CellError("nội dung mới giống nội dung đang có", "xóa thay đổi này")
        if change.op is AmendmentOp.ADD and isinstance(row, Task) and change.cell == "outputs" and change.new:
            return cells.with_output(row, change.new), was, new
        return cells.written(row, change.cell, new), was, new

    def _new_words(self, row: Row, was: str | None) -> str | None:
        """Return the new words of a cell, None where it becomes blank."""
        change = self._change
        if change.op is AmendmentOp.ADD:
            return self._added(was)
        if change.op is AmendmentOp.REPLACE_PHRASE:
            return self._with_phrase(row, was or "")
        if _typed(change.old or "") != _typed(was or ""):
            if change.new and _typed(change.new) == _typed(was or ""):
                raise self._done_before(row, was or "")
            told = _difference(change.old or "(trống)", was or "(trống)")
            hint = "chép from đúng từng chữ của nội dung đang có hiệu lực"
            raise _CannotApplyError(
                DIFFERS, f"{told[0]} không phải nội dung đang có hiệu lực; đang ghi {told[1]}", hint
            )
        return change.new if change.op is AmendmentOp.REPLACE else None

    def _added(self, was: str | None) -> str:
        change, new = self._change, self._change.new or ""
        if change.old is not None and _typed(change.old) != _typed(was or ""):
            raise _CannotApplyError(
                DIFFERS, f'đang ghi "{was or "(trống)"}"', "chép from đúng từng chữ của nội dung đang có hiệu lực"
            )
        if was is None:
            return new
        if change.cell in {"lead", "support", "outputs"}:
            return joined(was, new)
        if change.cell == "text":
            return f"{was} {new}"
        raise _CannotApplyError(DIFFERS, f'đã có "{was}"', "sửa nội dung đã có thì dùng op: replace")

    def _with_phrase(self, row: Row, was: str) -> str:
        change = self._change
        phrase, new, text = folded(change.old or ""), folded(change.new or ""), folded(was)
        times = _typed(text).count(_typed(phrase))
        if times == 1:
            # Marks that are typed in several ways are one letter each, so places are the same.
            at = _typed(text).index(_typed(phrase))
            return f"{text[:at]}{new}{text[at + len(phrase) :]}"
        if times:
            raise _CannotApplyError(
                DIFFERS,
                f'cụm từ "{phrase}" có {times} lần, không rõ sửa chỗ nào',
                "ghi from dài hơn, chỉ có một lần; sửa mọi chỗ thì thay cả ô (op: replace)",
            )
        # A short phrase may stand there by chance.
        if len(new) >= _TELLING and _typed(text).count(_typed(new)) == 1:
            raise self._done_before(row, new)
        near = _nearest_words(phrase, text)
        raise _CannotApplyError(
            DIFFERS,
            f'nội dung đang có hiệu lực không có cụm từ "{phrase}"',
            f'ý bạn là "{near}"?' if near else f"đang ghi {_excerpt(text.split(), 0)}",
        )

    def _done_before(self, row: Row, words: str) -> _CannotApplyError:
        """Return the fault of a change whose new words are there already: typed into the plan, or by an earlier document."""
        plan, change = self._run.plan, self._change
        if cite := self._run.amended_by(change.item, change.cell):
            message = f'"{words}" đã là nội dung đang có hiệu lực, theo {cite}'
            return _CannotApplyError(DIFFERS, message, "đối chiếu hai văn bản; nếu trùng thì xóa thay đổi này")
        return _CannotApplyError(
            DIFFERS,
            f'tệp kế hoạch đã ghi sẵn nội dung mới "{words}"',
            f'{_place_in(plan, row)} ghi lại "{change.old or "(trống)"}" như lúc ban hành; tệp sửa đổi này sẽ thay nội dung mới',
        )

    # -- whole rows ----------------------------------------------------------------------------------------------------------

    def _renumber(self, row: Row) -> None:
        change = self._change
        number, new = number_of(row), folded(change.new or "")
        if isinstance(row, Passage | Clause):
            raise CellError("chỉ đổi được số của nhiệm vụ, chỉ tiêu, mục")
        if change.old is not None and folded(change.old) != number:
            raise _CannotApplyError(
                DIFFERS, f'đang mang số "{number}", không phải "{change.old}"', "sửa lại from, hoặc bỏ khóa này"
            )
        going = {
            one.item
            for one in self._amendment.changes
            if one.op is AmendmentOp.RENUMBER and one.path > change.path and one.new
        }
        alike = [one for one in self._run.rows() if isinstance(one, Section) == isinstance(row, Section)]
        bearers = (one for one in alike if number_of(one) == new and one.id not in going)
        bearer = next((one for one in bearers if one is row or not _is_gone(one, self._amendment)), None)
        if bearer is row:
            raise _CannotApplyError(DIFFERS, f'đã mang số "{new}"', "xóa thay đổi này")
        if bearer:
            who = "" if bearer.id == new else f" ({bearer.id})"
            raise _CannotApplyError(
                DIFFERS,
                f'số "{new}" đã có trong kế hoạch{who}',
                "kiểm tra số mới; dòng đang mang số đó phải đổi số trong cùng văn bản",
            )
        self._run.put(row, _renumbered(row, new))
        self._note(number, new)

    def _repeal(self, row: Row) -> None:
        """Repeal a row; a heading with all that stands below it."""
        change, amendment = self._change, self._amendment
        if row.withdrawn:
            since = format_date(row.withdrawn.since)
            hint = "xóa thay đổi này"
            if self._run.amended_by(row.id, "") is None:
                hint = f"{_place_in(self._run.plan, row)} xóa khóa withdrawn; tệp sửa đổi này đã bãi bỏ dòng"
            raise CellError(f"đã bị bãi bỏ từ ngày {since}", hint)
        source = f"{change.clause} {amendment.cite}" if change.clause else amendment.cite
        gone = Withdrawal(amendment.effective, source)
        self._run.put(row, replace(row, withdrawn=gone))
        self._note(_words_of(row), None)
        if isinstance(row, Section):
            for below in [one for one in self._run.rows() if one.withdrawn is None and _stands_below(one, row.id)]:
                self._run.put(below, replace(below, withdrawn=gone))
                self._note(_words_of(below), None, row=below.id)

    def _add_row(self, rows: Sequence[Row]) -> None:
        run, change = self._run, self._change
        keys = change.row or {}
        if same := [one for one in rows if isinstance(one, Section) == (keys["kind"] == SECTION)]:
            if folded(_words_of(same[0])) == folded(keys["text"]) and not run.amended_by(change.item, ""):
                raise _CannotApplyError(
                    DIFFERS,
                    f'tệp kế hoạch đã ghi sẵn dòng "{change.item}"',
                    f"{_place_in(run.plan, same[0])} xóa dòng đó: tệp kế hoạch giữ nguyên văn ban hành, tệp này thêm dòng mới",
                )
            raise _CannotApplyError(
                DIFFERS,
                f'kế hoạch đã có "{change.item}"',
                f'dòng mới mang số đã dùng thì ghi mã "{change.item}@<mã văn bản sửa đổi>"',
            )
        section = self._section_of_new(keys)
        row = run.cells(self._amendment).new_row(change.item, keys, section)
        number = number_of(row)
        alike = [one for one in run.rows() if isinstance(one, Section) == isinstance(row, Section)]
        bearers = (one for one in alike if number_of(one) == number and not _is_gone(one, self._amendment))
        if bearer := next(bearers, None):
            raise _CannotApplyError(
                DIFFERS, f'số "{number}" đang là số của {bearer.id}', "đổi số dòng đó trước (op: renumber)"
            )
        run.insert(row, self._place_of_new(row))
        self._note(None, _words_of(row))

    def _section_of_new(self, keys: dict[str, Any]) -> str | None:
        """Return the heading above a new row: the one named, that of the row before it, or the one its id stands under."""
        change, sections = self._change, {one.id for one in self._run.plan.sections}
        if keys["kind"] == SECTION:
            return None
        if named := keys.get("section"):
            if named not in sections:
                near = get_close_matches(named, sections, n=1)
                hint = f'ý bạn là "{near[0]}"?' if near else "thêm mục đó trước (row: {kind: section, …})"
                raise _CannotApplyError(UNKNOWN, f'kế hoạch không có mục "{named}"', hint)
            return str(named)
        before = next((one for one in self._run.rows() if one.id == change.after), None)
        if isinstance(before, Task | Indicator):
            return before.section
        return enclosing_section(change.item.partition("@")[0], sections)

    def _place_of_new(self, row: Row) -> str | None:
        """Return the id of the row before a new one: the one named, else the last under its heading."""
        after, (name,) = self._change.after, _LISTS[type(row)]
        alike = getattr(self._run.plan, name)
        if after is None:
            return next((one.id for one in reversed(alike) if _is_beside(one, row)), None)
        if any(one.id == after for one in alike):
            return after
        near = get_close_matches(after, [one.id for one in alike], n=1)
        hint = f'ý bạn là "{near[0]}"?' if near else None
        raise _CannotApplyError(UNKNOWN, f'không có dòng "{after}" để thêm vào sau', hint)

    def _note(self, old: str | None, new: str | None, *, row: str | None = None) -> None:
        change, amendment = self._change, self._amendment
        phrase = (folded(change.old or ""), folded(change.new or "")) if change.op is _PHRASE else None
        self._run.applied.append(
            AppliedChange(
                self._run.plan.id,
                row or change.item,
                change.cell,
                change.op,
                old,
                new,
                amendment.cite,
                change.clause,
                amendment.effective,
                phrase,
            )
        )


_PHRASE = AmendmentOp.REPLACE_PHRASE


def unknown_plan(amendment: Amendment, known: Iterable[str], files: Iterable[str]) -> AmendmentFault:
    """Return the fault of an amendment of a plan that is not there; `files` are the names of the amendments, without endings."""
    ids = sorted(known)
    near = get_close_matches(amendment.amends, ids, n=1)
    if amendment.amends in set(files):
        hint = "sửa đổi của một văn bản sửa đổi cũng ghi amends: <mã kế hoạch>; from là nội dung đang có hiệu lực"
    elif near:
        hint = f'ý bạn là "{near[0]}"?'
    else:
        more = f" và {len(ids) - _MOST_NAMED} kế hoạch khác" if len(ids) > _MOST_NAMED else ""
        hint = f"các kế hoạch có: {', '.join(ids[:_MOST_NAMED])}{more}"
    return AmendmentFault(amendment, None, UNKNOWN, f'không có kế hoạch "{amendment.amends}"', hint)


def _is_gone(row: Row, amendment: Amendment) -> bool:
    """Whether a row was repealed by the day an amendment takes effect, so that another one may bear its number."""
    return row.withdrawn is not None and row.withdrawn.since <= amendment.effective


def number_of(row: Row) -> str:
    """Return the number that a row bears in the document: its id, where it has no other printed number."""
    if isinstance(row, Section):
        return row.printed or row.id
    return (row.as_issued.get("number") if isinstance(row, Task | Indicator) else None) or row.id


def _renumbered(row: Task | Indicator | Section, number: str) -> Row:
    """Return a row with another printed number; its id is permanent."""
    if isinstance(row, Section):
        return replace(row, printed=number)
    return replace(row, as_issued={**row.as_issued, "number": number})


def _words_of(row: Row) -> str:
    if isinstance(row, Section):
        return row.title
    return row.name if isinstance(row, Indicator) else row.text


def _is_section(rows: Sequence[Row]) -> bool:
    return isinstance(rows[0], Section)


def _holders(rows: Sequence[Row], cell: str) -> Sequence[Row]:
    """Return the rows of one id that may hold a cell: of a heading and its only row, the heading where it sets the schedule."""
    task = next((row for row in rows if isinstance(row, Task)), None)
    if cell == "schedule" and task and task.schedule.source == task.id:
        return [row for row in rows if isinstance(row, Section)]
    if cell == "schedule" and task:
        return [task]
    return rows


def _stands_below(row: Row, section: str) -> bool:
    if isinstance(row, Task | Indicator):
        return row.section is not None and is_within(row.section, section)
    # A passage or clause that is all of a heading has its id.
    return is_within(row.id, section) and not (isinstance(row, Section) and row.id == section)


def _is_beside(one: Row, row: Row) -> bool:
    """Whether a row stands under the heading of a new one; a heading, under the heading above it."""
    if isinstance(one, Task | Indicator) and isinstance(row, Task | Indicator):
        return one.section == row.section
    above = row.id.rpartition(".")[0]
    return bool(above) and is_within(one.id, above)


def _inheriting(task: Task, headings: dict[str, Any]) -> Task:
    own = task.phrase if task.steps and task.phrase else task.schedule
    if own.text and own.source is None:
        return task
    places = enclosing_section(task.section, headings) if task.section else None
    new = headings[places].from_heading(places) if places else NO_SCHEDULE
    if own == replace(new, earlier=own.earlier):
        return task
    return replace(task, phrase=new) if task.steps else replace(task, schedule=moved(own, new))


def _place_in(plan: Plan, row: Row) -> str:
    """Return where a row stands in the file of its plan."""
    line = plan.lines.get(row.id) if isinstance(row, Task | Indicator) else None
    where = f" dòng {line}" if line else f" ({row.id})"
    return f"ở tệp {plan.file or plan.id}{where},"


def _typed(text: str) -> str:
    """Return a text in which the ways of typing dashes and quotes do not differ; every letter keeps its place."""
    return folded(text).translate(LOOKALIKES).translate(_QUOTES)


def _difference(given: str, there: str) -> tuple[str, str]:
    """Return two texts as a message quotes them: long ones from a few words before the first difference."""
    if max(len(given), len(there)) <= _LONG:
        return f'"{given}"', f'"{there}"'
    one, other = given.split(), there.split()
    same = next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other))
    )
    start = max(same - _BEFORE, 0)
    return _excerpt(one, start), _excerpt(other, start)


def _excerpt(words: Sequence[str], start: int) -> str:
    shown = " ".join(words[start : start + 2 * _BEFORE])
    return f'"{"… " if start else ""}{shown}{" …" if start + 2 * _BEFORE < len(words) else ""}"'


def _nearest_words(phrase: str, text: str) -> str:
    """Return the words of a text most like a phrase; empty where none are."""
    wanted, words = phrase.split(), text.split()
    size = len(wanted)
    pieces = [" ".join(words[at : at + size]) for at in range(max(len(words) - size + 1, 1))]
    best = max(pieces, key=lambda one: SequenceMatcher(None, phrase, one).ratio(), default="")
    return best if best and SequenceMatcher(None, phrase, best).ratio() >= _LIKE else ""
