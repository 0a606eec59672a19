"""Elements of a picture that look alike, put together: as one group, or as one path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final
from xml.etree import ElementTree as ET

from stackaudit.outputs.report.html.path import whole_path

_OF_GROUPS: Final[tuple[str, ...]] = ("marker-end", "stroke-dasharray")
_OF_GAPS: Final = ("stroke-width", "stroke-linecap", "stroke-dasharray", "marker-end")
_MOVED: Final = 4
"""So many texts below each other are moved together."""


def lines_together(root: ET.Element, *, listed: bool) -> None:
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


def flat(root: ET.Element) -> None:
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


def bare(element: ET.Element) -> ET.Element:
    """The text in a group that says nothing else, instead of the group."""
    if element.tag != "g" or element.attrib or len(element.findall("text")) != 1:
        return element
    _entitled(element)
    return element[0] if len(element) == 1 else element


def merged(elements: list[ET.Element]) -> Iterator[ET.Element]:
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


def in_columns(elements: list[ET.Element]) -> Iterator[ET.Element]:
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
