"""Points of time as documents print them, and lists and spans of them.

A point is a day, a run of months (month, quarter, half, year) or a day of every month. Its year may be missing: the next point
of the list gives it, or the caller. "Đầu năm", "giữa quý" are points without a day (`vague`).
"""

from calendar import monthrange
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.notation.refusal import PhraseError, Why
from kehoach_cli.core.notation.tokens import Cursor, Lexicon, alike, words

_MONTHS = 12
_YEAR, _HALF, _QUARTER, _MONTH, _DAY = 12, 6, 3, 1, 0
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_LONGEST_MONTH = 31
# The last month of each quarter.
QUARTER_ENDS = (3, 6, 9, 12)


class Point(Struct, frozen=True):
    """A day (`months` is 0), or a run of `months` months that begins with `month`.

    `month` None is a day of a month not named ("ngày 25"); `repeats` holds the months in which such a day comes back. `early`
    marks a vague point that begins with its first day ("đầu năm").
    """

    months: int
    month: int | None
    year: int | None = None
    day: int | None = None
    vague: bool = False
    early: bool = False
    repeats: tuple[int, ...] = ()

    @property
    def size(self) -> tuple[int, bool]:
        """What two points of an abbreviated list share: "Quý I, II", "Tháng 3 - 5"."""
        return self.months, self.month is None

    def first(self) -> date:
        """Return the first day of a point whose year and month are known."""
        return self._date(self.month or 1, self.day or 1)

    def last(self) -> date:
        """Return the last day of a point whose year and month are known."""
        if self.day is not None:
            return self.first()
        month = (self.month or 1) + self.months - 1
        return self._date(month, monthrange(self.year or 1, month)[1])

    def _date(self, month: int, day: int) -> date:
        try:
            return date(self.year or 1, month, day)
        except ValueError:
            raise PhraseError(f"ngày {day}/{month}/{self.year} không có trong lịch", Why.NO_SUCH_DAY) from None


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_QUARTER_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4}
_MONTH_WORDS = {
    "giêng": 1,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "mười một": 11,
    "mười hai": 12,
}
_MONTH_NAMES = Lexicon(_MONTH_WORDS)
_QUARTER_JOINED = {f"q{name}": number for roman, number in _ROMAN.items() for name in (roman, number)}
_ENDS = words("đầu | cuối")
_VAGUE = words("""
    đầu | giữa | những tháng đầu | các tháng đầu | những tháng cuối | các tháng cuối | thượng tuần | trung tuần | hạ
    tuần | nửa đầu | nửa cuối | khoảng giữa | khoảng đầu | khoảng cuối
""")
_HALVES = Lexicon({"nửa đầu": True, "nửa cuối": False})
_STRETCHES = words("giai đoạn | thời kỳ | nhiệm kỳ | các năm | những năm | hai năm | 3 năm | 5 năm | trong năm")
# Times without any day; a number of years may follow.
_VAGUE_TIMES = words("""
    thời gian tới | trong thời gian tới | trong thời gian sớm nhất | trong các năm tiếp theo | trong những năm tới |
    trong nhiệm kỳ | cả nhiệm kỳ | thời gian sớm nhất | trước mắt | lâu dài | dài hạn | trung hạn | ngắn hạn | hiện
    nay | các năm tiếp theo | những năm tiếp theo | các năm tới | những năm tới | nhiệm kỳ | đầu nhiệm kỳ | giữa
    nhiệm kỳ | cuối nhiệm kỳ | mùa khô | mùa mưa | mùa mưa bão | mùa mưa lũ | tết nguyên đán | dịp tết
""")
_SCHOOL = words("năm học | vụ đông xuân | vụ hè thu | vụ mùa | vụ đông | vụ xuân | niên vụ | niên khóa")
_PARTS_OF_DAY = words("sáng | chiều | tối | trưa")


def read_point(cursor: Cursor) -> Point | None:
    """Read one point of time, with its year where one follows."""
    start = cursor.at
    for reader in (_vague_time, _school_year, _half, _end_of, _vague, _quarter, _day, _month, _year):
        if point := reader(cursor):
            return point
        cursor.at = start
    return None


def read_hour(cursor: Cursor) -> bool:
    """Step over an hour ("7h00 sáng", "17 giờ 00 phút")."""
    start = cursor.at
    if cursor.number((1, 2)) and (cursor.take("giờ", "h") or _hour_word(cursor)):
        if cursor.number((1, 2)):
            cursor.take("phút")
        cursor.find(_PARTS_OF_DAY)
        cursor.take(",")
        return True
    cursor.at = start
    return False


