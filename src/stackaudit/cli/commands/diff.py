"""`stackaudit diff`: two states of a stack, in meaning rather than text."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

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
from stackaudit.errors import ExitCode, Problem, UsageError, did_you_mean

if TYPE_CHECKING:
    from stackaudit.figures.diff.difference import Difference
    from stackaudit.history.asked import Asked

EPILOG = """Examples: `stackaudit diff` shows what the work tree changes since the last commit;
`stackaudit diff main` what it changes since main; `stackaudit diff v1.0 main` two revisions;
`stackaudit diff main...topic` what a branch changes since it left main; `stackaudit diff old.yaml
new.yaml -f markdown` two files; `stackaudit diff main:stack.yaml stacks/ours.yaml` a file that
moved."""

FORMATS: Final = ("text", "markdown", "json")
_SUFFIXES: Final[Mapping[str, str]] = {".txt": "text", ".md": "markdown", ".json": "json"}


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
            autocompletion=lambda: list(FORMATS),
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
    from stackaudit.outputs.files import write_whole

    chosen = _format(format_)
    targets = [_target(each) for each in output or ()]
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
    for format_name, path in targets:
        write_whole(path, _rendered(found, format_name).encode("utf-8"))
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


def _format(name: str) -> str:
    if name not in FORMATS:
        hint = did_you_mean(name, FORMATS, f"the formats are {', '.join(FORMATS)}")
        raise UsageError(Problem("unknown-format", f"there is no format `{name}`", None, hint))
    return name


def _target(text: str) -> tuple[str, Path]:
    """The format and the file that `-o` means."""
    name, colon, rest = text.partition(":")
    if colon and rest and name in FORMATS:
        return name, Path(rest)
    found = _SUFFIXES.get(Path(text).suffix.lower())
    if found is None:
        hint = f"use one of {', '.join(_SUFFIXES)}, or write FORMAT:FILE as in json:diff.out"
        message = f"the suffix of `{Path(text).name}` says no format"
        raise UsageError(Problem("unknown-format", message, None, hint))
    return found, Path(text)


def _rendered(found: Difference, name: str) -> str:
    from stackaudit.outputs import diff_json, diff_markdown
    from stackaudit.outputs.terminal import diff as diff_text

    renders: Mapping[str, Callable[[Difference], str]] = {
        "text": diff_text.render,
        "markdown": diff_markdown.render,
        "json": diff_json.render,
    }
    return renders[name](found)


def _print(found: Difference, name: str) -> None:
    if name != "text":
        print_whole(_rendered(found, name))
        return
    from stackaudit.outputs.terminal import make_console
    from stackaudit.outputs.terminal.diff import report_diff

    report_diff(found, make_console(sys.stdout))
