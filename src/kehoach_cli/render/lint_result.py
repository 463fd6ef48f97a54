"""What `lint` and `check-docx` found, in the format asked for."""

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli import __version__
from kehoach_cli.core.model.finding import Finding, Severity
from kehoach_cli.render import lint_text
from kehoach_cli.render.machine.data_formats import render_json
from kehoach_cli.render.machine.lint_formats import RuleInfo, render_github, render_junit, render_sarif


class LintFormat(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    JUNIT = "junit"


def findings_text(findings: Sequence[Finding], checked: int, rules: Sequence[RuleInfo], *, color: bool) -> str:
    """Return the findings for people, with the number of files that were checked."""
    slugs = {rule.code: rule.slug for rule in rules}
    return lint_text.render_text(findings, slugs=slugs, checked=checked, color=color)


def findings_json(command: str, items: Sequence[Mapping[str, Any]], findings: Sequence[Finding], checked: int) -> str:
    """Return the findings as JSON, with how many there are of each severity."""
    counts = Counter(finding.severity for finding in findings)
    summary = {"files": checked, **{severity.value: counts[severity] for severity in Severity}}
    return render_json(command, items, findings, summary)


class ToolOutput(Struct, frozen=True):
    """How findings are written for other programs; these name files from `top`, wherever the command is run."""

    form: LintFormat
    rules: Sequence[RuleInfo]
    top: Path
    strict: bool


def findings_for_tools(findings: Sequence[Finding], files: Sequence[str], output: ToolOutput) -> str:
    """Return the findings in a format that only other programs read."""
    named = [replace(finding, file=_from_top(finding.file, output.top)) for finding in findings]
    match output.form:
        case LintFormat.SARIF:
            return render_sarif(named, output.rules, output.top, __version__)
        case LintFormat.GITHUB:
            return render_github(named)
        case _:
            return render_junit(named, [_from_top(file, output.top) for file in files], strict=output.strict)


def _from_top(file: str, top: Path) -> str:
    """Return the name of a file relative to a folder, absolute if it is outside."""
    folder, name = os.path.split(os.path.abspath(file))  # noqa: PTH100 - below, only links of the folder are followed
    path = Path(os.path.realpath(folder)) / name
    return path.relative_to(top).as_posix() if path.is_relative_to(top) else str(path)
