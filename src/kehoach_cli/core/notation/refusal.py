"""Why a printed phrase is refused, as a value that rules and forms can use."""

from enum import StrEnum


class Why(StrEnum):
    """The reason a phrase has no meaning that kehoach can use."""

    BLANK = "blank"
    NOT_UNDERSTOOD = "not_understood"
    TWO_READINGS = "two_readings"
    YEAR_MISSING = "year_missing"
    NO_SUCH_DAY = "no_such_day"
    BACKWARDS = "backwards"
    NO_TARGET = "no_target"


class PhraseError(ValueError):
    """A phrase without a single meaning; the text is the Vietnamese message without its subject.

    `readings` holds what the phrase may mean, where there are two readings; `near` a form that works and is close to it.
    """

    def __init__(
        self,
        message: str,
        why: Why = Why.NOT_UNDERSTOOD,
        *,
        readings: tuple[str, ...] = (),
        near: str | None = None,
    ) -> None:
        """Keep the message, the reason, the readings and the form that works."""
        super().__init__(message)
        self.why = why
        self.readings = readings
        self.near = near

    @property
    def ambiguous(self) -> bool:
        """Whether the phrase has two readings, both named in the message."""
        return self.why is Why.TWO_READINGS

    @property
    def backwards(self) -> bool:
        """Whether the phrase is understood and ends before it starts."""
        return self.why is Why.BACKWARDS
