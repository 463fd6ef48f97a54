"""Run the program: answer `--version` before anything heavy, turn every ending into an exit code."""

import gc
import sys

from kehoach_cli import __version__
from kehoach_cli.errors import ExitCode, KehoachError
from kehoach_cli.viet.text import without_controls


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Return the exit code of one run with these arguments."""
    _speak_utf8()
    # Loading makes many objects and few cycles: with the default thresholds collecting costs more than a third of it.
    gc.set_threshold(100_000, 50, 50)
    if arguments == ["--version"]:
        sys.stdout.write(f"kehoach {__version__}\n")
        return ExitCode.OK
    try:
        return _run_app(arguments)
    except KehoachError as error:
        sys.stderr.write("".join(f"{without_controls(line)}\n" for line in (f"kehoach: {error}", *error.details)))
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if "--debug" in arguments:
            raise
        sys.stderr.write(
            f"kehoach: lỗi nội bộ ({type(error).__name__}); chạy lại với --debug và gửi chi tiết cho nhóm phát triển\n"
        )
        return ExitCode.BUG


def _speak_utf8() -> None:
    """Write UTF-8 whatever the machine's locale says: the data is Vietnamese everywhere."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _run_app(arguments: list[str]) -> int:
    from typer.exceptions import TyperException

    from kehoach_cli.cli.app import app
    from kehoach_cli.cli.speech import usage_message

    try:
        code = app(arguments, prog_name="kehoach", standalone_mode=False)
    except TyperException as error:
        sys.stderr.write(f"kehoach: {without_controls(usage_message(error))}\nXem trợ giúp: kehoach --help\n")
        return ExitCode.USAGE
    return code if isinstance(code, int) else ExitCode.OK


if __name__ == "__main__":
    main()
