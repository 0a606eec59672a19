"""`stackaudit facts`: what rules can read."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from stackaudit.errors import Problem, UsageError, did_you_mean


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("facts", epilog="Example: `stackaudit facts tool`")(facts)


def _complete_kind(incomplete: str) -> list[str]:
    from stackaudit.rules.subjects import kinds

    return [name for name in kinds() if name.startswith(incomplete)]


def facts(
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="KIND",
            help="Only the facts of this kind of subject: tool, flow, need …",
            autocompletion=_complete_kind,
            show_default=False,
        ),
    ] = None,
) -> None:
    """List the facts that rules can read: name, type, meaning, where they come from."""
    from stackaudit.outputs.terminal import make_console, report_facts
    from stackaudit.rules.facts.registry import all_facts
    from stackaudit.rules.subjects import kinds

    if kind is not None and kind not in kinds():
        of, dot, _ = kind.partition(".")
        names = f"the kinds are {', '.join(sorted(kinds()))}"
        whole = f"`stackaudit facts {of}` lists its facts" if dot and of in kinds() else None
        hint = whole or did_you_mean(kind, kinds(), names)
        raise UsageError(Problem("unknown-kind", f"there is no kind `{kind}`", None, hint))
    chosen = [fact for fact in all_facts() if kind in (None, fact.kind)]
    report_facts(chosen, make_console(sys.stdout))
