"""A schedule from the items of its phrase."""

from calendar import monthrange
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.notation.items import (
    EventItem,
    EveryItem,
    Item,
    Mode,
    RequestItem,
    TimeItem,
    WordsItem,
    read_item,
)
from kehoach_cli.core.notation.milestones import read_milestones
from kehoach_cli.core.notation.refusal import PhraseError, Why
from kehoach_cli.core.notation.schedule import Milestone, Recurrence, Schedule, ScheduleKind
from kehoach_cli.core.notation.time import Point, completed
from kehoach_cli.core.notation.tokens import MOST_TOKENS, Cursor, tokenize
from kehoach_cli.viet.dates import format_date

EXAMPLES = '"2022 - 2025", "Năm 2023", "Thường xuyên, hằng năm" hoặc "đến hết năm 2026"'
_YEAR_MONTHS = 12
# A day of every year: 29/2 needs a leap year to exist, all others are counted in an ordinary one.
_ORDINARY, _LEAP = 2023, 2024
_ROMAN = ("I", "II", "III", "IV")


class ScheduleContext(Struct, frozen=True):
    """What the caller knows: how "trước" is read, the only year there is, the document's date."""

    strict: bool = True
    year: int | None = None
    issued: date | None = None


def compose(text: str, context: ScheduleContext) -> Schedule:
    """Return the schedule a phrase means.

    Raises:
        PhraseError: it has no single meaning.
    """
    phrase = tokenize(text)
    if not phrase.tokens:
        if text.strip(" \u00a0.;,:"):
            raise _not_understood()
        return Schedule("", ScheduleKind.NONE)
    if len(phrase.tokens) > MOST_TOKENS:
        raise _not_understood()
    if steps := read_milestones(phrase):
        return _of_milestones(steps, context)
    items = read_items(Cursor(phrase))
    if items is None:
        raise _not_understood()
    return _together(items, context)


def _not_understood() -> PhraseError:
    return PhraseError(f"không hiểu được; viết ví dụ {EXAMPLES}")


def read_items(cursor: Cursor) -> list[Item] | None:
    """Return the items of a phrase, None where a word belongs to none of them."""
    items: list[Item] = []
    inside = False
    while not cursor.done:
        if items:
            if cursor.key() in {"hoặc", "hay"}:
                _refuse_two_times(cursor)
            inside = _joined(cursor, inside=inside)
        item = read_item(cursor)
        if item is None:
            return None
        items.append(replace(item, inside=True) if inside and isinstance(item, TimeItem) else item)
        if inside and cursor.take(")"):
            inside = False
    return None if inside else items


def _joined(cursor: Cursor, *, inside: bool) -> bool:
    """Step over what joins two items; return whether the next one stands in brackets."""
    while cursor.take(",", ";", "và", "-", "+", "/", "đồng thời", "hoặc", "hay", ":"):
        pass
    if not inside and cursor.take("("):
        inside = True
    return inside


def _refuse_two_times(cursor: Cursor) -> None:
    """Refuse a second time behind "hoặc": nobody knows which one counts. Anything else may follow it."""
    start = cursor.at
    cursor.at += 1
    if isinstance(read_item(cursor), TimeItem):
        phrase = cursor.phrase
        readings = (phrase.between(0, start), phrase.between(start + 1, len(phrase.tokens))) if cursor.done else ()
        named = " hay ".join(f'"{reading}"' for reading in readings)
        raise PhraseError(f"có hai thời điểm{f': {named}?' if named else ''}", Why.TWO_READINGS, readings=readings)
    cursor.at = start


# -- putting together --------------------------------------------------------------------------------------------------------


def _together(items: list[Item], context: ScheduleContext) -> Schedule:
    times = [item for item in items if isinstance(item, TimeItem)]
    everys = [item for item in items if isinstance(item, EveryItem)]
    events = [item for item in items if isinstance(item, EventItem)]
    added = [item for item in items if isinstance(item, WordsItem)]
    if any(word.review for word in added) and not everys:
        raise _not_understood()
    named = [item.every for item in everys] + [item.every for item in times]
    every = next((one for one in named if one), None)
    goes_on = any(word.goes_on for word in added)
    if (every or everys) and not (goes_on and times):
        found = _recurring(times, named, context)
    elif times:
        found = _dated(times, added, context)
    else:
        found = _undated(items, events, context)
    if events and found.kind is not ScheduleKind.EVENT:
        found = replace(found, event=events[0].text)
    return _going_on(found, every) if goes_on else found


