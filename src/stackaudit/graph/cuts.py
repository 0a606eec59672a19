"""Cut tools: those that every way of a dataset from its system of record has to take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from stackaudit.graph.lineage import Step, lineage
from stackaudit.graph.possible import leading_on
from stackaudit.graph.structure import Structure, remembered


@remembered
def cuts(graph: Structure, dataset: str, record: str, ends: frozenset[str]) -> frozenset[str]:
    """The tools without which the dataset could not get from the record to any of `ends`.

    Flows that only may carry it count as ways. Empty if it does not surely reach an end.
    Every cut lies on each way, so on a shortest one: in it, or between two of its tools. One
    walk along that way finds the tools in it; a tool that flows run through takes with it more
    than a node of a graph, and is tried by itself.
    """
    steps = lineage(graph, dataset).from_record or {}
    end = min(
        (tool for tool in ends if tool in steps), key=lambda t: (steps[t].hops, t), default=""
    )
    if not end:
        return frozenset()
    way, through = _way(graph, steps, end)
    found = _in_the_way(graph, dataset, way, ends)
    relays = through | {tool for tool in way if graph.carrying_passing(tool)}
    tried = (
        tool for tool in relays - found if not _reached_without(graph, dataset, record, tool, ends)
    )
    return frozenset((*found, *tried))


def _way(graph: Structure, steps: Mapping[str, Step], end: str) -> tuple[list[str], frozenset[str]]:
    """The tools of the way that ends here, in its order, and those that its flows run through."""
    way, through, step = [end], set(), steps[end]
    while step.previous is not None and step.flow is not None:
        way.append(step.previous)
        through.add(graph.stack.flows[step.flow].through)
        step = steps[step.previous]
    return way[::-1], frozenset(tool for tool in through if tool is not None)


def _in_the_way(
    graph: Structure, dataset: str, way: list[str], ends: frozenset[str]
) -> frozenset[str]:
    """The tools of the way that no other way goes around.

    All that is reached from the first tools of the way without taking a later one is looked at
    once; if of what follows it only touches the next tool, that one cannot be gone around.
    """
    flows, leaving = graph.stack.flows, leading_on(graph, dataset)
    number = {tool: index for index, tool in enumerate(way)}
    seen, cut, furthest = set(way), {way[0]}, 0
    for index, tool in enumerate(way[:-1]):
        waiting = [tool]
        while waiting and furthest < len(way):
            for name in leaving(waiting.pop()):
                target = flows[name].target
                furthest = max(furthest, _place(target, number, ends, len(way)))
                if target not in seen:
                    seen.add(target)
                    waiting.append(target)
        if furthest == index + 1:
            cut.add(way[index + 1])
    return frozenset(cut)


def _place(tool: str, number: Mapping[str, int], ends: frozenset[str], beyond: int) -> int:
    """How far along the way one is who reaches the tool; at an end beside the way: beyond it."""
    if tool in number:
        return number[tool]
    return beyond if tool in ends else 0


@remembered
def _reached_without(
    graph: Structure, dataset: str, record: str, tool: str, ends: frozenset[str]
) -> bool:
    """Whether the dataset may still get to one of the ends when the tool is gone."""
    if record == tool:
        return False
    left = _leaving_without(graph, leading_on(graph, dataset), tool)
    seen, waiting = {record}, [record]
    while waiting:
        at = waiting.pop()
        if at in ends:
            return True
        for target in left(at):
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return False


def _leaving_without(
    graph: Structure, leaving: Callable[[str], Iterable[str]], gone: str
) -> Callable[[str], Iterable[str]]:
    flows = graph.stack.flows
    return lambda tool: (
        flows[name].target
        for name in leaving(tool)
        if flows[name].target != gone and flows[name].through != gone
    )
