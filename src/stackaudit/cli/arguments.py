"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from stackaudit.errors import Problem, UsageError

if TYPE_CHECKING:
    from stackaudit.config.model import Config


def complete_rule(incomplete: str) -> list[str]:
    """Rule ids that begin as typed, for shell completion."""
    from stackaudit.rules.library import shipped_rules
    from stackaudit.rules.load import rule_files

    return [name for name, _ in rule_files(shipped_rules()) if name.startswith(incomplete)]


def complete_selection(incomplete: str) -> list[str]:
    """Categories and rule ids that begin as typed."""
    from stackaudit.rules.load import CATEGORIES

    return [
        *(each for each in CATEGORIES if each.startswith(incomplete)),
        *complete_rule(incomplete),
    ]


def complete_format(incomplete: str) -> list[str]:
    """Names of formats that begin as typed."""
    from stackaudit.outputs.formats import FORMATS

    return [name for name in FORMATS if name.startswith(incomplete)]


ConfigFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="The configuration. Default: stackaudit.yaml or pyproject.toml, here or above.",
        show_default=False,
    ),
]
StackFile: TypeAlias = Annotated[
    str | None,
    typer.Argument(
        metavar="STACK",
        help="The inventory; `-` reads standard input. Default: stack.yaml in this folder.",
        show_default=False,
    ),
]
Select: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="NAMES",
        help="Only these rules or categories (repeat, or separate with commas).",
        autocompletion=complete_selection,
    ),
]
Ignore: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar="NAMES",
        help="Not these rules or categories.",
        autocompletion=complete_selection,
    ),
]
FormatName: TypeAlias = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help="What to print: text, json, sarif, junit, github, github-summary, gitlab, azure, "
        "markdown or csv.",
        autocompletion=complete_format,
    ),
]
Outputs: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Also write a file; its suffix says the format, or FORMAT:FILE. Repeatable.",
    ),
]
AsOf: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DAY",
        help="The day of the audit, as in 2026-11-02. Default: today in UTC.",
        show_default=False,
    ),
]
BaselineFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--baseline",
        metavar="FILE",
        help="Findings that were known before; they do not gate. Default: as configured.",
        show_default=False,
    ),
]
RuleFolders: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules", metavar="FOLDER", help="More rules: a folder with <category>/<name>.yaml files."
    ),
]


def inventory_file(given: str | None, config: Config) -> str:
    """The inventory to read: as given, as configured, else stack.yaml.

    Raises UsageError if there is none.
    """
    if given is not None:
        return given
    from stackaudit.config.effective import DEFAULT_INVENTORY, inventory_in_force

    found = inventory_in_force(config)
    if not Path(found).exists():
        raise UsageError(
            Problem(
                "no-inventory",
                f"there is no {DEFAULT_INVENTORY} in this folder",
                None,
                "name the inventory, as in `stackaudit audit ours.yaml` (--stack or --into where "
                "the command has that), or begin one with `stackaudit init`",
            )
        )
    return found


def configuration(given: Path | None) -> Config:
    """The configuration: the file given, or the one found from the current folder up."""
    from stackaudit.config.read import read_config

    return read_config(given)


def rule_folders(given: list[Path] | None, argument: str = "--rules") -> list[Path]:
    """The folders of more rules; raises UsageError for one that is not there, or has none."""
    for folder in given or ():
        if not folder.is_dir():
            message, hint = f"{argument}: there is no folder {folder}", "check the name"
            if folder.exists():
                hint = "that is a file: name the folder that has <category>/<name>.yaml in it"
            raise UsageError(Problem("no-folder", message, None, hint))
        if not any(folder.rglob("*.yaml")):
            hint = "a rule is a file <category>/<name>.yaml, as in security/my-rule.yaml"
            raise UsageError(Problem("no-rules", f"there is no rule in {folder}", None, hint))
    return given or []