def _going_on(found: Schedule, every: str | None) -> Schedule:
    if found.kind is ScheduleKind.RECURRING:
        return found
    recurrence = found.recurrence or (Recurrence(every) if every else None)
    return replace(found, goes_on=True, recurrence=recurrence)


def _undated(items: list[Item], events: list[EventItem], context: ScheduleContext) -> Schedule:
    if isinstance(items[0], RequestItem):
        return Schedule("", ScheduleKind.ON_REQUEST)
    if not events:
        raise _not_understood()
    event = events[0]
    day = _term_end(event.term, context.issued) if event.term and context.issued else None
    if day is None or event.after:
        return Schedule("", ScheduleKind.EVENT, starts=day, start=day.year if day else None, event=event.text)
    return Schedule("", ScheduleKind.EVENT, end=day.year, deadline=day, event=event.text, counted=True)


def _term_end(term: tuple[int, str], issued: date) -> date:
    number, unit = term
    if unit in {"day", "week"}:
        return issued + timedelta(days=number * (7 if unit == "week" else 1))
    months = issued.month - 1 + number * (_YEAR_MONTHS if unit == "year" else 1)
    year, month = issued.year + months // _YEAR_MONTHS, months % _YEAR_MONTHS + 1
    return date(year, month, min(issued.day, monthrange(year, month)[1]))


# -- times with an end -------------------------------------------------------------------------------------------------------


class _Span(Struct, frozen=True):
    """The points of a phrase with their years, first to last, and how its first and last word bound it."""

    points: tuple[Point, ...]
    opening: Mode
    closing: Mode
    joined: bool = False
    verb: bool = False
    vague: bool = False
    exact_hour: bool = False

    @property
    def last(self) -> Point:
        return self.points[-1]


def _dated(times: list[TimeItem], added: list[WordsItem], context: ScheduleContext) -> Schedule:
    span = _span(times, context)
    is_open = any(word.open for word in added)
    if span.opening is Mode.AFTER:
        begin = span.points[0].last() + timedelta(days=1)
        return Schedule("", ScheduleKind.OPEN, begin.year, starts=begin)
    if span.opening is Mode.FROM and len(span.points) == 1:
        return Schedule("", ScheduleKind.OPEN, span.points[0].first().year, starts=_begin(span))
    if span.vague:
        return Schedule("", ScheduleKind.VAGUE, span.points[0].year, _last_year(span.last))
    deadline = _deadline(span, context)
    _refuse_backwards(span, deadline)
    if is_open:
        return _open(span, deadline)
    return _closed(span, deadline)


def _last_year(point: Point) -> int | None:
    return point.year + (point.months - 1) // _YEAR_MONTHS if point.year and point.months else point.year


def _begin(span: _Span) -> date | None:
    first = span.points[0]
    return None if first.vague and not first.early else first.first()


def _deadline(span: _Span, context: ScheduleContext) -> date:
    if span.closing is not Mode.BEFORE:
        return span.last.last()
    if span.last.day is not None and (span.exact_hour or not context.strict):
        return span.last.first()
    return span.last.first() - timedelta(days=1)


def _open(span: _Span, deadline: date) -> Schedule:
    if span.last.day is not None:
        # A day that is named is a day to keep, whatever follows it.
        return replace(_closed(span, deadline), goes_on=True)
    if span.closing in {Mode.UNTIL, Mode.BEFORE} and len(span.points) == 1:
        return Schedule("", ScheduleKind.OPEN, None, deadline.year)
    if len(span.points) > 1:
        return Schedule("", ScheduleKind.OPEN, span.points[0].year, deadline.year, starts=_begin(span))
    return Schedule("", ScheduleKind.OPEN, span.last.year, starts=span.last.first())


