"""Find figures in another scale: 0,865 or 8650 instead of 86,5."""

from fractions import Fraction

from kehoach_cli.core.notation.target import TargetPart

# A figure is plausible within _FAR times what is expected. Beyond, it may be in another scale if a power of ten brings it
# within _NEAR times. These limits are our own, not of any decree.
_NEAR, _FAR = 3, 20
_SCALES = (100, 1000, 10, 1_000_000, 10_000, 100_000, 10**7, 10**8, 10**9)


def likely(value: Fraction, expected: Fraction) -> Fraction | None:
    """Return the figure that was probably meant; None if `value` is plausible for `expected` or no scale explains it."""
    if value <= 0 or expected <= 0 or Fraction(1, _FAR) <= value / expected <= _FAR:
        return None
    for scale in _SCALES:
        for meant in (value * scale, value / scale):
            if Fraction(1, _NEAR) <= meant / expected <= _NEAR:
                return meant
    return None


def lost_comma(value: Fraction, part: TargetPart) -> Fraction | None:
    """Return a tenth of a whole figure where the target has decimals and that tenth is the target: "15" for "1,5 - 2"."""
    if part.low is None or part.change or value.denominator != 1:
        return None
    ends = Fraction(part.low), Fraction(part.low if part.high is None else part.high)
    meant = value / 10
    decimal = any(end.denominator != 1 for end in ends)
    return meant if decimal and meant.denominator != 1 and ends[0] <= meant <= ends[1] else None
