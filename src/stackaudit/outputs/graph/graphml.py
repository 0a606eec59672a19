"""The data graph as GraphML, for Gephi, yEd and other programs that lay out graphs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from xml.etree import ElementTree as ET

from stackaudit.figures.lanes.model import LaneMap
from stackaudit.outputs.encode.xml import xml_text
from stackaudit.outputs.sanitize import visible

NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"
_NODE: Final = {
    "name": "string", "lane": "string", "capability": "string", "sensitivity": "string",
    "lifecycle": "string", "findings": "int",
}  # fmt: skip
_EDGE: Final = {"data": "string", "style": "string", "data_sensitivity": "string", "missing": "int"}


def render(found: LaneMap, *, dark: bool = False) -> bytes:  # noqa: ARG001
    """Nodes and edges with their facts; missing flows are edges with a number."""
    root = ET.Element("graphml", {"xmlns": NAMESPACE})
    for domain, keys in (("node", _NODE), ("edge", _EDGE)):
        for name, type_ in keys.items():
            attributes = {"id": name, "for": domain, "attr.name": name, "attr.type": type_}
            ET.SubElement(root, "key", attributes)
    graph = ET.SubElement(root, "graph", {"id": "stack", "edgedefault": "directed"})
    for lane in found.lanes:
        for box in lane.boxes:
            for chip in box.chips:
                node = ET.SubElement(graph, "node", {"id": chip.id})
                _data(node, {
                    "name": chip.name, "lane": lane.id, "capability": box.capability,
                    "sensitivity": chip.sensitivity, "lifecycle": chip.lifecycle,
                    "findings": str(chip.count),
                })  # fmt: skip
    for link in found.links:
        edge = ET.SubElement(graph, "edge", {"source": link.source, "target": link.target})
        data = {"data": ", ".join(link.data), "style": link.style}
        _data(edge, {**data, "data_sensitivity": link.sensitivity})
    for gap in found.gaps:
        edge = ET.SubElement(graph, "edge", {"source": gap.source, "target": gap.target})
        _data(edge, {"data": ", ".join(gap.data), "missing": str(gap.number)})
    return xml_text(root).encode()


def _data(parent: ET.Element, facts: Mapping[str, str]) -> None:
    for name, value in facts.items():
        if value:
            ET.SubElement(parent, "data", {"key": name}).text = visible(value)
