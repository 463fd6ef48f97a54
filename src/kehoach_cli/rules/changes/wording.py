"""The changes of one topic in words, each at its place: what the rules of this family share."""

from collections.abc import Callable, Iterator, Mapping

from kehoach_cli.core.changes.names import PART_NAMES, field_name, time_of, value_text
from kehoach_cli.core.changes.words import differences, shortened
from kehoach_cli.core.check.wording import STATUSES
from kehoach_cli.core.model.change import Change, ChangeKind, ChangeTopic, Part
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import Violation

_WHOLE = frozenset({ChangeKind.ADDED, ChangeKind.DROPPED})
# Of texts with more words, only the places that differ are shown, so many of them.
_SHORT, _MOST_PLACES = 8, 4
_STATUSES: Mapping[str, str] = {status.value: words for status, words in STATUSES.items()}
_FLAGS = {"true": "có", "false": "không"}

# Entries that have no id of their own stand in one that has.
_NAMELESS = frozenset({Part.SUBMISSION, Part.REPORTED_FUNDING})
_INSIDE = frozenset({Part.CONDITION, Part.COST, Part.STEP, Part.SUCCESSOR})

# Bodies where the topic is another one.
_AGENCIES = frozenset(
    {(Part.GROUP, "members"), (Part.SUCCESSOR, "id"), (Part.BODY, "parent"), (Part.SUBMISSION, "agency")}
)


def in_words(document: SourceFile, wanted: Callable[[Change], bool]) -> Iterator[Violation]:
    """Yield the wanted changes of a file, each at its place."""
    for change in document.changes:
        if wanted(change):
            yield Violation(_said(document, change), change.path, key=change.at_key)


def of_values(topic: ChangeTopic) -> Callable[[Change], bool]:
    """Return what tells the changes of one topic from others."""
    return lambda change: change.topic is topic


def _said(document: SourceFile, change: Change) -> str:
    if not change.field:
        return _entry_said(document, change)
    name = f"{_subject(change)}: {_field(document, change)}"
    old, new = (_shown(document, change, text) for text in (change.old, change.new))
    if change.kind is ChangeKind.MOVED:
        return f"{name} {new} đã đổi thứ tự"
    if change.kind in _WHOLE:
        return f"{name}: thêm {new}" if change.old is None else f"{name}: bỏ {old}"
    return f"{name} đã đổi: {_difference(document, change)}"


def _entry_said(document: SourceFile, change: Change) -> str:
    part, subject = PART_NAMES[change.part], _subject(change)
    if change.kind is ChangeKind.RENUMBERED:
        return f"mã {part} đã đổi: {change.old} → {change.new}"
    if change.kind is ChangeKind.MOVED:
        old, new = (f"sau {_quoted(text)}" if text else "đầu danh sách" for text in (change.old, change.new))
        return f"{subject} đã chuyển chỗ: trước ở {old}, nay ở {new}"
    verb, text = ("thêm", change.new) if change.kind is ChangeKind.ADDED else ("bỏ", change.old)
    if not text:
        return f"{verb} {subject}"
    return f"{verb} {subject} {_agency(document, text) if change.part is Part.SUCCESSOR else _quoted(text)}"


def _subject(change: Change) -> str:
    part = PART_NAMES[change.part]
    if not change.entry or change.part in _NAMELESS:
        return part
    return f"{part} của {change.entry}" if change.part in _INSIDE else f"{part} {change.entry}"


def _field(document: SourceFile, change: Change) -> str:
    """Return the name of a value, and behind it what its key goes on with, such as a year or a body."""
    name, rest = field_name(change.part, change.field)
    if not name:
        return f'khóa "{change.field}"'
    return f"{name} {_agency(document, rest) if change.field.startswith('now.') else time_of(rest)}".strip()


def _difference(document: SourceFile, change: Change) -> str:
    old, new = change.old or "", change.new or ""
    if change.topic is ChangeTopic.AGENCY or min(len(old.split()), len(new.split())) <= _SHORT:
        return f"{_shown(document, change, old)} → {_shown(document, change, new)}"
    places = differences(old, new)
    more = f" và {len(places) - _MOST_PLACES} chỗ nữa" if len(places) > _MOST_PLACES else ""
    return "; ".join(f"“{one.old}” → “{one.new}”" for one in places[:_MOST_PLACES]) + more


def _shown(document: SourceFile, change: Change, text: str | None) -> str:
    if text is None:
        return ""
    if change.topic is ChangeTopic.AGENCY or (change.part, change.field) in _AGENCIES:
        return _agency(document, text)
    status = _STATUSES.get(text) if change.field.endswith("status") else None
    return _quoted(status or _FLAGS.get(text) or value_text(change.field, text))


def _quoted(text: str) -> str:
    return f"“{shortened(text)}”"


def _agency(document: SourceFile, text: str) -> str:
    """Return the name of a body with its id; what stands in brackets behind an id follows."""
    agency, space, rest = text.partition(" ")
    value = document.value
    province = getattr(value, "province", "")
    found = document.directory.get(province, agency) if province else None
    return f"“{found.name} ({agency})”{space}{rest}" if found else _quoted(text)
