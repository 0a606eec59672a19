"""`stackaudit init`: a first inventory, by questions or from a source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stackaudit.cli.arguments import ConfigFile, configuration
from stackaudit.cli.importing import (
    DoubtsFile,
    Encoding,
    KeepUnknown,
    Mapping_,
    Rates,
    SourceName,
    Yes,
    asks,
    currency_code,
    observations,
    options_of,
    rates_of,
    show_columns,
    show_doubts,
)
from stackaudit.cli.writing import DryRun, put, say
from stackaudit.errors import Problem, UsageError

if TYPE_CHECKING:
    from stackaudit.sources.fresh import Answers
    from stackaudit.sources.identify import Gathered
    from stackaudit.sources.observation import Observation
    from stackaudit.sources.options import Options

EPILOG = """Examples: `stackaudit init --from apps.csv` shows what it understood and asks;
`stackaudit init --from apps.csv --yes` asks nothing and lists every doubt; `stackaudit init` asks
for the names of the tools."""


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("init", epilog=EPILOG)(init)


def init(
    from_: Annotated[
        list[Path] | None,
        typer.Option("--from", metavar="FILE", help="A table or list of tools. Repeatable."),
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The inventory to write.")
    ] = Path("stack.yaml"),
    organization: Annotated[
        str | None, typer.Option(metavar="NAME", help="Whose stack it is.")
    ] = None,
    currency: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="The stack's currency. Default: the table's own."),
    ] = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    mapping: Mapping_ = None,
    save_mapping: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write down what the columns were taken for, and stop."),
    ] = None,
    encoding: Encoding = "utf-8",
    rate: Rates = None,
    keep_unknown: KeepUnknown = False,
    source: SourceName = None,
    doubts: DoubtsFile = None,
    config: ConfigFile = None,
) -> None:
    """Write a first inventory, from a spreadsheet or by asking."""
    from stackaudit.config.effective import catalog_in_force
    from stackaudit.outputs.terminal.words import number as counted
    from stackaudit.sources.fresh import Answers
    from stackaudit.sources.identify import gathered

    files = from_ or []
    code = currency_code(currency, "--currency") if currency else None
    options = options_of(encoding, mapping, code, rates_of(rate), keep_unknown=keep_unknown)
    if save_mapping is not None:
        _save_mapping(files, options, save_mapping, dry_run=dry_run)
        return
    _check_output(output)
    _check_start(files, yes=yes)
    if options.currency is None:
        options = replace(options, currency=_currency(files, options, source))
    if not yes:
        organization, options = _ask(files, organization, options, source)
    seen = observations(files, options, source) if files else _asked_tools()
    found = gathered(seen, catalog_in_force(configuration(config)))
    answers = Answers(organization, options.currency, options.rates)
    text = _made(found, answers)
    show_doubts(found, doubts)
    put(output, text.encode("utf-8"), dry_run=dry_run)
    say(f"{output}: {counted(len(found.tools), 'tool')}", dry_run=dry_run)
    if not dry_run:
        typer.echo(f"next: stackaudit audit {output}")


def _made(found: Gathered, answers: Answers) -> str:
    from stackaudit.audit import read_stack_text
    from stackaudit.sources.fresh import new_inventory

    text = new_inventory(found, answers)
    read_stack_text(text)  # what is written is an inventory, or nothing is written
    return text


def _check_output(output: Path) -> None:
    """A file that is there is somebody's work."""
    if output.exists() or output.is_symlink():
        hint = f"merge into it with `stackaudit import FILE --into {output}`, or name another file"
        raise UsageError(Problem("file-exists", f"{output} is already there", None, hint))


def _check_start(files: list[Path], *, yes: bool) -> None:
    """A file that is not there is said before anything is asked; somebody, or a file, answers."""
    from stackaudit.sources.tables.table import check_regular

    for file in files:
        check_regular(file, str(file))
    if not yes and not asks():
        hint = "add --yes: it asks nothing and lists every doubt"
        if not files:
            hint = "name a table, as in --from apps.csv, and add --yes"
        raise UsageError(Problem("not-confirmed", "there is no terminal to ask at", None, hint))
    if not files and yes:
        hint = "name a file, as in --from apps.csv"
        raise UsageError(Problem("no-source", "there is nothing to begin with", None, hint))


def _save_mapping(files: list[Path], options: Options, target: Path, *, dry_run: bool) -> None:
    from stackaudit.sources.tables.mapping import mapping_text
    from stackaudit.sources.tables.survey import survey

    if len(files) != 1:
        hint = "name one table with --from"
        message = "--save-mapping: a mapping is for one table"
        raise UsageError(Problem("bad-option", message, None, hint))
    _check_output(target)
    found = survey(files[0], options)
    put(target, mapping_text(found.columns).encode("utf-8"), dry_run=dry_run)
    say(str(target), dry_run=dry_run)


def _currency(files: list[Path], options: Options, source: str | None) -> str | None:
    """The currency that the tables name most often; None if they name none."""
    from collections import Counter

    from stackaudit.sources.registry import source_of
    from stackaudit.sources.tables.survey import NAME, survey

    named: Counter[str] = Counter()
    for file in files:
        if source_of(file, source).name == NAME:
            named += survey(file, options).currencies
    if not named:
        return None
    found = min(named, key=lambda code: (-named[code], code))
    others = sorted(set(named) - {found})
    note = f"; {', '.join(others)} need a --rate" if others else ""
    typer.echo(f"currency: {found}, as most amounts say{note}")
    return found


def _ask(
    files: list[Path], organization: str | None, options: Options, source: str | None
) -> tuple[str | None, Options]:
    """The organization and the currency; whether the columns are understood rightly."""
    for file in files:
        if show_columns(file, options, source) and not typer.confirm(
            "Is that right?", default=True
        ):
            hint = "`--save-mapping columns.yaml` writes this down; change it, give it as --mapping"
            raise UsageError(Problem("not-confirmed", "nothing was written", None, hint))
    if organization is None:
        organization = typer.prompt("Organization", default="", show_default=False).strip()
    if options.currency is None:
        code = typer.prompt("Currency", default="EUR").strip()
        options = replace(options, currency=currency_code(code, "currency"))
    return organization or None, options


def _asked_tools() -> Iterator[Observation]:
    """The tools that a person names, one a line."""
    from stackaudit.sources.observation import Seen, ToolSeen

    typer.echo("Which tools do you use? One a line; an empty line ends the list.")
    number = 1
    while name := " ".join(typer.prompt("Tool", default="", show_default=False).split()):
        yield ToolSeen(name, Seen("questions", "answers", number))
        number += 1
