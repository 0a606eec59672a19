"""Which map is drawn on a slide: of tools, of capabilities, or of the largest of these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from stackaudit.figures.lanes.bundle import together
from stackaudit.figures.lanes.model import Box, Gap, Lane, LaneMap
from stackaudit.figures.lanes.place import CHIP_HEIGHT, placed
from stackaudit.figures.report.book import Book
from stackaudit.outputs.report.slides.map_scale import down_of

MERGED: Final = "…"
"""The capability that stands for the smaller ones of a lane."""
MOST_GAPS: Final = 12
"""So many missing flows are drawn: those of the worst findings."""
_LEAST: Final = 16.0
"""Chips less high than that cannot be read: then capabilities are drawn instead of tools."""


def drawn_map(book: Book) -> LaneMap:
    """The map that fits on a slide: tools, else capabilities, else the largest of these."""
    detailed = book.lanes.detailed
    found = book.lanes.map
    if _chip_height(found) < _LEAST and not found.bundled:
        found = together(detailed)
    most = max((len(lane.boxes) for lane in found.lanes), default=0)
    while _chip_height(found) < _LEAST and most > 2:
        most -= 1
        found = together(_largest(detailed, most))
    return found


def _chip_height(found: LaneMap) -> float:
    return CHIP_HEIGHT * down_of(placed(found))


def _largest(found: LaneMap, most: int) -> LaneMap:
    """The map with the smaller capabilities of each lane as one."""
    return replace(found, lanes=tuple(Lane(e.id, _merged(e.boxes, most)) for e in found.lanes))


def _merged(boxes: tuple[Box, ...], most: int) -> tuple[Box, ...]:
    if len(boxes) <= most:
        return boxes
    ranked = sorted(boxes, key=lambda each: (-len(each.chips), each.capability))
    rest = ranked[most - 1 :]
    chips = tuple(chip for box in rest for chip in box.chips)
    return (*ranked[: most - 1], Box(MERGED, str(len(rest)), chips))


def numbers_of(found: LaneMap, gaps: tuple[Gap, ...]) -> Mapping[tuple[str, str], int]:
    """From the ends of each missing flow between tools to its number in the map that is drawn."""
    home = {tool: chip.id for chip in found.chips for tool in chip.tools}
    known = {(each.source, each.target): each.number for each in found.gaps}
    ends = ((gap.source, gap.target) for gap in gaps)
    pairs = {(a, b): (home.get(a, ""), home.get(b, "")) for a, b in ends}
    return {pair: known[homes] for pair, homes in pairs.items() if homes in known}
