"""Judging a tree by a schema: every fault becomes a located finding in the officer's language."""

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kehoach_cli.core.document import Trap
from kehoach_cli.core.finding import Finding, KeyPath, Severity
from kehoach_cli.store.schema.base import shown
from kehoach_cli.store.tree import Mapping, place

ModelT = TypeVar("ModelT", bound=BaseModel)

# More than anybody reads at once, and each costs a search for the nearest key.
_MOST_FAULTS = 1000

_SHAPES = {
    "list_type": 'phải là một danh sách (mỗi mục một dòng bắt đầu bằng "- ", hoặc viết trong [ ])',
    "dict_type": "phải là một nhóm khóa (mỗi khóa một dòng, thụt vào)",
    "model_type": "phải là một nhóm khóa (mỗi khóa một dòng, thụt vào)",
    "model_attributes_type": "phải là một nhóm khóa (mỗi khóa một dòng, thụt vào)",
    "frozen_instance": "không sửa được",
}


@dataclass
class Judge:
    """One file under judgement: its tree, its name, and what was found so far."""

    file: str
    tree: Any
    path: str = ""
    text: str = ""
    traps: tuple[Trap, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    fatal: bool = False
    cells: AnyMapping[KeyPath, str] = field(default_factory=dict)

    def cell(self, path: KeyPath) -> str | None:
        """Return the cell of a workbook in which the value at `path`, or its nearest known parent, stands."""
        return next((self.cells[path[:end]] for end in range(len(path), -1, -1) if path[:end] in self.cells), None)

    def mark(self, path: KeyPath) -> tuple[int, int]:
        """Return line and column (1-based) of the value at `path`."""
        return place(self.tree, path)

    @property
    def province(self) -> str:
        """The province a registry or plan says it is of."""
        return next(iter(self.ids("province")), "")

    def ids(self, key: str) -> set[str]:
        """Return what the file, or each document of its list, has under a top-level key."""
        trees = self.tree if isinstance(self.tree, list) else [self.tree]
        return {found for tree in trees if isinstance(tree, Mapping) and isinstance(found := tree.get(key), str)}

    def report(
        self, code: str, path: KeyPath, message: str, *, key: bool = False, hint: str | None = None, soft: bool = True
    ) -> None:
        """Add an error at `path` (at its key if `key`); one that is not `soft` makes the file unusable."""
        line, column = place(self.tree, path, key=key)
        cell = self.cell(path)
        self.findings.append(Finding(code, Severity.ERROR, self.file, message, line, column, path, hint, cell=cell))
        self.fatal = self.fatal or not soft

    def validate(self, model: type[ModelT], tree: Any = None, at: KeyPath = ()) -> ModelT | None:
        """Return the file as a model, None where its faults leave nothing to stand on.

        Faults of notation (a target, a schedule that is not understood) are reported and the value is kept as printed.
        """
        tree = self.tree if tree is None else tree
        try:
            return model.model_validate(tree)
        except ValidationError as error:
            faults = error.errors(include_url=False)
        for fault in faults[:_MOST_FAULTS]:
            self._report_fault(model, fault, at)
        if len(faults) > _MOST_FAULTS:
            message = f"còn {len(faults) - _MOST_FAULTS} lỗi nữa trong tệp này; sửa các lỗi đã nêu rồi chạy lại"
            self.report("K005", at, message)
        if any(not fault.get("ctx", {}).get("soft") for fault in faults):
            return None
        return model.model_validate(tree, context={"lenient": True})

    def _report_fault(self, model: type[BaseModel], fault: ErrorDetails, at: KeyPath) -> None:
        loc = tuple(part for part in fault["loc"] if part != "[key]")
        path: KeyPath = (*at, *loc)
        context = fault.get("ctx", {})
        if fault["type"] == "kehoach":
            message, at_key = str(context["message"]), fault["loc"][-1] == "[key]"
            if loc and context["code"] in {"K103", "K402", "K501"} and isinstance(loc[-1], str):
                message = f'khóa "{loc[-1]}": {message}'
            self.report(context["code"], path, message, key=at_key, hint=context["hint"], soft=context["soft"])
        elif fault["type"] == "missing":
            self.report("K104", path[:-1], f'thiếu khóa "{loc[-1]}"', hint="thêm khóa này", soft=False)
        elif fault["type"] == "extra_forbidden":
            self._report_unknown_key(model, path, loc)
        else:
            where = f'khóa "{loc[-1]}": ' if loc and isinstance(loc[-1], str) else ""
            message = _SHAPES.get(fault["type"], f'giá trị "{shown(fault["input"])}" không đúng dạng')
            self.report("K103", path, f"{where}{message}", soft=False)

    def _report_unknown_key(self, model: type[BaseModel], path: KeyPath, loc: KeyPath) -> None:
        known = _keys_at(model, loc[:-1])
        near = get_close_matches(str(loc[-1]), known, n=1, cutoff=0.5)
        hint = f'ý bạn là "{near[0]}"?' if near else f"các khóa dùng được: {', '.join(known)}"
        self.report("K101", path, f'không có khóa "{shown(loc[-1])}" ở đây', key=True, hint=hint, soft=False)


def _keys_at(model: type[BaseModel], loc: KeyPath) -> list[str]:
    """Return the keys the schema knows at `loc`, following lists and mappings down."""
    current: Any = model
    for part in loc:
        current = _inner(current)
        if isinstance(current, type) and issubclass(current, BaseModel):
            by_alias = {info.alias or name: info.annotation for name, info in current.model_fields.items()}
            current = by_alias.get(str(part))
        elif get_origin(current) in {list, dict}:
            current = get_args(current)[-1]
        else:
            return []
    current = _inner(current)
    if isinstance(current, type) and issubclass(current, BaseModel):
        return [info.alias or name for name, info in current.model_fields.items()]
    return []


def _inner(annotation: Any) -> Any:
    """Return the annotation without `| None` and `Annotated`."""
    while True:
        if hasattr(annotation, "__metadata__"):
            annotation = annotation.__origin__
        elif get_origin(annotation) in {Union, UnionType}:
            annotation = next(arg for arg in get_args(annotation) if arg is not type(None))
        else:
            return annotation
