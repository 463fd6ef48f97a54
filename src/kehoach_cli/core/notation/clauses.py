"""The clauses of a target phrase: words before a number, the number, words after it, and how clauses join."""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.notation.quantity import Amount, in_unit, parse_unit, read_amount, read_number
from kehoach_cli.core.notation.refusal import PhraseError, Why
from kehoach_cli.core.notation.target import Against, Direction, Operator, TargetPart
from kehoach_cli.core.notation.tokens import Cursor, Lexicon, Phrase, Token, alike, keys, words
from kehoach_cli.viet.number import format_number


class TargetContext(Struct, frozen=True):
    """What the caller knows of the indicator: its unit, what counts as better, the year the target is for."""

    unit: str | None = None
    direction: Direction | None = None
    year: int | None = None


NOT_UNDERSTOOD = 'không hiểu được; viết ví dụ "95", "≥80", "1,5 - 2", "trên 90%" hoặc "10.000 ha"'

# -- words before a number ---------------------------------------------------------------------------------------------------

_OPERATORS: Lexicon[Operator | None] = Lexicon(
    {
        **alike(Operator.AT_LEAST, "≥ | tối thiểu | tối thiểu là | ít nhất | ít nhất là | không dưới | không thấp hơn"),
        **alike(Operator.AT_LEAST, "không ít hơn | không nhỏ hơn | không kém | đạt và vượt | bằng hoặc cao hơn"),
        **alike(Operator.AT_LEAST, "lớn hơn hoặc bằng | trên hoặc bằng | cao hơn hoặc bằng | bằng hoặc trên"),
        **alike(Operator.AT_LEAST, "đạt hoặc vượt | bằng hoặc lớn hơn | từ mức | thấp nhất | đạt ít nhất từ"),
        **alike(Operator.AT_MOST, "≤ | tối đa | tối đa là | không quá | không vượt quá | không vượt | nhiều nhất"),
        **alike(Operator.AT_MOST, "đến mức | không lớn hơn | không cao hơn | không nhiều hơn | không trên | cao nhất"),
        **alike(Operator.AT_MOST, "nhỏ hơn hoặc bằng | dưới hoặc bằng | thấp hơn hoặc bằng | bằng hoặc thấp hơn"),
        **alike(Operator.AT_MOST, "bằng hoặc dưới | bằng hoặc nhỏ hơn | khống chế ở mức | ít hơn hoặc bằng"),
        **alike(Operator.ABOVE, "> | trên | hơn | vượt | vượt mức | lớn hơn | cao hơn | nhiều hơn | trên mức"),
        **alike(Operator.BELOW, "< | dưới | dưới mức | nhỏ hơn | ít hơn | thấp hơn | chưa đến | chưa tới"),
        **alike(Operator.ABOUT, "~ | khoảng | xấp xỉ | gần | ước | ước khoảng | trên dưới | vào khoảng"),
        **alike(Operator.ABOUT, "ước đạt | trong khoảng | tương đương | xấp xỉ khoảng | gần bằng"),
        "=": None,
    }
)
_LEVELS: Lexicon[Operator | None] = Lexicon(
    {
        **alike(None, "giảm còn | giảm xuống còn | giảm xuống | còn | xuống còn | giảm về | chỉ còn"),
        **alike(
            None,
            """
            tăng lên | nâng lên | lên | tăng lên mức | tăng lên đạt | nâng lên mức | giảm xuống mức
        """,
        ),
        **alike(None, "tăng lên đến | nâng lên đến | giảm còn ở mức | xuống | tăng đạt | nâng tỷ lệ lên"),
        **alike(Operator.BELOW, "giảm xuống dưới | xuống dưới | giảm còn dưới | còn dưới"),
        **alike(Operator.ABOVE, "tăng lên trên | lên trên | nâng lên trên"),
    }
)
_CHANGES = Lexicon(
    {
        **alike(
            "giảm",
            """
            giảm | giảm thêm | giảm bớt | giảm được | mức giảm | tốc độ giảm | giảm ở mức | cắt giảm
        """,
        ),
        **alike(
            "tăng",
            """
            tăng | tăng thêm | tăng thêm là | tăng được | mức tăng | tốc độ tăng | tăng trưởng | thêm | +
        """,
        ),
        **alike("tăng", "tốc độ tăng trưởng | mức tăng trưởng | vượt thêm | tăng ở mức | tăng khá"),
    }
)
_MAINTAINED = words(
    """
    duy trì | giữ ổn định | giữ vững | duy trì ổn định | giữ | duy trì mức | duy trì ở mức | ổn định | ổn định ở mức |
    duy trì ổn định ở mức
    """
)
_MEAN = words("bình quân | trung bình | bình quân chung | đạt bình quân")
_YEARLY = words("""
    bình quân mỗi năm | bình quân hằng năm | bình quân hàng năm | hằng năm | hàng năm | mỗi năm | trung bình mỗi năm
    | bình quân một năm | bình quân năm | trung bình hằng năm | trung bình hàng năm | bình quân 1 năm
""")
_FILLERS = words(
    """
    phấn đấu | đạt | đạt mức | ở mức | là | bằng | đạt được | đạt tỷ lệ | tỷ lệ | tỷ trọng | phấn đấu đạt | mức | chiếm |
    trồng | trồng mới | trồng được | xây dựng | xây mới | thành lập | thành lập mới | đào tạo | giải quyết | tạo |
    thu hút | phát triển | phát triển mới | có | có thêm | thực hiện | tổ chức | cấp | hỗ trợ | công nhận | hoàn thành |
    đầu tư | xây dựng mới | đạt chuẩn | nâng cấp | sửa chữa | bố trí | huy động | tiếp nhận | đón | thu
    """
)
_MULTIPLES = Lexicon({**alike(0, "gấp | tăng gấp | cao gấp | bằng gấp"), "gấp đôi": 2, "tăng gấp đôi": 2, "gấp ba": 3})
_RANKS = words("""
    top | tốp | trong tốp | trong top | thuộc tốp | thuộc top | nhóm | trong nhóm | thuộc nhóm | nằm trong nhóm |
    xếp thứ | xếp hạng | đứng thứ | thứ | thứ hạng | hạng | vị trí | vị trí thứ | xếp vị trí | xếp vị trí thứ | vào
    top | đứng vị trí | đứng vị trí thứ | xếp hạng thứ | xếp hạng từ | nằm trong tốp | nằm trong top | vào tốp | vào
    nhóm | lọt vào nhóm | lọt top | trong số | hạng thứ | xếp trong nhóm | xếp trong tốp | đứng trong nhóm | thuộc
""")
_RANK_UNITS = frozenset({"thứ hạng", "thứ bậc", "hạng", "vị trí", "xếp hạng", "xếp thứ", "thứ"})
_ONE_OPERATOR_ONLY = 'có hai từ chỉ mức; viết một từ, ví dụ "trên 90%"'


