"""The items a schedule phrase is made of: times, recurrences, requests, events, and what only adds words.

Every reader steps over one item or leaves the cursor where it was. A phrase is a list of items, joined by marks and "và".
"""

from enum import Enum, auto

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.notation.time import Points, read_hour, read_point, read_points, read_year
from kehoach_cli.core.notation.tokens import Cursor, Lexicon, alike, keys, words


class Mode(Enum):
    """How a time bounds the work."""

    IN = auto()
    UNTIL = auto()
    BEFORE = auto()
    FROM = auto()
    AFTER = auto()


class TimeItem(Struct, frozen=True):
    """Points of time with what stands before them ("hoàn thành trước") and after ("hằng năm").

    `exact_hour`: an hour is named, so that "trước" still lies on the day. `inside`: printed in brackets.
    """

    mode: Mode
    points: Points
    verb: str | None = None
    every: str | None = None
    exact_hour: bool = False
    about: bool = False
    inside: bool = False


class EveryItem(Struct, frozen=True):
    """A duty that comes back; `every` None says only that it never ends ("thường xuyên")."""

    every: str | None


class RequestItem(Struct, frozen=True):
    """What is done when asked for."""

    text: str


class EventItem(Struct, frozen=True):
    """What waits for something, or follows it; `days` is a term counted from the document's own date (number, unit)."""

    text: str
    term: tuple[int, str] | None = None
    after: bool = False


class WordsItem(Struct, frozen=True):
    """What sets no time of its own: a vision, a review, "và các năm tiếp theo" (`open`), "sau đó thường xuyên" (`goes_on`)."""

    open: bool = False
    goes_on: bool = False
    review: bool = False


Item = TimeItem | EveryItem | RequestItem | EventItem | WordsItem

