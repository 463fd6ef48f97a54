"""Run the program: answer `--version` before typer is imported, and turn every ending into an exit code."""

import gc
import os
import sys

from kehoach_cli import __version__
from kehoach_cli.errors import ExitCode, KehoachError, reason, tell, to_nowhere
from kehoach_cli.viet.text import without_controls


def main() -> None:
    """Run the command line and exit with its exit code."""
    _insist_on_utf8()
    sys.exit(run(sys.argv[1:]))


def _insist_on_utf8() -> None:
    """Start again in the UTF-8 mode of Python where it read an argument as something else.

    Python takes that mode by itself in a locale of ASCII only, unless PYTHONUTF8=0 forbids it: then `Sở Y tế` would be no name.
    """
    odd = any("\udc80" <= letter <= "\udcff" for argument in sys.argv[1:] for letter in argument)
    if odd and sys.getfilesystemencoding() != "utf-8" and os.environ.get("PYTHONUTF8") != "1":
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, sys.orig_argv)  # noqa: S606 - it is this program


def run(arguments: list[str]) -> int:
    """Return the exit code of one run with these arguments."""
    _open_streams()
    _ignore_odd_sizes()
    # Loading makes many objects and few reference cycles: with the default thresholds, garbage collection takes more than a
    # third of the time.
    gc.set_threshold(100_000, 50, 50)
    try:
        code = _answer(arguments)
        sys.stdout.flush()
    except KehoachError as error:
        tell("".join(f"{without_controls(line)}\n" for line in (f"kehoach: {error}", *error.details)))
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader (`| head`) stopped reading.
        to_nowhere(sys.stdout)
        return ExitCode.OK
    except Exception as error:
        if "--debug" in arguments:
            raise
        return _unforeseen(error)
    return code


def _answer(arguments: list[str]) -> int:
    if arguments == ["--version"]:
        sys.stdout.write(f"kehoach {__version__}\n")
        return ExitCode.OK
    from kehoach_cli.cli.app import run_program

    code = run_program(arguments)
    return code if isinstance(code, int) else ExitCode.OK


def _unforeseen(error: Exception) -> int:
    """Say what ended the run: an error of the system, or a bug of kehoach."""
    if isinstance(error, OSError):
        to_nowhere(sys.stdout)
        where = f' "{without_controls(str(error.filename))}"' if error.filename else ""
        tell(f"kehoach: không đọc hoặc ghi được{where}: {reason(error)}\n")
        return ExitCode.CANNOT_RUN
    name = type(error).__name__
    tell(f"kehoach: lỗi nội bộ ({name}); chạy lại với --debug và gửi chi tiết cho nhóm phát triển\n")
    return ExitCode.BUG


def _open_streams() -> None:
    """Write UTF-8 whatever the locale of the machine is, because the data is Vietnamese; a closed stream is replaced."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            # Otherwise a file opened later would get the file descriptor of the closed stream.
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - stays open until the program ends
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _ignore_odd_sizes() -> None:
    """Remove a terminal size in digits that int() refuses (`²`): the libraries only test it with isdigit()."""
    for name in ("COLUMNS", "LINES"):
        if not os.environ.get(name, "").isascii():
            del os.environ[name]


if __name__ == "__main__":
    main()
