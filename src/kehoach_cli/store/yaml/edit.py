"""Changes values in a YAML file in their places: every other character of the file stays as it is."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from kehoach_cli.core.forms.changes import AnswerChange
from kehoach_cli.core.forms.progress_text import flow_text, key_text, pair_lines
from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.store.yaml.tree import parse, quoted_lines

_COMMENT = re.compile(r"(?:^|(?<=\s))(?=(#.*))")


class EditError(Exception):
    """The file cannot be changed without losing part of it; nothing was changed."""


def edited(text: str, at: KeyPath, changes: Iterable[AnswerChange]) -> str:
    """Return `text` with the changes made in the document at `at`.

    Raises:
        EditError: the result would lose a comment, or hold other data than asked for.
    """
    from ruamel.yaml.error import YAMLError

    body = text.removeprefix("\ufeff")
    expected = _plain(parse(body).tree)
    result = body.replace("\r\n", "\n")
    try:
        for change in changes:
            result = _changed(result, (*at, *change.path), change.after)
            _apply(expected, (*at, *change.path), change.after)
    except (YAMLError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise EditError(str(error)) from None
    if _plain(parse(result).tree) != _as_text(expected) or not _comments(body) <= _comments(result):
        raise EditError
    if "\r\n" in body:
        result = result.replace("\n", "\r\n")
    return ("\ufeff" if text != body else "") + result


def _changed(text: str, path: KeyPath, value: Any) -> str:
    """Return the text with the value at `path` replaced, added, or removed where `value` is None."""
    from ruamel.yaml import YAML

    parent = YAML(typ="safe", pure=True).compose(text)
    for depth, part in enumerate(path):
        last = depth == len(path) - 1
        place = _Place(text, parent, part)
        if place.node is not None and not last and place.node.value and not isinstance(place.node.value, str):
            parent = place.node
            continue
        if value is None:
            return place.removed() if last and place.node is not None else text
        inner = _nested(path[depth + 1 :], value)
        return place.added(inner) if place.node is None else place.replaced(inner)
    return text


def _nested(path: KeyPath, value: Any) -> Any:
    for part in reversed(path):
        value = [value] if isinstance(part, int) else {part: value}
    return value


class _Place:
    """One entry of a mapping or a list in a text; `node` is None where it is missing."""

    def __init__(self, text: str, parent: Any, part: str | int) -> None:
        """Find the entry; `keys` and `values` are the nodes of all entries of its parent."""
        self._text, self._parent, self._part = text, parent, part
        pairs = isinstance(parent.value[0], tuple) if parent.value else not isinstance(part, int)
        self._keys = [key for key, _ in parent.value] if pairs else list(parent.value)
        self._values = [value for _, value in parent.value] if pairs else list(parent.value)
        self._pairs = pairs
        names = [key.value for key in self._keys] if pairs else list(range(len(self._values)))
        wanted = str(part) if pairs else part
        self._index = names.index(wanted) if wanted in names else None
        self.node: Any = None if self._index is None else self._values[self._index]

    def replaced(self, value: Any) -> str:
        """Return the text with another value here."""
        key, node = self._keys[self._index or 0], self.node
        start, end = node.start_mark.index, _end(self._text, node)
        after = self._text[end : self._line_end(end)]
        if start == node.end_mark.index:
            # The value is empty: it stands at the colon of its key.
            start = end = key.end_mark.index + 1
            return f"{self._text[:start]} {flow_text(value, self._part)}{self._text[end:]}"
        # A whole mapping needs lines of its own; behind a comment there is no place for them.
        if self._parent.flow_style or not self._pairs or after.strip() or not _in_lines(value, self._part):
            return self._text[:start] + flow_text(value, self._part) + self._text[end:]
        return self._text[: key.start_mark.index] + self._lines(value, key.start_mark.column) + self._text[end:]

    def added(self, value: Any) -> str:
        """Return the text with a new entry behind the others."""
        if self._parent.flow_style:
            new = flow_text(value, self._part)
            new = f"{key_text(self._part)}: {new}" if self._pairs else new
            end = _end(self._text, self._values[-1]) if self._values else self._parent.start_mark.index + 1
            return f"{self._text[:end]}{', ' if self._values else ''}{new}{self._text[end:]}"
        end = self._line_end(_end(self._text, self._values[-1], self._keys[-1]))
        column = self._keys[0].start_mark.column if self._pairs else self._parent.start_mark.column
        new = self._lines(value, column) if self._pairs else f"- {flow_text(value)}"
        return f"{self._text[:end]}\n{' ' * column}{new}{self._text[end:] or chr(10)}"

    def removed(self) -> str:
        """Return the text without this entry; lines of comments within it stay."""
        index = self._index or 0
        start, end = self._keys[index].start_mark.index, _end(self._text, self.node, self._keys[index])
        if not self._parent.flow_style:
            start, end = self._text.rfind("\n", 0, start) + 1, self._line_end(end) + 1
            return self._text[:start] + "".join(self._comment_lines(start, end)) + self._text[end:]
        if index:
            start = _end(self._text, self._values[index - 1])
        elif len(self._values) > 1:
            end = self._keys[1].start_mark.index
        return self._text[:start] + self._text[end:]

    def _comment_lines(self, start: int, end: int) -> Iterator[str]:
        """Yield the lines between two places that are comments; a # at the beginning of a line of a quoted text begins none."""
        inside = {line for (first, _), (last, _) in quoted_lines(self._text) for line in range(first + 1, last + 1)}
        for number, line in enumerate(
            self._text[start:end].splitlines(keepends=True), self._text.count("\n", 0, start) + 1
        ):
            if line.lstrip().startswith("#") and number not in inside:
                yield line

    def _lines(self, value: Any, column: int) -> str:
        return f"\n{' ' * column}".join(pair_lines(self._part, value))

    def _line_end(self, index: int) -> int:
        found = self._text.find("\n", index)
        return len(self._text) if found < 0 else found