_VERBS = words("""
    hoàn thành | hoàn thành việc | thực hiện hoàn thành | cơ bản hoàn thành | hoàn thành dứt điểm | xong | thực hiện
    xong | thực hiện | triển khai | triển khai thực hiện | tổ chức thực hiện | kết thúc | dự kiến | phấn đấu | phấn
    đấu hoàn thành | dự kiến hoàn thành | hoàn thiện | báo cáo | ban hành | trình | tổ chức | gửi | nộp | phê duyệt
    | khởi công | khánh thành | nghiệm thu | bàn giao | đưa vào sử dụng | thông qua | đưa vào vận hành | đưa vào
    khai thác | thời gian | thời hạn | tiến độ | thời gian hoàn thành | xây dựng | thời gian thực hiện | thời hạn
    hoàn thành | hoàn thành và báo cáo | trình ban hành | trình phê duyệt | hoàn thành toàn bộ | nhiệm vụ | duy trì
    | phải hoàn thành | hoàn thành chậm nhất | áp dụng | báo cáo gửi | gửi báo cáo | báo cáo kết quả | gửi kết quả
""")
_ADDRESSED = Lexicon(
    {
        f"{verb} {body}": verb
        for verb in ("trình", "báo cáo", "gửi", "tham mưu", "báo cáo kết quả về", "tham mưu trình", "hoàn thành, trình")
        for body in (
            *(
                "ubnd tỉnh",
                "ubnd thành phố",
                "hđnd tỉnh",
                "hđnd thành phố",
                "chính phủ",
                "thủ tướng chính phủ",
                "cấp trên",
            ),
            *(
                "ban thường vụ tỉnh ủy",
                "tỉnh ủy",
                "quốc hội",
                "trung ương",
                "chủ tịch ubnd tỉnh",
                "ủy ban nhân dân tỉnh",
            ),
            *("hội đồng nhân dân tỉnh", "cấp có thẩm quyền", "thường trực tỉnh ủy", "ban chấp hành đảng bộ tỉnh"),
        )
    }
)
_BEGINNING = words("bắt đầu | bắt đầu thực hiện | bắt đầu triển khai | triển khai bắt đầu")
_MODES = Lexicon(
    {
        **alike(Mode.BEFORE, "trước | trước thời điểm | chậm nhất trước | đến trước | muộn nhất trước"),
        **alike(Mode.BEFORE, "xong trước | trước mốc | trước khi hết"),
        **alike(Mode.UNTIL, "đến | đến hết | hết | tới | cho đến | cho đến hết | đến thời điểm"),
        **alike(Mode.UNTIL, "chậm nhất | chậm nhất là | chậm nhất đến | chậm nhất là đến | chậm nhất trong"),
        **alike(Mode.UNTIL, "chậm nhất vào | chậm nhất đến hết | muộn nhất | muộn nhất là | không muộn hơn"),
        **alike(Mode.UNTIL, "không chậm hơn | không quá | từ nay đến | từ nay đến hết | từ nay tới"),
        **alike(Mode.UNTIL, "từ nay cho đến | từ nay cho đến hết | chậm nhất là trong | chậm nhất là vào"),
        **alike(Mode.UNTIL, "từ khi ban hành đến | từ khi ban hành đến hết | xong đến"),
        **alike(Mode.IN, "trong | vào | tại | ngay trong | ngay | xong trong"),
        **alike(Mode.IN, "trong suốt | suốt | trong cả | đúng"),
        **alike(Mode.FROM, "từ | kể từ | bắt đầu từ | tính từ | từ sau"),
        **alike(Mode.AFTER, "sau | sau thời điểm"),
    }
)
_ABOUT = words("khoảng | vào khoảng | trong khoảng | dự kiến khoảng")
_ONWARDS = words("trở đi | đến khi hoàn thành | đến khi kết thúc | cho đến khi hoàn thành | đến nay")
_YEARLY = Lexicon(
    {f"{word} năm": "year" for word in ("hằng", "hàng", "mỗi", "của mỗi", "của hằng", "của các", "từng", "các")}
)
_MONTHLY = Lexicon({f"{word} tháng": "month" for word in ("hằng", "hàng", "mỗi", "của mỗi", "của hằng", "của")})
_QUARTERLY = Lexicon({f"{word} quý": "quarter" for word in ("hằng", "hàng", "mỗi", "của mỗi", "của hằng")})
# A day of a month that a quarter names: its last month, its first one, the first after it.
_OF_QUARTER = Lexicon(
    {
        f"{of}{month}{each}quý{after}": months
        for of in ("", "của ")
        for each in (" ", " của ", " mỗi ", " hằng ", " của mỗi ", " hàng ")
        for month, after, months in (
            ("tháng cuối", "", (3, 6, 9, 12)),
            ("tháng thứ ba", "", (3, 6, 9, 12)),
            ("tháng cuối cùng", "", (3, 6, 9, 12)),
            ("tháng đầu", "", (1, 4, 7, 10)),
            ("tháng đầu", " sau", (1, 4, 7, 10)),
            ("tháng đầu", " tiếp theo", (1, 4, 7, 10)),
            ("tháng đầu tiên", " sau", (1, 4, 7, 10)),
        )
    }
)
_NEXT_MONTH = words("""
    tháng sau | của tháng sau | tháng kế tiếp | của tháng kế tiếp | tháng tiếp theo | của tháng tiếp theo
""")


def read_item(cursor: Cursor) -> Item | None:
    """Read one item of a schedule phrase."""
    start = cursor.at
    for reader in (_open_tail, _goes_on, _length, read_every, _vision, _review, read_time, _term, _request, _event):
        if item := reader(cursor):
            return item
        cursor.at = start
    return None


# -- times -------------------------------------------------------------------------------------------------------------------


def read_time(cursor: Cursor) -> TimeItem | None:
    """Read points of time with their words: "hoàn thành trước ngày 15/9/2025", "từ tháng 3 đến tháng 10/2025"."""
    beginning = cursor.find(_BEGINNING)
    verb = cursor.find(_ADDRESSED) or cursor.find(_VERBS)
    cursor.take(":", ",")
    mode = cursor.find(_MODES)
    about = cursor.skip(_ABOUT)
    mode = Mode.FROM if beginning and mode in {None, Mode.IN} else mode
    hour = read_hour(cursor)
    points = read_points(cursor)
    if points is None:
        return None
    if cursor.skip(_ONWARDS):
        mode = Mode.FROM
    points, every = _every_after(cursor, points)
    return TimeItem(mode or Mode.IN, points, verb, every, hour, about)


