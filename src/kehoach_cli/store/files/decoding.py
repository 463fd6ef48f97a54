"""JSON that kehoach wrote itself: it is read as if anybody had written it."""

from typing import TypeVar

from msgspec import MsgspecError
from msgspec.json import decode

ValueT = TypeVar("ValueT")


def decoded_or_none(data: bytes, kind: type[ValueT]) -> ValueT | None:
    """Return the value, None where the JSON is damaged, nested too deeply, or not of this type."""
    try:
        return decode(data, type=kind)
    except (MsgspecError, UnicodeDecodeError, RecursionError):
        return None