def _closed(span: _Span, deadline: date) -> Schedule:
    days = all(point.day is not None for point in span.points)
    if len(span.points) > 1 and (span.joined or not days):
        starts = _begin(span)
        return Schedule("", ScheduleKind.PERIOD, span.points[0].year, deadline.year, deadline, starts=starts)
    plain = span.closing is Mode.IN and not span.verb and span.last.months == _YEAR_MONTHS
    if plain:
        return Schedule("", ScheduleKind.YEAR, deadline.year, deadline.year, deadline, starts=span.last.first())
    return Schedule("", ScheduleKind.UNTIL, None, deadline.year, deadline)


def _refuse_backwards(span: _Span, deadline: date) -> None:
    for before, after in zip(span.points, span.points[1:], strict=False):
        if after.last() < before.first():
            whole = before.months == after.months == _YEAR_MONTHS
            message = (
                f"kết thúc năm {after.year} trước khi bắt đầu năm {before.year}"
                if whole
                else f"kết thúc ngày {format_date(after.last())} trước khi bắt đầu ngày {format_date(before.first())}"
            )
            raise PhraseError(message, Why.BACKWARDS)
    if deadline < span.points[0].first() and len(span.points) > 1:
        raise PhraseError("kết thúc trước khi bắt đầu", Why.BACKWARDS)


def _span(times: list[TimeItem], context: ScheduleContext) -> _Span:
    """Return one span from all times of a phrase; a time in brackets may narrow the one before it."""
    outer = [time for time in times if not time.inside]
    inner = [time for time in times if time.inside]
    if not outer:
        outer, inner = inner, []
    if len(inner) > 1:
        raise _not_understood()
    if inner:
        return _narrowed(outer, inner[0], context)
    modes = [time.mode for time in outer]
    if not _fit(modes):
        raise _not_understood()
    printed = tuple(point for time in outer for point in time.points.items)
    points = _with_years(printed, context)
    first, last = outer[0], outer[-1]
    vague = any(time.about for time in outer) or points[-1].vague
    closing = last.mode if last.mode is not Mode.FROM or len(last.points.items) == 1 else Mode.IN
    joined = first.points.span or first.mode is Mode.FROM
    return _Span(points, first.mode, closing, joined, bool(last.verb), vague, last.exact_hour)


def _fit(modes: list[Mode]) -> bool:
    """Whether several times make one span: all bound alike, or the first begins it and the last ends it."""
    if len(modes) == 1:
        return True
    if modes[0] is Mode.FROM:
        return len(modes) == 2 and modes[1] in {Mode.UNTIL, Mode.BEFORE, Mode.IN}  # noqa: PLR2004 - begin and end
    return modes[0] is not Mode.AFTER and len(set(modes)) == 1


def _with_years(printed: tuple[Point, ...], context: ScheduleContext) -> tuple[Point, ...]:
    points = completed(printed, context.year)
    last = points[-1]
    if last.vague and last.year is None:
        return points
    if any(point.year is None or point.month is None for point in points if not point.vague):
        raise _year_missing(printed)
    guessed = any(point.year is None for point in printed) and all(point.year is None for point in printed)
    if guessed and context.issued and last.last() < context.issued:
        raise _year_missing(
            printed, f"ngày {format_date(last.last())} trước ngày ban hành {format_date(context.issued)}: "
        )
    return points


def _year_missing(points: tuple[Point, ...], lead: str = "") -> PhraseError:
    shown = _with_year(points[-1])
    return PhraseError(f'{lead}thiếu năm; viết ví dụ "{shown}"', Why.YEAR_MISSING, near=shown)


def _with_year(point: Point) -> str:
    """Return how a point is written with a year."""
    year = _LEAP + 2
    month = point.month or 1
    if point.day is not None:
        return f"{point.day:02d}/{month}/{year}"
    half = f"{point.months} tháng {'đầu' if month == 1 else 'cuối'} năm {year}"
    names = {1: f"tháng {month}/{year}", 3: f"quý {_ROMAN[(month - 1) // 3 % 4]}/{year}", _YEAR_MONTHS: f"năm {year}"}
    return names.get(point.months, half)


def _narrowed(outer: list[TimeItem], inner: TimeItem, context: ScheduleContext) -> _Span:
    """Return "Năm 2025 (Quý III)" as the third quarter of that year; what is not inside it is no refinement."""
    whole = _span(outer, context)
    year = whole.last.year if len(whole.points) == 1 or whole.points[0].year == whole.last.year else None
    narrow = _span([replace(inner, inside=False)], replace(context, year=year or context.year))
    within = whole.points[0].first() <= narrow.points[0].first() and narrow.last.last() <= whole.last.last()
    if not within:
        raise _not_understood()
    return narrow


