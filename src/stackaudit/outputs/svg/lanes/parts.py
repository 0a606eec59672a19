"""What all parts of the lane map are drawn with: sizes, dashes, rectangles and texts."""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree as ET

from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.place import Placed
from stackaudit.figures.lanes.route import Rect
from stackaudit.outputs.svg.lanes.words import Words
from stackaudit.outputs.svg.palette import Palette
from stackaudit.outputs.svg.shapes import short

SIZE: Final = 13.0
SMALL: Final = 11.5
DASHES: Final = {"by_hand": "7 5", "planned": "1.5 5", "broken": "12 4 2 4"}
GAP_DOTS: Final = "0.5 7"
"""Of a line that is missing, with round ends."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn, in which colors and words."""

    placed: Placed
    palette: Palette
    words: Words


def ground(
    parent: ET.Element, rect: Rect, radius: float, fill: str, class_: str, stroke: str | None = None
) -> ET.Element:
    """A rectangle."""
    attributes = {
        "x": short(rect.left), "y": short(rect.top),
        "width": short(rect.width), "height": short(rect.height),
        "rx": short(radius), "fill": fill, "class": class_,
    }  # fmt: skip
    if stroke is not None:
        attributes["stroke"] = stroke
    return ET.SubElement(parent, "rect", attributes)


def label(
    parent: ET.Element, text: str, x: float, y: float, size: float, fill: str, class_: str
) -> ET.Element:
    """A text that begins there, on its base line."""
    element = ET.SubElement(parent, "text", {
        "x": short(x), "y": short(y), "font-size": short(size), "fill": fill, "class": class_,
    })  # fmt: skip
    element.text = text
    return element


def middle(text: ET.Element, *, bold: bool = False) -> None:
    """Centers a text where it would begin."""
    text.set("text-anchor", "middle")
    if bold:
        text.set("font-weight", "700")
