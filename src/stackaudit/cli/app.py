"""The Typer application: which commands there are."""

from __future__ import annotations

import keyword
from importlib import import_module
from typing import Annotated, Final, Protocol, TypeVar, cast

import typer
from typer.models import CommandInfo, TyperInfo

from stackaudit import __version__

T = TypeVar("T")


class CommandModule(Protocol):
    """A file that holds one command."""

    def add_to(self, app: typer.Typer) -> None:
        """Add the command to the application."""


COMMANDS: Final = (
    "init",
    "import",
    "audit",
    "diff",
    "baseline",
    "waive",
    "validate",
    "questions",
    "explain",
    "review",
    "render",
    "graph",
    "report",
    "rules",
    "facts",
    "catalog",
    "config",
    "schema",
)
"""Their names, in the order of the help."""

HELP = """Audit a marketing technology stack.

Reads an inventory of tools and the data that flows between them, and says what is bloated,
disconnected, siloed or exposed: with proof, with what would clear it, and with an exit code that
a CI job can trust.
"""

EXIT_CODES = """Exit codes: 0 nothing gates, 1 findings gate, 2 the call, the inventory or a rule is
invalid, 3 the surroundings failed, 4 a bug in stackaudit, 130 interrupted."""


def make_app(only: str | None = None) -> typer.Typer:
    """The application with all its commands; or with one of them, in a third of the time."""
    app = typer.Typer(
        help=HELP,
        epilog=EXIT_CODES,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_options)
    for name in COMMANDS if only is None else (only,):
        _module(name).add_to(app)
    _unwrap(app)
    return app


def _module(name: str) -> CommandModule:
    """The file of a command, which is named after it."""
    file = f"{name}_" if keyword.iskeyword(name) else name
    return cast("CommandModule", import_module(f"stackaudit.cli.commands.{file}"))


def _unwrap(app: typer.Typer) -> None:
    """Take the line ends of the code out of its texts, so that the terminal wraps them alone."""
    texts: list[TyperInfo | CommandInfo] = [app.info, *app.registered_commands]
    for each in texts:
        each.help, each.epilog = _flowing(each.help), _flowing(each.epilog)
    for group in app.registered_groups:
        if group.typer_instance is not None:
            _unwrap(group.typer_instance)


def _flowing(text: T) -> T | str:
    """A text in paragraphs of one line; what is no text is left as it is."""
    if not isinstance(text, str):
        return text
    return "\n\n".join(" ".join(each.split()) for each in text.split("\n\n"))


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
