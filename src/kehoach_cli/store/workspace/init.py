"""The files of a new workspace: a small sample plan, a registry, settings, schemas, checks in CI."""

import json
import re
from pathlib import Path

from msgspec import Struct

from kehoach_cli import __version__
from kehoach_cli.core.model.agency import CENTRAL
from kehoach_cli.store.base.provinces import Province, find_province
from kehoach_cli.store.base.registry import completed, registry_of, registry_text
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
_HEADING = (
    "Danh bạ viết từ danh bạ nền của kehoach: cơ quan thường có ở cấp tỉnh, trước và sau sắp xếp năm 2025.",
    "Đối chiếu với tỉnh mình, rồi thêm, sửa, xóa. Mã (id) đã dùng thì không đổi.",
    "Tên in trong văn bản phải có ở name, short hoặc also của đúng một cơ quan; viết tắt thường gặp được đọc tự động.",
    "certain: false = chưa chắc chắn, cần xác nhận trước khi dùng.",
)
# A department and the ministry that stands in its place where the plan is one of the Government.
_CENTRAL_WORDS = {
    "so-": "bo-",
    "ubnd-tinh": "thu-tuong",
    "UBND tỉnh": "Thủ tướng Chính phủ",
    "Sở ": "Bộ ",
    '"ỦY BAN NHÂN DÂN", "TỈNH …"': '"CHÍNH PHỦ"',
    '"SỞ NÔNG NGHIỆP"': '"BỘ NÔNG NGHIỆP"',
    '"GIÁM ĐỐC"': '"BỘ TRƯỞNG"',
    "kế hoạch của tỉnh": "kế hoạch của trung ương",
    "| `plans/agencies/trung-uong.yaml` | danh bạ cơ quan của tỉnh: tên, viết tắt, nhóm cơ quan |\n": "",
    "cài đặt: tỉnh,": "cài đặt: phạm vi,",
    "Đối chiếu danh bạ cơ quan với tỉnh mình": "Đối chiếu danh bạ cơ quan",
}
_BLANK = re.compile(r"<<([a-z+0-9-]+)>>")


class Starter(Struct, frozen=True):
    """What the new workspace is for: ids of province and plan, their names, and the sample plan's first year."""

    province: str
    province_name: str
    plan: str
    title: str
    year: int


def starter_files(starter: Starter) -> dict[str, bytes]:
    """Return the files of the new workspace by their path in it.

    The registry comes from the base; a province merged into another gets the registry of its heir beside its own.
    """
    base = find_province(starter.province) or Province(starter.province, starter.province_name)
    blanks = {
        "province": starter.province,
        "province-name": _quoted(starter.province_name),
        "plan": starter.plan,
        "title": _quoted(starter.title),
        "heading": starter.title,
        "cite": _quoted(f"{starter.title} (bản mẫu)"),
        "version": __version__,
        "ubnd": "UBND thành phố" if base.city else "UBND tỉnh",
        "level": "THÀNH PHỐ …" if base.city else "TỈNH …",
        **{f"year+{ahead}" if ahead else "year": str(starter.year + ahead) for ahead in range(5)},
    }
    shipped = builtin_folder()
    central = starter.province == CENTRAL
    filled = _for_the_centre if central else _filled
    files = {place: filled(name, blanks) for name, place in _PLACES.items()}
    files[f"plans/{starter.plan}.yaml"] = filled("plan.yaml", blanks)
    for province in () if central else (base, *_heirs(base)):
        files[f"plans/agencies/{province.id}.yaml"] = _registry(province).encode()
    files[f"plans/agencies/{CENTRAL}.yaml"] = _shipped(CENTRAL).read_bytes()
    return files | {f"schemas/{path.name}": path.read_bytes() for path in sorted((shipped / "schemas").glob("*.json"))}


def _shipped(province: str) -> Path:
    return builtin_folder() / "plans" / "agencies" / f"{province}.yaml"


def _heirs(base: Province) -> tuple[Province, ...]:
    heir = find_province(base.heir) if base.heir else None
    return (heir,) if heir else ()


def _registry(province: Province) -> str:
    """Return the registry of a province; one that comes with kehoach is completed with what only the base knows."""
    data = registry_of(province)
    if not _shipped(province.id).is_file():
        return registry_text(data, _HEADING)
    return completed(_shipped(province.id).read_text(encoding="utf-8"), data)


def _for_the_centre(name: str, blanks: dict[str, str]) -> bytes:
    """Return a starter file with the ministries in the place of the departments."""
    text = _filled(name, blanks).decode()
    for here, there in _CENTRAL_WORDS.items():
        text = text.replace(here, there)
    return text.encode()


def _filled(name: str, blanks: dict[str, str]) -> bytes:
    text = (_STARTER / name).read_text(encoding="utf-8")
    return _BLANK.sub(lambda blank: blanks[blank[1]], text).encode()


def _quoted(text: str) -> str:
    """Return the text as a JSON string, which YAML reads back whatever it holds."""
    return json.dumps(text, ensure_ascii=False)
