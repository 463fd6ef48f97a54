"""Closing the periods of plans, and opening them again: lock file and journal are written together."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from kehoach_cli.cli.runtime import clock
from kehoach_cli.cli.runtime.collecting import run_id
from kehoach_cli.core.check.locked import assessed
from kehoach_cli.core.check.submissions import last_cutoff
from kehoach_cli.core.forms.checksum import checksum
from kehoach_cli.core.model.journal import JournalEntry
from kehoach_cli.core.model.lock import LOCK, OPEN, Lock, LockedSubmission, PlanLock, lock_of
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.core.report.compile import Order, compile_report
from kehoach_cli.errors import CannotRunError, UsageError
from kehoach_cli.store.files.git import user_name
from kehoach_cli.store.files.reading import held_bytes
from kehoach_cli.store.files.writing import write_together
from kehoach_cli.store.readers.journal import with_entries
from kehoach_cli.store.readers.lock import lock_text
from kehoach_cli.store.workspace.load import Workspace
from kehoach_cli.store.workspace.locks import lock_path, seen_from, standing_locks, used_files
from kehoach_cli.store.workspace.received import Archive, archive_of
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.text import folded
from kehoach_cli.word.templates import template_for


class WantedLock(Struct, frozen=True):
    """Which plans of which period are closed or opened (none named: all), as of which day, by whom and why."""

    period: Period
    plans: frozenset[str] = frozenset()
    as_of: date | None = None
    by: str = ""
    reason: str = ""


class Closed(Struct, frozen=True):
    """What closing did: the locks that were written, and the plans that were left out, each with why."""

    locks: tuple[PlanLock, ...]
    left_out: tuple[str, ...] = ()


def close(workspace: Workspace, asked: WantedLock) -> Closed:
    """Close a period of the plans asked for, of all plans with submissions if none is named.

    Raises:
        UsageError: a plan that was named has no submission of the period.
        CannotRunError: a file cannot be read, or a plan that was named is closed already; nothing was written.
    """
    root, catalogue = workspace.root, workspace.catalogue
    archive, key = archive_of(root, None), asked.period.key
    _refuse_unusable(workspace)
    standing = standing_locks(archive.folder)
    data, _ = archive.read()
    time = clock.now().isoformat(timespec="seconds")
    run, locks, left_out = run_id(time, data or b""), [], []
    for plan in catalogue.plans:
        if asked.plans and plan.id not in asked.plans:
            continue
        sent = [one for one in catalogue.submissions if (one.plan, one.period.key) == (plan.id, key) and not one.silent]
        closed = lock_of(standing, plan.id, key)
        if sent and not closed:
            locks.append(_lock(workspace, plan, sent, asked, (time, run)))
        elif why := _why_not(plan, closed, asked):
            left_out.append(why)
    if not locks:
        raise CannotRunError("; ".join(left_out) or f"chưa có báo cáo nào của {asked.period.text} để chốt")
    entries = [_entry(one, LOCK, time, run, asked) for one in locks]
    _write(archive, key, [*(one for one in standing if one.period == key), *locks], entries)
    return Closed(tuple(locks), tuple(left_out))


def reopen(workspace: Workspace, asked: WantedLock) -> Closed:
    """Open a period of the plans asked for, of all that are closed if none is named.

    Raises:
        CannotRunError: none of them is closed.
    """
    archive, key = archive_of(workspace.root, None), asked.period.key
    standing = [one for one in standing_locks(archive.folder) if one.period == key]
    opened = [one for one in standing if not asked.plans or one.plan in asked.plans]
    if missing := asked.plans.difference(one.plan for one in opened):
        raise CannotRunError(f"{', '.join(sorted(missing))}: kỳ {key} chưa chốt")
    if not opened:
        raise CannotRunError(f"kỳ {key} chưa chốt kế hoạch nào")
    data, _ = archive.read()
    time = clock.now().isoformat(timespec="seconds")
    entries = [_entry(one, OPEN, time, run_id(time, data or b""), asked) for one in opened]
    _write(archive, key, [one for one in standing if one not in opened], entries)
    return Closed(tuple(opened))


def who(workspace: Workspace, by: str | None) -> str:
    """Return who closes, opens or adjusts: the name given, else the one that git knows."""
    return folded(by or "") or folded(user_name(workspace.root.folder))


def _refuse_unusable(workspace: Workspace) -> None:
    """Refuse to close what is not whole: nobody can tell which plan and period an unreadable file is of."""
    plans = Path(workspace.root.folder / "plans").absolute()
    broken = [
        file
        for file in workspace.unusable
        if not Path(file).absolute().is_relative_to(plans) or Path(file).absolute().parent.name == "agencies"
    ]
    if broken:
        raise CannotRunError(f"chưa chốt được: {', '.join(broken)} bị lỗi; sửa trước rồi chốt")


def _why_not(plan: Plan, closed: PlanLock | None, asked: WantedLock) -> str:
    """Return why a plan is not closed now; empty where there is nothing to say."""
    if closed:
        return (
            f"{plan.id} kỳ {closed.period} đã chốt ngày {format_date(closed.day)}; muốn chốt lại thì mở trước: "
            f'kehoach lock --open {closed.period} --plan {plan.id} --reason "…"'
        )
    if asked.plans:
        raise UsageError(f"{plan.id}: chưa có báo cáo nào của {asked.period.text}, không có gì để chốt")
    return ""


def _lock(
    workspace: Workspace, plan: Plan, sent: Sequence[Submission], asked: WantedLock, stamp: tuple[str, str]
) -> PlanLock:
    root, catalogue, period = workspace.root, workspace.catalogue, asked.period
    as_of = asked.as_of or last_cutoff(sent, period)
    template = template_for(compile_report(catalogue, Order(plan, period, as_of)))
    return PlanLock(
        plan.id,
        period.key,
        as_of,
        *stamp,
        asked.by,
        tuple(sorted((locked(workspace, one) for one in sent), key=lambda one: one.file)),
        used_files(root, plan, period.key, template),
        assessed(catalogue, plan, period, as_of),
    )


def locked(workspace: Workspace, submission: Submission) -> LockedSubmission:
    """Return a submission as a lock keeps it."""
    file = seen_from(workspace.root, Path(submission.file))
    return LockedSubmission(submission.agency, file, checksum(submission))


def _entry(lock: PlanLock, act: str, time: str, run: str, asked: WantedLock) -> JournalEntry:
    return JournalEntry(time, run, "", "", "", lock.plan, lock.period, act=act, reason=asked.reason, by=asked.by)


def _write(archive: Archive, key: str, locks: Sequence[PlanLock], entries: Iterable[JournalEntry]) -> None:
    path = lock_path(archive.folder, key)
    data, _ = archive.read()
    contents: dict[Path, bytes | None] = {
        path: lock_text(Lock(key, tuple(locks))).encode() if locks else None,
        archive.journal: with_entries(data or b"", entries),
    }
    contents |= archive.merging()
    read = {path: held_bytes(path), archive.journal: data}
    write_together(contents, overwrite=True, read=read, resume_in=archive.folder)
