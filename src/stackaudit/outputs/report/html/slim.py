"""Pictures as they stand in the page: without what its style or its tables say anyway.

Lengths are whole: a unit of a picture is a pixel on a wall. What looks alike and stands together
is one group, or one path. A title stays only where it says more than a text beside it.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree as ET

from stackaudit.outputs.report.html.path import whole, whole_path
from stackaudit.outputs.report.html.together import bare, flat, in_columns, lines_together, merged
from stackaudit.outputs.svg.text import ELLIPSIS

_XMLNS: Final = ' xmlns="http://www.w3.org/2000/svg"'
_LENGTHS: Final = ("x", "y", "width", "height", "cx", "cy", "transform")
_IN_THE_MIDDLE: Final = frozenset(("on-fill", "on-severity", "on-ink"))
"""Classes of texts that the style writes bold and in the middle."""
_USUAL: Final = 13
"""The size of letters that needs no class."""
_PLAIN: Final = ("timeline", "treemap")
"""Pictures whose texts all lie above everything else."""
_COLUMNS: Final = ("lineage",)
"""Pictures whose texts stand in columns."""
_RADII: Final = ("chip-ground", "box")
"""Classes of rectangles whose corners are in the style."""
_USUAL_LETTERS: Final = {"lineage": "b t16", "timeline": "b t17"}
"""The class of most texts in a picture, which they need not have."""
_SHORT: Final = {
    "chip-ground": "cg", "on-severity": "os", "on-fill": "of", "severity-": "v-", "fill-": "f-",
    "stroke-": "l-",
}  # fmt: skip
"""How classes that pictures have by the hundred are called in the page."""
_NAMES: Final = "|".join(_SHORT)
_CLASS: Final = re.compile(rf"(?<![\w-])(?:{_NAMES})")
_SELECTOR: Final = re.compile(rf"""(?<=[."])(?:{_NAMES})""")
LETTERS: Final = range(12, 31)
"""Sizes of letters that are classes of the style: t15."""
_SHAPES: Final = {("20", "20", "4"): "q", ("20", "20", "10"): "o", ("32", "18", "9"): "v"}
"""Width, height and radius of rectangles that every chip has, by the class of the style."""


def slim(svg: str, *, brief: bool = False, listed: bool = True) -> str:
    """The picture for a page whose style has the colors of its classes.

    A brief one has titles only for its chips, and where a name is cut or has no room. What lines
    carry is left to the table of flows, if it is listed there.
    """
    root = ET.fromstring(svg.replace(_XMLNS, "", 1))  # noqa: S314 - made by us a moment ago
    root.attrib.pop("font-family", None)
    _description(root)
    heads = {each for marker in root.iter("marker") for each in marker}
    usual = _USUAL_LETTERS.get(root.get("class", ""), "")
    for each in list(root.iter()):
        _title(each, brief=brief, listed=listed)
        _colors(each)
        _letters(each, usual)
        if each not in heads:  # which are small: half a unit is much
            _lengths(each)
        each.attrib.pop("data-tools", None)
    lines_together(root, listed=listed)
    if root.get("class") in _PLAIN:
        flat(root)
    for each in list(root.iter()):
        each[:] = merged(list(map(bare, each)))
    if root.get("class") in _COLUMNS:
        root[:] = in_columns(list(root))
    _markers(root)
    for each in root.iter():
        if "class" in each.attrib:
            each.attrib["class"] = _CLASS.sub(lambda name: _SHORT[name[0]], each.attrib["class"])
    return ET.tostring(root, encoding="unicode").replace(" />", "/>")


def short_names(style: str) -> str:
    """A style with the classes of pictures as they are called in the page."""
    return _SELECTOR.sub(lambda name: _SHORT[name[0]], style)


def _description(root: ET.Element) -> None:
    """What a picture shows stands above it in words; only that of the map says more."""
    found = root.find("desc")
    if found is not None and root.get("class") != "lane-map":
        root.remove(found)


def _colors(element: ET.Element) -> None:
    """Every class of a picture has its color in the style; what has none keeps its attribute."""
    attributes = element.attrib
    if "class" not in attributes:
        return
    classes = attributes["class"].split()
    if "chip" in classes:
        attributes["class"] = "chip"
    line = element.tag == "path" and classes[0].startswith("stroke-")
    if attributes.get("fill") != "none" or "no-fill" in classes or line:
        attributes.pop("fill", None)
    attributes.pop("stroke", None)
    if attributes.get("stroke-width") == "1":
        del attributes["stroke-width"]


def _letters(element: ET.Element, usual: str) -> None:
    if element.tag != "text":
        return
    attributes = element.attrib
    classes = [each for each in attributes.pop("class", "").split() if each != "ink"]
    bold = attributes.pop("font-weight", "") == "700"
    anchor = attributes.pop("text-anchor", "start")
    if not _IN_THE_MIDDLE.intersection(classes):
        classes += ["b"] * bold + {"end": ["e"], "middle": ["c"]}.get(anchor, [])
    size = int(float(attributes.pop("font-size", _USUAL)))
    if size != _USUAL and size in LETTERS:
        classes.append(f"t{size}")
    elif size != _USUAL:
        attributes["font-size"] = str(size)
    if "on-severity" in classes:
        attributes.pop("font-size", None)
    name = " ".join(classes)
    if name and name != usual:
        attributes["class"] = name


def _lengths(element: ET.Element) -> None:
    attributes = element.attrib
    for name in _LENGTHS:
        if name in attributes:
            attributes[name] = whole(attributes[name])
    if "d" in attributes:
        attributes["d"] = whole_path(attributes["d"])
    if element.tag == "rect":
        _rectangle(attributes)


def _rectangle(attributes: dict[str, str]) -> None:
    """Without what is nought, or said by a class; stripes need no round corners."""
    if attributes.get("class") == "lane" and attributes.get("rx") == "5":
        del attributes["rx"]
    for name in ("x", "y", "rx"):
        if attributes.get(name) == "0":
            del attributes[name]
    size = (attributes.get("width", ""), attributes.get("height", ""), attributes.get("rx", ""))
    if attributes.get("class") in _RADII:
        attributes.pop("rx", None)
    if size in _SHAPES:
        for name in ("width", "height", "rx"):
            del attributes[name]
        attributes["class"] = f"{attributes['class']} {_SHAPES[size]}"


def _title(element: ET.Element, *, brief: bool, listed: bool) -> None:
    """A title stays only where it says more than the texts beside it and the tables of the page."""
    title = element.find("title")
    if title is None or element.tag == "svg":
        return
    classes = element.get("class", "").split()
    shown = {text.text or "" for text in element.iter("text")}
    cut = any(ELLIPSIS in each for each in shown)
    if (
        "gap" in classes
        or (brief and not cut and "chip" not in classes and (shown or "link" in classes))
        or (listed and not cut and {"renewal", "dot"}.intersection(classes))
        or not title.text
        or set(title.text.split("; ")) <= shown
        or (element.tag == "text" and not cut)
    ):
        element.remove(title)


def _markers(root: ET.Element) -> None:
    """Only heads that a line has."""
    used = {each.get("marker-end") for each in root.iter()}
    for defs in root.iter("defs"):
        defs[:] = [each for each in defs if f"url(#{each.get('id')})" in used]
