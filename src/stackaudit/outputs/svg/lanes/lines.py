"""The lines of the lane map: the flows there are, and the numbered ones that are missing."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from stackaudit.figures.lanes.model import Gap, Link
from stackaudit.figures.lanes.place import PlacedGap
from stackaudit.figures.lanes.route import Path
from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.svg.lanes.parts import DASHES, GAP_DOTS, Drawing, label, middle
from stackaudit.outputs.svg.shapes import short


def draw_heads(svg: ET.Element, drawing: Drawing) -> None:
    """Arrow heads, one for each color of line, for the lines to refer to."""
    defs = ET.SubElement(svg, "defs")
    colors: dict[str, str] = {"gap": drawing.palette.gap}
    colors.update((str(name), color) for name, color in drawing.palette.sensitivity.items())
    for name, color in colors.items():
        marker = ET.SubElement(defs, "marker", {
            "id": f"head-{name}", "viewBox": "0 0 8 8", "refX": "7", "refY": "4",
            "markerWidth": "8", "markerHeight": "8", "orient": "auto",
            "markerUnits": "userSpaceOnUse",
        })  # fmt: skip
        ET.SubElement(
            marker, "path", {"d": "M0 0.5 8 4 0 7.5z", "fill": color, "class": f"fill-{name}"}
        )


def draw_links(svg: ET.Element, drawing: Drawing) -> None:
    """The flows that there are."""
    links = ET.SubElement(svg, "g", {"class": "links", "fill": "none"})
    for each in drawing.placed.links:
        _link(links, drawing, each.link, each.path)


def _link(parent: ET.Element, drawing: Drawing, link: Link, path: Path) -> None:
    attributes = {
        "class": f"link stroke-{link.sensitivity} {link.style}",
        "data-from": link.source,
        "data-to": link.target,
        "d": _d(path),
        "stroke": drawing.palette.sensitivity[link.sensitivity],
        "stroke-width": "2",
        "stroke-opacity": "0.75",
        "marker-end": f"url(#head-{link.sensitivity})",
    }
    if link.style in DASHES:
        attributes["stroke-dasharray"] = DASHES[link.style]
    line = ET.SubElement(parent, "path", attributes)
    data = visible(", ".join(link.data)) or drawing.words.sensitivities["unknown"]
    ends = visible(f"{link.source} → {link.target}")
    ET.SubElement(line, "title").text = f"{ends}: {data}; {drawing.words.styles[link.style]}"


def draw_gaps(svg: ET.Element, drawing: Drawing) -> None:
    """The flows that are missing; no line crosses a number."""
    for draw_part in (_gap_line, _gap_number):
        gaps = ET.SubElement(svg, "g", {"class": "gaps", "fill": "none"})
        for each in drawing.placed.gaps:
            draw_part(_gap(gaps, drawing, each.gap), drawing, each)


def _gap(parent: ET.Element, drawing: Drawing, gap: Gap) -> ET.Element:
    group = ET.SubElement(
        parent,
        "g",
        {"class": "gap", "data-from": gap.source, "data-to": gap.target},
    )
    why = visible(". ".join(gap.why))
    ET.SubElement(group, "title").text = f"{drawing.words.missing} {gap.number}: {why}"
    return group


def _gap_line(group: ET.Element, drawing: Drawing, gap: PlacedGap) -> None:
    ET.SubElement(group, "path", {
        "d": _d(gap.path), "stroke": drawing.palette.gap, "class": "stroke-gap",
        "stroke-width": "2.5", "stroke-linecap": "round",
        "stroke-dasharray": GAP_DOTS, "marker-end": "url(#head-gap)",
    })  # fmt: skip


def _gap_number(group: ET.Element, drawing: Drawing, gap: PlacedGap) -> None:
    (x, y), palette = gap.label, drawing.palette
    ET.SubElement(group, "circle", {
        "cx": short(x), "cy": short(y), "r": "10", "fill": palette.gap, "class": "fill-gap",
    })  # fmt: skip
    text = label(group, str(gap.gap.number), x, y + 4.2, 12, palette.paper, "on-fill")
    middle(text, bold=True)


def _d(path: Path) -> str:
    """The commands of a path; a level stretch needs no more than its end."""
    parts = [f"M{short(path[0].start.x)} {short(path[0].start.y)}"]
    for curve in path:
        points = (curve.first, curve.second, curve.end)
        if {short(point.y) for point in points} == {short(curve.start.y)}:
            parts.append(f"H{short(curve.end.x)}")
        else:
            parts.append("C" + " ".join(f"{short(point.x)} {short(point.y)}" for point in points))
    return "".join(parts)
