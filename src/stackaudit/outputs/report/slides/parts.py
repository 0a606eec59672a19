"""What shapes are made of as DrawingML: name, place, ground and outline."""

from __future__ import annotations

from typing import Final, Literal
from xml.etree import ElementTree as ET

from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.route import Rect
from stackaudit.outputs.sanitize import visible

EMU: Final = 9525
"""English metric units to a pixel."""
ACCENT: Final = "accent1"
"""The color of the theme that the configuration sets; every other color is written `#rrggbb`."""
Dashes = Literal["", "dash", "sysDot", "sysDash", "lgDashDot"]


def emu(length: float) -> str:
    """A length as the file has it."""
    return str(round(length * EMU))


@dataclass(frozen=True, slots=True)
class Pen:
    """How a line is drawn."""

    color: str
    width: float = 1.0
    """In points."""
    dashes: Dashes = ""
    arrow: bool = False
    round: bool = False


def named(
    parent: ET.Element, tags: tuple[str, str], number: int, name: str, says: str
) -> ET.Element:
    """The id and name of a shape, and what it is for those who cannot see it.

    Returns the element for what only its kind of shape has.
    """
    holder = ET.SubElement(parent, tags[0])
    found = {"id": str(number), "name": visible(name)[:80]}
    if says:
        found["descr"] = visible(says)
    ET.SubElement(holder, "p:cNvPr", found)
    properties = ET.SubElement(holder, tags[1])
    if tags[1] == "p:cNvGraphicFramePr":
        ET.SubElement(properties, "a:graphicFrameLocks", noGrp="1")
    ET.SubElement(holder, "p:nvPr")
    return properties


def placed(parent: ET.Element, rect: Rect, **flips: str) -> ET.Element:
    """Where a shape stands, and how it is turned over; returns the element that says so."""
    transform = ET.SubElement(parent, "a:xfrm", flips)
    ET.SubElement(transform, "a:off", x=emu(rect.left), y=emu(rect.top))
    size = {"cx": emu(max(rect.width, 0)), "cy": emu(max(rect.height, 0))}
    ET.SubElement(transform, "a:ext", size)
    return transform


def corner(rect: Rect) -> int:
    """The rounding of a corner: 5 pixels, or half a side that is shorter than ten."""
    return round(min(5 / max(min(rect.width, rect.height), 1), 0.5) * 100000)


def color_of(parent: ET.Element, color: str) -> None:
    """A color, as `#rrggbb` or by its name in the theme."""
    solid = ET.SubElement(parent, "a:solidFill")
    if color.startswith("#"):
        ET.SubElement(solid, "a:srgbClr", val=color[1:].upper())
    else:
        ET.SubElement(solid, "a:schemeClr", val=color)


def fill_with(parent: ET.Element, fill: str | None) -> None:
    """The ground of a shape; None for none."""
    if fill is None:
        ET.SubElement(parent, "a:noFill")
    else:
        color_of(parent, fill)


def outlined(parent: ET.Element, pen: Pen | None, tag: str = "a:ln") -> None:
    """The line around a shape, or along it; None for none."""
    if pen is None:
        ET.SubElement(ET.SubElement(parent, tag), "a:noFill")
        return
    line = ET.SubElement(parent, tag, w=str(round(pen.width * 12700)))
    if pen.round:
        line.set("cap", "rnd")
    color_of(line, pen.color)
    if pen.dashes:
        ET.SubElement(line, "a:prstDash", val=pen.dashes)
    if pen.arrow:
        ET.SubElement(line, "a:tailEnd", type="triangle", w="med", len="med")
