"""How a command changes a file: written whole, or with `--dry-run` shown as a diff."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

DryRun: TypeAlias = Annotated[
    bool, typer.Option("--dry-run", help="Show what would change, as a diff, and change nothing.")
]


def put(path: Path, content: bytes, *, dry_run: bool) -> None:
    """Write the file, or print the lines of it that would change.

    Raises SurroundingsError where it cannot be written; a dry run, where its folder is missing.
    """
    from stackaudit.cli.streams import print_whole
    from stackaudit.inventory.files import read_bytes, shown_name
    from stackaudit.outputs.edits import edit_text
    from stackaudit.outputs.files import check_folder, write_whole

    if not dry_run:
        write_whole(path, content)
        return
    check_folder(path)
    file = shown_name(path)
    before = read_bytes(path, file) if path.exists() else b""
    print_whole(edit_text(before.decode("utf-8"), content.decode("utf-8"), file))


def say(text: str, *, dry_run: bool) -> None:
    """Say what was written, or beside the diff what would be."""
    typer.echo(f"would write {text}" if dry_run else f"wrote {text}", err=dry_run)
