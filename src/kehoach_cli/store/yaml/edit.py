"""Changes values in a YAML file and keeps its comments, its order and its other entries."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from io import StringIO
from typing import Any

from kehoach_cli.core.forms.collect import Change
from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.store.yaml.tree import parse

_WIDTH = 4096
_COMMENT = re.compile(r"(?:^|\s)(#.*)$", re.MULTILINE)


class EditError(Exception):
    """The file cannot be changed without losing part of it; nothing was changed."""


def edited(text: str, at: KeyPath, changes: Iterable[Change]) -> str:
    """Return `text` with the changes made in the document at `at`.

    Raises:
        EditError: the result would lose a comment, or hold other data than asked for.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError
    from ruamel.yaml.util import load_yaml_guess_indent

    body = text.removeprefix("\ufeff")
    expected = _plain(parse(body).tree)
    try:
        _, indent, offset = load_yaml_guess_indent(body)
        yaml = YAML()
        yaml.preserve_quotes = True
        data = yaml.load(body)
        yaml.width = _WIDTH
        yaml.explicit_start = body.lstrip().startswith("---")
        sequence = (indent or 2) if isinstance(data, Mapping) else 2
        yaml.indent(mapping=indent or 2, sequence=sequence + (offset or 0), offset=offset or 0)
        for change in changes:
            _apply(_at(data, at), change.path, change.after, quoted=True)
            _apply(_at(expected, at), change.path, change.after, quoted=False)
        target = StringIO()
        yaml.dump(data, target)
    except (YAMLError, KeyError, IndexError, TypeError) as error:
        raise EditError(str(error)) from None
    result = target.getvalue()
    if _plain(parse(result).tree) != _as_text(expected) or not _comments(body) <= _comments(result):
        raise EditError
    if "\r\n" in body:
        result = result.replace("\r\n", "\n").replace("\n", "\r\n")
    return ("\ufeff" if text != body else "") + result


def _apply(document: Any, path: KeyPath, value: Any, *, quoted: bool) -> None:
    *parents, last = path
    for key in parents:
        child = document.get(key)
        if not isinstance(child, dict):
            document[key] = child = type(document)()
        document = child
    if value is None:
        document.pop(last, None)
    else:
        document[last] = _node(value) if quoted else value


def _node(value: Any) -> Any:
    """Return a value as it is written: text in quotes, days and codes without quotes."""
    from ruamel.yaml.comments import CommentedMap
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if isinstance(value, Mapping):
        found = CommentedMap()
        for key, child in value.items():
            found[key] = child if key == "status" else _node(child)
        return found
    if isinstance(value, list | tuple):
        return [_node(child) for child in value]
    return DoubleQuotedScalarString(value) if isinstance(value, str) else value


def _at(data: Any, at: KeyPath) -> Any:
    for part in at:
        data = data[part]
    return data


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
    return {" ".join(found.split()) for found in _COMMENT.findall(text)}