def _every_after(cursor: Cursor, points: Points) -> tuple[Points, str | None]:
    """Read what says that the points come back: "hằng năm", "của tháng cuối quý"."""
    last = points.items[-1]
    if last.month is None and last.day is not None:
        if months := cursor.find(_OF_QUARTER):
            return _repeated(points, months), "quarter"
        if cursor.skip(_NEXT_MONTH):
            return points, "month"
        return points, cursor.find(_MONTHLY) or cursor.find(_QUARTERLY)
    start = cursor.at
    cursor.take(",")
    every = cursor.find(_YEARLY) if last.year is None else None
    # "Các năm 2026, 2027" goes on with years, "hằng năm" does not.
    if every is None or read_year(cursor):
        cursor.at = start
        return points, None
    return points, every


def _repeated(points: Points, months: tuple[int, ...]) -> Points:
    return Points(tuple(replace(point, repeats=months) for point in points.items), points.span)


# -- recurrences -------------------------------------------------------------------------------------------------------------

_ORDER = ("day", "week", "month", "quarter", "half", "year")
_EACH = words("hằng | hàng | mỗi | từng | theo | theo từng")
_UNITS = Lexicon({"năm": "year", "quý": "quarter", "tháng": "month", "tuần": "week", "ngày": "day", "6 tháng": "half"})
_LATER_UNITS = Lexicon(
    {
        "năm": "year",
        "quý": "quarter",
        "tháng": "month",
        "tuần": "week",
        "6 tháng": "half",
        "6 tháng đầu năm": "half",
        **{
            f"{each} {unit}": every
            for each in ("hằng", "hàng")
            for unit, every in (("năm", "year"), ("quý", "quarter"))
        },
        "hằng tháng": "month",
        "hàng tháng": "month",
        "9 tháng": "half",
        "cả năm": "year",
        "1 năm": "year",
    }
)
_UNENDING = words("""
    thường xuyên | liên tục | thường xuyên liên tục | nhiệm vụ thường xuyên | thực hiện thường xuyên | quanh năm |
    công việc thường xuyên | việc thường xuyên | triển khai thường xuyên | thường xuyên thực hiện | suốt năm | thực
    hiện liên tục | duy trì thường xuyên | thường xuyên trong năm | thường xuyên hàng ngày | lâu dài | thường xuyên
    các năm | thường xuyên trong các năm | thường xuyên trong quá trình thực hiện
""")
_IN_THE_YEAR = words("trong năm | trong cả năm | suốt năm | cả năm")
_REGULAR = words("định kỳ | báo cáo định kỳ | thực hiện định kỳ | thường kỳ")
_ONCE = words("một lần | 1 lần | 01 lần | / lần | / 1 lần | / 01 lần | / một lần")
_TIMES_A = Lexicon(
    {
        f"{slash}{unit}": every
        for slash in ("/ ", "mỗi ", "một ", "trong ")
        for unit, every in (("năm", "year"), ("quý", "quarter"), ("tháng", "month"), ("tuần", "week"))
    }
)
_LENGTHS = {"ngày": "day", "tuần": "week", "tháng": "month", "quý": "quarter", "năm": "year"}
_SAME = {(3, "month"): "quarter", (6, "month"): "half", (12, "month"): "year", (2, "quarter"): "half"}


def read_every(cursor: Cursor) -> EveryItem | None:
    """Read a recurrence: "Thường xuyên", "hằng quý", "6 tháng một lần", "2 năm/lần", "Hằng tháng, quý, năm"."""
    if cursor.skip(_UNENDING):
        start = cursor.at
        if found := _frequency(cursor):
            return EveryItem(found)
        cursor.at = start
        if cursor.skip(_IN_THE_YEAR) and read_year(cursor):
            cursor.at = start
        return EveryItem(None)
    start = cursor.at
    if cursor.skip(_REGULAR):
        after = cursor.at
        cursor.take(":", "(")
        found = _frequency(cursor) or cursor.find(_LATER_UNITS)
        if found is None or (cursor.key(-1) == "(" and not cursor.take(")")):
            cursor.at = after
        return EveryItem(_finest(cursor, found) if found else None)
    cursor.at = start
    found = _frequency(cursor)
    return EveryItem(found) if found else None


