"""The log of reminders in a workspace: `progress/reminders.jsonl`, lines only added."""

from collections.abc import Iterable
from pathlib import Path

from kehoach_cli.core.model.reminder_log import Reminded, ReminderLog
from kehoach_cli.errors import CannotRunError, reason
from kehoach_cli.store.files.reading import plain_bytes
from kehoach_cli.store.files.writing import only_writer, write_together
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


def add_to_log(root: Root, lines: Iterable[Reminded]) -> None:
    """Add lines to the log.

    Raises:
        CannotRunError: it cannot be written, or another command writes it now.
    """
    path = log_file(root)
    with only_writer(path.parent):
        held = _held(path)
        marks = Archive(path.parent).merging()
        data = with_entries(held or b"", lines)
        write_together({path: data, **marks}, overwrite=True, read={path: held})


def _held(path: Path) -> bytes | None:
    try:
        return plain_bytes(path, _MOST)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CannotRunError(f'không đọc được "{path}": {reason(error)}') from None
