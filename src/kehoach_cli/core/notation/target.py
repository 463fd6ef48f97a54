"""Targets (mục tiêu, chỉ tiêu): the printed string and its meaning.

A number alone is a point without an operator. The plan file, not the string, says in which direction the indicator is better.
The printed string is always kept. A string that is not understood is reported; nothing is guessed.
"""

import re
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.viet.number import NUMBER_TEXT, NumberError, format_number, parse_number
from kehoach_cli.viet.text import folded


class Direction(StrEnum):
    """In which direction an indicator is better: our reading, stated in the plan file with a reason."""

    INCREASE = "increase"
    DECREASE = "decrease"
    MAINTAIN = "maintain"


class Operator(StrEnum):
    """How a number limits the values that meet it."""

    AT_LEAST = ">="
    ABOVE = ">"
    AT_MOST = "<="
    BELOW = "<"
    ABOUT = "~"


class TargetKind(StrEnum):
    """The kind of a target; it decides how a value is compared with it."""

    POINT = "point"
    RANGE = "range"
    BOUND = "bound"
    MAINTAIN = "maintain"
    RELATIVE = "relative"
    MEAN = "mean"
    SCOPED = "scoped"
    EVENT = "event"
    UNKNOWN = "unknown"


class TargetPart(Struct, frozen=True):
    """One clause: a point (`low` alone), a bound (`operator` and `low`) or a range (`low` to `high`).

    Quantities are exact decimals in `unit` (None: the unit of the indicator). `per` is the period of a rate ("năm"), `change`
    the word "giảm" or "tăng" of a relative target, `baseline` the year it is relative to, `scope` what the clause applies to,
    `event` the text of a dated event; `maintained` tells whether the text says "duy trì".
    """

    low: Decimal | None
    high: Decimal | None = None
    operator: Operator | None = None
    unit: str | None = None
    per: str | None = None
    change: str | None = None
    baseline: int | None = None
    scope: str | None = None
    event: str | None = None
    maintained: bool = False

    @property
    def kind(self) -> TargetKind:
        """The kind of this clause alone."""
        if self.event:
            return TargetKind.EVENT
        if self.maintained:
            return TargetKind.MAINTAIN
        if self.baseline is not None or self.change:
            return TargetKind.RELATIVE
        if self.high is not None:
            return TargetKind.RANGE
        return TargetKind.BOUND if self.operator else TargetKind.POINT


class Target(Struct, frozen=True):
    """What an indicator must reach in `year`; with `since` it is a yearly mean from `since` to `year`.

    `text` is the string as printed; `parts` is empty if the string is not understood.
    """

    year: int
    text: str
    parts: tuple[TargetPart, ...]
    since: int | None = None
    maintained: bool = False

    @property
    def kind(self) -> TargetKind:
        """The kind that decides how a value is compared."""
        if not self.parts:
            return TargetKind.UNKNOWN
        if self.since is not None:
            return TargetKind.MEAN
        if len(self.parts) > 1 or self.parts[0].scope:
            return TargetKind.SCOPED
        return TargetKind.MAINTAIN if self.maintained else self.parts[0].kind


class TargetError(ValueError):
    """A target string that has no single meaning. Its text is the Vietnamese message without the subject.

    `ambiguous` means that a number in it can be read in two ways (`1.5`); the message names both.
    """

    def __init__(self, message: str, *, ambiguous: bool = False) -> None:
        """Keep the message and the flag."""
        super().__init__(message)
        self.ambiguous = ambiguous


_OPERATOR_WORDS = {
    Operator.AT_LEAST: ("≥", ">=", "tối thiểu", "ít nhất", "không dưới", "không thấp hơn"),
    Operator.AT_MOST: ("≤", "<=", "tối đa", "không quá", "không vượt quá", "nhiều nhất", "đến mức"),
    Operator.ABOVE: (">", "trên", "hơn", "vượt", "lớn hơn", "cao hơn"),
    Operator.BELOW: ("<", "dưới", "nhỏ hơn", "ít hơn", "thấp hơn"),
    Operator.ABOUT: ("~", "khoảng", "xấp xỉ", "gần", "ước"),
}
_OPERATORS: dict[str, Operator | None] = {
    word: operator for operator, words in _OPERATOR_WORDS.items() for word in words
}
_OPERATORS["="] = None
_PERIODS = "năm|quý|tháng|tuần|ngày đêm|ngày"

