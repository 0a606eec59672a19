"""Pictures as they stand in the page: without what its style or its tables say anyway.

Lengths are whole: a unit of a picture is a pixel on a wall. What looks alike and stands together
is one group, or one path. A title stays only where it says more than a text beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final
from xml.etree import ElementTree as ET

from stackaudit.outputs.report.html.path import whole, whole_path
from stackaudit.outputs.svg.text import ELLIPSIS

_XMLNS: Final = ' xmlns="http://www.w3.org/2000/svg"'
_LENGTHS: Final = ("x", "y", "width", "height", "cx", "cy", "transform")
_OF_GROUPS: Final[tuple[str, ...]] = ("marker-end", "stroke-dasharray")
_IN_THE_MIDDLE: Final = frozenset(("on-fill", "on-severity", "on-ink"))
"""Classes of texts that the style writes bold and in the middle."""
_USUAL: Final = 13
"""The size of letters that needs no class."""
_OF_GAPS: Final = ("stroke-width", "stroke-linecap", "stroke-dasharray", "marker-end")
_PLAIN: Final = ("timeline", "treemap")
"""Pictures whose texts all lie above everything else."""
_COLUMNS: Final = ("lineage",)
"""Pictures whose texts stand in columns."""
_MOVED: Final = 4
"""So many texts below each other are moved together."""
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

    A brief one has titles for its chips only. What lines carry is left to the table of flows, if
    it is listed there.
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
    _links(root, listed=listed)
    if root.get("class") in _PLAIN:
        _flat(root)
    for each in list(root.iter()):
        each[:] = _merged(list(map(_bare, each)))
    if root.get("class") in _COLUMNS:
        root[:] = _columns(list(root))
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
        or (brief and "chip" not in classes)
        or (listed and not cut and {"renewal", "dot"}.intersection(classes))
        or not title.text
        or set(title.text.split("; ")) <= shown
        or (element.tag == "text" and not cut)
    ):
        element.remove(title)


def _links(root: ET.Element, *, listed: bool) -> None:
    """Lines of one look as one group, which says for each in turn what it runs between."""
    found = root.iterfind("g[@class='chips']/g")
    chips = {each.attrib["data-tool"]: number for number, each in enumerate(found)}
    for links in root.iterfind("g[@class='links']"):
        groups: dict[str, ET.Element] = {}
        for each in links:
            name = each.attrib["class"].removeprefix("link ")
            common = {key: each.attrib[key] for key in _OF_GROUPS if key in each.attrib}
            group = groups.setdefault(name, ET.Element("g", {"class": name, **common}))
            _between(group, each, chips)
            line = ET.SubElement(group, "path", {"d": each.attrib["d"]})
            line[:] = [] if listed else each
        links[:] = list(groups.values())
    for gaps in root.iterfind("g[@class='gaps']"):
        for gap in gaps:
            _between(gaps, gap, chips)
            _gap(gap, gaps)


def _between(group: ET.Element, line: ET.Element, chips: Mapping[str, int]) -> None:
    """Adds to what a group says of its lines: the numbers of two chips, from nought.

    A line to nowhere has a number that no chip has.
    """
    ends = [str(chips.get(line.attrib[each], len(chips))) for each in ("data-from", "data-to")]
    group.set("data-e", " ".join([*group.get("data-e", "").split(), *ends]))


def _gap(gap: ET.Element, gaps: ET.Element) -> None:
    """A missing flow; what all of them look like stands with their group or in the style."""
    gap.attrib = {"class": "gap"}
    for each in gap:
        for name in _OF_GAPS:
            if name in each.attrib:
                gaps.set(name, each.attrib.pop(name))
        for name in ("class", "r"):
            each.attrib.pop(name, None)


def _flat(root: ET.Element) -> None:
    """Lines, discs and grounds of one look as one path each, below all texts."""
    for group in root.findall("g"):
        _entitled(group)
        place = list(root).index(group)
        root[place : place + 1] = list(group)
    looks: dict[tuple[tuple[str, str], ...], ET.Element] = {}
    rest = []
    for each in root:
        path = _drawn(each)
        if path is None:
            rest.append(each)
            continue
        line = path.attrib.pop("d")
        look = looks.setdefault(tuple(sorted(path.attrib.items())), path)
        look.set("d", look.get("d", "") + line)
    for path in looks.values():
        path.set("d", whole_path(path.attrib["d"]))
    below = [each for each in rest if each.tag in ("title", "desc", "rect")]
    root[:] = [*below, *looks.values(), *(each for each in rest if each not in below)]


def _entitled(group: ET.Element) -> None:
    """The title of a group at the ground that it has, or at its text."""
    title = group.find("title")
    if title is None:
        return
    group.remove(title)
    ground = group.find("rect")
    target = group.find("text") if ground is None else ground
    assert target is not None, "nothing in a group has a name without a text or a ground"
    target.append(title)


def _drawn(element: ET.Element) -> ET.Element | None:
    """A shape as a path; None for what is none or has corners of its own."""
    attributes = dict(element.attrib)
    if len(element):
        return None
    if element.tag == "circle" and attributes.get("class", "").startswith("fill-"):
        # a line without length has ends that are half a disc each
        x, y, radius = (attributes.pop(key) for key in ("cx", "cy", "r"))
        attributes["class"] = attributes["class"].replace("fill-", "stroke-")
        attributes |= {"d": f"M{x} {y}h0", "stroke-width": f"{2 * float(radius):g}",
                       "stroke-linecap": "round"}  # fmt: skip
    elif element.tag == "rect" and "rx" not in attributes:
        x, y = attributes.pop("x", "0"), attributes.pop("y", "0")
        width, height = attributes.pop("width"), attributes.pop("height")
        attributes["d"] = f"M{x} {y}h{width}v{height}h-{width}z"
    elif element.tag != "path" or "transform" in attributes:
        return None
    return ET.Element("path", attributes)


def _bare(element: ET.Element) -> ET.Element:
    """The text in a group that says nothing else, instead of the group."""
    if element.tag != "g" or element.attrib or len(element.findall("text")) != 1:
        return element
    _entitled(element)
    return element[0] if len(element) == 1 else element


def _merged(elements: list[ET.Element]) -> Iterator[ET.Element]:
    """Rectangles that follow each other and look alike, as one path with corners."""
    pending: list[ET.Element] = []
    for each in [*elements, None]:
        if pending and (each is None or not _alike(pending[-1], each)):
            yield _one(pending)
            pending = []
        if each is not None:
            pending.append(each)


def _alike(one: ET.Element, other: ET.Element) -> bool:
    if one.tag != "rect" or other.tag != "rect" or one.get("class") != "lane":
        return False
    keys = ("class", "rx", "height", "width")
    return all(one.get(key) == other.get(key) for key in keys) and not len(one) + len(other)


def _columns(elements: list[ET.Element]) -> Iterator[ET.Element]:
    """Texts that follow each other and begin at the same distance from the left, as a group."""
    for (tag, x), found in groupby(elements, key=lambda each: (each.tag, each.get("x"))):
        run = list(found)
        if tag != "text" or x is None or len(run) < _MOVED:
            yield from run
            continue
        group = ET.Element("g", {"transform": f"translate({x})"})
        group[:] = run
        for each in run:
            del each.attrib["x"]
        yield group


def _one(elements: list[ET.Element]) -> ET.Element:
    if len(elements) == 1:
        return elements[0]
    first = elements[0].attrib
    width, height = first["width"], first["height"]
    shape = f"h{width}v{height}h-{width}z"
    path = "".join(f"M{each.get('x', '0')} {each.get('y', '0')}{shape}" for each in elements)
    return ET.Element("path", {"d": whole_path(path), "class": first["class"]})


def _markers(root: ET.Element) -> None:
    """Only heads that a line has."""
    used = {each.get("marker-end") for each in root.iter()}
    for defs in root.iter("defs"):
        defs[:] = [each for each in defs if f"url(#{each.get('id')})" in used]
