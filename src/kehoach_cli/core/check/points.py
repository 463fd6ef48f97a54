"""An indicator over the years as values: the quantities of each year, and the change from one to the next."""

from fractions import Fraction

from msgspec import Struct, field
from msgspec.structs import replace

from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Indicator, Plan
from kehoach_cli.core.notation.quantity import Unit, in_base, parse_unit, power
from kehoach_cli.core.notation.target import Target

LEVEL, CHANGE, MULTIPLE, RANK, RATIO = "level", "change", "multiple", "rank", "ratio"


class Measured(Struct, frozen=True):
    """One quantity in `unit`; two of them can be compared if `measure` is the same and their units are of one kind.

    `measure` is the kind of the quantity with what it is measured against: ("change", "giảm", 2020), ("level",).
    """

    value: Fraction
    unit: str | None
    measure: tuple[object, ...] = (LEVEL,)

    @property
    def kind(self) -> str:
        """The kind of the quantity: level, change, multiple, rank or ratio."""
        return str(self.measure[0])

    def fits(self, other: "Measured") -> bool:
        """Whether the other figure measures the same in a unit that differs by scale words at most."""
        return self.measure == other.measure and (self.unit == other.unit or _base(self.unit) == _base(other.unit))

    def in_unit_of(self, other: "Measured") -> Fraction:
        """Return the value in the unit of the other figure: "1,2 nghìn ha" in "ha" is 1.200."""
        if self.unit == other.unit:
            return self.value
        return in_base(self.value, self.unit) * power(-parse_unit(other.unit or "").places)


def _base(unit: str | None) -> Unit | None:
    return replace(parse_unit(unit), places=0) if unit else None


class YearChange(Struct, frozen=True):
    """The change of one quantity against the same period of the year before.

    `value` is in `unit` ("điểm phần trăm" for shares), `percent` the same in percent of the earlier figure where that says
    something. `better` is None where nothing changed or no direction is better. `text` says it all in words.
    """

    scope: str | None
    value: Fraction
    unit: str | None
    text: str
    percent: Fraction | None = None
    better: bool | None = None


class YearPoint(Struct, frozen=True):
    """An indicator in one period: its target of that very year, what was reported, and the change against the year before.

    `text` is the value as reported, `unit` the indicator's unit at that time, in which bare numbers of it are; `figures` are
    the quantities by scope (None: the whole), `agency` whose value counts. `closed`
    means that a lock gives it, `baseline` that the plan gives it as the level of a base year. `before` is what was
    reported a year earlier, `before_closed` whether a lock gives that. Without `steps` the `remark` says why two figures
    cannot be compared.
    """

    period: Period
    target: Target | None = None
    agency: str | None = None
    text: str = ""
    unit: str | None = None
    figures: dict[str | None, Measured] = field(default_factory=dict)
    verdict: str | None = None
    official: bool = False
    estimate: bool = False
    closed: bool = False
    baseline: bool = False
    name: str = ""
    before: str = ""
    before_closed: bool = False
    steps: tuple[YearChange, ...] = ()
    remark: str = ""

    @property
    def measured(self) -> Measured | None:
        """The quantity where there is one for the whole indicator."""
        return self.figures.get(None)

    @property
    def value(self) -> Fraction | None:
        """The number of that quantity."""
        return self.measured.value if self.measured else None

    @property
    def words(self) -> str:
        """The change in words: "tăng 2,5 điểm phần trăm so với năm 2024"; else why there is none, or nothing."""
        told = "; ".join(step.text for step in self.steps)
        if told:
            return f"{told} so với {self.period.year_before.text}"
        return f"không so được với {self.period.year_before.text}: {self.remark}" if self.remark and self.before else ""


class Trend(Struct, frozen=True):
    """An indicator over the same period of all years that have a result, a target or a base level, oldest first."""

    plan: Plan
    indicator: Indicator
    points: tuple[YearPoint, ...]

    def at(self, period: Period) -> YearPoint | None:
        """Return the point of a period."""
        return next((point for point in self.points if point.period == period), None)
