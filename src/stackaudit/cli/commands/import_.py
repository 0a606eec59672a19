"""`stackaudit import`: what a source saw, into an inventory that exists."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stackaudit.cli.arguments import ConfigFile, configuration, inventory_file
from stackaudit.cli.importing import (
    DoubtsFile,
    Encoding,
    KeepUnknown,
    Mapping_,
    Rates,
    SourceName,
    Yes,
    asks,
    observations,
    options_of,
    rates_of,
    refused,
    show_doubts,
)
from stackaudit.cli.writing import DryRun, put, say
from stackaudit.errors import Problem, UsageError

if TYPE_CHECKING:
    from stackaudit.inventory.stack import Stack
    from stackaudit.sources.differences import Plan

EPILOG = """Examples: `stackaudit import apps.csv --into stack.yaml --dry-run` shows what would
change; `stackaudit import apps.xlsx --yes` changes stack.yaml without asking."""


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("import", epilog=EPILOG)(import_)


def import_(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="Tables or other lists of tools.")
    ],
    into: Annotated[
        str | None,
        typer.Option("--into", metavar="STACK", help="The inventory. Default: stack.yaml."),
    ] = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    mapping: Mapping_ = None,
    encoding: Encoding = "utf-8",
    rate: Rates = None,
    keep_unknown: KeepUnknown = False,
    source: SourceName = None,
    doubts: DoubtsFile = None,
    config: ConfigFile = None,
) -> None:
    """Merge a table into an inventory: shows the difference, never overwrites what is stated."""
    from stackaudit.audit import read_stack
    from stackaudit.config.effective import catalog_in_force
    from stackaudit.outputs.terminal import make_console
    from stackaudit.outputs.terminal.imports import report_differences
    from stackaudit.sources.identify import gathered
    from stackaudit.sources.plan import plan

    settings = configuration(config)
    target = _target(inventory_file(into, settings))
    stack = read_stack(target)
    rates = {**rates_of(rate), **stack.exchange_rates}
    options = options_of(encoding, mapping, stack.currency, rates, keep_unknown=keep_unknown)
    found = gathered(observations(files, options, source), catalog_in_force(settings), stack)
    made = plan(stack, found, rates)
    report_differences(made.differences, make_console(sys.stdout))
    show_doubts(found, doubts)
    if made.empty:
        return
    if not yes and not dry_run:
        _confirm(target)
    _write(made, stack, dry_run=dry_run)


def _target(target: str) -> str:
    if target == "-":
        message, hint = "an import cannot write into standard input", "name a file with --into"
        raise UsageError(Problem("bad-option", message, None, hint))
    return target


def _confirm(target: str) -> None:
    if not asks():
        raise refused(f"nothing was written into {target}")
    typer.confirm(f"Write this into {target}?", default=True, abort=True)


def _write(made: Plan, stack: Stack, *, dry_run: bool) -> None:
    """Every file of the inventory that changes; all are made before the first is written."""
    from stackaudit.inventory.edit import edited
    from stackaudit.inventory.files import read_bytes

    texts: dict[str, str] = {}
    for file in sorted({*made.changes, *made.additions}):
        text = read_bytes(Path(file), file).decode("utf-8")
        for changes in (made.changes.get(file), made.additions.get(file)):
            text = edited(text, changes, file) if changes else text
        texts[file] = text
    if len(stack.origins.documents) == 1:
        _check(next(iter(texts.values())), stack.origins.main_file)
    for file, text in texts.items():
        put(Path(file), text.encode("utf-8"), dry_run=dry_run)
        say(file, dry_run=dry_run)


def _check(text: str, file: str) -> None:
    """What is written has to be an inventory; if it is not, that is a bug, and nothing is."""
    from stackaudit.catalog.taxonomy import by_alias
    from stackaudit.inventory.load import load_text

    load_text(text, by_alias(), file)
