"""Puts the answers of a filled form into one document for each plan, in the keys of a progress file."""

from collections.abc import Callable, Mapping
from typing import Any

from kehoach_cli.core.forms.asked import change_text
from kehoach_cli.core.forms.form import AskedKind
from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.core.model.progress import ERASED, erases
from kehoach_cli.excel.answers import Answers, Notes, name_of, quoted
from kehoach_cli.excel.hidden_sheet import AskedForm, AskedRow
from kehoach_cli.excel.layout import INDICATORS, MILESTONE, TOPICS, plan_label
from kehoach_cli.excel.rows import AnsweredRow
from kehoach_cli.office.workbook import WorkbookCell
from kehoach_cli.viet.text import match_key

_EXTENSION = {"extension_to": ("extension", "to"), "extension_document": ("extension", "document")}
_AMOUNTS = frozenset({"planned", "spent"})


class FormDocuments:
    """The documents of one form; `places` tells in which cell each value of a plan stands."""

    def __init__(self, asked: AskedForm, notes: Notes) -> None:
        """Begin an empty document for each plan of the form."""
        self._asked = asked
        self._notes = notes
        self._read = Answers(notes)
        self._bodies: dict[str, dict[str, Any]] = {plan: {} for plan in asked.plans}
        self._once: dict[tuple[str, str], tuple[Any, str]] = {}
        self.places: dict[tuple[str, KeyPath], str] = {}

    def finished(self, dates: list[AnsweredRow]) -> dict[str, dict[str, Any]]:
        """Return the documents by plan, each with its head; one without answers and without its dates says nothing.

        A plan with dates only is a document, as it is in a YAML form.
        """
        whole = {
            plan: self._head(plan, dates) | body | self._answers(plan, body) for plan, body in self._bodies.items()
        }
        return {plan: document for plan, document in whole.items() if self._bodies[plan] or "cutoff" in document}

    def _answers(self, plan: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fingerprints of the rows that are answered; a form of an older version has none."""
        rows = {**body.get("tasks", {}), **body.get("indicators", {})}
        marks = {row: mark for row in rows if (mark := self._asked.answers.get(f"{plan}/{row}"))}
        return {"answers": marks} if marks else {}

    def _head(self, plan: str, dates: list[AnsweredRow]) -> dict[str, Any]:
        head = {
            "kehoach": "progress/1",
            "plan": plan,
            "agency": self._asked.values["agency"],
            "year": self._asked.values["year"],
        }
        if period := self._asked.values.get("period"):
            head["period"] = period
        for row in (row for row in dates if row.asked.ref == plan):
            self.places[plan, ()] = row.place
            for key, cell in row.answers.items():
                if (day := self._read.day(cell)) is not None:
                    head[key] = day
                    self.places[plan, (key,)] = cell.place
        return head

    def add_indicator(self, row: AnsweredRow) -> None:
        """Put the answers of a row of an indicator."""
        asked, answers = row.asked, row.answers
        if cell := answers.get("value"):
            path, answer = self._value(asked, cell)
            self._put(asked.ref, ("indicators", _item(asked.ref), *path), answer, cell.place)
        for key in ("estimate", "province_total"):
            if cell := answers.get(key):
                said = self._read.flag(cell)
                # "Không" takes the mark back; a file says nothing of figures without it.
                self._put_once(asked.ref, key, ERASED if said is False else said, cell)
        if cell := answers.get("to_date"):
            self._put_once(asked.ref, "to_date", self._read.number(cell, asked.unit), cell)
        for key in ("source", "note"):
            if cell := answers.get(key):
                self._put_once(asked.ref, key, self._read.text(cell), cell)

    def _value(self, asked: AskedRow, cell: WorkbookCell) -> tuple[KeyPath, bool | str | None]:
        """Return where a value belongs, by the slot of its row, and what it says there."""
        kind, _, name = asked.slot.partition("/")
        inner = (name,) if name else ()
        if kind == AskedKind.STATE:
            return ("met",), self._read.state(cell)
        number = self._read.number(cell, asked.unit)
        if kind == AskedKind.LEVEL:
            return ("levels", *inner), number
        said = number if number is None or erases(number) else change_text(AskedKind(kind), number)
        return ("value", *inner), said

    def add_task(self, row: AnsweredRow) -> None:
        """Put the answers of the row of a task."""
        readers: dict[str, Callable[[WorkbookCell], Any]] = {
            "status": self._read.status,
            "result": self._read.text,
            "documents": self._read.papers,
            "completed": self._read.day,
            "extension_to": self._read.day,
            "extension_document": self._read.text,
            "condition_met": self._read.flag,
            "done_this_year": self._read.flag,
            "done_for": lambda cell: self._read.periods(cell, int(self._asked.values["year"])),
            "difficulty": self._read.text,
        }
        ref = row.asked.ref
        task, _, milestone = _item(ref).partition(MILESTONE)
        at = ("tasks", task, "milestones", milestone) if milestone else ("tasks", task)
        for key, reader in readers.items():
            if cell := row.answers.get(key):
                self._put(ref, (*at, *_EXTENSION.get(key, (key,))), reader(cell), cell.place)

    def add_narrative(self, row: AnsweredRow) -> None:
        """Put a part of the report in words."""
        topic = next((topic for topic in TOPICS if topic.code == _item(row.asked.ref)), None)
        if topic and (cell := row.answers.get("text")):
            self._put(row.asked.ref, ("narrative", *topic.path), self._read.text(cell), cell.place)

    def add_funding(self, answers: Mapping[str, WorkbookCell]) -> None:
        """Put a row of the sheet of funding; a row in which only the plan is chosen says nothing."""
        first = next(iter(answers.values()), None)
        if first is None or set(answers) == {"plan"}:
            return
        plan = self._chosen_plan(answers.get("plan"), first)
        if plan is None:
            return
        entries = self._bodies[plan].setdefault("funding", [])
        entry: dict[str, str] = {}
        for key, cell in self._funding_cells(answers):
            value = self._read.number(cell) if key in _AMOUNTS else self._read.text(cell)
            if value is not None:
                entry[key] = value
                self.places[plan, ("funding", len(entries), key)] = cell.place
        self.places[plan, ("funding", len(entries))] = first.place
        entries.append(entry)

    @staticmethod
    def _funding_cells(answers: Mapping[str, WorkbookCell]) -> list[tuple[str, WorkbookCell]]:
        return [(key, answers[key]) for key in ("source", "planned", "spent", "unit") if key in answers]

    def _chosen_plan(self, cell: WorkbookCell | None, first: WorkbookCell) -> str | None:
        """Return the plan a row of funding belongs to; in a form of a single plan it need not be chosen."""
        if cell is None:
            if len(self._asked.plans) == 1:
                return next(iter(self._asked.plans))
            self._notes.error(
                "dòng kinh phí chưa chọn kế hoạch", "chọn kế hoạch trong danh sách ở cột đầu", first.place
            )
            return None
        key = match_key(name_of(cell))
        for plan, title in self._asked.plans.items():
            if key in {match_key(plan), match_key(title), match_key(plan_label(plan, title))}:
                return plan
        self._notes.error(
            f"kế hoạch {quoted(cell.text)} không có trong biểu mẫu", "chọn kế hoạch trong danh sách", cell.place
        )
        return None

    def _put_once(self, ref: str, key: str, value: Any, cell: WorkbookCell) -> None:
        """Put what is said once for an indicator of several rows; two different answers are refused."""
        said = self._once.setdefault((ref, key), (value, cell.place))
        if said[0] != value:
            self._notes.error(
                f"cột “{INDICATORS.column(key).header}” của {ref} có hai câu trả lời khác nhau (xem {said[1]})",
                "chỉ ghi ở dòng đầu của chỉ tiêu",
                cell.place,
            )
        self._put(ref, ("indicators", _item(ref), key), value, cell.place)

    def _put(self, ref: str, path: KeyPath, value: Any, place: str) -> None:
        """Put a value into the document of a plan, and note its cell."""
        if value is None:
            return
        plan = ref.partition("/")[0]
        parent: Any = self._bodies.setdefault(plan, {})
        for depth, key in enumerate(path[:-1], start=1):
            parent = parent.setdefault(key, {})
            self.places.setdefault((plan, path[:depth]), place)
        parent[path[-1]] = value
        self.places[plan, path] = place


def _item(ref: str) -> str:
    """Return the id of a row within its plan."""
    return ref.partition("/")[2]
