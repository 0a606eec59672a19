"""`stackaudit diff`: two states of a stack, in meaning rather than text."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from stackaudit.cli.arguments import (
    AsOf,
    ConfigFile,
    Ignore,
    RuleFolders,
    Select,
    configuration,
    rule_folders,
)
from stackaudit.cli.auditing import spare_what_is_read
from stackaudit.cli.streams import print_whole
from stackaudit.cli.usage import day, names
from stackaudit.errors import ExitCode

if TYPE_CHECKING:
    from stackaudit.figures.diff.difference import Difference
    from stackaudit.history.asked import Asked
    from stackaudit.outputs.diff_formats import DiffFormat

EPILOG = """Examples: `stackaudit diff` shows what the work tree changes since the last commit;
`stackaudit diff main` what it changes since main; `stackaudit diff v1.0 main` two revisions;
`stackaudit diff main...topic` what a branch changes since it left main; `stackaudit diff old.yaml
new.yaml -f markdown` two files; `stackaudit diff main:stack.yaml stacks/ours.yaml` a file that
moved."""


def _complete_format() -> list[str]:
    from stackaudit.outputs.diff_formats import FORMATS

    return list(FORMATS)


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("diff", epilog=EPILOG)(diff)


def diff(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD",
            help="A git revision (main, v1.0, HEAD~1, main..topic, main:path.yaml) or a file.",
        ),
    ] = "HEAD",
    new: Annotated[
        str | None,
        typer.Argument(
            metavar="NEW", help="The same. Default: the work tree, as it is.", show_default=False
        ),
    ] = None,
    stack: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="The inventory, in both. Default: as configured, else stack.yaml.",
            show_default=False,
        ),
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="What to print: text, markdown or json.",
            autocompletion=_complete_format,
        ),
    ] = "text",
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Also write a file; its suffix says the format, or FORMAT:FILE. Repeatable.",
        ),
    ] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 if there is a difference.")
    ] = False,
    as_of: AsOf = None,
    select: Select = None,
    ignore: Ignore = None,
    rules: RuleFolders = None,
    config: ConfigFile = None,
) -> int:
    """Say what is different between two states of a stack, in meaning.

    Both are audited by the rules and the configuration of the work tree, on the same day.
    """
    from stackaudit.audit import today
    from stackaudit.history.asked import Asked
    from stackaudit.outputs.diff_formats import diff_format, diff_targets
    from stackaudit.outputs.files import write_whole

    chosen = diff_format(format_)
    targets = diff_targets(output)
    asked = Asked(
        as_of=day(as_of, "--as-of") or today(),
        stack=stack,
        config=config,
        folders=rule_folders(rules),
        select=names(select),
        ignore=names(ignore),
    )
    found = _found(old, new, asked)
    for state in (found.before, found.after) if targets else ():
        paths = [path for _, path in targets]
        spare_what_is_read(paths, state.stack, configuration(config))
    for target, path in targets:
        write_whole(path, target.render(found).encode("utf-8"))
    _print(found, chosen)
    return ExitCode.FINDINGS if exit_code and not found.nothing else ExitCode.OK


def _found(old: str, new: str | None, asked: Asked) -> Difference:
    from stackaudit.figures.diff.difference import State, difference
    from stackaudit.history.states import audited_states

    before, after = (
        State(each.words, each.stack, each.result, each.there)
        for each in audited_states(old, new, asked)
    )
    return difference(before, after)


def _print(found: Difference, chosen: DiffFormat) -> None:
    if chosen.name != "text":
        print_whole(chosen.render(found))
        return
    from stackaudit.outputs.terminal import make_console
    from stackaudit.outputs.terminal.diff import report_diff

    report_diff(found, make_console(sys.stdout))