def _frequency(cursor: Cursor) -> str | None:
    if cursor.take_words("thường niên"):
        return "year"
    start = cursor.at
    if cursor.skip(_EACH):
        unit = cursor.find(_UNITS)
        if unit is None or cursor.key() == "học":
            cursor.at = start
            return None
        _once(cursor)
        return _finest(cursor, unit)
    return _counted(cursor) or _times(cursor)


def _once(cursor: Cursor) -> None:
    """Step over "một lần", "02 lần" after "mỗi năm": how often within the unit is not kept."""
    start = cursor.at
    if not cursor.skip(_ONCE) and not (cursor.number((1, 2)) and cursor.take("lần")):
        cursor.at = start


def _counted(cursor: Cursor) -> str | None:
    """Read "6 tháng", "6 tháng một lần", "2 năm/lần", "3 tháng 1 lần"."""
    start = cursor.at
    number = cursor.number((1, 2)) or ("6" if cursor.take("sáu") else "1" if cursor.take("một") else None)
    unit = _LENGTHS.get(cursor.key()) if number else None
    if number is None or unit is None or int(number) == 0:
        cursor.at = start
        return None
    cursor.at += 1
    count = int(number)
    half = (count, unit) == (6, "month") and cursor.key() not in {"đầu", "cuối", "kể", "tính", "từ", "sau"}
    if not cursor.skip(_ONCE) and not half:
        cursor.at = start
        return None
    every = unit if count == 1 else _SAME.get((count, unit), f"{count} {unit}s")
    return _finest(cursor, every)


def _times(cursor: Cursor) -> str | None:
    """Read "01 lần/năm", "mỗi năm một lần" the other way round."""
    start = cursor.at
    if (cursor.number((1, 2)) or cursor.take("một", "hai")) and cursor.take("lần") and (found := cursor.find(_TIMES_A)):
        return found
    cursor.at = start
    return None


def _finest(cursor: Cursor, every: str) -> str:
    """Return the shortest unit of a list: "Hằng tháng, quý, năm" comes back every month."""
    while True:
        start = cursor.at
        joined = cursor.take(",", "và", "-", "/", ";")
        following = cursor.find(_LATER_UNITS) if joined else None
        if following is None or cursor.key() in {"học", "đầu", "cuối"} or cursor.key()[:1].isdecimal():
            cursor.at = start
            return every
        every = min(every, following, key=lambda one: _ORDER.index(one) if one in _ORDER else len(_ORDER))


# -- what adds words ---------------------------------------------------------------------------------------------------------

_OPEN = words(
    *(
        f"{join}{these} năm {then}"
        for join in ("và ", "")
        for these in ("các", "những")
        for then in ("tiếp theo", "sau")
    ),
    """
        và các năm tiếp | và những năm tiếp | và các năm kế tiếp | và các năm về sau | và sau năm | trở đi | và các
        năm sau đó | và những năm sau đó | và giai đoạn tiếp theo | và các giai đoạn tiếp theo
    """,
)
_GOES_ON = words(
    *(
        f"{join}{word}"
        for join in (
            "sau đó ",
            "và ",
            "sau đó thực hiện ",
            "sau đó duy trì ",
            "và sau đó ",
            "tiếp tục ",
            "và tiếp tục ",
        )
        for word in ("duy trì", "duy trì thường xuyên", "duy trì hằng năm", "duy trì hàng năm", "cập nhật hằng năm")
    ),
    """
        sau đó | và sau đó | những năm tiếp theo duy trì | và duy trì các năm tiếp theo | duy trì các năm tiếp theo
        | và duy trì những năm tiếp theo | duy trì | và duy trì trong các năm tiếp theo | và duy trì các năm sau |
        duy trì trong các năm tiếp theo | tiếp tục duy trì các năm tiếp theo | và tiếp tục duy trì các năm tiếp theo
        | tiếp tục thực hiện các năm tiếp theo | và tiếp tục thực hiện các năm tiếp theo | tiếp tục các năm tiếp
        theo | và tiếp tục các năm tiếp theo
    """,
)
_VISIONS = words("tầm nhìn | định hướng | hướng tới | hướng đến | có tính đến | tầm nhìn dài hạn")
_REVIEWS = words("sơ kết | tổng kết | đánh giá giữa kỳ | đánh giá cuối kỳ | đánh giá")
_MOST_WORDS = 8