def _hour_word(cursor: Cursor) -> bool:
    key = cursor.key()
    if key[:1] == "h" and key[1:].isdecimal():
        cursor.at += 1
        return True
    return False


def read_year(cursor: Cursor) -> int | None:
    """Step over a year of four digits."""
    start = cursor.at
    found = cursor.number((4,))
    if found and _FIRST_YEAR <= int(found) <= _LAST_YEAR:
        return int(found)
    cursor.at = start
    return None


def _year_after(cursor: Cursor) -> int | None:
    """Step over the year of a month, quarter or half: "/2025", "năm 2025", "-2025", "(năm 2025)"."""
    start = cursor.at
    mark = cursor.take("/", "-", ".", ",", "của", "trong")
    named = bool(cursor.take("năm"))
    year = read_year(cursor) if named or mark in {None, "/", "-", "."} else None
    if year is None or (mark == "-" and named):
        cursor.at = start
        return None
    return year


def _vague_time(cursor: Cursor) -> Point | None:
    found = cursor.find(_VAGUE_TIMES)
    if found is None:
        return None
    start = cursor.at
    if found == "nhiệm kỳ" and read_year(cursor):
        # "Nhiệm kỳ 2020 - 2025" names its years.
        cursor.at = start
        return None
    return Point(_YEAR, 1, read_year(cursor), vague=True)


def _school_year(cursor: Cursor) -> Point | None:
    """Read "năm học 2025 - 2026", a crop's season: years without a day."""
    if not cursor.find(_SCHOOL):
        return None
    cursor.take("năm")
    year = read_year(cursor)
    start = cursor.at
    following = read_year(cursor) if year and cursor.take("-", "/", "đến") else None
    if following is None or year is None or following != year + 1:
        cursor.at = start
        return Point(_YEAR, 1, year, vague=True)
    return Point(2 * _YEAR, 1, year, vague=True)


def _half(cursor: Cursor) -> Point | None:
    """Read "6 tháng đầu năm 2025", "9 tháng đầu năm", "3 tháng cuối năm", "nửa đầu năm 2025"."""
    early = cursor.find(_HALVES)
    count = _HALF
    if early is None:
        found = cursor.number((1, 2))
        count = int(found) if found else _HALF if cursor.take("sáu") else 0
        end = cursor.find(_ENDS) if cursor.take("tháng") else None
        if end is None or not 0 < count < _MONTHS:
            return None
        early = end == "đầu"
    if not cursor.take("năm", "của"):
        return None
    cursor.take("năm")
    return Point(count, 1 if early else _MONTHS - count + 1, read_year(cursor) or _year_after(cursor))


def _end_of(cursor: Cursor) -> Point | None:
    """Read "cuối năm 2025", "cuối quý II", "cuối tháng 6/2025", "hết năm": what ends with its unit."""
    if not cursor.take("cuối"):
        return None
    found = _quarter(cursor) or _month(cursor) or _whole_year(cursor)
    return replace(found, months=_DAY, month=_MONTHS, day=31) if found and found.months == _YEAR else found


def _whole_year(cursor: Cursor) -> Point | None:
    if not cursor.take("năm"):
        return None
    cursor.take_words("kế hoạch")
    return Point(_YEAR, 1, read_year(cursor))


def _vague(cursor: Cursor) -> Point | None:
    """Read "đầu năm 2026", "giữa quý III/2025": words of time without a day."""
    words_before = cursor.find(_VAGUE)
    if not words_before:
        return None
    found = (
        _quarter(cursor)
        or _month(cursor)
        or _whole_year(cursor)
        or (_year(cursor) if cursor.find(_STRETCHES) else None)
    )
    return replace(found, vague=True, early=words_before == "đầu") if found else None


def _quarter(cursor: Cursor) -> Point | None:
    """Read "Quý II/2025", "Q.II", "Quý 2 năm 2025", "QII"."""
    start = cursor.at
    number = _QUARTER_JOINED.get(cursor.key())
    if number:
        cursor.at += 1
    elif cursor.take("quý") or (cursor.take("q") and cursor.take(".")):
        number = quarter_number(cursor)
    if number is None:
        cursor.at = start
        return None
    return Point(_QUARTER, QUARTER_ENDS[number - 1] - 2, _year_after(cursor))


def quarter_number(cursor: Cursor) -> int | None:
    """Step over the number of a quarter, Roman or Arabic."""
    if number := _ROMAN.get(cursor.key()) or _QUARTER_WORDS.get(cursor.key()):
        cursor.at += 1
        return number
    start = cursor.at
    found = cursor.number((1, 2))
    if found and 1 <= int(found) <= len(QUARTER_ENDS):
        return int(found)
    cursor.at = start
    return None