class _Prefix:
    """The words before a number, as far as they are read."""

    def __init__(self) -> None:
        self.operator: Operator | None = None
        self.operators = 0
        self.change: str | None = None
        self.level = False
        self.maintained = False
        self.mean = False
        self.yearly = False
        self.multiple: int | None = None
        self.rank = False
        self.since = False
        self.surpassing = False
        self.added = False

    @property
    def bare(self) -> bool:
        return not (self.operators or self.change or self.level or self.maintained or self.rank or self.since)


def _read_prefix(cursor: Cursor, *, fillers: bool) -> _Prefix:
    """Read all words before a number, in any order they are printed in."""
    found = _Prefix()
    while not cursor.done:
        start = cursor.at
        if not (_read_level(cursor, found) or _read_kind(cursor, found) or _read_filler(cursor, fillers=fillers)):
            cursor.at = start
            return found
    return found


def _read_level(cursor: Cursor, found: _Prefix) -> bool:
    start = cursor.at
    if (level := _LEVELS.find(cursor.tokens, start)) is not None:
        operator, cursor.at = level
        found.level, found.operator = True, operator
        found.operators += operator is not None
        return True
    if (bound := _OPERATORS.find(cursor.tokens, start)) is not None:
        found.surpassing = found.surpassing or cursor.key() == "vượt"
        operator, cursor.at = bound
        # "Tối đa không quá" says one thing twice.
        found.operators += not (found.operators and operator is found.operator)
        found.operator = operator
        return True
    if change := cursor.find(_CHANGES):
        found.added = found.added or any(token.key == "thêm" for token in cursor.tokens[start : cursor.at])
        if found.change and found.change != change:
            raise PhraseError('có cả "tăng" và "giảm"; viết một mức')
        found.change = change
        return True
    return False


def _read_kind(cursor: Cursor, found: _Prefix) -> bool:
    multiple = cursor.find(_MULTIPLES)
    if multiple is not None:
        found.multiple = multiple
    elif cursor.skip(_YEARLY):
        found.mean = found.yearly = True
    elif cursor.skip(_MEAN):
        found.mean = True
    elif cursor.skip(_MAINTAINED):
        found.maintained = True
    elif cursor.skip(_RANKS):
        found.rank = True
    elif cursor.take("từ"):
        found.since = True
    else:
        return False
    return True


