"""The documentation of the lint rules: one rule for the terminal, all rules as a page."""

import re
import textwrap
from collections.abc import Iterable

from msgspec import Struct

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.render.labels import SEVERITIES


class RuleText(Struct, frozen=True):
    """The documentation of one rule."""

    code: str
    slug: str
    severity: Severity
    title: str
    why: str
    bad: str
    good: str
    fixable: bool
    compares: bool = False

    @property
    def examples(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """The two examples with their captions, in the order in which people read them."""
        if self.compares:
            return ("Trước:", self.good), ("Sau:", self.bad)
        return ("Sai:", self.bad), ("Đúng:", self.good)


FAMILIES = {
    "K0": "Tệp và cú pháp YAML",
    "K1": "Mã và cấu trúc",
    "K2": "Cơ quan",
    "K3": "Mục tiêu",
    "K4": "Thời gian",
    "K5": "Văn bản",
    "K6": "Báo cáo tiến độ",
    "K7": "Thể thức văn bản Word",
    "K8": "Sổ nguồn của kế hoạch đã nhập",
}


def explain(rule: RuleText) -> str:
    """Return the documentation of one rule for a terminal."""
    lines = [
        f"{rule.code} {rule.slug}: {rule.title}",
        f"Mức: {SEVERITIES[rule.severity]}{_fix(rule)}",
        "",
        _plain(rule.why),
    ]
    for caption, example in rule.examples if rule.bad else ():
        lines += ["", caption, textwrap.indent(_example(example), "    ")]
    return "\n".join(lines) + "\n"


def rules_page(rules: Iterable[RuleText]) -> str:
    """Return the page of all rules in Markdown."""
    listed = list(rules)
    lines = [
        "# Quy tắc kiểm tra của `kehoach lint`",
        "",
        "Trang này được sinh từ mã nguồn; xem một quy tắc: `kehoach lint --explain K301`.",
        "",
    ]
    for family, name in FAMILIES.items():
        own = [rule for rule in listed if rule.code.startswith(family)]
        if not own:
            continue
        lines += [f"## {family}. {name}", "", "| Mã | Tên | Mức | Nội dung |", "| --- | --- | --- | --- |"]
        lines += [
            f"| [{rule.code}](#{rule.code.lower()}) | `{rule.slug}` | {SEVERITIES[rule.severity]}{_fix(rule)} | {rule.title} |"
            for rule in own
        ]
        for rule in own:
            lines += ["", f"### {rule.code}", "", f"**{rule.title}** (`{rule.slug}`)", "", _plain(rule.why, wrap=False)]
            for caption, example in rule.examples if rule.bad else ():
                lines += ["", caption, "", "```yaml", _example(example), "```"]
        lines.append("")
    return "\n".join(lines)


def _fix(rule: RuleText) -> str:
    return ", sửa được bằng --fix" if rule.fixable else ""


def _plain(text: str, *, wrap: bool = True) -> str:
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip())]
    return "\n\n".join(textwrap.fill(part, 78) if wrap else part for part in paragraphs)


def _example(text: str) -> str:
    return textwrap.dedent(text).strip("\n").rstrip()
