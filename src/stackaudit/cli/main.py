"""Where the process starts and ends: arguments in, exit code out.

Only what every call needs is imported here; `--version` answers before Typer is.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from stackaudit import __version__
from stackaudit.cli.streams import patient_stdout
from stackaudit.errors import ExitCode, Problem, StackauditError
from stackaudit.project import ISSUES


def main() -> None:
    """The entry point of the `stackaudit` command."""
    # Other packages' plugins have no say in how a file is read, and are slow to look for.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    code = run(sys.argv[1:])
    # All of it ends with the process: to look through it for cycles would be a tenth of the time.
    gc.freeze()
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; nothing is raised."""
    if list(arguments) in (["--version"], ["-V"]):
        return _print_version()
    # One command, much data, no cycles worth collecting: reading is three times as fast without.
    gc.disable()
    debug, rest = _without_debug(arguments)
    with patient_stdout() as out:
        code = int(_safely(rest, debug=debug))
    if out.lost is not None and code in (ExitCode.OK, ExitCode.FINDINGS):
        message = f"standard output cannot be written: {out.lost}"
        hint = "check that there is room where it goes"
        return _report((Problem("cannot-write", message, None, hint),), ExitCode.SURROUNDINGS)
    return code


def _safely(arguments: list[str], *, debug: bool) -> int:
    """Run one command; what it raises becomes an exit code and words for a person."""
    try:
        return _command(arguments)
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except StackauditError as error:
        if debug:
            _traceback()
        return _report(error.problems, error.exit_code)
    except Exception as error:  # noqa: BLE001  # the last one to know: a bug
        return _report_bug(error, debug=debug)


def _print_version() -> int:
    sys.stdout.write(f"stackaudit {__version__}\n")
    return ExitCode.OK


def _without_debug(arguments: Sequence[str]) -> tuple[bool, list[str]]:
    """`--debug` may stand anywhere before a `--`."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    options = [each for each in arguments[:end] if each != "--debug"]
    return len(options) < end, [*options, *arguments[end:]]


def _command(arguments: list[str]) -> int:
    """Parse and run; Typer's own complaints become problems like all others."""
    from typer.exceptions import Abort, Exit, TyperException

    from stackaudit.cli.app import COMMANDS, make_app
    from stackaudit.cli.usage import usage_problem

    only = arguments[0] if arguments and arguments[0] in COMMANDS else None
    try:
        code = make_app(only)(args=arguments, prog_name="stackaudit", standalone_mode=False)
    except Exit as exit_:
        return exit_.exit_code
    except Abort:
        return ExitCode.INTERRUPTED
    except TyperException as error:
        return _report((usage_problem(error),), ExitCode.INVALID)
    return code if isinstance(code, int) else ExitCode.OK


def _report(problems: Sequence[Problem], code: ExitCode) -> ExitCode:
    from stackaudit.outputs.terminal import make_console, report_problems

    report_problems(problems, make_console(sys.stderr))
    return code


def _report_bug(error: Exception, *, debug: bool) -> ExitCode:
    if debug:
        _traceback()
    name = type(error).__name__
    sys.stderr.write(
        f"stackaudit failed: {name}. This is a bug in stackaudit {__version__}, "
        "not in your files.\n"
        f"Please report it at {ISSUES} with the command and, if you can share it, a small\n"
        "inventory that shows it.\n"
    )
    if not debug:
        sys.stderr.write("The same command with --debug prints where it happened.\n")
    return ExitCode.BUG


def _traceback() -> None:
    import traceback

    traceback.print_exc()


if __name__ == "__main__":
    main()
