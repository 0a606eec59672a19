"""The parts that pictures are made of: elements with numbers cut short and text made visible.

A color is an attribute, so that any program can draw it, and has a class, so that a page can give
it another color in a dark theme. Nothing here has a `style`, which a strict page would refuse.
"""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree as ET

from stackaudit.figures.lanes.route import Rect
from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.svg import text as writing

FONT: Final = (
    "Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', 'Noto Sans', 'DejaVu Sans', "
    "sans-serif"
)


def picture(width: float, height: float, kind: str, title: str, description: str) -> ET.Element:
    """An empty picture with its name and what it shows, for those who cannot see it."""
    svg = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {short(width)} {short(height)}",
            "role": "img",
            "class": kind,
            "font-family": FONT,
        },
    )
    ET.SubElement(svg, "title").text = visible(title)
    ET.SubElement(svg, "desc").text = visible(description)
    return svg


def group(parent: ET.Element, title: str = "", **attributes: str) -> ET.Element:
    """A group, with what it is in words; `data_tool` becomes `data-tool`."""
    named = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    found = ET.SubElement(parent, "g", named)
    if title:
        ET.SubElement(found, "title").text = visible(title)
    return found


def box(
    parent: ET.Element,
    rect: Rect,
    fill: str,
    class_: str,
    radius: float = 0.0,
    stroke: str | None = None,
) -> ET.Element:
    """A rectangle."""
    attributes = {
        "x": short(rect.left), "y": short(rect.top),
        "width": short(max(rect.width, 0.0)), "height": short(max(rect.height, 0.0)),
        "fill": fill, "class": class_,
    }  # fmt: skip
    if radius:
        attributes["rx"] = short(radius)
    if stroke is not None:
        attributes["stroke"] = stroke
    return ET.SubElement(parent, "rect", attributes)


def label(  # noqa: PLR0913 - what a text is made of
    parent: ET.Element,
    text: str,
    x: float,
    y: float,
    size: float,
    fill: str,
    class_: str = "ink",
    *,
    most: float | None = None,
    bold: bool = False,
    anchor: str = "start",
) -> ET.Element:
    """A text on one line, cut where it would be wider than `most`."""
    attributes = {
        "x": short(x), "y": short(y), "font-size": short(size), "fill": fill, "class": class_,
    }  # fmt: skip
    if bold:
        attributes["font-weight"] = "700"
    if anchor != "start":
        attributes["text-anchor"] = anchor
    element = ET.SubElement(parent, "text", attributes)
    shown = visible(text)
    # bold letters are wider by about a twelfth
    element.text = shown if most is None else writing.cut(shown, most, size * (1.08 if bold else 1))
    return element


def line(
    parent: ET.Element, path: str, color: str, class_: str, width: float = 1.0, dashes: str = ""
) -> ET.Element:
    """A line along a path."""
    attributes = {
        "d": path, "fill": "none", "stroke": color, "stroke-width": short(width), "class": class_,
    }  # fmt: skip
    if dashes:
        attributes["stroke-dasharray"] = dashes
    return ET.SubElement(parent, "path", attributes)


def disc(
    parent: ET.Element, x: float, y: float, radius: float, fill: str, class_: str
) -> ET.Element:
    """A filled circle."""
    return ET.SubElement(parent, "circle", {
        "cx": short(x), "cy": short(y), "r": short(radius), "fill": fill, "class": class_,
    })  # fmt: skip


def short(number: float) -> str:
    """A length with a tenth at most: enough, short, and the same on every platform."""
    return f"{number:.1f}".removesuffix(".0")


def written(svg: ET.Element) -> str:
    """The picture as text."""
    return ET.tostring(svg, encoding="unicode")
