"""`stackaudit review`: security reviews: all of them, one of them, and the record of a new one."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stackaudit.cli.arguments import AsOf, ConfigFile, configuration, inventory_file
from stackaudit.cli.usage import day
from stackaudit.cli.writing import DryRun
from stackaudit.errors import Problem, UsageError, did_you_mean

if TYPE_CHECKING:
    from stackaudit.config.model import Config
    from stackaudit.rules.world import World

EPILOG = """Examples: `stackaudit review --list` shows every tool; `stackaudit review hubspot` what
a reviewer of one needs; `stackaudit review hubspot --state approved --by security@example.com
--until 12mo --evidence https://…` records an approval with the scope of today."""

_FORMATS = ("text", "json")


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("review", epilog=EPILOG)(review)


def review(
    tool: Annotated[
        str | None, typer.Argument(metavar="TOOL", help="The tool, by its id.", show_default=False)
    ] = None,
    every: Annotated[
        bool, typer.Option("--list", help="Show the reviews of all tools, by what they expose.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Say only what widened since the review.")
    ] = False,
    state: Annotated[
        str | None,
        typer.Option(
            metavar="STATE", help="Record a review: requested, in_review, approved or rejected."
        ),
    ] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who decided.")] = None,
    until: Annotated[
        str | None,
        typer.Option(
            metavar="LENGTH|DAY",
            help="Until when an approval counts: 12mo, or a day. Default: the cadence of reviews.",
            show_default=False,
        ),
    ] = None,
    evidence: Annotated[
        list[str] | None,
        typer.Option(metavar="URL", help="Where the review can be read. Repeatable."),
    ] = None,
    condition: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT", help="What the approval depends on. Repeatable."),
    ] = None,
    dry_run: DryRun = False,
    format_: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="What to print: text or json.")
    ] = "text",
    stack: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="The inventory. Default: stack.yaml.", show_default=False
        ),
    ] = None,
    as_of: AsOf = None,
    config: ConfigFile = None,
) -> None:
    """Show security reviews, or record one with the scope of what was reviewed."""
    given = {"--by": by, "--until": until, "--evidence": evidence, "--condition": condition,
             "--dry-run": dry_run}  # fmt: skip
    _check_call(tool, [name for name, value in given.items() if value], every, diff, state)
    if format_ not in _FORMATS:
        hint = did_you_mean(format_, _FORMATS, "the formats are text and json")
        raise _refused("unknown-format", "there is no such format", hint)
    settings = configuration(config)
    file = inventory_file(stack, settings)
    if state is not None and file == "-":
        raise _refused("no-file", "a review cannot be written into standard input",
                       "name the file of the inventory with --stack")  # fmt: skip
    world = _world(file, settings, day(as_of, "--as-of"))
    if tool is None:
        _show_all(world, format_)
    elif state is None:
        _show(tool, world, format_, diff=diff)
    else:
        end = _end(until, world.today)
        _record(tool, world, state, by, end, evidence or [], condition or [], dry_run=dry_run)


def _refused(code: str, message: str, hint: str | None) -> UsageError:
    return UsageError(Problem(code, message, None, hint))


def _check_call(
    tool: str | None, given: list[str], every: bool, diff: bool, state: str | None
) -> None:
    """One thing at a time: all reviews, one review, or a new record."""
    if tool is None and (state is not None or diff):
        option = "--state" if state is not None else "--diff"
        raise _refused("bad-option", f"{option} needs a tool", "name it: stackaudit review TOOL")
    if tool is None and not every:
        hint = "name one, or write `stackaudit review --list` for all"
        raise _refused("no-tool", "no tool is named", hint)
    if tool is not None and every:
        raise _refused("bad-option", "--list shows all tools", "leave the tool or --list out")
    if state is not None and diff:
        raise _refused("bad-option", "--diff shows and --state writes", "leave one of them out")
    if state is None and given:
        raise _refused("bad-option", f"{given[0]} needs --state", "say what was decided")


def _world(file: str, settings: Config, as_of: dt.date | None) -> World:
    from stackaudit.audit import read_stack, today, world_of
    from stackaudit.config.effective import catalog_in_force
    from stackaudit.config.reviews import review_policy_in_force

    return world_of(
        read_stack(file),
        as_of or today(),
        catalog_in_force(settings),
        review_policy=review_policy_in_force(settings),
    )


def _end(until: str | None, on: dt.date) -> dt.date | None:
    """The last day that an option names, as a day or as a length of time."""
    from stackaudit.inventory.values import ValueProblem, parse_date, parse_duration

    if until is None:
        return None
    try:
        return parse_date(until) if until[:5].count("-") else parse_duration(until).after(on)
    except ValueProblem as problem:
        hint = "write 12mo, 1y, or a day as in 2027-03-31"
        raise _refused("bad-option", f"--until: {problem.message}", hint) from None


def _show_all(world: World, format_: str) -> None:
    from stackaudit.figures.reviews import review_rows
    from stackaudit.outputs.reviews_json import rows_json
    from stackaudit.outputs.terminal import make_console
    from stackaudit.outputs.terminal.reviews import report_reviews

    rows = review_rows(world)
    if format_ == "json":
        sys.stdout.write(rows_json(rows, world.today))
    else:
        report_reviews(rows, make_console(sys.stdout))


def _show(tool: str, world: World, format_: str, *, diff: bool) -> None:
    from stackaudit.figures.reviews import review_sheet
    from stackaudit.outputs.reviews_json import sheet_json
    from stackaudit.outputs.terminal import make_console
    from stackaudit.outputs.terminal.reviews import report_review, report_widened
    from stackaudit.sources.reviews import check_tool

    check_tool(tool, world.stack)
    sheet = review_sheet(world.tools[tool])
    if format_ == "json":
        sys.stdout.write(sheet_json(sheet, world.today))
        return
    report = report_widened if diff else report_review
    report(sheet, make_console(sys.stdout))


def _record(
    tool: str,
    world: World,
    state: str,
    by: str | None,
    until: dt.date | None,
    evidence: list[str],
    conditions: list[str],
    *,
    dry_run: bool,
) -> None:
    """Show what changes in which file, and change it; nothing else in the file does."""
    from stackaudit.outputs.edits import edit_text
    from stackaudit.outputs.files import write_whole
    from stackaudit.outputs.lock import only_writer
    from stackaudit.sources.reviews import Decision, file_of, written

    decision = Decision(tool, state, world.today, by, until, tuple(evidence), tuple(conditions))
    with only_writer(Path(file_of(tool, world.stack))):
        found = written(decision, world)
        if found.after != found.before and not dry_run:
            write_whole(Path(found.file), found.after.encode("utf-8"))
    if found.after == found.before:
        typer.echo(f"{found.file} says so already")
        return
    typer.echo(edit_text(found.before, found.after, found.file), nl=False)
    if not dry_run:
        typer.echo(f"wrote {found.file}", err=True)
