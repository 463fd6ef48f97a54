"""Write `store/schema/shapes.py`, the schemas as plain data: `python scripts/build_shapes.py`. A test holds it current."""

import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from kehoach_cli.store.schema import base, plan
from kehoach_cli.store.schema.base import FileModel, OneOf
from kehoach_cli.store.schema.plan import PlanFile
from kehoach_cli.store.schema.registry import RegistryFile

TARGET = Path(__file__).resolve().parent.parent / "src" / "kehoach_cli" / "store" / "schema" / "shapes.py"
HEAD = '''"""The shapes of plans and registries as plain data, for `readers/plainly.py`: written by `scripts/build_shapes.py`.

For each model and key: the attribute, what the value must be, whether the key must be there, and the value without it.
"""

from typing import Any

'''

_TYPES = {
    name: getattr(module, name)
    for module, names in (
        (
            base,
            "Text NumberText Flag Year SingleYearKey YearKey IsoDate MaybeDate Slug RowId ScheduleText TargetValue",
        ),
        (plan, "Slugs Scope"),
    )
    for name in names.split()
}
# What a validator of our own adds to a type.
_RULES = {plan._in_order: "in order", plan._some_targets: "some"}  # noqa: SLF001 - the data stand for them


def shapes() -> dict[str, dict[str, tuple[Any, ...]]]:
    """Return the shapes of every model a plan or a registry consists of."""
    found: dict[str, dict[str, tuple[Any, ...]]] = {}
    waiting: list[type[FileModel]] = [PlanFile, RegistryFile]
    while waiting:
        model = waiting.pop()
        if model.__name__ in found:
            continue
        hints = get_type_hints(model, include_extras=True)
        found[model.__name__] = {
            info.alias or name: (name, _kind(hints[name], waiting), info.is_required(), info.get_default())
            if not info.is_required()
            else (name, _kind(hints[name], waiting), True, None)
            for name, info in model.model_fields.items()
        }
    return dict(sorted(found.items()))


def _kind(hint: Any, waiting: list[type[FileModel]]) -> Any:
    for name, known in _TYPES.items():
        if hint == known:
            return name
    inner = get_args(hint)
    if get_origin(hint) is Annotated or hasattr(hint, "__metadata__"):
        return _annotated(inner, waiting)
    if get_origin(hint) is list:
        return "list", _kind(inner[0], waiting)
    if get_origin(hint) is dict:
        return "dict", _kind(inner[0], waiting), _kind(inner[1], waiting)
    if type(None) in inner:
        return "or None", _kind(next(kind for kind in inner if kind is not type(None)), waiting)
    if isinstance(hint, type) and issubclass(hint, FileModel):
        waiting.append(hint)
        return "entry", hint.__name__
    raise TypeError(f"no kind for {hint}")


def _annotated(inner: tuple[Any, ...], waiting: list[type[FileModel]]) -> Any:
    for extra in inner[1:]:
        if isinstance(extra, OneOf):
            return "one of", *extra.labels
        if (rule := _RULES.get(getattr(extra, "func", None))) is not None:  # type: ignore[arg-type]
            return rule, _kind(inner[0], waiting)
    raise TypeError(f"no kind for {inner}")


def main() -> None:
    """Write the module."""
    TARGET.write_text(f"{HEAD}SHAPES: dict[str, dict[str, tuple[Any, ...]]] = {shapes()!r}\n", encoding="utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", str(TARGET)], check=True)  # noqa: S603


if __name__ == "__main__":
    main()
