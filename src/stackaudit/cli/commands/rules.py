"""`stackaudit rules`: which rules there are; testing and beginning rules of one's own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from stackaudit.cli.arguments import (
    ConfigFile,
    Ignore,
    RuleFolders,
    Select,
    configuration,
    rule_folders,
)
from stackaudit.cli.usage import names
from stackaudit.errors import ExitCode, Problem, UsageError

HELP = """List the rules: severity, what each looks at, what it finds."""
EPILOG = """Examples: `stackaudit rules --select security`; `stackaudit rules test our-rules`;
`stackaudit rules new security/my-rule --folder our-rules`."""


def add_to(app: typer.Typer) -> None:
    """Add the command and its own commands to the application."""
    group = typer.Typer(help=HELP, epilog=EPILOG, invoke_without_command=True)
    group.callback()(rules)
    group.command("test", epilog="Example: `stackaudit rules test our-rules`")(test)
    group.command("new", epilog="Example: `stackaudit rules new security/my-rule`")(new)
    app.add_typer(group, name="rules")


def rules(
    context: typer.Context,
    select: Select = None,
    ignore: Ignore = None,
    rules: RuleFolders = None,
    config: ConfigFile = None,
) -> None:
    """List the rules: severity, what each looks at, what it finds."""
    if context.invoked_subcommand is not None:
        return
    from stackaudit.outputs.terminal import make_console, report_rules
    from stackaudit.rules.library import load_rules

    folders = configuration(config).rule_folders(rule_folders(rules))
    found = load_rules(folders, select=names(select), ignore=names(ignore))
    report_rules(found, make_console(sys.stdout))


def test(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A folder with <category>/<name>.yaml files.")
    ],
) -> int:
    """Run the examples of a rule pack: what each must find, leave alone, leave open and clear."""
    from stackaudit.rules.examples import check_rule
    from stackaudit.rules.library import load_rules, rule_ids, rules_in, shipped_rules

    rule_folders([folder], "FOLDER")
    shipped = folder.resolve() == shipped_rules().resolve()
    if not shipped:
        rule_ids([folder])  # refuses what an audit would refuse: the id of a rule that ships
    own = rules_in(folder)
    among = own if shipped else (*load_rules(), *own)
    wrong = [line for rule in own for line in check_rule(rule, among)]
    for line in wrong:
        typer.echo(line, err=True)
    failed = {line.partition(":")[0] for line in wrong}
    typer.echo(f"{len(own) - len(failed)} of {len(own)} rules pass their examples")
    return ExitCode.INVALID if wrong else ExitCode.OK


def new(
    name: Annotated[
        str, typer.Argument(metavar="CATEGORY/NAME", help="The id of the rule: security/my-rule.")
    ],
    folder: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Where rules of your own are.")
    ] = Path("rules"),
) -> None:
    """Write the beginning of a rule: commented, complete, passing its examples."""
    from stackaudit.outputs.files import folder_for, write_whole
    from stackaudit.rules.library import rule_ids
    from stackaudit.rules.skeleton import checked_id, skeleton

    category, _, rule = checked_id(name).partition("/")
    path = folder / category / f"{rule}.yaml"
    if path.exists():
        hint = "choose another name, or edit it"
        raise UsageError(Problem("exists", f"{path} is already there", None, hint))
    if name in rule_ids():
        message, hint = f"the rule {name} ships with stackaudit", "choose another name"
        raise UsageError(Problem("exists", message, None, hint))
    folder_for(path)
    write_whole(path, skeleton(name).encode("utf-8"))
    typer.echo(f"wrote {path}; test it with `stackaudit rules test {folder}`")
