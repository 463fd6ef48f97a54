"""The changes of a plan in sentences that an officer reads."""

from collections import Counter
from collections.abc import Iterable

from kehoach_cli.core.changes.names import PART_NAMES, day_text, field_name
from kehoach_cli.core.changes.rows import RowChange, Value
from kehoach_cli.core.changes.words import differences, shortened
from kehoach_cli.core.comparison.plans import bodies_of, deadlines, raised
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.change import ChangeKind, Part
from kehoach_cli.core.model.plan import Indicator, Section, Task
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.text import capitalized

# Of texts with more words, only the places that differ are told.
_SHORT = 12
_MOST_PLACES = 6
_IDS = frozenset({"lead", "support"})
_BODIES = _IDS | {"coordinator", "issuer", "drafter", "via", "agencies"}
_LISTS_OF_BODIES = frozenset({"reporting.from", "reporting.to"})

KINDS = {
    ChangeKind.ADDED: "thêm",
    ChangeKind.DROPPED: "bỏ",
    ChangeKind.CHANGED: "sửa",
    ChangeKind.MOVED: "chuyển chỗ",
    ChangeKind.RENUMBERED: "đổi số",
}


class Sentences:
    """Tells the changes of plans of one province."""

    def __init__(self, directory: Directory, province: str) -> None:
        """Name the bodies as the registries of the province do."""
        self._directory = directory
        self._province = province

    def name(self, body: str) -> str:
        """Return the name of a body; an id that no registry has stays."""
        return self._directory.name(self._province, body)

    def concerned(self, change: RowChange) -> str:
        """Return the names of the bodies whom a change concerns."""
        return "; ".join(map(self.name, bodies_of(change)))

    def told(self, change: RowChange) -> str:
        """Return a change as one sentence, without the row it belongs to."""
        if change.field:
            return f"{capitalized(self.cell(change))}: {self._cell_told(change)}."
        part = PART_NAMES[change.part]
        match change.kind:
            case ChangeKind.ADDED:
                return f"Thêm {part}{self._whole(change.new)}."
            case ChangeKind.DROPPED:
                return f"Bỏ {part}{self._whole(change.old)}."
            case ChangeKind.RENUMBERED:
                return f"Đổi số: {change.old} → {change.new}."
            case _:
                old, new = (f"sau {one}" if one else "ở đầu" for one in (change.old, change.new))
                return f"Chuyển chỗ: trước đứng {old}, nay đứng {new}."

    def cell(self, change: RowChange) -> str:
        """Return the name of the cell: `mục tiêu năm 2030`, `cơ quan phối hợp`."""
        field = change.field.removeprefix("document.") if change.part is not Part.PLAN else change.field
        for name in ("objectives", "funding", "reporting", "clauses", "basis"):
            if field == name or field.startswith(f"{name}."):
                return f"{PART_NAMES[change.part]} {field_name(change.part, field[len(name) + 1 :])[0]}".strip()
        name, rest = field_name(change.part, field)
        year = f"năm {rest}" if rest and name in {"mục tiêu", "mức ban đầu"} else rest
        return f"{name} {year}".strip() if name else f'khóa "{field}"'

    def shown(self, change: RowChange, value: Value) -> str:
        """Return a cell as text: bodies by name, lists with semicolons."""
        if value is None:
            return ""
        items = (value,) if isinstance(value, str) else value
        named = change.field.rpartition(".")[2] in _BODIES or change.field in _LISTS_OF_BODIES
        return "; ".join(self.name(one) if named else day_text(one) for one in items)

    def _cell_told(self, change: RowChange) -> str:
        if change.wording_only:
            old, new = change.printed if any(change.printed) else (change.old, change.new)
            return f"chỉ đổi cách ghi, {_difference(_text(old), _text(new))}"
        if isinstance(change.old, tuple) or isinstance(change.new, tuple):
            return self._list_told(change)
        if change.old is None or change.new is None:
            verb, value = ("thêm", change.new) if change.old is None else ("bỏ", change.old)
            return f"{verb} {_quoted(self.shown(change, value))}{self._meant(change)}"
        return f"{_difference(self.shown(change, change.old), self.shown(change, change.new))}{self._meant(change)}"

    def _list_told(self, change: RowChange) -> str:
        old, new = change.old or (), change.new or ()
        show = self.name if change.field in _IDS else _quoted
        came, gone = ([show(one) for one in some if one not in other] for some, other in ((new, old), (old, new)))
        if not came and not gone:
            return "đổi thứ tự"
        parts = [f"thêm {'; '.join(came)}"] if came else []
        return ", ".join([*parts, f"bớt {'; '.join(gone)}"] if gone else parts)

    def _meant(self, change: RowChange) -> str:
        """Return what a change means: how many days, or whether a target asks for more."""
        more = raised(change)
        if more is not None:
            return " (nâng mục tiêu)" if more else " (hạ mục tiêu)"
        old, new = deadlines(change)
        if old == new:
            return ""
        if old is None or new is None:
            return (
                f"; thời hạn {format_date(new)}" if new else f"; không còn thời hạn {format_date(old)}" if old else ""
            )
        days = (new - old).days
        moved = f"lùi {_days(days)}" if days > 0 else f"sớm hơn {_days(-days)}"
        return f"; thời hạn {format_date(old)} → {format_date(new)} ({moved})"

    def _whole(self, row: object) -> str:
        return f" {text}" if (text := self.whole(row)) else ""

    def whole(self, row: object) -> str:
        """Return the words of a whole row or passage; empty where there is none."""
        if not isinstance(row, dict):
            return _quoted(str(row)) if row else ""
        text = row.get("text") or row.get("name") or row.get("title") or ""
        said = [_quoted(text)]
        for key, word in (("lead", "chủ trì"), ("support", "phối hợp")):
            if row.get(key):
                said.append(f"{word}: {'; '.join(map(self.name, row[key]))}")
        if row.get("schedule"):
            said.append(f"thời gian: {row['schedule']}")
        said += [f"mục tiêu năm {key[8:]}: {value}" for key, value in row.items() if key.startswith("targets.")]
        return ". ".join([said[0], capitalized("; ".join(said[1:]))] if said[1:] else said)


def counted(changes: Iterable[RowChange]) -> str:
    """Return how many changes there are, by kind."""
    kinds = Counter(change.kind for change in changes)
    if not kinds:
        return "Không có thay đổi"
    return f"Có {kinds.total()} thay đổi: {'; '.join(f'{kinds[kind]} {word}' for kind, word in KINDS.items() if kinds[kind])}"


def row_title(change: RowChange) -> str:
    """Return the first words of the row that a change belongs to."""
    row = change.after or change.before
    text = row.text if isinstance(row, Task) else row.name if isinstance(row, Indicator) else ""
    return shortened(row.title or "" if isinstance(row, Section) else text)


def _difference(old: str, new: str) -> str:
    if max(len(old.split()), len(new.split())) <= _SHORT:
        return f"{_quoted(old)} → {_quoted(new)}"
    places = differences(old, new)
    more = f" và {len(places) - _MOST_PLACES} chỗ nữa" if len(places) > _MOST_PLACES else ""
    return "; ".join(f"{_quoted(one.old)} → {_quoted(one.new)}" for one in places[:_MOST_PLACES]) + more


def _text(value: Value) -> str:
    return "" if value is None else value if isinstance(value, str) else "; ".join(value)


def _quoted(text: str) -> str:
    return f"“{text}”"


def _days(number: int) -> str:
    return f"{number:,}".replace(",", ".") + " ngày"
