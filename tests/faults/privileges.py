"""Giving up what only the superuser may do, so that file modes bind this process as they bind an ordinary user."""

import ctypes
import os
import struct
import sys

# linux/capability.h: version 3 of the interface, and the two rights that pass over the modes of files.
_VERSION = 0x20080522
_DAC_OVERRIDE, _DAC_READ_SEARCH = 1, 2


def bound_by_modes() -> bool:
    """Whether file modes bind this process, or can be made to."""
    return os.name == "posix" and (os.getuid() != 0 or sys.platform == "linux")


def become_ordinary() -> None:
    """Let file modes bind this process from now on; only Linux lets the superuser give that up for one process.

    Raises:
        OSError: the kernel refuses.
    """
    if os.getuid() != 0:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = struct.pack("Ii", _VERSION, 0)
    data = ctypes.create_string_buffer(24)
    if libc.capget(header, data):
        raise OSError(ctypes.get_errno(), "capget")
    effective, permitted, inheritable, *rest = struct.unpack("6I", data.raw)
    kept = ~(1 << _DAC_OVERRIDE | 1 << _DAC_READ_SEARCH) & 0xFFFFFFFF
    if libc.capset(header, struct.pack("6I", effective & kept, permitted & kept, inheritable, *rest)):
        raise OSError(ctypes.get_errno(), "capset")
