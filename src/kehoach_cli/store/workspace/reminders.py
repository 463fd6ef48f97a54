"""The log of reminders in a workspace: `progress/reminders.jsonl`, lines only added."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from kehoach_cli.core.model.reminder_log import Reminded, ReminderLog
from kehoach_cli.errors import CannotRunError, reason
from kehoach_cli.store.files.reading import plain_bytes
from kehoach_cli.store.files.writing import only_writer, refuse_existing, write_together
from kehoach_cli.store.readers.journal import REMINDERS, reminders_of, with_entries
from kehoach_cli.store.workspace.paths import Root
from kehoach_cli.store.workspace.received import Archive

_MOST = 2**30


def log_file(root: Root) -> Path:
    """Return where the log is."""
    return root.folder / "progress" / REMINDERS


def read_log(root: Root) -> ReminderLog:
    """Return what was sent before.

    Raises:
        CannotRunError: the log is there and cannot be read.
    """
    return reminders_of(_held(log_file(root)) or b"")


def add_to_log(root: Root, lines: Iterable[Reminded], files: Mapping[Path, bytes], *, overwrite: bool) -> None:
    """Add lines to the log and write what was sent beside it: all of it, or nothing.

    Raises:
        CannotRunError: something cannot be written, exists and may not be overwritten, or another command writes now.
    """
    refuse_existing(files, overwrite=overwrite)
    path, added = log_file(root), list(lines)
    # The lock is that of `collect`: one on the folder of the log would keep it from being swept.
    with only_writer(root.folder):
        held = _held(path)
        if not (added or files or held):
            return
        log = {path: with_entries(held or b"", added), **Archive(path.parent).merging()} if added else {}
        swept = [path] if held else []
        contents, resume_in = {**files, **log}, path.parent if log else None
        write_together(contents, overwrite=True, read={path: held}, unchanged=swept, resume_in=resume_in)


def _held(path: Path) -> bytes | None:
    try:
        return plain_bytes(path, _MOST)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CannotRunError(f'không đọc được "{path}": {reason(error)}') from None
