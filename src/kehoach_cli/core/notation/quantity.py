"""Quantities: numbers with a scale word and a unit, and ranges of them.

A scale word (nghìn, triệu, tỷ) belongs to both ends of a range and to the unit: "500 - 600 tỷ đồng" is 500 to 600 in the unit
"tỷ đồng", 500.000 to 600.000 in "triệu đồng". A bare number is in the indicator's own unit.
"""

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from msgspec import Struct

from kehoach_cli.core.notation.refusal import PhraseError, Why
from kehoach_cli.core.notation.tokens import Cursor, Lexicon, keys, tokenize, words
from kehoach_cli.viet.number import NumberError, parse_number

_PLACES = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9}
_PER = Lexicon({word: word for word in ("năm", "quý", "tháng", "tuần", "ngày đêm", "ngày")})
_PER_WORDS = Lexicon(
    {f"{each} {unit}": unit for each in ("mỗi", "hằng", "hàng", "một") for unit in ("năm", "quý", "tháng", "tuần")}
)
# The first word of a unit must be known: otherwise a misspelt bound ("80 trở len") would pass as a number with a unit.
_UNITS = words("""
    điểm phần trăm | điểm % | phần trăm | % | ‰ | ha | km2 | km² | km | m2 | m² | m3 | m³ | m | tấn | tạ | kg | lít
    | cây | xã | phường | thị trấn | huyện | tỉnh | thôn | bản | ấp | tổ | khu | cụm | trạm | hộ | người | lượt |
    khách | cơ sở | dự án | công trình | mô hình | doanh nghiệp | hợp tác xã | tổ hợp tác | đồng | usd | vnd | kwh |
    mwh | gwh | mw | gw | mwp | kw | µg | mg | tco2 | tco2e | bác sĩ | dược sĩ | điều dưỡng | giường | con | bé trai
    | bé gái | trẻ | học sinh | sinh viên | giáo viên | giảng viên | cán bộ | công chức | viên chức | trường | lớp |
    phòng | trung tâm | nhà | căn | đơn vị | tổ chức | tiêu chí | sản phẩm | nhiệm vụ | chỉ tiêu | vụ | ca | bệnh
    nhân | chuyến | phút | giờ | tháng tuổi | tuổi | năm | tháng | lần | bậc | hạng | tuyến | cầu | hồ | đập | thuê
    bao | máy | thiết bị | xe | tàu | chiếc | container | teu | mẫu | cuộc | hội nghị | buổi | đợt | khóa | lao động
    | việc làm | đề tài | sáng chế | đơn | bằng | văn bản | thủ tục | dịch vụ | hồ sơ | điểm | làng | cái | câu lạc
    bộ | chi bộ | đảng viên | bộ | quyển | cuốn | tin | bài | di tích | thư viện | sân | bể | ao | lồng | trang trại
    | vùng | chuỗi | nhãn hiệu | làng nghề | di sản | lễ hội | tác phẩm | chương trình | đề án | kế hoạch | trường
    hợp | sự cố | hecta | héc ta | mét | suất | giống | chợ | siêu thị | cửa hàng | khách sạn | buồng | phần | đội |
    câu | nghề | chi hội | hội viên | đoàn viên | thanh niên | phụ nữ | nông dân | nghệ nhân | chuyên gia
""")
# Words that a unit does not contain.
_NO_UNIT = keys(
    "so đối trở và hoặc trong vào đến tới mỗi hằng hàng ở tại cho để đã được là có từ với phấn tăng giảm đạt của theo nhưng thì"
    " không trên dưới sẽ cần phải đang bằng một"
)
_MOST_UNIT_WORDS = 3
# Words after the indicator's own unit, which nobody takes for a misspelt bound: "10 doanh nghiệp công nghệ số mới".
_MOST_WORDS_AFTER_OWN = 8
_GROUPED = re.compile(r"[1-9][0-9]{0,2}")
_YEAR = re.compile(r"(?:19|20|21)[0-9][0-9]")


class Unit(Struct, frozen=True):
    """A unit: `places` is the power of ten its scale words stand for, `base` the rest in keys, `per` the period of a rate."""

    places: int
    base: tuple[str, ...]
    per: str | None


class Amount(Struct, frozen=True):
    """A number or a range as printed: `low` and `high` with their scale words applied, `of` the whole of a ratio.

    `scale` and `unit` are what is printed after the number ("tỷ", "đồng"), `places` the power of ten of `scale`.
    """

    low: Decimal
    high: Decimal | None = None
    of: Decimal | None = None
    scale: str = ""
    places: int = 0
    unit: str | None = None
    per: str | None = None


