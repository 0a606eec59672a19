"""`stackaudit rules`: which rules there are."""

from __future__ import annotations

import sys

import typer

from stackaudit.cli.arguments import Ignore, RuleFolders, Select, rule_folders
from stackaudit.cli.usage import names


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("rules", epilog="Example: `stackaudit rules --select security`")(rules)


def rules(select: Select = None, ignore: Ignore = None, rules: RuleFolders = None) -> None:
    """List the rules: severity, what each looks at, what it finds."""
    from stackaudit.outputs.terminal import make_console, report_rules
    from stackaudit.rules.library import load_rules

    found = load_rules(rule_folders(rules), select=names(select), ignore=names(ignore))
    report_rules(found, make_console(sys.stdout))
