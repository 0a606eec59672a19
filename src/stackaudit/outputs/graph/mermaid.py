"""The data graph as Mermaid text, for a page of Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from stackaudit.figures.lanes.model import LaneMap, Style
from stackaudit.outputs.encode.mermaid import label
from stackaudit.outputs.svg.palette import LIGHT

_ARROWS: Final[dict[Style, str]] = {
    "machine": "-->",
    "by_hand": "-.->",
    "planned": "-.->",
    "broken": "--x",
}


def render(
    found: LaneMap,
    *,
    dark: bool = False,  # noqa: ARG001
    lanes: Mapping[str, str] | None = None,
    missing: str = "missing",
) -> bytes:
    """A flowchart: a subgraph for each lane; missing flows are thick and say their number.

    `lanes` and `missing` are the words for both, in English if none are given.
    """
    words = lanes or {lane.id: lane.id.capitalize() for lane in found.lanes}
    return ("\n".join(_lines(found, words, missing)) + "\n").encode()


def _lines(found: LaneMap, lanes: Mapping[str, str], missing: str) -> Iterator[str]:
    names = {chip.id: f"n{number}" for number, chip in enumerate(found.chips)}
    yield "flowchart LR"
    for lane in found.lanes:
        if lane.boxes:
            yield f"  subgraph {lane.id}[{label(lanes[lane.id])}]"
            for chip in (chip for box in lane.boxes for chip in box.chips):
                yield f"    {names[chip.id]}[{label(chip.name)}]"
            yield "  end"
    for link in found.links:
        data = f"|{label(', '.join(link.data))}|" if link.data else ""
        yield f"  {names[link.source]} {_ARROWS[link.style]}{data} {names[link.target]}"
    for gap in found.gaps:
        text = label(f"{missing} {gap.number} {', '.join(gap.data)}")
        yield f"  {names[gap.source]} ==>|{text}| {names[gap.target]}"
    if found.gaps:
        numbers = range(len(found.links), len(found.links) + len(found.gaps))
        yield f"  linkStyle {','.join(map(str, numbers))} stroke:{LIGHT.gap}"
