"""Which files lint is asked for: those named, and of these the changed ones with what depends on them."""

from pathlib import Path

from kehoach_cli.core.model.agency import CENTRAL, Registry
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.store.cache.values import LintFacts
from kehoach_cli.store.files.reading import real_path
from kehoach_cli.store.readers.read_file import LoadedFile
from kehoach_cli.store.workspace.paths import LEGAL_FILE, SETTINGS_FILE, Root

# What another file may have caused: an id that is taken, a name, a plan or an item that does not exist.
_FROM_ELSEWHERE = frozenset({"K105", "K140", "K141", "K144", "K201", "K202", "K204", "K601", "K602", "K603"})


def facts_of(file: LoadedFile, kind: str) -> LintFacts:
    """Return what decides whether a registry or a plan is asked for."""
    ids = file.reading.ids if file.reading else lambda _: set()
    elsewhere = any(finding.code in _FROM_ELSEWHERE for finding in file.findings)
    if isinstance(file.value, Plan):
        return LintFacts(file.value.province, (file.value.id,), elsewhere, file.value.id)
    province = file.value.province if isinstance(file.value, Registry) else next(iter(ids("province")), "")
    return LintFacts(province, tuple(sorted(ids("id"))) if kind == "plan" else (), elsewhere)


class Affected:
    """Which files are asked for: those wanted (None: all), and of these the changed ones with their dependants.

    A plan depends on the registries of its province and of the centre, a progress file on its plan, and a file that names
    something unknown on every plan and registry. Ask for the registries first, then for the plans.
    """

    def __init__(self, root: Root, wanted: frozenset[Path] | None, changed: frozenset[Path] | None) -> None:
        """Take what is wanted and what has changed (None: everything)."""
        self._wanted = wanted
        plans = real_path(root.folder / "plans")
        # All files depend on the settings, all plans on the register of legal documents.
        of_all = {real_path(root.folder / SETTINGS_FILE), plans / LEGAL_FILE}
        self._changed = None if changed is not None and of_all & changed else changed
        self._plans_changed = any(path.is_relative_to(plans) for path in self._changed or ())
        self._provinces: set[str] = set()
        self._plans: set[str] = set()

    def asks(self, kind: str, path: Path, facts: LintFacts) -> bool:
        """Whether a registry or a plan is asked for; what depends on it is asked for from now on."""
        if self._changed is None:
            return self._is_wanted(path)
        hit = self._is_changed(path, elsewhere=facts.elsewhere)
        if kind == "plan":
            hit = hit or bool(self._provinces & {facts.province, CENTRAL})
            self._plans.update(facts.ids if hit else ())
        elif hit:
            self._provinces.add(facts.province)
        return hit and self._is_wanted(path)

    def asks_submission(self, path: Path, file: LoadedFile) -> bool:
        """Whether a progress file is asked for."""
        if not self._is_wanted(path):
            return False
        plans = file.reading.ids("plan") if file.reading else set()
        return self._is_changed(path, elsewhere=facts_of(file, "progress").elsewhere) or bool(self._plans & plans)

    def asks_lock(self, path: Path) -> bool:
        """Whether a lock is asked for: itself, or a file beside it, which it may close."""
        beside = real_path(path).parent
        wanted = self._wanted is None or any(one.parent == beside for one in self._wanted)
        return wanted and (self._changed is None or any(one.parent == beside for one in self._changed))

    def _is_changed(self, path: Path, *, elsewhere: bool) -> bool:
        if self._changed is None or real_path(path) in self._changed:
            return True
        return self._plans_changed and elsewhere

    def _is_wanted(self, path: Path) -> bool:
        return self._wanted is None or real_path(path) in self._wanted
