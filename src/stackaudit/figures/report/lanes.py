"""The lane map as a chapter."""

from __future__ import annotations

from stackaudit.audit import AuditResult
from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.build import lane_map
from stackaudit.figures.lanes.model import LaneMap
from stackaudit.figures.report.parts import Reason


@dataclass(frozen=True, slots=True)
class Lanes:
    """The map to lead with, and the one with every tool."""

    map: LaneMap
    """Bundled by capability where there are too many tools or flows to show each."""
    detailed: LaneMap
    """Every tool; for neighbourhoods (:func:`stackaudit.figures.lanes.build.neighbourhood`)."""
    empty: Reason | None
    """Why there is no picture at all (no-tools)."""
    no_links: Reason | None
    """Why there is no line in it (flows-unknown, no-flows)."""


def lanes(result: AuditResult) -> Lanes:
    """The lane map of an audit."""
    found = lane_map(result)
    detailed = lane_map(result, bundled=False) if found.bundled else found
    return Lanes(
        map=found,
        detailed=detailed,
        empty=None if detailed.chips else "no-tools",
        no_links=None if detailed.links else _why_no_links(detailed),
    )


def _why_no_links(found: LaneMap) -> Reason:
    return "no-flows" if found.flows_known else "flows-unknown"
