"""`stackaudit questions`: what is unknown and worth asking, and the answers into the inventory."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from stackaudit.cli.arguments import (
    AsOf,
    ConfigFile,
    Ignore,
    RuleFolders,
    Select,
    StackFile,
    configuration,
    inventory_file,
    rule_folders,
)
from stackaudit.cli.auditing import audit_of, spare_what_is_read
from stackaudit.cli.usage import day, names
from stackaudit.cli.writing import DryRun, put
from stackaudit.errors import ExitCode, Problem, UsageError

if TYPE_CHECKING:
    from stackaudit.audit import AuditResult
    from stackaudit.outputs.questions import Format
    from stackaudit.rules.show import Wording

SHOWN: Final = 20
"""So many questions are printed as text if --limit does not say; as many as an hour holds."""

EPILOG = """Examples: `stackaudit questions` prints the most useful questions by whom to ask;
`stackaudit questions -o answers.xlsx` writes a sheet to fill in; `stackaudit questions --apply
answers.xlsx` writes the answers into the inventory, and keeps its comments and layout."""


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("questions", epilog=EPILOG)(questions)


def questions(
    stack: StackFile = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format", "-f", metavar="FORMAT", help="What to print: text, markdown or csv."
        ),
    ] = "text",
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Also write a file (.txt, .md, .csv, .xlsx), or FORMAT:FILE. Repeatable.",
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="NUMBER",
            help=f"Only so many questions; one for several tools, of one person, counts once. "
            f"Default: {SHOWN} as printed text, all in files.",
        ),
    ] = None,
    apply: Annotated[
        Path | None,
        typer.Option(
            "--apply", metavar="FILE", help="Write a filled sheet's answers into the inventory."
        ),
    ] = None,
    dry_run: DryRun = False,
    encoding: Annotated[
        str, typer.Option(metavar="NAME", help="The encoding of a CSV file given to --apply.")
    ] = "utf-8",
    language: Annotated[
        str,
        typer.Option(
            metavar="CODE",
            help="The language of the questions: en, de. Answers are understood in both.",
        ),
    ] = "en",
    select: Select = None,
    ignore: Ignore = None,
    as_of: AsOf = None,
    rules: RuleFolders = None,
    config: ConfigFile = None,
) -> int:
    """Ask what nobody stated: ranked by what an answer decides, and by whom to ask."""
    from stackaudit.audit import today
    from stackaudit.history.asked import Asked
    from stackaudit.outputs.questions import format_named, targets_of

    settings = configuration(config)
    if apply is not None:
        _refuse_with_apply(format_ != "text" or bool(output) or limit is not None)
        return _apply(apply, inventory_file(stack, settings), encoding, dry_run=dry_run)
    if dry_run:
        hint = "without it nothing is written into the inventory"
        raise UsageError(Problem("bad-option", "--dry-run is for --apply", None, hint))
    chosen = format_named(format_)
    if not chosen.printable:
        hint = f"write it into a file, as in -o answers.{chosen.name}"
        raise UsageError(Problem("bad-option", f"{chosen.name} cannot be printed", None, hint))
    targets = targets_of(output)
    asked = Asked(
        as_of=day(as_of, "--as-of") or today(),
        stack=stack,
        folders=rule_folders(rules),
        select=names(select),
        ignore=names(ignore),
        wording=_wording(language),
    )
    result = audit_of(asked, settings, compared=False)
    spare_what_is_read([path for _, path in targets], result.stack, settings)
    return _ask(result, chosen, targets, limit)


def _wording(language: str) -> Wording | None:
    """How questions are written in the language; as always in English."""
    from stackaudit.rules.show import ENGLISH

    if language == ENGLISH.code:
        return None
    from stackaudit.outputs.report.language import language as language_of

    return language_of(language).wording()


def _refuse_with_apply(given: bool) -> None:
    if given:
        message = "--apply goes with neither --format, --output nor --limit"
        raise UsageError(Problem("bad-option", message, None, "apply first, then ask again"))


def _ask(
    result: AuditResult, chosen: Format, targets: Sequence[tuple[Format, Path]], limit: int | None
) -> ExitCode:
    from stackaudit.figures.questions import interview
    from stackaudit.outputs.files import write_whole
    from stackaudit.outputs.terminal import make_console, report_failures
    from stackaudit.outputs.terminal.questions import report_questions

    asked = interview(result, limit)
    for format_, path in targets:
        write_whole(path, format_.render(asked))
    if chosen.name == "text":
        report_questions(asked.first(limit or SHOWN), make_console(sys.stdout))
    else:
        sys.stdout.write(chosen.render(asked).decode("utf-8"))
    if result.failures:
        report_failures(result.failures, make_console(sys.stderr))
        return ExitCode.BUG
    return ExitCode.OK


def _apply(sheet: Path, inventory: str, encoding: str, *, dry_run: bool) -> ExitCode:
    """Write the answers, after the inventory with them was found valid."""
    from stackaudit.audit import read_stack
    from stackaudit.inventory.files import STDIN
    from stackaudit.outputs.terminal import make_console
    from stackaudit.outputs.terminal.answers import report_answers
    from stackaudit.sources.answers.apply import applied
    from stackaudit.sources.answers.read import read_answers

    if inventory == STDIN:
        message = "--apply cannot write into standard input"
        hint = "name the file of the inventory"
        raise UsageError(Problem("bad-option", message, None, hint))
    stack = read_stack(inventory)
    changed = applied(read_answers(sheet, stack, encoding), stack)
    for path, content in changed.files.items():
        put(path, content, dry_run=dry_run)
    report_answers(changed, make_console(sys.stderr if dry_run else sys.stdout), dry_run=dry_run)
    return ExitCode.OK
