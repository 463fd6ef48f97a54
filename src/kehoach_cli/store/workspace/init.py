"""The files of a new workspace: a small sample plan, a registry, settings, schemas, checks in CI."""

import json
import re
from pathlib import Path

from msgspec import Struct

from kehoach_cli import __version__
from kehoach_cli.core.model.agency import CENTRAL
from kehoach_cli.store.workspace.paths import builtin_folder

_STARTER = Path(__file__).resolve().parent / "starter"
# Where each starter file goes; the plan and the registry are named after what is asked.
_PLACES = {
    "README.md": "README.md",
    "kehoach.toml": "kehoach.toml",
    "gitignore": ".gitignore",
    "github.yml": ".github/workflows/plans.yml",
    "gitlab.yml": ".gitlab-ci.yml",
    "pre-commit.yaml": ".pre-commit-config.yaml",
}
_BLANK = re.compile(r"<<([a-z+0-9-]+)>>")


class Starter(Struct, frozen=True):
    """What the new workspace is for: ids of province and plan, their names, and the sample plan's first year."""

    province: str
    province_name: str
    plan: str
    title: str
    year: int


def known_provinces() -> tuple[str, ...]:
    """Return the provinces whose registry comes with kehoach."""
    folder = builtin_folder() / "plans" / "agencies"
    return tuple(path.stem for path in sorted(folder.glob("*.yaml")) if path.stem != CENTRAL)


def starter_files(starter: Starter) -> dict[str, bytes]:
    """Return the files of the new workspace by their path in it.

    A province whose registry comes with kehoach gets that one; any other gets the departments that most provinces have.
    """
    blanks = {
        "province": starter.province,
        "province-name": _quoted(starter.province_name),
        "plan": starter.plan,
        "title": _quoted(starter.title),
        "heading": starter.title,
        "cite": _quoted(f"{starter.title} (bản mẫu)"),
        "version": __version__,
        **{f"year+{ahead}" if ahead else "year": str(starter.year + ahead) for ahead in range(5)},
    }
    shipped = builtin_folder()
    registries = shipped / "plans" / "agencies"
    registry = registries / f"{starter.province}.yaml"
    files = {place: _filled(name, blanks) for name, place in _PLACES.items()}
    files[f"plans/{starter.plan}.yaml"] = _filled("plan.yaml", blanks)
    files[f"plans/agencies/{starter.province}.yaml"] = (
        registry.read_bytes() if registry.is_file() else _filled("registry.yaml", blanks)
    )
    files[f"plans/agencies/{CENTRAL}.yaml"] = (registries / f"{CENTRAL}.yaml").read_bytes()
    return files | {f"schemas/{path.name}": path.read_bytes() for path in sorted((shipped / "schemas").glob("*.json"))}


def _filled(name: str, blanks: dict[str, str]) -> bytes:
    text = (_STARTER / name).read_text(encoding="utf-8")
    return _BLANK.sub(lambda blank: blanks[blank[1]], text).encode()


def _quoted(text: str) -> str:
    """Return the text as a JSON string, which YAML reads back whatever it holds."""
    return json.dumps(text, ensure_ascii=False)
