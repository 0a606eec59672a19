"""`stackaudit graph`: the data graph alone, as a picture, a tree, or for other tools."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from stackaudit.cli.arguments import (
    AsOf,
    ConfigFile,
    RuleFolders,
    StackFile,
    configuration,
)
from stackaudit.errors import Problem, UsageError, did_you_mean

if TYPE_CHECKING:
    from stackaudit.figures.lanes.model import LaneMap

EPILOG = """Examples: `stackaudit graph` shows a tree; `stackaudit graph -o map.svg -o map.png`
draws the lane map; `stackaudit graph --tool hubspot -f mermaid` shows one tool and its
neighbours."""


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("graph", epilog=EPILOG)(graph)


def graph(
    stack: StackFile = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format", "-f", metavar="FORMAT",
            help="What to print: tree, svg, mermaid, dot, graphml or json.",
        ),
    ] = "tree",
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output", "-o", metavar="FILE",
            help="Write a file instead; its suffix says the format (.svg, .png, .mmd, .dot, "
            ".graphml, .json, .txt), or FORMAT:FILE. Repeatable.",
        ),
    ] = None,
    tool: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Only this tool and what it exchanges data with."),
    ] = None,
    bundled: Annotated[
        bool | None,
        typer.Option(
            "--bundled/--detailed",
            help="Capabilities instead of tools, or every tool. Default: as many tools as can be "
            "told apart.",
            show_default=False,
        ),
    ] = None,
    dark: Annotated[bool, typer.Option("--dark", help="Draw on a dark ground.")] = False,
    as_of: AsOf = None,
    rules: RuleFolders = None,
    config: ConfigFile = None,
) -> None:  # fmt: skip
    """Draw the data graph of a stack: lanes, tools, flows, and what is missing."""
    from stackaudit.cli.auditing import audited, spare_what_is_read
    from stackaudit.figures.lanes.build import lane_map
    from stackaudit.outputs.files import write_whole
    from stackaudit.outputs.graph.formats import graph_format, graph_targets

    chosen = graph_format(format_)
    targets = graph_targets(output)
    settings = configuration(config)
    if chosen.binary and not targets:
        hint = f"name a file, as in -o map.{chosen.name}"
        message = f"{chosen.name} is not for a terminal"
        raise UsageError(Problem("binary-format", message, None, hint))
    result = audited(settings, stack, as_of, rules)
    spare_what_is_read([path for _, path in targets], result.stack, settings)
    found = lane_map(result, bundled=False if tool else bundled)
    if tool is not None:
        found = _near(found, tool)
    for format_of, path in targets:
        write_whole(path, format_of.render(found, dark=dark))
        typer.echo(f"wrote {path}", err=True)
    if not targets:
        _print(found, chosen.name, dark=dark)


def _near(found: LaneMap, tool: str) -> LaneMap:
    from stackaudit.figures.lanes.build import neighbourhood

    known = [chip.id for chip in found.chips]
    if tool not in known:
        hint = did_you_mean(tool, known, "see `stackaudit graph`")
        raise UsageError(
            Problem("unknown-tool", f"there is no tool `{tool}` on the map", None, hint)
        )
    return neighbourhood(found, tool)


def _print(found: LaneMap, name: str, *, dark: bool) -> None:
    from stackaudit.outputs.graph.formats import graph_format

    if name == "tree":
        from stackaudit.outputs.terminal import make_console
        from stackaudit.outputs.terminal.graph import report_graph

        report_graph(found, make_console(sys.stdout))
        return
    sys.stdout.write(graph_format(name).render(found, dark=dark).decode("utf-8"))