@lru_cache(maxsize=512)
def parse_unit(text: str) -> Unit:
    """Return the parts of an indicator's unit: "triệu đồng/người/năm"."""
    keys = [token.key for token in tokenize(text).tokens]
    places = 0
    while keys and keys[0] in _PLACES:
        places += _PLACES[keys.pop(0)]
    per = None
    if "/" in keys:
        cut = len(keys) - 1 - keys[::-1].index("/")
        last = " ".join(keys[cut + 1 :])
        if last in {"năm", "quý", "tháng", "tuần", "ngày", "ngày đêm"}:
            per, keys = last, keys[:cut]
    return Unit(places, tuple(keys), per)


def shifted(value: Decimal, places: int) -> Decimal:
    """Return `value` times a power of ten, digit for digit."""
    sign, digits, exponent = value.as_tuple()
    return Decimal((sign, digits, int(exponent) + places))


def power(places: int) -> Fraction:
    """Return a power of ten, exactly."""
    return Fraction(10**places) if places >= 0 else Fraction(1, 10**-places)


def in_base(value: Decimal | Fraction, unit: str | None) -> Fraction:
    """Return a quantity given in `unit` without the scale words of that unit."""
    return Fraction(value) * power(parse_unit(unit).places if unit else 0)


def same_kind(one: str, other: str) -> bool:
    """Whether two units measure the same: equal but for scale words and period, or one the other's beginning."""
    first, second = parse_unit(one).base, parse_unit(other).base
    shorter, longer = sorted((first, second), key=len)
    return longer[: len(shorter)] == shorter


def in_unit(amount: Amount, own: str | None) -> tuple[Decimal, Decimal | None, str | None]:
    """Return both ends of an amount and the unit they are in: the indicator's own one where the amount fits it.

    Without the indicator's unit, a number with a scale word alone ("3,5 triệu") keeps the word as its unit.
    """
    unit = parse_unit(own) if own else None
    if unit is None:
        back, name = (0, amount.unit) if amount.unit else (-amount.places, amount.scale or None)
    elif amount.unit is None and not amount.scale:
        # A ratio of a share ("2/3") is a share.
        return amount.low, amount.high, "%" if amount.of and unit.base[:1] == ("%",) else None
    elif amount.unit is not None and not same_kind(amount.unit, own or ""):
        back, name = 0, amount.unit
    else:
        back = -unit.places
        printed = " ".join(word for word in (amount.scale, amount.unit) if word)
        name = amount.unit if not unit.places else printed if amount.places == unit.places else own
        name = None if amount.unit is None else name
    high = None if amount.high is None else shifted(amount.high, back)
    return shifted(amount.low, back), high, name


# -- reading -----------------------------------------------------------------------------------------------------------------


def read_amount(cursor: Cursor, own: str | None) -> Amount | None:
    """Read a number, a ratio or a range with scale words and unit."""
    begun = cursor.at
    low = read_number(cursor)
    if low is None:
        return None
    if ratio := _ratio(cursor, low, own):
        return ratio
    scale, places = _scale(cursor)
    unit = _unit(cursor, own)
    if unit is None or unit == "%" or scale or own:
        start = cursor.at
        high = _range_end(cursor)
        if high is not None:
            return _range(cursor, begun, (low, scale, places, unit), high, own)
        cursor.at = start
    return Amount(shifted(low, places), None, None, scale, places, unit, _per(cursor))


def _range(
    cursor: Cursor, begun: int, first: tuple[Decimal, str, int, str | None], high: Decimal, own: str | None
) -> Amount:
    low, scale, places, unit = first
    upper, upper_places = _scale(cursor)
    upper_unit = _unit(cursor, own)
    if cursor.key() == "-" and cursor.key(1)[:1].isdecimal():
        printed = cursor.phrase.between(begun, cursor.at + 2)
        raise PhraseError(
            f'không rõ: "{printed}" là ba mức riêng hay một khoảng? viết "a: …; b: …"',
            Why.TWO_READINGS,
            readings=(printed,),
        )
    if not scale and unit is None:
        scale, places = upper, upper_places
    elif not upper and scale and upper_unit is None:
        upper, upper_places = scale, places
    per = _per(cursor)
    if _is_period(cursor, begun, unit or upper_unit, per):
        raise PhraseError("là một giai đoạn, không phải mục tiêu", Why.NO_TARGET)
    return Amount(shifted(low, places), shifted(high, upper_places), None, upper, upper_places, upper_unit or unit, per)


def _is_period(cursor: Cursor, begun: int, unit: str | None, per: str | None) -> bool:
    printed = [token.key for token in cursor.tokens[begun : cursor.at] if token.kind == "number"]
    return unit is None and per is None and len(printed) == 2 and all(_YEAR.fullmatch(key) for key in printed)  # noqa: PLR2004


