"""The Typer application: which commands there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Protocol

import typer

from stackaudit import __version__
from stackaudit.cli.commands import (
    audit,
    baseline,
    catalog,
    config,
    diff,
    explain,
    facts,
    graph,
    import_,
    init,
    questions,
    render,
    report,
    review,
    rules,
    schema,
    validate,
    waive,
)


class CommandModule(Protocol):
    """A file that holds one command."""

    def add_to(self, app: typer.Typer) -> None:
        """Add the command to the application."""


COMMANDS: Final[Mapping[str, CommandModule]] = {
    "init": init,
    "import": import_,
    "audit": audit,
    "diff": diff,
    "baseline": baseline,
    "waive": waive,
    "validate": validate,
    "questions": questions,
    "explain": explain,
    "review": review,
    "render": render,
    "graph": graph,
    "report": report,
    "rules": rules,
    "facts": facts,
    "catalog": catalog,
    "config": config,
    "schema": schema,
}

HELP = """Audit a marketing technology stack.

Reads an inventory of tools and the data that flows between them, and says what is bloated,
disconnected, siloed or exposed: with proof, with what would clear it, and with an exit code that
a CI job can trust.
"""

EXIT_CODES = """Exit codes: 0 nothing gates, 1 findings gate, 2 the call, the inventory or a rule is
invalid, 3 the surroundings failed, 4 a bug in stackaudit, 130 interrupted."""


def make_app() -> typer.Typer:
    """The application with all its commands."""
    app = typer.Typer(
        help=HELP,
        epilog=EXIT_CODES,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_options)
    for command in COMMANDS.values():
        command.add_to(app)
    return app


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"stackaudit {__version__}")
        raise typer.Exit


def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", "-V", help="Print the version.", callback=_show_version, is_eager=True
        ),
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Print the traceback when something fails.")
    ] = False,
) -> None:
    """Options of every command; `--debug` is taken out before they are parsed."""
