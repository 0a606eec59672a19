"""`stackaudit config`: what is in force, and where it comes from."""

from __future__ import annotations

import sys

import typer

from stackaudit.cli.arguments import ConfigFile, configuration


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("config", epilog="Example: `stackaudit config`")(config)


def config(config: ConfigFile = None) -> None:
    """Print the effective configuration and where each value comes from."""
    from stackaudit.cli.looks import look_settings
    from stackaudit.config.effective import rule_settings, rules_in_force, settings
    from stackaudit.outputs.terminal import make_console, report_settings

    found = configuration(config)
    of_rules = rule_settings(found, rules_in_force(found))
    every = (*settings(found), *look_settings(found), *of_rules)
    report_settings(every, make_console(sys.stdout))