# -- times that come back ----------------------------------------------------------------------------------------------------


def _recurring(times: list[TimeItem], everys: list[str | None], context: ScheduleContext) -> Schedule:
    """Return a duty that comes back; times without a year are its days, one with a year is its beginning, end or deadline."""
    every = next((item for item in everys if item), None)
    days = [time for time in times if every and all(point.year is None for point in time.points.items)]
    dated = [replace(time, inside=False) for time in times if time not in days]
    if len(dated) > 1:
        raise _not_understood()
    found_days = dict.fromkeys(day for time in days for day in _due(time, every, strict=context.strict))
    due = tuple(sorted(found_days))
    if days and not _one_rhythm({item for item in everys if item}, due):
        raise _not_understood()
    recurrence = Recurrence(every, due) if every else None
    yearly = _day_month(due[0]) if every == "year" and len(due) == 1 else None
    found = Schedule("", ScheduleKind.RECURRING, yearly=yearly, recurrence=recurrence)
    if not dated:
        return found
    bound = _dated(dated, [], context)
    if bound.kind in {ScheduleKind.OPEN, ScheduleKind.PERIOD, ScheduleKind.YEAR, ScheduleKind.VAGUE}:
        return replace(found, start=bound.start, end=bound.end, starts=bound.starts)
    if days:
        return replace(found, end=bound.end)
    return replace(bound, recurrence=recurrence, goes_on=True)


def _one_rhythm(everys: set[str], due: tuple[str, ...]) -> bool:
    """Whether the days fit the words: "định kỳ 6 tháng (tháng 6 và tháng 12 hằng năm)" names the days of both halves."""
    return len(everys) == 1 or (everys == {"half", "year"} and len(due) == 2)  # noqa: PLR2004


def _day_month(due: str) -> tuple[int, int]:
    month, day = due.split("-")
    return int(day), int(month)


def _due(time: TimeItem, every: str | None, *, strict: bool) -> list[str]:
    """Return the last days on time of one time that comes back."""
    if (
        every not in {"year", "quarter", "month", "half"}
        or time.about
        or any(point.vague for point in time.points.items)
    ):
        raise _not_understood()
    points = time.points.items
    if any(point.month is None and point.day is None for point in points) or time.mode in {Mode.FROM, Mode.AFTER}:
        points = points[-1:]
    if time.points.span:
        points = points[-1:]
    before = time.mode is Mode.BEFORE
    return [day for point in points for day in _days_of(point, str(every), before=before, strict=strict)]


def _days_of(point: Point, every: str, *, before: bool, strict: bool) -> list[str]:
    if point.repeats:
        return [_last_day(replace(point, month=month), before=before and strict) for month in point.repeats]
    if point.month is None:
        if every != "month" or point.day is None:
            raise _not_understood()
        # Before the first of a month is the last day of the month before, whatever its number.
        day = point.day - 1 if before and strict else point.day
        return [f"{day or 31:02d}"]
    return [_last_day(point, before=before and (strict or point.day is None))]


def _last_day(point: Point, *, before: bool) -> str:
    leap = (point.day, point.month) == (29, 2)
    in_year = replace(point, year=_LEAP if leap else _ORDINARY)
    day = in_year.first() - timedelta(days=1) if before else in_year.last()
    return f"{day.month:02d}-{day.day:02d}"


# -- milestones --------------------------------------------------------------------------------------------------------------


def _of_milestones(steps: list[tuple[str, TimeItem]], context: ScheduleContext) -> Schedule:
    """Return steps with a deadline each; a year printed once holds for the steps beside it."""
    printed = tuple(time.points.items[-1] for _, time in steps)
    points = _with_years(printed, context)
    found = []
    for (text, time), point in zip(steps, points, strict=True):
        span = _Span((point,), time.mode, time.mode, exact_hour=time.exact_hour)
        found.append(Milestone(text, _deadline(span, context)))
    if any(point.vague for point in points):
        raise _not_understood()
    last = max(step.deadline for step in found)
    return Schedule("", ScheduleKind.MILESTONES, None, last.year, last, milestones=tuple(found))