def _in_lines(value: Any, key: object) -> bool:
    """Whether a value is written in lines of its own below its key."""
    return len(list(pair_lines(key, value))) > 1


def _end(text: str, node: Any, key: Any = None) -> int:
    """Return where the last character of a value ends; the parser also counts the blank lines behind it."""
    if node.value and not isinstance(node.value, str) and not node.flow_style:
        last = node.value[-1]
        return _end(text, last[1], last[0]) if isinstance(last, tuple) else _end(text, last)
    start, end = node.start_mark.index, node.end_mark.index
    if start == end and key is not None:
        return int(key.end_mark.index) + 1
    return int(start) + len(text[start:end].rstrip())


def _apply(document: Any, path: KeyPath, value: Any) -> None:
    *parents, last = path
    for depth, key in enumerate(parents):
        child = document[int(key)] if isinstance(document, list) else document.get(str(key))
        if not isinstance(child, dict | list):
            document[str(key)] = child = [] if isinstance(path[depth + 1], int) else {}
        document = child
    if isinstance(document, list) and isinstance(last, int):
        index = last
        document[index : index + 1] = [] if value is None else [value]
    elif value is None:
        document.pop(str(last), None)
    else:
        document[str(last)] = value


def _plain(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {str(key): _plain(value) for key, value in tree.items()}
    return [_plain(value) for value in tree] if isinstance(tree, list) else tree


def _as_text(value: Any) -> Any:
    """Return data as our parser gives them: numbers and days as text."""
    if isinstance(value, Mapping):
        return {str(key): _as_text(child) for key, child in value.items()}
    if isinstance(value, list | tuple):
        return [_as_text(child) for child in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _comments(text: str) -> set[str]:
    """Return the comments of a text; a # inside a quoted or block value begins none."""
    spans = list(quoted_lines(text))
    found = set()
    for number, line in enumerate(text.split("\n"), 1):
        for mark in _COMMENT.finditer(line):
            place = number, mark.start(1) + 1
            if not any(start <= place < end for start, end in spans):
                found.add(" ".join(mark[1].split()))
                break
    return found
