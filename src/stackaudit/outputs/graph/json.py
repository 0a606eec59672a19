"""The data graph as JSON: tools, links, and the flows that are missing."""

from __future__ import annotations

import json
from typing import Any

from stackaudit.figures.lanes.model import Chip, LaneMap


def render(found: LaneMap, *, dark: bool = False) -> bytes:  # noqa: ARG001
    """The graph in ASCII, so that no terminal or log can be fooled by it."""
    document = {
        "schema_version": 1,
        "bundled": found.bundled,
        "flows_known": found.flows_known,
        "nodes": [
            _node(chip, lane.id, box.capability)
            for lane in found.lanes
            for box in lane.boxes
            for chip in box.chips
        ],
        "links": [
            {
                "source": each.source,
                "target": each.target,
                "flows": list(each.flows),
                "data": list(each.data),
                "sensitivity": each.sensitivity,
                "style": each.style,
            }
            for each in found.links
        ],
        "missing": [
            {
                "number": each.number,
                "source": each.source,
                "target": each.target,
                "data": list(each.data),
                "why": list(each.why),
                "fingerprints": list(each.fingerprints),
            }
            for each in found.gaps
        ],
    }
    return (json.dumps(document, indent=2, ensure_ascii=True) + "\n").encode()


def _node(chip: Chip, lane: str, capability: str) -> dict[str, Any]:
    return {
        "id": chip.id,
        "name": chip.name,
        "lane": lane,
        "capability": capability or None,
        "tools": list(chip.tools),
        "sensitivity": chip.sensitivity,
        "lifecycle": chip.lifecycle,
        "reviewed": chip.reviewed,
        "carries": chip.carries,
        "findings": {each.word: number for each, number in sorted(chip.findings.items())},
    }
