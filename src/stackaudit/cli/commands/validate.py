"""`stackaudit validate`: the inventory alone."""

from __future__ import annotations

import typer

from stackaudit.cli.arguments import StackFile, inventory_file


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("validate", epilog="Example: `stackaudit validate stack.yaml`")(validate)


def validate(stack: StackFile = None) -> None:
    """Check an inventory without running a rule; every problem with its line."""
    from stackaudit.catalog.taxonomy import by_alias
    from stackaudit.inventory.load import load

    found = load(inventory_file(stack), by_alias())
    files = len(found.origins.documents)
    typer.echo(
        f"valid: {len(found.tools)} tools, {len(found.flows)} flows, {len(found.datasets)} datasets "
        f"in {files} file{'' if files == 1 else 's'}"
    )
