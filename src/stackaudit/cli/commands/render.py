"""`stackaudit render`: a report in other formats, without running the audit again."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from stackaudit.cli.arguments import FormatName, Outputs
from stackaudit.cli.streams import print_whole
from stackaudit.errors import ExitCode

EPILOG = """Example: `stackaudit audit -o report.json` once, and then `stackaudit render report.json
-f github -o sarif:out.sarif -o junit:out.xml`, with the exit code that the audit had."""


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("render", epilog=EPILOG)(render)


def render(
    report: Annotated[
        str,
        typer.Argument(metavar="REPORT", help="A JSON report; `-` reads standard input."),
    ],
    format_: FormatName = "text",
    output: Outputs = None,
) -> int:
    """Write a JSON report in other formats, with the exit code of its audit."""
    from stackaudit.outputs.files import keep_apart
    from stackaudit.outputs.formats import Source
    from stackaudit.outputs.items import exit_code
    from stackaudit.outputs.report_file import read_report
    from stackaudit.outputs.targets import format_named, targets_of, write_targets

    chosen = format_named(format_)
    targets = targets_of(output)
    keep_apart([path for _, path in targets], [report])
    source = Source(report=read_report(report))
    write_targets(targets, source)
    if chosen.name == "text":
        from stackaudit.outputs.terminal import make_console, report_again

        report_again(source.report(), make_console(sys.stdout))
    else:
        print_whole(source.render(chosen))
    return _exit_code(exit_code(source.report()))


def _exit_code(code: ExitCode) -> ExitCode:
    """A rule that failed is told on standard error too, as by the audit."""
    if code is ExitCode.BUG:
        sys.stderr.write("a rule failed while the audit ran: the report is not the whole\n")
    return code
