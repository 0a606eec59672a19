"""How much a tool has to take, and data that goes in circles or has two masters."""

from __future__ import annotations

import math
from collections.abc import Iterator

from stackaudit.graph.missing import in_order
from stackaudit.phrase import phrase
from stackaudit.rules.facts.data import missing_flows
from stackaudit.rules.facts.registry import LISTED_FLOWS, Missing, fact
from stackaudit.rules.facts.tool import capabilities
from stackaudit.rules.kinds.data import DatasetSubject
from stackaudit.rules.kinds.flow import FlowSubject
from stackaudit.rules.kinds.tool import ToolSubject
from stackaudit.rules.kleene import Collection, Number, Some, number
from stackaudit.rules.types import FLAG, PER_DAY, TEXTS, many, subject

# How much it has to take


@fact("tool", FLAG)
def capped(tool: ToolSubject) -> bool:
    """Whether it is stated how much it can take in; if nothing is, there is no limit."""
    return tool.entry.limits is not None and tool.entry.limits.records is not None


@fact("tool", PER_DAY, rests_on=("limits.records",), writes="limits.records")
def capacity(tool: ToolSubject) -> float | None:
    """How many records a day it can take in."""
    return tool.world.graph.load(tool.id).limit


def _rates_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    graph, flows = tool.world.graph, tool.world.stack.flows
    names = sorted({*graph.carrying_inflows(tool.id), *graph.carrying_passing(tool.id)})
    unstated = (Missing("flows", each, "records") for each in names if flows[each].records is None)
    return (*unstated, *missing_flows(tool))


@fact("tool", PER_DAY, missing=_rates_unstated)
def incoming(tool: ToolSubject) -> Number:
    """How many records a day its flows bring, and take through it; all added up."""
    load = tool.world.graph.load(tool.id)
    return number(load.least, math.inf if load.most is None else load.most)


@fact("tool", PER_DAY)
def safe_capacity(tool: ToolSubject) -> float:
    """Twice what its flows are known to bring a day."""
    return 2 * tool.world.graph.load(tool.id).least


# Circles


def _flows_unstated(dataset: DatasetSubject) -> tuple[Missing, ...]:
    """What nobody said of flows that could carry the dataset."""
    graph = dataset.world.graph
    if not graph.flows_known:
        return (LISTED_FLOWS,)
    unlisted = (Missing("tools", each, "incomplete") for each in graph.partly_listed)
    unstated = (name for names in graph.unstated_out.values() for name in names)
    return in_order(*unlisted, *(Missing("flows", name, "data") for name in unstated))


@fact("dataset", many(subject("tool")), missing=_flows_unstated, cached=True)
def loop(dataset: DatasetSubject) -> Collection:
    """The tools from each of which it travels back to where it came from; of several, one."""
    loops = dataset.world.graph.loops(dataset.id)
    found = tuple(dataset.world.tools[each] for each in sorted(loops[0])) if loops else ()
    return Some(found) if not found and _flows_unstated(dataset) else found


@fact("dataset", subject("tool"))
def loop_start(dataset: DatasetSubject) -> ToolSubject | None:
    """The first tool of that circle, by id."""
    loops = dataset.world.graph.loops(dataset.id)
    return dataset.world.tools[min(loops[0])] if loops else None


# Two masters


def _moves(tool: ToolSubject) -> bool | None:
    """Whether one of its capabilities is to move data from tool to tool."""
    found = capabilities(tool)
    if found is None:
        return None
    verbs = [each.entry.does for each in found]
    if any("moves" in each for each in verbs if each is not None):
        return True
    return None if None in verbs else False


def _writes(dataset: DatasetSubject, tool: ToolSubject) -> bool | None:
    """Whether the tool is a second master: it neither collects the data nor only passes it on."""
    graph, record = dataset.world.graph, dataset.entry.system_of_record
    collects, moves = tool.entry.collects, _moves(tool)
    if (collects is not None and dataset.id in collects) or moves:
        return False
    sources = {
        dataset.world.stack.flows[name].source
        for name in graph.routes_into(dataset.id).get(tool.id, ())
    }
    if sources - {record, tool.id}:
        return False
    return None if collects is None or moves is None else True


def _into_record(dataset: DatasetSubject) -> list[FlowSubject]:
    """The flows that bring the data into its system of record."""
    graph = dataset.world.graph
    record = graph.record_tool(dataset.id)
    names = graph.routes_into(dataset.id).get(record, ()) if record is not None else ()
    flows = (dataset.world.flows[name] for name in sorted(names))
    return [each for each in flows if each.entry.source != record]


def _judged(dataset: DatasetSubject) -> Iterator[tuple[FlowSubject, bool | None]]:
    for flow in _into_record(dataset):
        yield flow, _writes(dataset, dataset.world.tools[flow.entry.source])


def _writers_unstated(dataset: DatasetSubject) -> tuple[Missing, ...]:
    graph = dataset.world.graph
    record = graph.record_tool(dataset.id)
    if record is None:
        return ()
    if not graph.lists_flows_of(record):
        partly = Missing("tools", record, "incomplete")
        return (partly if graph.flows_known else LISTED_FLOWS,)
    found = [Missing("flows", name, "data") for name in graph.unstated_into.get(record, ())]
    for flow, writes in _judged(dataset):
        if writes is None:
            found += _unclear(dataset.world.tools[flow.entry.source])
    return in_order(*found)


def _unclear(tool: ToolSubject) -> Iterator[Missing]:
    for key in ("collects", "capabilities"):
        if getattr(tool.entry, key) is None:
            yield Missing("tools", tool.id, key)
    for name in tool.entry.capabilities or ():
        if tool.world.capabilities[name].entry.does is None:
            yield Missing("capabilities", name, "does")