# The first word of a unit must be known; otherwise a misspelt bound ("80 trở len") would be a number with a unit.
_UNIT_WORDS = (
    "điểm phần trăm|điểm %|%|‰|ha|km2|km²|km|m2|m²|m3|m³|tấn|tạ|kg|lít|cây|xã|phường|hộ|người|lượt|cơ sở|dự án|công trình|"
    "mô hình|doanh nghiệp|khu|cụm|trạm|điểm|đồng|kWh|MW|µg/m3|µg/m³|tCO2|tấn CO2"
)
_EACH = r"(?:\s*/\s*(?:người|hộ|dân)(?!\w))?"
_UNIT = rf"(?P<unit>(?:{_UNIT_WORDS})(?!\w)(?:\s+(?!so với|đối với|trở)[^\W\d_]+){{0,3}}{_EACH})?(?:\s*/\s*(?P<per>{_PERIODS}))?"
_CLAUSE = re.compile(
    r"(?:phấn đấu\s+)?(?P<qual>bình quân(?:\s+trồng)?|giảm|tăng|duy trì|giữ ổn định|giữ vững)?\s*(?:đạt\s*)?"
    rf"(?:(?:(?:trong\s+)?khoảng\s+)?(?:từ\s+)?(?P<low>{NUMBER_TEXT})\s*%?\s*(?:-|đến)\s*(?P<high>{NUMBER_TEXT})"
    rf"|từ\s+(?P<from>{NUMBER_TEXT})"
    rf"|(?P<op>{'|'.join(re.escape(word) for word in sorted(_OPERATORS, key=len, reverse=True))})?\s*(?:đạt\s*)?"
    rf"(?P<point>{NUMBER_TEXT}))"
    rf"\s*{_UNIT}(?:\s+(?P<tail>trở lên|trở xuống))?"
    r"(?:\s+so với\s+(?:(?:mức trung bình\s+)?năm\s+(?P<baseline>[0-9]{4})|cùng kỳ))?"
    r"(?:\s+đối với\s+(?P<scope>.+))?",
    re.IGNORECASE,
)
_EVENT = re.compile(r"(?P<what>.+)\s(?:trước|vào|đến|trong)\s+năm\s+[0-9]{4}", re.IGNORECASE)
# Figures that are part of a name: PM2.5, PTR0, CO2, công nghiệp 4.0, bằng “0”.
_LABEL = re.compile(r"[^\W\d_]+[0-9]+(?:[.,][0-9]+)*|công nghiệp [0-9]\.[0-9]|[“\"][0-9]+[”\"]", re.IGNORECASE)
_YEARS = re.compile(r"(?:19|20|21)[0-9][0-9]\s*-\s*(?:19|20|21)[0-9][0-9]")
# Separates two quantities of a sentence; a space never follows a decimal comma.
_NEXT_CLAUSE = re.compile(r"\s*;\s*|,\s+(?=[0-9])")
_DASHES = str.maketrans({"–": "-", "—": "-", "\u2212": "-"})


@lru_cache(maxsize=4096)
def parse_target(text: str) -> tuple[TargetPart, ...]:
    """Return the clauses of a target string such as `≥80`, `1,5 - 2`, `trên 90%`, `giảm 10% so với năm 2024`.

    Raises:
        TargetError: the string has no meaning or more than one (`1.5`).
    """
    clean = folded(text).translate(_DASHES).rstrip(". ")
    clauses = [clause for clause in _NEXT_CLAUSE.split(clean) if clause]
    parts = tuple(_parse_clause(clause, text) for clause in clauses)
    if not parts:
        raise TargetError("để trống")
    if len(parts) > 1 and ";" in clean and any(part.scope is None for part in parts):
        raise TargetError('có nhiều vế nhưng có vế không nói "đối với" đối tượng nào')
    return parts


