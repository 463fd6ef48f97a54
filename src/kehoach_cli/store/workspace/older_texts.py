"""The texts that a plan had: those before each of its amendments, today and at older revisions of its files."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct

from kehoach_cli.core.amend.apply import consolidated
from kehoach_cli.core.model.amendment import AppliedChange
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.revision import Revision
from kehoach_cli.errors import CannotRunError, KehoachError
from kehoach_cli.store.files.git_tree import revisions_of
from kehoach_cli.store.files.reading import real_path
from kehoach_cli.store.workspace.load import load
from kehoach_cli.store.workspace.paths import SETTINGS_FILE, Root
from kehoach_cli.store.workspace.restrict import with_plan
from kehoach_cli.store.workspace.revision import root_at

# So many older versions of a plan are looked at.
_MOST = 20


class OlderText(Struct, frozen=True):
    """A text of a plan with what amendments had changed in it, and the last day on which it was in force (None: it still is).

    `revision` is the one whose files say so, None for those of today.
    """

    plan: Plan
    applied: tuple[AppliedChange, ...]
    last: date | None
    revision: Revision | None


def older_texts(plan: Plan, root: Root) -> Iterator[OlderText]:
    """Yield the texts of a plan by the files of today, then by those that git has; in both, the latest first.

    At most twenty revisions that changed the plan or amendments are read, none where its file is in no repository.
    """
    yield from _texts(root, plan.id)
    file = real_path(Path(plan.file))
    try:
        commits = revisions_of((file, file.parent / "amendments"), _MOST)
    except CannotRunError:
        return
    for commit in commits:
        try:
            yield from _texts(root_at(root.folder, root.folder, commit, parts=(SETTINGS_FILE, "plans")), plan.id)
        except KehoachError:
            continue


def _texts(root: Root, plan_id: str) -> Iterator[OlderText]:
    own = with_plan(root, plan_id)
    issued, amended = load(own), load(own, day=date.max)
    plan = issued.catalogue.plan(plan_id)
    if plan is None:
        return
    amendments = [one for one in amended.catalogue.amendments if one.amends == plan_id]
    days = sorted({one.effective for one in amendments}, reverse=True)
    for last in (None, *(day - timedelta(1) for day in days)):
        strict, directory = issued.settings.strict_before, issued.catalogue.directory
        found = consolidated(plan, amendments, directory, last, strict=strict)
        yield OlderText(found.plan, found.applied, last, root.revision)
