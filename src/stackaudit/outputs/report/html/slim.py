"""Pictures inside the page: without what the style of the page says anyway."""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree as ET

_XMLNS: Final = ' xmlns="http://www.w3.org/2000/svg"'
_SAID: Final = ("stroke-opacity", "stroke-width", "marker-end", "stroke-linecap")
"""What the style says of every link of the lane map; heads of arrows by their class."""


def slim(svg: str) -> str:
    """The picture with its classes for colors, and a title only where it says more than a text."""
    root = ET.fromstring(svg.replace(_XMLNS, "", 1))  # noqa: S314 - made by us a moment ago
    root.attrib.pop("font-family", None)
    for each in root.iter():
        _colors(each)
        _title(each)
    return ET.tostring(root, encoding="unicode")


def _colors(element: ET.Element) -> None:
    """Every class of a picture has its color in the style; what has none keeps its attribute."""
    attributes = element.attrib
    if "class" not in attributes:
        return
    if attributes.get("fill") != "none" or "no-fill" in attributes["class"].split():
        attributes.pop("fill", None)
    attributes.pop("stroke", None)
    if attributes["class"].startswith("link "):
        for name in _SAID[:2]:
            attributes.pop(name, None)
    if attributes["class"] == "ink":
        del attributes["class"]  # what a text is if nobody says anything


def _title(element: ET.Element) -> None:
    title = element.find("title")
    if title is None or element.tag == "svg":
        return
    if any(text.text == title.text for text in element.iter("text")):
        element.remove(title)