def _length(cursor: Cursor) -> WordsItem | None:
    """Read "45 ngày," before the days themselves: "45 ngày, từ 01/7/2026 đến 14/8/2026"."""
    if not cursor.number((1, 2, 3)) or not cursor.take(*_LENGTHS) or not cursor.take(","):
        return None
    start = cursor.at
    time = read_time(cursor)
    cursor.at = start
    return WordsItem() if time and time.mode is Mode.FROM and len(time.points.items) > 1 else None


def _open_tail(cursor: Cursor) -> WordsItem | None:
    return WordsItem(open=True) if cursor.at and cursor.skip(_OPEN) else None


def _goes_on(cursor: Cursor) -> WordsItem | None:
    """Read "sau đó thường xuyên", "và duy trì các năm tiếp theo"; a recurrence that follows is read as the next item."""
    return WordsItem(goes_on=True) if cursor.at and cursor.skip(_GOES_ON) else None


def _vision(cursor: Cursor) -> WordsItem | None:
    if not cursor.skip(_VISIONS):
        return None
    cursor.take("đến", "tới")
    cursor.take("năm")
    return WordsItem() if read_year(cursor) else None


def _review(cursor: Cursor) -> WordsItem | None:
    if not cursor.skip(_REVIEWS):
        return None
    for _ in range(_MOST_WORDS):
        if read_year(cursor):
            return WordsItem(review=True)
        token = cursor.peek()
        if token is None or token.kind != "word":
            return None
        cursor.at += 1
    return None


# -- requests and events -----------------------------------------------------------------------------------------------------

_REQUESTS = words("""
    khi có yêu cầu | khi được yêu cầu | đột xuất | đột xuất theo yêu cầu | đột xuất khi có yêu cầu | khi cần | khi
    cần thiết | khi có phát sinh | khi phát sinh | khi có vụ việc | theo yêu cầu | theo đề nghị | khi có đề nghị |
    khi có thay đổi | khi có nhu cầu | theo nhu cầu | theo yêu cầu đột xuất | báo cáo đột xuất | khi xảy ra | theo
    yêu cầu thực tế | theo tình hình thực tế | theo yêu cầu nhiệm vụ | khi có tình huống | đột xuất khi cần thiết |
    đột xuất khi có phát sinh | theo yêu cầu công việc | khi có sự cố | theo vụ việc | khi có dịch | theo thực tế
""")
_AFTER = words("""
    sau khi | ngay sau khi | khi | ngay khi | ngay sau | sau | kể từ khi | từ khi | kể từ ngày | từ ngày | trước khi
    | ngay trước khi | tùy theo | tùy thuộc vào | phụ thuộc vào | trong quá trình
    | cùng với | đồng thời với | trước và sau khi
""")
_FOLLOWING = words("""
    theo | phù hợp với | bảo đảm theo | đảm bảo theo | theo đúng | thực hiện theo | tùy theo | triển khai theo
""")
_GUIDES = words("""
    chỉ đạo | hướng dẫn | tiến độ | yêu cầu | kế hoạch | lộ trình | quy định | đề nghị | thời gian | chương trình |
    văn bản | quyết định | thông báo | phân công | lịch | chủ trương | phát động | nghị quyết | thời hạn | nghị định
    | sự chỉ đạo | sự hướng dẫn | ý kiến | kết luận | công văn | đề án | dự án | thông tư | luật | thẩm quyền | mùa
    vụ | thời vụ | lộ trình chung | nhiệm kỳ | từng dự án | từng giai đoạn | quy hoạch | hợp đồng | kỳ họp | phân kỳ
    | giai đoạn | từng năm | hồ sơ | chỉ thị | điều ước | cam kết
""")
# What has to happen: at least one of these stands in a clause that begins with "sau khi" or "khi".
_HAPPENINGS = words("""
    ban hành | phê duyệt | thông qua | hiệu lực | hướng dẫn | chỉ đạo | chủ trương | ý kiến | văn bản | quyết định |
    kết quả | giao | bố trí | cấp | duyệt | ký | hoàn thành | kết thúc | hoạt động | thành lập | sắp xếp | kinh phí
    | sáp nhập | hợp nhất | nhận được | hoàn thiện | công bố | tiếp nhận | quy định | đề nghị | yêu cầu | phát động
    | kết luận | nghị quyết | nghị định | thông tư | luật | kế hoạch | đề án | quy hoạch | thẩm định | chấp thuận |
    bàn giao | nghiệm thu | khởi công | vận hành | triển khai | thực hiện | báo cáo | thông báo | tổng kết | đại hội
    | đủ điều kiện | nguồn vốn | điều kiện | kỳ họp | tiến độ | tình hình | yêu cầu nhiệm vụ | nhiệm vụ | dự toán
    | xảy ra | phát sinh | sự cố | sự việc | vụ việc
""")
# Words that only a whole sentence has.
_SENTENCE = keys("đã sẽ cần phải thì đang nên nhưng mà vẫn rất tôi ông bà anh chị em họ nếu tờ giám")
_PAPERS = words("""
    số | quyết định | nghị định | thông tư | công văn | kế hoạch | luật | nghị quyết | văn bản | chỉ thị | kết luận
    | thông báo | đề án | chương trình
""")
_REST_SIGNS = frozenset(("/", "-", ",", '"', "'", "."))
_MOST_REST = 30


