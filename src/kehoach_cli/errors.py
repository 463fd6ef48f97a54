"""Exit codes and the errors that end a command."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What a command tells the shell; the numbers are a contract."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    CANNOT_RUN = 3
    BUG = 4


class KehoachError(Exception):
    """A command cannot go on; `message` is Vietnamese and names the mend."""

    exit_code = ExitCode.CANNOT_RUN


class UsageError(KehoachError):
    """The request is wrong: unknown agency, plan or id, contradictory options."""

    exit_code = ExitCode.USAGE


class CannotRunError(KehoachError):
    """The request is right but the machine or the workspace does not allow it."""
