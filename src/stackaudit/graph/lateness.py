"""How old a dataset is when it arrives: the intervals of the flows on the quickest way, added."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from stackaudit.dataclass import dataclass
from stackaudit.graph.possible import leading_on
from stackaudit.graph.structure import Structure, remembered
from stackaudit.inventory.model import Flow


@dataclass(frozen=True, slots=True)
class Lateness:
    """Between what and what the age on arrival lies, in minutes."""

    least: float
    """It cannot be fresher: intervals that nobody stated count as none at all, and flows that
    may carry the dataset, or may exist unlisted, as quicker ways."""
    most: float | None
    """It is no older by a way of which every interval is stated; None without such a way."""


class Arrival(NamedTuple):
    """How a dataset comes to a tool on the quickest way; a tuple, because there are many."""

    minutes: float
    """The intervals of the way, added."""
    hops: int
    """How many flows it has behind it."""
    previous: str | None = None
    """The tool before; None where it starts."""
    flow: str | None = None
    """The flow from that tool; None where it starts."""


def minutes(flow: Flow) -> float | None:
    """The interval of a flow; 0 for one that runs as things happen, None if nobody said."""
    if flow.every is None:
        return None
    return 0 if flow.every == "event" else flow.every.minutes


@remembered
def _as_stated(graph: Structure) -> Mapping[str, float | None]:
    return {name: minutes(graph.stack.flows[name]) for name in graph.carrying}


@remembered
def _at_least(graph: Structure) -> Mapping[str, float | None]:
    return {name: takes or 0 for name, takes in _as_stated(graph).items()}


@remembered
def quickest(graph: Structure, dataset: str, starts: tuple[str, ...]) -> Mapping[str, Arrival]:
    """The quickest sure way to every tool reached; unknown intervals count as none at all."""
    routes = graph.routes_out(dataset)
    begin = {tool: Arrival(0, 0) for tool in starts}
    return _search(graph, begin, lambda tool: routes.get(tool, ()), _at_least(graph))


@remembered
def lateness(graph: Structure, dataset: str, starts: tuple[str, ...]) -> Mapping[str, Lateness]:
    """For every tool that the dataset surely reaches from `starts`: how late, at least and at most.

    Networkx's Dijkstra does not say by which of several parallel flows it came, and breaks ties
    by the order of insertion; hence a search of our own.
    """
    sure = quickest(graph, dataset, starts)
    least = _soonest(graph, dataset, starts, sure)
    most = _stated(graph, dataset, starts, sure)
    return {
        tool: Lateness(least[tool].minutes, most[tool].minutes if tool in most else None)
        for tool in sure
    }


def _stated(
    graph: Structure, dataset: str, starts: tuple[str, ...], sure: Mapping[str, Arrival]
) -> Mapping[str, Arrival]:
    """The quickest ways on which every interval is stated."""
    routes, flows = graph.routes_out(dataset), graph.stack.flows
    if all(flows[f].every is not None for tool in sure for f in routes.get(tool, ())):
        return sure
    begin = {tool: Arrival(0, 0) for tool in starts}
    return _search(graph, begin, lambda tool: routes.get(tool, ()), _as_stated(graph))


def _soonest(
    graph: Structure, dataset: str, starts: tuple[str, ...], sure: Mapping[str, Arrival]
) -> Mapping[str, Arrival]:
    """The quickest ways that are not ruled out; see `stackaudit.graph.possible`."""
    if not graph.flows_known:
        return dict.fromkeys(sure, Arrival(0, 0))
    if not graph.unstated_out and not graph.partly_listed:
        return sure
    begin = {tool: Arrival(0, 0) for tool in starts}
    listed = _search(graph, begin, leading_on(graph, dataset), _at_least(graph))
    if not graph.partly_listed:
        return listed
    begin.update(dict.fromkeys(graph.partly_listed, Arrival(0, 1)))
    open_ends = [listed[tool].minutes for tool in graph.partly_listed if tool in listed]
    if open_ends:
        anywhere = Arrival(min(open_ends), 1)
        begin = {**dict.fromkeys(graph.running, anywhere), **begin}
    return _search(graph, begin, leading_on(graph, dataset), _at_least(graph))


def _search(
    graph: Structure,
    begin: Mapping[str, Arrival],
    leaving: Callable[[str], Iterable[str]],
    length: Mapping[str, float | None],
) -> dict[str, Arrival]:
    """Dijkstra's search; among equally quick ways the one with fewer flows, then the first id.

    A flow whose length is None is not taken.
    """
    best = dict(begin)
    heap = [(arrival.minutes, arrival.hops, tool) for tool, arrival in begin.items()]
    heapq.heapify(heap)
    done: set[str] = set()
    while heap:
        so_far, hops, tool = heapq.heappop(heap)
        if tool in done:
            continue
        done.add(tool)
        for name in leaving(tool):
            flow = graph.stack.flows[name]
            takes = length[name]
            if takes is None or flow.target in done:
                continue
            known = best.get(flow.target)
            if known is None or (so_far + takes, hops + 1) < (known.minutes, known.hops):
                best[flow.target] = Arrival(so_far + takes, hops + 1, tool, name)
                heapq.heappush(heap, (so_far + takes, hops + 1, flow.target))
    return best
