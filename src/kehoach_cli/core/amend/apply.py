"""Applies amendments to a plan in the order in which they take effect; what cannot be applied is a fault, never silence."""

from collections.abc import Iterable
from datetime import date
from difflib import SequenceMatcher, get_close_matches

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.amend.cells import CellError, Cells, Row
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.amendment import Amendment, AmendmentChange, AmendmentOp, AppliedChange
from kehoach_cli.core.model.plan import Indicator, Plan, Section, Task, Withdrawal
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.text import folded

UNKNOWN, DIFFERS, TWICE, DATES, WRONG = "K140", "K141", "K142", "K143", "K144"
_LIKE = 0.6


class AmendmentFault(Struct, frozen=True):
    """Why a change of an amendment cannot be applied, and the mend; `change` is None where the whole amendment is at fault."""

    amendment: Amendment
    change: AmendmentChange | None
    code: str
    message: str
    hint: str | None = None


class Consolidated(Struct, frozen=True):
    """A plan with its amendments in it, what each of them changed, and what could not be applied."""

    plan: Plan
    applied: tuple[AppliedChange, ...]
    faults: tuple[AmendmentFault, ...]


def consolidated(
    plan: Plan, amendments: Iterable[Amendment], directory: Directory, day: date | None, *, strict: bool = True
) -> Consolidated:
    """Return the text of a plan that is in force on a day (None: with every amendment), from the plan as it was issued."""
    mine = sorted((one for one in amendments if one.amends == plan.id), key=lambda one: one.order)
    run = _Run(plan, directory, strict=strict)
    for amendment in mine:
        if day is None or amendment.effective <= day:
            run.take(amendment)
    return Consolidated(run.plan, tuple(run.applied), tuple(run.faults))


