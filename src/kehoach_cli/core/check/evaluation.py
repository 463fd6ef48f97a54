"""What evaluating a value gives: the verdict and what it rests on, as values without the reading of phrases."""

from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from kehoach_cli.core.notation.target import Target, TargetPart

AGENCY, COORDINATOR = "agency", "coordinator"
SELF_JUDGED, SETTLED = "cơ quan báo cáo tự đánh giá", "cơ quan đầu mối kết luận"
REACHED, NOT_REACHED = "Đạt", "Chưa đạt"


class Verdict(StrEnum):
    """How a value stands to its target."""

    EXCEEDED = "exceeded"
    MET = "met"
    PARTLY = "partly"
    MISSED = "missed"
    NO_DATA = "no_data"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    NOT_DUE = "not_due"


class PartVerdict(Struct, frozen=True):
    """The verdict on one clause; `value` is the quantity evaluated (in the clause's unit), `scope` what it applies to."""

    part: TargetPart
    verdict: Verdict
    value: Fraction | None = None
    scope: str | None = None


class Difference(Struct, frozen=True):
    """How far a value is from its target: percentage points ("điểm %") for shares, the ratio ("%") for quantities."""

    value: Fraction
    unit: str


class Evaluation(Struct, frozen=True):
    """The verdict on an indicator in a year.

    `target` is the milestone compared with, `last` whether it is the plan's last one, `reason` why there is no verdict or what
    limits it, `steps` the arithmetic line by line. `invalid` tells that a value was given and cannot be right; `judged_by` who
    says so where the target is a state in words.
    """

    verdict: Verdict
    official: bool
    target: Target | None
    parts: tuple[PartVerdict, ...] = ()
    difference: Difference | None = None
    reason: str = ""
    steps: tuple[str, ...] = ()
    last: bool = False
    invalid: bool = False
    judged_by: str | None = None

    @property
    def value(self) -> Fraction | None:
        """The quantity evaluated, where the target has one clause."""
        return self.parts[0].value if len(self.parts) == 1 else None
