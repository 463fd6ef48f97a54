"""Reading what is plainly right without the schemas: nearly every file is, and pydantic alone costs a tenth of a second.

`entries` follows the same shapes (`schema/shapes.py` is written from the models) and gives objects with the same attributes. It
never says what is wrong: at the first thing it does not know it raises `Doubt`, and the file is read by the schemas.

`data_of` gives the values of a text without their places, by ryaml where it is installed: a native reader, several times as fast
as events. Only what both read alike is left to it; places are looked up by the events when a finding needs one.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, TypeAlias

from kehoach_cli.core.notation.schedule import parse_schedule
from kehoach_cli.core.notation.target import parse_scoped, parse_target
from kehoach_cli.store.readers.judge import Judge
from kehoach_cli.store.schema.shapes import SHAPES
from kehoach_cli.store.yaml.tree import MAX_ENTRIES, MAX_EVENTS, MAX_LINES, TRAP, TRAP_STARTS
from kehoach_cli.viet.dates import PartialDate, parse_iso
from kehoach_cli.viet.text import folded

Read: TypeAlias = Callable[[Any], Any]

# Under these keys stand ids of agencies.
AGENCY_KEYS = frozenset(
    (
        "lead",
        "support",
        "from",
        "to",
        "via",
        "agencies",
        "drafter",
        "awaits",
        "agency",
        "issuer",
        "coordinator",
    )
)

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ROW_ID = re.compile(r"(?:PL[0-9]*|[IVXLC]+)(?:\.(?:[0-9]+|[IVXLC]+))*(?:-(?:ct)?[0-9]+)*")
_COUNT = re.compile(r"[1-9][0-9]*")
_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
_SPAN = re.compile(r"((?:19|20|21)[0-9]{2})(?: ?- ?((?:19|20|21)[0-9]{2}))?")

# Directives and the beginning and the end of a document.
_MARKS = re.compile(r"\n(?:%|---|[.]{3})")
# Anchors, aliases and tags; numbers of which the native reader does not keep the spelling.
_SIGN = re.compile(r"(?<!\w)(?:[&*!]\S|\+[.]?[0-9])")
_BASE = re.compile(r"0[xob](?<!\w..)")
# In brackets, the two readers differ on a word with a "?" or ":" in it; not so in quotes that begin on the same line.
_QUESTION = re.compile(r"\?")
_COLON = re.compile(r":[^ \n]")
_IN_QUOTES = re.compile(r"[^\"']*: \"[^\"\\]*")
# Unless it is quoted, a number to one reader and text to another; and what every one of these contains.
_GROUPED = re.compile(r"[0-9]+(?:[.,:_][0-9]+)+")
_JOINT = re.compile(r"[.,:_](?=[0-9])(?<=[0-9].)")


class Doubt(ValueError):  # noqa: N818 - no error, only a question for the schemas
    """Something is not plainly right."""


def values_of(judge: Judge) -> Any:
    """Return the values of the file under judgement: natively or by events."""
    try:
        return data_of(judge.unix_text)
    except Doubt:
        return judge.tree


def data_of(text: str) -> Any:
    """Return the values of a YAML text, numbers as such.

    Raises:
        Doubt: there is no native reader, or the text has what only the reading by events can judge.
    """
    try:
        ryaml: Any = import_module("ryaml")
    except ImportError:
        raise Doubt from None
    if _is_odd(text):
        raise Doubt
    try:
        data = ryaml.loads(text)
    except ValueError:
        raise Doubt from None
    # An event takes a letter or more, but for a few about the file as a whole.
    if len(text) > MAX_EVENTS - 8 and _events(data) > MAX_EVENTS - 8:
        raise Doubt
    return data


def _is_odd(text: str) -> bool:
    """Whether a text may have what the native reader does not report or reads in another way."""
    return (
        text.startswith(("%", "---", "..."))
        or "<<" in text
        or bool(_MARKS.search(text) or _BASE.search(text))
        or (any(sign in text for sign in "&*!+") and bool(_SIGN.search(text)))
        or any(not _is_quoted(text, found.start()) for odd in (_QUESTION, _COLON) for found in odd.finditer(text))
        or (len(text) > MAX_LINES and text.count("\n") > MAX_LINES)
    )


def _is_quoted(text: str, at: int) -> bool:
    return _IN_QUOTES.fullmatch(text, text.rfind("\n", 0, at) + 1, at) is not None


def _bare_numbers(text: str) -> Iterator[str]:
    """Yield the grouped numbers in a text before which no quote stands."""
    end = 0
    for joint in _JOINT.finditer(text):
        if (start := joint.start()) < end:
            continue
        while start and "0" <= text[start - 1] <= "9":
            start -= 1
        if number := _GROUPED.match(text, start):
            end = number.end()
            if start == 0 or text[start - 1] not in "\"'":
                yield number[0]
                # In brackets a comma ends a value.
                yield from number[0].split(",")


def _events(data: Any) -> int:
    """Return how many events these values are to the reader that counts them."""
    if isinstance(data, dict):
        return 2 + len(data) + sum(map(_events, data.values()))
    if isinstance(data, list):
        return 2 + sum(map(_events, data))
    return 1


class Shaped:
    """An entry of a file: attributes as the model of the same name has them."""


class Reader:
    """Reads files of one kind of which every agency is among `agencies`."""

    def __init__(self, kind: str, agencies: frozenset[str] = frozenset()) -> None:
        """Make what reads a file of `kind`, the name of its model."""
        # A native reader does not say what was quoted, so that these ids leave a doubt.
        self._agencies = frozenset(agency for agency in agencies if not TRAP.fullmatch(agency))
        self._text = ""
        self._numbers: frozenset[str] | None = None
        self._known: dict[str, Read] = {}
        self._read = self._entry(kind)

    def entries(self, text: str, data: Any) -> Any:
        """Return the values read from `text` as an entry.

        Raises:
            Doubt: something is not plainly right.
        """
        # What holds for the whole text holds for every part of it, if there are no escapes.
        letters = text.replace("\n", "")
        # A quote that is escaped stays what it is.
        escaped = "\\" in text and "\\" in text.replace('\\"', "")
        if escaped or not letters.isprintable() or not unicodedata.is_normalized("NFC", letters):
            raise Doubt
        self._text, self._numbers = text, None
        try:
            return self._read(data)
        except (AttributeError, LookupError, TypeError, ValueError):
            raise Doubt from None

    def _entry(self, name: str) -> Read:
        if name not in self._known:
            # Nothing contains itself, so that the shape of a part is never asked for while it is made.
            self._known[name] = self._entry_of(name)
        return self._known[name]

    def _entry_of(self, name: str) -> Read:
        shape = SHAPES[name]
        fields = {key: (field, *self._optional(kind, key)) for key, (field, kind, _, _) in shape.items()}
        required = frozenset(field for field, _, needed, _ in shape.values() if needed)
        made_of = type(name, (Shaped,), {field: default for field, _, needed, default in shape.values() if not needed})

        def read(value: Any) -> Shaped:
            values: dict[str, Any] = {}
            for key, part in value.items():
                field, of, optional = fields[key]
                values[field] = None if optional and part is None else of(part)
            if not required <= values.keys():
                raise Doubt
            made: Shaped = made_of()
            made.__dict__ = values
            return made

        return read

    def _optional(self, kind: Any, key: str) -> tuple[Read, bool]:
        """Return what reads a value of this kind, and whether it may be None."""
        return (self._of(kind[1], key), True) if kind[0] == "or None" else (self._of(kind, key), False)

    def _of(self, kind: Any, key: str) -> Read:
        if isinstance(kind, str):
            kind = _AGENCIES.get(kind, kind) if key in AGENCY_KEYS or key == "now" else kind
            return self._simple(kind)
        name, *inner = kind
        match name:
            case "entry":
                return self._entry(inner[0])
            case "list":
                return _list(self._of(inner[0], key))
            case "dict":
                return _dict(self._of(inner[0], key), *self._optional(inner[1], ""))
            case "one of":
                return _one_of(frozenset(inner))
            case _:
                return _ruled(_RULES[name], self._of(inner[0], key))

    def _simple(self, kind: str) -> Read:
        reads: dict[str, Read] = {
            "Text": self._words,
            "NumberText": self._words,
            "ScheduleText": self._schedule,
            "TargetValue": self._target,
            "Agency": self._agency,
            "Agencies": _one_or_more(self._agency),
            "Slugs": _one_or_more(_slug),
            **_SIMPLE,
        }
        return reads[kind]

    def _words(self, value: Any) -> str:
        if type(value) is not str:
            return _number(value)
        if value[0] in TRAP_STARTS and TRAP.fullmatch(value):
            self._be_quoted(value)
        if "  " in value or "\n" in value or value[0] == " " or value[-1] == " ":
            return _filled(folded(value))
        text: str = value
        return text

    def _be_quoted(self, value: str) -> None:
        """Raise Doubt unless a value that must be in quotes certainly is."""
        if not _GROUPED.fullmatch(value):
            raise Doubt
        if self._numbers is None:
            self._numbers = frozenset(_bare_numbers(self._text))
        if value in self._numbers:
            raise Doubt

    def _schedule(self, value: Any) -> str:
        text = self._words(value)
        parse_schedule(text)
        return text

    def _target(self, value: Any) -> str | dict[str, str]:
        if isinstance(value, dict):
            texts = {self._words(scope): self._words(text) for scope, text in value.items()}
            if len(texts) < len(value):
                raise Doubt
            parse_scoped(texts)
            return texts
        text = self._words(value)
        parse_target(text)
        return text

    def _agency(self, value: Any) -> str:
        if value not in self._agencies:
            raise Doubt
        agency: str = value
        return agency


def _filled(text: str) -> str:
    if not text:
        raise Doubt
    return text


def _number(value: Any) -> str:
    # Only of these the spelling is certain.
    if type(value) is not int or value <= 0:
        raise Doubt
    return str(value)


def _digits(value: Any) -> str:
    return value if type(value) is str else _number(value)


def _fitting(pattern: re.Pattern[str]) -> Read:
    fits = re.compile(pattern.pattern).fullmatch

    def read(value: Any) -> str:
        if type(value) is not str or not fits(value) or TRAP.fullmatch(value):
            raise Doubt
        return value

    return read


_slug = _fitting(_SLUG)


def _year(value: Any) -> int:
    if not _YEAR.fullmatch(_digits(value)):
        raise Doubt
    return int(value)


def _span(value: Any) -> str:
    text = _digits(value)
    found = _SPAN.fullmatch(text)
    if not found or (found[2] and int(found[2]) < int(found[1])):
        raise Doubt
    return text


def _partial_date(value: Any) -> PartialDate:
    return parse_iso(_digits(value))


def _date(value: Any) -> Any:
    found = _partial_date(value)
    if found.day is None:
        raise Doubt
    return found.first


def _flag(value: Any) -> bool:
    if type(value) is not bool:
        raise Doubt
    return value


def _scope(value: Any) -> int | None:
    if value == "all":
        return None
    if not _COUNT.fullmatch(_digits(value)):
        raise Doubt
    return int(value)


def _list(of: Read) -> Read:
    def read(value: Any) -> list[Any]:
        if not isinstance(value, list) or len(value) > MAX_ENTRIES:
            raise Doubt
        return [of(part) for part in value]

    return read


def _one_or_more(of: Read) -> Read:
    listed = _list(of)

    def read(value: Any) -> list[Any]:
        return [of(value)] if type(value) is str else listed(value)

    return read


def _dict(key_of: Read, of: Read, optional: bool) -> Read:  # noqa: FBT001 - what `_optional` returns
    def read(value: Any) -> dict[Any, Any]:
        found = {key_of(key): None if optional and part is None else of(part) for key, part in value.items()}
        # 2025 and "2025" are one key.
        if len(found) < len(value) or len(value) > MAX_ENTRIES:
            raise Doubt
        return found

    return read


def _one_of(codes: frozenset[str]) -> Read:
    def read(value: Any) -> str:
        if value not in codes:
            raise Doubt
        code: str = value
        return code

    return read


def _ruled(holds: Callable[[Any], bool], of: Read) -> Read:
    def read(value: Any) -> Any:
        found = of(value)
        if not holds(found):
            raise Doubt
        return found

    return read


_AGENCIES = {"Slug": "Agency", "Slugs": "Agencies"}
_RULES: dict[str, Callable[[Any], bool]] = {
    "some": bool,
    "in order": lambda period: period.to is None or period.to >= period.from_,
}
_SIMPLE: dict[str, Read] = {
    "Flag": _flag,
    "Year": _year,
    "SingleYearKey": lambda value: str(_year(value)),
    "YearKey": _span,
    "IsoDate": _date,
    "MaybeDate": _partial_date,
    "Slug": _slug,
    "RowId": _fitting(_ROW_ID),
    "Scope": _scope,
}
