"""`stackaudit explain`: what a rule is about."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from stackaudit.cli.arguments import RuleFolders, complete_rule, rule_folders


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("explain", epilog="Example: `stackaudit explain security/unreviewed-tool`")(explain)


def explain(
    rule: Annotated[
        str,
        typer.Argument(
            metavar="RULE", help="The id of a rule, or its name.", autocompletion=complete_rule
        ),
    ],
    rules: RuleFolders = None,
) -> None:
    """Explain a rule: when it fires, on which facts, why it matters, what clears it."""
    from stackaudit.outputs.terminal import explain_rule, make_console
    from stackaudit.rules.library import find_rule

    explain_rule(find_rule(rule, rule_folders(rules)), make_console(sys.stdout))