@fact("dataset", many(subject("tool")), missing=_writers_unstated, cached=True)
def second_masters(dataset: DatasetSubject) -> Collection:
    """The tools that write it into its system of record and neither collect it nor relay it.

    A tool relays what it gets from somewhere else than that record, and a tool whose work is to
    move data always does.
    """
    tools = dataset.world.tools
    found = sorted({flow.entry.source for flow, writes in _judged(dataset) if writes})
    masters = tuple(tools[each] for each in found)
    return Some(masters) if _writers_unstated(dataset) else masters


def _mutual(dataset: DatasetSubject) -> list[tuple[str, str]]:
    """The pairs of tools that bring it to each other; the flow of each way, the later first."""
    if "mutual" not in dataset.memory:
        dataset.memory["mutual"] = _both_ways(dataset)
    found: list[tuple[str, str]] = dataset.memory["mutual"]
    return found


def _both_ways(dataset: DatasetSubject) -> list[tuple[str, str]]:
    graph, world = dataset.world.graph, dataset.world
    record = graph.record_tool(dataset.id)
    ways: dict[tuple[str, str], str] = {}
    for names in graph.routes_out(dataset.id).values():
        for name in names:
            flow = world.stack.flows[name]
            if record not in (flow.source, flow.target):
                ways.setdefault((flow.source, flow.target), name)
    return sorted((ways[b, a], name) for (a, b), name in ways.items() if a < b and (b, a) in ways)


def _ways_unstated(dataset: DatasetSubject) -> tuple[Missing, ...]:
    """What nobody said of flows that could make a pair of tools feed it to each other.

    A flow without data matters only where another could lead back.
    """
    graph, flows = dataset.world.graph, dataset.world.stack.flows
    if not graph.flows_known:
        return (LISTED_FLOWS,)
    record = graph.record_tool(dataset.id)
    unstated = [name for names in graph.unstated_out.values() for name in names]
    carrying = [name for names in graph.routes_out(dataset.id).values() for name in names]
    ways = {(flows[name].source, flows[name].target) for name in (*unstated, *carrying)}

    def may_come_back(source: str, target: str) -> bool:
        return source != target and record not in (source, target) and (target, source) in ways

    mute = (name for name in unstated if may_come_back(flows[name].source, flows[name].target))
    return in_order(
        *(Missing("tools", each, "incomplete") for each in graph.partly_listed),
        *(Missing("flows", name, "data") for name in mute),
    )


@fact("dataset", TEXTS, missing=_ways_unstated)
def fed_both_ways(dataset: DatasetSubject) -> Collection:
    """The pairs of tools that feed it to each other, its system of record apart."""
    flows = dataset.world.flows
    found = tuple(
        phrase("{flow} and back", flow=flows[name].label()) for _, name in _mutual(dataset)
    )
    return Some(found) if not found and _ways_unstated(dataset) else found


@fact("dataset", subject("flow"))
def second_flow(dataset: DatasetSubject) -> FlowSubject | None:
    """The flow by which a second master writes it; else the way back between two equals."""
    for flow, writes in _judged(dataset):
        if writes:
            return flow
    for name, _ in _mutual(dataset):
        return dataset.world.flows[name]
    return None


# One sender, many receivers


def _fan(tool: ToolSubject) -> tuple[str | None, tuple[str, ...]]:
    """The dataset that the tool itself sends to the most tools, and those tools."""
    if "fan" not in tool.memory:
        tool.memory["fan"] = _widest(tool)
    found: tuple[str | None, tuple[str, ...]] = tool.memory["fan"]
    return found


def _widest(tool: ToolSubject) -> tuple[str | None, tuple[str, ...]]:
    receivers: dict[str, set[str]] = {}
    flows = tool.world.stack.flows
    for name in tool.world.graph.carrying_outflows(tool.id):
        flow = flows[name]
        if flow.through is None and flow.method not in ("file", "manual"):
            for dataset in flow.data or ():
                receivers.setdefault(dataset, set()).add(flow.target)
    widest = min(receivers, key=lambda each: (-len(receivers[each]), each), default=None)
    return widest, tuple(sorted(receivers[widest])) if widest else ()


def _sends_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    return missing_flows(tool, tool.world.graph.unstated_out.get(tool.id, ()))


@fact("tool", many(subject("tool")), missing=_sends_unstated, cached=True)
def direct_receivers(tool: ToolSubject) -> Collection:
    """The tools to which it sends one dataset by connections of its own: of all, the widest.

    What goes through another tool, or as a file or by hand, is no connection of its own.
    """
    found = tuple(tool.world.tools[each] for each in _fan(tool)[1])
    return Some(found) if _sends_unstated(tool) else found


@fact("tool", subject("dataset"))
def widest_data(tool: ToolSubject) -> DatasetSubject | None:
    """The dataset that it sends to those tools."""
    name = _fan(tool)[0]
    return tool.world.datasets[name] if name else None


def _work_unstated(tool: ToolSubject) -> tuple[Missing, ...]:
    if tool.entry.capabilities is None:
        return (Missing("tools", tool.id, "capabilities"),)
    known = tool.world.capabilities
    names = dict.fromkeys(tool.entry.capabilities)
    return tuple(Missing("capabilities", n, "does") for n in names if known[n].entry.does is None)


@fact("tool", FLAG, rests_on=("capabilities",), missing=_work_unstated)
def moves(tool: ToolSubject) -> bool | None:
    """Whether one of its capabilities is to move data from tool to tool."""
    return _moves(tool)