def _day(cursor: Cursor) -> Point | None:
    """Read "31/12/2025", "ngày 15/6", "30.6.2025", "ngày 10 tháng 10 năm 2025", "ngày 25"."""
    named = bool(cursor.take("ngày"))
    if dotted := _one_token_date(cursor):
        return dotted
    number = cursor.number((1, 2))
    if number is None:
        return None
    day = int(number)
    if mark := cursor.take("/") or ("-" if _is_long_date(cursor) and cursor.take("-") else None):
        return _day_and_month(cursor, day, mark)
    start = cursor.at
    if cursor.take("tháng") and (month := cursor.number((1, 2))):
        return _checked(day, int(month), _year_after(cursor))
    cursor.at = start
    return Point(_DAY, None, None, day) if named and 0 < day <= _LONGEST_MONTH else None


def _is_long_date(cursor: Cursor) -> bool:
    """Whether "-6-2025" follows a day."""
    keys = [cursor.key(ahead) for ahead in range(4)]
    return keys[0] == keys[2] == "-" and keys[1].isdecimal() and len(keys[3]) == len("2025") and keys[3].isdecimal()


def _day_and_month(cursor: Cursor, day: int, mark: str) -> Point | None:
    found = cursor.number((1, 2))
    if found is None:
        return None
    start = cursor.at
    year = _date_year(cursor) if cursor.take(mark) else read_year(cursor) if cursor.take("năm") else None
    if year is None:
        cursor.at = start
    return _checked(day, int(found), year)


def _date_year(cursor: Cursor) -> int | None:
    """Step over the year of a date, also one of two digits ("30/06/25")."""
    if year := read_year(cursor):
        return year
    short = cursor.number((2,))
    return 2000 + int(short) if short else None


def _one_token_date(cursor: Cursor) -> Point | None:
    """Read "30.6.2025", which is one token."""
    token = cursor.peek()
    parts = token.key.split(".") if token and token.kind == "number" else []
    if len(parts) != 3 or not all(part.isdecimal() for part in parts) or len(parts[2]) not in {2, 4}:  # noqa: PLR2004
        return None
    day, month, year = (int(part) for part in parts)
    if len(parts[0]) > 2 or len(parts[1]) > 2:  # noqa: PLR2004 - "1.000.2025" is no date
        return None
    cursor.at += 1
    return _checked(day, month, year if len(parts[2]) == len("2025") else 2000 + year)


def _checked(day: int, month: int, year: int | None) -> Point:
    """Return a day of the calendar; 29/2 without a year is one."""
    if not 1 <= month <= _MONTHS:
        raise PhraseError(f"tháng {month} không có; ngày viết trước, tháng viết sau", Why.NO_SUCH_DAY)
    leap_year = 2024
    if not 1 <= day <= monthrange(year or leap_year, month)[1]:
        shown = f"{day}/{month}" + (f"/{year}" if year else "")
        raise PhraseError(f"ngày {shown} không có trong lịch", Why.NO_SUCH_DAY)
    return Point(_DAY, month, year, day)


def _month(cursor: Cursor) -> Point | None:
    """Read "6/2025", "tháng 6 năm 2025", "T6/2025", "T.6", "tháng Tư"."""
    key = cursor.key()
    if key[:1] == "t" and key[1:].isdecimal() and len(key) <= len("t12"):
        cursor.at += 1
        number = int(key[1:])
    elif cursor.take("tháng") or (key == "t" and cursor.key(1) == "." and cursor.take("t") and cursor.take(".")):
        found = cursor.number((1, 2))
        number = int(found) if found else cursor.find(_MONTH_NAMES) or 0
    else:
        return _bare_month(cursor)
    if not number:
        return None
    return _month_point(number, _year_after(cursor))


def _bare_month(cursor: Cursor) -> Point | None:
    found = cursor.number((1, 2))
    if found and cursor.take("/", "-") and (year := read_year(cursor)):
        return _month_point(int(found), year)
    return None


def _month_point(number: int, year: int | None) -> Point:
    if not 1 <= number <= _MONTHS:
        raise PhraseError(f"tháng {number} không có", Why.NO_SUCH_DAY)
    return Point(_MONTH, number, year)


