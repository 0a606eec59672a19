"""The lane map as SVG."""

from __future__ import annotations

from stackaudit.figures.lanes.model import LaneMap
from stackaudit.figures.lanes.place import placed
from stackaudit.outputs.svg.lane_map import draw
from stackaudit.outputs.svg.palette import DARK, LIGHT


def render(found: LaneMap, *, dark: bool = False) -> bytes:
    """The picture, that stands alone."""
    return f"{draw(placed(found), DARK if dark else LIGHT)}\n".encode()
