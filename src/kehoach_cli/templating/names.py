"""Checks the names a template uses against the types of its variables, before anything is filled in."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from jinja2 import nodes

from kehoach_cli.templating.language import ONLY_LISTS
from kehoach_cli.templating.sandbox import environment, source_faults
from kehoach_cli.templating.values import is_value_class, member_types


def check_names(sources: Sequence[str], schema: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Yield (index, message) for each fault in the tags of a template; every source is one tag on one line.

    `schema` gives the type of each variable, `Any` where it is not known.
    """
    source = "\n".join(sources)
    faults = source_faults(source) or _TypeWalk(schema).check(environment().parse(source))
    for line, message in faults:
        yield min(max(line, 1), max(len(sources), 1)) - 1, message


class _TypeWalk:
    """Follows the types of variables through a template; a type that is not known is `Any`."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._schema = schema
        self._problems: list[tuple[int, str]] = []

    def check(self, tree: nodes.Template) -> list[tuple[int, str]]:
        """Return (line, message) for each unknown name and each construct that is not allowed."""
        self._body(tree.body, dict(self._schema))
        return self._problems

    def _body(self, body: Sequence[nodes.Node], scope: dict[str, Any]) -> None:
        for node in body:
            if isinstance(node, nodes.For):
                self._loop(node, scope)
            elif isinstance(node, nodes.If):
                self._type(node.test, scope)
                self._body(node.body, scope)
                for branch in node.elif_:
                    self._body([branch], scope)
                self._body(node.else_, scope)
            elif isinstance(node, nodes.Output):
                for part in node.nodes:
                    self._shown(part, scope)
            elif isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
                scope[node.target.name] = self._type(node.node, scope)

    def _loop(self, node: nodes.For, scope: dict[str, Any]) -> None:
        inner = dict(scope)
        item = _item(self._type(node.iter, scope))
        for name in node.target.find_all(nodes.Name):
            inner[name.name] = Any
        if isinstance(node.target, nodes.Name):
            inner[node.target.name] = Any if item is None else item
        if item is None:
            self._say(node, ONLY_LISTS)
        inner["loop"] = Any
        if node.test:
            self._type(node.test, inner)
        self._body(node.body, inner)
        self._body(node.else_, scope)

    def _shown(self, node: nodes.Node, scope: Mapping[str, Any]) -> None:
        kind = _without_none(self._type(node, scope))
        if get_origin(kind) is tuple:
            self._say(node, "biến này là danh sách: lặp qua bằng for, hoặc nối bằng join")
        elif is_value_class(kind):
            self._say(node, "biến này gồm nhiều phần: viết thêm dấu chấm và tên của phần cần in")

    def _type(self, node: nodes.Node, scope: Mapping[str, Any]) -> Any:
        if isinstance(node, nodes.Name):
            return self._named(node, node.name, scope, "biến")
        if isinstance(node, nodes.Getattr):
            return self._attribute(node, scope)
        if isinstance(node, nodes.Getitem):
            inner = self._type(node.node, scope)
            self._type(node.arg, scope)
            return _item(inner) if get_origin(inner) is tuple else Any
        if isinstance(node, nodes.TemplateData | nodes.Const):
            return Any
        for child in node.iter_child_nodes():
            self._type(child, scope)
        return Any

    def _attribute(self, node: nodes.Getattr, scope: Mapping[str, Any]) -> Any:
        owner = _without_none(self._type(node.node, scope))
        if owner is Any:
            if node.attr.startswith("_"):
                self._say(node, f'không có thuộc tính "{node.attr}"')
            return Any
        if is_value_class(owner):
            return self._named(node, node.attr, member_types(owner), "thuộc tính")
        self._say(node, f'không có thuộc tính "{node.attr}"')
        return Any

    def _named(self, node: nodes.Node, name: str, known: Mapping[str, Any], what: str) -> Any:
        if name in known:
            return known[name]
        near = difflib.get_close_matches(name, known, n=1)
        self._say(node, f'không có {what} "{name}"' + (f'; ý bạn là "{near[0]}"?' if near else ""))
        return Any

    def _say(self, node: nodes.Node, message: str) -> None:
        self._problems.append((node.lineno, message))


def _without_none(hint: Any) -> Any:
    """Return a type without `None` among its alternatives."""
    if get_origin(hint) in {Union, UnionType}:
        rest = [one for one in get_args(hint) if one is not NoneType]
        return rest[0] if len(rest) == 1 else Any
    return hint


def _item(hint: Any) -> Any:
    """Return the type of the items of a list; None where the type is no list."""
    bare = _without_none(hint)
    if bare is Any:
        return Any
    arguments = get_args(bare)
    return arguments[0] if arguments else None
