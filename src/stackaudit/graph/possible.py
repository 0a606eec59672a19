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

from collections.abc import Callable, Iterable
from itertools import chain

from stackaudit.graph.structure import Structure, remembered


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
    flows, routes = graph.stack.flows, graph.routes_into(dataset)
    return frozenset(
        closure(targets, lambda tool: (flows[name].source for name in routes.get(tool, ())))
    )


def leading_on(graph: Structure, dataset: str) -> Callable[[str], Iterable[str]]:
    """For a tool: the flows from it that carry the dataset, or may do so."""
    sure, unstated = graph.routes_out(dataset), graph.unstated_out
    return lambda tool: chain(sure.get(tool, ()), unstated.get(tool, ()))


def downstream(graph: Structure, dataset: str, starts: Iterable[str]) -> set[str]:
    """The tools that the dataset may reach from `starts` by listed flows."""
    flows, leaving = graph.stack.flows, leading_on(graph, dataset)
    return closure(starts, lambda tool: (flows[name].target for name in leaving(tool)))


def _upstream(graph: Structure, dataset: str, targets: Iterable[str]) -> set[str]:
    flows, sure, unstated = graph.stack.flows, graph.routes_into(dataset), graph.unstated_into
    return closure(
        targets,
        lambda tool: (flows[f].source for f in chain(sure.get(tool, ()), unstated.get(tool, ()))),
    )


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