def _read_filler(cursor: Cursor, *, fillers: bool) -> bool:
    if not fillers:
        return bool(cursor.take("đạt", "là"))
    return cursor.skip(_FILLERS)


# -- words after a number ----------------------------------------------------------------------------------------------------

_TAILS = Lexicon({"trở lên": Operator.AT_LEAST, "trở xuống": Operator.AT_MOST, "trở đi": Operator.AT_LEAST})
_COMPARED = words("so với | so | so cùng | so với mức")
_SAME_PERIOD = words("""
    cùng kỳ | cùng kỳ năm trước | cùng kỳ năm ngoái | cùng thời điểm năm trước | cùng kỳ các năm trước
""")
_PREVIOUS = words("""
    năm trước | năm ngoái | năm trước đó | năm trước liền kề | năm liền kề | năm liền trước | năm liền kề trước đó |
    thực hiện năm trước | kết quả năm trước | năm kế trước | mỗi năm trước | năm trước liền trước
""")
_BEFORE_YEAR = words("""
    mức trung bình | mức bình quân | trung bình | bình quân | mức | số liệu | thực hiện | kết quả | cuối | đầu |
    tổng | bình quân 3 năm | bình quân 5 năm | trung bình 3 năm | trung bình 5 năm | bình quân giai đoạn | trung
    bình giai đoạn | giai đoạn | thời kỳ | mức bình quân giai đoạn | thời điểm | thời điểm cuối | ước thực hiện |
    bình quân các năm
""")
_STRETCH = words("giai đoạn | trong giai đoạn | thời kỳ | trong thời kỳ | cho giai đoạn")
_SCOPE_WORDS = words("đối với | ở | tại | cho")
_REMARKS = words("""
    số | tổng số | dân số | dân | người dân | kế hoạch | kế hoạch giao | hộ | diện tích | trẻ em | học sinh | grdp |
    gdp | xã | thôn | phường | trường | cơ sở | doanh nghiệp | lao động | phụ nữ | sản lượng | giá trị | cán bộ |
    đảng viên | văn bản | thủ tục | hồ sơ | dự toán | chỉ tiêu | nhu cầu | khối lượng | cả nước | toàn quốc | tổng |
    công chức | đơn vị | cơ quan | người | rác thải | chất thải | nước thải | giao | tổng thu | thu ngân sách | vốn
    | bản | ấp | tổ dân phố | cả 3 tiêu chí | cả ba tiêu chí | trên cả 3 tiêu chí | cả 3 mặt | trên cả ba tiêu chí |
    kế hoạch vốn | dân cư | địa bàn | gia đình | khu dân cư | các | tổng diện tích | tỉnh | huyện | vùng | sản phẩm |
    án | vụ án | thời gian | mức | chi phí | giao dịch | trạm | bệnh viện | dự án | công trình | thị trấn | khu | cụm |
    nhà máy | trang trại | hợp tác xã | nhóm trẻ | lượng | phương tiện | tàu | chợ | nhiệm vụ | cuộc | cặp
""")
_QUALIFIED = words("đạt chuẩn | được công nhận | đạt tiêu chuẩn | đạt yêu cầu | được cấp | trở thành")
_SURPASSED = ("kế hoạch", "dự toán", "chỉ tiêu", "dự kiến", "mục tiêu")
_GROWING = words("""
    tăng dần | giảm dần | duy trì | phấn đấu | tiếp tục | từng bước | ngày càng | năm sau | cao hơn | giữ vững
""")
_NO_REMARK = keys("đã sẽ cần phải thì đang là được có và nhưng để trở so đối khi nếu do vì")
_MOST_REMARK = 8


class _Clause(Struct, frozen=True):
    """A clause with what later clauses may still settle.

    `paren` is its remark in brackets, `text` the clause as printed, `bare` whether no word bounds its number, `mark` what joins
    it to the clause before.
    """

    part: TargetPart
    paren: str | None = None
    text: str = ""
    bare: bool = False
    mark: str = ""


def read_parts(phrase: Phrase, context: TargetContext) -> tuple[TargetPart, ...] | None:
    """Return the clauses of a target phrase, None where a word belongs to none of them.

    Raises:
        PhraseError: the clauses are understood and have no single meaning.
    """
    cursor = Cursor(phrase)
    several = any(token.key in {";", ","} for token in phrase.tokens)
    found: list[_Clause] = []
    mark: str | None = ""
    loose = False
    while mark is not None:
        start = cursor.at
        clause = _read_clause(cursor, context, loose=loose, several=several)
        if clause is None:
            return None
        if loose and clause.part.remark and not clause.part.scope:
            # After "trong đó" the words beside a number say what it is about.
            clause = replace(clause, part=replace(clause.part, scope=clause.part.remark, remark=None))
        _add(found, replace(clause, text=phrase.between(start, cursor.at), mark=mark))
        mark = None if cursor.done else _join(cursor, found)
        if cursor.done:
            return _of_year(_settled(found, phrase), context)
        loose = loose or mark == "trong đó"
    return None


