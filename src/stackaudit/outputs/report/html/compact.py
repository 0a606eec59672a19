"""The page and its pictures without what HTML does not need: it is read by browsers, and mailed.

Only tags are touched, never a text: in everything that comes from a file `<` and `>` are escaped,
so that what stands between them is ours.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree as ET

_XMLNS: Final = ' xmlns="http://www.w3.org/2000/svg"'
_TAG: Final = re.compile(r"<[a-zA-Z][^<>]*>")
_QUOTED: Final = re.compile(r'(?<=\s)([a-zA-Z-]+)="([A-Za-z0-9_.:#-]+)"(?=[\s>])')
_OPTIONAL: Final = re.compile(r"\s*</(?:li|dt|dd|tr|td|th|thead|tbody|option)>\n*")
"""Ends that HTML infers: by what may follow in their parents (13.1.2.4 of the standard)."""
_BLANK: Final = re.compile(r">\n+(?=<)")
_DECIMAL: Final = re.compile(r"(?<![\d.])(-?\d+)\.(\d+)")
_OF_LINKS: Final = ("stroke-opacity", "stroke-width")
_IN_THE_MIDDLE: Final = frozenset(("on-fill", "on-severity", "on-ink"))
"""Classes of texts that the style writes bold and in the middle."""
_SIZES: Final = frozenset(("12", "13", "14", "15", "16", "17", "18"))
"""Sizes of letters that are classes of the style: t13."""


def compact(html: str) -> str:
    """The page without quotes and end tags that may be left out, and with fewer line ends."""
    short = _TAG.sub(lambda tag: _QUOTED.sub(r"\1=\2", tag[0]), html)
    return _BLANK.sub(">", _OPTIONAL.sub("", short))


def slim(svg: str, *, brief: bool = False) -> str:
    """The picture as it stands in a page whose style has the colors of its classes.

    Lengths are whole: a unit is a pixel on a wall. A brief one has titles for its chips only.
    """
    root = ET.fromstring(svg.replace(_XMLNS, "", 1))  # noqa: S314 - made by us a moment ago
    root.attrib.pop("font-family", None)
    for each in root.iter():
        _colors(each)
        _letters(each)
        _lengths(each)
        _title(each, brief=brief)
    return ET.tostring(root, encoding="unicode").replace(" />", "/>")


def _colors(element: ET.Element) -> None:
    """Every class of a picture has its color in the style; what has none keeps its attribute."""
    attributes = element.attrib
    if "class" not in attributes:
        return
    classes = attributes["class"].split()
    if attributes.get("fill") != "none" or "no-fill" in classes:
        attributes.pop("fill", None)
    attributes.pop("stroke", None)
    if "link" in classes:
        for name in _OF_LINKS:
            attributes.pop(name, None)


def _letters(element: ET.Element) -> None:
    if element.tag != "text":
        return
    attributes = element.attrib
    classes = [each for each in attributes.pop("class", "").split() if each != "ink"]
    bold = attributes.pop("font-weight", "") == "700"
    if _IN_THE_MIDDLE.intersection(classes):
        attributes.pop("text-anchor", None)
    elif bold:
        classes.append("b")
    if (size := attributes.get("font-size", "")) in _SIZES:
        del attributes["font-size"]
        classes.append(f"t{size}")
    if classes:
        attributes["class"] = " ".join(classes)


def _lengths(element: ET.Element) -> None:
    for name, value in element.attrib.items():
        if name in ("x", "y", "width", "height", "d", "cx", "cy", "transform"):
            element.attrib[name] = _DECIMAL.sub(_whole, value)


def _whole(match: re.Match[str]) -> str:
    value = float(match[0])
    return str(int(value + 0.5) if value >= 0 else -int(-value + 0.5))


def _title(element: ET.Element, *, brief: bool) -> None:
    """A title stays only where it says more than a text beside it or the list below."""
    title = element.find("title")
    if title is None or element.tag == "svg":
        return
    classes = element.get("class", "").split()
    if (
        "gap" in classes
        or (brief and "chip" not in classes)
        or not title.text
        or any(text.text == title.text for text in element.iter("text"))
    ):
        element.remove(title)