def parse_scoped(texts: dict[str, str]) -> tuple[TargetPart, ...]:
    """Return the clauses of a target given as {scope: string}.

    Raises:
        TargetError: a string has no single meaning.
    """
    parts: list[TargetPart] = []
    for scope, text in texts.items():
        clauses = parse_target(text)
        if len(clauses) != 1 or clauses[0].scope:
            raise TargetError(f'phần "{scope}" phải là một giá trị duy nhất')
        parts.append(replace(clauses[0], scope=scope))
    return tuple(parts)


def part_text(part: TargetPart) -> str:
    """Return the meaning of a clause in words that an officer can compare with the document."""
    if part.event is not None or part.low is None:
        return "mốc thời gian"
    signs = {Operator.AT_LEAST: "≥", Operator.AT_MOST: "≤"}
    sign = f"{signs.get(part.operator, part.operator.value)} " if part.operator else ""
    amount = f"{sign}{format_number(part.low)}"
    if part.high is not None:
        amount = f"từ {format_number(part.low)} đến {format_number(part.high)}"
    unit = "" if not part.unit else "%" if part.unit == "%" else f" {part.unit}"
    change = "duy trì ít nhất" if part.maintained else part.change
    text = " ".join(word for word in (change, f"{amount}{unit}") if word) + (f"/{part.per}" if part.per else "")
    if part.baseline:
        text += f" so với năm {part.baseline}"
    return f"{part.scope}: {text}" if part.scope else text


def _parse_clause(clause: str, whole: str) -> TargetPart:
    found = _CLAUSE.fullmatch(clause)
    if _YEARS.fullmatch(clause):
        raise TargetError("là một giai đoạn, không phải mục tiêu")
    if not found:
        dated = _EVENT.fullmatch(clause)
        if dated and not re.search(r"[0-9]", _LABEL.sub("", dated["what"])):
            return TargetPart(low=None, event=clause)
        _refuse_ambiguous_numbers(whole)
        raise TargetError('không hiểu được; viết ví dụ "95", "≥80", "1,5 - 2", "trên 90%" hoặc "10.000 ha"')
    numbers = [_number(found[name]) for name in ("low", "high", "from", "point") if found[name]]
    low, high = numbers[0], numbers[1] if len(numbers) > 1 else None
    if high is not None and high < low:
        raise TargetError(f"khoảng viết ngược: số đầu {format_number(low)} lớn hơn số sau {format_number(high)}")
    qualifier = (found["qual"] or "").lower()
    return TargetPart(
        low=low,
        high=high,
        operator=_operator(found),
        unit=found["unit"],
        per=(found["per"] or "").lower() or None,
        change=qualifier if qualifier in {"giảm", "tăng"} else None,
        baseline=int(found["baseline"]) if found["baseline"] else None,
        scope=found["scope"],
        maintained=qualifier in {"duy trì", "giữ ổn định", "giữ vững"},
    )


def _operator(found: re.Match[str]) -> Operator | None:
    tail = (found["tail"] or "").lower()
    if tail:
        return Operator.AT_LEAST if tail == "trở lên" else Operator.AT_MOST
    if found["from"]:
        raise TargetError('viết thiếu: "từ … đến …" hay "từ … trở lên"?')
    return _OPERATORS[found["op"].lower()] if found["op"] else None


def _number(text: str) -> Decimal:
    try:
        return parse_number(text)
    except NumberError as error:
        raise TargetError(str(error), ambiguous=bool(error.readings)) from None


def _refuse_ambiguous_numbers(text: str) -> None:
    for found in re.finditer(NUMBER_TEXT, text):
        try:
            parse_number(found[0])
        except NumberError as error:
            if error.readings:
                raise TargetError(str(error), ambiguous=True) from None