def _of_year(parts: tuple[TargetPart, ...], context: TargetContext) -> tuple[TargetPart, ...]:
    """Refuse a target that names another year than its key; of several, each is for its own year."""
    if len(parts) == 1 and parts[0].at is not None and context.year not in {None, parts[0].at}:
        raise PhraseError(f"là mục tiêu năm {parts[0].at}, không phải năm {context.year}", Why.NO_TARGET)
    return parts


def _join(cursor: Cursor, found: list[_Clause]) -> str | None:
    """Step over what joins two clauses; a remark after "và" or a comma is added to the clause before."""
    mark = cursor.take(";", ",", "và")
    if cursor.take_words("trong đó"):
        cursor.take(":", ",")
        return "trong đó"
    if mark is None:
        return None
    start = cursor.at
    rest = cursor.tokens[start:]
    wordy = mark != ";" and cursor.skip(_GROWING) and not any(token.kind == "number" for token in rest)
    if wordy and _words_only(cursor, _MOST_REMARK):
        remark = cursor.phrase.between(start, cursor.at)
        found[-1] = replace(found[-1], part=_remarked(found[-1].part, remark))
    else:
        cursor.at = start
    return mark


def _words_only(cursor: Cursor, most: int) -> bool:
    """Step over plain words up to a mark or the end."""
    for _ in range(most + 1):
        token = cursor.peek()
        if token is None or token.key in {";", ",", "("}:
            return True
        if token.kind != "word" or token.key in _NO_REMARK:
            return False
        cursor.at += 1
    return False


def _remarked(part: TargetPart, remark: str) -> TargetPart:
    return replace(part, remark=f"{part.remark}; {remark}" if part.remark else remark)


def _add(found: list[_Clause], clause: _Clause) -> None:
    """Add a clause, or keep it as a remark: "đạt 45%, tăng 5% so với năm 2024" and "đạt 90%, phấn đấu 95%" ask for the first."""
    part = clause.part
    first = len(found) == 1 and part.scope is None and part.at is None and found[0].part.scope is None
    hoped = clause.text.casefold().startswith("phấn đấu")
    if first and (hoped or (part.change and not found[0].part.change)):
        found[0] = replace(found[0], part=_remarked(found[0].part, clause.text))
    else:
        found.append(clause)


def _settled(found: list[_Clause], phrase: Phrase) -> tuple[TargetPart, ...]:
    _refuse_carried(found)
    if len(found) > 1 and all(clause.paren and not clause.part.scope for clause in found):
        return tuple(replace(clause.part, scope=clause.paren) for clause in found)
    if len(found) > 1 and all(clause.part.remark and not clause.part.scope for clause in found):
        return tuple(replace(clause.part, scope=clause.part.remark, remark=None) for clause in found)
    parts = tuple(_remarked(clause.part, clause.paren) if clause.paren else clause.part for clause in found)
    if len(parts) > 1:
        _refuse_unnamed(parts, phrase)
    return parts


def _refuse_carried(found: list[_Clause]) -> None:
    """Refuse "giảm 5% số vụ, 5% số người chết": nobody knows whether the first word holds for all."""
    first = found[0].part
    for clause in found[1:]:
        if (first.change or first.operator) and clause.bare and clause.mark in {",", "và"}:
            raise PhraseError(
                f'không rõ "{clause.text}" có cùng mức với vế đầu không; viết rõ từng vế, '
                'ví dụ "đô thị: ≥ 95%; nông thôn: ≥ 80%"',
                Why.TWO_READINGS,
                readings=(clause.text, f"{first.change or 'cùng mức'} {clause.text}"),
            )


def _refuse_unnamed(parts: tuple[TargetPart, ...], phrase: Phrase) -> None:
    """Refuse several clauses of which nobody knows what each is about."""
    unnamed = [part for part in parts if part.scope is None and part.at is None]
    units = {part.unit for part in unnamed}
    if (
        any(token.key == ";" for token in phrase.tokens)
        and unnamed
        and not (len(unnamed) == 1 and parts[0] is unnamed[0])
    ):
        raise PhraseError('có nhiều vế nhưng có vế không nói "đối với" đối tượng nào')
    if len(units) < len(unnamed):
        raise PhraseError('có nhiều vế cùng đơn vị; viết rõ từng vế, ví dụ "đô thị: 95%; nông thôn: 80%"')


