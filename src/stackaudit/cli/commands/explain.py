"""`stackaudit explain`: what a rule is about, or what a finding rests on."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stackaudit.cli.arguments import (
    AsOf,
    ConfigFile,
    RuleFolders,
    complete_rule,
    configuration,
    inventory_file,
    rule_folders,
)
from stackaudit.cli.auditing import audited

if TYPE_CHECKING:
    from stackaudit.config.model import Config

EPILOG = """Examples: `stackaudit explain security/unreviewed-tool` explains a rule;
`stackaudit explain security/unreviewed-tool:tidio --stack stack.yaml` proves a finding."""


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("explain", epilog=EPILOG)(explain)


def explain(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A rule by id or name; or a finding by its fingerprint or as RULE:SUBJECT.",
            autocompletion=complete_rule,
        ),
    ],
    stack: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="The inventory that the finding is in.", show_default=False
        ),
    ] = None,
    as_of: AsOf = None,
    rules: RuleFolders = None,
    config: ConfigFile = None,
) -> None:
    """Explain a rule, or prove a finding on a stack and try what would clear it."""
    from stackaudit.outputs.terminal import explain_rule, make_console
    from stackaudit.rules.library import find_rule

    folders = rule_folders(rules)
    if _names_finding(name):
        settings = configuration(config)
        _prove(name, inventory_file(stack, settings), as_of, folders, settings)
        return
    explain_rule(find_rule(name, folders), make_console(sys.stdout))


def _names_finding(name: str) -> bool:
    """A fingerprint, or the beginning of one, or RULE:SUBJECT; names of rules have neither form."""
    return ":" in name or re.fullmatch(r"[0-9a-f]{8,32}", name) is not None


def _prove(name: str, file: str, as_of: str | None, folders: list[Path], settings: Config) -> None:
    from stackaudit.figures.proof import prove
    from stackaudit.outputs.terminal import make_console, report_proof

    result = audited(settings, file, as_of, folders)
    report_proof(prove(result, name), make_console(sys.stdout))
