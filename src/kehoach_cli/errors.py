"""Exit codes and the errors that end a command."""

import errno
import os
import sys
from enum import IntEnum

TYPE_CHECKING = False  # importing typing costs `--version` a few milliseconds
if TYPE_CHECKING:
    from typing import TextIO


class ExitCode(IntEnum):
    """The exit codes of the commands; scripts rely on the numbers."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    CANNOT_RUN = 3
    BUG = 4


class KehoachError(Exception):
    """A command cannot continue; the message is Vietnamese and says what to do, `details` are further lines."""

    exit_code = ExitCode.CANNOT_RUN

    def __init__(self, message: str, *details: str) -> None:
        """Keep the message and its details."""
        super().__init__(message)
        self.details = details


class UsageError(KehoachError):
    """The request is wrong: unknown agency, plan or id, contradictory options."""

    exit_code = ExitCode.USAGE


class CannotRunError(KehoachError):
    """The request is right but the machine or the workspace does not allow it."""


_REASONS = {
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EROFS: "ổ đĩa chỉ đọc",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EISDIR: "đây là thư mục",
    errno.ENOTDIR: "đường dẫn đi qua một tệp",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.ENOTEMPTY: "đây là thư mục",
    errno.ELOOP: "liên kết trỏ vòng tròn",
    errno.ENODEV: "không phải là một tệp thông thường",
    errno.EFBIG: "tệp vượt cỡ cho phép",
    errno.EIO: "ổ đĩa có lỗi đọc, ghi",
    errno.EXDEV: "đường dẫn sang ổ đĩa khác",
}


def reason(error: Exception) -> str:
    """Return the reason of a system error, in Vietnamese."""
    return _REASONS.get(getattr(error, "errno", None) or 0, "lỗi hệ thống hoặc tên không hợp lệ")


def tell(text: str) -> None:
    """Write to stderr; a closed stderr or a full disk must not stop the work."""
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except (OSError, ValueError):
        to_nowhere(sys.stderr)


def to_nowhere(stream: "TextIO") -> None:
    """Send a stream that can no longer be written to the null device, so that Python does not report it at exit."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return
