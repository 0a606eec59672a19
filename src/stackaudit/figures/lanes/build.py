"""From an audit to the lane map: which chips, links and gaps there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final, Literal

from stackaudit.audit import AuditResult
from stackaudit.dataclass import dataclass
from stackaudit.figures.lanes.bundle import together
from stackaudit.figures.lanes.model import (
    ALL_LANES,
    MOST_FLOWS,
    MOST_TOOLS,
    UNPLACED,
    Box,
    Chip,
    Gap,
    Lane,
    LaneMap,
    Link,
    Style,
)
from stackaudit.figures.sensitivity import of_data, sensitivity_of
from stackaudit.findings.judged import Judged
from stackaudit.inventory.model import Flow
from stackaudit.rules.facts.review import reviewed
from stackaudit.rules.severity import Severity

Missing = Literal["to_provider", "into_record", "from_record"]

_MISSING: Final[Mapping[str, Missing]] = {
    "need.met": "to_provider",
    "holding.reaches_record": "into_record",
    "holding.fed": "from_record",
}
"""Facts that are false where a flow is missing, and which flow that is."""
_DRAWN: Final = frozenset({"active", "planned", "broken", "paused"})


def lane_map(result: AuditResult, *, bundled: bool | None = None) -> LaneMap:
    """The map of all tools in use and planned; bundled where there are too many to show each.

    `bundled` decides for itself if it is not given.
    """
    detailed = _detailed(result)
    too_many = len(detailed.chips) > MOST_TOOLS or len(detailed.links) > MOST_FLOWS
    return together(detailed) if (too_many if bundled is None else bundled) else detailed


def neighbourhood(found: LaneMap, tool: str) -> LaneMap:
    """The same map with only a tool, what it is linked to, and those links."""
    links = tuple(each for each in found.links if tool in (each.source, each.target))
    gaps = tuple(each for each in found.gaps if tool in (each.source, each.target))
    near = {tool}
    near.update(end for each in links for end in (each.source, each.target))
    near.update(end for each in gaps for end in (each.source, each.target))
    boxes = [
        (lane.id, replace(box, chips=tuple(chip for chip in box.chips if chip.id in near)))
        for lane in found.lanes
        for box in lane.boxes
    ]
    lanes = tuple(
        Lane(lane.id, tuple(box for id_, box in boxes if id_ == lane.id and box.chips))
        for lane in found.lanes
    )
    return replace(found, lanes=lanes, links=links, gaps=gaps)


def _detailed(result: AuditResult) -> LaneMap:
    shown = _shown(result)
    links = _links(result, shown)
    return LaneMap(
        lanes=_lanes(result, shown),
        links=links,
        gaps=_gaps(result, shown),
        bundled=False,
        tools=len(shown),
        flows=sum(len(each.flows) for each in links),
        flows_known=result.stack.knows_flows,
    )


def _shown(result: AuditResult) -> tuple[str, ...]:
    """Tools that are there or will be, and those gone that data still goes to."""
    graph, tools = result.world.graph, result.stack.tools
    return tuple(
        name
        for name in sorted(tools)
        if tools[name].in_use
        or tools[name].stage == "planned"
        or graph.carrying_inflows(name)
        or graph.carrying_outflows(name)
    )


def _lanes(result: AuditResult, shown: Iterable[str]) -> tuple[Lane, ...]:
    capabilities, shown_as = result.world.graph.capabilities, result.world.wording.shown
    counts = _counts(result.findings)
    boxes: dict[str, dict[str, list[Chip]]] = {lane: defaultdict(list) for lane in ALL_LANES}
    for name in shown:
        main = next(iter(result.stack.tools[name].capabilities or ()), "")
        lane = capabilities[main].lane if main in capabilities else None
        boxes[lane or UNPLACED][main].append(_chip(result, name, counts.get(name, {})))
    return tuple(
        Lane(
            lane,
            tuple(
                Box(
                    each,
                    shown_as(capabilities[each].name) if each in capabilities else "",
                    tuple(chips),
                )
                for each, chips in sorted(found.items())
            ),
        )
        for lane, found in boxes.items()
        if found or lane != UNPLACED
    )


def _chip(result: AuditResult, name: str, findings: Mapping[Severity, int]) -> Chip:
    graph, subject = result.world.graph, result.world.tools[name]
    return Chip(
        id=name,
        name=subject.label(),
        sensitivity=sensitivity_of(result.world, name),
        findings=findings,
        tools=(name,),
        lifecycle=subject.entry.stage,
        reviewed=reviewed(subject),
        carries=len(graph.passing(name)),
    )


def _counts(findings: Iterable[Judged]) -> Mapping[str, Mapping[Severity, int]]:
    """Findings by tool: those that stand for themselves and that nobody waived."""
    counts: dict[str, Counter[Severity]] = defaultdict(Counter)
    for each in findings:
        if each.folded_under is None and each.status != "waived":
            for tool in {ref.id for ref in each.finding.subjects if ref.kind == "tool"}:
                counts[tool][each.finding.severity] += 1
    return counts


def _links(result: AuditResult, shown: Iterable[str]) -> tuple[Link, ...]:
    there = set(shown)
    between: dict[tuple[str, str], list[tuple[str, Flow]]] = defaultdict(list)
    for name, flow in result.stack.flows.items():
        drawn = (flow.status or "active") in _DRAWN
        if drawn and flow.source in there and flow.target in there and flow.source != flow.target:
            between[flow.source, flow.target].append((name, flow))
    return tuple(_link(result, *ends, flows) for ends, flows in sorted(between.items()))


def _link(result: AuditResult, source: str, target: str, flows: list[tuple[str, Flow]]) -> Link:
    data = sorted({each for _, flow in flows for each in flow.data or ()})
    complete = all(flow.data is not None for _, flow in flows)
    return Link(
        source,
        target,
        tuple(name for name, _ in flows),
        tuple(data),
        of_data(result.stack, data, complete=complete),
        _style([flow for _, flow in flows]),
    )


def _style(flows: list[Flow]) -> Style:
    statuses = {flow.status or "active" for flow in flows}
    if "broken" in statuses:
        return "broken"
    if statuses <= {"planned", "paused"}:
        return "planned"
    return "by_hand" if all(flow.method in ("file", "manual") for flow in flows) else "machine"


@dataclass(frozen=True, slots=True)
class _Missing:
    source: str
    target: str
    dataset: str
    finding: Judged


def _gaps(result: AuditResult, shown: Iterable[str]) -> tuple[Gap, ...]:
    """The flows that findings say are missing, numbered from the worst finding on."""
    there = set(shown)
    together: dict[tuple[str, str], list[_Missing]] = {}
    for each in result.findings:
        if each.status != "waived":
            found = _missing(result, each)
            if found is not None and {found.source, found.target} <= there:
                together.setdefault((found.source, found.target), []).append(found)
    return tuple(
        Gap(
            number,
            *ends,
            data=tuple(sorted({each.dataset for each in found})),
            why=tuple(dict.fromkeys(each.finding.finding.message for each in found)),
            fingerprints=tuple(dict.fromkeys(each.finding.finding.fingerprint for each in found)),
        )
        for number, (ends, found) in enumerate(together.items(), 1)
    )


def _missing(result: AuditResult, judged: Judged) -> _Missing | None:
    """The flow that would clear a finding, as far as one can be named."""
    read = (each.fact for each in judged.finding.evidence if each.value is False)
    which = next((_MISSING[fact] for fact in read if fact in _MISSING), None)
    if which is None:
        return None
    graph = result.world.graph
    first, dataset = (ref.id for ref in judged.finding.subjects[:2])
    if which == "to_provider":
        need = graph.need(first, dataset)
        if not need.nearest or not need.providers:
            return None
        return _Missing(need.nearest[0], need.providers[0], dataset, judged)
    record = graph.record_tool(dataset)
    if record is None or record == first:
        return None
    source, target = (first, record) if which == "into_record" else (record, first)
    return _Missing(source, target, dataset, judged)
