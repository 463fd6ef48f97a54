"""Locks on folders. They end with the process; some systems have none (Windows, some network drives)."""

import errno
import os
import sys
from pathlib import Path


class HeldError(Exception):
    """Another command holds the lock."""


def lock(folder: Path, *, shared: bool = False) -> int | None:
    """Return the handle that holds a lock on a folder; closing it ends the lock. Return None where there is no locking.

    Raises:
        HeldError: another command holds a lock that excludes this one.
    """
    if sys.platform == "win32":
        return None
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    try:
        return _locked(handle, shared=shared)
    except HeldError:
        os.close(handle)
        raise


def share(handle: int) -> None:
    """Let others share a lock that excluded them."""
    if sys.platform != "win32":
        _locked(handle, shared=True)


def _locked(handle: int, *, shared: bool) -> int | None:
    if sys.platform == "win32":
        return None
    import fcntl

    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in {errno.EAGAIN, errno.EACCES}:
            raise HeldError from None
        os.close(handle)
        return None
    return handle
