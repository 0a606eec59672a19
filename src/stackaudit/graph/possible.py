"""Where a dataset may get to, as far as the inventory rules nothing out.

A flow that is not listed does not exist, with three exceptions:

- a stack without `flows:`, or with `incomplete: [flows]`, rules nothing out;
- a flow that does not say what it carries may carry anything;
- a tool with `incomplete: [flows]` may have flows that are not listed. Data may therefore get
  into every such tool, and from one that it reaches by listed flows, anywhere. One unlisted
  flow at a time: were they allowed to follow each other, a single such tool would make every
  tool reachable from every other, and nothing could be said of any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import Final

from stackaudit.graph.structure import Structure, remembered
from stackaudit.inventory.model import Flow

_SOURCE: Final[Callable[[Flow], str]] = attrgetter("source")
_TARGET: Final[Callable[[Flow], str]] = attrgetter("target")
"""The end of a flow that a way leads to: against the data, or along with it."""


@remembered
def possible(graph: Structure, dataset: str, starts: tuple[str, ...]) -> frozenset[str]:
    """The tools that the dataset may reach from `starts`, these among them.

    A tool that is not in the answer is surely not reached.
    """
    if not graph.flows_known:
        return graph.running.union(starts)
    listed = downstream(graph, dataset, starts)
    if listed & graph.partly_listed:
        return graph.running.union(starts)
    return frozenset(listed | downstream(graph, dataset, graph.partly_listed))


@remembered
def possible_sources(graph: Structure, dataset: str, targets: tuple[str, ...]) -> frozenset[str]:
    """The tools from which the dataset may reach one of `targets`, these among them.

    The same question as `possible`, asked from the other end.
    """
    if graph.running.isdisjoint(targets):
        return frozenset(targets)
    within_reach = downstream(graph, dataset, graph.partly_listed)
    if not graph.flows_known or not within_reach.isdisjoint(targets):
        return graph.running.union(targets)
    return frozenset(_upstream(graph, dataset, graph.partly_listed.union(targets)))


@remembered
def sure_sources(graph: Structure, dataset: str, targets: tuple[str, ...]) -> frozenset[str]:
    """The tools from which the dataset surely reaches one of `targets`, these among them."""
    return frozenset(_along(graph, targets, (graph.routes_into(dataset),), _SOURCE))


def leading_on(graph: Structure, dataset: str) -> Callable[[str], Iterable[str]]:
    """For a tool: the flows from it that carry the dataset, or may do so."""
    sure, unstated = graph.routes_out(dataset), graph.unstated_out
    return lambda tool: chain(sure.get(tool, ()), unstated.get(tool, ()))


def downstream(graph: Structure, dataset: str, starts: Iterable[str]) -> set[str]:
    """The tools that the dataset may reach from `starts` by listed flows."""
    leaving = (graph.routes_out(dataset), graph.unstated_out)
    return _along(graph, starts, leaving, _TARGET)


def _upstream(graph: Structure, dataset: str, targets: Iterable[str]) -> set[str]:
    coming = (graph.routes_into(dataset), graph.unstated_into)
    return _along(graph, targets, coming, _SOURCE)


def _along(
    graph: Structure,
    starts: Iterable[str],
    routes: Iterable[Mapping[str, Sequence[str]]],
    end: Callable[[Flow], str],
) -> set[str]:
    """All that flows lead to from `starts`, these among it; `end` is where a flow leads to."""
    flows, found = graph.stack.flows, set(starts)
    waiting = list(found)
    while waiting:
        tool = waiting.pop()
        for by_tool in routes:
            for name in by_tool.get(tool, ()):
                other = end(flows[name])
                if other not in found:
                    found.add(other)
                    waiting.append(other)
    return found


def closure(starts: Iterable[str], beside: Callable[[str], Iterable[str]]) -> set[str]:
    """All that `beside` leads to from `starts`, step by step, these among it."""
    found = set(starts)
    waiting = list(found)
    while waiting:
        for tool in beside(waiting.pop()):
            if tool not in found:
                found.add(tool)
                waiting.append(tool)
    return found
