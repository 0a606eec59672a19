"""`stackaudit validate`: the inventory alone."""

from __future__ import annotations

import typer

from stackaudit.cli.arguments import ConfigFile, StackFile, configuration, inventory_file


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("validate", epilog="Example: `stackaudit validate stack.yaml`")(validate)


def validate(stack: StackFile = None, config: ConfigFile = None) -> None:
    """Check an inventory without running a rule; every problem with its line."""
    from stackaudit.catalog.taxonomy import by_alias
    from stackaudit.inventory.load import load

    found = load(inventory_file(stack, configuration(config)), by_alias())
    counts = [
        _counted(len(found.tools), "tool"),
        _counted(len(found.flows), "flow"),
        _counted(len(found.datasets), "dataset"),
    ]
    files = _counted(len(found.origins.documents), "file")
    typer.echo(f"valid: {', '.join(counts)} in {files}")


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
