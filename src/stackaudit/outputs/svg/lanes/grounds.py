"""The grounds of the lane map: a column for each lane, and in it a box for each capability."""

from __future__ import annotations

from math import ceil
from xml.etree import ElementTree as ET

from stackaudit.figures.lanes.place import BOX_HEAD, LANE_HEAD, PlacedBox
from stackaudit.figures.lanes.route import Rect
from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.svg import text as writing
from stackaudit.outputs.svg.lanes.parts import SIZE, SMALL, Drawing, ground, label

_HEAD = 19
"""The size of the letters above a lane."""


def draw_lanes(svg: ET.Element, drawing: Drawing) -> None:
    """Every lane, with its name on top of each page of it."""
    for name, rect in drawing.placed.lanes:
        wide = Rect(rect.left - 10, rect.width + 20, rect.top, rect.height)
        ground(svg, wide, 10, drawing.palette.lane, "lane")
        _names(svg, drawing, drawing.words.lanes.get(name, name), rect)


def _names(svg: ET.Element, drawing: Drawing, name: str, rect: Rect) -> None:
    page = drawing.placed.sizes.page or drawing.placed.height
    shown = writing.cut(name, rect.width, _HEAD)
    for number in range(ceil(rect.height / page)):
        top = number * page + LANE_HEAD - 14
        text = label(svg, shown, rect.left, top, _HEAD, drawing.palette.ink, "ink")
        text.set("font-weight", "700")


def draw_boxes(svg: ET.Element, drawing: Drawing) -> None:
    """Every capability, unless each of its chips stands for one."""
    head = drawing.placed.sizes.box_head
    if not head:
        return
    for each in drawing.placed.boxes:
        ground(svg, each.rect, 8, drawing.palette.box, "box", drawing.palette.edge)
        _box_name(svg, drawing, each, head)


def _box_name(svg: ET.Element, drawing: Drawing, placed: PlacedBox, head: float) -> None:
    rect, name = placed.rect, visible(placed.box.name) or drawing.words.no_capability
    group = ET.SubElement(svg, "g")
    ET.SubElement(group, "title").text = name
    room = rect.width - 16
    size = SIZE if writing.width(name, SIZE) <= room else SMALL
    shown = writing.cut(name, room, size)
    y = rect.top + head * 18 / BOX_HEAD
    text = label(group, shown, rect.left + 8, y, size, drawing.palette.faint, "faint")
    text.set("font-weight", "600")
