"""The changes of a plan in sentences that an officer reads."""

import re
from collections import Counter
from typing import Any

from kehoach_cli.core.changes.names import PART_NAMES, field_name, value_text
from kehoach_cli.core.changes.row_change import OriginKind, RowChange, Value
from kehoach_cli.core.changes.words import differences, shortened
from kehoach_cli.core.comparison.plans import HEAD_BODIES, Comparison, UnreadPlan, bodies_of, deadlines, raised
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.change import ChangeKind, Part
from kehoach_cli.core.model.plan import Section
from kehoach_cli.core.notation.keys import key_in_words
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.text import capitalized

# Of texts with more words, only the places that differ are told.
_SHORT = 12
_MOST_PLACES = 6
_BODIES = HEAD_BODIES | {"agencies", "body.lead", "drafter", "from", "lead", "support", "to", "via"}
# The rows that have no id of their own are named by their first words.
_AWAITED = re.compile(r"(cơ quan )([\w/-]+)")
_NAMELESS = frozenset({Part.BASIS, Part.REPORTING})
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

    def concerned(self, *changes: RowChange) -> str:
        """Return the names of the bodies whom changes concern."""
        found = dict.fromkeys(body for change in changes for body in bodies_of(change))
        return "; ".join(map(self.name, found))

    def told(self, change: RowChange) -> str:
        """Return a change as one sentence, without the row it belongs to."""
        if change.field:
            return f"{capitalized(self.cell(change))}: {self._cell_told(change)}."
        part = PART_NAMES[change.part]
        match change.kind:
            case ChangeKind.ADDED:
                kin = f"; nội dung này trước ở {own_id(change.kin)}" if change.kin else ""
                return f"Thêm {part}{self._whole(change.new)}{kin}."
            case ChangeKind.DROPPED:
                kin = f"; nội dung này nay ở {own_id(change.kin)}" if change.kin else ""
                return f"Bỏ {part}{self._whole(change.old)}{kin}."
            case ChangeKind.RENUMBERED:
                return f"Đổi số: {change.old} → {change.new}."
            case _:
                return f"{self._moved(change)}."

    def _moved(self, change: RowChange) -> str:
        """Return where a row moved to: to another place, to another heading, or to another kind of row."""
        old, new = self.stood(change)
        if change.was_part:
            words = words_of(change.old), words_of(change.new)
            text = f"; nguyên văn {_difference(*words)}" if words[0] != words[1] else ""
            return f"{capitalized(old)}, {new}{text}"
        if change.sections:
            return f"Chuyển sang mục khác: {old}, {new}"
        which = f" {PART_NAMES[change.part]} {_quoted(row_title(change))}" if change.part in _NAMELESS else ""
        return f"Chuyển chỗ{which}: {old}, {new}"

    @staticmethod
    def origin(change: RowChange) -> str:
        """Return where a change comes from as a sentence; empty where nobody asked, or there is nothing to say."""
        origin = change.origin
        if origin is None:
            return ""
        at = f" ({origin.place})" if origin.place else ""
        match origin.kind:
            case OriginKind.AMENDMENT:
                return f"Theo {origin.words}."
            case OriginKind.CORRECTION:
                return f"Sửa bản nhập cho đúng văn bản{at}."
            case OriginKind.BOTH:
                return f"Văn bản có cả hai cách ghi{at}; đọc lại để chọn."
            case OriginKind.UNCHECKED:
                return "Không có chữ nào của văn bản để đối chiếu."
            case OriginKind.ERROR:
                there = f"văn bản ghi {_there(change, origin.words)}" if origin.words else "văn bản không có chữ này"
                return f"LỖI CỦA BẢN NHẬP: {there}{at}."

    def stood(self, change: RowChange) -> tuple[str, str]:
        """Return where a row that moved stood and stands, or what it was and is: `trước đứng sau II.1`, `nay đứng đầu`."""
        if change.was_part:
            kinds = PART_NAMES[change.was_part], PART_NAMES[change.part]
            ids = old_id(change), ""
            old, new = (
                " ".join(filter(None, ("là", kind, own, self._cells(row))))
                for kind, own, row in zip(kinds, ids, (change.old, change.new), strict=True)
            )
        else:
            old, new = (self._after(change, one) if one else "đứng đầu" for one in (change.old, change.new))
        if change.sections:
            one, other = (
                f"ở mục {one.id} {_quoted(shortened(one.title))}" if one else "ở ngoài các mục"
                for one in change.sections
            )
            old, new = f"{one}, {old}", f"{other}, {new}"
        return f"trước {old}", f"nay {new}"

    def _after(self, change: RowChange, name: str) -> str:
        return f"đứng sau {_quoted(value_text('level', name)) if change.part in _NAMELESS else name}"

    def cell(self, change: RowChange) -> str:
        """Return the name of the cell: `mục tiêu năm 2030`, `cơ quan phối hợp`."""
        name, rest = field_name(change.part, change.field.removeprefix("document."))
        if change.field.startswith("now."):
            rest = self.name(rest)
        named = f"{name} {rest}".strip() if name else f'khóa "{change.field}"'
        return f"{PART_NAMES[change.part]} {_quoted(row_title(change))}, {named}" if change.part in _NAMELESS else named

    def shown(self, change: RowChange, value: Value) -> str:
        """Return a cell as text: bodies by name, lists with semicolons."""
        if value is None:
            return ""
        return "; ".join(self._item(change, one) for one in ((value,) if isinstance(value, str) else value))

    def _item(self, change: RowChange, text: str) -> str:
        if change.field in _BODIES:
            return self.name(text)
        if change.field.startswith("now."):
            body, mark, more = text.partition(" (")
            return self.name(body) + mark + more
        if change.field == "conditions":
            return _AWAITED.sub(lambda found: found[1] + self.name(found[2]), text)
        return value_text(change.field, text)

    def _cell_told(self, change: RowChange) -> str:
        if change.wording_only:
            old, new = change.printed if any(change.printed) else (change.old, change.new)
            if old is None or new is None:
                return f"chỉ đổi cách ghi, {'thêm' if old is None else 'bỏ'} ô in {_quoted(_text(old or new))}"
            return f"chỉ đổi cách ghi, {_difference(_text(old), _text(new))}"
        if isinstance(change.old, tuple) or isinstance(change.new, tuple):
            return self._list_told(change)
        if change.old is None or change.new is None:
            verb, value = ("thêm", change.new) if change.old is None else ("bỏ", change.old)
            return f"{verb} {_quoted(self.shown(change, value))}{self._meant(change)}"
        return f"{_difference(self.shown(change, change.old), self.shown(change, change.new))}{self._meant(change)}"

    def _list_told(self, change: RowChange) -> str:
        old, new = change.old or (), change.new or ()
        named = change.field in _BODIES or change.field.startswith("now.")
        show = str if named else _quoted
        came, gone = (
            [show(self._item(change, one)) for one in (Counter(some) - Counter(other)).elements()]
            for some, other in ((new, old), (old, new))
        )
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
        return f" {text}" if (text := self.whole(row, quoted=True)) else ""

    def whole(self, row: object, *, quoted: bool = False) -> str:
        """Return the words of a whole row or passage with its cells; empty where there is none."""
        if not isinstance(row, dict):
            return "" if not row else _quoted(str(row)) if quoted else str(row)
        words = _quoted(words_of(row)) if quoted else words_of(row)
        return f"{words} {self._cells(row)}".strip()

    def _cells(self, row: dict[str, Any]) -> str:
        """Return the cells of a row besides its words, in brackets; empty where there are none."""
        bodies = (("lead", "chủ trì"), ("support", "phối hợp"), ("agencies", "cơ quan"))
        more = [f"{word}: {'; '.join(map(self.name, row[key]))}" for key, word in bodies if row.get(key)]
        more += [f"thời gian: {row['schedule']}"] if row.get("schedule") else []
        more += [f"sản phẩm: {', '.join(row['outputs'])}"] if row.get("outputs") else []
        targets = ((key.removeprefix("targets."), value) for key, value in row.items() if key.startswith("targets."))
        more += [f"mục tiêu {key_in_words(key)}: {value}" for key, value in targets]
        return f"({'; '.join(more)})" if more else ""