def _year(cursor: Cursor) -> Point | None:
    """Read "2025", "năm 2025", "cả năm", "trong năm"."""
    whole = bool(cursor.take("cả")) or (cursor.at > 0 and cursor.key(-1) in {"trong", "suốt"})
    named = bool(cursor.take("năm"))
    if named:
        cursor.take_words("kế hoạch")
    year = read_year(cursor)
    if year is None and not (named and whole):
        return None
    return Point(_YEAR, 1, year)


# -- lists and spans ---------------------------------------------------------------------------------------------------------

_SPAN_SIGNS = Lexicon(alike(True, "- | đến hết | cho đến hết | đến | tới | cho đến"))  # noqa: FBT003
_LIST_SIGNS = Lexicon(alike(False, ", | và | và trong | , và | , trong | và vào | và đến"))  # noqa: FBT003


class Points(Struct, frozen=True):
    """Points in the order printed; `span` where "-" or "đến" joins them, "và" or a comma otherwise."""

    items: tuple[Point, ...]
    span: bool = False


def read_points(cursor: Cursor) -> Points | None:
    """Read a point, a list or a span of points; later points may be abbreviated ("Quý I, II", "Tháng 3 - 5/2025").

    The first may be the number of a day alone ("từ 01 đến 15/6/2025").
    """
    first = _first(cursor)
    if first is None:
        return None
    found, span = [first], False
    while (following := _joined_point(cursor, found[-1])) is not None:
        found.append(following[0])
        span = span or following[1]
    bare = first.day is not None and first.month is None and len(found) > 1
    if bare and any(point.day is None for point in found):
        return None
    return Points(tuple(found), span)


def _first(cursor: Cursor) -> Point | None:
    start = cursor.at
    cursor.find(_STRETCHES)
    if point := read_point(cursor):
        return point
    cursor.at = start
    return read_point(cursor) or _bare_day(cursor)


def _joined_point(cursor: Cursor, before: Point) -> tuple[Point, bool] | None:
    """Read what joins two points and the next point, and tell whether it makes a span."""
    start = cursor.at
    joined = cursor.find(_SPAN_SIGNS)
    joined = cursor.find(_LIST_SIGNS) if joined is None else joined
    following = None if joined is None else _following(cursor, before)
    if following is None or joined is None:
        cursor.at = start
        return None
    return following, joined


def _bare_day(cursor: Cursor) -> Point | None:
    start = cursor.at
    found = cursor.number((1, 2))
    if found and cursor.key() in {"-", "đến"} and cursor.key(2) in {"/", "tháng"} and 0 < int(found) <= _LONGEST_MONTH:
        return Point(_DAY, None, None, int(found))
    cursor.at = start
    return None


def _following(cursor: Cursor, before: Point) -> Point | None:
    cursor.find(_STRETCHES)
    start = cursor.at
    if (short := _abbreviated(cursor, before)) is not None:
        return short
    cursor.at = start
    return read_point(cursor)


def _abbreviated(cursor: Cursor, before: Point) -> Point | None:
    """Read a point of which only the number is printed, the unit being that of the point before."""
    if before.months == _QUARTER and before.year is None:
        number = quarter_number(cursor)
        return Point(_QUARTER, QUARTER_ENDS[number - 1] - 2, _year_after(cursor)) if number else None
    if before.months == _MONTH and before.year is None:
        found = cursor.number((1, 2))
        return _month_point(int(found), _year_after(cursor)) if found and cursor.key() != "tháng" else None
    if before.months == _DAY and before.month is None:
        found = cursor.number((1, 2))
        if found and cursor.key() not in {"/", "tháng", "-"} and 0 < int(found) <= _LONGEST_MONTH:
            return Point(_DAY, None, None, int(found))
    return None


def completed(points: tuple[Point, ...], year: int | None) -> tuple[Point, ...]:
    """Return the points with their years: that of the next one, else that of the one before, else `year`.

    A point whose year is still missing keeps None.
    """
    return _forward(_backward(points), year)


def _backward(points: tuple[Point, ...]) -> tuple[Point, ...]:
    found: list[Point] = []
    for point in reversed(points):
        following = found[-1] if found else None
        if following is not None and point.month is None and point.day is not None:
            point = replace(point, month=following.month)  # noqa: PLW2901
        if following is not None and point.year is None:
            point = replace(point, year=following.year)  # noqa: PLW2901
        found.append(point)
    return tuple(reversed(found))


def _forward(points: tuple[Point, ...], year: int | None) -> tuple[Point, ...]:
    found: list[Point] = []
    for point in points:
        known = point.year or (found[-1].year if found else None) or year
        found.append(point if point.year else replace(point, year=known))
    return tuple(found)
