"""Validating a tree against a schema: every error becomes a finding with a place and a Vietnamese message."""

from difflib import get_close_matches
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kehoach_cli.core.model.finding import KeyPath
from kehoach_cli.store.readers.file_reading import FileReading
from kehoach_cli.store.schema.base import shown
from kehoach_cli.store.yaml.tree import Mapping

ModelT = TypeVar("ModelT", bound=BaseModel)

# Nobody reads more at once, and each one costs a search for the nearest key.
_MOST_ERRORS = 1000

_SHAPES = {
    "list_type": 'phải là một danh sách (mỗi mục một dòng bắt đầu bằng "- ", hoặc viết trong [ ])',
    "dict_type": "phải là một nhóm khóa (mỗi khóa một dòng, thụt vào)",
    "model_type": "phải là một nhóm khóa (mỗi khóa một dòng, thụt vào)",
    "model_attributes_type": "phải là một nhóm khóa (mỗi khóa một dòng, thụt vào)",
    "frozen_instance": "không sửa được",
    "too_short": "trống; phải có ít nhất một mục",
}


# What a file of a kind is, and where it belongs.
_HOMES = {
    "plan": ("kế hoạch", "plans/"),
    "registry": ("danh bạ cơ quan", "plans/agencies/"),
    "amendment": ("sửa đổi kế hoạch", "plans/amendments/"),
    "source": ("sổ nguồn", "plans/sources/"),
    "legal": ("sổ hiệu lực văn bản (legal.yaml)", "plans/"),
    "progress": ("báo cáo tiến độ", "progress/"),
}


def validated(reading: FileReading, model: type[ModelT], tree: Any, at: KeyPath = ()) -> ModelT | None:
    """Return a tree of the file, which stands `at` a key path, as a model; None where errors make it unusable."""
    if _is_misplaced(reading, model, tree, at):
        return None
    try:
        return model.model_validate(tree)
    except ValidationError as refused:
        errors = refused.errors(include_url=False)
    for error in errors[:_MOST_ERRORS]:
        _report_error(reading, model, error, at)
    if len(errors) > _MOST_ERRORS:
        message = f"còn {len(errors) - _MOST_ERRORS} lỗi nữa trong tệp này; sửa các lỗi đã nêu rồi chạy lại"
        reading.report("K005", at, message)
    return None


def _report_error(reading: FileReading, model: type[BaseModel], error: ErrorDetails, at: KeyPath) -> None:
    loc = tuple(part for part in error["loc"] if part != "[key]")
    path: KeyPath = (*at, *loc)
    context = error.get("ctx", {})
    if error["type"] == "kehoach":
        message, at_key = str(context["message"]), error["loc"][-1] == "[key]"
        if loc and context["code"] in {"K103", "K402", "K501"} and isinstance(loc[-1], str):
            message = f'khóa "{loc[-1]}": {message}'
        hint = (_cut_hint(reading, path) if at_key else None) or context["hint"]
        reading.report(context["code"], path, message, key=at_key, hint=hint, soft=False)
    elif error["type"] == "missing":
        reading.report("K104", path[:-1], f'thiếu khóa "{loc[-1]}"', hint="thêm khóa này", soft=False)
    elif error["type"] == "extra_forbidden":
        _report_unknown_key(reading, model, path, loc)
    else:
        where = f'khóa "{loc[-1]}": ' if loc and isinstance(loc[-1], str) else ""
        message = _SHAPES.get(error["type"], f'giá trị "{shown(error["input"])}" không đúng dạng')
        reading.report("K103", path, f"{where}{message}", soft=False)


def _is_misplaced(reading: FileReading, model: type[BaseModel], tree: Any, at: KeyPath) -> bool:
    """Report a file of another kind than those of its folder: one error, not one for each of its keys."""
    field = model.model_fields.get("kehoach")
    given = tree.get("kehoach") if isinstance(tree, Mapping) else None
    kind = str(given).partition("/")[0]
    if field is None or kind not in _HOMES or str((field.examples or [""])[0]).startswith(f"{kind}/"):
        return False
    name, folder = _HOMES[kind]
    message = f'tệp này là {name} ("{shown(given)}"), để nhầm thư mục nên chưa được đọc'
    reading.report("K103", (*at, "kehoach"), message, hint=f"chuyển tệp vào {folder}", soft=False)
    return True


def _report_unknown_key(reading: FileReading, model: type[BaseModel], path: KeyPath, loc: KeyPath) -> None:
    known = _keys_at(model, loc[:-1])
    near = get_close_matches(str(loc[-1]), known, n=1, cutoff=0.5)
    hint = f'ý bạn là "{near[0]}"?' if near else f"các khóa dùng được: {', '.join(known)}"
    hint = _cut_hint(reading, path) or hint
    reading.report("K101", path, f'không có khóa "{shown(loc[-1])}" ở đây', key=True, hint=hint, soft=False)


def _cut_hint(reading: FileReading, path: KeyPath) -> str | None:
    """Return the mend where the key at `path` is what a comma cut from the value before it."""
    if cut := reading.cut_text(path):
        return f'văn bản có dấu phẩy, viết trong {{ }}, phải đặt trong dấu nháy kép: {cut[0]}: "{shown(cut[1])}"'
    return None


def _keys_at(model: type[BaseModel], loc: KeyPath) -> list[str]:
    """Return the keys that the schema knows at `loc`."""
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