def unread_told(unread: UnreadPlan) -> str:
    """Return in a sentence what was not compared, of which version and why."""
    which = f'kế hoạch "{unread.plan}"' if unread.plan else "một kế hoạch chưa rõ mã, và kế hoạch nào chỉ có ở bản kia"
    version = "bản cũ" if unread.was else "bản mới"
    return f'CHƯA SO {which}: {version} có tệp "{unread.file}" không đọc được: {unread.why}.'


def counted(comparison: Comparison) -> str:
    """Return how many changes there are, by kind."""
    kinds = Counter(change.kind for change in comparison.changes)
    if not kinds:
        return "Không có thay đổi trong phần so được" if comparison.unread else "Không có thay đổi"
    return f"Có {kinds.total()} thay đổi: {'; '.join(f'{kinds[kind]} {word}' for kind, word in KINDS.items() if kinds[kind])}"


def _heading(section: Section) -> str:
    return f"mục {section.id} {_quoted(shortened(section.title))}" if section.title else f"mục {section.id}"


def own_id(ref: str) -> str:
    """Return the id of a row without that of its plan."""
    return ref.partition("/")[2] or ref


def old_id(change: RowChange) -> str:
    """Return the id that a row had, where it has another one now."""
    ids = [getattr(row, "id", "") for row in (change.before, change.after)]
    return ids[0] if all(ids) and ids[0] != ids[1] else ""


def row_title(change: RowChange) -> str:
    """Return the first words of the row that a change belongs to."""
    return value_text("level", change.title) if change.part is Part.REPORTING else shortened(change.title)


def words_of(row: dict[str, Any]) -> str:
    """Return what a row is known by, from its cells by name."""
    if "level" in row:
        return f"{value_text('level', row['level'])} {row.get('source', '')}".strip()
    if text := row.get("text") or row.get("name"):
        return str(text)
    return ", ".join(value_text(name, row[name]) for name in ("number", "title", "date") if row.get(name))


def _difference(old: str, new: str) -> str:
    if max(len(old.split()), len(new.split())) <= _SHORT:
        return f"{_quoted(old)} → {_quoted(new)}"
    places = differences(old, new)
    more = f" và {len(places) - _MOST_PLACES} chỗ nữa" if len(places) > _MOST_PLACES else ""
    return "; ".join(f"{_quoted(one.old)} → {_quoted(one.new)}" for one in places[:_MOST_PLACES]) + more


def _there(change: RowChange, words: str) -> str:
    """Return the words of the document; of many words, only where the new version has others."""
    if len(words.split()) <= _SHORT or not change.field:
        return _quoted(shortened(words))
    places = differences(change.printed[1] or _text(change.new), words)
    return "; ".join(_quoted(one.new) for one in places[:_MOST_PLACES])


def _text(value: Value) -> str:
    return "" if value is None else value if isinstance(value, str) else "; ".join(value)


def _quoted(text: str) -> str:
    return f"“{text}”"


def _days(number: int) -> str:
    return f"{number:,}".replace(",", ".") + " ngày"
