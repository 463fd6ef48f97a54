"""Counts what filling a template costs, and ends it beyond the bounds: no clock, so the same input always ends alike."""

from collections.abc import Callable, Generator, Iterable, Iterator
from decimal import Decimal
from functools import wraps
from typing import Any

from kehoach_cli.errors import CannotRunError
from kehoach_cli.templating.language import ONLY_LISTS

# A report of 6,000 rows takes 300,000 steps, 14 million letters and 1.1 million marks of XML.
_MOST_STEPS = 5_000_000
_MOST_LETTERS = 16_000_000
_MOST_MARKS = 1_250_000
_LONGEST_VALUE = 1_000_000
_LETTERS_A_STEP = 200
_STEPS_AN_ITEM = 5
_LARGEST = 10**30


class TagError(CannotRunError):
    """A tag that does what is not allowed, or too much of it; `line` is its line in the source, 0 where it is not known."""

    def __init__(self, message: str, line: int = 0) -> None:
        """Keep the line."""
        super().__init__(message)
        self.line = line


class Allowance:
    """What one document may take: steps, letters and marks of XML, over all its parts."""

    def __init__(self) -> None:
        """Begin with all of it."""
        self._steps, self._letters, self._marks = _MOST_STEPS, _MOST_LETTERS, _MOST_MARKS

    def spend(self, steps: int) -> None:
        """Take steps.

        Raises:
            TagError: there are too few left.
        """
        self._steps -= steps
        if self._steps < 0:
            raise TagError("lặp hoặc tính quá nhiều so với mọi văn bản")

    def written(self, pieces: Generator[str, None, None]) -> str:
        """Return the pieces of a text in one.

        Raises:
            TagError: the document grows too long; raised in the generator, so that its trace tells the tag.
        """
        kept: list[str] = []
        for piece in pieces:
            self._letters -= len(piece)
            self._marks -= piece.count("<")
            if self._letters < 0 or self._marks < 0:
                pieces.throw(TagError("văn bản lập ra quá dài"))
            kept.append(piece)
        return "".join(kept)


class Meter:
    """Takes what the filters, tests and loops of a template cost from the allowance of the document being filled."""

    def __init__(self) -> None:
        """Begin with the allowance of one document."""
        self.allowance = Allowance()

    def looped(self, items: Any, steps: int) -> Iterator[Any]:
        """Yield the items of a list; each takes so many steps.

        Raises:
            TagError: there are too few left, or it is no list.
        """
        if isinstance(items, str | dict) or not isinstance(items, Iterable):
            raise TagError(ONLY_LISTS)
        for item in items:
            self.allowance.spend(steps)
            yield item

    def weighed(self, value: Any) -> Any:
        """Return a value after taking the steps to look at all of it.

        Raises:
            TagError: there are too few left, or it is too large.
        """
        if isinstance(value, str):
            refuse_long(len(value))
            self.allowance.spend(1 + len(value) // _LETTERS_A_STEP)
        elif isinstance(value, list | tuple):
            refuse_long(len(value))
            self.allowance.spend(1 + len(value) * _STEPS_AN_ITEM)
        elif isinstance(value, Iterator):
            return self.looped(value, _STEPS_AN_ITEM)
        elif isinstance(value, int | float | Decimal) and not -_LARGEST < value < _LARGEST:
            raise TagError("số quá lớn")
        return value

    def around(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a filter or a test that weighs what it is given and what it makes."""

        @wraps(function)
        def call(*values: Any, **named: Any) -> Any:
            weighed = [self.weighed(value) for value in values]
            return self.weighed(function(*weighed, **{key: self.weighed(value) for key, value in named.items()}))

        return call


def refuse_long(length: int) -> None:
    """Refuse a value of so many letters or items.

    Raises:
        TagError: it is too long.
    """
    if length > _LONGEST_VALUE:
        raise TagError("giá trị quá dài")