def _request(cursor: Cursor) -> RequestItem | None:
    start = cursor.at
    if not cursor.skip(_REQUESTS):
        return None
    if cursor.key() in {"của", "từ", "về"} and not _rest(cursor):
        return None
    return RequestItem(cursor.phrase.between(start, cursor.at))


def _event(cursor: Cursor) -> EventItem | None:
    start = cursor.at
    cursor.find(_VERBS)
    begun = cursor.at
    if cursor.skip(_FOLLOWING) and cursor.skip(_GUIDES) and _rest(cursor, of_guide=True):
        return EventItem(cursor.phrase.between(start, cursor.at))
    cursor.at = begun
    if not cursor.skip(_AFTER):
        return None
    clause = cursor.at
    if cursor.done or not _rest(cursor) or not _happens(cursor, clause):
        return None
    return EventItem(cursor.phrase.between(start, cursor.at))


def _happens(cursor: Cursor, start: int) -> bool:
    clause = cursor.tokens[: cursor.at]
    return any(_HAPPENINGS.find(clause, at) for at in range(start, cursor.at))


def _rest(cursor: Cursor, *, of_guide: bool = False) -> bool:
    """Step over the words of a condition, up to a time, a recurrence or the end; False where they are a sentence."""
    begun = cursor.at
    paper = False
    while not cursor.done and cursor.at - begun <= _MOST_REST:
        token = cursor.tokens[cursor.at]
        if token.key in {";", "(", ")"} or _other_item_follows(cursor):
            return True
        if token.key in _SENTENCE or (of_guide and token.key in {"có", "là"}) or _is_main_clause(cursor, begun):
            return False
        paper = paper or _PAPERS.find(cursor.tokens, cursor.at) is not None
        if not paper and _is_day(cursor):
            return False
        cursor.at += 1
    return cursor.done


def _is_main_clause(cursor: Cursor, begun: int) -> bool:
    """Whether a sign cannot stand in a condition, or a comma begins the main clause of a sentence."""
    token = cursor.tokens[cursor.at]
    if token.kind != "sign" or token.key in _REST_SIGNS - {","}:
        return False
    if token.key != ",":
        return True
    at = cursor.at + 1
    if _BODIES.find(cursor.tokens, at):
        # "Theo kế hoạch của Bộ, Sở Y tế tổ chức …": a body that does something is no second author.
        of = any(one.key == "của" for one in cursor.tokens[begun : cursor.at])
        return not of or any(_DUTIES.find(cursor.tokens, later) for later in range(at, len(cursor.tokens)))
    return not (_GUIDES.find(cursor.tokens, at) or _HAPPENINGS.find(cursor.tokens, at))


