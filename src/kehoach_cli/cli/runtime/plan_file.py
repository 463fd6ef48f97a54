"""Reads a plan file that a command names by its path, also one that no workspace has."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kehoach_cli.errors import CannotRunError
from kehoach_cli.viet.text import without_controls

if TYPE_CHECKING:
    from kehoach_cli.core.model.finding import Finding
    from kehoach_cli.core.model.plan import Plan
    from kehoach_cli.store.workspace.load import Workspace

_MOST_ERRORS = 5


def read_plan_alone(file: Path, shown: str, workspace: "Workspace") -> "Plan":
    """Return the plan of a file that is read by itself, with the registries of a workspace.

    Raises:
        CannotRunError: it is no plan that can be read.
    """
    from kehoach_cli.store.readers.read_file import FileContent
    from kehoach_cli.store.workspace.reader import PlanReader

    reader = PlanReader(workspace.catalogue.directory, workspace.settings.strict_before, "")
    read = reader.read(FileContent(file, shown))
    if read.plan is None or read.fatal:
        message = f'không so được: "{without_controls(shown)}" không đọc được như một tệp kế hoạch'
        raise CannotRunError(message, *told(read.findings))
    return read.plan


def told(findings: "Iterable[Finding]") -> list[str]:
    """Return the first errors of a file, each with its place."""
    found = errors(findings)[:_MOST_ERRORS]
    return [f"{one.file}:{one.line}:{one.column}: {one.code}: {one.message}" for one in found]


def errors(findings: "Iterable[Finding]") -> "list[Finding]":
    """Return the findings that are errors."""
    from kehoach_cli.core.model.finding import Severity

    return [one for one in findings if one.severity is Severity.ERROR]
