"""Targets (mục tiêu, chỉ tiêu): the printed string and what it means.

A bare number is a point and carries no operator: what counts as better is the indicator's direction, which is data of the
plan and not of the string. The printed string is always kept; what cannot be understood is reported, never guessed.
The grammar (`clauses`, `quantity`, `states`) is loaded when a phrase is first read: a listing takes its targets from the cache.
"""

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from kehoach_cli.core.notation.refusal import PhraseError
from kehoach_cli.viet.number import format_number


class Direction(StrEnum):
    """What counts as better; our reading of the indicator, stated in the plan file with a reason.

    `within` is for what must neither rise nor fall.
    """

    INCREASE = "increase"
    DECREASE = "decrease"
    MAINTAIN = "maintain"
    WITHIN = "within"


class Operator(StrEnum):
    """How a number bounds the values that meet it."""

    AT_LEAST = ">="
    ABOVE = ">"
    AT_MOST = "<="
    BELOW = "<"
    ABOUT = "~"


class Against(StrEnum):
    """What a change is measured against, where that is not one named year."""

    PREVIOUS_YEAR = "previous_year"
    SAME_PERIOD = "same_period"
    SPAN = "span"
    OTHER = "other"


class TargetKind(StrEnum):
    """The shape of a whole target, which decides how a value is judged against it."""

    POINT = "point"
    RANGE = "range"
    BOUND = "bound"
    MAINTAIN = "maintain"
    RELATIVE = "relative"
    MULTIPLE = "multiple"
    RANK = "rank"
    RATIO = "ratio"
    STATE = "state"
    MEAN = "mean"
    SCOPED = "scoped"
    EVENT = "event"
    UNKNOWN = "unknown"


class TargetPart(Struct, frozen=True):
    """One clause: a point (`low` alone), a bound (`operator` and `low`) or a range (`low` to `high`).

    Quantities are exact decimals in `unit`, whose scale words count ("tỷ đồng"); None is the indicator's own unit. `per` is the
    rate's period ("năm"), `mean` whether the words say "bình quân" without one. `change` is the word "giảm" or "tăng" of a
    change; it is measured against the year `baseline`, or as `against` says (a span begins with `baseline_from`). `multiple`:
    `low` times the level of the baseline. `rank`: a place in a list. `of` is the whole of a ratio. An operator beside a range
    bounds its near end. `scope` is what the clause applies to, `at` the year it names itself, `state` the words of a target
    without a number, `event` those of a dated event, `maintained` whether the words say "duy trì". `remark` is kept and not read;
    `note` says how an unusual phrase is read.
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
    against: Against | None = None
    baseline_from: int | None = None
    of: Decimal | None = None
    multiple: bool = False
    rank: bool = False
    mean: bool = False
    at: int | None = None
    state: str | None = None
    remark: str | None = None
    note: str | None = None

    @property
    def kind(self) -> TargetKind:
        """The shape of this clause alone."""
        special = (
            (self.event, TargetKind.EVENT),
            (self.state, TargetKind.STATE),
            (self.rank, TargetKind.RANK),
            (self.multiple, TargetKind.MULTIPLE),
            (self.maintained, TargetKind.MAINTAIN),
            (self.baseline is not None or self.change, TargetKind.RELATIVE),
            (self.of is not None, TargetKind.RATIO),
            (self.high is not None, TargetKind.RANGE),
        )
        found = next((kind for holds, kind in special if holds), None)
        return found or (TargetKind.BOUND if self.operator else TargetKind.POINT)

    @property
    def label(self) -> str:
        """The name of this clause among several: what it applies to, else its unit, else "chung"."""
        return self.scope or (f"năm {self.at}" if self.at else None) or self.unit or "chung"


class Target(Struct, frozen=True):
    """What an indicator shall reach in `year`; `since` makes it a target of the period `since`…`year`.

    `period` is the part of the year the key names ("Q3", "H1", "06", "06-30"). `text` is the string as printed; `parts` is empty
    where the string was not understood; `earlier` are the strings that amendments have replaced since, the first one first.
    """

    year: int
    text: str
    parts: tuple[TargetPart, ...]
    since: int | None = None
    maintained: bool = False
    period: str | None = None
    earlier: tuple[str, ...] = ()

    @property
    def kind(self) -> TargetKind:
        """The shape that decides how a value is judged."""
        if not self.parts:
            return TargetKind.UNKNOWN
        if self.since is not None and (self.parts[0].per == "năm" or self.parts[0].mean):
            return TargetKind.MEAN
        if len(self.parts) > 1 or self.parts[0].scope:
            return TargetKind.SCOPED
        return TargetKind.MAINTAIN if self.maintained else self.parts[0].kind


class TargetError(PhraseError):
    """A target string without a single meaning."""


def contradicts(part: TargetPart, direction: Direction) -> bool:
    """Whether the words of a clause go against the indicator's direction: "dưới 3%" of what shall increase."""
    if part.rank or part.unit == "bậc":
        return direction is Direction.INCREASE and part.rank
    if part.change:
        worse = {Direction.INCREASE: "giảm", Direction.DECREASE: "tăng"}.get(direction)
        return part.change == worse
    upper = part.operator in {Operator.BELOW, Operator.AT_MOST}
    lower = part.operator in {Operator.ABOVE, Operator.AT_LEAST}
    return (upper and direction is Direction.INCREASE) or (lower and direction is Direction.DECREASE)


_AGAINST = {
    Against.PREVIOUS_YEAR: "so với năm trước",
    Against.SAME_PERIOD: "so với cùng kỳ",
    Against.SPAN: "so với bình quân",
    Against.OTHER: "",
}


def part_text(part: TargetPart) -> str:
    """Return how kehoach understood the clause, in words an officer can check against the document."""
    if part.event is not None:
        return "mốc thời gian"
    if part.state is not None:
        text = f"trạng thái: {part.state}"
    elif part.low is None:
        text = "duy trì"
    else:
        text = " ".join(word for word in (_verb(part), _amount(part, part.low), _compared_with(part)) if word)
    text = f"{text} ({part.note})" if part.note else text
    return f"{part.scope}: {text}" if part.scope else text


def _verb(part: TargetPart) -> str:
    if part.multiple:
        return "gấp"
    if part.rank:
        return "thứ hạng"
    return "duy trì ít nhất" if part.maintained else part.change or ""


def _amount(part: TargetPart, low: Decimal) -> str:
    signs = {Operator.AT_LEAST: "≥", Operator.AT_MOST: "≤"}
    sign = f"{signs.get(part.operator, part.operator.value)} " if part.operator else ""
    amount = f"{sign}{format_number(low)}"
    if part.high is not None:
        amount = f"{sign}từ {format_number(low)} đến {format_number(part.high)}"
    if part.of is not None:
        amount += f"/{format_number(part.of)}"
    unit = "lần" if part.multiple else part.unit
    shown = "" if not unit else unit if unit in {"%", "‰"} else f" {unit}"
    return f"{amount}{shown}" + (f"/{part.per}" if part.per else "")


def _compared_with(part: TargetPart) -> str:
    if part.against is Against.SPAN:
        return f"so với bình quân {part.baseline_from} - {part.baseline}"
    if part.against is not None:
        return _AGAINST[part.against] or part.remark or ""
    return f"so với năm {part.baseline}" if part.baseline else ""