# -- one clause --------------------------------------------------------------------------------------------------------------

_SCOPES = words("""
    đô thị | nông thôn | thành thị | khu vực | miền núi | đồng bằng | vùng | cấp tỉnh | cấp huyện | cấp xã | trung
    ương | mầm non | tiểu học | thcs | thpt | trung học | nam | nữ | trẻ em | người lớn | xã | phường | thành phố |
    tỉnh | công nghiệp | nông nghiệp | dịch vụ | nông | xây dựng | số | tỷ lệ | trong nước | quốc tế | khách | nhà
    trẻ | mẫu giáo | đại học | cao đẳng | trung cấp | giai đoạn | loại | nhóm | hộ | toàn tỉnh | cả nước | huyện |
    dân tộc
""")
_MOST_SCOPE = 14


def _read_clause(cursor: Cursor, context: TargetContext, *, loose: bool, several: bool) -> _Clause | None:
    start = cursor.at
    at = _year_before(cursor)
    scope = None if at else _colon_scope(cursor, several=several)
    after_label = cursor.at
    clause = _core(cursor, context, fillers=True)
    if clause is None and scope is None:
        cursor.at = after_label
        if loose or (several and _SCOPES.find(cursor.tokens, cursor.at)):
            scope, clause = _leading_scope(cursor, context)
    if clause is None:
        cursor.at = start
        return None
    part = clause.part
    if scope:
        part = replace(part, scope=scope)
    if at:
        part = replace(part, at=at)
    return replace(clause, part=part)


def _year_before(cursor: Cursor) -> int | None:
    """Read "năm 2025 đạt", "đến năm 2030:": the year a clause is for."""
    start = cursor.at
    cursor.take("đến", "vào", "trong")
    if cursor.take("năm") and (year := _year(cursor)):
        cursor.take(":", ",", "là")
        return year
    cursor.at = start
    if (year := _year(cursor)) and cursor.take(":"):
        return year
    cursor.at = start
    return None


def _year(cursor: Cursor) -> int | None:
    start = cursor.at
    found = cursor.number((4,))
    if found and found[:2] in {"19", "20", "21"}:
        return int(found)
    cursor.at = start
    return None


def _colon_scope(cursor: Cursor, *, several: bool) -> str | None:
    """Read "Đô thị:" before a number."""
    start = cursor.at
    known = _SCOPES.find(cursor.tokens, start) is not None
    for ahead in range(_MOST_SCOPE):
        token = cursor.peek(ahead)
        if token is None or token.kind == "number" or token.key in {";", "≥", "≤", ">", "<"}:
            return None
        if token.key == ":":
            if not ahead or not (several or known):
                return None
            cursor.at += ahead + 1
            return cursor.phrase.between(start, cursor.at - 1)
    return None


def _leading_scope(cursor: Cursor, context: TargetContext) -> tuple[str | None, _Clause | None]:
    """Read "Đô thị 95%", "công nghiệp - xây dựng tăng 18,4%": what a clause is about, without a colon."""
    start = cursor.at
    for at in range(start + 1, min(len(cursor.tokens), start + _MOST_SCOPE)):
        before = cursor.tokens[at - 1]
        if before.kind == "number" or before.key in _NO_REMARK or before.key in {";", "%", "("}:
            break
        cursor.at = at
        clause = _core(cursor, context, fillers=False)
        if clause is not None:
            return cursor.phrase.between(start, at), clause
    cursor.at = start
    return None, None


def _core(cursor: Cursor, context: TargetContext, *, fillers: bool) -> _Clause | None:
    """Read words, number and words of one clause."""
    begun = cursor.at
    prefix = _read_prefix(cursor, fillers=fillers)
    if prefix.multiple:
        amount: Amount | None = Amount(Decimal(prefix.multiple))
    else:
        amount = read_amount(cursor, context.unit)
    if amount is None:
        cursor.at = begun
        return None
    if prefix.operators > 1:
        raise PhraseError(_ONE_OPERATOR_ONLY)
    if prefix.since and (level := _to_level(cursor, context)) is not None:
        amount, prefix.change, prefix.since, prefix.level = level, None, False, True
    part = _part(cursor, prefix, amount, context, begun)
    clause = _after(cursor, part, prefix)
    starts = cursor.tokens[begun].kind == "number"
    return replace(clause, bare=starts and part.operator is None) if clause else None


def _to_level(cursor: Cursor, context: TargetContext) -> Amount | None:
    """Read the level after "giảm từ 10%": "xuống còn 5%"."""
    start = cursor.at
    if not cursor.skip(_LEVELS) and cursor.at == start:
        return None
    found = read_amount(cursor, context.unit)
    if found is None:
        cursor.at = start
    return found


