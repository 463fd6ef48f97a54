"""Reads an answer cell into the text a progress file would hold; an answer that makes no sense becomes a finding."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import wraps
from typing import Any, TypeVar

from msgspec import Struct, field

from kehoach_cli.core.check.evaluation import NOT_REACHED, REACHED
from kehoach_cli.core.check.wording import STATUSES
from kehoach_cli.core.model.finding import Finding, Severity
from kehoach_cli.core.model.progress import ERASED, erases
from kehoach_cli.excel.layout import MOST_IN_A_CELL, NO, YES
from kehoach_cli.office.workbook import WorkbookCell
from kehoach_cli.viet.dates import DateError, parse_date, parse_iso
from kehoach_cli.viet.text import loose_key, without_controls

AnswerT = TypeVar("AnswerT")

CODE = "K011"
MOST_FINDINGS = 200
_LONGEST_QUOTE = 60
_LONGEST_NAME = 300

_OTHER_MARKS = re.compile(r"([0-9]{1,2})[.-]([0-9]{1,2})[.-]([0-9]{4})")
_DATED = re.compile(
    r"(?P<number>.*?\S)\s*[,(]?\s*(?:\bngày\s+(?P<day>\S.*?)|(?P<bare>[0-9]{1,2}\s*/\s*[0-9]{1,2}\s*/\s*[0-9]{4}))\s*\)?",
    re.IGNORECASE,
)

_STATES = {REACHED: True, NOT_REACHED: False, "Không đạt": False}
_YEAR_BEFORE, _YEAR_AFTER = r"(?:(?P<before>[0-9]{4})-)?", r"(?:(?:/| năm )(?P<after>[0-9]{4}))?"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_PERIODS: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = tuple(
    (re.compile(f"{_YEAR_BEFORE}{pattern}{_YEAR_AFTER}"), suffix)
    for pattern, suffix in (
        (r"(?:quý|q)\.? ?(?P<what>iv|i{1,3}|[1-4])", lambda what: f"Q{_ROMAN.get(what, what)}"),
        (r"(?:tháng|t|(?<=-)) ?(?P<what>0?[1-9]|1[0-2])", lambda what: f"{int(what):02}"),
        (
            r"(?P<what>6 tháng đầu năm|6 tháng cuối năm|h1|h2)",
            lambda what: "H1" if "1" in what or "đầu" in what else "H2",
        ),
    )
)


def quoted(text: str) -> str:
    """Return a text as a message quotes it: on one line, cut where it is long, without invisible characters."""
    clean = without_controls(text[: 2 * _LONGEST_QUOTE])
    return f'"{clean if len(clean) <= _LONGEST_QUOTE else clean[: _LONGEST_QUOTE - 1] + "…"}"'


def name_of(cell: WorkbookCell | None) -> str:
    """Return the text of a cell that may be an id or a header; empty where it is too long for one."""
    text = cell.text if cell else ""
    return text if len(text) <= _LONGEST_NAME else ""


class Notes(Struct):
    """Collects the findings about one workbook."""

    file: str
    found: list[Finding] = field(default_factory=list)

    def add(self, severity: Severity, message: str, hint: str, place: str | None = None) -> None:
        """Add a finding; `place` names a cell."""
        if len(self.found) > MOST_FINDINGS:
            return
        if len(self.found) == MOST_FINDINGS:
            # What is not listed may be an error, so the workbook is not used.
            severity, place = Severity.ERROR, None
            message, hint = "còn nhiều chỗ khác không liệt kê hết", "sửa các chỗ đã nêu rồi kiểm tra lại"
        cell = without_controls(place) if place else None
        self.found.append(Finding(CODE, severity, self.file, without_controls(message), hint=hint, cell=cell))

    def error(self, message: str, hint: str, place: str | None = None) -> None:
        """Add a finding that makes the workbook unusable."""
        self.add(Severity.ERROR, message, hint, place)

    def warning(self, message: str, hint: str, place: str | None = None) -> None:
        """Add a finding that people must look at; the rest of the workbook is read."""
        self.add(Severity.WARNING, message, hint, place)


def _erasable(read: Callable[..., AnswerT]) -> Callable[..., AnswerT | str]:
    """Let a reader pass on the word that takes a value back, whatever kind of answer the cell holds."""

    @wraps(read)
    def reading(answers: "Answers", cell: WorkbookCell, *more: Any) -> AnswerT | str:
        return ERASED if erases(cell.value) else read(answers, cell, *more)

    return reading


class Answers:
    """Reads answer cells; every method returns None where the cell holds no answer, or one that was refused.

    Where the cell takes a value back, they return `ERASED`.
    """

    def __init__(self, notes: Notes) -> None:
        """Report findings to `notes`."""
        self._notes = notes

    @_erasable
    def text(self, cell: WorkbookCell) -> str | None:
        """Return text with its line breaks; a number or a date is kept as Excel shows it."""
        if not self._usable(cell):
            return None
        if isinstance(cell.value, int | float) and not isinstance(cell.value, bool) and cell.percent:
            return _shown_percent(cell.value)
        return cell.lines or cell.text

    @_erasable
    def number(self, cell: WorkbookCell, unit: str = "") -> str | None:
        """Return a number in Vietnamese notation; typed text stays as typed, and the rules on values check it."""
        if not self._usable(cell):
            return None
        if isinstance(cell.value, date):
            self._notes.error(
                f"ô cần số nhưng lại chứa ngày {cell.text}; có thể Excel đã tự đổi số thành ngày",
                'định dạng ô là Văn bản (Text) rồi gõ lại, ví dụ "5 - 8"',
                cell.place,
            )
            return None
        if isinstance(cell.value, bool):
            self._notes.error(f"ô cần số nhưng lại chứa {cell.text}", "gõ lại số liệu", cell.place)
            return None
        if isinstance(cell.value, int | float) and cell.percent:
            return self._percent(cell, unit)
        return cell.text

    @_erasable
    def day(self, cell: WorkbookCell) -> str | None:
        """Return a day in ISO notation, from a date cell or from text that begins with the day."""
        if not self._usable(cell):
            return None
        if isinstance(cell.value, date):
            return cell.value.isoformat()
        return self.written_day(cell.text, cell.place)

    def written_day(self, text: str, place: str) -> str | None:
        """Return the ISO notation of a written day (`10/12/2025`, `10-12-2025`, `2025-12-10`)."""
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
                return str(parse_iso(text))
            other = _OTHER_MARKS.fullmatch(text)
            return parse_date("/".join(other.groups()) if other else text).isoformat()
        except DateError as error:
            self._notes.error(f"ngày {quoted(text)}: {error}", "ghi ngày/tháng/năm, ví dụ 10/12/2025", place)
            return None

    @_erasable
    def flag(self, cell: WorkbookCell) -> bool | None:
        """Return yes or no."""
        if not self._usable(cell):
            return None
        if isinstance(cell.value, bool):
            return cell.value
        meant = {loose_key(YES): True, loose_key(NO): False, "x": True}.get(loose_key(name_of(cell)))
        if meant is None:
            self._notes.error(f"{quoted(cell.text)} không phải “{YES}” hay “{NO}”", f"chọn {YES} hoặc {NO}", cell.place)
        return meant

    @_erasable
    def state(self, cell: WorkbookCell) -> bool | None:
        """Return whether a target in words is reached."""
        if not self._usable(cell):
            return None
        if isinstance(cell.value, bool):
            return cell.value
        meant = {loose_key(text): reached for text, reached in _STATES.items()}.get(loose_key(name_of(cell)))
        if meant is None:
            hint = f"mục tiêu bằng lời: chọn {REACHED} hoặc {NOT_REACHED}"
            self._notes.error(f"{quoted(cell.text)} không phải “{REACHED}” hay “{NOT_REACHED}”", hint, cell.place)
        return meant

    @_erasable
    def periods(self, cell: WorkbookCell, year: int) -> list[str] | None:
        """Return the periods named in a cell: "Quý I; Quý II", "Tháng 3", "6 tháng đầu năm", "2026-Q1"."""
        if not self._usable(cell):
            return None
        pieces = re.split("[;,\n]", cell.lines or cell.text)
        found = [self._period(piece, year, cell.place) for piece in pieces if piece.strip()]
        return [period for period in found if period] or None

    def _period(self, text: str, year: int, place: str) -> str | None:
        for pattern, suffix in _PERIODS:
            if found := pattern.fullmatch(" ".join(text.split()).casefold()):
                return f"{found['before'] or found['after'] or year}-{suffix(found['what'])}"
        self._notes.error(
            f"kỳ {quoted(text.strip())} không rõ",
            "ghi Quý I; Quý II, hoặc Tháng 1; Tháng 2, hoặc 6 tháng đầu năm",
            place,
        )
        return None

    @_erasable
    def status(self, cell: WorkbookCell) -> str | None:
        """Return the code of a status that is written in words."""
        if not self._usable(cell):
            return None
        by_key = {loose_key(label): code for code, label in STATUSES.items()} | {str(code): code for code in STATUSES}
        key = loose_key(name_of(cell))
        if key in by_key:
            return str(by_key[key])
        near = get_close_matches(key, by_key, n=1, cutoff=0.6)
        meant = f'ý bạn là "{STATUSES[by_key[near[0]]]}"? ' if near else ""
        self._notes.error(
            f"trạng thái {quoted(cell.text)} không có trong danh sách",
            f"{meant}chọn một trong: {', '.join(STATUSES.values())}",
            cell.place,
        )
        return None

    @_erasable
    def papers(self, cell: WorkbookCell) -> list[dict[str, Any]] | None:
        """Return the documents named in a cell, separated by semicolons: the number, and the date where it is given."""
        if not self._usable(cell):
            return None
        found = []
        for piece in filter(None, (part.strip(" .,") for part in cell.text.split(";"))):
            dated = _DATED.fullmatch(piece)
            day = self.written_day(dated["day"] or dated["bare"], cell.place) if dated else None
            found.append({"number": dated["number"] if dated else piece} | ({"date": day} if day else {}))
        return found or None

    def _usable(self, cell: WorkbookCell) -> bool:
        if cell.kind == "f":
            self._notes.error(
                "ô trả lời chứa công thức, kết quả có thể đổi khi mở ở máy khác",
                "chép ô rồi dán giá trị (Paste Special > Values)",
                cell.place,
            )
        elif cell.kind == "e":
            self._notes.error(f"ô chứa lỗi tính toán {quoted(cell.text)}", "gõ lại số liệu hoặc xóa ô", cell.place)
        elif isinstance(cell.value, str) and len(cell.value) > MOST_IN_A_CELL:
            self._notes.error(
                f"ô dài {len(cell.value)} ký tự, hơn mức Excel chứa được ({MOST_IN_A_CELL})", "rút ngắn", cell.place
            )
        elif not isinstance(cell.value, str | int | float | date) or (
            isinstance(cell.value, float) and abs(cell.value) == float("inf")
        ):
            self._notes.error(f"ô chứa {quoted(str(cell.value))}, không phải chữ, số hay ngày", "gõ lại", cell.place)
        else:
            return True
        return False

    def _percent(self, cell: WorkbookCell, unit: str) -> str:
        """Return what a cell shows as 86,5% and stores as 0.865, without the sign where the unit is a percentage."""
        shown = _shown_percent(cell.value)
        if unit != "%":
            return shown
        bare = shown.removesuffix("%")
        self._notes.add(
            Severity.INFO, f"ô định dạng phần trăm, đọc là {bare} (đơn vị %)", "đối chiếu lại số liệu", cell.place
        )
        return bare


def _shown_percent(value: float) -> str:
    exact = Decimal(str(value) if isinstance(value, int) else f"{value:.15g}") * 100
    text = f"{exact:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text.replace('.', ',')}%"