_DUTIES = words(
    """
    tổ chức | triển khai | thực hiện | chủ trì | phối hợp | tham mưu | xây dựng | kiểm tra | rà soát | báo cáo | tổng hợp
    | đề xuất | trình | cấp | chuẩn bị | tiến hành | bố trí | tăng cường | đẩy mạnh
    """
)
_BODIES = words(
    """
    bộ | sở | ban | ubnd | hđnd | tỉnh ủy | chính phủ | thủ tướng | trung ương | ngành | cấp | cơ quan | tỉnh | thành ủy |
    ủy ban | hội đồng | quốc hội | các bộ | các sở | các ngành | địa phương | bảo hiểm | công an | ngân hàng | đảng ủy
    """
)


def _is_day(cursor: Cursor) -> bool:
    start = cursor.at
    point = read_point(cursor) if cursor.tokens[start].kind == "number" else None
    cursor.at = start
    return point is not None and point.day is not None


def _other_item_follows(cursor: Cursor) -> bool:
    """Whether a time with a word of its own, or a recurrence or request after a mark, begins here."""
    start = cursor.at
    joined = cursor.take(",", "và", "hoặc")
    verb_or_mode = cursor.at
    timed = read_time(cursor)
    named = timed is not None and (joined == "," or _MODES.find(cursor.tokens, verb_or_mode) or timed.verb is not None)
    found = bool(named)
    if not found:
        cursor.at = verb_or_mode
        every = read_every(cursor)
        found = bool(every and (joined or cursor.done)) or bool(joined and cursor.skip(_REQUESTS))
    cursor.at = start
    return found


_TERM_LIMITS = words("""
    trong | trong vòng | trong thời hạn | không quá | chậm nhất | chậm nhất là | chậm nhất sau | tối đa | thời hạn |
    trong thời gian | chậm nhất trong | chậm nhất trong vòng | trong tối đa | thời gian | không chậm quá | ít nhất
""")
_TERM_AFTER = words("sau | sau thời hạn")
_ORIGINS = words("kể từ | tính từ | từ | sau | sau khi | kể từ khi | trước | trước khi | kể từ ngày | từ ngày | từ khi")
_SIGNED = keys("ngày ký ban hành kế hoạch được này văn bản")
_SIGNED_THIS = _SIGNED | keys("quyết định chương trình đề án chỉ thị nghị")


def _term(cursor: Cursor) -> EventItem | None:
    """Read a term: "trong vòng 15 ngày kể từ ngày ký ban hành", "không quá 05 ngày làm việc", "sau 30 ngày kể từ …"."""
    start = cursor.at
    cursor.find(_VERBS)
    after = cursor.skip(_TERM_AFTER)
    limited = cursor.skip(_TERM_LIMITS) and not after
    number = cursor.number((1, 2, 3))
    unit = _LENGTHS.get(cursor.key()) if number else None
    if number is None or unit in {None, "quarter"}:
        return None
    cursor.at += 1
    working = cursor.take_words("làm việc")
    origin = cursor.at
    if cursor.skip(_ORIGINS):
        if not _rest(cursor) or cursor.at - origin < 2:  # noqa: PLR2004 - the word of origin and what it names
            return None
    elif after or not (limited or working):
        return None
    own = not working and _is_signing(cursor, origin)
    text = cursor.phrase.between(start, cursor.at)
    return EventItem(text, (int(number), str(unit)) if own else None, after)


def _is_signing(cursor: Cursor, origin: int) -> bool:
    """Whether a term is counted from the day on which this very document was signed."""
    keys = [token.key for token in cursor.tokens[origin : cursor.at] if token.kind == "word"]
    named = [key for key in keys if key not in {"kể", "tính", "từ", "sau", "khi"}]
    if not named or "trước" in named or not {"ký", "hành"} & set(named):
        return False
    return set(named) <= (_SIGNED_THIS if "này" in named else _SIGNED)
