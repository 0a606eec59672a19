"""Silos: tools and groups of tools between which, and to whose masters, no data moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from stackaudit.graph.lineage import lineage
from stackaudit.graph.possible import closure, possible, possible_sources, sure_sources
from stackaudit.graph.structure import Structure, remembered
from stackaudit.inventory.model.scalars import NONE


def connected(graph: Structure, tool: str) -> bool | None:
    """Whether data moves into, out of or through the tool; None if that is not sure.

    It is not where the only flows are such that nobody said what they carry.
    """
    flows = graph.stack.flows
    near = (
        *graph.carrying_passing(tool),
        *(f for f in graph.carrying_inflows(tool) if flows[f].source != tool),
        *(f for f in graph.carrying_outflows(tool) if flows[f].target != tool),
    )
    if any(flows[name].data for name in near):
        return True
    known = tool not in graph.running or graph.lists_flows_of(tool)
    return None if near or not known else False


@remembered
def groups(graph: Structure) -> tuple[frozenset[str], ...]:
    """The tools in use, grouped by whether data moves between them in any direction, or may.

    The tool that a flow runs through belongs to the group of its ends. A tool without flows is a
    group of its own. Sorted by the first id of each.
    """
    return _grouped(graph, graph.carrying)


def _grouped(graph: Structure, flows: Iterable[str]) -> tuple[frozenset[str], ...]:
    beside = _neighbours(graph, flows)
    in_use, found, seen = frozenset(graph.in_use), [], set[str]()
    for tool in graph.in_use:
        if tool not in seen:
            group = closure((tool,), lambda at: beside.get(at, ()))
            seen |= group
            found.append(in_use.intersection(group))
    return tuple(found)


def _neighbours(graph: Structure, flows: Iterable[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in flows:
        flow = graph.stack.flows[name]
        found.setdefault(flow.source, []).append(flow.target)
        found.setdefault(flow.target, []).append(flow.source)
        if flow.through is not None:
            found.setdefault(flow.source, []).append(flow.through)
            found.setdefault(flow.through, []).append(flow.source)
    return found


@remembered
def _group_of(graph: Structure, sure: bool) -> Mapping[str, frozenset[str]]:
    flows = graph.stack.flows
    stated = (name for name in graph.carrying if flows[name].data is not None)
    found = _grouped(graph, stated) if sure else groups(graph)
    return {tool: group for group in found for tool in group}


def group_of(graph: Structure, tool: str, sure: bool = False) -> frozenset[str]:
    """The group that the tool belongs to; itself alone if it is not in use.

    `sure` leaves out those connected only by flows of which nobody said what they carry.
    """
    return _group_of(graph, sure).get(tool, frozenset((tool,)))


def island(graph: Structure, tool: str) -> bool | None:
    """Whether the tool is in a group of two or more that has none of the masters of its data.

    True if datasets that the group keeps have a system of record, and none of these is in it.
    """
    return _apart(graph, group_of(graph, tool, sure=True), group_of(graph, tool))


@remembered
def _apart(graph: Structure, least: frozenset[str], most: frozenset[str]) -> bool | None:
    """The same for a group as it surely is, and as it may be; asked once for all its tools."""
    if _has_a_record(graph, least):
        return False
    if not graph.flows_known or not most.isdisjoint(graph.partly_listed):
        return None
    if least == most:
        return _is_island(graph, most)
    if _has_a_record(graph, most):
        return None
    answers = {_is_island(graph, least), _is_island(graph, most)}
    return answers.pop() if len(answers) == 1 else None


def _has_a_record(graph: Structure, group: frozenset[str]) -> bool:
    return any(graph.records_of(tool) for tool in group)


@remembered
def _is_island(graph: Structure, group: frozenset[str]) -> bool | None:
    if len(group) < 2 or _has_a_record(graph, group):
        return False
    if any(not group.isdisjoint(graph.may_be_record(dataset)) for dataset in graph.unrecorded):
        return None
    if any(graph.record_tool(dataset) for tool in group for dataset in graph.kept(tool)):
        return True
    tools = (graph.stack.tools[tool] for tool in group)
    said = all(tool.holds is not None and tool.collects is not None for tool in tools)
    return False if said else None


def reaches_record(graph: Structure, tool: str, dataset: str) -> bool | None:
    """Whether the dataset gets from the tool to its system of record.

    True where there is stated to be none, as there is nothing to reach; None if nobody said
    which tool it is, or the flows are not known well enough.
    """
    record = graph.record(dataset)
    if record is None or record == NONE:
        return True if record else None
    sure, possibly = _into_record(graph, dataset, record)
    if tool in sure:
        return True
    return None if tool in possibly else False


@remembered
def _into_record(
    graph: Structure, dataset: str, record: str
) -> tuple[frozenset[str], frozenset[str]]:
    to = (record,)
    return sure_sources(graph, dataset, to), possible_sources(graph, dataset, to)


def fed(graph: Structure, tool: str, dataset: str) -> bool | None:
    """Whether the dataset gets from its system of record to the tool; as `reaches_record`."""
    record = graph.record(dataset)
    if record is None or record == NONE:
        return True if record else None
    if tool in (lineage(graph, dataset).from_record or ()):
        return True
    return None if tool in possible(graph, dataset, (record,)) else False


def passes_on(graph: Structure, tool: str, dataset: str) -> bool | None:
    """Whether a flow takes the dataset out of the tool; None if that is not sure."""
    if graph.routes_out(dataset).get(tool):
        return True
    return _may(graph, tool, tool in graph.unstated_out)


def takes_in(graph: Structure, tool: str, dataset: str) -> bool | None:
    """Whether a flow brings the dataset to the tool; None if that is not sure."""
    if graph.routes_into(dataset).get(tool):
        return True
    return _may(graph, tool, tool in graph.unstated_into)


def _may(graph: Structure, tool: str, unstated: bool) -> bool | None:
    if unstated:
        return None
    return None if tool in graph.running and not graph.lists_flows_of(tool) else False