def _part(cursor: Cursor, prefix: _Prefix, amount: Amount, context: TargetContext, begun: int) -> TargetPart:
    low, high, unit = in_unit(amount, context.unit)
    if high is not None and high < low:
        raise PhraseError(f"khoảng viết ngược: số đầu {format_number(low)} lớn hơn số sau {format_number(high)}")
    per = amount.per or ("năm" if prefix.yearly else None)
    part = TargetPart(
        low,
        high,
        prefix.operator if high is None or prefix.operator is not Operator.ABOUT else None,
        unit,
        per,
        None if prefix.level else prefix.change,
        maintained=prefix.maintained and not prefix.change,
        of=amount.of,
        mean=prefix.mean and per is None,
    )
    tail = cursor.find(_TAILS)
    part = _bounded(part, prefix, tail, context, cursor.phrase.between(begun, cursor.at))
    part = _ranked(part, prefix, context)
    _refuse_level_change(part, prefix, cursor.phrase.between(begun, cursor.at))
    return _signed(_multiplied(part, prefix, amount), context)


_LARGE_CHANGE = 30


def _refuse_level_change(part: TargetPart, prefix: _Prefix, printed: str) -> None:
    """Refuse "tăng từ 65% đến 70%": two levels, or a change within bounds."""
    if part.change and prefix.since and part.high is not None and part.unit == "%" and (part.low or 0) >= _LARGE_CHANGE:
        readings = (f"{part.change} {part.low} - {part.high}%", f"{part.change} từ {part.low}% lên {part.high}%")
        raise PhraseError(
            f'không rõ "{printed}": mức tăng, giảm hay mức đạt được?', Why.TWO_READINGS, readings=readings
        )


def _bounded(
    part: TargetPart, prefix: _Prefix, tail: Operator | None, context: TargetContext, printed: str
) -> TargetPart:
    """Return the part with the bound that "từ … trở lên" or an operator before a range sets."""
    if tail is not None and (part.high is not None or prefix.operators):
        near = printed.rsplit(" trở", 1)[0]
        raise PhraseError(
            f'không rõ: viết "{near}" hay "từ … {"trở lên" if tail is Operator.AT_LEAST else "trở xuống"}"?',
            Why.TWO_READINGS,
            readings=(near,),
        )
    if tail is not None:
        return replace(part, operator=tail)
    if prefix.since and part.high is None and not part.of:
        if context.direction not in {Direction.INCREASE, Direction.MAINTAIN} and not (
            context.direction and part.change
        ):
            raise PhraseError('viết thiếu: "từ … đến …" hay "từ … trở lên"?', near=f"{printed} trở lên")
        return replace(part, operator=prefix.operator or Operator.AT_LEAST)
    if part.high is not None and part.operator:
        end = part.high if part.operator in {Operator.AT_MOST, Operator.BELOW} else part.low
        return replace(part, note=f"hiểu theo cận {format_number(end or Decimal(0))} của khoảng")
    return part


def _ranked(part: TargetPart, prefix: _Prefix, context: TargetContext) -> TargetPart:
    """Return a rank as "at most": "Top 10", "xếp thứ 15/34", a bare number whose unit is a rank."""
    unit = " ".join(parse_unit(context.unit).base) if context.unit else ""
    if not prefix.rank and not (unit in _RANK_UNITS and not part.change):
        return part
    low = part.high if part.high is not None else part.low
    note = "hiểu là không quá thứ hạng sau" if part.high is not None else part.note
    operator = part.operator if part.operator in {Operator.BELOW, Operator.AT_MOST} else Operator.AT_MOST
    if part.operator is Operator.ABOVE or (part.operator is Operator.AT_LEAST and not prefix.rank):
        raise PhraseError('thứ hạng càng nhỏ càng tốt; viết ví dụ "trong nhóm 10" hoặc "≤ 10"')
    ranked = replace(part, low=low, high=None, operator=operator, rank=True, note=note)
    return _remarked(replace(ranked, unit=None), part.unit) if part.unit and prefix.rank else ranked


