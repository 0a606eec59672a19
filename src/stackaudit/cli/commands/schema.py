"""`stackaudit schema`: the JSON Schemas of what is read and written."""

from __future__ import annotations

import sys
from typing import Annotated, Final

import typer

from stackaudit.errors import Problem, UsageError, did_you_mean

SCHEMAS: Final = ("inventory", "report", "diff")


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("schema", epilog="Example: `stackaudit schema inventory > inventory.schema.json`")(
        schema
    )


def schema(
    which: Annotated[
        str,
        typer.Argument(
            metavar="inventory|report|diff",
            help="Of the inventory, of the JSON report, or of the JSON of `stackaudit diff`.",
            autocompletion=lambda: list(SCHEMAS),
        ),
    ],
) -> None:
    """Print a JSON Schema, for completion in editors and for programs."""
    if which not in SCHEMAS:
        hint = did_you_mean(which, SCHEMAS, "there are inventory, report and diff")
        raise UsageError(Problem("unknown-schema", f"there is no schema `{which}`", None, hint))
    sys.stdout.write(schema_text(which))


def schema_text(which: str) -> str:
    """The schema as it is printed and committed."""
    if which == "inventory":
        from stackaudit.inventory.schema import schema_text

        return schema_text()
    if which == "diff":
        from stackaudit.outputs.diff_document import diff_schema_text

        return diff_schema_text()
    from stackaudit.outputs.schema import schema_text as report_schema_text

    return report_schema_text()
