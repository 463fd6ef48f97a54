"""Milestones: steps with words and a time of their own ("Khởi công quý II/2025, hoàn thành quý IV/2027")."""

from kehoach_cli.core.notation.items import Mode, TimeItem, read_time
from kehoach_cli.core.notation.tokens import Cursor, Phrase, words

_STEPS = words("""
    khởi công | hoàn thành | báo cáo | trình | phê duyệt | thẩm định | ban hành | triển khai | thực hiện | lập | xây
    dựng | tổ chức | nghiệm thu | bàn giao | đưa vào | vận hành | khánh thành | khai trương | tham mưu | gửi | chuẩn
    bị | lấy ý kiến | giải phóng mặt bằng | lựa chọn nhà thầu | đấu thầu | thí điểm | nhân rộng | sơ kết | tổng kết
    | đánh giá | khảo sát | dự thảo | giai đoạn | bước | đợt | lần | công bố | rà soát | hoàn thiện | quyết toán |
    thi công | ký | duyệt | phấn đấu | cơ bản hoàn thành | nộp | đề xuất | tập huấn | hội nghị
""")
_MOST_STEP_WORDS = 14


def read_milestones(phrase: Phrase) -> list[tuple[str, TimeItem]] | None:
    """Return the steps of a phrase with their times; None unless it has two, each with words of its own."""
    for marks in ((";",), (";", ","), (";", ",", "và")):
        pieces = _pieces(phrase, marks)
        steps = [_step(phrase, start, end) for start, end in pieces] if len(pieces) > 1 else [None]
        found = [step for step in steps if step is not None]
        if len(found) == len(steps):
            return found
    return None


def _pieces(phrase: Phrase, marks: tuple[str, ...]) -> list[tuple[int, int]]:
    pieces, start, depth = [], 0, 0
    for at, token in enumerate(phrase.tokens):
        depth += {"(": 1, ")": -1}.get(token.key, 0)
        if token.key in marks and not depth:
            pieces.append((start, at))
            start = at + 1
    pieces.append((start, len(phrase.tokens)))
    return [(start, end) for start, end in pieces if start < end]


def _step(phrase: Phrase, start: int, end: int) -> tuple[str, TimeItem] | None:
    """Read "Năm 2025: 50%", "khởi công quý II/2025", "Quý II/2025 trình HĐND tỉnh", "Cấp xã: quý II/2025"."""
    if end - start > _MOST_STEP_WORDS * 2:
        return None
    return _time_first(phrase, start, end) or _words_first(phrase, start, end)


def _time_first(phrase: Phrase, start: int, end: int) -> tuple[str, TimeItem] | None:
    cursor = Cursor(phrase, start, end)
    time = read_time(cursor)
    if time is None or not _is_end(time) or cursor.done:
        return None
    if not cursor.take(":", "đối", "(") and _STEPS.find(cursor.tokens, cursor.at) is None:
        return None
    if cursor.key(-1) == "đối" and not cursor.take("với"):
        return None
    closed = cursor.key(-1) == "(" and phrase.tokens[end - 1].key == ")"
    text = phrase.between(cursor.at, end - closed)
    return (text, time) if text and not _times_in(phrase, cursor.at, end) else None


def _words_first(phrase: Phrase, start: int, end: int) -> tuple[str, TimeItem] | None:
    """Read a step whose time stands last; words that are no step need a colon."""
    known = _STEPS.find(phrase.tokens, start) is not None
    for at in range(start + 1, min(end, start + _MOST_STEP_WORDS)):
        cursor = Cursor(phrase, at, end)
        colon = cursor.take(":", "(")
        if not known and colon != ":":
            continue
        time = read_time(cursor)
        cursor.take(")")
        if time is not None and cursor.done:
            ends = _is_end(time) and not _times_in(phrase, start, at)
            return (phrase.between(start, at), time) if ends else None
    return None


def _is_end(time: TimeItem) -> bool:
    begins = time.mode is Mode.AFTER or (time.mode is Mode.FROM and len(time.points.items) == 1)
    return not time.every and not begins


def _times_in(phrase: Phrase, start: int, end: int) -> bool:
    """Whether the words of a step hold a time as well: then nobody knows which one counts."""
    for at in range(start, end):
        cursor = Cursor(phrase, at, end)
        time = read_time(cursor)
        if time is not None and (time.points.items[-1].day is not None or time.points.items[-1].year is not None):
            return True
    return False
