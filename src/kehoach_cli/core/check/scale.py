"""Whether a figure was typed in another scale: 0,865 or 8650 where 86,5 is meant."""

from fractions import Fraction

# Within this factor of what is expected a figure is plausible; farther off it may be a slip of scale, and only if a power of
# ten brings it as near again. Our own measure, no rule of any decree.
_NEAR, _FAR = 3, 20
_SCALES = (100, 1000, 10, 1_000_000, 10_000, 100_000)


def likely(value: Fraction, expected: Fraction) -> Fraction | None:
    """Return the figure that was probably meant, None where `value` is plausible beside `expected`, or no scale explains it."""
    if value <= 0 or expected <= 0 or Fraction(1, _FAR) <= value / expected <= _FAR:
        return None
    for scale in _SCALES:
        for meant in (value * scale, value / scale):
            if Fraction(1, _NEAR) <= meant / expected <= _NEAR:
                return meant
    return None
