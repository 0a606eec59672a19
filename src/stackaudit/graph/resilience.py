"""Resilience: what is lost with a tool, how much it has to take, and data that goes in circles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import networkx as nx

from stackaudit.dataclass import dataclass
from stackaudit.graph.cuts import cuts
from stackaudit.graph.needs import Need, needs
from stackaudit.graph.possible import downstream
from stackaudit.graph.structure import Structure, remembered


@dataclass(frozen=True, slots=True)
class Load:
    """How many records a day come to a tool, and how many it can take."""

    least: float
    """What the flows say together."""
    most: float | None
    """The same if every flow says; None if one does not, or flows may be there unlisted."""
    limit: float | None
    """What the tool can take; None if nobody said."""


def load(graph: Structure, tool: str) -> Load:
    """Records a day on the carrying flows to the tool and through it."""
    names = {*graph.carrying_inflows(tool), *graph.carrying_passing(tool)}
    stated = [graph.stack.flows[name].records for name in sorted(names)]
    total = sum(rate.per_day for rate in stated if rate is not None)
    known = None not in stated and graph.lists_flows_of(tool)
    limits = graph.stack.tools[tool].limits
    limit = limits.records if limits else None
    return Load(total, total if known else None, limit.per_day if limit else None)


@remembered
def loops(graph: Structure, dataset: str) -> tuple[frozenset[str], ...]:
    """Groups of two or more tools from each of which the dataset comes back to it, sorted."""
    between: nx.DiGraph[str] = nx.DiGraph()
    for source, names in graph.routes_out(dataset).items():
        between.add_edges_from((source, graph.stack.flows[name].target) for name in names)
    groups = (frozenset(group) for group in nx.strongly_connected_components(between))
    return tuple(sorted((group for group in groups if len(group) > 1), key=min))


def relays(graph: Structure, tool: str) -> bool | None:
    """Whether data only passes through the tool on its way elsewhere.

    It does if data moves in and out or through and nothing is kept: nothing is held and
    collected, or, where nobody said so, all that the tool is for is to move data.
    """
    if graph.kept(tool) or not _on_the_way(graph, tool, sure=False):
        return False
    if not _on_the_way(graph, tool, sure=True):
        return None
    stated = graph.stack.tools[tool]
    if stated.holds is not None and stated.collects is not None:
        return True
    does = [graph.capabilities[id_].does for id_ in stated.capabilities or ()]
    return True if does and all(verbs == ("moves",) for verbs in does) else None


def _on_the_way(graph: Structure, tool: str, *, sure: bool) -> bool:
    """Whether data moves in and out of the tool, or through it; or may, if not `sure`."""
    flows = graph.stack.flows
    into, out, through = (
        any(flows[name].data or not sure for name in names)
        for names in (
            graph.carrying_inflows(tool),
            graph.carrying_outflows(tool),
            graph.carrying_passing(tool),
        )
    )
    return through or (into and out)


def needs_lost_without(graph: Structure, tool: str) -> tuple[Need, ...]:
    """The needs that are met now and surely would not be without the tool, sorted.

    A need is lost with its system of record and with its only provider, too.
    """
    return _lost(graph).get(tool, ())


@remembered
def _lost(graph: Structure) -> Mapping[str, tuple[Need, ...]]:
    found: defaultdict[str, list[Need]] = defaultdict(list)
    for need in needs(graph):
        if need.met and graph.tools_known:
            for tool in _indispensable(graph, need):
                found[tool].append(need)
    return {tool: tuple(lost) for tool, lost in found.items()}


def _indispensable(graph: Structure, need: Need) -> frozenset[str]:
    record = graph.record_tool(need.dataset)
    if record is None:
        return frozenset.intersection(*_ways_without_record(graph, need))
    ends = frozenset((*need.providers, *graph.unplaced))
    unlisted = downstream(graph, need.dataset, graph.partly_listed)
    if not graph.flows_known or not ends.isdisjoint(unlisted):
        return frozenset()
    return cuts(graph, need.dataset, record, ends | graph.partly_listed)


def _ways_without_record(graph: Structure, need: Need) -> Iterator[frozenset[str]]:
    """For every way in which a provider has the dataset, or may: the tools that it rests on."""
    for tool in (*need.providers, *graph.unplaced):
        if graph.may_have_more(tool) or need.dataset in graph.kept(tool) or need.record is None:
            yield frozenset((tool,))
            continue
        for name in graph.routes_into(need.dataset).get(tool, ()):
            flow = graph.stack.flows[name]
            yield frozenset({tool, flow.source, flow.through or flow.source})
