"""From what is declared to what follows: the one way to make a StackGraph."""

from __future__ import annotations

from collections.abc import Iterator

from stackaudit.graph.capabilities import resolved
from stackaudit.graph.stack_graph import StackGraph
from stackaudit.inventory.model import Flow
from stackaudit.inventory.stack import Stack


def build(stack: Stack) -> StackGraph:
    """The data graph of a stack; costs one pass over the flows, every answer comes when asked."""
    return StackGraph(stack=stack, capabilities=resolved(stack), carrying=tuple(_carrying(stack)))


def _carrying(stack: Stack) -> Iterator[str]:
    """Flows on which data moves today: active, between tools that run, with something to carry.

    A flow that does not say what it carries carries something; `data: []` states that it
    carries nothing. A flow without a status follows its tools: with one that is planned it is
    planned, with one that is retired it has ended. One that is stated to be active runs, whatever
    the lifecycle of its tools says.
    """
    still = {name for name, tool in stack.tools.items() if tool.stage in ("planned", "retired")}
    for name in sorted(stack.flows):
        flow = stack.flows[name]
        runs = flow.status == "active" or (flow.status is None and not _stands(flow, still))
        if runs and flow.data != ():
            yield name


def _stands(flow: Flow, still: set[str]) -> bool:
    return flow.source in still or flow.target in still or flow.through in still