def read_number(cursor: Cursor) -> Decimal | None:
    """Read one number, with its minus sign, groups of three apart by spaces ("1 250") joined.

    Raises:
        PhraseError: the number can be read in two ways.
    """
    start = cursor.at
    negative = bool(cursor.take("-"))
    token = cursor.peek()
    if token is None or token.kind != "number":
        cursor.at = start
        return None
    cursor.at += 1
    text = token.key
    while _GROUPED.fullmatch(token.key) and _is_group(cursor):
        text += cursor.tokens[cursor.at].key
        cursor.at += 1
    return _parsed(f"-{text}" if negative else text)


def _is_group(cursor: Cursor) -> bool:
    before, token = cursor.tokens[cursor.at - 1], cursor.peek()
    if token is None or token.kind != "number" or len(token.key) != 3 or not token.key.isdecimal():  # noqa: PLR2004
        return False
    return token.start - before.end == 1


def _parsed(text: str) -> Decimal:
    try:
        return parse_number(text)
    except NumberError as error:
        why = Why.TWO_READINGS if error.readings else Why.NOT_UNDERSTOOD
        raise PhraseError(str(error), why, readings=error.readings) from None


def _ratio(cursor: Cursor, low: Decimal, own: str | None) -> Amount | None:
    """Read "15/15 xã", "98/100", "7,5/10 điểm"."""
    start = cursor.at
    if _own_denominator(cursor, own) or not cursor.take("/"):
        return None
    of = read_number(cursor)
    if of is None or cursor.key() == "/":
        cursor.at = start
        return None
    if not 0 <= low <= of or not of:
        raise PhraseError("là một tỷ số không hợp lệ, hoặc một ngày", Why.NOT_UNDERSTOOD)
    return Amount(low, None, of, unit=_unit(cursor, own), per=_per(cursor))


def _own_denominator(cursor: Cursor, own: str | None) -> bool:
    """Whether "/100.000" after a number belongs to the indicator's unit ("ca/100.000 dân")."""
    base = parse_unit(own).base if own else ()
    cuts = [at for at, key in enumerate(base[:-1]) if key == "/" and base[at + 1] == cursor.key(1)]
    return cursor.key() == "/" and bool(cuts) and cursor.key(1)[:1].isdecimal()


def _range_end(cursor: Cursor) -> Decimal | None:
    if not cursor.take("-", "đến", "tới"):
        return None
    return read_number(cursor)


def _scale(cursor: Cursor) -> tuple[str, int]:
    """Step over scale words: "tỷ", "nghìn tỷ"."""
    start, places = cursor.at, 0
    while cursor.key() in _PLACES:
        places += _PLACES[cursor.key()]
        cursor.at += 1
    return cursor.phrase.between(start, cursor.at), places


def _unit(cursor: Cursor, own: str | None) -> str | None:
    """Step over a unit, without its period: "cây xanh phân tán", "người/1 vạn dân"."""
    if _own_denominator(cursor, own):
        _denominator(cursor)
        return None
    start = cursor.at
    base = parse_unit(own).base if own else ()
    known = bool(base) and cursor.key() == base[0] and cursor.key() != "/"
    whole = known and tuple(token.key for token in cursor.tokens[start : start + len(base)]) == base
    most = _MOST_WORDS_AFTER_OWN if whole else _MOST_UNIT_WORDS
    if not cursor.skip(_UNITS):
        if not known:
            return None
        cursor.at += 1
    if cursor.key(-1) not in {"%", "‰"}:
        _more_words(cursor, most)
    while cursor.key() == "/" and _denominator(cursor, most):
        pass
    return cursor.phrase.between(start, cursor.at)


def _more_words(cursor: Cursor, most: int) -> None:
    for _ in range(most):
        token = cursor.peek()
        if token is None or token.kind != "word" or token.key in _NO_UNIT:
            return
        cursor.at += 1


def _denominator(cursor: Cursor, most: int = _MOST_UNIT_WORDS) -> bool:
    """Step over "/người", "/1 vạn dân", "/100 bé gái"; a period ("/năm") stays."""
    start = cursor.at
    cursor.at += 1
    if cursor.skip(_PER) and cursor.key() not in {"tuổi", "học"}:
        cursor.at = start
        return False
    cursor.number()
    token = cursor.peek()
    if token is None or token.kind != "word":
        cursor.at = start
        return False
    _more_words(cursor, most)
    return True


def _per(cursor: Cursor) -> str | None:
    start = cursor.at
    if cursor.take("/") and (found := cursor.find(_PER)):
        return found
    cursor.at = start
    return cursor.find(_PER_WORDS)