def _multiplied(part: TargetPart, prefix: _Prefix, amount: Amount) -> TargetPart:
    """Return "gấp 2 lần", "tăng 2 lần" as a multiple."""
    times = (amount.unit or "").casefold() == "lần" and amount.per is None
    if prefix.multiple is not None:
        # The unit of "gấp 30 lần GRDP" holds what the level is compared with.
        base = (amount.unit or "").removeprefix("lần").removesuffix("năm").strip()
        multiple = replace(part, unit=None, change=None, multiple=True)
        return _remarked(multiple, base) if base else multiple
    if not times or not (part.change or (prefix.level and not prefix.operators)):
        return part
    shown = format_number(part.low or Decimal(0))
    if prefix.added:
        readings = (
            f"gấp {shown} lần",
            f"tăng thêm {shown} lần, tức gấp {format_number((part.low or Decimal(0)) + 1)} lần",
        )
        raise PhraseError(f'không rõ "tăng thêm {shown} lần"; viết "gấp … lần"', Why.TWO_READINGS, readings=readings)
    if part.change == "giảm":
        raise PhraseError(
            f'không rõ "giảm {shown} lần"; viết mức còn lại hoặc "giảm …%"',
            Why.TWO_READINGS,
            readings=(f"còn 1/{shown}",),
        )
    return replace(part, unit=None, change=None, multiple=True, note=f"hiểu là gấp {shown} lần")


def _signed(part: TargetPart, context: TargetContext) -> TargetPart:
    """Return "-5%" of what shall fall as "giảm 5%"."""
    if part.low is None or part.low >= 0 or part.change or context.direction is not Direction.DECREASE:
        return part
    if part.high is not None or part.operator:
        raise PhraseError('có dấu trừ; viết "giảm …" nếu là mức giảm', Why.TWO_READINGS)
    if (part.unit or context.unit or "").startswith(("%", "‰")):
        return replace(part, low=-part.low, change="giảm")
    shown = format_number(-part.low)
    readings = (f"giảm {shown}", f"âm {shown}")
    raise PhraseError(f'không rõ: "giảm {shown}" hay số âm?', Why.TWO_READINGS, readings=readings)


def _after(cursor: Cursor, part: TargetPart, prefix: _Prefix) -> _Clause | None:
    """Read what follows the number: what it is compared with, a year, a remark, whom it is about."""
    paren, begun = None, cursor.at
    while not cursor.done and (prefix.rank or cursor.key() not in {",", "và"}) and cursor.key() != ";":
        start = cursor.at
        if cursor.key() == "(":
            paren = _paren(cursor)
            if paren is None:
                return None
            continue
        changed = _compared(cursor, part) or _at(cursor, part) or _scoped(cursor, part) or _noted(cursor, part, prefix)
        if changed is None or cursor.at == start:
            cursor.at = begun
            return None
        part = changed
    return _Clause(part, paren)


def _paren(cursor: Cursor) -> str | None:
    start, depth = cursor.at, 0
    for at in range(start, len(cursor.tokens)):
        depth += {"(": 1, ")": -1}.get(cursor.tokens[at].key, 0)
        if not depth:
            cursor.at = at + 1
            return cursor.phrase.between(start + 1, at) or None
    return None


def _compared(cursor: Cursor, part: TargetPart) -> TargetPart | None:
    """Read "so với năm 2024", "so với cùng kỳ", "so với bình quân 3 năm 2022-2024"; after a multiple also "năm 2020"."""
    if not part.multiple and not cursor.find(_COMPARED):
        return None
    if part.multiple:
        cursor.find(_COMPARED)
    if not (part.change or part.multiple):
        raise PhraseError('có "so với" nhưng không có "tăng", "giảm" hoặc "gấp"')
    if cursor.skip(_SAME_PERIOD):
        cursor.take("năm")
        return replace(part, against=Against.SAME_PERIOD, baseline=_year(cursor))
    if cursor.skip(_PREVIOUS):
        return replace(part, against=Against.PREVIOUS_YEAR)
    return _compared_years(cursor, part) or _compared_words(cursor, part)


def _compared_years(cursor: Cursor, part: TargetPart) -> TargetPart | None:
    start = cursor.at
    cursor.find(_BEFORE_YEAR)
    cursor.take("năm")
    first = _year(cursor)
    if first is None:
        cursor.at = start
        return None
    middle = cursor.at
    last = _year(cursor) if cursor.take("-", "đến") else None
    if last is None:
        cursor.at = middle
        return replace(part, baseline=first)
    return replace(part, against=Against.SPAN, baseline=last, baseline_from=first)


def _compared_words(cursor: Cursor, part: TargetPart) -> TargetPart | None:
    start = cursor.at
    if cursor.done or not _words_only(cursor, _MOST_REMARK) or cursor.at == start:
        cursor.at = start
        return None
    return _remarked(replace(part, against=Against.OTHER), f"so với {cursor.phrase.between(start, cursor.at)}")


