"""What the rules find in the submissions of a workspace, for every command that judges them."""

from typing import TYPE_CHECKING

from kehoach_cli.core.model.finding import Finding

if TYPE_CHECKING:
    from kehoach_cli.store.workspace.load import Workspace


def submission_faults(workspace: "Workspace") -> list[Finding]:
    """Return what the lint rules find in the submissions and the locks on them, in addition to the findings of loading."""
    from kehoach_cli.rules import BY_CODE
    from kehoach_cli.rules.engine import Selection, lint

    selection = Selection(("K6",), workspace.settings.ignore, workspace.settings.severities)
    documents = (*workspace.submission_files, *workspace.lock_files)
    found = [finding for document in documents for finding in lint(document, selection)]
    return [finding for finding in found if BY_CODE[finding.code].check]
