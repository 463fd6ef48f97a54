"""Refuses data with control or invisible characters before it reaches a document."""

from collections.abc import Collection, Iterable, Iterator

from kehoach_cli.errors import CannotRunError
from kehoach_cli.templating.values import field_names, is_value
from kehoach_cli.viet.text import first_control

_AROUND = 20


def refuse_controls(value: object, reserved: Collection[str] = ()) -> None:
    """Refuse a text with a control or invisible character, or with a `reserved` one, which marks something while rendering.

    Raises:
        CannotRunError: the message names the character, the variable it came in and the row, if it has an id.
    """
    # There are many texts and faults are rare: the place of a fault is looked for only when there is one.
    if _first_fault("\n".join(_texts(value)), reserved) is None:
        return
    for path, text in _texts_with_paths(value, ""):
        if found := _first_fault(text, reserved):
            offset, name = found
            before, after = text[max(0, offset - _AROUND) : offset], text[offset + 1 : offset + _AROUND]
            raise CannotRunError(
                f"không đưa ký tự điều khiển hoặc ký tự ẩn {name} vào văn bản",
                f"ở {path}: {before}⟦{name}⟧{after}",
                "sửa chỗ đó trong tệp dữ liệu rồi chạy lại",
            )


def _first_fault(text: str, reserved: Collection[str]) -> tuple[int, str] | None:
    """Return offset and name of the first character that is refused."""
    found = first_control(text)
    if found is not None or not any(one in text for one in reserved):
        return found
    return next((offset, f"U+{ord(letter):04X}") for offset, letter in enumerate(text) if letter in reserved)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_value(value):
        for name in field_names(value):
            yield from _texts(getattr(value, name))
    elif isinstance(value, Iterable):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


def _texts_with_paths(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
        return
    if isinstance(value, dict) or is_value(value):
        items = value if isinstance(value, dict) else {name: getattr(value, name) for name in field_names(value)}
        own = items.get("id")
        here = f"{path} ({own})" if isinstance(own, str) else path
        for key, item in items.items():
            yield from _texts_with_paths(item, f"{here}.{key}" if here else str(key))
    elif isinstance(value, Iterable):
        for index, item in enumerate(value):
            yield from _texts_with_paths(item, f"{path}[{index}]")
