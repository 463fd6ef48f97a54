"""The findings of `lint` for other programs: SARIF 2.1.0, annotations of GitHub Actions, JUnit XML."""

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

from msgspec import Struct

from kehoach_cli.core.model.finding import Finding, Severity, sorted_findings
from kehoach_cli.render.labels import finding_text
from kehoach_cli.render.lint_text import counts_text, total_line
from kehoach_cli.viet.text import without_controls

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_BASE = "%SRCROOT%"
_FINGERPRINT = "kehoachFinding/v1"
_LINK = re.compile(r"\[([^\[\]]*\]\()")

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})

_SUITE = "kehoach lint"


class RuleInfo(Struct, frozen=True):
    """What SARIF contains about a rule."""

    code: str
    slug: str
    title: str
    why: str
    severity: Severity


def render_sarif(findings: Iterable[Finding], rules: Sequence[RuleInfo], root: PurePath, version: str) -> str:
    """Return a SARIF 2.1.0 log.

    `root` is an absolute folder; files are named relative to it. The fingerprint of a finding depends on its code, file and
    content but not on its line number, so a line added above does not change it.
    """
    driver = {"name": "kehoach", "version": version, "language": "vi", "rules": [_sarif_rule(rule) for rule in rules]}
    run = {
        "tool": {"driver": driver},
        "language": "vi",
        "columnKind": "unicodeCodePoints",  # the default is UTF-16 code units
        "originalUriBaseIds": {_BASE: {"uri": f"{root.as_uri().rstrip('/')}/"}},
        "results": list(_sarif_results(sorted_findings(findings), rules, root)),
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def render_github(findings: Iterable[Finding]) -> str:
    """Return one workflow command per finding, and a total, because GitHub shows only about ten annotations per step."""
    found = list(findings)
    return "\n".join([*map(_github_command, found), total_line(found)]) + "\n"


def render_junit(findings: Iterable[Finding], files: Iterable[str], *, strict: bool = False) -> str:
    """Return one test case per file, those of `files` first. Errors make it fail, with `strict` warnings too; the rest is output.

    All failures of a file are in one element, because most readers show only the first.
    """
    found = sorted_findings(findings)
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    failed = {finding.file for finding in found if finding.severity in failing}
    names = list(dict.fromkeys([*files, *(finding.file for finding in found)]))
    counts = {"tests": str(len(names)), "failures": str(len(failed)), "errors": "0"}
    top = ET.Element("testsuites", {"name": _SUITE, **counts})
    suite = ET.SubElement(top, "testsuite", {"name": _SUITE, **counts})
    for name in names:
        shown = without_controls(name)
        case = ET.SubElement(suite, "testcase", {"classname": _SUITE, "name": shown, "file": shown})
        own = [finding for finding in found if finding.file == name]
        if failures := [finding for finding in own if finding.severity in failing]:
            _add_lines(ET.SubElement(case, "failure", {"type": "lint", "message": counts_text(failures)}), failures)
        if remarks := [finding for finding in own if finding.severity not in failing]:
            _add_lines(ET.SubElement(case, "system-out"), remarks)
    ET.indent(top)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(top, encoding="unicode")}\n'


def _sarif_rule(rule: RuleInfo) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.slug,
        "shortDescription": {"text": _sarif_text(rule.title)},
        "fullDescription": {"text": "\n\n".join(_sarif_text(part) for part in _paragraphs(rule.why))},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text without its line breaks and indentation."""
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip())]


def _sarif_results(findings: Iterable[Finding], rules: Sequence[RuleInfo], root: PurePath) -> Iterator[dict[str, Any]]:
    indices = {rule.code: index for index, rule in enumerate(rules)}
    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        location = _artifact(finding.file, root)
        key = (finding.code, location["uri"], finding.excerpt.strip() or finding.message)
        seen[key] += 1
        related = [_location(location, one.line, one.column) for one in finding.related]
        hint = f" ({finding.hint})" if finding.hint else ""
        yield {
            "ruleId": finding.code,
            **({"ruleIndex": indices[finding.code]} if finding.code in indices else {}),
            "level": _LEVELS[finding.severity],
            "message": {"text": _sarif_text(finding.message + hint)},
            "locations": [_location(location, finding.line, finding.column)],
            **({"relatedLocations": related} if related else {}),
            "partialFingerprints": {_FINGERPRINT: _fingerprint(*key, str(seen[key]))},
        }


def _location(artifact: dict[str, str], line: int, column: int) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": artifact}
    if line > 0:
        place["region"] = {"startLine": line, **({"startColumn": column} if column > 0 else {})}
    return {"physicalLocation": place}


def _artifact(file: str, root: PurePath) -> dict[str, str]:
    """Return the location of a file: relative to the root, absolute if it is outside."""
    top, path = PurePath(os.path.normpath(root)), PurePath(os.path.normpath(root / file))
    if not path.is_relative_to(top):
        return {"uri": path.as_uri()}
    return {"uri": quote(path.relative_to(top).as_posix(), errors="surrogateescape"), "uriBaseId": _BASE}


def _sarif_text(text: str) -> str:
    """Return a SARIF message string, in which braces are placeholders (§3.11.5) and `[…](` is a link (§3.11.6)."""
    return _LINK.sub(r"\\[\1", without_controls(text).replace("{", "{{").replace("}", "}}"))


def _fingerprint(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()


def _github_command(finding: Finding) -> str:
    properties = {"file": finding.file}
    if finding.line > 0:
        properties["line"] = str(finding.line)
        if finding.column > 0:
            properties["col"] = str(finding.column)
    properties["title"] = f"kehoach {finding.code}"
    listed = ",".join(f"{name}={_github_clean(value, _PROPERTY)}" for name, value in properties.items())
    lines = [finding.message, finding.hint] if finding.hint else [finding.message]
    message = "\n".join(map(without_controls, lines)).translate(_DATA)
    return f"::{_COMMANDS[finding.severity]} {listed}::{message}"


def _github_clean(value: str, table: dict[int, str]) -> str:
    """Return the value of a property: line ends are encoded first, so the file name stays right; other controls are removed."""
    return without_controls(value.translate(table))


def _add_lines(element: ET.Element, findings: Iterable[Finding]) -> None:
    """Add one line per finding to an element; `finding_text` has no character that XML forbids."""
    element.text = "\n".join(finding_text(finding) for finding in findings)