class _Run:
    """A plan while amendments are applied to it."""

    def __init__(self, plan: Plan, directory: Directory, *, strict: bool) -> None:
        # A plan that comes from the cache fills its fields when they are asked for.
        self.plan = Plan(**{name: getattr(plan, name) for name in Plan.__struct_fields__})
        self.applied: list[AppliedChange] = []
        self.faults: list[AmendmentFault] = []
        self._directory, self._strict = directory, strict
        self._done: dict[tuple[str, date], Amendment] = {}
        self._day = date.min

    def take(self, amendment: Amendment) -> None:
        """Apply the changes of an amendment one by one."""
        issued = self.plan.document.date
        if amendment.effective < amendment.issued or (issued and amendment.issued < issued.first):
            what = (
                "có hiệu lực trước ngày ban hành"
                if amendment.effective < amendment.issued
                else "ban hành trước kế hoạch"
            )
            message = f"{amendment.cite} {what}; chưa áp dụng thay đổi nào"
            self.faults.append(AmendmentFault(amendment, None, DATES, message, "kiểm tra ngày ban hành, ngày hiệu lực"))
            return
        self._day = amendment.issued
        for change in amendment.changes:
            try:
                self._apply(amendment, change)
            except CellError as error:
                self._fault(amendment, change, WRONG, f"{change.at}: {error}")

    def _fault(
        self, amendment: Amendment, change: AmendmentChange, code: str, message: str, hint: str | None = None
    ) -> None:
        self.faults.append(AmendmentFault(amendment, change, code, message, hint))

    def _apply(self, amendment: Amendment, change: AmendmentChange) -> None:
        key = (change.at, amendment.effective)
        # A row that was repealed or added on that day is not amended on it, either.
        whole = (change.item, amendment.effective)
        if other := self._done.get(key) or self._done.get(whole):
            message = f"{change.at} được sửa hai lần trong ngày {format_date(amendment.effective)} ({other.cite})"
            self._fault(amendment, change, TWICE, message, "gộp thành một thay đổi")
            return
        row = self._row(change.item)
        if row is None and change.op is AmendmentOp.ADD and change.row is not None:
            self._add_row(amendment, change)
        elif row is None:
            near = get_close_matches(change.item, self._ids(), n=1)
            message = f'kế hoạch "{self.plan.id}" không có "{change.item}"'
            self._fault(amendment, change, UNKNOWN, message, f'ý bạn là "{near[0]}"?' if near else None)
            return
        elif not self._apply_to(row, amendment, change):
            return
        self._done[key] = amendment

    def _apply_to(self, row: Row, amendment: Amendment, change: AmendmentChange) -> bool:
        """Apply a change to a row that is there; return whether it could be."""
        if not change.cell:
            return self._whole(row, amendment, change)
        cells = Cells(self.plan, self._directory, self._day, strict=self._strict)
        was = cells.printed(row, change.cell)
        wanted = self._new_words(was, amendment, change)
        if wanted is False:
            return False
        new = wanted if isinstance(wanted, str) else None
        if new is not None and was is not None and folded(new) == folded(was):
            self._fault(
                amendment, change, WRONG, f"{change.at}: nội dung mới giống nội dung đang có", "xóa thay đổi này"
            )
            return False
        self._put(row, cells.written(row, change.cell, new))
        self._note(amendment, change, was, new)
        return True

    def _new_words(self, was: str | None, amendment: Amendment, change: AmendmentChange) -> str | bool | None:
        """Return the new words of a cell, None where it becomes blank; False and a fault where the old words do not fit."""
        if change.op is AmendmentOp.ADD:
            return self._added(was, amendment, change)
        if change.op is AmendmentOp.REPLACE_PHRASE:
            return self._phrase(was or "", amendment, change)
        if folded(change.old or "") != folded(was or ""):
            message = f'{change.at}: không phải nội dung đang có hiệu lực; đang ghi "{was or "(trống)"}"'
            self._fault(amendment, change, DIFFERS, message, "chép from đúng từng chữ của nội dung đang có hiệu lực")
            return False
        return change.new if change.op is AmendmentOp.REPLACE else None

    def _added(self, was: str | None, amendment: Amendment, change: AmendmentChange) -> str | bool | None:
        if was is not None and change.cell.startswith("targets/"):
            message = f'{change.at}: đã có mục tiêu "{was}"'
            self._fault(amendment, change, DIFFERS, message, "sửa mục tiêu đã có thì dùng op: replace")
            return False
        return f"{was}; {change.new}" if was else change.new

    def _phrase(self, was: str, amendment: Amendment, change: AmendmentChange) -> str | bool:
        phrase, text = folded(change.old or ""), folded(was)
        times = text.count(phrase) if phrase else 0
        if times == 1:
            return text.replace(phrase, folded(change.new or ""))
        if times:
            message = f'{change.at}: cụm từ "{phrase}" có {times} lần, không rõ sửa chỗ nào'
            self._fault(amendment, change, DIFFERS, message, "ghi from dài hơn, chỉ có một lần")
        else:
            near = _nearest_words(phrase, text)
            message = f'{change.at}: nội dung đang có hiệu lực không có cụm từ "{phrase}"'
            self._fault(amendment, change, DIFFERS, message, f'ý bạn là "{near}"?' if near else f'đang ghi "{was}"')
        return False

    def _whole(self, row: Row, amendment: Amendment, change: AmendmentChange) -> bool:
        """Repeal or renumber a row that is there."""
        if change.op is AmendmentOp.RENUMBER and change.new:
            if change.new in self._numbers():
                message = f'{change.at}: số "{change.new}" đã có trong kế hoạch'
                self._fault(
                    amendment, change, DIFFERS, message, "kiểm tra số mới; dòng đang mang số đó phải đổi số trước"
                )
                return False
            self._put(row, _renumbered(row, change.new))
            self._note(amendment, change, row.id, change.new)
            return True
        if change.op is AmendmentOp.REPEAL and isinstance(row, Task | Indicator):
            if row.withdrawn:
                since = format_date(row.withdrawn.since)
                self._fault(amendment, change, WRONG, f"{change.at} đã bị bãi bỏ từ ngày {since}", "xóa thay đổi này")
                return False
            source = f"{change.clause} {amendment.cite}" if change.clause else amendment.cite
            self._put(row, replace(row, withdrawn=Withdrawal(amendment.effective, source)))
            self._note(amendment, change, row.text if isinstance(row, Task) else row.name, None)
            return True
        if change.op is AmendmentOp.ADD:
            message = f'kế hoạch đã có "{change.item}"'
            hint = f'dòng mới mang số đã dùng thì ghi mã "{change.item}@<mã văn bản sửa đổi>"'
            self._fault(amendment, change, DIFFERS, message, hint)
            return False
        self._fault(amendment, change, WRONG, f"{change.at}: thiếu ô cần sửa", f"ghi ví dụ {change.item}/text")
        return False

    def _add_row(self, amendment: Amendment, change: AmendmentChange) -> None:
        keys = change.row or {}
        cells = Cells(self.plan, self._directory, self._day, strict=self._strict)
        task = cells.new_task(change.at, keys)
        tasks = list(self.plan.tasks)
        ids = [one.id for one in tasks]
        if change.after and change.after not in ids:
            raise CellError(f'không có dòng "{change.after}" để thêm vào sau')
        section = [at for at, one in enumerate(tasks) if one.section == task.section]
        at = ids.index(change.after) if change.after else max(section, default=len(tasks) - 1)
        tasks.insert(at + 1, task if task.section else replace(task, section=tasks[at].section if tasks else None))
        self.plan = replace(self.plan, tasks=tuple(tasks))
        self._note(amendment, change, None, task.text)

    def _note(self, amendment: Amendment, change: AmendmentChange, old: str | None, new: str | None) -> None:
        self.applied.append(
            AppliedChange(
                self.plan.id,
                change.item,
                change.cell,
                change.op,
                old,
                new,
                amendment.cite,
                change.clause,
                amendment.effective,
            )
        )

    def _ids(self) -> list[str]:
        return [row.id for rows in (self.plan.tasks, self.plan.indicators, self.plan.sections) for row in rows]

    def _numbers(self) -> set[str]:
        """Return the numbers that rows bear: their ids, where they have no other printed number."""
        rows: list[Row] = [*self.plan.tasks, *self.plan.indicators, *self.plan.sections]
        return {_number(row) for row in rows}

    def _row(self, row_id: str) -> Row | None:
        rows: list[Row] = [*self.plan.tasks, *self.plan.indicators, *self.plan.sections]
        return next((row for row in rows if row.id == row_id), None)

    def _put(self, old: Row, new: Row) -> None:
        if isinstance(new, Task):
            self.plan = replace(self.plan, tasks=tuple(new if one is old else one for one in self.plan.tasks))
        elif isinstance(new, Indicator):
            self.plan = replace(self.plan, indicators=tuple(new if one is old else one for one in self.plan.indicators))
        else:
            self.plan = replace(self.plan, sections=tuple(new if one is old else one for one in self.plan.sections))


def _number(row: Row) -> str:
    return (row.printed if isinstance(row, Section) else row.as_issued.get("number")) or row.id


def _renumbered(row: Row, number: str) -> Row:
    """Return a row with another printed number; its id is permanent."""
    if isinstance(row, Section):
        return replace(row, printed=number)
    return replace(row, as_issued={**row.as_issued, "number": number})


def _nearest_words(phrase: str, text: str) -> str:
    """Return the words of a text most like a phrase; empty where none are."""
    wanted, words = phrase.split(), text.split()
    size = len(wanted)
    pieces = [" ".join(words[at : at + size]) for at in range(max(len(words) - size + 1, 1))]
    best = max(pieces, key=lambda one: SequenceMatcher(None, phrase, one).ratio(), default="")
    return best if best and SequenceMatcher(None, phrase, best).ratio() >= _LIKE else ""
