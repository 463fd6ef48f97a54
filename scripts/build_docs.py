"""Write the generated pages of docs/: `python scripts/build_docs.py`. A test holds them current."""

from pathlib import Path

from kehoach_cli.render.rules import RuleText, rules_page
from kehoach_cli.rules import BY_CODE, RULES
from kehoach_cli.rules.suppress import suppressions
from kehoach_cli.store.settings import Settings
from kehoach_cli.store.workspace import Root, documents

ROOT = Path(__file__).resolve().parent.parent


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


def pages() -> dict[Path, str]:
    """Return the generated pages by path."""
    texts = [
        RuleText(rule.code, rule.slug, rule.severity, rule.title, rule.why, rule.bad, rule.good, fixable=rule.fixable)
        for rule in RULES
    ]
    return {ROOT / "docs" / "rules.md": rules_page(texts), ROOT / "docs" / "suppressed.md": suppressed_page()}


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
