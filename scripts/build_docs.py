"""Write the generated pages of docs/: `python scripts/build_docs.py`. A test holds them current."""

import tomllib
from collections.abc import Iterator
from dataclasses import is_dataclass
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from kehoach_cli.render.rules import RuleText, rules_page
from kehoach_cli.rules import BY_CODE, RULES
from kehoach_cli.rules.suppress import suppressions
from kehoach_cli.store.settings import Settings
from kehoach_cli.store.workspace import Root, documents
from kehoach_cli.word.sandbox import FILTERS
from kehoach_cli.word.templates import TEMPLATES
from kehoach_cli.word.view import LetterView, ReportView

ROOT = Path(__file__).resolve().parent.parent
VARIABLES = tomllib.loads((ROOT / "scripts" / "template_words.toml").read_text(encoding="utf-8"))


def suppressed_page() -> str:
    """Return every suppression of the shipped files with its reason: what is true of the documents and stays."""
    lines = [
        "# Những điểm đã ghi nhận trong các kế hoạch đi kèm",
        "",
        "Trang này được sinh từ ghi chú `# kehoach: ignore[…]` trong các tệp. Mỗi điểm đúng với văn bản đã ban hành",
        "nên được giữ nguyên.",
        "",
    ]
    for document in documents(Root(ROOT), Settings()):
        found = list(suppressions(document))
        if not found:
            continue
        name = Path(document.file).resolve().relative_to(ROOT).as_posix()
        lines += [f"## {name}", "", "| Dòng | Quy tắc | Lý do giữ nguyên |", "| ---: | --- | --- |"]
        for comment in found:
            codes = "; ".join(f"{code} {BY_CODE[code].title}" for code in comment.codes)
            lines.append(f"| {comment.target} | {codes} | {comment.reason} |")
        lines.append("")
    return "\n".join(lines)


def templates_page() -> str:
    """Return what can be written into a Word template: every variable with what it holds."""
    filters = ", ".join(f"`{name}`" for name in sorted(FILTERS))
    lines = [VARIABLES["head"].replace("FILTERS", filters)]
    for title, view in (("Báo cáo", ReportView), ("Công văn đôn đốc", LetterView)):
        names = ", ".join(f"`{one.name}`" for one in TEMPLATES if one.view is view)
        lines += [f"## {title}: {names}", "", "| Biến | Là |", "| --- | --- |", *_variables("", view), ""]
    return "\n".join(lines)


def _variables(owner: str, kind: Any) -> Iterator[str]:
    """Yield one line for each variable of a type, those of a list's rows below it."""
    for name, hint in get_type_hints(kind).items():
        bare = (
            next((one for one in get_args(hint) if one is not NoneType), hint) if NoneType in get_args(hint) else hint
        )
        path = f"{owner}{name}"
        if is_dataclass(bare):
            yield from _variables(f"{path}.", bare)
            continue
        item = get_args(bare)[0] if get_origin(bare) is tuple else None
        meaning = VARIABLES["words"].get(path) or VARIABLES["words"][name]
        yield f"| `{path}` | {'danh sách: ' if item else ''}{meaning} |"
        if is_dataclass(item):
            yield from _variables(f"{VARIABLES['rows'].get(item.__name__, 'line')}.", item)


def pages() -> dict[Path, str]:
    """Return the generated pages by path."""
    texts = [
        RuleText(rule.code, rule.slug, rule.severity, rule.title, rule.why, rule.bad, rule.good, fixable=rule.fixable)
        for rule in RULES
    ]
    return {
        ROOT / "docs" / "rules.md": rules_page(texts),
        ROOT / "docs" / "suppressed.md": suppressed_page(),
        ROOT / "docs" / "templates.md": templates_page(),
    }


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
