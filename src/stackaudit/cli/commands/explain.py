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
    StackFile,
    complete_rule,
    configuration,
    rule_folders,
)
from stackaudit.cli.auditing import audited
from stackaudit.errors import Problem, UsageError

if TYPE_CHECKING:
    from stackaudit.audit import AuditResult

EPILOG = """Examples: `stackaudit explain security/unreviewed-tool` explains a rule;
`stackaudit explain security/unreviewed-tool:tidio stack.yaml` proves a finding."""


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
    stack: StackFile = None,
    as_of: AsOf = None,
    rules: RuleFolders = None,
    config: ConfigFile = None,
) -> None:
    """Explain a rule, or prove a finding on a stack and try what would clear it."""
    from stackaudit.outputs.terminal import explain_rule, make_console
    from stackaudit.rules.library import find_rule

    folders, settings = rule_folders(rules), configuration(config)
    if _names_finding(name):
        _prove(name, audited(settings, stack, as_of, folders))
        return
    rule = find_rule(name, settings.rule_folders(folders))
    if stack is not None:
        message = "a rule is explained without an inventory"
        rest = "SUBJECT INVENTORY" if Path(stack).exists() else stack
        hint = f"for a finding, write `stackaudit explain {rule.id}:{rest}`"
        raise UsageError(Problem("usage", message, None, hint))
    explain_rule(rule, make_console(sys.stdout))


def _names_finding(name: str) -> bool:
    """A fingerprint, or the beginning of one, or RULE:SUBJECT; names of rules have neither form."""
    return ":" in name or re.fullmatch(r"[0-9a-f]{8,32}", name) is not None


def _prove(name: str, result: AuditResult) -> None:
    from stackaudit.figures.proof import prove
    from stackaudit.outputs.terminal import make_console, report_proof

    report_proof(prove(result, name), make_console(sys.stdout))
