"""The data graph as a tree of plain text: lanes, capabilities, tools, and where their data goes."""

from __future__ import annotations

import io

from stackaudit.figures.lanes.model import LaneMap


def render(found: LaneMap, *, dark: bool = False) -> bytes:  # noqa: ARG001
    """The tree as a file has it: without colors, lines as long as they are."""
    from stackaudit.outputs.terminal.console import make_console
    from stackaudit.outputs.terminal.graph import report_graph

    stream = io.StringIO()
    report_graph(found, make_console(stream))
    return stream.getvalue().encode()
