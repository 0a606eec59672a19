"""The lane map as SVG, that stands alone or inside a page.

Every color is an attribute (so that any program can draw it) and has a class (so that a page can
give it another color in a dark theme). Each chip, link and gap names what it stands for in `data-`
attributes, for a page that highlights them, and in a title, for people.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from stackaudit.figures.lanes.place import Placed
from stackaudit.figures.lanes.route import Rect
from stackaudit.outputs.svg.lanes.chips import draw_chip
from stackaudit.outputs.svg.lanes.grounds import draw_boxes, draw_lanes
from stackaudit.outputs.svg.lanes.legend import draw_legend
from stackaudit.outputs.svg.lanes.lines import draw_gaps, draw_heads, draw_links
from stackaudit.outputs.svg.lanes.parts import Drawing, ground
from stackaudit.outputs.svg.lanes.words import ENGLISH, Words
from stackaudit.outputs.svg.palette import LIGHT, Palette
from stackaudit.outputs.svg.shapes import FONT, short


def draw(placed: Placed, palette: Palette = LIGHT, words: Words = ENGLISH) -> str:
    """The picture as the text of an SVG document."""
    return ET.tostring(_root(Drawing(placed, palette, words)), encoding="unicode")


def _root(drawing: Drawing) -> ET.Element:
    """The whole picture; lines lie under the chips."""
    svg = _empty(drawing)
    draw_heads(svg, drawing)
    whole = Rect(0, drawing.placed.width, 0, drawing.placed.height)
    ground(svg, whole, 0, drawing.palette.paper, "paper")
    draw_lanes(svg, drawing)
    draw_boxes(svg, drawing)
    draw_links(svg, drawing)
    chips = ET.SubElement(svg, "g", {"class": "chips"})
    for chip in drawing.placed.chips:
        draw_chip(chips, drawing, chip)
    draw_gaps(svg, drawing)
    draw_legend(svg, drawing)
    return svg


def _empty(drawing: Drawing) -> ET.Element:
    """The picture without anything in it, but with its name and what it shows."""
    svg = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {short(drawing.placed.width)} {short(drawing.placed.height)}",
            "role": "img",
            "class": "lane-map",
            "font-family": FONT,
        },
    )
    ET.SubElement(svg, "title").text = drawing.words.title
    ET.SubElement(svg, "desc").text = drawing.words.description
    return svg