def _at(cursor: Cursor, part: TargetPart) -> TargetPart | None:
    """Read "vào năm 2030" after a number."""
    start = cursor.at
    if cursor.take("vào", "đến", "trong") and cursor.take("năm") and (year := _year(cursor)):
        return replace(part, at=year)
    cursor.at = start
    if cursor.skip(_STRETCH) and _year(cursor) and cursor.take("-", "đến") and _year(cursor):
        return _remarked(part, cursor.phrase.between(start, cursor.at))
    cursor.at = start
    return None


def _scoped(cursor: Cursor, part: TargetPart) -> TargetPart | None:
    """Read "đối với đô thị loại II trở lên", up to the next clause."""
    if part.scope or not cursor.find(_SCOPE_WORDS):
        return None
    start = cursor.at
    while not cursor.done and cursor.key() != ";" and not (cursor.key() == "," and _number_follows(cursor)):
        cursor.at += 1
    scope = cursor.phrase.between(start, cursor.at)
    return replace(part, scope=scope) if scope else None


def _number_follows(cursor: Cursor) -> bool:
    token = cursor.peek(1)
    return token is not None and (token.kind == "number" or _OPERATORS.find(cursor.tokens, cursor.at + 1) is not None)


def _noted(cursor: Cursor, part: TargetPart, prefix: _Prefix) -> TargetPart | None:
    """Read words beside a number that limit nothing: "50% số xã"; in a list "≤ 3 Đông Nam Á" says whom it is about."""
    start = cursor.at
    if prefix.rank:
        if not _to_end(cursor):
            return None
        words_after = cursor.phrase.between(start, cursor.at)
        gap = "" if words_after.startswith(",") or not part.remark else " "
        return replace(part, remark=f"{part.remark or ''}{gap}{words_after}")
    token = cursor.peek()
    if (
        _is_list(cursor)
        and part.scope is None
        and token is not None
        and _names(cursor, token)
        and _words_only(cursor, 6)
    ):
        return replace(part, scope=cursor.phrase.between(start, cursor.at))
    cursor.at = start
    share = part.unit in {"%", "‰"} and cursor.skip(_REMARKS)
    if not share and not (part.unit and cursor.find(_QUALIFIED)):
        return None
    if not _remark_words(cursor):
        return None
    remark = cursor.phrase.between(start, cursor.at)
    if cursor.tokens[start - 1].key == "%" and prefix.surpassing and remark.casefold().startswith(_SURPASSED):
        readings = (f"bằng {format_number(100 + (part.low or Decimal(0)))}% {remark}",)
        raise PhraseError(f'không rõ mức vượt; viết ví dụ "{readings[0]}"', Why.TWO_READINGS, readings=readings)
    return _remarked(part, remark)


def _is_list(cursor: Cursor) -> bool:
    """Whether a number stands after a mark: "50% xã, 80% phường" is a list, "70% xã, phường" is one clause."""
    marks = [at for at, token in enumerate(cursor.tokens) if token.key in {";", ","}]
    return bool(marks) and any(token.kind == "number" for token in cursor.tokens[marks[0] :])


def _names(cursor: Cursor, token: Token) -> bool:
    """Whether trailing words say whom a clause of a list is about: a proper name after ";", or a known group."""
    proper = token.text[:1].isupper() and any(one.key == ";" for one in cursor.tokens)
    return proper or (_SCOPES.find(cursor.tokens, cursor.at) is not None and token.key not in {"số", "tỷ"})


def _remark_words(cursor: Cursor) -> bool:
    """Step over plain words, and over commas between what is counted: "số vụ, số người chết"."""
    while _words_only(cursor, _MOST_REMARK):
        if cursor.key() not in {",", "và"} or _REMARKS.find(cursor.tokens, cursor.at + 1) is None:
            return True
        cursor.at += 1
    # Words of comparison end the remark and are read next.
    return _COMPARED.find(cursor.tokens, cursor.at) is not None


def _to_end(cursor: Cursor) -> bool:
    """Step over the words after a rank: "tỉnh, thành phố dẫn đầu cả nước"."""
    start = cursor.at
    while not cursor.done and cursor.key() != ";" and cursor.at - start <= 2 * _MOST_REMARK:
        token = cursor.tokens[cursor.at]
        if (
            token.kind == "number"
            or token.key in (_NO_REMARK - {"có", "và"}) | {"sao"}
            or (token.kind == "sign" and token.key not in {",", "-"})
        ):
            return False
        cursor.at += 1
    return cursor.done or cursor.key() == ";"


def numbers_of(phrase: Phrase) -> Iterator[Decimal]:
    """Yield the numbers of a phrase.

    Raises:
        PhraseError: one of them can be read in two ways.
    """
    cursor = Cursor(phrase)
    while not cursor.done:
        found = read_number(cursor)
        if found is None:
            cursor.at += 1
        else:
            yield found
