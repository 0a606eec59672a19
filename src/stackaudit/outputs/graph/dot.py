"""The data graph in the language of Graphviz."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stackaudit.figures.lanes.model import LaneMap, Style
from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.svg.palette import LIGHT

_LINES: Final[dict[Style, str]] = {
    "machine": "solid",
    "by_hand": "dashed",
    "planned": "dotted",
    "broken": "bold",
}


def render(found: LaneMap, *, dark: bool = False) -> bytes:  # noqa: ARG001
    """A directed graph with a cluster for each lane."""
    return ("\n".join(_lines(found)) + "\n").encode()


def _lines(found: LaneMap) -> Iterator[str]:
    yield "digraph stack {"
    yield "  rankdir=LR;"
    yield '  node [shape=box, style=rounded, fontname="sans-serif"];'
    for number, lane in enumerate(found.lanes):
        if lane.boxes:
            yield f"  subgraph cluster_{number} {{"
            yield f"    label={quoted(lane.id)};"
            for chip in (chip for box in lane.boxes for chip in box.chips):
                color = LIGHT.sensitivity[chip.sensitivity]
                yield f'    {quoted(chip.id)} [label={quoted(chip.name)}, color="{color}"];'
            yield "  }"
    for link in found.links:
        color, style = LIGHT.sensitivity[link.sensitivity], _LINES[link.style]
        attributes = f'label={quoted(", ".join(link.data))}, style={style}, color="{color}"'
        yield f"  {quoted(link.source)} -> {quoted(link.target)} [{attributes}];"
    for gap in found.gaps:
        text = quoted(f"missing {gap.number}: {', '.join(gap.data)}")
        attributes = f'label={text}, style=dotted, penwidth=2, color="{LIGHT.gap}"'
        yield f"  {quoted(gap.source)} -> {quoted(gap.target)} [{attributes}];"
    yield "}"


def quoted(text: str) -> str:
    r"""A string of the language; its escapes (`\n`, `\N`) are never left to a name."""
    shown = visible(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{shown}"'
